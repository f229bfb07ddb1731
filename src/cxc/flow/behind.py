"""What stands behind a step: from the operations that it calls to the means that capabilities work with.

Who depends on what in general, near and far, is said in `cxc.flow.trace`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from cxc.flow.promises import called
from cxc.flow.teams import service_of
from cxc.model.base import Ref
from cxc.model.blueprint import Blueprint
from cxc.model.capability import Capability
from cxc.model.journey import Step
from cxc.model.service import Service


class Behind(NamedTuple):
    """What stands behind a step, by id, each once, in the order of the text.

    `services` hold the operations that it calls, `capabilities` are what these realize and what the step names itself;
    the rest is what the capabilities work with, and for `systems` also what the services run on.
    """

    services: tuple[str, ...]
    capabilities: tuple[str, ...]
    people: tuple[str, ...]
    processes: tuple[str, ...]
    information: tuple[str, ...]
    systems: tuple[str, ...]


def behind(step: Step, blueprint: Blueprint) -> Behind:
    """Return what stands behind a step, as far as it could be resolved."""
    found = [service_of(operation, blueprint) for operation in called(step, blueprint)]
    services = list({service.id: service for service in found if service is not None}.values())
    capabilities = list(_capabilities(step, services, blueprint))
    return Behind(
        services=tuple(service.id for service in services),
        capabilities=tuple(capability.id for capability in capabilities),
        people=_ids((ref for capability in capabilities for ref in capability.people), blueprint),
        processes=_ids((ref for capability in capabilities for ref in capability.process), blueprint),
        information=_ids((ref for capability in capabilities for ref in capability.information), blueprint),
        systems=_ids(
            [
                *(ref for service in services for ref in service.runs_on),
                *(ref for capability in capabilities for ref in capability.system),
            ],
            blueprint,
        ),
    )


def _capabilities(step: Step, services: Iterable[Service], blueprint: Blueprint) -> Iterator[Capability]:
    refs = dict.fromkeys([*(ref for service in services for ref in service.realizes), *step.capability])
    for ref in refs:
        found = blueprint.get(ref)
        if isinstance(found, Capability):
            yield found


def _ids(values: Iterable[Any], blueprint: Blueprint) -> tuple[str, ...]:
    """Return the elements among some values, which may be words, by their ids."""
    ids = dict.fromkeys(value.id for value in values if isinstance(value, Ref))
    return tuple(id for id in ids if id in blueprint.elements)
