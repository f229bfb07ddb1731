"""Defaults and examples of the design as expressions of Python.

What a default belongs to is left to `fields`.
"""

from __future__ import annotations

import base64
import binascii
import re
from typing import Any, NamedTuple

from cxc.model.data import BuiltinType, DeclaredType, EnumType, ListType, Type
from cxc.model.routes import meant_type
from cxc.targets.fastapi.code import Expression, Group, Pieces, literal
from cxc.targets.fastapi.types import Place, Types
from cxc.targets.jsonschema.types import Side

_PERIOD = re.compile(r"P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?")
_UNITS = (("days", 365), ("days", 30), ("weeks", 1), ("days", 1), ("hours", 1), ("minutes", 1), ("seconds", 1))


class Default(NamedTuple):
    """A default as an expression, and whether each value may be the same object: a list may not."""

    value: Expression
    is_constant: bool = True


def default_of(type_: Type, value: Any, types: Types, place: Place) -> Default | None:
    """Return the expression of a default, or None where there is none."""
    meant, _ = meant_type(type_, types.blueprint)
    if isinstance(meant, ListType):
        items = [default_of(meant.item, one, types, place) for one in value] if isinstance(value, list) else [None]
        values = tuple(item.value for item in items if item is not None)
        return Default(Group("", values, "[]"), False) if len(values) == len(items) else None
    if isinstance(meant, DeclaredType):
        if not isinstance(types.blueprint.get(meant.ref), EnumType):
            return None
        constant = types.names.choices(meant.ref.id).get(value)
        cls = place.needs(f"{place.models}{types.names.model(meant.ref.id, Side.OUT)}")
        return Default(f"{cls}.{constant}") if constant else None
    return _builtin(meant, value, types, place) if isinstance(meant, BuiltinType) else None


def _builtin(type_: BuiltinType, value: Any, types: Types, place: Place) -> Default | None:
    name = type_.name
    written = types.schemas.value(type_, value)
    if name == "decimal":
        return Default(f'{place.needs("Decimal")}("{written}")')
    if name == "money" and isinstance(written, dict):
        place.needs("Decimal")
        place.needs("values.Money")
        amount, currency = written["amount"], written["currency"]
        return Default(f'values.Money(amount=Decimal("{amount}"), currency="{currency}")')
    if name in ("date", "datetime", "time"):
        cls = place.needs(f"dt.{name}")
        return Default(f'{cls}.fromisoformat("{written}")')
    if name == "uuid":
        return Default(f'{place.needs("UUID")}("{written}")', False)
    if name == "duration":
        return _duration(str(written), place)
    if name == "bytes":
        return _bytes(str(written))
    return Default(python_value(written))


def _duration(text: str, place: Place) -> Default | None:
    match = _PERIOD.fullmatch(text)
    if match is None:
        return None
    parts: dict[str, float] = {}
    for (unit, size), number in zip(_UNITS, match.groups(), strict=True):
        if number:
            parts[unit] = parts.get(unit, 0) + size * (float(number) if "." in number else int(number))
    given = ", ".join(f"{unit}={number}" for unit, number in parts.items())
    return Default(f"{place.needs('dt.timedelta')}({given})")


def _bytes(text: str) -> Default | None:
    try:
        return Default(repr(base64.b64decode(text, validate=True)).replace("'", '"'))
    except (ValueError, binascii.Error):
        return None


def python_value(value: Any) -> Expression:
    """Return a value of JSON as Python writes it."""
    if isinstance(value, str):
        return Pieces(value)
    if isinstance(value, list):
        return Group("", tuple(python_value(item) for item in value), "[]")
    if isinstance(value, dict):
        return Group("", tuple(_member(key, item) for key, item in value.items()), "{}")
    return repr(value)


def _member(key: str, value: Any) -> Expression:
    item = python_value(value)
    before = f"{literal(key)}: "
    if isinstance(item, str):
        return before + item
    if isinstance(item, Pieces):
        return Pieces(item.value, before)
    return Group(before, item.parts, item.brackets)
