"""Types of the design as JSON Schema 2020-12 for the forms and views of channel software.

Enums stand where they are used, so that a form needs nothing else; objects are collected and referred to. What a
built-in type is in JSON Schema is said in `cxc.targets.openapi.values`.
"""

from __future__ import annotations

from typing import Any

from cxc.model.blueprint import Blueprint
from cxc.model.data import BuiltinType, DataField, DeclaredType, EnumType, ListType, MapType, OptionalType, Type
from cxc.model.routes import is_secret, meant_type
from cxc.targets.openapi.values import MONEY_SCHEMA, Schema, as_written, builtin_schema


class TypeSchemas:
    """Makes the schemas of one document, and collects the objects they refer to by their qualified names."""

    def __init__(self, blueprint: Blueprint) -> None:
        self.blueprint = blueprint
        self._objects: dict[str, Schema] = {}

    @property
    def objects(self) -> dict[str, Schema]:
        """The objects that were referred to, in order of their names."""
        return dict(sorted(self._objects.items()))

    def of_field(self, field: DataField) -> Schema:
        """Return the schema of a field or parameter, with its default and its example."""
        meant, meaning = meant_type(field.type, self.blueprint)
        schema = dict(self._of_type(meant))
        for key, value in (("default", field.default), ("examples", _example(field, meaning))):
            if value is not None and (written := self._value(meant, value)) is not None:
                schema[key] = [written] if key == "examples" else written
        return schema

    def _of_type(self, type_: Type) -> Schema:
        meant, _ = meant_type(type_, self.blueprint)
        if isinstance(meant, BuiltinType):
            return MONEY_SCHEMA if meant.name == "money" else builtin_schema(meant)
        if isinstance(meant, ListType):
            return {"type": "array", "items": self._item(meant.item)}
        if isinstance(meant, MapType):
            return {"type": "object", "additionalProperties": self._item(meant.item)}
        declaration = self.blueprint.get(meant.ref) if isinstance(meant, DeclaredType) else None
        if isinstance(declaration, EnumType):
            return _choices(declaration)
        return {} if declaration is None else self._reference(declaration)

    def _item(self, type_: Type) -> Schema:
        schema = self._of_type(type_)
        return {"anyOf": [schema, {"type": "null"}]} if isinstance(type_, OptionalType) else schema

    def _reference(self, declaration: Any) -> Schema:
        name = declaration.id.partition(":")[2]
        if name not in self._objects:
            # Before its fields: one of them may lead back to it.
            self._objects[name] = {}
            self._objects[name] = self._object(declaration)
        return {"$ref": f"#/schemas/{name}"}

    def _object(self, declaration: Any) -> Schema:
        fields = [field for field in declaration.fields if not is_secret(field, self.blueprint)]
        required = [field.name for field in fields if not isinstance(field.type, OptionalType)]
        return {
            "title": declaration.label,
            "type": "object",
            **({"required": required} if required else {}),
            "properties": {
                field.name: {"title": field.label, **self.of_field(field)}
                | ({"readOnly": True} if field.readonly else {})
                for field in fields
            },
        }

    def _value(self, type_: Type, value: Any) -> Any:
        """Return a default or example as its schema has it, or None for a type that has none."""
        if isinstance(type_, BuiltinType):
            return as_written(type_, value)
        if isinstance(type_, ListType) and isinstance(value, list):
            item, _ = meant_type(type_.item, self.blueprint)
            return [self._value(item, one) for one in value]
        is_enum = isinstance(type_, DeclaredType) and isinstance(self.blueprint.get(type_.ref), EnumType)
        return value if is_enum else None


def _choices(declaration: EnumType) -> Schema:
    """Return an enum with the titles of its values, as forms show them."""
    return {"type": "string", "oneOf": [{"const": value.name, "title": value.label} for value in declaration.values]}


def _example(field: DataField, meaning: DataField | None) -> Any:
    return field.example if field.example is not None or meaning is None else meaning.example
