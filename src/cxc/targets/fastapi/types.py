"""Types of the design as annotations of Python: as they travel (`values.Date`), and as handlers see them (`dt.date`).

Fields and their constraints are left to `fields`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal

from cxc.model.blueprint import Blueprint
from cxc.model.data import BuiltinType, DataField, DeclaredType, ListType, MapType, OptionalType, Type
from cxc.model.routes import is_secret, meant_type
from cxc.targets.fastapi.code import Expression, Group, call, or_none, raw_literal, subscript
from cxc.targets.fastapi.code import Imports as ModuleImports
from cxc.targets.fastapi.names import Names
from cxc.targets.jsonschema.types import Side, TypeSchemas

_TRAVELLING = {
    "string": "str", "text": "str", "int": "values.Integer", "bool": "bool", "date": "values.Date",
    "datetime": "values.DateTime", "time": "values.Time", "duration": "values.Duration", "uuid": "values.Uuid",
    "email": "values.Email", "phone": "values.Phone", "url": "values.Url", "money": "values.Money",
    "country": "values.Country", "currency": "values.Currency", "language": "values.Language",
    "bytes": "values.Base64",
}  # fmt: skip
_IN_ADDRESS = {"bool": "values.BooleanText"}
_PLAIN = {
    "date": "dt.date", "datetime": "dt.datetime", "time": "dt.time", "duration": "dt.timedelta", "uuid": "UUID",
    "decimal": "Decimal", "int": "int", "bool": "bool", "bytes": "bytes", "money": "values.Money",
}  # fmt: skip
_FLAGS = re.compile(r"\(\?([aiLmsux]+)\)")


@dataclass(slots=True)
class Place:
    """The module that annotations are written for: what it imports, and how it names the classes of the design."""

    imports: ModuleImports = field(default_factory=ModuleImports)
    models: str = "models."
    root: str = "."

    def beside(self, module: str) -> str:
        """Return how a module of the package is called from here: `..paging`, `northwind.paging`."""
        return f"{self.root}{module}" if self.root.endswith(".") else f"{self.root}.{module}"

    def needs(self, annotation: str) -> str:
        """Import what an annotation names, and return it."""
        if annotation.startswith("dt."):
            self.imports.module("datetime as dt")
        elif annotation.startswith(("values.", "models.")):
            self.imports.name(self.root, annotation.partition(".")[0])
        elif annotation in _HOMES:
            self.imports.name(_HOMES[annotation], annotation)
        return annotation


_HOMES = {
    "UUID": "uuid", "Decimal": "decimal", "Annotated": "typing", "Any": "typing", "Field": "pydantic",
    "SecretStr": "pydantic", "Secret": "pydantic",
}  # fmt: skip


@dataclass(slots=True)
class Annotation:
    """A type as it travels, and the constraints that stand beside it."""

    type: Expression
    constraints: dict[str, Expression] = field(default_factory=dict)

    def whole(self, place: Place) -> Expression:
        """Return the type with its constraints in one."""
        if not self.constraints:
            return self.type
        place.needs("Field")
        return subscript(place.needs("Annotated"), self.type, call("Field", **self.constraints))


class Types:
    """Makes the annotations of one build."""

    def __init__(self, blueprint: Blueprint, names: Names, schemas: TypeSchemas) -> None:
        self.blueprint = blueprint
        self.names = names
        self.schemas = schemas

    # ---- as it travels ----------------------------------------------------------------------------------------------

    def travelling(self, type_: Type, side: Side, place: Place, *, in_address: bool = False) -> Annotation:
        """Return the annotation of a type in JSON, or in an address, where everything is text."""
        meant, _ = meant_type(type_, self.blueprint)
        if isinstance(meant, BuiltinType):
            return self._builtin(meant, place, in_address=in_address)
        if isinstance(meant, DeclaredType):
            return Annotation(self._declared(meant, side, place))
        if isinstance(meant, ListType):
            return Annotation(subscript("list", self._item(meant.item, side, place, in_address=in_address)))
        if isinstance(meant, MapType):
            return Annotation(subscript("dict", "str", self._item(meant.item, side, place)))
        return Annotation(place.needs("Any"))

    def _item(self, type_: Type, side: Side, place: Place, *, in_address: bool = False) -> Expression:
        found = self.travelling(type_, side, place, in_address=in_address).whole(place)
        return or_none(found) if isinstance(type_, OptionalType) else found

    def of_field(self, field: DataField, side: Side, place: Place, *, in_address: bool = False) -> Annotation:
        """Return the annotation of a field; whether it may be missing is left to the field."""
        found = self.travelling(field.type, side, place, in_address=in_address)
        if not is_secret(field, self.blueprint):
            return found
        if found.type == "str" and "pattern" not in found.constraints:
            return Annotation(place.needs("SecretStr"), found.constraints)
        return Annotation(subscript(place.needs("Secret"), found.whole(place)))

    def _declared(self, type_: DeclaredType, side: Side, place: Place) -> str:
        id = type_.ref.id
        if self.blueprint.get(type_.ref) is None:
            return place.needs("Any")
        side = side if side is Side.IN and self.schemas.has_two_sides(id) else Side.OUT
        return place.needs(f"{place.models}{self.names.model(id, side)}")

    def _builtin(self, type_: BuiltinType, place: Place, *, in_address: bool) -> Annotation:
        if type_.name == "decimal":
            return self._decimal(type_, place)
        name = (_IN_ADDRESS.get(type_.name) if in_address else None) or _TRAVELLING[type_.name]
        found = Annotation(place.needs(name))
        low, high = type_.minimum, type_.maximum
        least, most = ("ge", "le") if type_.name == "int" else ("min_length", "max_length")
        if low is not None:
            found.constraints[least] = str(int(low))
        if high is not None:
            found.constraints[most] = str(int(high))
        if type_.pattern is not None:
            place.needs("values.whole")
            found.constraints["pattern"] = f"values.whole({raw_literal(_scoped(type_.pattern))})"
        return found

    def _decimal(self, type_: BuiltinType, place: Place) -> Annotation:
        exact = "values.Exact()"
        if type_.digits is not None:
            exact = f"values.Exact({type_.digits}, {type_.decimals or 0})"
        place.needs("values.Exact")
        found = Annotation(subscript(place.needs("Annotated"), place.needs("Decimal"), exact))
        for name, bound in (("ge", type_.minimum), ("le", type_.maximum)):
            if bound is not None:
                found.constraints[name] = f'Decimal("{decimal_text(bound)}")'
        return found

    # ---- as handlers see it -----------------------------------------------------------------------------------------

    def plain(self, type_: Type, side: Side, place: Place) -> Expression:
        """Return the annotation of a type in Python, without its constraints."""
        meant, _ = meant_type(type_, self.blueprint)
        if isinstance(meant, BuiltinType):
            return place.needs(_PLAIN.get(meant.name, "str"))
        if isinstance(meant, DeclaredType):
            return self._declared(meant, side, place)
        if isinstance(meant, (ListType, MapType)):
            item = self.plain(meant.item, side, place)
            item = or_none(item) if isinstance(meant.item, OptionalType) else item
            return subscript("list", item) if isinstance(meant, ListType) else subscript("dict", "str", item)
        return place.needs("Any")

    def plain_of_field(self, field: DataField, side: Side, place: Place) -> Expression:
        """Return the annotation of a field or parameter in Python; it says whether the value may be missing."""
        found = self.plain(field.type, side, place)
        if is_secret(field, self.blueprint):
            travelling = self.of_field(field, side, Place()).type
            is_text = travelling == "SecretStr"
            found = place.needs("SecretStr") if is_text else subscript(place.needs("Secret"), found)
        return or_none(found) if isinstance(field.type, OptionalType) else found

    def result(self, type_: Type | None, side: Side, place: Place, *, travelling: bool) -> Expression:
        """Return the annotation of a result, in Python or as it travels, without constraints."""
        if type_ is None:
            return "None"
        found = self.unconstrained(type_, side, place) if travelling else self.plain(type_, side, place)
        return or_none(found) if isinstance(type_, OptionalType) else found

    def unconstrained(self, type_: Type, side: Side, place: Place) -> Expression:
        """Return the annotation of a type in JSON, without its constraints."""
        meant, _ = meant_type(type_, self.blueprint)
        if isinstance(meant, BuiltinType) and meant.name != "int" and meant.pattern is None:
            return self._builtin(meant, place, in_address=False).type
        if isinstance(meant, (ListType, MapType)):
            item = self.unconstrained(meant.item, side, place)
            item = or_none(item) if isinstance(meant.item, OptionalType) else item
            return Group("list" if isinstance(meant, ListType) else "dict", _arguments(meant, item), "[]")
        return self.plain(meant, side, place)


def _arguments(type_: ListType | MapType, item: Expression) -> tuple[Expression, ...]:
    return (item,) if isinstance(type_, ListType) else ("str", item)


def decimal_text(value: float | str) -> str:
    """Return a number without an exponent, and without zeros that say nothing."""
    text = f"{Decimal(str(value)):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _scoped(pattern: str) -> str:
    """Return a pattern whose flags hold inside a group, since it will stand in one."""
    flags = _FLAGS.match(pattern)
    if not flags:
        return pattern
    rest = pattern[flags.end() :]
    return f"(?{''.join(flag for flag in flags[1] if flag in 'imsx')}:{rest})"
