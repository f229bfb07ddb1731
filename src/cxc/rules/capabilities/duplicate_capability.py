"""Two capabilities that are one.

What:
    Two capabilities are called alike (letter case, punctuation, “&” for “and” and a plural aside), or have the
    same identifier in the same reference framework, and neither is a part of the other.

Why:
    Two departments each draw the capability they know. Both are then funded, both get a system, and customers
    are served by whichever answers first: the same question is asked twice, and the answers differ. A map is
    made to show exactly this, so it must not hide it behind two boxes.

Fix:
    Keep one of them, with the people of both, and let everything that names the other name this one. If they
    do differ, give them titles that say by what, and each its own identifier.

Limits:
    Words for the same that are spelt differently (“claims” and “complaints”) are not noticed. What is
    deprecated may stand beside what replaces it.

References:
    The Open Group: TOGAF Series Guide: Business Capabilities. 2018 (each capability is described once). APQC:
    Process Classification Framework.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Hashable, Iterator
from unicodedata import category, normalize

from cxc.diagnostics import Diagnostic, Kind, Related, Severity, finding
from cxc.model.blueprint import Blueprint
from cxc.model.capability import Capability

KIND = Kind("CXC706", "duplicate-capability", Severity.WARNING)

BAD = """
package northwind.capabilities

team StoreTeam
team LogisticsTeam

system StoreDesk { owner StoreTeam }
system CourierLink { owner LogisticsTeam }

capability Collection "Customer notification" {
  people StoreTeam
  process "Text when the box is ready"
  system StoreDesk
}

capability Notices "Customer notifications" {
  people LogisticsTeam
  process "Text when the van is near"
  system CourierLink
}
"""

GOOD = """
package northwind.capabilities

team StoreTeam
team LogisticsTeam

system StoreDesk { owner StoreTeam }
system CourierLink { owner LogisticsTeam }

capability Notices "Customer notification" {
  people StoreTeam, LogisticsTeam
  process "Text when the box is ready or the van is near"
  system StoreDesk, CourierLink
}
"""


def check(blueprint: Blueprint) -> Iterator[Diagnostic]:
    """Yield the capabilities that are called like an earlier one, or have the same identifier."""
    known: dict[Hashable, list[Capability]] = defaultdict(list)
    for capability in blueprint.every(Capability):
        around = {element.id: element for element in blueprint.line_of_holders(capability.id)}
        if any(element.deprecated for element in around.values()):
            continue
        signs = _signs(capability, blueprint)
        for sign, told in signs.items():
            # Of a line of capabilities inside each other at most those around this one are passed over.
            first = next((one for one in known[sign] if one.id not in around), None)
            if first is not None:
                yield _found(capability, first, told)
                break
        for sign in signs:
            known[sign].append(capability)


def _signs(capability: Capability, blueprint: Blueprint) -> dict[Hashable, str]:
    """Return by what a capability is recognised, each with the words that say so of another."""
    signs: dict[Hashable, str] = {}
    if label := _as_read(capability.label):
        signs[label] = f"“{capability.label}” is on the map already"
    for reference in capability.references if blueprint.is_complete(capability) else ():
        if reference.identifier:
            key = (reference.framework.casefold(), reference.identifier.strip().casefold())
            signs[key] = f"{reference.framework} “{reference.identifier}” is on the map already"
    return signs


_WORD = re.compile(r"\S+")


def _as_read(label: str) -> str:
    """Return a label without what nobody hears: case, punctuation, the `s` of a plural."""
    spoken = normalize("NFKC", label).casefold().replace("&", " and ")
    kept = "".join(char if category(char)[0] in "LMN" else " " if char.isspace() else "" for char in spoken)
    return "".join(_singular(word[0]) for word in _WORD.finditer(kept))


def _singular(word: str) -> str:
    """Return a word without the `s` of a plural; `address`, `status` and `analysis` have none."""
    return word[:-1] if len(word) > 3 and word.endswith("s") and word[-2] not in "sui" else word


def _found(capability: Capability, first: Capability, told: str) -> Diagnostic:
    return finding(
        KIND,
        f"{told}: `{capability.name}` and `{first.name}` are probably one capability",
        capability.span,
        related=[Related(first.span, f"`{first.name}` is declared here")],
        help="Keep one of them, or say in their titles by what they differ.",
    )
