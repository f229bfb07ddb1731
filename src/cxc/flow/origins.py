"""Where a known fact comes from, and where one that is needed was lost: for those who explain a finding.

What is known where is said in `cxc.flow.known`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NamedTuple

from cxc.flow.known import Knowledge, is_required, meanings_of
from cxc.flow.meanings import Facts, Need
from cxc.flow.promises import called
from cxc.flow.states import State
from cxc.flow.ways import Way
from cxc.model.data import Parameter
from cxc.model.service import Operation
from cxc.source import Span


class Source(NamedTuple):
    """Where a fact comes from: a step, and the place where it says so; `by` names the operation or error there."""

    state: State
    how: Literal["asked", "given", "returned", "told", "identity"]
    """By the customer; by the customer to an operation; by an operation; by an error; by the channel, unasked."""
    place: Span | None = None
    by: str = ""


def source(knowledge: Knowledge, state: State, fact: str) -> Source | None:
    """Return where a fact that is known for certain on arrival comes from: the nearest such place before the state."""
    seen = {state}
    waiting = [state]
    found: Source | None = None
    for at in waiting:
        for before, way in knowledge.before(at):
            if before in seen or not knowledge.is_sure(fact, knowledge.passing(before, way, at)):
                continue
            found = _gained(knowledge, before, way, fact) if before.step != state.step else None
            if found is not None:
                break
            seen.add(before)
            waiting.append(before)
        if found is not None:
            break
    if knowledge.is_sure(fact, knowledge.identity(state.channel)) and (found is None or found.how != "asked"):
        return Source(state, "identity")
    return found


def source_on_leaving(knowledge: Knowledge, state: State, way: Way, fact: str) -> Source | None:
    """Return where a fact comes from that is known for certain on leaving a state: that state, or one before it."""
    return _gained(knowledge, state, way, fact) or source(knowledge, state, fact)


def _gained(knowledge: Knowledge, state: State, way: Way, fact: str) -> Source | None:
    """Return how a step adds a fact on a channel to what is known, or None where it does not."""
    blueprint, meanings = knowledge.blueprint, meanings_of(knowledge.blueprint)
    presentations = knowledge.presentations.get(state, ())
    for presentation in presentations:
        for ref in presentation.asks:
            parameter = blueprint.get(ref)
            if isinstance(parameter, Parameter) and meanings.supplied(parameter).get(fact):
                return Source(state, "asked", ref.span)
    for error in way.errors:
        if meanings.fields(getattr(blueprint.get(error), "fields", ())).get(fact):
            return Source(state, "told", error.span, error.name)
    places = {ref.id: ref.span for ref in way.origin.calls or ()}
    operations = called(way.origin, blueprint)
    for operation in operations:
        if meanings.result(operation.result).get(fact):
            return Source(state, "returned", places[operation.id], operation.name)
    if knowledge.is_sure(fact, knowledge.arrival[state]):
        return None
    for operation in operations:
        if any(facts.get(fact) for facts in _taken(knowledge, operation)):
            return Source(state, "given" if presentations else "asked", places[operation.id], operation.name)
    return None


def _taken(knowledge: Knowledge, operation: Operation) -> Iterator[Facts]:
    for parameter in filter(is_required, operation.parameters):
        yield meanings_of(knowledge.blueprint).supplied(parameter)


class Gap(NamedTuple):
    """Why a need is not met in a state.

    `some`: it is met for customers who come another way; `lost`: it was met before a change of channel; `anonymous`: a
    channel that identifies customers knows it; `never`: nothing before the state gives it. `origin` and `way` are how
    customers come without it; None where they begin there.
    """

    why: Literal["some", "lost", "anonymous", "never"]
    origin: State | None = None
    way: Way | None = None


def gap(knowledge: Knowledge, state: State, need: Need) -> Gap:
    """Return why a need is not met on arriving in a state."""
    own = knowledge.identity(state.channel)
    met = False
    without: list[tuple[State | None, Way | None]] = [(None, None)] if state in knowledge.states.first else []
    for origin, way in knowledge.before(state):
        if knowledge.is_likely(need, knowledge.passing(origin, way, state) | own):
            met = True
        else:
            without.append((origin, way))
    for at, by in without:
        if at is not None and by is not None and knowledge.is_likely(need, knowledge.leaving(at, by)):
            return Gap("lost", at, by)
    if met and without:
        return Gap("some", *without[0])
    if any(knowledge.is_likely(need, knowledge.identity(other.channel)) for other in knowledge.states.all):
        return Gap("anonymous")
    return Gap("never")
