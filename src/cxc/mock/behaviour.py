"""What operations do: commands make and change things, queries find them.

| operation answers with | command | query |
| --- | --- | --- |
| an entity | changes the one with the given key, else makes one | the first that fits |
| a list of entities | those that fit | those that fit |
| anything else | made up, of what is known | made up, of what is known; the same for the same question |
| nothing | changes the state of what it names | – |

A command chooses one that is there if it says nothing of the entity and what it names leads to some: `reserve_locker`
of an order answers with the store of that order.
"""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import Any

from cxc.mock.asked import Asked
from cxc.mock.data import Data
from cxc.mock.failures import Failures
from cxc.mock.known import Happened, Known, parts, set_by, sets
from cxc.mock.store import Record
from cxc.model.data import (
    DataField,
    DeclaredType,
    Entity,
    Error,
    Event,
    ListType,
    MapType,
    OptionalType,
    Parameter,
    Type,
)
from cxc.model.routes import meant_type
from cxc.model.service import Command

_MADE_UP = 3
"""How many items a list has whose items are nowhere kept."""


class Behaviour:
    """Does what operations are asked to do."""

    def __init__(self, data: Data, *, lenient: bool = False) -> None:
        self.data = data
        self.relations = data.relations
        self.blueprint = data.relations.blueprint
        self.failures = Failures(data)
        self.lenient = lenient
        """Whether what is asked for is made where it is not there."""

    def do(self, asked: Asked) -> Any:
        """Return what an operation answers with; raise `asked.Failed` or `asked.NotThere`."""
        operation = asked.operation
        entity = self.relations.result_entity(operation.result)
        is_list = self.relations.is_list(operation.result)
        makes = isinstance(operation, Command) and entity is not None and not is_list
        self._gather(asked, entity if makes else None)
        self.failures.check(asked, entity)
        if entity is None:
            return self._without_entity(asked)
        if makes:
            done = self._command(asked, entity)
            self.failures.use_up(asked)
            return done
        found = self._fitting(asked, entity)
        if is_list:
            return found
        if found:
            return found[0]
        if isinstance(operation.result, OptionalType):
            return None
        missing = None if self.lenient else self.failures.missing(asked, entity)
        if missing is not None:
            raise missing
        return self.data.make(entity, sets(self.data, entity, asked), known=Known(self.data, asked))

    # ---- what the request names -------------------------------------------------------------------------------------

    def _gather(self, asked: Asked, made: Entity | None) -> None:
        """Find the things that a request names; `made` is the entity that a command may make by the key it is given."""
        for parameter, value in asked.given:
            entity = self.relations.referred(parameter.type)
            if entity is None or isinstance(value, (list, dict)):
                continue
            record = self.data.get(entity, value)
            if record is None and made is not None and entity.id == made.id and self._says_all(asked, entity):
                continue
            if record is None:
                missing = None if self.lenient else self.failures.missing(asked, entity, value)
                if missing is not None:
                    raise missing
                record = self.data.make(entity, {**self._said_of(asked, entity), entity.key[0].name: value})
            asked.records.setdefault(entity.id, record)
            asked.parameters.setdefault(entity.id, parameter)

    def _said_of(self, asked: Asked, entity: Entity) -> dict[str, Any]:
        """Return what a request says of a thing that it names, which is what such a thing would have."""
        fields = {field.id: field.name for field in entity.fields}
        return {
            fields[meaning.id]: value
            for parameter, value in asked.given
            for meaning in self.relations.meanings(parameter.type)
            if meaning.id in fields
        }

    def _says_all(self, asked: Asked, entity: Entity) -> bool:
        """Whether a request says all that a thing must have, so that it can be made with a key of the caller's own."""
        said = sets(self.data, entity, asked)
        needed = [one for one in entity.fields if not (one.key or one.readonly or one.default is not None)]
        return bool(said) and all(one.name in said for one in needed if not isinstance(one.type, OptionalType))

    # ---- commands ---------------------------------------------------------------------------------------------------

    def _command(self, asked: Asked, entity: Entity) -> Record:
        said = sets(self.data, entity, asked)
        own = asked.records.get(entity.id) or self._by_whole_key(asked, entity)
        state = self.failures.reached(asked.operation, entity)
        if own is not None:
            readonly = {field.name for field in entity.fields if field.readonly}
            changed = {name: value for name, value in said.items() if name not in readonly}
            return self.data.put(entity, {**own, **state, **changed})
        keys = self._keys(asked, entity)
        if said or keys or self._is_about(asked, entity):
            return self.data.make(entity, {**state, **said, **keys}, known=Known(self.data, asked))
        return self._chosen(asked, entity)

    def _keys(self, asked: Asked, entity: Entity) -> dict[str, Any]:
        """Return the fields of the key that a request gives, also where they refer to something else."""
        found = {}
        for parameter, value in asked.given:
            meanings = {one.id for one in self.relations.meanings(parameter.type)}
            for field in entity.key:
                theirs = {one.id for one in self.relations.meanings(field.type)}
                is_same = parameter.name == field.name and self.relations.same_type(parameter.type, field.type)
                if field.id in meanings or (not meanings.isdisjoint(theirs)) or (is_same and not meanings):
                    found[field.name] = value
            found |= parts(self.data, entity.key, parameter, value)
        return found

    def _by_whole_key(self, asked: Asked, entity: Entity) -> Record | None:
        keys = self._keys(asked, entity)
        if len(keys) < len(entity.key) or not keys:
            return None
        return self.data.store.get(entity.id, self.data.key(entity, keys))

    def _is_about(self, asked: Asked, entity: Entity) -> bool:
        """Whether a thing is made for what the request names, and not one of those to which that leads."""
        named: list[Entity] = [self.blueprint[id] for id in asked.records]
        if not any(self.relations.leads(one, entity) for one in named):
            return True
        near = {one.id for one, _ in self.data.reached(asked.records)}
        links = self.relations.links(entity)
        return any(link.target.id in near for link in links if not isinstance(link.field.type, OptionalType))

    def _chosen(self, asked: Asked, entity: Entity) -> Record:
        """Return one that is there: that to which the request leads, else the first."""
        for one, record in self.data.reached(asked.records):
            if one.id == entity.id:
                return record
        there = self.data.all(entity)
        return there[0] if there else self.data.make(entity, {}, known=Known(self.data, asked))

    # ---- queries ----------------------------------------------------------------------------------------------------

    def _fitting(self, asked: Asked, entity: Entity) -> list[Record]:
        found = self.data.all(entity)
        for parameter, value in asked.given:
            found = [record for record in found if self._fits(asked, entity, record, parameter, value)]
        return found

    def _fits(self, asked: Asked, entity: Entity, record: Record, parameter: Parameter, value: Any) -> bool:
        target = self.relations.referred(parameter.type)
        if target is not None:
            return self._belongs(asked, entity, record, target, value)
        field = next((one for one in entity.key if one in self.relations.meanings(parameter.type)), None)
        field = field or set_by(self.data, entity, parameter, taken=set())
        if field is not None:
            return bool(record.get(field.name) == value)
        return self._fits_inside(entity, record, parameter, value)

    def _belongs(self, asked: Asked, entity: Entity, record: Record, target: Entity, value: Any) -> bool:
        """Whether a thing is the one with a key, or refers to that, or is referred to by it, where any can."""
        if target.id == entity.id:
            return bool(record.get(entity.key[0].name) == value)
        other = asked.records.get(target.id)
        if other is None:
            return True
        if self.relations.leads(entity, target):
            return self.data.refers(entity, record, target, other)
        if self.relations.leads(target, entity):
            return self.data.refers(target, other, entity, record)
        return True

    def _fits_inside(self, entity: Entity, record: Record, parameter: Parameter, value: Any) -> bool:
        """Whether a part of a thing has the value of a parameter that means a field of that part."""
        for meaning in self.relations.meanings(parameter.type):
            holder = self.relations.holder(meaning)
            for field in entity.fields:
                meant, _ = meant_type(field.type, self.blueprint)
                if holder is not None and isinstance(meant, DeclaredType) and meant.ref.id == holder.id:
                    part = record.get(field.name)
                    return isinstance(part, dict) and part.get(meaning.name) == value
        return True

    # ---- what is nowhere kept ---------------------------------------------------------------------------------------

    def _without_entity(self, asked: Asked) -> Any:
        for id, record in asked.records.items() if isinstance(asked.operation, Command) else ():
            entity: Entity = self.blueprint[id]
            if state := self.failures.reached(asked.operation, entity):
                self.data.put(entity, {**record, **state})
        result = asked.operation.result
        if result is None:
            return None
        random = self.data.random(asked.operation.id, sorted(asked.arguments.items(), key=str))
        return self._made_up(result, random, asked)

    def _made_up(self, type_: Type, random: Random, asked: Asked) -> Any:
        known = Known(self.data, asked)
        plausible = self.data.plausible
        for meaning in self.relations.meanings(type_):
            if (value := known(meaning)) is not None:
                return value
        meant, _ = meant_type(type_, self.blueprint)
        name = asked.operation.name
        if isinstance(meant, ListType):
            return [
                plausible.value(meant.item, name, random, example=number == 0, known=known)
                for number in range(_MADE_UP)
            ]
        if isinstance(meant, MapType):
            return plausible.value(meant, name, random)
        return plausible.value(meant, name, random, known=known)

    # ---- what others are told ---------------------------------------------------------------------------------------

    def event(self, event: Event, asked: Asked, result: Any) -> dict[str, Any]:
        """Return what an event says that an operation causes."""
        known = Happened(self.data, asked, self._result(asked, result))
        return self._told(event.fields, known, self.data.random(event.id, sorted(asked.arguments.items(), key=str)))

    def problem(self, error: Error, asked: Asked) -> dict[str, Any]:
        """Return what a failure says that an operation ends with."""
        return self._told(error.fields, Known(self.data, asked), self.data.random(error.id))

    def _result(self, asked: Asked, result: Any) -> tuple[Entity, Record] | None:
        entity = self.relations.result_entity(asked.operation.result)
        return (entity, result) if entity is not None and isinstance(result, dict) else None

    def _told(self, fields: Sequence[DataField], known: Known, random: Random) -> dict[str, Any]:
        found = {}
        for field in fields:
            value = known(field)
            if value is None and isinstance(field.type, OptionalType):
                continue
            if value is None:
                value = self.data.plausible.default(field)
            found[field.name] = self.data.plausible.field(field, random) if value is None else value
        return found
