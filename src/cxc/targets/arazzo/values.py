"""Where the value of each parameter comes from: who the customer is, what was asked, or what was answered before.

This goes forward along the calls of a workflow as `cxc.flow.known` does along the steps of a journey, and asks it what
is known. A value may be taken from an earlier answer only where every way to the call brings the same one along, and
some channel of the step knows it: what each of them loses must be asked again. Where ways bring different values that
nobody is asked for, the step stands in the workflow several times, once for each.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import reduce
from typing import NamedTuple

from cxc.flow.known import Knowledge, is_required
from cxc.flow.meanings import Need
from cxc.flow.repeats import distinct_need, is_new_value
from cxc.model.blueprint import Blueprint
from cxc.model.data import DeclaredType, ListType, MapType, Parameter
from cxc.model.routes import meant_type
from cxc.targets.arazzo.calls import Call, Calls
from cxc.targets.arazzo.pointers import places
from cxc.targets.jsonschema.types import TypeSchemas


class Identity(NamedTuple):
    """The channel knows it by itself: the key of the customer's own record, by the id of its field."""

    field: str


class Asked(NamedTuple):
    """It is asked for a parameter of a call (both by id)."""

    call: str
    parameter: str


class Answered(NamedTuple):
    """It stands in the answer of an earlier call, by a JSON Pointer; `first` says that it is that of a first item."""

    call: str
    pointer: str
    fact: str
    first: bool


Origin = Identity | Asked | Answered


class _Known(NamedTuple):
    """Where each fact comes from on the ways to a place: None where they bring different values."""

    sure: dict[str, Origin | None]
    likely: dict[str, Origin | None]


_Brought = tuple[tuple[str, Origin], ...]
"""Facts, and where they come from, that tell the copies of a step apart."""

_MOST_COPIES = 4
_SAME_STEP = ""
"""Stands for the next call of the same step; no step has this id."""


class _TooMany(Exception):
    """A step would have too many copies because of some facts."""


class Values:
    """The origins of all values in one workflow; a parameter that has none there is left out of the call.

    `reached` are the calls in their order, those of copies with ids of their own.
    """

    def __init__(self, entry: str, calls: Calls, schemas: TypeSchemas) -> None:
        self.calls = calls
        self.entry = entry
        self.blueprint: Blueprint = calls.blueprint
        self.knowledge: Knowledge = calls.flow.knowledge
        self.schemas = schemas
        self._identity = self._identity_facts()
        self._apart: dict[str, frozenset[str]] = {}
        self._asked_at: set[tuple[str, str]] = set()
        self._work_out()

    def _identity_facts(self) -> dict[str, Origin]:
        """Return the facts that some channel of the journey knows by itself."""
        channels = {state.channel for state in self.knowledge.states.all}
        facts = {fact for channel in channels for fact in self.knowledge.facts(self.knowledge.identity(channel))}
        return {fact: Identity(fact) for fact in facts if fact in self.blueprint.elements}

    # ---- asking -----------------------------------------------------------------------------------------------------

    @property
    def reached(self) -> tuple[Call, ...]:
        """The calls that customers get to: those of the first step, then in the order of the text."""
        order = {id: number for number, id in enumerate((self.entry, *self.calls.of_step))}
        order[self.entry] = -1
        steps = sorted((calls for calls in self._copies.values() if calls[0].id in self._seen), key=_in_step(order))
        return tuple(call for calls in steps for call in calls)

    def target(self, call: Call, step: str, *, failed: bool) -> Call:
        """Return the first call of a step (by id) for customers who come from a call."""
        return self._first_calls[call.id, failed, step]

    def is_first(self, call: Call) -> bool:
        """Whether a call is the first of its step."""
        return self._siblings[call.id][0].id == call.id

    def is_last(self, call: Call) -> bool:
        """Whether a call is the last of its step."""
        return self._siblings[call.id][-1].id == call.id

    def is_copy(self, call: Call) -> bool:
        """Whether the step of a call stands in the workflow before."""
        return self._siblings[call.id] is not self._first_copy[call.step.id]

    def usual_path(self) -> tuple[Call, ...]:
        """Return the calls of a customer who makes no choice and meets no failure."""
        found: dict[str, Call] = {}
        first: Call | None = self.reached[0]
        while first is not None and first.id not in found:
            calls = self._siblings[first.id]
            found |= {call.id: call for call in calls}
            target = self.calls.after(first.step.id).usual.target
            first = None if target is None else self.target(calls[-1], target, failed=False)
        return tuple(found.values())

    # ---- the fixed point --------------------------------------------------------------------------------------------

    def _work_out(self) -> None:
        """Go along all ways until nothing changes.

        Begin again where a value turns out to be asked after all, and where one is to be told from another.
        """
        together: set[str] = set()
        while True:
            try:
                if not self._go():
                    continue
            except _TooMany as failure:
                together |= failure.args[0]
                self._apart = {fact: steps for fact, steps in self._apart.items() if fact not in together}
                self._asked_at = set()
                continue
            differing = {fact for fact in self._differing if fact not in together and fact not in self._apart}
            if not differing:
                return
            self._apart |= {fact: self._interested(fact) for fact in sorted(differing)}
            self._asked_at = set()

    def _go(self) -> bool:
        """Go along all ways; return whether nothing was found out that makes void what was before."""
        self.of: dict[str, dict[str, Origin]] = {}
        self._copies: dict[tuple[str, _Brought], tuple[Call, ...]] = {}
        self._first_copy: dict[str, tuple[Call, ...]] = {}
        self._siblings: dict[str, tuple[Call, ...]] = {}
        self._first_calls: dict[tuple[str, bool, str], Call] = {}
        self._differing: set[str] = set()
        self._seen: set[str] = set()
        self.at_end: Mapping[str, Origin] = {}
        arriving: dict[str, _Known] = {}
        ends: list[_Known] = []
        first = self._arrive(self.entry, _Known({}, {}), arriving)
        waiting = [first] if first else []
        while waiting:
            call = waiting.pop(0)
            asked = len(self._asked_at)
            failed, done = self._called(call, arriving[call.id])
            if call.id in self._seen and len(self._asked_at) > asked:
                # What went on from here before is no longer so.
                return False
            self._seen.add(call.id)
            for brought, step, is_failure in self._onward(call, failed, done):
                if step is None:
                    ends.append(brought)
                    continue
                following = self._arrive(step, brought, arriving, (call, is_failure))
                if following is not None and following not in waiting:
                    waiting.append(following)
        if ends:
            end = reduce(_met, ends)
            self.at_end = {fact: origin for fact, origin in end.sure.items() if origin is not None}
        return True

    def _onward(self, call: Call, failed: _Known, done: _Known) -> Iterator[tuple[_Known, str | None, bool]]:
        """Yield where it goes on after a call, with what is known then: a step or the end, and whether it failed."""
        if self.is_last(call):
            yield from ((done, one.target, False) for one in self.calls.after(call.step.id).onward)
        else:
            yield done, _SAME_STEP, False
        for choice in self.calls.failing(call.step.id):
            if choice.error is not None and self.calls.fails_with(call, choice.error):
                yield from ((failed, one.target, True) for one in choice.onward)

    def _arrive(
        self, step: str, brought: _Known, arriving: dict[str, _Known], origin: tuple[Call, bool] | None = None
    ) -> Call | None:
        """Bring what is known to the next call; return that call if this changes anything there."""
        if step == _SAME_STEP and origin is not None:
            siblings = self._siblings[origin[0].id]
            call = siblings[siblings.index(origin[0]) + 1]
        else:
            brought = self._left(step, brought)
            call = self._copy(step, brought)[0]
            if origin is not None:
                self._first_calls[origin[0].id, origin[1], step] = call
        before = arriving.get(call.id)
        arriving[call.id] = brought if before is None else _met(before, brought)
        return None if arriving[call.id] == before else call

    def _left(self, step: str, known: _Known) -> _Known:
        """Return what is left of what is known where customers come to a step, with what its channels know."""
        knowledge = self.knowledge
        arrivals = [knowledge.arrival[state] for state in knowledge.at_step.get(step, ())]
        sure = likely = 0
        for arrival in arrivals:
            sure |= arrival.sure
            likely |= arrival.likely
        left = {fact: origin for fact, origin in known.sure.items() if sure & knowledge.bit(fact)}
        left |= {fact: origin for fact, origin in self._identity.items() if sure & knowledge.bit(fact)}
        return _Known(left, {fact: one for fact, one in known.likely.items() if likely & knowledge.bit(fact)})

    # ---- copies -----------------------------------------------------------------------------------------------------

    def _copy(self, step: str, known: _Known) -> tuple[Call, ...]:
        """Return the calls of a step for customers who bring something there."""
        brought = tuple(
            (fact, origin)
            for fact, steps in self._apart.items()
            if step in steps and (origin := known.sure.get(fact)) is not None
        )
        calls = self._copies.get((step, brought))
        if calls is None:
            number = 1 + sum(one == step for one, _ in self._copies)
            if number > _MOST_COPIES:
                raise _TooMany({fact for one, facts in self._copies if one == step for fact, _ in facts})
            calls = self.calls.of_step[step]
            if number > 1:
                calls = tuple(call._replace(id=f"{call.id}--{number}") for call in calls)
            self._copies[step, brought] = calls
            self._first_copy.setdefault(step, calls)
            self._siblings |= {call.id: calls for call in calls}
        return calls

    def _interested(self, fact: str) -> frozenset[str]:
        """Return the steps (by id) from which customers get to a call that needs a fact."""
        found = {
            id
            for id, calls in self.calls.of_step.items()
            if any(fact in self._facts(parameter) for call in calls for parameter in call.operation.parameters)
        }
        before: dict[str, set[str]] = {}
        for id in self.calls.of_step:
            for choice in (self.calls.after(id), *self.calls.failing(id)):
                for onward in choice.onward:
                    before.setdefault(onward.target or "", set()).add(id)
        waiting = sorted(found)
        while waiting:
            new = before.get(waiting.pop(), set()) - found
            found |= new
            waiting += new
        return frozenset(found)

    def _facts(self, parameter: Parameter) -> tuple[str, ...]:
        need = self._need(parameter)
        return (need.fact, *need.same)

    def _need(self, parameter: Parameter) -> Need:
        """Return what a parameter needs, which is the same in all journeys."""
        found = self.blueprint.derived(_needs)
        if parameter.id not in found:
            found[parameter.id] = distinct_need(parameter, self.knowledge)
        return found[parameter.id]

    # ---- a call -----------------------------------------------------------------------------------------------------

    def _called(self, call: Call, known: _Known) -> tuple[_Known, _Known]:
        """Return what is known where a call failed, and where it went well; note where its values come from."""
        origins: dict[str, Origin] = {}
        given: dict[str, Origin | None] = {}
        for parameter in call.operation.parameters:
            origin = self._origin(call, parameter, known)
            if origin is not None:
                origins[parameter.name] = origin
                given |= dict.fromkeys(self._facts(parameter), origin)
        self.of[call.id] = origins
        sure, likely = {**known.sure, **given}, dict(known.likely)
        failed = _Known(dict(sure), known.likely)
        for fact, place in places(call.operation, self.blueprint).items():
            # What an operation was asked with comes back as it was.
            if fact not in given:
                likely[fact] = Answered(call.id, place.pointer, fact, place.first)
                if place.sure:
                    sure[fact] = likely[fact]
        return failed, _Known(sure, likely)

    def _origin(self, call: Call, parameter: Parameter, known: _Known) -> Origin | None:
        """Return where the value of a parameter comes from, or None where nobody gives one."""
        facts = self._facts(parameter)
        is_asked = self.is_asked(call, parameter)
        is_new = is_asked and is_new_value(parameter, self.blueprint)
        if (call.id, parameter.id) not in self._asked_at:
            origin = None if is_new else self._first_fitting(facts, known.sure, parameter)
            if origin is None and not is_asked:
                if not is_required(parameter):
                    return None
                self._differing |= {fact for fact in facts if known.sure.get(fact, call) is None}
                likely = (*facts, *self._substitutes(parameter))
                origin = self._first_fitting(likely, known.likely, parameter)
            if origin is not None:
                return origin
            self._asked_at.add((call.id, parameter.id))
        elif not is_asked:
            self._differing |= {fact for fact in facts if known.sure.get(fact, call) is None}
        position = [one.id for one in self._siblings[call.id]].index(call.id)
        asked = Asked(self.calls.of_step[call.step.id][position].id, parameter.id)
        return asked if is_new else next((self._identity[fact] for fact in facts if fact in self._identity), asked)

    def is_asked(self, call: Call, parameter: Parameter) -> bool:
        """Whether customers are asked for a parameter on some channel; without an experience they are if need be.

        In a step without channels there is nobody to ask.
        """
        for state in self.knowledge.at_step.get(call.step.id, ()):
            presentations = self.knowledge.presentations.get(state, ())
            if any(ref.id == parameter.id for one in presentations for ref in one.asks):
                return True
            if call.step.via and not presentations and is_required(parameter):
                return True
        return False

    def _first_fitting(
        self, facts: Sequence[str], known: Mapping[str, Origin | None], parameter: Parameter
    ) -> Origin | None:
        """Return the first origin whose value can be sent: what is answered may hold what nobody sends."""
        meant, _ = meant_type(parameter.type, self.blueprint)
        while isinstance(meant, (ListType, MapType)):
            meant, _ = meant_type(meant.item, self.blueprint)
        is_two_sided = isinstance(meant, DeclaredType) and self.schemas.has_two_sides(meant.ref.id)
        found = (known.get(fact) for fact in facts)
        return next((one for one in found if one and not (is_two_sided and isinstance(one, Answered))), None)

    def _substitutes(self, parameter: Parameter) -> tuple[str, ...]:
        """Return the facts that will do where nothing better is known; one value will not do for several."""
        meant, _ = meant_type(parameter.type, self.blueprint)
        is_several = isinstance(meant, (ListType, MapType))
        return () if is_several else self._need(parameter).substitutes


def _needs(blueprint: Blueprint) -> dict[str, Need]:
    return {}


def _in_step(order: Mapping[str, int]) -> Callable[[tuple[Call, ...]], int]:
    return lambda calls: order[calls[0].step.id]


def _met(one: _Known, other: _Known) -> _Known:
    return _Known(_both(one.sure, other.sure), _both(one.likely, other.likely))


def _both(one: Mapping[str, Origin | None], other: Mapping[str, Origin | None]) -> dict[str, Origin | None]:
    return {fact: origin if other[fact] == origin else None for fact, origin in one.items() if fact in other}
