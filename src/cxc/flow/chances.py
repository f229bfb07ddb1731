"""How customers spread over a journey: the absorbing Markov chain that the shares of its transitions define.

The steps are the transient states, the ends the absorbing ones. With Q the matrix of the chances between steps,
whatever customers meet on the way is x = b + Q x: the share who come to an end without help, the time they wait, the
share who find all they need at work. (J. G. Kemeny and J. L. Snell: Finite Markov Chains, chapter III. 1960.) The
equations are solved component by component of the graph: in time proportional to the journey where it has no loops, and
to the cube of the number of steps in a loop.

Which way a failure leads is no share of customers: `on ERROR` has no chance here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from cxc.flow.graph import Graph
from cxc.flow.ways import Way, Ways, share_given
from cxc.model.journey import Step

_WORTH_NUMPY = 24
"""From how many steps in a loop on numpy's solver is faster than it takes to load it."""


class Onward(NamedTuple):
    """A way on and the share of the customers in its step who go it."""

    way: Way
    share: float


Chances = Mapping[str, tuple[Onward, ...]]
"""The ways on from each step (by its id) with their shares, which add up to 1 for each step."""


def chances_of(graph: Graph) -> Chances:
    """Return the share of each way: as written, what is left split evenly among the ways without one.

    Shares that do not add up to 1 and leave no way for the rest (CXC404, CXC407) are taken in proportion.
    """
    return {id: _shared(ways) for id, ways in graph.going_well.ways.onward.items()}


def _shared(ways: Sequence[Way]) -> tuple[Onward, ...]:
    given = share_given(ways)
    open_ways = sum(way.share is None for way in ways)
    left = max(0.0, 1.0 - given)
    shares = [left / open_ways if way.share is None else float(way.share) for way in ways]
    total = sum(shares)
    if not total:
        return tuple(Onward(way, 1 / len(ways)) for way in ways)
    return tuple(Onward(way, share / total) for way, share in zip(ways, shares, strict=True))


def expected(
    graph: Graph, chances: Chances, gain: Callable[[Step], float], factor: Callable[[Step], float], at_end: float
) -> dict[str, float | None]:
    """Return for each step (by id) what a customer can expect from there: x(s) = gain(s) + factor(s) · Σ share · x(t).

    An end counts `at_end`. None stands where no way of any chance leads to an end from everywhere the customer may get
    to: the expectation of somebody who never arrives.
    """
    found: dict[str, float | None] = {}
    for component in _taken(graph, chances).components:
        found |= _solved(component, chances, found, gain, factor, at_end)
    return found


def _taken(graph: Graph, chances: Chances) -> Graph:
    """Return the journey without the ways that no customer goes: a loop that nobody enters is none."""
    onward = {id: tuple(way for way, share in ways if share) for id, ways in chances.items()}
    return Graph(graph.journey, Ways(onward, {}))


def _solved(
    component: Sequence[Step],
    chances: Chances,
    found: Mapping[str, float | None],
    gain: Callable[[Step], float],
    factor: Callable[[Step], float],
    at_end: float,
) -> dict[str, float | None]:
    """Solve the equations of the steps that lead to each other; what they lead to besides is known already."""
    place = {step.id: number for number, step in enumerate(component)}
    matrix: list[dict[int, float]] = []
    right: list[float] = []
    for step in component:
        row = {place[step.id]: 1.0}
        value = 0.0
        for way, share in chances[step.id]:
            if not share:
                continue
            if way.target is None:
                value += share * at_end
            elif way.target.id in place:
                at = place[way.target.id]
                row[at] = row.get(at, 0.0) - factor(step) * share
            else:
                beyond = found[way.target.id]
                if beyond is None:
                    return dict.fromkeys(place)
                value += share * beyond
        matrix.append(row)
        right.append(gain(step) + factor(step) * value)
    if not _all_leave(component, chances, place):
        return dict.fromkeys(place)
    return dict(zip(place, _solve(matrix, right), strict=True))


def _all_leave(component: Sequence[Step], chances: Chances, place: Mapping[str, int]) -> bool:
    """Whether from every step a way of some chance leads out of the component."""
    before: dict[str, list[str]] = {id: [] for id in place}
    leaving: list[str] = []
    for step in component:
        for way, share in chances[step.id]:
            if share and (way.target is None or way.target.id not in place):
                leaving.append(step.id)
            elif share and way.target is not None:
                before[way.target.id].append(step.id)
    seen = set(leaving)
    while leaving:
        for id in before[leaving.pop()]:
            if id not in seen:
                seen.add(id)
                leaving.append(id)
    return len(seen) == len(place)


def _solve(matrix: Sequence[dict[int, float]], right: Sequence[float]) -> list[float]:
    size = len(right)
    if size == 1:
        return [right[0] / matrix[0][0]]
    if size >= _WORTH_NUMPY:
        import numpy

        full = numpy.zeros((size, size))
        for at, row in enumerate(matrix):
            full[at, list(row)] = list(row.values())
        return [float(value) for value in numpy.linalg.solve(full, numpy.array(right))]
    return _eliminated([[row.get(at, 0.0) for at in range(size)] for row in matrix], list(right))


def _eliminated(matrix: list[list[float]], right: list[float]) -> list[float]:
    """Solve by Gaussian elimination; the matrix is diagonally dominant, so that no rows need to be exchanged."""
    size = len(right)
    for at in range(size):
        for below in range(at + 1, size):
            ratio = matrix[below][at] / matrix[at][at]
            if ratio:
                right[below] -= ratio * right[at]
                for column in range(at, size):
                    matrix[below][column] -= ratio * matrix[at][column]
    for at in reversed(range(size)):
        rest = sum(matrix[at][column] * right[column] for column in range(at + 1, size))
        right[at] = (right[at] - rest) / matrix[at][at]
    return right
