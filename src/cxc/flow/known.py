"""What is known about a customer on arriving in each state: the greatest fixed point over the graph of a journey.

A fact is known where it is known on **every** way there: what the channel's identity gives, what was asked, what called
operations returned, and across a change of channel only what is carried. This is the classical analysis of available
expressions, a meet over all paths (G. Kildall: A unified approach to global program optimization. POPL 1973); sets are
integers with a bit a fact. It takes time in proportion to ways times channels, once for each loop inside a loop.

What could not be understood may have given anything: behind it, everything is likely and nothing more is sure.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from cxc.flow.meanings import ANYTHING, Facts, Meanings, Need
from cxc.flow.promises import called
from cxc.flow.states import Move, State, States
from cxc.flow.ways import Way
from cxc.model.blueprint import Blueprint
from cxc.model.channel import Channel, Experience, Presentation
from cxc.model.data import DataField, Entity, OptionalType, Parameter
from cxc.model.journey import Journey
from cxc.model.organisation import Persona
from cxc.model.service import Operation


class Known(NamedTuple):
    """Two sets of facts as bits: those that are sure, and those that are at least likely."""

    sure: int
    likely: int

    def __and__(self, other: Known) -> Known:
        """Return what is known either way; where one of them may be anything, the other says what is likely."""
        sure = self.sure & other.sure
        if (self.likely ^ other.likely) & _OPEN:
            return Known(sure, other.likely if self.likely & _OPEN else self.likely)
        return Known(sure, self.likely & other.likely)

    def __or__(self, other: Known) -> Known:
        return Known(self.sure | other.sure, self.likely | other.likely)


_OPEN = 1
"""The bit of the fact that anything may be known."""

NOTHING = Known(0, 0)
_ALL = Known(-1, -1)
_PERHAPS_ALL = Known(0, _OPEN)


class Gain(NamedTuple):
    """What a step adds to what is known; `used` are facts of what operations were called with.

    A value that was likely to be known before is known for certain once an operation was called with it.
    """

    known: Known = NOTHING
    used: int = 0

    def after(self, before: Known) -> Known:
        """Return what is known then."""
        return Known(before.sure | self.known.sure | (self.used & before.likely), before.likely | self.known.likely)


def is_required(parameter: DataField) -> bool:
    """Whether an operation cannot be called without a value for the parameter."""
    return not isinstance(parameter.type, OptionalType) and parameter.default is None


def presentations_of(journey: Journey, blueprint: Blueprint) -> Mapping[State, tuple[Presentation, ...]]:
    """Return how each step of a journey is presented on each channel, in the order of the text."""
    found: dict[State, list[Presentation]] = defaultdict(list)
    for experience in blueprint.derived(_experiences).get(journey.id, ()):
        for presentation in experience.steps:
            found[State(presentation.step.id, experience.channel.id)].append(presentation)
    return {state: tuple(presentations) for state, presentations in found.items()}


def experiences_of(journey: Journey, blueprint: Blueprint) -> Sequence[Experience]:
    """Return the experiences that present a journey, in the order of the text."""
    return blueprint.derived(_experiences).get(journey.id, ())


def _experiences(blueprint: Blueprint) -> dict[str, list[Experience]]:
    found: dict[str, list[Experience]] = defaultdict(list)
    for experience in blueprint.every(Experience):
        found[experience.journey.id].append(experience)
    return found


def meanings_of(blueprint: Blueprint) -> Meanings:
    """Return the facts of the types in a design."""
    return blueprint.derived(Meanings)


class Knowledge:
    """The facts of one journey, and where each is known."""

    def __init__(self, states: States, blueprint: Blueprint) -> None:
        self.states = states
        self.blueprint = blueprint
        self._meanings = meanings_of(blueprint)
        self._bits: dict[str, int] = {ANYTHING: _OPEN}
        self._gained: dict[str, Known] = {}
        journey = states.graph.journey
        self.presentations = presentations_of(journey, blueprint)
        self._keys = self._known_keys(journey)
        self._identity: dict[str | None, Known] = {}
        self._gains: dict[tuple[State, int], Gain] = {}
        self.at_step: dict[str, list[State]] = {}
        for state in states.all:
            self.at_step.setdefault(state.step, []).append(state)
            self._gains |= self._gains_in(state)
        self.arrival = self._fixed_point()

    # ---- asking -----------------------------------------------------------------------------------------------------

    def need(self, parameter: DataField) -> Need:
        """Return the facts that make a parameter known."""
        return self._meanings.need(parameter)

    def is_sure(self, fact: str, known: Known) -> bool:
        """Whether a fact is known for certain."""
        return bool(known.sure & self.bit(fact))

    def sure_fact(self, need: Need, known: Known) -> str | None:
        """Return the fact by which a need is met for certain, or None."""
        return next((fact for fact in (need.fact, *need.same) if self.is_sure(fact, known)), None)

    def is_likely(self, need: Need, known: Known) -> bool:
        """Whether a need is met by what is known, or by one of several values that are."""
        facts = (need.fact, *need.same, *need.substitutes, ANYTHING)
        return ANYTHING in need.substitutes or any(known.likely & self.bit(fact) for fact in facts)

    def missing(self, state: State, presentation: Presentation | None) -> Iterator[tuple[Operation, Parameter]]:
        """Yield what the operations of a step need and nothing gives: not known on arrival, nor asked, nor returned.

        Where no experience presents the step there is nothing: what is derived then asks for all that is needed.
        """
        if presentation is None:
            return
        asked = {ref.id for ref in presentation.asks}
        known = self.arrival[state]
        operations = called(self.states.graph.steps[state.step], self.blueprint)
        for at, operation in enumerate(operations):
            # What is asked for another operation will do here too; for this one, each parameter is asked by itself.
            others = (other for place, other in enumerate(operations) if place != at)
            known_here = known | self._supplied(p for other in others for p in other.parameters if p.id in asked)
            for parameter in filter(is_required, operation.parameters):
                if parameter.id not in asked and not self.is_likely(self.need(parameter), known_here):
                    yield operation, parameter
            known |= self._supplied(filter(is_required, operation.parameters)) | self._returned(operation)

    def shown(self, state: State) -> Known:
        """Return what is known once all that a step calls went well."""
        return self._gains[state, -1].after(self.arrival[state])

    def leaving(self, state: State, way: Way) -> Known:
        """Return what is known on leaving a state by a way, before anything is lost."""
        return self._gains[state, self._variant(way)].after(self.arrival[state])

    def passing(self, state: State, way: Way, target: State) -> Known:
        """Return what of that is still known in the state that the way leads to, without what its channel knows."""
        known = self.leaving(state, way)
        return self.handed_over(known, way) if self.states.changes(state, target) else known

    def handed_over(self, known: Known, way: Way) -> Known:
        """Return what is left of what is known once only what a way carries is handed over."""
        carried = NOTHING
        for ref in way.carries:
            carried |= self._gain(self._meanings.field(ref.id))
        likely = known.likely & carried.likely
        if (known.likely | carried.likely) & _OPEN:
            likely = carried.likely if known.likely & _OPEN else known.likely
        left = Known(known.sure & carried.sure, likely)
        return left if self.blueprint.is_complete(way.origin) else left | _PERHAPS_ALL

    def lost(self, move: Move) -> Iterator[tuple[Operation, Parameter]]:
        """Yield what the operations of the next step need that is known before a change of channel, and not after it.

        What an operation of that step returns before it is needed is not lost.
        """
        if not move.changes or move.way.target is None:
            return
        before = self.leaving(move.origin, move.way)
        after = self.passing(move.origin, move.way, move.target) | self.identity(move.target.channel)
        for operation in called(move.way.target, self.blueprint):
            for parameter in filter(is_required, operation.parameters):
                need = self.need(parameter)
                if self.sure_fact(need, before) and not self.is_likely(need, after):
                    yield operation, parameter
            after |= self._supplied(filter(is_required, operation.parameters)) | self._returned(operation)

    def facts(self, known: Known) -> tuple[str, ...]:
        """Return the facts that are known for certain, in order of their names."""
        return tuple(sorted(fact for fact, bit in self._bits.items() if known.sure & bit))

    def before(self, state: State) -> Iterator[tuple[State, Way]]:
        """Yield the states from which customers come to a state, with the way they come."""
        for way in self.states.graph.ways.inward[state.step]:
            for origin in self.at_step.get(way.origin.id, ()):
                if state in self.states.after(origin, way):
                    yield origin, way

    def identity(self, channel: str | None) -> Known:
        """Return what a channel knows by itself: from `identified` on, the key of the customer's own record."""
        if channel not in self._identity:
            found = self.blueprint.get(channel) if channel else None
            known = self._keys if isinstance(found, Channel) and found.identity != "anonymous" else NOTHING
            if found is not None and not self.blueprint.is_complete(found):
                known = Known(known.sure, self._keys.likely)
            self._identity[channel] = known
        return self._identity[channel]

    # ---- the fixed point --------------------------------------------------------------------------------------------

    def _fixed_point(self) -> dict[State, Known]:
        self.arrival = arrival = {state: _ALL for state in self.states.all}
        first = set(self.states.first)
        changed = True
        while changed:
            changed = False
            for states in self.at_step.values():
                for state, known in self._arrivals(states, first).items():
                    if known != arrival[state]:
                        arrival[state] = known
                        changed = True
        return arrival

    def _arrivals(self, states: Sequence[State], first: set[State]) -> dict[State, Known]:
        """Return what is known on arriving in the states of one step, by what is known before it now."""
        step = states[0].step
        via = self.states.via[step]
        found = {state: NOTHING if state in first else _ALL for state in states}
        for way in self.states.graph.ways.inward[step]:
            across = _ALL
            for origin in self.at_step.get(way.origin.id, ()):
                known = self.leaving(origin, way)
                if not via or origin.channel in via:
                    found[State(step, origin.channel)] &= known
                else:
                    across &= known if origin.channel is None else self.handed_over(known, way)
            if across != _ALL:
                for state in states:
                    found[state] &= across
        return {state: known | self.identity(state.channel) for state, known in found.items()}

    # ---- what a step adds -------------------------------------------------------------------------------------------

    def _gains_in(self, state: State) -> dict[tuple[State, int], Gain]:
        """Return what a step adds on a channel: -1 where all goes well, else by the number of the failing way."""
        step = self.states.graph.steps[state.step]
        presentations = self.presentations.get(state, ())
        operations = called(step, self.blueprint)
        gains = {(state, -1): self._gain_of(operations, len(operations), presentations)}
        for number, way in enumerate(self.states.graph.ways.onward[state.step]):
            if way.errors:
                gains[state, number] = self._gain_of_failure(way, operations, presentations)
        if not all(self.blueprint.is_complete(part) for part in (step, *presentations)):
            return {at: Gain(gain.known | _PERHAPS_ALL, gain.used) for at, gain in gains.items()}
        return gains

    def _gain_of(self, operations: Sequence[Operation], answers: int, presentations: Sequence[Presentation]) -> Gain:
        """Return what is known once operations were called, of which the first few have answered.

        Of several presentations a customer sees one: what each of them asks is known for certain.
        """
        each = [self._supplied(self._asked(presentation)) for presentation in presentations]
        known = each[0] if each else NOTHING
        always = known
        for asked in each[1:]:
            known = Known(known.sure & asked.sure, known.likely | asked.likely)
            always &= asked
        used = 0
        for at, operation in enumerate(operations):
            for parameter in operation.parameters:
                value = self._supplied([parameter])
                if is_required(parameter):
                    if not presentations or self.is_likely(self.need(parameter), always):
                        known |= value
                    known |= Known(0, value.likely)
                    used |= value.sure
                elif not presentations:
                    known |= Known(0, value.likely)
            if at < answers:
                known |= self._returned(operation)
                always |= self._returned(operation)
        return Gain(known, used)

    def _gain_of_failure(
        self, way: Way, operations: Sequence[Operation], presentations: Sequence[Presentation]
    ) -> Gain:
        """Return what is known after a failure: what was returned before the first that may fail, and what it says."""
        errors = {ref.id for ref in way.errors}
        failing = [at for at, one in enumerate(operations) if any(ref.id in errors for ref in one.fails)]
        first = failing[0] if failing else 0
        gain = self._gain_of(operations[: first + 1], first, presentations)
        told = _ALL
        for ref in way.errors:
            told &= self._gain(self._meanings.fields(getattr(self.blueprint.get(ref), "fields", ())))
        perhaps = 0
        if len(failing) != 1:
            # It may have been a later one that failed, or none that says so.
            perhaps = self._gain_of(operations, len(operations), presentations).known.likely
        elif not presentations:
            # What later ones need was perhaps asked beforehand, unless one of these was to return it.
            for operation in operations[first:]:
                perhaps |= self._supplied(operation.parameters).likely
            for operation in operations[first:]:
                perhaps &= ~self._returned(operation).likely
        return Gain(gain.known | told | Known(0, perhaps), gain.used)

    def _variant(self, way: Way) -> int:
        if not way.errors:
            return -1
        ways = self.states.graph.ways.onward[way.origin.id]
        return next(number for number, other in enumerate(ways) if other is way)

    def _asked(self, presentation: Presentation) -> Iterator[Parameter]:
        for ref in presentation.asks:
            parameter = self.blueprint.get(ref)
            if isinstance(parameter, Parameter):
                yield parameter

    # ---- bits -------------------------------------------------------------------------------------------------------

    def _supplied(self, parameters: Iterable[Parameter]) -> Known:
        """Return what is known once values of some parameters were given."""
        known = NOTHING
        for parameter in parameters:
            if parameter.id not in self._gained:
                self._gained[parameter.id] = self._gain(self._meanings.supplied(parameter))
            known |= self._gained[parameter.id]
        return known

    def _returned(self, operation: Operation) -> Known:
        """Return what is known once an operation has answered."""
        if operation.id not in self._gained:
            self._gained[operation.id] = self._gain(self._meanings.result(operation.result))
        return self._gained[operation.id]

    def _known_keys(self, journey: Journey) -> Known:
        """Return the keys of the personas' own records.

        They are sure where each persona of the journey has that key, likely where none has a record of another kind.
        """
        known = _ALL
        for ref in journey.persona:
            persona = self.blueprint.get(ref)
            entity = self.blueprint.get(persona.entity) if isinstance(persona, Persona) and persona.entity else None
            if isinstance(entity, Entity):
                known &= self._gain(self._meanings.fields(entity.key))
            else:
                known = Known(0, known.likely)
        return NOTHING if known.likely == -1 else known

    def _gain(self, facts: Facts) -> Known:
        sure = likely = 0
        for fact, is_sure in facts.items():
            bit = self.bit(fact)
            likely |= bit
            if is_sure:
                sure |= bit
        return Known(sure, likely)

    def bit(self, fact: str) -> int:
        """Return the bit that stands for a fact."""
        return self._bits.setdefault(fact, 1 << len(self._bits))
