"""Journey × analyses: what each journey will do for its customers, beside what it promises.

How the results come about is said in `cxc.flow`; who is told of a broken promise, by the rules.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from cxc.flow import Flow, flow_of
from cxc.flow.repeats import asked_after, asked_again
from cxc.flow.rounding import rounded_duration, rounded_share
from cxc.flow.seams import seams_of
from cxc.model.base import Named
from cxc.model.blueprint import Blueprint
from cxc.model.journey import Journey, JourneyTarget, Step
from cxc.model.values import Duration
from cxc.targets.matrices.axes import chain_axis, flat_axis
from cxc.targets.matrices.matrix import NONE, Axis, Cell, Kind, Look, Matrix, Meaning, Observation, Part, Ramp, Scale

_COLUMNS = (
    ("steps", "Steps"),
    ("self_service", "Self-service, %"),
    ("self_service_target", "Target: self-service, %"),
    ("expected_duration", "Duration as a rule, h"),
    ("longest_duration", "Duration at most, h"),
    ("duration_target", "Target: duration, h"),
    ("availability", "Availability, %"),
    ("availability_target", "Target: availability, %"),
    ("promises", "Promises"),
    ("seams", "Seams"),
    ("asked_again", "Asked again"),
    ("loops", "Loops"),
)
_KEPT, _MISSED, _NO_BOUND = "kept", "missed", "no bound"
_HOUR = 3_600_000
_MOST = 5

_UNKNOWN = Cell(Kind.UNKNOWN)

_LEGEND = (
    Meaning(Kind.NUMBER, "numbers", "A share in percent, a duration in hours, or how many there are."),
    Meaning(
        Kind.WORD,
        _KEPT,
        "In brackets, or for all promises: what is worked out keeps what the journey promises.",
        "",
        Look.GOOD,
    ),
    Meaning(Kind.WORD, _MISSED, "It does not; which promises are missed stands in brackets.", "", Look.BAD),
    Meaning(Kind.WORD, _NO_BOUND, "Customers may go round in a loop, and wait each time.", "", Look.BAD),
    Meaning(Kind.NONE, "", "The journey promises nothing of the kind."),
    Meaning(Kind.UNKNOWN, "", "The design says too little: no waits, no availability, or no way to an end."),
)


def promise_matrix(blueprint: Blueprint) -> Matrix:
    """Return the matrix of what the analyses of each journey come to, and of what the journey promises."""
    journeys = blueprint.every(Journey)
    rows = flat_axis("journey", journeys)
    cells = [_row(journey, blueprint) for journey in journeys]
    return Matrix(
        name="journey-promises",
        title="Journey × promises",
        about="What the analyses come to for each journey, and whether that keeps its targets: the share of customers "
        "who need no help from people; how long they wait as a rule and at most; the share who find all at work; ways "
        "to another team with nothing carried (seams); what customers are asked for although it is or was known; sets "
        "of steps they can go round in (loops). Shares and hours are rounded to four digits.",
        rows=rows,
        columns=chain_axis(("analysis",), [(Part(id, id, label),) for id, label in _COLUMNS]),
        cells=cells,
        legend=_LEGEND,
        observations=tuple(_observations(rows, cells)),
        scales=dict(_scales(cells)),
    )


def _scales(cells: Sequence[Sequence[Cell]]) -> Iterator[tuple[str, Scale]]:
    """Yield how the columns are coloured: shares by how good they are, and what customers suffer from by how often."""
    for place, (id, _) in enumerate(_COLUMNS):
        if id in ("self_service", "availability"):
            yield id, Scale(Ramp.LEVEL, 0, 100)
        elif id in ("steps", "seams", "asked_again", "loops"):
            numbers = [float(row[place].value) for row in cells if row[place].kind is Kind.NUMBER]
            yield id, Scale(Ramp.AMOUNT if id == "steps" else Ramp.RISK, 0, max([1.0, *numbers]))


class _Judged(NamedTuple):
    """The cells of what is worked out and of its target, and whether the one keeps the other, where both are given."""

    found: Cell
    target: Cell
    is_kept: bool | None = None


def _row(journey: Journey, blueprint: Blueprint) -> list[Cell]:
    flow, target = flow_of(journey, blueprint), journey.target or JourneyTarget(span=journey.span)
    seams = [seam.way.origin for seam in seams_of(flow.graph, blueprint)]
    self_service = _share(flow.self_service, target.self_service, _helped(flow))
    expected = _duration(flow.expected_duration, target.duration, flow)
    longest = _duration(flow.longest_duration, target.duration, flow, is_bound=True)
    availability = _share(flow.availability, target.availability)
    promises = {
        "self-service": self_service.is_kept,
        "duration as a rule": expected.is_kept,
        "duration at most": longest.is_kept,
        "availability": availability.is_kept,
    }
    return [
        Cell(Kind.NUMBER, len(journey.steps)),
        self_service.found,
        self_service.target,
        expected.found,
        longest.found,
        longest.target,
        availability.found,
        availability.target,
        _promises(promises, journey),
        Cell(Kind.NUMBER, len(seams), trace=_ids(seams)),
        _asked_again(flow),
        Cell(Kind.NUMBER, len(flow.graph.loops), trace=_ids(step for loop in flow.graph.loops for step in loop)),
    ]


def _ids(elements: Iterable[Named]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(element.id for element in elements))


def _helped(flow: Flow) -> tuple[str, ...]:
    """Return the steps at which customers need help from people."""
    return _ids(step for step in _met(flow) if flow.is_assisted(step))


def _met(flow: Flow) -> list[Step]:
    """Return the steps that customers come to for whom nothing fails."""
    graph = flow.graph.going_well
    return [step for id, step in graph.steps.items() if id in graph.reached]


# ---- promises -------------------------------------------------------------------------------------------------------


def _share(found: float | None, target: float | None, trace: tuple[str, ...] = ()) -> _Judged:
    goal = NONE if target is None else Cell(Kind.NUMBER, _plain(target * 100))
    if found is None:
        return _Judged(_UNKNOWN, goal)
    share = rounded_share(found)
    is_kept = None if target is None else share >= rounded_share(target)
    return _Judged(Cell(Kind.NUMBER, _plain(share * 100), _word(is_kept), trace), goal, is_kept)


def _duration(found: float | None, target: Duration | None, flow: Flow, *, is_bound: bool = False) -> _Judged:
    goal = NONE if target is None else Cell(Kind.NUMBER, _hours(target))
    waiting = _ids(step for step in _met(flow) if step.wait is not None)
    if not waiting or (found is None and not is_bound):
        return _Judged(_UNKNOWN, goal)
    if found is None:
        return _Judged(Cell(Kind.WORD, _NO_BOUND, trace=_ids(_waiting_in_loops(flow))), goal)
    duration = rounded_duration(found)
    is_kept = None if target is None else duration <= target
    return _Judged(Cell(Kind.NUMBER, _hours(duration), _word(is_kept), waiting), goal, is_kept)


def _waiting_in_loops(flow: Flow) -> Iterator[Step]:
    for loop in flow.graph.going_well.loops:
        yield from (step for step in loop if step.wait is not None)


def _hours(duration: Duration) -> float | int:
    return _plain(duration / _HOUR)


def _plain(number: float) -> float | int:
    """Return a number to four digits, without a point where none is needed."""
    rounded = round(number, 4)
    return int(rounded) if rounded.is_integer() else rounded


def _word(is_kept: bool | None) -> str:
    return "" if is_kept is None else _KEPT if is_kept else _MISSED


def _promises(promises: dict[str, bool | None], journey: Journey) -> Cell:
    missed = [name for name, is_kept in promises.items() if is_kept is False]
    if missed:
        return Cell(Kind.WORD, _MISSED, ", ".join(missed))
    if any(promises.values()):
        return Cell(Kind.WORD, _KEPT)
    return NONE if journey.target is None else _UNKNOWN


def _asked_again(flow: Flow) -> Cell:
    """Return how often customers are asked for what is known, or was before they changed the channel."""
    knowledge = flow.knowledge
    repeated = {(repeat.state.step, repeat.asked.id) for repeat in asked_again(knowledge)}
    for state in flow.states.all:
        for move in flow.states.moves(state):
            repeated |= {(move.target.step, parameter.id) for parameter in asked_after(move, knowledge)}
    steps = {step for step, _ in repeated}
    return Cell(Kind.NUMBER, len(repeated), trace=tuple(id for id in flow.graph.steps if id in steps))


# ---- what strikes ---------------------------------------------------------------------------------------------------


def _observations(rows: Axis, cells: Sequence[Sequence[Cell]]) -> Iterator[Observation]:
    places = {id: place for place, (id, _) in enumerate(_COLUMNS)}
    missed, without, unbound = [], [], []
    for heading, row in zip(rows.headings, cells, strict=True):
        promises = row[places["promises"]]
        if promises.value == _MISSED:
            missed.append(f"{heading.label} ({promises.detail})")
        elif promises.kind is Kind.NONE:
            without.append(heading.label)
        if row[places["longest_duration"]].value == _NO_BOUND:
            unbound.append(heading.label)
    for text, labels in (
        ("Promises missed", missed),
        ("Journeys that promise nothing", without),
        ("Journeys that may take without end", unbound),
        ("Most seams", _most(rows, cells, places["seams"])),
        ("Most asked again", _most(rows, cells, places["asked_again"])),
    ):
        if labels:
            yield Observation(text, tuple(labels))


def _most(rows: Axis, cells: Sequence[Sequence[Cell]], column: int) -> list[str]:
    counted = [(int(row[column].value), heading.label) for heading, row in zip(rows.headings, cells, strict=True)]
    return [f"{label} ({count})" for count, label in sorted(counted, key=lambda one: -one[0])[:_MOST] if count]
