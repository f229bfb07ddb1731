"""A capability that nothing in the design makes use of.

What:
    No service `realizes` the capability and no step names it; nor is one of the capabilities that it is a part
    of.

Why:
    A capability that no customer ever meets costs people, a system and a place on every map. Either a journey
    fails to say what it needs, or the map tells of something that the organisation does for itself alone; and
    what stands on a map without use is the first to be funded by mistake.

Fix:
    Name it in `realizes` of the service that carries it out, or in `capability` of the step that needs it. Else
    take it off the map.

Limits:
    Only capabilities without parts are looked at. That a partner `provides` one does not yet make use of it.
    Where a capability is in use, all its parts count as used. A workspace with neither services nor journeys is
    taken for a map that others use. What is deprecated may be without use.

References:
    The Open Group: TOGAF Series Guide: Business Capabilities. 2018.
"""

from __future__ import annotations

from collections.abc import Iterator

from cxc.diagnostics import Diagnostic, Kind, Severity, finding
from cxc.model.base import Named
from cxc.model.blueprint import Blueprint
from cxc.model.capability import Capability
from cxc.model.journey import Journey
from cxc.model.service import Service

KIND = Kind("CXC702", "orphan-capability", Severity.WARNING)

BAD = """
package northwind.platform

team PharmacyTeam

system PharmacyCore { owner PharmacyTeam }

capability Refills { people PharmacyTeam; process "Refill approval"; system PharmacyCore }

capability Stocktaking { people PharmacyTeam; process "Count at night"; system PharmacyCore }

service Prescriptions {
  owner PharmacyTeam
  realizes Refills
  query due(number: string(9)) -> [string]
  query in_stock(drug: string(1..80)) -> int
}
"""

GOOD = """
package northwind.platform

team PharmacyTeam

system PharmacyCore { owner PharmacyTeam }

capability Refills { people PharmacyTeam; process "Refill approval"; system PharmacyCore }

capability Stocktaking { people PharmacyTeam; process "Count at night"; system PharmacyCore }

service Prescriptions {
  owner PharmacyTeam
  realizes Refills, Stocktaking
  query due(number: string(9)) -> [string]
  query in_stock(drug: string(1..80)) -> int
}
"""

_USING = ("realizes", "capability")
"""The properties by which services and steps name what they carry out or need."""


def check(blueprint: Blueprint) -> Iterator[Diagnostic]:
    """Yield the capabilities without parts that nothing names, where the workspace has services or journeys."""
    if not blueprint.every(Service) and not blueprint.every(Journey):
        return
    for capability in blueprint.every(Capability):
        if capability.capabilities or not blueprint.is_complete(capability):
            continue
        if not any(_may_stay(part, blueprint) for part in blueprint.line_of_holders(capability.id)):
            yield finding(
                KIND,
                f"Nothing makes use of the capability `{capability.name}`",
                capability.span,
                help="Name it in `realizes` of a service or `capability` of a step, or remove it.",
            )


def _may_stay(capability: Named, blueprint: Blueprint) -> bool:
    """Whether the capability is in use, or may be, or is on its way out."""
    used = any(use.word in _USING for use in blueprint.used_by.get(capability.id, ()))
    return used or bool(capability.deprecated) or blueprint.may_be_meant(capability, *_USING)
