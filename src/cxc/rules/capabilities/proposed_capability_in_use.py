"""A capability that is used although it is only proposed.

What:
    A service `realizes`, or a step names, a capability with `status proposed`, or a part of one.

Why:
    Proposed means that nobody has decided on it: no people, no money, no day. A journey that leans on it
    promises customers what the organisation does not have; and a service that carries it out shows that the
    map is behind the truth.

Fix:
    If it is there, write `status existing`; if it has been decided on, `status planned`. Else build the journey
    on what there is.

Limits:
    A part without a status of its own has that of the whole. What a partner `provides` may be proposed.

References:
    The Open Group: TOGAF Standard, version 9.2, chapter on capability-based planning. 2018.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from cxc.diagnostics import Diagnostic, Kind, Related, Severity, finding
from cxc.model.base import Named, Ref
from cxc.model.blueprint import Blueprint
from cxc.model.capability import Capability
from cxc.model.journey import Step
from cxc.model.service import Service
from cxc.rules.capabilities.status import proposed_at

KIND = Kind("CXC708", "proposed-capability-in-use", Severity.WARNING)

BAD = """
package northwind.platform

team LogisticsTeam

system CourierLink { owner LogisticsTeam }

capability DroneDelivery {
  people LogisticsTeam
  process "Trial flights"
  system CourierLink
  status proposed
}

service Deliveries {
  owner LogisticsTeam
  realizes DroneDelivery
  runs_on CourierLink
  query slots(postcode: string(5..8)) -> [datetime]
}
"""

GOOD = """
package northwind.platform

team LogisticsTeam

system CourierLink { owner LogisticsTeam }

capability DroneDelivery {
  people LogisticsTeam
  process "Trial flights"
  system CourierLink
  status planned
}

service Deliveries {
  owner LogisticsTeam
  realizes DroneDelivery
  runs_on CourierLink
  query slots(postcode: string(5..8)) -> [datetime]
}
"""


def check(blueprint: Blueprint) -> Iterator[Diagnostic]:
    """Yield where services and steps name capabilities that are only proposed."""
    for service in blueprint.every(Service):
        yield from _proposed(service, service.realizes, "already carries out", blueprint)
    for step in blueprint.every(Step):
        yield from _proposed(step, step.capability, "needs", blueprint)


def _proposed(user: Named, refs: Iterable[Ref[Capability]], uses: str, blueprint: Blueprint) -> Iterator[Diagnostic]:
    for ref in refs:
        capability = blueprint.get(ref)
        if not isinstance(capability, Capability):
            continue
        if (proposal := proposed_at(capability, blueprint)) is not None:
            yield finding(
                KIND,
                f"The {user.word} `{user.name}` {uses} the capability `{capability.name}`, which is only proposed",
                ref.span or user.span,
                related=[Related(blueprint.place(proposal, "status"), "proposed here")],
                help="Write `status existing` or `status planned` where that is true, or name another capability.",
            )
