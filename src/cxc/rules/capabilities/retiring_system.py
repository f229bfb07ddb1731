"""A service, capability or step that leans on a system which is being switched off.

What:
    A system with `lifecycle sunset` or `retired` stands in `runs_on` of a service, in `system` of a capability
    or in `support` of a step, without the system that replaces it beside it.

Why:
    The day on which a system goes off is known to those who run it, and to nobody who designs journeys. What
    still leans on it that day stops, and customers are the first to notice.

Fix:
    Name the system that takes over, alone or beside the old one while both are in use. If none is known yet,
    say so with `replaced_by` in the system as soon as it is.

Limits:
    By when a system is switched off is not written in a design. Where the system that replaces it stands in
    the same list, the move is taken to be under way.

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

system PaperLedger { owner PharmacyTeam; lifecycle sunset; replaced_by PharmacyCore }

system PharmacyCore { owner PharmacyTeam; lifecycle live }

service Prescriptions {
  owner PharmacyTeam
  runs_on PaperLedger, PharmacyCore
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
    """Yield the uses of systems that are ending, where their successors are not in use as well."""
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
    named = {ref.id for ref in refs}
    for ref in refs:
        system = blueprint.get(ref)
        if not isinstance(system, System) or system.lifecycle not in _ENDING:
            continue
        # What could not be understood may name the successor.
        if not all(blueprint.is_complete(part) for part in (user, system)):
            continue
        successor = system.replaced_by
        if successor is None or successor.id not in named:
            yield _found(user, ref, leans, system, blueprint)


def _found(user: Named, ref: Ref[Any], leans: str, system: System, blueprint: Blueprint) -> Diagnostic:
    successor = f"`{system.replaced_by.name}`" if system.replaced_by else "the system that takes over"
    return finding(
        KIND,
        f"The {user.word} `{user.name}` {leans} `{system.name}`, which {_ENDING[system.lifecycle or '']}",
        ref.span or user.span,
        related=[Related(blueprint.place(system, "lifecycle"), f"`{system.name}` is {system.lifecycle}")],
        help=f"Name {successor}, alone or beside it while both are in use.",
    )
