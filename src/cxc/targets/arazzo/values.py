"""Where the value of each parameter comes from: who the customer is, what was asked, or what was answered before.

This goes forward along the calls of a workflow as `cxc.flow.known` does along the steps of a journey, and asks it what
is known. A value may be taken from an earlier answer only where every way to the call brings the same one along, and
some channel of the step knows it: what each of them loses must be asked again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from cxc.flow.known import Knowledge, is_required
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


class Values:
    """The origins of all values in one workflow; a parameter that has none there is left out of the call."""

    def __init__(self, entry: str, calls: Calls, schemas: TypeSchemas) -> None:
        self.calls = calls
        self.entry = entry
        self.blueprint: Blueprint = calls.blueprint
        self.knowledge: Knowledge = calls.flow.knowledge
        self.schemas = schemas
        self.reached = calls.reached(entry)
        self._by_id = {call.id: call for call in self.reached}
        self._onward = {call.id: self._next(call) for call in self.reached}
        self._identity = self._identity_facts()
        self._asked_at: set[Asked] = set()
        self.of: dict[str, dict[str, Origin]] = {}
        self.at_end: Mapping[str, Origin] = {}
        self._work_out()

    def _next(self, call: Call) -> tuple[list[str | None], list[str | None]]:
        """Return the calls that follow a call which went well, and one that failed; None stands for the end."""
        siblings = self.calls.of_step[call.step.id]
        at = siblings.index(call) + 1
        well: list[str | None] = [siblings[at].id] if at < len(siblings) else []
        if not well:
            well = [self._first(one.target) for one in self.calls.after(call.step.id).onward]
        failing = [
            self._first(one.target)
            for choice in self.calls.failing(call.step.id)
            if choice.error is not None and self.calls.fails_with(call, choice.error)
            for one in choice.onward
        ]
        return well, failing

    def _first(self, step: str | None) -> str | None:
        return None if step is None else self.calls.of_step[step][0].id

    def _identity_facts(self) -> dict[str, Origin]:
        """Return the facts that some channel of the journey knows by itself."""
        channels = {state.channel for state in self.knowledge.states.all}
        facts = {fact for channel in channels for fact in self.knowledge.facts(self.knowledge.identity(channel))}
        return {fact: Identity(fact) for fact in facts if fact in self.blueprint.elements}

    # ---- the fixed point --------------------------------------------------------------------------------------------

    def _work_out(self) -> None:
        """Go along all ways until nothing changes; begin again where a value turns out to be asked after all."""
        while True:
            before = len(self._asked_at)
            self._go()
            if len(self._asked_at) == before:
                return

    def _go(self) -> None:
        first = self.calls.of_step[self.entry][0].id
        arriving: dict[str | None, _Known] = {first: _Known({}, {})}
        waiting = [first]
        visited: set[str] = set()
        while waiting:
            call = self._by_id[waiting.pop(0)]
            asked = len(self._asked_at)
            failed, done = self._called(call, self._arrived(call, arriving[call.id]))
            if call.id in visited and len(self._asked_at) > asked:
                # What went on from here before is no longer so.
                return
            visited.add(call.id)
            for following, brought in zip(self._onward[call.id], (done, failed), strict=True):
                for id in following:
                    before = arriving.get(id)
                    met = brought if before is None else _met(before, brought)
                    if met != before:
                        arriving[id] = met
                        if id is not None and id not in waiting:
                            waiting.append(id)
        end = arriving.get(None, _Known({}, {})).sure
        self.at_end = {fact: origin for fact, origin in end.items() if origin is not None}

    def _arrived(self, call: Call, known: _Known) -> _Known:
        """Return what is left of what is known where customers come to a step, with what its channels know."""
        if self.calls.of_step[call.step.id][0] is not call:
            return known
        knowledge = self.knowledge
        arrivals = [knowledge.arrival[state] for state in knowledge.at_step.get(call.step.id, ())]
        sure = likely = 0
        for arrival in arrivals:
            sure |= arrival.sure
            likely |= arrival.likely
        left = {fact: origin for fact, origin in known.sure.items() if sure & knowledge.bit(fact)}
        left |= {fact: origin for fact, origin in self._identity.items() if sure & knowledge.bit(fact)}
        return _Known(left, {fact: one for fact, one in known.likely.items() if likely & knowledge.bit(fact)})

    def _called(self, call: Call, known: _Known) -> tuple[_Known, _Known]:
        """Return what is known where a call failed, and where it went well; note where its values come from."""
        origins: dict[str, Origin] = {}
        given: dict[str, Origin | None] = {}
        for parameter in call.operation.parameters:
            origin = self._origin(call, parameter, known)
            if origin is not None:
                origins[parameter.name] = origin
                need = distinct_need(parameter, self.knowledge)
                given |= dict.fromkeys((need.fact, *need.same), origin)
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

    # ---- one value --------------------------------------------------------------------------------------------------

    def _origin(self, call: Call, parameter: Parameter, known: _Known) -> Origin | None:
        """Return where the value of a parameter comes from, or None where nobody gives one."""
        asked = Asked(call.id, parameter.id)
        need = distinct_need(parameter, self.knowledge)
        facts = (need.fact, *need.same)
        is_asked = self.is_asked(call, parameter)
        is_new = is_asked and is_new_value(parameter, self.blueprint)
        if asked not in self._asked_at:
            origin = None if is_new else self._first_fitting(facts, known.sure, parameter)
            if origin is None and not is_asked:
                if not is_required(parameter):
                    return None
                likely = (*facts, *self._substitutes(parameter, need.substitutes))
                origin = self._first_fitting(likely, known.likely, parameter)
            if origin is not None:
                return origin
            self._asked_at.add(asked)
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

    def _substitutes(self, parameter: Parameter, facts: Sequence[str]) -> Sequence[str]:
        """Return the facts that will do where nothing better is known; one value will not do for several."""
        meant, _ = meant_type(parameter.type, self.blueprint)
        return () if isinstance(meant, (ListType, MapType)) else facts


def _met(one: _Known, other: _Known) -> _Known:
    return _Known(_both(one.sure, other.sure), _both(one.likely, other.likely))


def _both(one: Mapping[str, Origin | None], other: Mapping[str, Origin | None]) -> dict[str, Origin | None]:
    return {fact: origin if other[fact] == origin else None for fact, origin in one.items() if fact in other}
