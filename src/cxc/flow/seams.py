"""Where a customer gets from one team to another, and nothing of what they said goes with them.

Which team answers for a step is said in `cxc.flow.teams`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from cxc.flow.graph import Graph
from cxc.flow.teams import teams_of
from cxc.flow.ways import Way
from cxc.model.blueprint import Blueprint


class Seam(NamedTuple):
    """A way between steps of different teams that carries nothing; the teams are those of the two steps, by id."""

    way: Way
    left: tuple[str, ...]
    entered: tuple[str, ...]

    @property
    def teams(self) -> tuple[str, ...]:
        """All teams that meet there."""
        return self.left + self.entered


def seams_of(graph: Graph, blueprint: Blueprint) -> Iterator[Seam]:
    """Yield the seams of a journey, in the order of the text; failures lead over seams too."""
    teams = {id: teams_of(step, blueprint) for id, step in graph.steps.items()}
    for id, ways in graph.ways.onward.items():
        for way in ways:
            if way.target is None or way.carries:
                continue
            left, entered = teams[id], teams[way.target.id]
            if left and entered and not set(left) & set(entered):
                yield Seam(way, left, entered)
