"""What is known about a customer on arriving in each state: the greatest fixed point over the graph of a journey.

A fact is known where it is known on **every** way there: what the channel's identity gives, what was asked, what called
operations returned, and across a change of channel only what is carried. This is the classical analysis of available
expressions, a meet over all paths (G. Kildall: A unified approach to global program optimization. POPL 1973); sets are
integers with a bit a fact. It takes time in proportion to ways times channels, once for each loop inside a loop.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from cxc.flow.meanings import Facts, Meanings, Need
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

    def __and__(self, other: Known) -> Known:  # type: ignore[override]
        return Known(self.sure & other.sure, self.likely & other.likely)

    def __or__(self, other: Known) -> Known:
        return Known(self.sure | other.sure, self.likely | other.likely)


NOTHING = Known(0, 0)
_ALL = Known(-1, -1)


class Source(NamedTuple):
    """Where a fact comes from: a step that asked for it or got it returned, or the identity of a channel."""

    state: State
    how: str
    """`asked`, `returned`, `given` (to an operation that was called) or `identity`."""


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
        self._bits: dict[str, int] = {}
        journey = states.graph.journey
        self.presentations = presentations_of(journey, blueprint)
        self._keys = self._known_keys(journey)
        self._identity: dict[str | None, Known] = {}
        self._gains: dict[tuple[State, int], Known] = {}
        self.arrival = self._fixed_point()

    # ---- asking -----------------------------------------------------------------------------------------------------

    def need(self, parameter: DataField) -> Need:
        """Return the facts that make a parameter known."""
        return self._meanings.need(parameter)

    def is_sure(self, fact: str, known: Known) -> bool:
        """Whether a fact is known for certain."""
        return bool(known.sure & self._bit(fact))

    def is_likely(self, need: Need, known: Known) -> bool:
        """Whether a need is met by what is known, or by one of several values that are."""
        return any(known.likely & self._bit(fact) for fact in (need.fact, *need.substitutes))

    def missing(self, state: State, presentation: Presentation | None) -> Iterator[tuple[Operation, Parameter]]:
        """Yield what the operations of a step need that is neither known on arrival, nor asked, nor returned by one
        that was called before; nothing where no experience presents the step: what is derived then asks for it."""
        if presentation is None:
            return
        known = self.arrival[state] | self._gain(self._asked(presentation))
        for operation in called(self.states.graph.steps[state.step], self.blueprint):
            for parameter in operation.parameters:
                if is_required(parameter) and not self.is_likely(self.need(parameter), known):
                    yield operation, parameter
                known |= self._gain(self._meanings.supplied(parameter))
            known |= self._gain(self._meanings.result(operation.result))

    def shown(self, state: State) -> Known:
        """Return what is known once all that a step calls went well."""
        return self.arrival[state] | self._gains[state, -1]

    def leaving(self, state: State, way: Way) -> Known:
        """Return what is known on leaving a state by a way, before anything is lost."""
        return self.arrival[state] | self._gains[state, self._variant(state, way)]

    def lost(self, move: Move) -> Iterator[tuple[Operation, Parameter]]:
        """Yield what the operations of the next step need that is known before a change of channel, and not after it.

        What an operation of that step returns before it is needed is not lost.
        """
        if not move.changes or move.way.target is None:
            return
        before = self.leaving(move.origin, move.way)
        after = self.handed_over(before, move.way) | self.identity(move.target.channel)
        for operation in called(move.way.target, self.blueprint):
            for parameter in operation.parameters:
                need = self.need(parameter)
                is_meant = is_required(parameter) and need.fact in self.blueprint.elements
                if is_meant and self.is_sure(need.fact, before) and not self.is_likely(need, after):
                    yield operation, parameter
                after |= self._gain(self._meanings.supplied(parameter))
            after |= self._gain(self._meanings.result(operation.result))

    def facts(self, known: Known) -> tuple[str, ...]:
        """Return the facts that are known for certain, in order of their names."""
        return tuple(sorted(fact for fact, bit in self._bits.items() if known.sure & bit))

    # ---- explaining -------------------------------------------------------------------------------------------------

    def source(self, state: State, fact: str) -> Source | None:
        """Return where a fact that is known on arrival comes from: the nearest such place before the state."""
        bit = self._bit(fact)
        seen = {state}
        waiting = [state]
        for at in waiting:
            if self.identity(at.channel).likely & bit and not self._before_knows(at, bit):
                return Source(at, "identity")
            for before, way in self.before(at):
                if before in seen or not self.leaving(before, way).likely & bit:
                    continue
                if (how := self._how(before, fact)) is not None:
                    return Source(before, how)
                seen.add(before)
                waiting.append(before)
        identified = next((at for at in waiting if self.identity(at.channel).likely & bit), None)
        return Source(identified, "identity") if identified else None

    def before(self, state: State) -> Iterator[tuple[State, Way]]:
        """Yield the states from which customers come to a state, with the way they come."""
        for way in self.states.graph.ways.inward[state.step]:
            for origin in self._at_step[way.origin.id]:
                if state in self.states.after(origin, way):
                    yield origin, way

    def unknown_from(self, state: State, need: Need) -> tuple[State, Way] | None:
        """Return a way into a state on which a need is not met, where it is met on another; else None."""
        met, unmet = False, None
        for origin, way in self.before(state):
            known = self.leaving(origin, way)
            if State(state.step, origin.channel) != state:
                known = self.handed_over(known, way)
            if self.is_likely(need, known | self.identity(state.channel)):
                met = True
            elif unmet is None:
                unmet = origin, way
        return unmet if met else None

    def _before_knows(self, state: State, bit: int) -> bool:
        return any(self.leaving(before, way).likely & bit for before, way in self.before(state))

    def _how(self, state: State, fact: str) -> str | None:
        presentations = self.presentations.get(state, ())
        if any(fact in self._asked(presentation) for presentation in presentations):
            return "asked"
        operations = called(self.states.graph.steps[state.step], self.blueprint)
        if any(fact in self._meanings.result(operation.result) for operation in operations):
            return "returned"
        if any(fact in self._meanings.supplied(p) for operation in operations for p in operation.parameters):
            if self.arrival[state].likely & self._bit(fact):
                return None
            return "given" if presentations else "asked"
        return None

    # ---- the fixed point --------------------------------------------------------------------------------------------

    def _fixed_point(self) -> dict[State, Known]:
        arrival = {state: _ALL for state in self.states.all}
        at_step: dict[str, list[State]] = defaultdict(list)
        for state in self.states.all:
            at_step[state.step].append(state)
            self._gains |= self._gains_in(state)
        self._at_step = at_step
        self.arrival = arrival
        first = set(self.states.first)
        changed = True
        while changed:
            changed = False
            for states in at_step.values():
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
            for origin in self._at_step[way.origin.id]:
                known = self.leaving(origin, way)
                if not via or origin.channel in via:
                    at = State(step, origin.channel)
                    found[at] &= known
                else:
                    across &= self.handed_over(known, way)
            if across is not _ALL:
                for state in states:
                    found[state] &= across
        return {state: known | self.identity(state.channel) for state, known in found.items()}

    def _gains_in(self, state: State) -> dict[tuple[State, int], Known]:
        """Return what a step adds on a channel: -1 where all goes well, else by the number of the failing way."""
        presentations = self.presentations.get(state, ())
        operations = called(self.states.graph.steps[state.step], self.blueprint)
        given = NOTHING
        if presentations:
            asked = [self._gain(self._asked(presentation)) for presentation in presentations]
            given = Known(asked[0].sure, asked[0].likely)
            for one in asked[1:]:
                given = Known(given.sure & one.sure, given.likely | one.likely)
        results: list[Known] = []
        for operation in operations:
            for parameter in operation.parameters:
                known = self._gain(self._meanings.supplied(parameter))
                if is_required(parameter):
                    given |= known
                elif not presentations:
                    given |= Known(0, known.likely)
            results.append(self._gain(self._meanings.result(operation.result)))
        well = given
        for result in results:
            well |= result
        gains = {(state, -1): well}
        for number, way in enumerate(self.states.graph.ways.onward[state.step]):
            if way.errors:
                gains[state, number] = given | self._after_failure(way, operations, results)
        return gains

    def _after_failure(self, way: Way, operations: Sequence[Operation], results: Sequence[Known]) -> Known:
        """Return what is known after a failure: what was returned before the first that may fail, and what it says."""
        errors = {ref.id for ref in way.errors}
        known = NOTHING
        for operation, result in zip(operations, results, strict=True):
            if any(ref.id in errors for ref in operation.fails):
                break
            known |= result
        told = _ALL
        for ref in way.errors:
            told &= self._gain(self._meanings.fields(getattr(self.blueprint.get(ref), "fields", ())))
        return known | told if way.errors else known

    def _variant(self, state: State, way: Way) -> int:
        return self.states.graph.ways.onward[state.step].index(way) if way.errors else -1

    # ---- bits -------------------------------------------------------------------------------------------------------

    def _asked(self, presentation: Presentation) -> Facts:
        facts: dict[str, bool] = {}
        for ref in presentation.asks:
            parameter = self.blueprint.get(ref)
            if isinstance(parameter, Parameter):
                for fact, sure in self._meanings.supplied(parameter).items():
                    facts[fact] = facts.get(fact, False) or sure
        return facts

    def handed_over(self, known: Known, way: Way) -> Known:
        """Return what is left of what is known once only what a way carries is handed over."""
        mask = 0
        for ref in way.carries:
            gain = self._gain(self._meanings.field(ref.id))
            mask |= gain.likely
        return Known(known.sure & mask, known.likely & mask)

    def identity(self, channel: str | None) -> Known:
        """Return what a channel knows by itself: from `identified` on, the key of the customer's own record."""
        if channel not in self._identity:
            found = self.blueprint.get(channel) if channel else None
            is_known = isinstance(found, Channel) and found.identity != "anonymous"
            self._identity[channel] = self._keys if is_known else NOTHING
        return self._identity[channel]

    def _known_keys(self, journey: Journey) -> Known:
        """Return the keys of the personas' own records: sure where each persona of the journey has that key."""
        keys: list[Known] = []
        for ref in journey.persona:
            persona = self.blueprint.get(ref)
            entity = self.blueprint.get(persona.entity) if isinstance(persona, Persona) and persona.entity else None
            fields = entity.key if isinstance(entity, Entity) else ()
            keys.append(self._gain(self._meanings.fields(fields)))
        if not keys:
            return NOTHING
        common, any_of_them = keys[0], keys[0]
        for one in keys[1:]:
            common, any_of_them = common & one, any_of_them | one
        return Known(common.sure, any_of_them.likely)

    def _gain(self, facts: Facts) -> Known:
        sure = likely = 0
        for fact, is_sure in facts.items():
            bit = self._bit(fact)
            likely |= bit
            if is_sure:
                sure |= bit
        return Known(sure, likely)

    def _bit(self, fact: str) -> int:
        return self._bits.setdefault(fact, 1 << len(self._bits))


def carried_fields(way: Way, blueprint: Blueprint) -> Iterable[DataField]:
    """Yield the fields that a way hands over, as far as they could be resolved."""
    for ref in way.carries:
        found = blueprint.get(ref)
        if isinstance(found, DataField):
            yield found
