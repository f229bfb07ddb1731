"""What the platform behind a step can keep: how available it is, and how soon it answers.

Components in series: all that a step calls must be at work, and it is asked one after the other. So availabilities
multiply and latencies add (B. Beyer et al.: The Calculus of Service Availability. ACM Queue 15(2), 2017).
"""

from __future__ import annotations

from collections.abc import Iterable
from math import prod

from cxc.flow.teams import service_of
from cxc.model.base import Ref
from cxc.model.blueprint import Blueprint
from cxc.model.journey import Step
from cxc.model.service import Operation


def step_availability(step: Step, blueprint: Blueprint) -> float | None:
    """Return the share of time in which all that a step calls is at work; None where nothing of it says.

    An operation that says nothing is as available as its service, which counts once for all of its operations.
    """
    shares: dict[str, float] = {}
    for operation in called(step, blueprint):
        service = service_of(operation, blueprint)
        if operation.availability is not None:
            shares[operation.id] = operation.availability
        elif service is not None and service.availability is not None:
            shares[service.id] = service.availability
    return prod(shares.values()) if shares else None


def step_latency(step: Step, blueprint: Blueprint) -> int | None:
    """Return how long all that a step calls takes to answer, one after the other, in ms; None where nothing says."""
    found = [int(operation.latency) for operation in called(step, blueprint) if operation.latency is not None]
    return sum(found) if found else None


def called(step: Step, blueprint: Blueprint) -> tuple[Operation, ...]:
    """Return the operations that a step calls, in order, as far as they could be resolved."""
    return tuple(_operations(step.calls or (), blueprint))


def _operations(refs: Iterable[Ref[Operation]], blueprint: Blueprint) -> Iterable[Operation]:
    for ref in refs:
        found = blueprint.get(ref)
        if isinstance(found, Operation):
            yield found
