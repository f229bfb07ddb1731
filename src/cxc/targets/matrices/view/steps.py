"""Journey step × channel: which channels serve each step, how it is presented there, and how customers get there.

Which operations customers reach on them is left to `services`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from cxc.flow import Flow, flow_of
from cxc.flow.known import presentations_of
from cxc.flow.repeats import asked_after
from cxc.flow.states import State
from cxc.model.blueprint import Blueprint
from cxc.model.channel import Presentation
from cxc.model.journey import Journey, Step
from cxc.targets.matrices.axes import chain_axis, part
from cxc.targets.matrices.matrix import Axis, Cell, Kind, Look, Matrix, Meaning, Observation, Part, Total
from cxc.targets.matrices.view.phases import phases_of
from cxc.targets.matrices.view.reach import assisted_channels, channel_axis, who_assists

_BY_CHANGE, _ALSO_BY_CHANGE, _NOBODY, _ASKED_AGAIN = "by change", "also by change", "nobody", "asked again"

_LEGEND = (
    Meaning(Kind.WORD, "presented", "The channel serves the step, and an experience says how.", "●", Look.STRONG),
    Meaning(
        Kind.WORD, "served", "The channel serves the step; how is derived, for no experience says it.", "○", Look.WEAK
    ),
    Meaning(Kind.WORD, "presented by people", "An experience says how people serve the step there.", "◆", Look.OTHER),
    Meaning(Kind.WORD, "served by people", "People serve the step there; no experience says how.", "◇", Look.OTHER),
    Meaning(Kind.TEXT, _BY_CHANGE, "In brackets: customers only get there by a change of channel."),
    Meaning(Kind.TEXT, _ALSO_BY_CHANGE, "In brackets: some of them get there by a change of channel."),
    Meaning(Kind.TEXT, _ASKED_AGAIN, "In brackets: what the step needs and was known is lost on such a change."),
    Meaning(Kind.TEXT, _NOBODY, "In brackets: the channel serves the step, but no way leads customers to it there."),
    Meaning(Kind.NOT_OFFERED, "", "The channel does not serve the step."),
    Meaning(Kind.NOT_APPLICABLE, "", "The step happens on no channel (`via none`)."),
    Meaning(Kind.UNKNOWN, "", "The step does not say its channels."),
)


class _Arrivals(NamedTuple):
    """How customers get into the states of a journey: the steps from which they come, with and without a change."""

    reached: frozenset[State]
    staying: frozenset[State]
    changing: Mapping[State, Mapping[str, None]]
    losing: frozenset[State]


def step_matrix(blueprint: Blueprint) -> Matrix:
    """Return the matrix of the channels that serve each step of all journeys."""
    columns = channel_axis(blueprint)
    assisted = assisted_channels(blueprint, columns)
    chains: list[tuple[Part, Part, Part]] = []
    cells: list[list[Cell]] = []
    for journey in blueprint.every(Journey):
        arrivals = _arrivals(flow_of(journey, blueprint))
        presented = presentations_of(journey, blueprint)
        for phase, steps in phases_of(journey):
            for step in steps:
                chains.append((part(journey), phase, part(step)))
                cells.append(
                    [_cell(step, channel, channel in assisted, presented, arrivals) for channel in columns.ids]
                )
    rows = chain_axis(("journey", "phase", "step"), chains, sections=True)
    return Matrix(
        name="step-channel",
        title="Journey step × channel",
        about="Which channels serve each step of a journey, whether the design says how it looks there, and where "
        "customers get there by a change of channel: they stay on a channel while it serves the next step.",
        rows=rows,
        columns=columns,
        cells=cells,
        legend=_LEGEND,
        observations=(*who_assists(columns, assisted), *_observations(rows, columns, cells)),
        row_total=Total("Channels"),
        column_total=Total("Steps served"),
    )


def _arrivals(flow: Flow) -> _Arrivals:
    states, knowledge = flow.states, flow.knowledge
    staying = set(states.first)
    changing: dict[State, dict[str, None]] = defaultdict(dict)
    losing: set[State] = set()
    for state in states.all:
        for move in states.moves(state):
            if not move.changes:
                staying.add(move.target)
                continue
            changing[move.target][state.step] = None
            if move.target not in losing and next(asked_after(move, knowledge), None) is not None:
                losing.add(move.target)
    return _Arrivals(frozenset(states.all), frozenset(staying), changing, frozenset(losing))


def _cell(
    step: Step,
    channel: str,
    assisted: bool,
    presented: Mapping[State, Sequence[Presentation]],
    arrivals: _Arrivals,
) -> Cell:
    if step.via is None:
        return Cell(Kind.UNKNOWN)
    if not step.via:
        return Cell(Kind.NOT_APPLICABLE)
    if all(ref.id != channel for ref in step.via):
        return Cell(Kind.NOT_OFFERED)
    state = State(step.id, channel)
    how = presented.get(state, ())
    word = ("presented" if how else "served") + (" by people" if assisted else "")
    trace = (*(presentation.id for presentation in how), *arrivals.changing.get(state, ()))
    return Cell(Kind.WORD, word, _arriving(state, arrivals), trace)


def _arriving(state: State, arrivals: _Arrivals) -> str:
    if state not in arrivals.reached:
        return _NOBODY
    if state not in arrivals.changing:
        return ""
    how = _ALSO_BY_CHANGE if state in arrivals.staying else _BY_CHANGE
    return f"{how}, {_ASKED_AGAIN}" if state in arrivals.losing else how


def _observations(rows: Axis, columns: Axis, cells: Sequence[Sequence[Cell]]) -> Iterator[Observation]:
    one_channel, changing, losing, nobody = [], [], [], []
    for heading, row in zip(rows.headings, cells, strict=True):
        label = f"{heading.label} ({heading.parts[0].label})"
        served = [cell for cell in row if cell.kind is Kind.WORD]
        if len(row) > 1 and len(served) == 1:
            one_channel.append(label)
        if any(cell.detail.startswith(_BY_CHANGE) for cell in served):
            changing.append(label)
        if any(cell.detail.endswith(_ASKED_AGAIN) for cell in served):
            losing.append(label)
        idle = [
            column.label
            for column, cell in zip(columns.headings, row, strict=True)
            if cell.kind is Kind.WORD and cell.detail == _NOBODY
        ]
        if idle:
            nobody.append(f"{label}: {', '.join(idle)}")
    unused = [
        heading.label
        for index, heading in enumerate(columns.headings)
        if cells and not any(row[index].kind is Kind.WORD for row in cells)
    ]
    for text, labels in (
        ("On one channel only", one_channel),
        ("Where customers change the channel", changing),
        ("Where a change of channel loses what is needed", losing),
        ("Served where nobody arrives", nobody),
        ("Channels that serve no step", unused),
    ):
        if labels:
            yield Observation(text, tuple(labels))
