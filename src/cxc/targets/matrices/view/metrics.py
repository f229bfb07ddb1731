"""Metric × journey: where each metric is taken.

What the metrics are to reach is left to the measures themselves, and whether it is plausible to the rules.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cxc.model.blueprint import Blueprint
from cxc.model.journey import Journey
from cxc.model.measure import Metric
from cxc.targets.matrices.axes import flat_axis, own_and_named
from cxc.targets.matrices.matrix import NONE, Axis, Cell, Kind, Matrix, Meaning, Observation


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
        "whole or at single steps.",
        rows=rows,
        columns=columns,
        cells=cells,
        legend=(
            Meaning(Kind.WORD, "journey", "The metric is taken of the journey as a whole."),
            Meaning(Kind.WORD, "step", "It is taken at a step of the journey; at how many stands in brackets."),
            Meaning(Kind.WORD, "journey and step", "Both."),
            Meaning(Kind.NONE, "", "It is not taken there."),
        ),
        observations=tuple(_observations(rows, columns, cells)),
    )


def _cell(metric: str, journey: Journey) -> Cell:
    whole = any(ref.id == metric for ref in journey.measures)
    steps = tuple(step.id for step in journey.steps if any(ref.id == metric for ref in step.measures))
    if not steps:
        return Cell(Kind.WORD, "journey") if whole else NONE
    detail = f"{len(steps)} steps" if len(steps) > 1 else ""
    return Cell(Kind.WORD, "journey and step" if whole else "step", detail, steps)


def _observations(rows: Axis, columns: Axis, cells: Sequence[Sequence[Cell]]) -> Iterator[Observation]:
    unmeasured = tuple(
        heading.label for index, heading in enumerate(columns.headings) if all(row[index] is NONE for row in cells)
    )
    if unmeasured:
        yield Observation("Journeys without a metric", unmeasured)
    untaken = tuple(
        heading.label for heading, row in zip(rows.headings, cells, strict=True) if all(cell is NONE for cell in row)
    )
    if untaken:
        yield Observation("Metrics that no journey takes", untaken)
