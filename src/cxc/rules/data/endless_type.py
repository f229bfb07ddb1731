"""A type whose values would have no end.

What:
    A type or entity contains itself: through fields that must be there, each value holds another one of the
    same type, which holds another one. Or fields take their type from each other in a circle, so that none of
    them has any.

Why:
    No such value can ever be written down. The mistake is nearly always another one: the field may be
    missing, there may be several, or only the other thing's key was meant.

Fix:
    Write `T?` where there may be none, `[T]` where there are several, or `Entity.field` where the key is
    enough.

Limits:
    A type that refers to itself through `T?`, `[T]` or `map<T>` is a tree, and sound.

References:
    Pierce, B. C.: Types and Programming Languages, chapter 20 (Recursive Types). 2002.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from cxc.diagnostics import Diagnostic, Kind, Related, Severity, finding
from cxc.model.base import Named, Ref
from cxc.model.blueprint import Blueprint
from cxc.model.data import DataField, DeclaredType, Entity, FieldType, ValueType
from cxc.model.structure import core

KIND = Kind("CXC304", "endless-type", Severity.ERROR)

BAD = """
package northwind.data

type Interaction {
  medicine: string(1..80)
  caused_by: Interaction
}
"""

GOOD = """
package northwind.data

type Interaction {
  medicine: string(1..80)
  caused_by: Interaction?
}
"""


def check(blueprint: Blueprint) -> Iterator[Diagnostic]:
    """Yield each circle once, at the field that closes it."""
    reported: set[str] = set()
    for way in _circles(blueprint, blueprint.every(DataField), _source):
        reported.update(part.id for part in way)
        names = [_shown(blueprint, field) for field in (*way, way[0])]
        yield _report(way[-1], f"The type of `{way[-1].name}` leads back to itself", names, way)
    declared = [*blueprint.every(ValueType), *blueprint.every(Entity)]
    for way in _circles(blueprint, sorted(declared, key=lambda d: d.span), _content):
        fields = [part for part in way if isinstance(part, DataField)]
        if not fields or not reported.isdisjoint(part.id for part in way):
            continue
        whole = next(part for part in way if not isinstance(part, DataField))
        names = [f"{whole.name}", *(_shown(blueprint, field) for field in fields), f"{whole.name}"]
        yield _report(fields[-1], f"Every `{whole.name}` would contain another `{whole.name}`", names, fields)


def _report(field: Named, message: str, names: list[str], way: list[Any]) -> Diagnostic:
    return finding(
        KIND,
        f"{message}, without end: {' → '.join(names)}",
        field.span,
        related=[Related(other.span, "by way of this field") for other in way if other is not field],
        help=f"Write a type of its own, or let `{field.name}` be missing (`?`), a list (`[…]`), or the other's key.",
    )


def _shown(blueprint: Blueprint, field: Named) -> str:
    holder = blueprint.holder(field)
    return f"{holder.name}.{field.name}" if holder else field.name


def _source(blueprint: Blueprint, element: Any) -> list[Any]:
    """Return the field that a field takes its type from."""
    type_ = core(element.type)
    return _found(blueprint, type_.ref) if isinstance(type_, FieldType) else []


def _content(blueprint: Blueprint, element: Any) -> list[Any]:
    """Return what a value of a declaration or field must hold."""
    if isinstance(element, (ValueType, Entity)):
        return list(element.fields)
    if isinstance(element, DataField) and isinstance(element.type, (DeclaredType, FieldType)):
        return _found(blueprint, element.type.ref)
    return []


def _found(blueprint: Blueprint, ref: Ref[Any]) -> list[Any]:
    found = blueprint.get(ref)
    return [] if found is None else [found]


_Following = Callable[[Blueprint, Any], list[Any]]


def _circles(blueprint: Blueprint, starts: Sequence[Any], following: _Following) -> Iterator[list[Any]]:
    """Yield the circles among the elements, each from where it is entered to what leads back, without recursion."""
    done: set[str] = set()
    for start in starts:
        if start.id in done:
            continue
        way, on_way = [start], {start.id: 0}
        rest = [iter(following(blueprint, start))]
        while way:
            for after in rest[-1]:
                if after.id in on_way:
                    yield way[on_way[after.id] :]
                elif after.id not in done:
                    on_way[after.id] = len(way)
                    way.append(after)
                    rest.append(iter(following(blueprint, after)))
                    break
            else:
                rest.pop()
                last = way.pop()
                del on_way[last.id]
                done.add(last.id)
