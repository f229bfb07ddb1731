"""A service, capability or step that leans on a system which is being switched off.

What:
    A system with `lifecycle sunset` or `retired` stands in `runs_on` of a service, in `system` of a capability
    or in `support` of a step.

Why:
    The day on which a system goes off is known to those who run it, and to nobody who designs journeys. What
    still leans on it that day stops, and customers are the first to notice.

Fix:
    Name the system that takes over instead. While the move is under way and both are in use, allow the finding
    until the day on which it ends: `// cxc: allow CXC707 "…" until 2027-12-31`.

Limits:
    By when a system is switched off is not written in a design. What leans on a `deprecated` system is told by
    CXC209 alone.

References:
    Brodie, M. L. and Stonebraker, M.: Migrating Legacy Systems: Gateways, Interfaces and the Incremental
    Approach. Morgan Kaufmann, 1995.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from cxc.diagnostics import Diagnostic, Kind, Related, Severity, finding
from cxc.model.base import Named, Ref
from cxc.model.blueprint import Blueprint
from cxc.model.capability import Capability, System
from cxc.model.journey import Step
from cxc.model.service import Service

KIND = Kind("CXC707", "retiring-system", Severity.WARNING)

BAD = """
package northwind.platform

team PharmacyTeam

system PaperLedger { owner PharmacyTeam; lifecycle sunset; replaced_by PharmacyCore }

system PharmacyCore { owner PharmacyTeam; lifecycle live }

service Prescriptions {
  owner PharmacyTeam
  runs_on PaperLedger
  query due(number: string(9)) -> [string]
}

service Stores {
  owner PharmacyTeam
  runs_on PharmacyCore
  query near(postcode: string(5..8)) -> [string]
}
"""

GOOD = """
package northwind.platform

team PharmacyTeam

system PharmacyCore { owner PharmacyTeam; lifecycle live }

service Prescriptions {
  owner PharmacyTeam
  runs_on PharmacyCore
  query due(number: string(9)) -> [string]
}

service Stores {
  owner PharmacyTeam
  runs_on PharmacyCore
  query near(postcode: string(5..8)) -> [string]
}
"""

_ENDING = {"sunset": "is being phased out", "retired": "is switched off"}


def check(blueprint: Blueprint) -> Iterator[Diagnostic]:
    """Yield the uses of systems that are ending."""
    if not any(isinstance(one, System) and one.lifecycle in _ENDING for one in blueprint.elements.values()):
        return
    for service in blueprint.every(Service):
        yield from _ending(service, service.runs_on, "runs on", blueprint)
    for capability in blueprint.every(Capability):
        yield from _ending(capability, capability.system, "runs on", blueprint)
    for step in blueprint.every(Step):
        yield from _ending(step, tuple(support.by for support in step.support or ()), "is supported by", blueprint)


def _ending(user: Named, refs: tuple[Ref[Any], ...], leans: str, blueprint: Blueprint) -> Iterator[Diagnostic]:
    if not refs or any(element.deprecated for element in blueprint.line_of_holders(user.id)):
        return
    for ref in refs:
        system = blueprint.get(ref)
        if isinstance(system, System) and system.lifecycle in _ENDING and not system.deprecated:
            yield _found(user, ref, leans, system, blueprint)


def _found(user: Named, ref: Ref[Any], leans: str, system: System, blueprint: Blueprint) -> Diagnostic:
    successor = f"`{system.replaced_by.name}`" if system.replaced_by else "the system that takes over"
    return finding(
        KIND,
        f"The {user.word} `{user.name}` {leans} `{system.name}`, which {_ENDING[system.lifecycle or '']}",
        ref.span or user.span,
        related=[Related(blueprint.place(system, "lifecycle"), f"`{system.name}` is {system.lifecycle}")],
        help=f"Name {successor} instead; while both are in use, allow it with the day on which that ends.",
    )
