"""An entity that no service keeps.

What:
    No service names the entity in `masters`.

Why:
    Each thing that customers care about needs one place that has the truth about it. Where none is named,
    every team keeps its own copy, the copies differ, and the customer hears one answer on the phone and
    another one in the app.

Fix:
    Name it in `masters` of the service that keeps it. Where it is only a part or a view of something else,
    declare it with `type`.

Limits:
    A workspace without services is taken for shared data whose masters are declared elsewhere. What is
    deprecated may be without a master.

References:
    Loshin, D.: Master Data Management, chapter 1. 2009.
"""

from __future__ import annotations

from collections.abc import Iterator

from cxc.diagnostics import Diagnostic, Kind, Severity, finding
from cxc.model.blueprint import Blueprint
from cxc.model.data import Entity
from cxc.model.service import Service

KIND = Kind("CXC302", "entity-without-master", Severity.WARNING)

BAD = """
package northwind.platform

team StoreTeam

entity Store { id: uuid @key }

entity Locker {
  number: int(1..200) @key
  store: Store.id
}

service Stores {
  owner StoreTeam
  masters Store
}
"""

GOOD = """
package northwind.platform

team StoreTeam

entity Store { id: uuid @key }

entity Locker {
  number: int(1..200) @key
  store: Store.id
}

service Stores {
  owner StoreTeam
  masters Store, Locker
}
"""


def check(blueprint: Blueprint) -> Iterator[Diagnostic]:
    """Yield the entities that no service masters, where the workspace has services."""
    if not blueprint.every(Service):
        return
    for entity in blueprint.every(Entity):
        has_master = any(use.word == "masters" for use in blueprint.used_by.get(entity.id, ()))
        if has_master or entity.deprecated or blueprint.may_be_meant(entity, "masters"):
            continue
        yield finding(
            KIND,
            f"No service keeps the entity `{entity.name}`",
            entity.span,
            help=f"Write `masters {entity.name}` in the service that has the truth about it.",
        )
