"""Where in the answer of an operation each fact stands that is known from it.

What a value tells is said in `cxc.flow.meanings`: here is the same with JSON Pointers (RFC 6901). What nobody sees is
in no answer, and what stands in a map has no place of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from cxc.flow.known import meanings_of
from cxc.flow.meanings import named
from cxc.model.blueprint import Blueprint
from cxc.model.data import DataField, DeclaredType, Entity, FieldType, ListType, OptionalType, without_optional
from cxc.model.routes import is_secret, meant_type
from cxc.model.service import Operation


class Place(NamedTuple):
    """Where a fact stands; `sure` says that it is there in every answer and that nothing else has its meaning.

    `first` says that it is that of the first item of a list.
    """

    pointer: str
    sure: bool
    first: bool


class _Value(NamedTuple):
    """A value in an answer: of a type, or of a field."""

    at: Any
    pointer: str
    depth: int
    always: bool
    first: bool


def places(operation: Operation, blueprint: Blueprint) -> Mapping[str, Place]:
    """Return where each fact stands that an answer of an operation tells; it is worked out once for each."""
    found = blueprint.derived(_found)
    if operation.id not in found:
        found[operation.id] = _places(operation, blueprint)
    return found[operation.id]


def _found(blueprint: Blueprint) -> dict[str, Mapping[str, Place]]:
    return {}


def _places(operation: Operation, blueprint: Blueprint) -> Mapping[str, Place]:
    sure = meanings_of(blueprint).result(operation.result)
    found: dict[str, Place] = {}
    depths: dict[str, int] = {}
    doubtful: set[str] = set()
    for value, fact in _facts(operation, blueprint):
        place = Place(value.pointer, value.always and sure.get(fact, False), value.first)
        if fact not in found or (place.sure and not found[fact].sure):
            found[fact] = place
            depths[fact] = value.depth
        elif not found[fact].sure and depths[fact] == value.depth and found[fact].pointer != value.pointer:
            doubtful.add(fact)
    return {fact: place for fact, place in found.items() if place.sure or fact not in doubtful}


def key_places(operation: Operation, blueprint: Blueprint) -> Iterator[tuple[DataField, Place]]:
    """Yield the key fields of the entity that an operation answers with, and where they stand."""
    result = without_optional(operation.result)
    entity = blueprint.get(result.ref) if isinstance(result, DeclaredType) else None
    if isinstance(entity, Entity):
        found = places(operation, blueprint)
        for field in entity.key:
            if field.id in found:
                yield field, found[field.id]


def _facts(operation: Operation, blueprint: Blueprint) -> Iterator[tuple[_Value, str]]:
    """Yield the facts in an answer with the values that tell them, those nearest to its beginning first."""
    waiting = [_Value(operation.result, _beginning(operation, blueprint), 0, True, False)]
    opened: set[tuple[str, bool]] = set()
    for value in waiting:
        at = value.at
        if isinstance(at, DataField):
            yield value, at.id
            yield value, named(at)
            waiting.append(value._replace(at=at.type))
        elif isinstance(at, OptionalType):
            waiting.append(value._replace(at=at.item, always=False))
        elif isinstance(at, ListType):
            inside = _Value(at.item, f"{value.pointer}/0", value.depth + 1, False, True)
            waiting.append(inside)
        elif isinstance(at, (FieldType, DeclaredType)):
            yield value, at.ref.id
            if (at.ref.id, value.always) not in opened:
                opened.add((at.ref.id, value.always))
                waiting += _inside(value, blueprint.get(at.ref), blueprint)


def _inside(value: _Value, found: Any, blueprint: Blueprint) -> Iterator[_Value]:
    """Yield the values inside of one: the type that a field's meaning has, or the fields of a declaration."""
    if isinstance(found, DataField):
        yield value._replace(at=found.type)
        return
    for field in getattr(found, "fields", ()):
        if not is_secret(field, blueprint):
            yield value._replace(at=field, pointer=f"{value.pointer}/{field.name}", depth=value.depth + 1)


def _beginning(operation: Operation, blueprint: Blueprint) -> str:
    """Return where the result begins in the body: pages have their items in an object."""
    is_list = operation.result is not None and isinstance(meant_type(operation.result, blueprint)[0], ListType)
    return "/items" if operation.paged and is_list else ""
