"""What a value tells about a customer: the facts that follow from its type, and those that a parameter needs.

A fact is a text: the id of a field (a value of `Entity.field` is known), the id of a declaration (a whole value of it
is), or a name with a type (`score: int`). Where a fact is known is left to `cxc.flow.known`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from cxc.model.blueprint import Blueprint
from cxc.model.data import (
    BuiltinType,
    DataField,
    DeclaredType,
    Entity,
    FieldType,
    ListType,
    MapType,
    OptionalType,
    UnknownType,
    without_optional,
)

Facts = Mapping[str, bool]
"""Facts, and whether each is sure: one value of a list, or a value that may be missing, is only likely to be it."""

ANYTHING = "?"
"""What a value tells whose type could not be understood: it may be anything."""


class Need(NamedTuple):
    """What a parameter needs: the fact that is it, those that mean the same, and others that will do.

    `fact: T.x` means the same as `T.y` where the field's own type is `T.y`, and nothing beside it in its declaration
    has that type. Others will do where nothing better is known: whether they are meant cannot be told.
    """

    fact: str
    same: tuple[str, ...] = ()
    substitutes: tuple[str, ...] = ()


class Meanings:
    """The facts of the types in one design."""

    def __init__(self, blueprint: Blueprint) -> None:
        self._blueprint = blueprint
        self._origins: dict[str, tuple[str, ...]] = {}
        self._shared: dict[str, frozenset[str]] = {}
        self._results: dict[str, Facts] = {}

    def result(self, type_: Any) -> Facts:
        """Return what is known once a value of a type was returned."""
        return self._within([(type_, True)])

    def supplied(self, parameter: DataField) -> Facts:
        """Return what is known once a parameter was given, even if as a value that may be missing."""
        type_ = without_optional(parameter.type)
        facts = dict(self._within([(type_, True)]))
        facts |= dict.fromkeys(self._loosely(parameter), False)
        facts[self.need(parameter).fact] = True
        facts[named(parameter)] = True
        return facts

    def field(self, id: str) -> Facts:
        """Return what is known once the value of a field was handed over."""
        found = self._results.get(id)
        if found is None:
            found = self._results[id] = self._within([(id, True)])
        return found

    def fields(self, fields: Iterable[DataField]) -> Facts:
        """Return what is known once values of some fields were told, as those of an error are."""
        return self._within([(field.id, True) for field in fields])

    def need(self, parameter: DataField) -> Need:
        """Return what must be known for a parameter to be known."""
        type_ = without_optional(parameter.type)
        if isinstance(type_, FieldType):
            return self.need_of(type_.ref.id)
        if isinstance(type_, DeclaredType) and isinstance(self._blueprint.get(type_.ref), Entity):
            return Need(type_.ref.id)
        inner = type_
        while isinstance(inner, (ListType, MapType, OptionalType)):
            inner = inner.item
        of_type = inner.ref.id if isinstance(inner, (FieldType, DeclaredType)) else None
        if isinstance(inner, UnknownType):
            of_type = ANYTHING
        return Need(named(parameter), (), (*self._loosely(parameter), *([of_type] if of_type else [])))

    def need_of(self, field: str) -> Need:
        """Return what must be known for the value of a field to be known."""
        origins = self._origin(field)
        return Need(field, *((origins, ()) if self._is_alone(field) else ((), origins)))

    # ---- what is inside ---------------------------------------------------------------------------------------------

    def _within(self, waiting: list[tuple[Any, bool]]) -> dict[str, bool]:
        """Return all facts in values of some types and fields (by id), with each whether it is sure."""
        facts: dict[str, bool] = {}
        waiting = list(waiting)
        while waiting:
            at, is_sure = waiting.pop()
            while isinstance(at, (ListType, MapType, OptionalType)):
                at, is_sure = at.item, False
            if isinstance(at, UnknownType):
                facts[ANYTHING] = False
                continue
            id = at.ref.id if isinstance(at, (FieldType, DeclaredType)) else at
            if not isinstance(id, str) or facts.get(id, False) or (id in facts and not is_sure):
                continue
            facts[id] = is_sure
            waiting += self._inside(id, is_sure, facts)
        return facts

    def _inside(self, id: str, is_sure: bool, facts: dict[str, bool]) -> Iterator[tuple[Any, bool]]:
        """Yield what a field's type means, or the fields of a whole value; keep what they are likely to be besides."""
        found = self._blueprint.get(id)
        if isinstance(found, DataField):
            for fact in (named(found), *self._loosely(found)):
                facts.setdefault(fact, False)
            yield found.type, is_sure and self._is_alone(id)
            return
        for field in getattr(found, "fields", ()):
            yield field.id, is_sure and not isinstance(field.type, OptionalType)
        if found is not None and not self._blueprint.is_complete(found):
            facts.setdefault(ANYTHING, False)

    def _origin(self, id: str) -> tuple[str, ...]:
        """Return the fields whose meaning a field takes over, the nearest first."""
        found = self._origins.get(id)
        if found is None:
            chain: dict[str, None] = {id: None}
            at = id
            while (next_ := _taken_over(self._blueprint.get(at))) is not None and next_ not in chain:
                chain[next_] = None
                at = next_
            found = self._origins[id] = tuple(chain)[1:]
        return found

    def _is_alone(self, id: str) -> bool:
        """Whether no other field of the declaration that holds a field has the same meaning.

        Of `from: Account.id` and `to: Account.id` in one type it cannot be told which account is meant.
        """
        holder = self._blueprint.holders.get(id)
        if holder is None or not self._origin(id):
            return True
        shared = self._shared.get(holder)
        if shared is None:
            counted: dict[str, int] = {}
            for field in getattr(self._blueprint.get(holder), "fields", ()):
                last = (field.id, *self._origin(field.id))[-1]
                counted[last] = counted.get(last, 0) + 1
            shared = self._shared[holder] = frozenset(fact for fact, number in counted.items() if number > 1)
        return self._origin(id)[-1] not in shared

    @staticmethod
    def _loosely(field: DataField) -> tuple[str, ...]:
        """Return the field by its name and its type without the limits, where that is a type of the language."""
        type_ = without_optional(field.type)
        return (f"{field.name}: {type_.name}",) if isinstance(type_, BuiltinType) else ()


def named(field: DataField) -> str:
    """Return the fact that a value of this name and type is known."""
    return f"{field.name}: {_signature(without_optional(field.type))}"


def _taken_over(field: Any) -> str | None:
    type_ = without_optional(field.type) if isinstance(field, DataField) else None
    return type_.ref.id if isinstance(type_, FieldType) else None


def _signature(type_: Any) -> str:
    """Return a type as text: what two parameters of one name must share to mean the same."""
    if isinstance(type_, (ListType, MapType)):
        return f"{type_.form} of {_signature(without_optional(type_.item))}"
    if isinstance(type_, (FieldType, DeclaredType)):
        return type_.ref.id
    if not isinstance(type_, BuiltinType):
        return ANYTHING
    limits = ", ".join(_limits(type_))
    return f"{type_.name}({limits})" if limits else type_.name


def _limits(type_: BuiltinType) -> Iterator[str]:
    """Yield the constraints of a type as the language writes them."""
    ends = ["" if end is None else f"{end:.15g}" for end in (type_.minimum, type_.maximum)]
    if any(ends):
        yield "..".join(ends)
    if type_.pattern is not None:
        yield f"/{type_.pattern}/"
    yield from (str(digits) for digits in (type_.digits, type_.decimals) if digits is not None)
