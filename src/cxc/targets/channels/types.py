"""Types of the design for the forms and views of channel software.

Enums stand where they are used, so that a form needs nothing else; objects are collected and referred to. What a type
is in JSON Schema is said in `cxc.targets.jsonschema.types`.
"""

from __future__ import annotations

from typing import Any

from cxc.model.blueprint import Blueprint
from cxc.model.data import DataField, EnumType, OptionalType
from cxc.model.routes import meant_type
from cxc.targets.jsonschema.types import Side, TypeSchemas, Uses
from cxc.targets.jsonschema.values import MONEY_SCHEMA, Schema


class FormSchemas(TypeSchemas):
    """Makes the schemas of one document, and collects the objects they refer to by their qualified names."""

    def __init__(self, blueprint: Blueprint) -> None:
        super().__init__(blueprint)
        self._objects: dict[str, Schema] = {}

    @property
    def objects(self) -> dict[str, Schema]:
        """The objects that were referred to, in order of their names."""
        return dict(sorted(self._objects.items()))

    def in_form(self, field: DataField) -> Schema:
        """Return the schema of a field or parameter, with its default and its example."""
        meant, meaning = meant_type(field.type, self.blueprint)
        return {**self.of_type(meant, Side.OUT, {}), **self.values_of(field, meant, meaning)}

    def refer_to(self, declaration: Any, side: Side, uses: Uses) -> Schema:
        """Return the choices of an enum, or a reference to an object."""
        if isinstance(declaration, EnumType):
            return _choices(declaration)
        name = declaration.id.partition(":")[2]
        if name not in self._objects:
            # Before its fields: one of them may lead back to it.
            self._objects[name] = {}
            self._objects[name] = self._object(declaration)
        return {"$ref": f"#/schemas/{name}"}

    def money(self, uses: Uses) -> Schema:
        """Return the schema of an amount with its currency."""
        return MONEY_SCHEMA

    def _object(self, declaration: Any) -> Schema:
        fields = self.travelling(declaration.fields, Side.OUT)
        required = [field.name for field in fields if not isinstance(field.type, OptionalType)]
        return {
            "title": declaration.label,
            "type": "object",
            **({"required": required} if required else {}),
            "properties": {
                field.name: {"title": field.label, **self.in_form(field)}
                | ({"readOnly": True} if field.readonly else {})
                for field in fields
            },
        }


def _choices(declaration: EnumType) -> Schema:
    """Return an enum with the titles of its values, as forms show them."""
    return {"type": "string", "oneOf": [{"const": value.name, "title": value.label} for value in declaration.values]}
