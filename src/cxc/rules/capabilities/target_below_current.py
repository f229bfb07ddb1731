"""A capability that is to become worse than it is.

What:
    The level that `maturity` is to reach, behind `->`, is below the level of today.

Why:
    Nearly always the two numbers were swapped, or today's level has risen since the aim was written down. And
    where it is meant, it is a decision that people should see and weigh, since some journey leans on this
    capability.

Fix:
    Write today's level first, then the one to reach: `maturity 2 -> 4`. If nothing is to change, write the
    level once.

Limits:
    Whether a level is right cannot be seen. What is deprecated may decline.

References:
    CMMI Product Team: CMMI for Services, version 1.3. Software Engineering Institute, 2010 (levels of
    maturity).
"""

from __future__ import annotations

from collections.abc import Iterator

from cxc.diagnostics import Diagnostic, Kind, Severity, finding
from cxc.model.blueprint import Blueprint
from cxc.model.capability import Capability

KIND = Kind("CXC705", "target-below-current", Severity.WARNING)

BAD = """
package northwind.capabilities

team PharmacyTeam

system PharmacyCore { owner PharmacyTeam }

capability Refills {
  people PharmacyTeam
  process "Refill approval"
  system PharmacyCore
  maturity 4 -> 2
}
"""

GOOD = """
package northwind.capabilities

team PharmacyTeam

system PharmacyCore { owner PharmacyTeam }

capability Refills {
  people PharmacyTeam
  process "Refill approval"
  system PharmacyCore
  maturity 2 -> 4
}
"""


def check(blueprint: Blueprint) -> Iterator[Diagnostic]:
    """Yield the levels of maturity whose aim is below today's."""
    for capability in blueprint.every(Capability):
        maturity = capability.maturity
        if maturity is None or maturity.target is None or not blueprint.is_complete(capability):
            continue
        if maturity.target >= maturity.current:
            continue
        if any(element.deprecated for element in blueprint.line_of_holders(capability.id)):
            continue
        yield finding(
            KIND,
            f"The capability `{capability.name}` is to fall from level {maturity.current} to {maturity.target}",
            maturity.span,
            help="Write today's level first, then the one to reach: "
            f"`maturity {maturity.target} -> {maturity.current}`.",
        )
