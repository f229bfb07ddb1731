"""Types of the design as types of TypeScript, and the names of what is declared.

What stands in an interface is left to `models`, `problems` and `services`.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import Any

from cxc.model.blueprint import Blueprint
from cxc.model.data import BuiltinType, DataField, DeclaredType, EnumType, Error, ListType, MapType, OptionalType, Type
from cxc.model.routes import meant_type
from cxc.targets.escaping import one_line, plain_as_markdown
from cxc.targets.jsonschema.types import Side, field_key, member_name
from cxc.targets.openapi.names import OWN, ComponentNames, Structured
from cxc.targets.openapi.schemas import Schemas
from cxc.targets.typescript import comments, identifiers, layout

_BUILTINS = {
    "string": "string",
    "text": "string",
    "int": "number",
    "bool": "boolean",
    "decimal": "DecimalString",
    "date": "DateString",
    "datetime": "DateTimeString",
    "time": "TimeString",
    "duration": "DurationString",
    "uuid": "UuidString",
    "email": "EmailString",
    "phone": "PhoneString",
    "url": "UrlString",
    "money": "Money",
    "country": "CountryString",
    "currency": "CurrencyString",
    "language": "LanguageString",
    "bytes": "Base64String",
}
_KINDS = {"int": "number", "bool": "boolean", "money": "object"}
_INSIDE = 2

Lines = list[str]


@dataclass
class Uses:
    """What a module refers to: names from `scalars`, and by their names the declarations, each with its side."""

    scalars: set[str] = field(default_factory=set)
    models: dict[str, tuple[str, Side]] = field(default_factory=dict)


@dataclass(frozen=True)
class Property:
    """A member of an interface: its comment and its lines, and the text of both as it stands there."""

    doc: Lines
    lines: Lines
    text: str


class Types:
    """The types of one client."""

    def __init__(self, blueprint: Blueprint) -> None:
        self.blueprint = blueprint
        self.components = ComponentNames(blueprint)
        self.schemas = Schemas(blueprint, self.components)
        self.names = identifiers.of_package()
        self._identifiers = {name: name for name in OWN}
        self._properties: dict[Hashable, tuple[Property, Uses]] = {}
        declared = [one for one in (*blueprint.external, *blueprint.declarations) if isinstance(one, Structured)]
        for side in (Side.OUT, Side.IN):
            for declaration in declared:
                name = self.components.of(declaration.id, side)
                self._identifiers.setdefault(name, self.names.take(name) if name not in OWN else name)

    def name_of(self, id: str, side: Side = Side.OUT) -> str:
        """Return the name of a declaration's type."""
        return self._identifiers[self.components.of(id, side)]

    def of(self, type_: Type, side: Side, uses: Uses) -> str:
        """Return a type; that a value may be missing is said where the type is used."""
        meant, _ = meant_type(type_, self.blueprint)
        if isinstance(meant, BuiltinType):
            name = _BUILTINS[meant.name]
            if name[0].isupper():
                uses.scalars.add(name)
            return name
        if isinstance(meant, DeclaredType):
            return self._declared(meant, side, uses)
        if isinstance(meant, ListType):
            return f"readonly {self._item(meant.item, side, uses)}[]"
        if isinstance(meant, MapType):
            item = self.of(meant.item, side, uses)
            return f"Readonly<Record<string, {item}{or_null(meant.item)}>>"
        return "unknown"

    def _declared(self, meant: DeclaredType, side: Side, uses: Uses) -> str:
        id = meant.ref.id
        if self.blueprint.get(meant.ref) is None:
            return "unknown"
        side = Side.IN if side is Side.IN and self.schemas.has_two_sides(id) else Side.OUT
        name = self.name_of(id, side)
        uses.models[name] = id, side
        return name

    def _item(self, type_: Type, side: Side, uses: Uses) -> str:
        """Return the type of a list's items, in brackets where it needs them."""
        name = f"{self.of(type_, side, uses)}{or_null(type_)}"
        return f"({name})" if " | " in name or name.startswith("readonly ") else name

    def property(self, data: DataField, side: Side, uses: Uses, *, is_required: bool) -> Property:
        """Return a field or parameter as a member of an interface."""
        key = side, is_required, field_key(data)
        found = self._properties.get(key)
        if found is None:
            own = Uses()
            found = self._properties[key] = self._property(data, side, own, is_required), own
        uses.scalars |= found[1].scalars
        uses.models |= found[1].models
        return found[0]

    def _property(self, data: DataField, side: Side, uses: Uses, is_required: bool) -> Property:
        meant, meaning = meant_type(data.type, self.blueprint)
        before = f"readonly {data.name}{'' if is_required else '?'}:"
        members = [self.of(data.type, side, uses), *([] if is_required else ["undefined"])]
        said = comments.described(
            data.doc or (meaning.doc if meaning else None),
            _limits(meant) if isinstance(meant, BuiltinType) else None,
            f"The same as `{member_name(meaning.id)}`." if meaning else None,
        )
        tags = comments.deprecated(data.deprecated)
        values = self.schemas.values_of(data, meant, meaning)
        # What has a default is always there in an answer.
        if side is Side.IN and "default" in values:
            tags += comments.tagged("defaultValue", values["default"])
        for example in values.get("examples", ()):
            tags += comments.tagged("example", example)
        doc, lines = comments.block(said, tags), layout.union(before, members, _INSIDE)
        return Property(doc, lines, "".join(f"{' ' * _INSIDE}{line}\n" for line in (*doc, *lines)))

    def properties(self, fields: tuple[DataField, ...], side: Side, uses: Uses) -> list[Property]:
        """Return those of the fields that travel to a side."""
        return [
            self.property(one, side, uses, is_required=is_required(one, side))
            for one in self.schemas.travelling(fields, side)
        ]

    def kind_of(self, type_: Type) -> str:
        """Return how a value of a type looks in JSON, as `typeof` calls it."""
        meant, _ = meant_type(type_, self.blueprint)
        if isinstance(meant, BuiltinType):
            return _KINDS.get(meant.name, "string")
        if isinstance(meant, DeclaredType):
            declared = self.blueprint.get(meant.ref)
            return "string" if isinstance(declared, EnumType) else "object" if declared else "unknown"
        return {ListType: "array", MapType: "object"}.get(type(meant), "unknown")

    def rank(self, id: str) -> int:
        """Return where a declaration stands among all, in the order of the source."""
        return self.components.rank(self.components.of(id))

    def errors(self, refs: Any) -> list[Error]:
        """Return the errors of references, each once, as far as they are there."""
        return [found for ref in dict.fromkeys(refs) if isinstance(found := self.blueprint.get(ref), Error)]


def is_required(data: DataField, side: Side) -> bool:
    """Whether a field is always there; what has a default may be left out by whoever sends."""
    return not isinstance(data.type, OptionalType) and (side is Side.OUT or data.default is None)


def or_null(type_: Type) -> str:
    """Return what an item of a list or map may be besides: something must stand for what is missing."""
    return " | null" if isinstance(type_, OptionalType) else ""


def _limits(type_: BuiltinType) -> str | None:
    """Return what values a builtin type takes, as a sentence."""
    low, high = (None if bound is None else f"{bound:.15g}" for bound in (type_.minimum, type_.maximum))
    if type_.pattern is not None:
        pattern = one_line(f"/{type_.pattern}/")
        return f"Matches {plain_as_markdown(pattern) if '`' in pattern else f'`{pattern}`'}."
    parts = []
    if type_.digits is not None:
        parts.append(f"{type_.digits} digits, {type_.decimals or 0} of them behind the point")
    unit = " characters" if type_.name in ("string", "text") else ""
    if low is not None and high is not None:
        parts.append(f"{low}{unit}" if low == high else f"from {low} to {high}{unit}")
    elif low is not None or high is not None:
        parts.append(f"at least {low}{unit}" if high is None else f"at most {high}{unit}")
    said = "; ".join(parts)
    return f"{said[0].upper()}{said[1:]}." if said else None
