"""Whole examples of declarations, put together from the examples of their fields, and valid against their schemas.

Where a field has no example, its default or a sample of its type stands there.
"""

from __future__ import annotations

from typing import Any

from cxc.model.data import (
    BuiltinType,
    DataField,
    DeclaredType,
    EnumType,
    Error,
    ListType,
    MapType,
    OptionalType,
    Type,
)
from cxc.model.routes import meant_type
from cxc.targets.jsonschema.problems import problem_type
from cxc.targets.jsonschema.samples import sample
from cxc.targets.jsonschema.types import Side, TypeSchemas
from cxc.targets.jsonschema.values import as_written

_DEEPEST = 3
"""How many declarations may stand inside one another before what may be missing is left out."""
_LARGEST = 200
"""How many values an example may have: beyond that nobody reads it."""


class NoExample(Exception):
    """There is no value that is surely an example."""


class Examples:
    """Makes the examples of one build."""

    def __init__(self, schemas: TypeSchemas) -> None:
        self.schemas = schemas
        self.blueprint = schemas.blueprint
        self._left = 0

    def of(self, declaration: Any, side: Side = Side.OUT) -> Any | None:
        """Return an example of a declaration as it travels to a side, or None where there is none."""
        self._left = _LARGEST
        try:
            return self._declared(declaration, side, ())
        except NoExample:
            return None

    def of_fields(self, fields: tuple[DataField, ...], side: Side) -> dict[str, Any] | None:
        """Return examples of fields, or of parameters, by their names, or None where there are none."""
        self._left = _LARGEST
        try:
            return self._fields(fields, side, ())
        except NoExample:
            return None

    def of_error(self, error: Error, beginning: str) -> Any | None:
        """Return an example of the problem details of an error."""
        fields = self.of(error)
        if fields is None:
            return None
        return {"type": problem_type(error, beginning), "title": error.label, "status": error.status} | fields

    def _declared(self, declaration: Any, side: Side, around: tuple[str, ...]) -> Any:
        if isinstance(declaration, EnumType):
            return next((one.name for one in declaration.values if not one.deprecated), declaration.values[0].name)
        if declaration.id in around:
            raise NoExample
        return self._fields(declaration.fields, side, (*around, declaration.id))

    def _fields(self, fields: tuple[DataField, ...], side: Side, around: tuple[str, ...]) -> dict[str, Any]:
        found = {}
        for field in self.schemas.travelling(fields, side):
            may_be_missing = isinstance(field.type, OptionalType) or (side is Side.IN and field.default is not None)
            if may_be_missing and (field.deprecated or len(around) > _DEEPEST):
                continue
            try:
                found[field.name] = self._field(field, side, around)
            except NoExample:
                if not may_be_missing:
                    raise
        return found

    def _field(self, field: DataField, side: Side, around: tuple[str, ...]) -> Any:
        self._left -= 1
        if self._left < 0:
            raise NoExample
        meant, meaning = meant_type(field.type, self.blueprint)
        for holder in filter(None, (field, meaning)):
            for value in (holder.example, holder.default):
                if value is not None and (written := self.schemas.value(meant, value)) is not None:
                    return written
        return self._value(meant, field.label, side, around)

    def _value(self, type_: Type, words: str, side: Side, around: tuple[str, ...]) -> Any:
        meant, meaning = meant_type(type_, self.blueprint)
        if meaning is not None and meaning.example is not None:
            return self.schemas.value(meant, meaning.example)
        if isinstance(meant, BuiltinType):
            value = sample(meant, words)
            if value is None:
                raise NoExample
            return as_written(meant, value)
        if isinstance(meant, (ListType, MapType)):
            try:
                item = self._value(meant.item, words, side, around)
            except NoExample:
                return [] if isinstance(meant, ListType) else {}
            return [item] if isinstance(meant, ListType) else {"key": item}
        declaration = self.blueprint.get(meant.ref) if isinstance(meant, DeclaredType) else None
        if declaration is None:
            raise NoExample
        return self._declared(declaration, side, around)
