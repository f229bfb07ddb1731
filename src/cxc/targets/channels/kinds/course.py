"""The course of a journey on one channel: where customers come to it, go on there, leave it, and come back.

Customers stay on a channel while it serves the next step (`cxc.flow.states`). What software makes of that is left to
`flows`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import NamedTuple

from cxc.flow import Flow
from cxc.flow.states import State
from cxc.flow.ways import Way

_END = 1
"""The bit of the journey's end, before those of the steps."""


class Elsewhere(NamedTuple):
    """What may come of customers on other channels: the steps (by id) in which they come back, or an end there."""

    returns: tuple[str, ...]
    ends: bool


class Course:
    """One journey on one channel, which serves at least one of its steps."""

    def __init__(self, flow: Flow, channel: str) -> None:
        self.flow = flow
        self.channel = channel
        self._via = flow.states.via
        self._onward = flow.graph.ways.onward
        self._bits = {step: 2 << number for number, step in enumerate(self._via)}
        self.begins = State(next(iter(self._via)), channel) in flow.states.first
        """Whether customers may begin the journey here."""
        self.handed_over = tuple(step for step in self._via if self._is_handed_over(step))
        """The steps in which they come from other channels."""
        self.steps, self.own_accord = self._closure()
        """The steps they are in while on the channel, in the order of the text: those it serves, and between these work
        that no customer sees. And where they may come of their own accord, since no way leads them there."""

    def serves(self, step: str) -> bool:
        """Whether the channel serves a step."""
        return self.channel in self._via[step]

    def stays(self, way: Way) -> bool:
        """Whether customers stay on the channel that go a way; where the journey ends, they need not leave it."""
        return way.target is None or not self._via[way.target.id] or self.serves(way.target.id)

    def elsewhere(self, step: str) -> Elsewhere:
        """Return what may come of customers who change to other channels for a step."""
        found = self._across(step, self._outcomes)
        return Elsewhere(tuple(id for id, bit in self._bits.items() if found & bit), bool(found & _END))

    # ---- arriving ---------------------------------------------------------------------------------------------------

    def _is_handed_over(self, step: str) -> bool:
        return self.serves(step) and any(
            channel not in self._via[step]
            for way in self.flow.graph.ways.inward[step]
            for channel in self._channels_at.get(way.origin.id, ())
        )

    @cached_property
    def _channels_at(self) -> Mapping[str, set[str | None]]:
        """The channels that customers are on in each step that they get to."""
        found: dict[str, set[str | None]] = {}
        for state in self.flow.states.all:
            found.setdefault(state.step, set()).add(state.channel)
        return found

    def _closure(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        seen: set[str] = set()
        self._follow([*list(self._via)[: int(self.begins)], *self.handed_over], seen)
        own_accord = []
        for step in self._via:
            if self.serves(step) and step in self.flow.graph.reached and step not in seen:
                own_accord.append(step)
                self._follow([step], seen)
        return tuple(step for step in self._via if step in seen), tuple(own_accord)

    def _follow(self, waiting: list[str], seen: set[str]) -> None:
        seen.update(waiting)
        while waiting:
            for step in self._next(waiting.pop()):
                if step not in seen:
                    seen.add(step)
                    waiting.append(step)

    def _next(self, step: str) -> Iterator[str]:
        for way in self._onward[step]:
            if way.target is not None and self.stays(way):
                yield way.target.id

    # ---- on other channels ------------------------------------------------------------------------------------------

    @cached_property
    def _outcomes(self) -> Mapping[State, int]:
        """What may come of customers in each step on each other channel, as bits: the least fixed point."""
        others = {channel for via in self._via.values() for channel in via if channel != self.channel}
        found = {
            State(step, channel): 0
            for step, via in self._via.items()
            for channel in (via or others)
            if channel != self.channel
        }
        at_step: dict[str, list[State]] = {}
        for state in found:
            at_step.setdefault(state.step, []).append(state)
        changed = True
        while changed:
            changed = False
            for step in reversed(list(self._via)):
                across = [self._across(way.target.id, found) if way.target else _END for way in self._onward[step]]
                for state in at_step.get(step, ()):
                    outcome = found[state]
                    for way, changing in zip(self._onward[step], across, strict=True):
                        outcome |= self._outcome(way, state, changing, found)
                    if outcome != found[state]:
                        found[state] = outcome
                        changed = True
        return found

    def _outcome(self, way: Way, state: State, changing: int, found: Mapping[State, int]) -> int:
        """Return what may come of customers in a state who go a way; `changing` of those who change there for it."""
        if way.target is None:
            return _END
        via = self._via[way.target.id]
        return found[State(way.target.id, state.channel)] if not via or state.channel in via else changing

    def _across(self, step: str, found: Mapping[State, int]) -> int:
        """Return what may come of customers who change their channel for a step."""
        outcome = 0
        for channel in self._via[step]:
            outcome |= self._bits[step] if channel == self.channel else found[State(step, channel)]
        return outcome
