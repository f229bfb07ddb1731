"""A capability that lacks people, a process or a system.

What:
    A capability that is made of no others, and that names no `people`, no `process` or no `system`.

Why:
    Being able to do something takes somebody who does it, a way of doing it, and something to do it with.
    Where one of them is missing the capability is a wish: the people cannot be asked, the way of working
    cannot be taught, the system cannot be changed, and customers meet a promise that nobody is equipped to
    keep.

Fix:
    Write `people TEAM`, `process PROCESS` (or words for it) and `system SYSTEM`. If the organisation only
    thinks about having it, write `status proposed`.

Limits:
    A capability made of others has the means of its parts, so it is not looked at; nor do parts inherit the
    means of the whole. What is proposed or deprecated needs no means. Whether they suffice cannot be seen.

References:
    The Open Group: TOGAF Series Guide: Business Capabilities. 2018 (a capability as roles, processes,
    information and tools).
"""

from __future__ import annotations

from collections.abc import Iterator

from cxc.diagnostics import Diagnostic, Kind, Severity, finding
from cxc.model.blueprint import Blueprint
from cxc.model.capability import Capability
from cxc.rules.capabilities.status import proposed_at
from cxc.rules.wording import listed

KIND = Kind("CXC703", "capability-without-means", Severity.WARNING)

BAD = """
package northwind.capabilities

team StoreTeam

system StoreDesk { owner StoreTeam }

capability Collection {
  capability Lockers { people StoreTeam; process "Filled each morning"; system StoreDesk }
  capability Handover { people StoreTeam }
}
"""

GOOD = """
package northwind.capabilities

team StoreTeam

system StoreDesk { owner StoreTeam }

capability Collection {
  capability Lockers { people StoreTeam; process "Filled each morning"; system StoreDesk }
  capability Handover { people StoreTeam; process "Code, name, box"; system StoreDesk }
}
"""

_WRITTEN = {"people": "`people TEAM`", "process": "`process PROCESS`", "system": "`system SYSTEM`"}
"""How each of the means is given."""


def check(blueprint: Blueprint) -> Iterator[Diagnostic]:
    """Yield the capabilities without parts that lack one of the three means."""
    for capability in blueprint.every(Capability):
        if capability.capabilities or not blueprint.is_complete(capability):
            continue
        missing = [word for word in _WRITTEN if not getattr(capability, word)]
        if not missing or proposed_at(capability, blueprint) or _is_old(capability, blueprint):
            continue
        yield finding(
            KIND,
            f"The capability `{capability.name}` has {listed([f'no {word}' for word in missing])}",
            capability.span,
            help=f"Write {listed([_WRITTEN[word] for word in missing])}; `status proposed` while it is only an idea.",
        )


def _is_old(capability: Capability, blueprint: Blueprint) -> bool:
    return any(element.deprecated for element in blueprint.line_of_holders(capability.id))
