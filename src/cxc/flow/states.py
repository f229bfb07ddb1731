"""Where a customer is: in a step and on a channel, and where they get from there.

A customer stays on a channel while the next step is served by it; where it is not, they change to one of that step's
channels. A step without channels (work that no customer sees) leaves them where they are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from cxc.flow.graph import Graph
from cxc.flow.ways import Way
from cxc.model.blueprint import Blueprint
from cxc.model.channel import Channel
from cxc.model.journey import Step


class State(NamedTuple):
    """A customer in a step and on a channel (both by id); None is the channel of somebody who is on none yet."""

    step: str
    channel: str | None


class Move(NamedTuple):
    """A customer goes from one state to another by a way; `changes` says that it is to another channel."""

    origin: State
    way: Way
    target: State
    changes: bool


def channels_of(step: Step, blueprint: Blueprint) -> tuple[Channel, ...]:
    """Return the channels that serve a step, each once, as far as they could be resolved."""
    found = (blueprint.get(ref) for ref in dict.fromkeys(step.via or ()))
    return tuple(channel for channel in found if isinstance(channel, Channel))


class States:
    """The states that customers of a journey get into, found from the first step on.

    There are as many as steps times channels at most. Moves are not stored but yielded: a way between two steps that
    share no channel has as many as one side's channels times the other's.
    """

    def __init__(self, graph: Graph, blueprint: Blueprint) -> None:
        self.graph = graph
        self.via: Mapping[str, tuple[str, ...]] = {
            id: tuple(channel.id for channel in channels_of(step, blueprint)) for id, step in graph.steps.items()
        }
        self.first = tuple(self._arrivals(next(iter(graph.steps)))) if graph.steps else ()
        seen = dict.fromkeys(self.first)
        waiting = list(self.first)
        while waiting:
            state = waiting.pop()
            for way in graph.ways.onward[state.step]:
                for target in self.after(state, way):
                    if target not in seen:
                        seen[target] = None
                        waiting.append(target)
        order = {id: number for number, id in enumerate(graph.steps)}
        self.all = tuple(sorted(seen, key=lambda state: (order[state.step], self._rank(state))))

    def _rank(self, state: State) -> int:
        via = self.via[state.step]
        return via.index(state.channel) if state.channel in via else len(via)

    def _arrivals(self, step: str) -> Iterator[State]:
        for channel in self.via[step] or (None,):
            yield State(step, channel)

    def after(self, state: State, way: Way) -> Iterable[State]:
        """Return the states that a way leads to; none where the journey ends."""
        if way.target is None:
            return ()
        via = self.via[way.target.id]
        if not via or state.channel in via:
            return (State(way.target.id, state.channel),)
        return tuple(State(way.target.id, channel) for channel in via)

    def moves(self, state: State) -> Iterator[Move]:
        """Yield the moves from a state."""
        for way in self.graph.ways.onward[state.step]:
            for target in self.after(state, way):
                yield Move(state, way, target, self.changes(state, target))

    @staticmethod
    def changes(state: State, target: State) -> bool:
        """Whether a customer changes the channel; to come to a first one is no change."""
        return state.channel is not None and state.channel != target.channel
