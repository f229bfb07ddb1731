"""Which failure of the design answers whom: by what a request names, and by the data as it stands.

The conventions are few, and the same for every design:

- what is named and not there: the declared failure with 404 that is about it, else a general 404; where the only
  declared ones are about something else, it is made, since a general 404 would be taken for one of them;
- a read-only field that a parameter means must have that value: else the declared failure about it;
- a thing in a state whose words stand in the name of a failure: that failure (`expired`, `OfferExpired`);
- a number such as `refills_left` that stands at 0, of the thing that a failure names: that failure;
- a thing that a failure with 409 names belongs to one only: whoever comes second gets that failure.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from cxc.mock.asked import Asked, Failed, NotThere, one_line
from cxc.mock.data import Data
from cxc.mock.known import set_by
from cxc.mock.store import Record
from cxc.model.data import BuiltinType, DataField, DeclaredType, Entity, EnumType, Error, Parameter
from cxc.model.routes import meant_type, name_words
from cxc.model.service import Command, Operation, Service

_LEFT = frozenset("left free remaining available".split())
_FEWEST_LETTERS = 3
_ENDINGS = frozenset({"ed", "ied", "d", "e", "en", "n", "ing"})
_IRREGULAR = {
    "begin": "begun", "break": "broken", "buy": "bought", "choose": "chosen", "find": "found", "freeze": "frozen",
    "give": "given", "hold": "held", "lose": "lost", "pay": "paid", "sell": "sold", "send": "sent", "take": "taken",
    "withdraw": "withdrawn", "write": "written",
}  # fmt: skip


class Failures:
    """Finds the failures of requests."""

    def __init__(self, data: Data) -> None:
        self.data = data
        self.relations = data.relations
        self.blueprint = data.relations.blueprint

    def declared(self, operation: Operation) -> list[Error]:
        """Return the failures that an operation declares."""
        return [error for ref in dict.fromkeys(operation.fails) if (error := self.blueprint.get(ref))]

    # ---- what is not there ------------------------------------------------------------------------------------------

    def missing(self, asked: Asked, entity: Entity, value: Any = None) -> Failed | NotThere | None:
        """Return the failure of a request for something that is not there.

        It is None where a general 404 would be taken for a declared one that is about something else.
        """
        which = f" with {entity.key[0].name} {one_line(value)}" if value is not None else " that fits"
        detail = f"There is no {' '.join(entity.label.split())}{which}"
        error = self._about_missing(asked.operation, entity)
        if error is not None:
            return Failed(error, detail, "not there")
        is_clear = all(one.status != 404 for one in self.declared(asked.operation))
        return NotThere(entity, detail) if is_clear else None

    def _about_missing(self, operation: Operation, entity: Entity) -> Error | None:
        """Return the declared failure that something is not there, the one that is most about an entity."""
        parameters = (self.relations.referred(parameter.type) for parameter in operation.parameters)
        others = [one for one in parameters if one is not None and one.id != entity.id]
        ranked = [(self._nearness(error, entity, others), error) for error in self.declared(operation)]
        ranked = [(near, error) for near, error in ranked if near and error.status == 404]
        return max(ranked, key=lambda one: one[0])[1] if ranked else None

    def _nearness(self, error: Error, entity: Entity, others: list[Entity]) -> int:
        if self._names(error, entity):
            return 3
        words = set(name_words(error.name))
        if set(name_words(entity.name)) <= words:
            return 2
        about_other = any(self._names(error, one) or set(name_words(one.name)) & words for one in others)
        return 0 if about_other else 1

    def _names(self, error: Error, entity: Entity) -> bool:
        """Whether a field of a failure holds the key of an entity."""
        targets = (self.relations.referred(field.type) for field in error.fields)
        return any(one is not None and one.id == entity.id for one in targets)

    # ---- what the data forbids --------------------------------------------------------------------------------------

    def check(self, asked: Asked, result: Entity | None) -> None:
        """Raise the failure that the things a request names have for it."""
        declared = [error for error in self.declared(asked.operation) if error.status < 500]
        if not declared:
            return
        for failed in (*self._wrong(asked, declared), *self._in_state(asked, declared)):
            raise failed
        if not isinstance(asked.operation, Command):
            return
        for failed in (*self._used_up(asked, declared), *self._taken(asked, declared, result)):
            raise failed

    def _wrong(self, asked: Asked, declared: list[Error]) -> Iterator[Failed]:
        for parameter, value in asked.given:
            for field in self.relations.meanings(parameter.type):
                holder = self.relations.holder(field)
                record = asked.records.get(holder.id) if holder else None
                if not field.readonly or field.key or record is None or record.get(field.name) in (None, value):
                    continue
                if error := self._about_field(declared, field, parameter):
                    detail = f"`{parameter.name}` is not that of the {holder.label if holder else 'thing'}"
                    yield Failed(error, detail, f"wrong {parameter.name}")

    def _about_field(self, declared: list[Error], field: DataField, parameter: Parameter) -> Error | None:
        words = {*name_words(field.name), *name_words(parameter.name)}
        candidates = [error for error in declared if error.status != 404]
        named = [error for error in candidates if words & set(name_words(error.name))]
        return named[0] if named else candidates[0] if len(candidates) == 1 else None

    def _in_state(self, asked: Asked, declared: list[Error]) -> Iterator[Failed]:
        for id, record in asked.records.items():
            entity: Entity = self.blueprint[id]
            for field, _ in self.states(entity):
                state = record.get(field.name)
                for error in declared if state is not None else ():
                    if set(name_words(str(state))) <= set(name_words(error.name)):
                        yield Failed(error, f"The {entity.label} is {state}", f"{field.name} is {state}")

    def states(self, entity: Entity) -> Iterator[tuple[DataField, EnumType]]:
        """Yield the fields of an entity that hold a choice."""
        for field in entity.fields:
            meant, _ = meant_type(field.type, self.blueprint)
            declared = self.blueprint.get(meant.ref) if isinstance(meant, DeclaredType) else None
            if isinstance(declared, EnumType):
                yield field, declared

    def _used_up(self, asked: Asked, declared: list[Error]) -> Iterator[Failed]:
        for error in declared:
            for entity, record, counter in self._counted(asked, error):
                if record.get(counter.name) == 0:
                    detail = f"`{counter.name}` of the {entity.label} is 0"
                    yield Failed(error, detail, f"{counter.name} is 0")

    def _counted(self, asked: Asked, error: Error) -> Iterator[tuple[Entity, Record, DataField]]:
        for id, record in asked.records.items():
            entity: Entity = self.blueprint[id]
            for field in entity.fields if self._names(error, entity) else ():
                if _counts(field):
                    yield entity, record, field

    def use_up(self, asked: Asked) -> None:
        """Take one away of what a successful command uses up."""
        for error in self.declared(asked.operation):
            for entity, record, counter in self._counted(asked, error):
                if record.get(counter.name):
                    record[counter.name] -= 1
                    self.data.put(entity, record)

    def _taken(self, asked: Asked, declared: list[Error], result: Entity | None) -> Iterator[Failed]:
        if result is None or result.id in asked.records:
            return
        for error in declared:
            for id, record in asked.records.items() if error.status == 409 else ():
                entity: Entity = self.blueprint[id]
                if not self._names(error, entity) or any(_counts(field) for field in entity.fields):
                    continue
                field = set_by(self.data, result, asked.parameters[id], taken=set())
                key = record[entity.key[0].name]
                if field and any(one.get(field.name) == key for one in self.data.all(result)):
                    yield Failed(error, f"The {entity.label} belongs to another {result.label}", "taken")

    def takers(self) -> set[str]:
        """Return the entities that take something for themselves, of which there must be some left to begin with."""
        found = set()
        for service in self.blueprint.every(Service):
            for operation in service.operations:
                result = self.relations.result_entity(operation.result)
                conflicts = [error for error in self.declared(operation) if error.status == 409]
                links = self.relations.links(result) if result and isinstance(operation, Command) else ()
                targets = [link.target for link in links if not any(map(_counts, link.target.fields))]
                if result and any(self._names(error, target) for error in conflicts for target in targets):
                    found.add(result.id)
        return found

    # ---- states that commands lead to -------------------------------------------------------------------------------

    def reached(self, operation: Operation, entity: Entity) -> dict[str, Any]:
        """Return the state that a command brings a thing to: `approve_refill` to `approved`, `pay` to `paid: true`."""
        verbs = name_words(operation.name)
        found: dict[str, Any] = {}
        for field in entity.fields:
            if isinstance(field.type, BuiltinType) and field.type.name == "bool" and _follows(field.name, verbs):
                found[field.name] = True
        for field, choices in self.states(entity):
            for value in choices.values:
                if _follows(value.name, verbs) and not value.deprecated:
                    found[field.name] = value.name
        return found


def _counts(field: DataField) -> bool:
    type_ = field.type
    is_number = isinstance(type_, BuiltinType) and type_.name == "int" and type_.minimum == 0
    return is_number and not _LEFT.isdisjoint(name_words(field.name))


def _follows(name: str, verbs: list[str]) -> bool:
    """Whether a name says that something has been done: `handed_over` of `hand_over`."""
    words = name_words(name)
    return len(words) <= len(verbs) and all(map(_is_form_of, words, verbs))


def _is_form_of(word: str, verb: str) -> bool:
    """Whether a word is a form of a verb, as far as English is regular: `approved` of `approve`."""
    if word == verb or _IRREGULAR.get(verb) == word:
        return True
    if verb.endswith("ate") and word == f"{verb[:-3]}e":
        return True
    stem = verb[:-1] if verb.endswith(("e", "y")) else verb
    if len(verb) < _FEWEST_LETTERS or not word.startswith(stem):
        return False
    ending = word[len(stem) :]
    return ending in _ENDINGS or (ending[:1] == stem[-1] and ending[1:] in _ENDINGS)
