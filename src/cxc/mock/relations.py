"""Which fields and parameters mean the same thing, and which entity refers to which."""

from __future__ import annotations

from functools import cached_property
from typing import NamedTuple

from cxc.model.base import Named
from cxc.model.blueprint import Blueprint
from cxc.model.data import DataField, DeclaredType, Entity, FieldType, ListType, MapType, OptionalType, Type
from cxc.model.routes import meant_type
from cxc.targets.jsonschema.types import type_key


class Link(NamedTuple):
    """A field of an entity that holds the key of another one."""

    field: DataField
    target: Entity


class Relations:
    """What refers to what in one design."""

    def __init__(self, blueprint: Blueprint) -> None:
        self.blueprint = blueprint
        self._links: dict[str, tuple[Link, ...]] = {}

    @cached_property
    def entities(self) -> tuple[Entity, ...]:
        """All entities, those of other workspaces included."""
        declared = (*self.blueprint.external, *self.blueprint.declarations)
        return tuple(one for one in declared if isinstance(one, Entity))

    def meanings(self, type_: Type) -> list[DataField]:
        """Return the fields that a type stands for: `Card.id` where it is `Payment.card`, which is `Card.id`."""
        found: list[DataField] = []
        while isinstance(type_, (OptionalType, FieldType)):
            if isinstance(type_, OptionalType):
                type_ = type_.item
                continue
            field = self.blueprint.get(type_.ref)
            if not isinstance(field, DataField) or field in found:
                break
            found.append(field)
            type_ = field.type
        return found

    def holder(self, field: DataField) -> Named | None:
        """Return what has a field."""
        found: Named | None = self.blueprint.holder(field)
        return found

    def is_sole_key(self, field: DataField) -> bool:
        """Whether a field alone identifies an entity."""
        holder = self.holder(field)
        return isinstance(holder, Entity) and [one.id for one in holder.key] == [field.id]

    def referred(self, type_: Type) -> Entity | None:
        """Return the entity whose key a type means."""
        for field in self.meanings(type_):
            if self.is_sole_key(field):
                return self.blueprint[self.blueprint.holders[field.id]]  # type: ignore[no-any-return]
        return None

    def links(self, entity: Entity) -> tuple[Link, ...]:
        """Return the fields of an entity that refer to others, or to others of its kind."""
        if entity.id not in self._links:
            found = []
            for field in entity.fields:
                type_ = field.type.item if isinstance(field.type, OptionalType) else field.type
                target = self.referred(type_.item if isinstance(type_, ListType) else type_)
                if target is not None:
                    found.append(Link(field, target))
            self._links[entity.id] = tuple(found)
        return self._links[entity.id]

    def leads(self, entity: Entity, target: Entity) -> bool:
        """Whether references lead from an entity to another one."""
        seen = {entity.id}
        waiting = [entity]
        while waiting:
            for link in self.links(waiting.pop()):
                if link.target.id == target.id:
                    return True
                if link.target.id not in seen:
                    seen.add(link.target.id)
                    waiting.append(link.target)
        return False

    def embeds(self, entity: Entity) -> bool:
        """Whether a field of an entity holds whole things, by which such values would grow and grow."""
        return any(self.result_entity(field.type) is not None for field in entity.fields)

    def result_entity(self, type_: Type | None) -> Entity | None:
        """Return the entity that an operation answers with, alone or in a list."""
        if type_ is None:
            return None
        meant, _ = meant_type(type_, self.blueprint)
        if isinstance(meant, ListType):
            meant, _ = meant_type(meant.item, self.blueprint)
        declared = self.blueprint.get(meant.ref) if isinstance(meant, DeclaredType) else None
        return declared if isinstance(declared, Entity) else None

    def is_list(self, type_: Type | None) -> bool:
        """Whether a type is that of lists."""
        return type_ is not None and isinstance(meant_type(type_, self.blueprint)[0], ListType)

    def same_type(self, one: Type, other: Type) -> bool:
        """Whether two types take the same values, whether or not these may be missing."""
        return self._plain_key(one) == self._plain_key(other)

    def _plain_key(self, type_: Type) -> object:
        meant, _ = meant_type(type_, self.blueprint)
        if isinstance(meant, (ListType, MapType)):
            return meant.form, self._plain_key(meant.item)
        return type_key(meant)

    def customer(self) -> Entity | None:
        """Return the entity that holds the customers' own records: that of the personas."""
        from cxc.model.organisation import Persona

        for persona in self.blueprint.every(Persona):
            if persona.entity is not None and (entity := self.blueprint.get(persona.entity)):
                return entity  # type: ignore[no-any-return]
        return None
