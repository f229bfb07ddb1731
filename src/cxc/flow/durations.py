"""How long a journey takes, from the waits of its steps: as a rule, and at most.

What goes wrong is not counted: failures have no share, and no promise includes them.
"""

from __future__ import annotations

from cxc.flow.chances import Chances, expected
from cxc.flow.graph import Graph
from cxc.model.journey import Step


def expected_durations(graph: Graph, chances: Chances) -> dict[str, float | None]:
    """Return for each step (by id) how long a customer can expect to wait from there to the end, in milliseconds.

    It is the mean over all customers, who may go round in loops; None where they may never come to an end.
    """
    return expected(graph, chances, lambda step: float(step.wait.expected) if step.wait else 0.0, lambda _: 1.0, 0.0)


def longest_durations(graph: Graph) -> dict[str, float | None]:
    """Return for each step (by id) how long a customer waits at most from there to the end, in milliseconds.

    A wait without a longest one counts as it is expected. None stands where a loop with a wait in it has no bound. A
    way of 0% is gone by nobody.
    """
    found: dict[str, float | None] = {}
    taken = graph.taken.going_well
    for component in taken.components:
        inside = {step.id for step in component}
        beyond: list[float | None] = [0.0]
        is_loop = False
        for step in component:
            for way in taken.ways.onward[step.id]:
                if way.target is None:
                    continue
                if way.target.id in inside:
                    is_loop = True
                else:
                    beyond.append(found[way.target.id])
        waits = sum(longest_wait(step) for step in component)
        known = [duration for duration in beyond if duration is not None]
        bound = None if (is_loop and waits) or len(known) < len(beyond) else max(known) + waits
        found |= dict.fromkeys(inside, bound)
    return found


def longest_wait(step: Step) -> float:
    """Return how long a customer waits in a step at most, in milliseconds; without a bound, what is expected."""
    if step.wait is None:
        return 0.0
    return float(step.wait.expected if step.wait.longest is None else step.wait.longest)
