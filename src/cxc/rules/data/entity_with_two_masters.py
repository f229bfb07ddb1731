"""An entity that two services keep.

What:
    Two services name the same entity in `masters`.

Why:
    Two places that both have the truth about a thing will one day disagree, and then neither has it.
    Customers notice first: the address that they changed in the app is the old one on the invoice.

Fix:
    Decide which service has the truth and remove the entity from `masters` of the other; that one asks, or
    follows the events of the first. Where both keep something different, declare two entities.

Limits:
    Services of the workspaces this one depends on are counted as well.

References:
    Loshin, D.: Master Data Management, chapter 1. 2009. Helland, P.: Data on the outside versus data on the
    inside. CIDR 2005.
"""

from __future__ import annotations

from collections.abc import Iterator

from cxc.diagnostics import Diagnostic, Kind, Related, Severity, finding
from cxc.model.base import Ref
from cxc.model.blueprint import Blueprint
from cxc.model.data import Entity
from cxc.model.service import Service

KIND = Kind("CXC303", "entity-with-two-masters", Severity.ERROR)

BAD = """
package northwind.platform

team StoreTeam
team CareTeam

entity Store { id: uuid @key }

service Stores {
  owner StoreTeam
  masters Store
}

service Directory {
  owner CareTeam
  masters Store
}
"""

GOOD = """
package northwind.platform

team StoreTeam
team CareTeam

entity Store { id: uuid @key }

service Stores {
  owner StoreTeam
  masters Store
  query all() -> [Store]
}

service Directory {
  owner CareTeam
}
"""


def check(blueprint: Blueprint) -> Iterator[Diagnostic]:
    """Yield each further `masters` of an entity that has a master already."""
    first: dict[str, tuple[Service, Ref[Entity]]] = {}
    services = [declaration for declaration in blueprint.external if isinstance(declaration, Service)]
    for service in services:
        for ref in service.masters:
            first.setdefault(ref.id, (service, ref))
    for service in blueprint.every(Service):
        for ref in service.masters:
            master, named = first.setdefault(ref.id, (service, ref))
            if master is service:
                continue
            yield finding(
                KIND,
                f"`{master.name}` keeps the entity `{ref.name}` already, so `{service.name}` cannot",
                ref.span or service.span,
                related=[Related(named.span or master.span, f"`{master.name}` masters it here")],
                help="Decide which of the two services has the truth about it.",
            )
