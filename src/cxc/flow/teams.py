"""Who answers for a step: the team that the customer deals with, whether seen or not."""

from __future__ import annotations

from cxc.model.base import Ref
from cxc.model.blueprint import Blueprint
from cxc.model.capability import Process
from cxc.model.journey import Step
from cxc.model.service import Operation, Service


def teams_of(step: Step, blueprint: Blueprint) -> tuple[str, ...]:
    """Return the ids of the teams and partners of a step, each once, in the order of the text.

    They are the owners of the services that it calls; where it calls none, those who work backstage, or who own the
    process there.
    """
    found: dict[str, None] = {}
    for ref in step.calls or ():
        service = service_of(ref, blueprint)
        if service is not None:
            found[service.owner.id] = None
    if not found:
        for work in step.backstage or ():
            process = blueprint.get(work.what) if isinstance(work.what, Ref) else None
            owner = work.by or (process.owner if isinstance(process, Process) else None)
            if owner is not None:
                found[owner.id] = None
    return tuple(id for id in found if id in blueprint.elements)


def service_of(operation: Ref[Operation] | Operation, blueprint: Blueprint) -> Service | None:
    """Return the service that an operation belongs to, or None where it could not be resolved."""
    holder = blueprint.holders.get(operation.id)
    found = blueprint.get(holder) if holder else None
    return found if isinstance(found, Service) else None
