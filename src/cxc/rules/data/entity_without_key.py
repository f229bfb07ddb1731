"""An entity that nothing identifies.

What:
    No field of the entity is marked `@key`.

Why:
    An entity is a thing with identity: it stays the same while everything about it changes. What says which
    one is meant is its key. Without it no operation can ask for one of them, no other entity can refer to it,
    and on the way from one channel to another nobody can say which order the customer is talking of.

Fix:
    Mark the field that identifies it, or several that do so together: `id: uuid @key`. Where nothing does, it
    is a value and not an entity: declare it with `type`.

Limits:
    Whether the key is unique in fact cannot be seen in a design.

References:
    Evans, E.: Domain-Driven Design: Tackling Complexity in the Heart of Software, chapter 5 (Entities). 2003.
"""

from __future__ import annotations

from collections.abc import Iterator

from cxc.diagnostics import Diagnostic, Kind, Severity, finding
from cxc.model.blueprint import Blueprint
from cxc.model.data import Entity

KIND = Kind("CXC301", "entity-without-key", Severity.ERROR)

BAD = """
package northwind.data

entity Locker {
  number: int(1..200)
  is_free: bool
}
"""

GOOD = """
package northwind.data

entity Locker {
  number: int(1..200) @key
  is_free: bool
}
"""


def check(blueprint: Blueprint) -> Iterator[Diagnostic]:
    """Yield the entities without a key; not those of whose fields one could not be understood."""
    for entity in blueprint.every(Entity):
        if entity.key or not all(blueprint.is_complete(part) for part in (entity, *entity.fields)):
            continue
        yield finding(
            KIND,
            f"The entity `{entity.name}` has no key",
            entity.span,
            help="Mark what identifies it with `@key`, or declare it with `type` where nothing does.",
        )
