"""What a type leads to: through `T?`, `[T]`, `map<T>` and `Entity.field` to the fields that hold the data.

What a type may be is said in `cxc.model.data`; what is right or wrong about it, in the rules.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from cxc.model.blueprint import Blueprint
from cxc.model.data import DataField, DeclaredType, FieldType, ListType, MapType, OptionalType


def core(type_: Any) -> Any:
    """Return the type inside `T?`, `[T]` and `map<T>`, however deep."""
    while isinstance(type_, (OptionalType, ListType, MapType)):
        type_ = type_.item
    return type_


def fields_within(blueprint: Blueprint, type_: Any) -> Iterator[DataField]:
    """Yield every field whose data a value of the type holds, each once; `Entity.field` holds that one field."""
    seen: set[str] = set()
    waiting = [core(type_)]
    while waiting:
        inner = waiting.pop()
        if not isinstance(inner, (FieldType, DeclaredType)) or inner.ref.id in seen:
            continue
        seen.add(inner.ref.id)
        found = blueprint.get(inner.ref)
        fields = [found] if isinstance(inner, FieldType) else list(getattr(found, "fields", ()))
        for field in fields:
            if field is not None and (isinstance(inner, FieldType) or field.id not in seen):
                seen.add(field.id)
                yield field
                waiting.append(core(field.type))
