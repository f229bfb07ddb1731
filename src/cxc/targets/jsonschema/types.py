"""What types, fields and declarations of a design are in JSON Schema: the one place that says it, for all targets.

How a schema refers to another one is left to the targets: each derives its own class. Schemas are plain data and shared
between the places that use them: nobody changes one it was given. Builtin types are left to `values`, what a kind of
document allows to `dialects`, errors to `problems`.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Hashable
from enum import Enum, auto
from typing import Any

from cxc.model.base import Named, Ref
from cxc.model.blueprint import Blueprint
from cxc.model.data import (
    BuiltinType,
    DataField,
    DeclaredType,
    Entity,
    EnumType,
    Event,
    FieldType,
    ListType,
    MapType,
    OptionalType,
    Type,
    UnknownType,
    ValueType,
)
from cxc.model.routes import is_secret, meant_type
from cxc.model.service import Service
from cxc.targets.escaping import plain_as_markdown, safe_markdown
from cxc.targets.jsonschema.dialects import OPENAPI, Dialect
from cxc.targets.jsonschema.values import Schema, as_written, builtin_schema
from cxc.targets.yaml import Shared

Uses = dict[tuple[str, str], None]
"""What something refers to, by section and name, in the order in which it was met."""


class Side(Enum):
    """Whether a value is sent to the service or comes from it."""

    IN = auto()
    OUT = auto()


def field_key(field: DataField) -> Hashable:
    """Return what two fields or parameters have in common if the same is said of both."""
    return (
        field.name, type_key(field.type), field.doc,
        None if field.default is None else repr(field.default), None if field.example is None else repr(field.example),
        field.secret, field.readonly, field.personal, field.deprecated, field.since,
    )  # fmt: skip


def type_key(type_: Type) -> Hashable:
    """Return what two types have in common if they are the same, wherever they are written."""
    if isinstance(type_, BuiltinType):
        limits = type_.minimum, type_.maximum, type_.pattern, type_.digits, type_.decimals
        return type_.name if limits == _UNLIMITED else (type_.name, *limits)
    if isinstance(type_, (FieldType, DeclaredType)):
        return type_.ref.id
    return (type_.form, None if isinstance(type_, UnknownType) else type_key(type_.item))


_UNLIMITED = (None,) * 5


def member_name(id: str) -> str:
    """Return the name of a member as a blueprint writes it: `Prescription.id`."""
    return ".".join(id.partition(":")[2].split(".")[-2:])


class TypeSchemas(ABC):
    """Makes the schemas of one build; where one stands that another refers to is said by the target's own class."""

    def __init__(self, blueprint: Blueprint, dialect: Dialect = OPENAPI) -> None:
        self.blueprint = blueprint
        self.dialect = dialect
        self._differs: dict[str, bool] = {}
        self._fields: dict[Hashable, tuple[Shared, Uses]] = {}

    @abstractmethod
    def refer_to(self, declaration: Any, side: Side, uses: Uses) -> Schema:
        """Return the schema that stands for a declaration where it is used, and note in `uses` what it refers to."""

    @abstractmethod
    def money(self, uses: Uses) -> Schema:
        """Return the schema that stands for `money` where it is used."""

    # ---- types ------------------------------------------------------------------------------------------------------

    def of_type(self, type_: Type, side: Side, uses: Uses) -> Schema:
        """Return the schema of a type; that a value may be missing is said where the type is used."""
        meant, _ = meant_type(type_, self.blueprint)
        if isinstance(meant, BuiltinType):
            return self.money(uses) if meant.name == "money" else self.dialect.written(builtin_schema(meant))
        if isinstance(meant, DeclaredType):
            return self._declared(meant.ref, side, uses)
        if isinstance(meant, ListType):
            return {"type": "array", "items": self._item(meant.item, side, uses)}
        if isinstance(meant, MapType):
            return {"type": "object", "additionalProperties": self._item(meant.item, side, uses)}
        return {}

    def _item(self, type_: Type, side: Side, uses: Uses) -> Schema:
        schema = self.of_type(type_, side, uses)
        # In a list something must stand for what is missing.
        return {"anyOf": [schema, {"type": "null"}]} if isinstance(type_, OptionalType) else schema

    def _declared(self, ref: Ref[Any], side: Side, uses: Uses) -> Schema:
        declaration = self.blueprint.get(ref)
        if declaration is None:
            return {}
        side = Side.IN if side is Side.IN and self.has_two_sides(ref.id) else Side.OUT
        return self.refer_to(declaration, side, uses)

    def has_two_sides(self, id: str) -> bool:
        """Whether a declaration, or one inside it, has fields that only one side sets, sees or may leave out."""
        if id not in self._differs:
            inside = self._inside(id)
            self._differs[id] = any(
                field.readonly or field.default is not None or is_secret(field, self.blueprint)
                for declaration in inside
                for field in getattr(self.blueprint[declaration], "fields", ())
            )
        return self._differs[id]

    def _inside(self, id: str) -> dict[str, None]:
        """Return a declaration and all that its fields are made of."""
        found: dict[str, None] = {}
        waiting = [id]
        while waiting:
            declaration = waiting.pop()
            if declaration in found:
                continue
            found[declaration] = None
            for field in getattr(self.blueprint[declaration], "fields", ()):
                meant, _ = meant_type(field.type, self.blueprint)
                while isinstance(meant, (ListType, MapType)):
                    meant, _ = meant_type(meant.item, self.blueprint)
                if isinstance(meant, DeclaredType) and self.blueprint.get(meant.ref):
                    waiting.append(meant.ref.id)
        return found

    # ---- fields -----------------------------------------------------------------------------------------------------

    def of_field(self, field: DataField, side: Side, uses: Uses) -> Shared:
        """Return the schema of a field as a property."""
        key = side, field_key(field)
        found = self._fields.get(key)
        if found is None:
            own: Uses = {}
            found = self._fields[key] = Shared(self.of_value(field, side, own, described=True)), own
        uses |= found[1]
        return found[0]

    def of_value(self, field: DataField, side: Side, uses: Uses, *, described: bool) -> Schema:
        """Return the schema of a field; a parameter is `described` beside its schema."""
        meant, meaning = meant_type(field.type, self.blueprint)
        text = self.description(field, meaning) if described else None
        schema: Schema = {"description": text} if text else {}
        schema |= self.of_type(meant, side, uses)
        schema |= self.values_of(field, meant, meaning)
        if field.secret or (meaning and meaning.secret):
            schema["writeOnly"] = True
            if schema.get("type") == "string":
                schema.setdefault("format", "password")
        elif field.readonly:
            schema["readOnly"] = True
        if described:
            schema |= self.annotations(field, meaning)
        return self.dialect.written(schema)

    def values_of(self, field: DataField, meant: Type, meaning: DataField | None) -> Schema:
        """Return the default and the example of a field, as its schema has them."""
        found: Schema = {}
        if field.default is not None and (default := self.value(meant, field.default)) is not None:
            found["default"] = default
        example = field.example if field.example is not None or meaning is None else meaning.example
        if example is not None and (written := self.value(meant, example)) is not None:
            found["examples"] = [written]
        return found

    def description(self, field: DataField, meaning: DataField | None) -> str | None:
        """Return what is said of a field or parameter, in Markdown."""
        doc = field.doc or (meaning.doc if meaning else None)
        parts = [safe_markdown(doc)] if doc else []
        if meaning:
            parts.append(f"The same as `{member_name(meaning.id)}`.")
        if field.deprecated:
            parts.append(f"Deprecated: {plain_as_markdown(field.deprecated)}")
        return " ".join(parts) if "\n" not in (doc or "") else "\n\n".join(parts)

    def annotations(self, field: DataField, meaning: DataField | None) -> Schema:
        """Return what stands behind the schema of a field, or beside that of a parameter."""
        found: Schema = {"deprecated": True} if field.deprecated else {}
        if personal := field.personal or (meaning.personal if meaning else ()):
            found["x-cxc-personal"] = list(personal)
        if meaning:
            found["x-cxc-field"] = meaning.id
        if field.since:
            found["x-cxc-since"] = field.since
        return found

    def value(self, type_: Type, value: Any) -> Any:
        """Return a default or example as its schema has it, or None for a type that has none."""
        if isinstance(type_, BuiltinType):
            return as_written(type_, value)
        if isinstance(type_, ListType):
            item, _ = meant_type(type_.item, self.blueprint)
            return [self.value(item, one) for one in value] if isinstance(value, list) else None
        is_enum = isinstance(type_, DeclaredType) and isinstance(self.blueprint.get(type_.ref), EnumType)
        return value if is_enum else None

    def of_fields(self, fields: tuple[DataField, ...], side: Side, uses: Uses) -> Schema:
        """Return an object with those of the fields that travel to this side."""
        properties: Schema = {}
        required = []
        for field in self.travelling(fields, side):
            properties[field.name] = self.of_field(field, side, uses)
            if not isinstance(field.type, OptionalType) and (side is Side.OUT or field.default is None):
                required.append(field.name)
        return {"type": "object", **({"required": required} if required else {}), "properties": properties}

    def travelling(self, fields: tuple[DataField, ...], side: Side) -> list[DataField]:
        """Return the fields that travel to a side: nobody sends what is read-only, nor sees what is secret."""
        if side is Side.IN:
            return [field for field in fields if not field.readonly]
        return [field for field in fields if not is_secret(field, self.blueprint)]

    # ---- declarations -----------------------------------------------------------------------------------------------

    def of_declaration(self, declaration: Entity | ValueType | EnumType | Event, side: Side, uses: Uses) -> Schema:
        """Return the schema of an entity, type, enum or event itself."""
        schema = heading(declaration)
        if isinstance(declaration, EnumType):
            schema |= {"type": "string", "enum": [value.name for value in declaration.values]}
            if said := {value.name: text for value in declaration.values if (text := _choice(value))}:
                schema["x-enumDescriptions"] = said
        else:
            schema |= self.of_fields(declaration.fields, side, uses)
        trace = {declaration.kind: declaration.id}
        if master := self.blueprint.derived(_masters).get(declaration.id):
            trace["master"] = master
        return self.dialect.written(schema | ending(declaration) | {"x-cxc-trace": trace})


def _masters(blueprint: Blueprint) -> dict[str, str]:
    """Return for each entity the service that masters it."""
    return {entity.id: service.id for service in blueprint.every(Service) for entity in service.masters}


def heading(element: Named) -> Schema:
    """Return the title and description of a declaration."""
    schema: Schema = {"title": element.title} if element.title else {}
    parts = [safe_markdown(element.doc)] if element.doc else []
    if element.deprecated:
        parts.append(f"Deprecated: {plain_as_markdown(element.deprecated)}")
    if parts:
        schema["description"] = "\n\n".join(parts)
    return schema


def ending(element: Named) -> Schema:
    """Return what a declaration says of its own life: that it is deprecated, and since when it is there."""
    schema: Schema = {"deprecated": True} if element.deprecated else {}
    return schema | ({"x-cxc-since": element.since} if element.since else {})


def _choice(value: Named) -> str | None:
    parts = [plain_as_markdown(value.title)] if value.title else []
    if value.doc:
        parts.append(safe_markdown(value.doc))
    if value.deprecated:
        parts.append(f"Deprecated: {plain_as_markdown(value.deprecated)}")
    return " – ".join(parts) if parts else None
