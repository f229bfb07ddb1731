"""The modules of data: types, entities and enums; errors; events.

Attributes come from `fields`; how a module is laid out is said by its template.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from cxc.model.blueprint import Blueprint
from cxc.model.data import (
    DeclaredType,
    Entity,
    EnumType,
    Error,
    Event,
    ListType,
    MapType,
    OptionalType,
    Type,
    ValueType,
)
from cxc.model.event_types import event_type, subject_field
from cxc.model.routes import meant_type
from cxc.model.service import Operation, Service
from cxc.targets.fastapi.code import Pieces, docstring, laid, literal
from cxc.targets.fastapi.fields import Fields, described, sentence
from cxc.targets.fastapi.types import Place
from cxc.targets.jsonschema.problems import problem_type
from cxc.targets.jsonschema.types import Side

_INDENT = 4
View = dict[str, Any]


class Data:
    """Makes the views of the modules of data of one build."""

    def __init__(self, blueprint: Blueprint, fields: Fields) -> None:
        self.blueprint = blueprint
        self.fields = fields
        self.names = fields.types.names
        self.schemas = fields.schemas

    # ---- models -----------------------------------------------------------------------------------------------------

    def models(self) -> View:
        """Return the view of `models.py`."""
        place = Place(models="")
        used = self.used()
        enums, classes = [], []
        for id, side in used:
            declaration = self.blueprint[id]
            if isinstance(declaration, EnumType):
                enums.append(self._enum(declaration))
            else:
                classes.append(self._class(declaration, side, place))
        if enums:
            place.imports.name("enum", "StrEnum")
        if classes:
            place.needs("values.Model")
        return {"imports": place.imports.text(), "enums": enums, "classes": classes}

    def used(self) -> list[tuple[str, Side]]:
        """Return the types, entities and enums that have a class, in the order of the source; first those of others."""
        found: dict[tuple[str, Side], None] = {}
        for declaration in self.blueprint.declarations:
            if isinstance(declaration, (ValueType, Entity, EnumType)):
                self._reach(declaration.id, Side.OUT, found)
            elif isinstance(declaration, (Event, Error)):
                self._reach_fields(declaration.fields, Side.OUT, found)
        for operation in self.blueprint.every(Operation):
            self._reach_fields(operation.parameters, Side.IN, found)
            if operation.result is not None:
                self._reach_type(operation.result, Side.OUT, found)
        order = {one.id: index for index, one in enumerate((*self.blueprint.external, *self.blueprint.declarations))}
        return sorted(found, key=lambda one: (order[one[0]], one[1] is Side.IN))

    def _reach(self, id: str, side: Side, found: dict[tuple[str, Side], None]) -> None:
        declaration = self.blueprint.get(id)
        if declaration is None:
            return
        side = side if side is Side.IN and self.schemas.has_two_sides(id) else Side.OUT
        if (id, side) not in found:
            found[id, side] = None
            self._reach_fields(getattr(declaration, "fields", ()), side, found)

    def _reach_fields(self, fields: Iterable[Any], side: Side, found: dict[tuple[str, Side], None]) -> None:
        for field in self.schemas.travelling(tuple(fields), side):
            self._reach_type(field.type, side, found)

    def _reach_type(self, type_: Type, side: Side, found: dict[tuple[str, Side], None]) -> None:
        meant, _ = meant_type(type_, self.blueprint)
        while isinstance(meant, (ListType, MapType, OptionalType)):
            meant, _ = meant_type(meant.item, self.blueprint)
        if isinstance(meant, DeclaredType):
            self._reach(meant.ref.id, side, found)

    def _enum(self, enum: EnumType) -> View:
        constants = self.names.choices(enum.id)
        values = [
            {
                "code": laid(Pieces(value.name), _INDENT, f"{constants[value.name]} = "),
                "doc": docstring(described(value), _INDENT) if value.title or value.doc or value.deprecated else None,
            }
            for value in enum.values
        ]
        return {
            "name": self.names.model(enum.id),
            "place": str(enum.span),
            "doc": docstring(described(enum), _INDENT),
            "choices": values,
        }

    def _class(self, declaration: ValueType | Entity, side: Side, place: Place) -> View:
        paragraphs = described(declaration)
        if side is Side.IN:
            name = self.names.model(declaration.id)
            paragraphs = [f"{sentence(declaration)[:-1]}, as it is sent to a service; what comes back is `{name}`."]
        return {
            "name": self.names.model(declaration.id, side),
            "place": str(declaration.span),
            "doc": docstring(paragraphs, _INDENT),
            "fields": list(self.fields.attributes(declaration.fields, side, place)),
        }

    # ---- errors and events ------------------------------------------------------------------------------------------

    def errors(self, beginning: str) -> View:
        """Return the view of `errors.py`; the types of problems begin with `beginning`."""
        place = Place()
        errors = [self._error(error, beginning, place) for error in self._every(Error)]
        place.imports.name("dataclasses", "dataclass")
        place.imports.name("typing", "Any")
        place.imports.name("typing", "ClassVar")
        place.imports.name("pydantic", "TypeAdapter")
        return {"imports": place.imports.text(), "errors": errors}

    def _error(self, error: Error, beginning: str, place: Place) -> View:
        return {
            "name": self.names.error(error.id),
            "place": str(error.span),
            "doc": docstring(described(error), _INDENT),
            "status": error.status,
            "type": laid(Pieces(problem_type(error, beginning)), _INDENT, "type: ClassVar[str] = "),
            "title": laid(Pieces(" ".join(error.label.split())), _INDENT, "title: ClassVar[str] = "),
            "fields": list(self.fields.in_dataclass(error.fields, place)),
        }

    def events(self) -> View:
        """Return the view of `events.py`."""
        place = Place()
        events = [self._event(event, place) for event in self._every(Event)]
        place.imports.module("datetime as dt")
        for name in ("Any", "ClassVar", "Generic", "Literal", "Protocol", "TypeVar"):
            place.imports.name("typing", name)
        place.imports.name("uuid", "uuid4")
        for name in ("BaseModel", "ConfigDict", "Field", "SerializeAsAny"):
            place.imports.name("pydantic", name)
        place.needs("values.Model")
        return {"imports": place.imports.text(), "events": events}

    def _event(self, event: Event, place: Place) -> View:
        subject = subject_field(event, self.blueprint)
        names = self.names.fields(event.fields, "event")
        return {
            "name": self.names.event(event.id),
            "place": str(event.span),
            "doc": docstring(described(event), _INDENT),
            "type": laid(Pieces(event_type(event)), _INDENT, "event_type: ClassVar[str] = "),
            "subject": literal(names[subject.name]) if subject else None,
            "fields": list(self.fields.attributes(event.fields, Side.OUT, place, "event")),
        }

    def _every(self, cls: type[Any]) -> Iterator[Any]:
        """Yield the workspace's own declarations of a class, and those of others that its services name."""
        named: set[str] = set()
        for service in self.blueprint.every(Service):
            named |= {subscription.event.id for subscription in service.subscriptions}
            for operation in service.operations:
                named |= {ref.id for ref in operation.fails} | {ref.id for ref in operation.emits}
        yield from (one for one in self.blueprint.external if isinstance(one, cls) and one.id in named)
        yield from (one for one in self.blueprint.declarations if isinstance(one, cls))
