"""A journey as a graph of steps: which are reached, which lead to an end, and which go round in loops.

What customers know, wait for and are promised on the way is left to the analyses beside it. All of this takes time in
proportion to the number of steps and ways.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from cxc.flow.ways import Way, Ways, share_given
from cxc.model.journey import Journey, Step


@dataclass(frozen=True)
class Graph:
    """The steps of a journey and the ways between them. A customer begins with the first step of the text."""

    journey: Journey
    ways: Ways

    @cached_property
    def steps(self) -> Mapping[str, Step]:
        """The steps by id, in the order of the text."""
        return {step.id: step for step in self.journey.steps}

    @cached_property
    def reached(self) -> frozenset[str]:
        """The ids of the steps that some way leads a customer to."""
        return self.behind(list(self.steps)[:1])

    def behind(self, first: Iterable[str]) -> frozenset[str]:
        """Return the ids of some steps, and of all that ways lead to from them."""
        return _closure(first, {id: _targets(ways) for id, ways in self.ways.onward.items()})

    @cached_property
    def ending(self) -> frozenset[str]:
        """The ids of the steps from which some way leads to an end."""
        last = [id for id, ways in self.ways.onward.items() if any(way.target is None for way in ways)]
        return _closure(last, {id: [way.origin.id for way in ways] for id, ways in self.ways.inward.items()})

    @cached_property
    def going_well(self) -> Graph:
        """The same journey without the ways that failures lead."""
        return self._only(
            {step: tuple(way for way in ways if not way.errors) for step, ways in self.ways.onward.items()}
        )

    @cached_property
    def taken(self) -> Graph:
        """The same journey without the ways that no customer goes: those of 0%, said or left."""
        return self._only({step: _taken(ways) for step, ways in self.ways.onward.items()})

    def _only(self, onward: Mapping[str, tuple[Way, ...]]) -> Graph:
        left = {id(way) for ways in onward.values() for way in ways}
        inward = {step: tuple(way for way in ways if id(way) in left) for step, ways in self.ways.inward.items()}
        return Graph(self.journey, Ways(onward, inward))

    @cached_property
    def components(self) -> tuple[tuple[Step, ...], ...]:
        """The strongly connected components, each in the order of the text, and each after all those it leads to.

        By Tarjan's algorithm (R. Tarjan: Depth-first search and linear graph algorithms. SIAM Journal on Computing
        1(2), 1972), without recursion.
        """
        order = {id: number for number, id in enumerate(self.steps)}
        found = _components({id: _targets(ways) for id, ways in self.ways.onward.items()})
        return tuple(tuple(self.steps[id] for id in sorted(component, key=order.__getitem__)) for component in found)

    @cached_property
    def loops(self) -> tuple[tuple[Step, ...], ...]:
        """The sets of steps that a customer can go round in, in the order of their first steps."""
        order = {id: number for number, id in enumerate(self.steps)}
        loops = [component for component in self.components if len(component) > 1 or self._repeats(component[0])]
        return tuple(sorted(loops, key=lambda loop: order[loop[0].id]))

    @cached_property
    def endless(self) -> tuple[tuple[Step, ...], ...]:
        """The loops that customers get into and not out of: nobody takes a way out, or there is none."""
        taken = self.taken
        return tuple(loop for loop in taken.loops if loop[0].id in self.reached and not taken.exits(loop))

    def exits(self, loop: Sequence[Step]) -> tuple[Way, ...]:
        """Return the ways that lead out of some steps, an end among them."""
        inside = {step.id for step in loop}
        return tuple(
            way
            for step in loop
            for way in self.ways.onward[step.id]
            if way.target is None or way.target.id not in inside
        )

    def _repeats(self, step: Step) -> bool:
        return any(way.target is not None and way.target.id == step.id for way in self.ways.onward[step.id])


def _taken(ways: tuple[Way, ...]) -> tuple[Way, ...]:
    is_all_shared = share_given(ways) == 1
    return tuple(way for way in ways if way.errors or (way.share if way.share is not None else not is_all_shared))


def _targets(ways: Iterable[Way]) -> list[str]:
    return [way.target.id for way in ways if way.target is not None]


def _closure(first: Iterable[str], leads: Mapping[str, Iterable[str]]) -> frozenset[str]:
    seen = set(first)
    waiting = list(seen)
    while waiting:
        for id in leads.get(waiting.pop(), ()):
            if id not in seen:
                seen.add(id)
                waiting.append(id)
    return frozenset(seen)


def _components(leads: Mapping[str, list[str]]) -> list[list[str]]:
    number: dict[str, int] = {}
    lowest: dict[str, int] = {}
    path: list[str] = []
    on_path: set[str] = set()
    found: list[list[str]] = []
    for root in leads:
        if root in number:
            continue
        visits = [(root, iter(leads[root]))]
        number[root] = lowest[root] = len(number)
        path.append(root)
        on_path.add(root)
        while visits:
            id, rest = visits[-1]
            following = next(rest, None)
            if following is None:
                visits.pop()
                if visits:
                    above = visits[-1][0]
                    lowest[above] = min(lowest[above], lowest[id])
                if lowest[id] == number[id]:
                    at = _last(path, id)
                    found.append(path[at:])
                    on_path.difference_update(path[at:])
                    del path[at:]
            elif following not in number:
                number[following] = lowest[following] = len(number)
                path.append(following)
                on_path.add(following)
                visits.append((following, iter(leads.get(following, ()))))
            elif following in on_path:
                lowest[id] = min(lowest[id], number[following])
    return found


def _last(path: list[str], id: str) -> int:
    at = len(path) - 1
    while path[at] != id:
        at -= 1
    return at
