"""The things of the platform: made, changed, found, and followed from one to another."""

from __future__ import annotations

import json
from collections.abc import Container, Iterator, Mapping
from random import Random
from typing import Any

from cxc.mock.plausible import Known, Plausible, nothing_known
from cxc.mock.relations import Relations
from cxc.mock.store import Record, Store
from cxc.model.data import DataField, Entity, OptionalType

_FARTHEST = 4
"""How many references are followed."""
_TRIES = 200


class Data:
    """The entities of one design in a store."""

    def __init__(self, relations: Relations, store: Store, seed: int) -> None:
        self.relations = relations
        self.store = store
        self.seed = seed
        self.plausible = Plausible(relations, self._any)

    def random(self, *parts: object) -> Random:
        """Return what draws the same numbers for the same parts at each start."""
        return Random(":".join(str(part) for part in (self.seed, *parts)))

    # ---- keys -------------------------------------------------------------------------------------------------------

    def key(self, entity: Entity, record: Mapping[str, Any]) -> str:
        """Return the key under which a record is kept."""
        return json.dumps([record.get(field.name) for field in entity.key])

    def get(self, entity: Entity, value: Any) -> Record | None:
        """Return the one whose sole key has a value."""
        return self.store.get(entity.id, json.dumps([value]))

    def all(self, entity: Entity) -> list[Record]:
        """Return all of a kind."""
        return self.store.all(entity.id)

    def put(self, entity: Entity, record: Record) -> Record:
        """Keep one, and return it."""
        self.store.put(entity.id, self.key(entity, record), record)
        return record

    # ---- making -----------------------------------------------------------------------------------------------------

    def seed_all(self, count: int, few: Container[str] = ()) -> None:
        """Make some of each kind that is not there, those first that others refer to, with the design's own examples.

        Of `few` there are only half as many, so that something is left of what they refer to.
        """
        for entity in [one for one in self._in_order() if not self.store.count(one.id)]:
            for number in range(count // 2 if entity.id in few else count):
                self.make(entity, {}, example=number == 0, whole=True)

    def _in_order(self) -> list[Entity]:
        done: dict[str, Entity] = {}
        begun: set[str] = set()

        def visit(entity: Entity) -> None:
            if entity.id in begun:
                return
            begun.add(entity.id)
            for link in self.relations.links(entity):
                visit(link.target)
            done[entity.id] = entity

        for entity in self.relations.entities:
            visit(entity)
        return list(done.values())

    def make(
        self,
        entity: Entity,
        given: Mapping[str, Any],
        *,
        known: Known = nothing_known,
        example: bool = True,
        whole: bool = False,
    ) -> Record:
        """Make one of what is given and known; what may be missing is only made up if it is to be `whole`."""
        number = self.store.count(entity.id)
        random = self.random(entity.id, number)
        record: Record = {}
        for field in entity.fields:
            value = given.get(field.name)
            if value is None:
                value = known(field)
            if value is None and not self._is_left_out(field, whole, example):
                value = self._made_up(entity, field, number, random, example=example)
            if value is not None:
                record[field.name] = value
        self._make_new(entity, record, {*given}, random)
        return self.put(entity, record)

    def _is_left_out(self, field: DataField, whole: bool, example: bool) -> bool:
        if not isinstance(field.type, OptionalType):
            return False
        return not whole or field.deprecated is not None or (field.example is None and example)

    def _made_up(self, entity: Entity, field: DataField, number: int, random: Random, *, example: bool) -> Any:
        target = self.relations.referred(field.type)
        if target is not None and not (field.key and target.id == entity.id):
            return self._reference(entity, field, target, number, random)
        default = None if field.key else self.plausible.default(field)
        if default is not None:
            return default
        return self.plausible.field(field, random, example=example)

    def _reference(self, entity: Entity, field: DataField, target: Entity, number: int, random: Random) -> Any:
        """Return the key of one that is there, or else of one that is made for it."""
        key = target.key[0]
        if there := self.store.count(target.id):
            return self.store.nth(target.id, number % there)[key.name]
        if target.id == entity.id or self.relations.leads(target, entity):
            return self.plausible.field(key, random)
        return self.make(target, {})[key.name]

    def _make_new(self, entity: Entity, record: Record, given: set[str], random: Random) -> None:
        """See that the key is new, as far as it was not given."""
        # Where the key is that of something else, there is one for each of those.
        free = [
            field for field in entity.key if field.name not in given and self.relations.referred(field.type) is None
        ]
        for _ in range(_TRIES):
            if not free or self.store.get(entity.id, self.key(entity, record)) is None:
                return
            for field in free:
                record[field.name] = self.plausible.value(field.type, field.name, random, example=False)

    def _any(self, entity: Entity, random: Random) -> Record | None:
        there = self.store.count(entity.id)
        return self.store.nth(entity.id, random.randrange(there)) if there else None

    # ---- following references ---------------------------------------------------------------------------------------

    def reached(self, records: Mapping[str, Record]) -> Iterator[tuple[Entity, Record]]:
        """Yield things, by the ids of their entities, and what they refer to, the nearest first."""
        entities = {entity.id: entity for entity in self.relations.entities}
        waiting = [(entities[id], record, 0) for id, record in records.items()]
        seen: set[tuple[str, str]] = set()
        while waiting:
            entity, record, distance = waiting.pop(0)
            place = entity.id, self.key(entity, record)
            if place in seen:
                continue
            seen.add(place)
            yield entity, record
            if distance < _FARTHEST:
                waiting += [(one, other, distance + 1) for one, other in self._next(entity, record)]

    def _next(self, entity: Entity, record: Record) -> Iterator[tuple[Entity, Record]]:
        for link in self.relations.links(entity):
            value = record.get(link.field.name)
            for one in value if isinstance(value, list) else [value]:
                if one is not None and (found := self.get(link.target, one)):
                    yield link.target, found

    def refers(self, entity: Entity, record: Record, target: Entity, other: Record) -> bool:
        """Whether one thing refers to another, directly or by way of others, or is the same."""
        wanted = self.key(target, other)
        near = self.reached({entity.id: record})
        return any(one.id == target.id and self.key(one, found) == wanted for one, found in near)
