"""Metric × journey: where each metric is taken, and whether anything tells how customers fared afterwards.

What the metrics are to reach is left to the measures themselves, and whether it is plausible to the rules.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cxc.model.blueprint import Blueprint
from cxc.model.journey import Journey
from cxc.model.measure import Metric
from cxc.targets.matrices.axes import flat_axis, own_and_named
from cxc.targets.matrices.matrix import NONE, Axis, Cell, Kind, Look, Matrix, Meaning, Observation, Total


def metric_matrix(blueprint: Blueprint) -> Matrix:
    """Return the matrix of the metrics that journeys and their steps take."""
    journeys = blueprint.every(Journey)
    taken = {ref.id for journey in journeys for ref in journey.measures}
    taken |= {ref.id for journey in journeys for step in journey.steps for ref in step.measures}
    rows = flat_axis("metric", own_and_named(blueprint, Metric, taken))
    columns = flat_axis("journey", journeys)
    cells = [[_cell(metric, journey) for journey in journeys] for metric in rows.ids]
    return Matrix(
        name="metric-journey",
        title="Metric × journey",
        about="Which metrics tell how customers fare on each journey, and whether they are taken of the journey as a "
        "whole or at single steps, before, during or after what customers came for.",
        rows=rows,
        columns=columns,
        cells=cells,
        legend=(
            Meaning(Kind.WORD, "journey", "The metric is taken of the journey as a whole.", "", Look.MEDIUM),
            Meaning(Kind.WORD, "step", "It is taken at a step of the journey.", "", Look.WEAK),
            Meaning(Kind.WORD, "journey and step", "Both.", "", Look.STRONG),
            Meaning(
                Kind.TEXT, "before, 2 after", "In brackets: in which parts of the journey, and at how many steps there."
            ),
            Meaning(Kind.NONE, "", "It is not taken there."),
        ),
        observations=tuple(_observations(rows, columns, journeys, cells)),
        row_total=Total("Journeys"),
        column_total=Total("Metrics"),
    )


def _cell(metric: str, journey: Journey) -> Cell:
    whole = any(ref.id == metric for ref in journey.measures)
    steps: dict[str, list[str]] = {}
    for phase in journey.phases:
        taken = [step.id for step in phase.steps if any(ref.id == metric for ref in step.measures)]
        if taken:
            steps.setdefault(phase.when, []).extend(taken)
    if not steps:
        return Cell(Kind.WORD, "journey") if whole else NONE
    detail = ", ".join(f"{len(ids)} {when}" if len(ids) > 1 else when for when, ids in steps.items())
    trace = tuple(id for ids in steps.values() for id in ids)
    return Cell(Kind.WORD, "journey and step" if whole else "step", detail, trace)


def _observations(
    rows: Axis, columns: Axis, journeys: Sequence[Journey], cells: Sequence[Sequence[Cell]]
) -> Iterator[Observation]:
    unmeasured, not_followed_up = [], []
    for index, (heading, journey) in enumerate(zip(columns.headings, journeys, strict=True)):
        if all(row[index] is NONE for row in cells):
            unmeasured.append(heading.label)
        elif not any(step.measures for phase in journey.phases if phase.when == "after" for step in phase.steps):
            not_followed_up.append(heading.label)
    untaken = [
        heading.label for heading, row in zip(rows.headings, cells, strict=True) if all(cell is NONE for cell in row)
    ]
    for text, labels in (
        ("Journeys without a metric", unmeasured),
        ("Journeys whose outcome nobody follows up", not_followed_up),
        ("Metrics that no journey takes", untaken),
    ):
        if labels:
            yield Observation(text, tuple(labels))
