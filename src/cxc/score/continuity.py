"""Continuity: whether customers go from step to step without starting again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cxc.flow.durations import longest_wait
from cxc.flow.hours import longest_outside, open_in_week, together
from cxc.flow.known import is_required
from cxc.flow.promises import called
from cxc.flow.repeats import asked_after, asked_again
from cxc.flow.seams import seams_of
from cxc.flow.states import State
from cxc.flow.teams import teams_of
from cxc.flow.ways import Way
from cxc.model.channel import Channel
from cxc.score.items import Item, Subject

_MINUTE = 60_000


def asked_once(subject: Subject) -> Iterator[Item]:
    """Count what experiences ask for."""
    knowledge = subject.flow.knowledge
    again = {(repeat.presentation.id, repeat.asked.id) for repeat in asked_again(knowledge)}
    for state in _presented(subject):
        for presentation in knowledge.presentations[state]:
            for ref in dict.fromkeys(presentation.asks):
                yield Item(presentation.id, (presentation.id, ref.id) not in again, ref.name)


def at_hand(subject: Subject) -> Iterator[Item]:
    """Count the required parameters of what presented steps call."""
    knowledge = subject.flow.knowledge
    for state in _presented(subject):
        for presentation in knowledge.presentations[state]:
            missing = {parameter.id for _, parameter in knowledge.missing(state, presentation)}
            for operation in called(subject.flow.graph.steps[state.step], subject.blueprint):
                for parameter in filter(is_required, operation.parameters):
                    yield Item(presentation.id, parameter.id not in missing, f"{operation.name}.{parameter.name}")


def carried(subject: Subject) -> Iterator[Item]:
    """Count the ways on which customers change the channel and come to a step that calls something."""
    flow = subject.flow
    for state in flow.states.all:
        for move in flow.states.moves(state):
            target = move.way.target
            if move.changes and target is not None and any(called(target, subject.blueprint)):
                lost = next(iter(asked_after(move, flow.knowledge)), None)
                yield Item(state.step, lost is None, _told(move.way))


def seams(subject: Subject) -> Iterator[Item]:
    """Count the ways from one team to another."""
    graph, blueprint = subject.flow.graph, subject.blueprint
    open_seams = {id(seam.way) for seam in seams_of(graph, blueprint)}
    teams = {step_id: set(teams_of(step, blueprint)) for step_id, step in graph.steps.items()}
    for step_id, ways in graph.ways.onward.items():
        for way in ways:
            entered = teams[way.target.id] if way.target is not None else set()
            if teams[step_id] and entered and not teams[step_id] & entered:
                yield Item(step_id, id(way) not in open_seams, _told(way))


def doors(subject: Subject) -> Iterator[Item]:
    """Count the ways on which customers change the channel."""
    flow = subject.flow
    for state in flow.states.all:
        origin = subject.blueprint.get(state.channel) if state.channel else None
        if not isinstance(origin, Channel):
            continue
        for way in flow.graph.ways.onward[state.step]:
            targets = flow.channels_of(way.target) if way.target is not None else ()
            if targets and origin not in targets:
                yield Item(state.step, _is_open(origin, targets, way), _told(way))


def _is_open(origin: Channel, targets: Sequence[Channel], way: Way) -> bool:
    """Whether one of the next step's channels is open whenever customers come, or soon enough."""
    week = together([open_in_week(channel.hours) for channel in targets])
    outside = longest_outside(open_in_week(origin.hours), week)
    patience = max(longest_wait(step) for step in (way.origin, way.target) if step is not None)
    return outside is None or outside.minutes * _MINUTE <= patience


def _presented(subject: Subject) -> Iterator[State]:
    """Yield where customers get that an experience presents, on a channel that serves the step."""
    knowledge = subject.flow.knowledge
    for state in knowledge.arrival:
        if state.channel in knowledge.states.via[state.step] and state in knowledge.presentations:
            yield state


def _told(way: Way) -> str:
    """Return what tells a way from the others of its step."""
    target = way.target.name if way.target is not None else "end"
    errors = ", ".join(ref.name for ref in way.errors)
    return f"{f'on {errors} ' if errors else ''}-> {target}{f' when {way.when}' if way.when else ''}"
