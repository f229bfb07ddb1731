"""Journey step × channel: which channels serve each step, and where an experience says how.

Which operations customers reach on them is left to `services`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from cxc.model.blueprint import Blueprint
from cxc.model.channel import Experience
from cxc.model.journey import Journey, Step
from cxc.targets.matrices.axes import chain_axis, part
from cxc.targets.matrices.matrix import Axis, Cell, Kind, Matrix, Meaning, Observation, Part
from cxc.targets.matrices.view.phases import phases_of
from cxc.targets.matrices.view.reach import assisted_channels, channel_axis, who_assists


def step_matrix(blueprint: Blueprint) -> Matrix:
    """Return the matrix of the channels that serve each step of all journeys."""
    chains: list[tuple[Part, Part, Part]] = []
    steps: list[Step] = []
    for journey in blueprint.every(Journey):
        for phase, inside in phases_of(journey):
            chains += [(part(journey), phase, part(step)) for step in inside]
            steps += inside
    rows = chain_axis(("journey", "phase", "step"), chains, sections=True)
    columns = channel_axis(blueprint)
    presented = _presentations(blueprint)
    cells = [[_cell(step, channel, presented) for channel in columns.ids] for step in steps]
    return Matrix(
        name="step-channel",
        title="Journey step × channel",
        about="Which channels serve each step of a journey, and whether the design says how it looks there.",
        rows=rows,
        columns=columns,
        cells=cells,
        legend=(
            Meaning(Kind.WORD, "presented", "The channel serves the step, and an experience says how.", "●"),
            Meaning(Kind.WORD, "served", "The channel serves the step; no experience says how.", "○"),
            Meaning(Kind.NOT_OFFERED, "", "The channel does not serve the step."),
            Meaning(Kind.NOT_APPLICABLE, "", "The step happens on no channel (`via none`)."),
            Meaning(Kind.UNKNOWN, "", "The step does not say its channels."),
        ),
        observations=(
            *who_assists(columns, assisted_channels(blueprint, columns)),
            *_observations(rows, columns, cells),
        ),
    )


def _presentations(blueprint: Blueprint) -> Mapping[tuple[str, str], list[str]]:
    """Return the ids of the presentations by step and channel."""
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for experience in blueprint.every(Experience):
        for presentation in experience.steps:
            found[presentation.step.id, experience.channel.id].append(presentation.id)
    return found


def _cell(step: Step, channel: str, presented: Mapping[tuple[str, str], list[str]]) -> Cell:
    if step.via is None:
        return Cell(Kind.UNKNOWN)
    if not step.via:
        return Cell(Kind.NOT_APPLICABLE)
    if all(ref.id != channel for ref in step.via):
        return Cell(Kind.NOT_OFFERED)
    how = presented.get((step.id, channel))
    return Cell(Kind.WORD, "presented", trace=tuple(how)) if how else Cell(Kind.WORD, "served")


def _observations(rows: Axis, columns: Axis, cells: Sequence[Sequence[Cell]]) -> Iterator[Observation]:
    one_channel = tuple(
        f"{heading.label} ({heading.parts[0].label})"
        for heading, row in zip(rows.headings, cells, strict=True)
        if len(row) > 1 and sum(cell.kind is Kind.WORD for cell in row) == 1
    )
    if one_channel:
        yield Observation("On one channel only", one_channel)
    unused = tuple(
        heading.label
        for index, heading in enumerate(columns.headings)
        if cells and not any(row[index].kind is Kind.WORD for row in cells)
    )
    if unused:
        yield Observation("Channels that serve no step", unused)
