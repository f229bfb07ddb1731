"""A use of something that is on its way out.

What:
    The statement names a thing that is `deprecated`, or a field or an operation of a deprecated declaration.
    The message repeats what its owner says to use instead.

Why:
    What is deprecated will be removed, and whoever still relies on it then stands still. Products that live
    long announce first and remove later, and the time between the two only helps if those who must move hear
    of it where they work.

Fix:
    Use what the message names. If this part of the design is on its way out as well, mark it `deprecated`
    too.

Limits:
    What is deprecated itself may use what is deprecated. `masters` and `replaces` are not counted: somebody
    must keep the old things as long as they exist, and a new journey names the one it takes over from.

References:
    Sawant, A., Robbes, R. and Bacchelli, A.: On the reaction to deprecation of clients of 4+1 popular Java
    APIs and the JDK. Empirical Software Engineering 23, 2018.
"""

from __future__ import annotations

from collections.abc import Iterator

from cxc.diagnostics import Diagnostic, Kind, Related, Severity, finding
from cxc.model.base import Named
from cxc.model.blueprint import Blueprint, Use
from cxc.model.data import DataField, DeclaredType, EnumType
from cxc.model.routes import meant_type
from cxc.model.service import Operation
from cxc.source import Span

KIND = Kind("CXC209", "deprecated-reference", Severity.WARNING)

BAD = """
package northwind.platform

team StoreTeam

service Stores {
  owner StoreTeam

  query near(postcode: string(5..8)) -> [string] { deprecated "use near_home" }
  query near_home(street: string(1..80)) -> [string]
}

service Lockers {
  owner StoreTeam
  on DoorOpened -> Stores.near

  command open(code: string(6)) { emits DoorOpened }
}

event DoorOpened { code: string(6) }
"""

GOOD = """
package northwind.platform

team StoreTeam

service Stores {
  owner StoreTeam

  query near(postcode: string(5..8)) -> [string] { deprecated "use near_home" }
  query near_home(street: string(1..80)) -> [string]
}

service Lockers {
  owner StoreTeam
  on DoorOpened -> Stores.near_home

  command open(code: string(6)) { emits DoorOpened }
}

event DoorOpened { code: string(6) }
"""

_KEEPING = frozenset({"masters", "replaces"})
"""The properties that name what is old because it is old."""


def check(blueprint: Blueprint) -> Iterator[Diagnostic]:
    """Yield every use of something deprecated by what is not."""
    if not any(element.deprecated for element in blueprint.elements.values()):
        return
    for use in blueprint.uses:
        old = _deprecated(blueprint, use)
        if old is not None and use.word not in _KEEPING and not _is_old_itself(blueprint, use.user):
            yield _report(blueprint.elements[use.used], old, use.span)
    yield from _old_defaults(blueprint)


def _deprecated(blueprint: Blueprint, use: Use) -> Named | None:
    """Return the deprecated thing that a use relies on: what it names, or what holds the named field or operation."""
    used = blueprint.get(use.used)
    if used is None or used.deprecated:
        return used
    holder = blueprint.holder(used)
    if isinstance(used, (DataField, Operation)) and isinstance(holder, Named) and holder.deprecated:
        within = {element.id for element in blueprint.line_of_holders(use.user)}
        # What asks for a parameter calls its operation, which is reported there.
        return None if isinstance(holder, Operation) or holder.id in within else holder
    return None


def _is_old_itself(blueprint: Blueprint, user: str) -> bool:
    return any(element.deprecated for element in blueprint.line_of_holders(user))


def _old_defaults(blueprint: Blueprint) -> Iterator[Diagnostic]:
    """Yield the fields whose default is a deprecated value of their enum."""
    for field in blueprint.every(DataField):
        if field.default_span is None or _is_old_itself(blueprint, field.id):
            continue
        type_, _ = meant_type(field.type, blueprint)
        enum = blueprint.get(type_.ref) if isinstance(type_, DeclaredType) else None
        if isinstance(enum, EnumType):
            for value in enum.values:
                if value.name == field.default and value.deprecated:
                    yield _report(value, value, field.default_span)


def _report(used: Named, old: Named, span: Span) -> Diagnostic:
    what = (
        f"`{used.name}` is deprecated" if used is old else f"`{used.name}` belongs to `{old.name}`, which is deprecated"
    )
    return finding(
        KIND,
        f"{what}: {(old.deprecated or '').strip().rstrip('.')}",
        span,
        related=[Related(old.span, f"`{old.name}` is declared here")],
        help="Use what its owner names instead.",
    )
