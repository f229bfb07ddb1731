"""What a value tells about a customer: the facts that follow from its type, and those that a parameter needs.

A fact is a text: the id of a field (a value of `Entity.field` is known), the id of a declaration (a whole value of it is
known), or a name with a plain type (`score: int`). That a step knows a fact is left to `cxc.flow.known`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
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
    without_optional,
)

Facts = Mapping[str, bool]
"""Facts, and whether each is sure: one value of a list, or a value that may be missing, is only likely to be it."""


class Need(NamedTuple):
    """What a parameter needs: the fact that is it, and others that will do where nothing better is known."""

    fact: str
    substitutes: tuple[str, ...] = ()


class Meanings:
    """The facts of the types in one design, each type taken apart once."""

    def __init__(self, blueprint: Blueprint) -> None:
        self._blueprint = blueprint
        self._fields: dict[tuple[str, bool], dict[str, bool]] = {}
        self._whole: dict[tuple[str, bool], dict[str, bool]] = {}

    def result(self, type_: Any) -> Facts:
        """Return what is known once a value of a type was returned."""
        return self._of(type_, True)

    def supplied(self, parameter: DataField) -> Facts:
        """Return what is known once a parameter was given."""
        type_ = without_optional(parameter.type)
        facts = dict(self._of(type_, True))
        if not isinstance(type_, FieldType):
            facts[self.need(parameter).fact] = True
        return facts

    def field(self, id: str) -> Facts:
        """Return what is known once the value of a field was handed over."""
        return self._field(id, True)

    def fields(self, fields: Iterable[DataField]) -> Facts:
        """Return what is known once values of some fields were told, as those of an error are."""
        facts: dict[str, bool] = {}
        for field in fields:
            _add(facts, self._field(field.id, True))
        return facts

    def need(self, parameter: DataField) -> Need:
        """Return what must be known for a parameter to be known."""
        type_ = without_optional(parameter.type)
        if isinstance(type_, FieldType):
            return Need(type_.ref.id)
        if isinstance(type_, DeclaredType):
            if isinstance(self._blueprint.get(type_.ref), Entity):
                return Need(type_.ref.id)
            return Need(f"{parameter.name}: {type_.ref.id}", (type_.ref.id,))
        return Need(f"{parameter.name}: {_signature(type_)}")

    def _of(self, type_: Any, sure: bool) -> Mapping[str, bool]:
        if isinstance(type_, (ListType, MapType, OptionalType)):
            return self._of(type_.item, False)
        if isinstance(type_, FieldType):
            return self._field(type_.ref.id, sure)
        if isinstance(type_, DeclaredType):
            return self._declared(type_.ref.id, sure)
        return {}

    def _declared(self, id: str, sure: bool) -> Mapping[str, bool]:
        """Return the facts in a whole value: itself, and all its fields."""
        known = self._whole.get((id, sure))
        if known is None:
            # Set before its fields are looked at: a type may lead back to itself.
            known = self._whole[id, sure] = {id: sure}
            for field in getattr(self._blueprint.get(id), "fields", ()):
                _add(known, self._field(field.id, sure))
        return known

    def _field(self, id: str, sure: bool) -> Mapping[str, bool]:
        """Return the facts in a field's value: itself, what its type means, and likely a parameter of its name."""
        known = self._fields.get((id, sure))
        if known is None:
            known = self._fields[id, sure] = {id: sure}
            field = self._blueprint.get(id)
            if isinstance(field, DataField):
                type_ = without_optional(field.type)
                _add(known, self._of(type_, sure))
                if not isinstance(type_, FieldType):
                    _add(known, {self.need(field).fact: False})
        return known


def _add(facts: dict[str, bool], more: Mapping[str, bool]) -> None:
    for fact, sure in list(more.items()):
        facts[fact] = facts.get(fact, False) or sure


def _signature(type_: Any) -> str:
    """Return a plain type as text: what two parameters of one name must share to mean the same."""
    if isinstance(type_, (ListType, OptionalType)):
        return f"[{_signature(type_.item)}]" if isinstance(type_, ListType) else _signature(type_.item)
    if isinstance(type_, MapType):
        return f"map<{_signature(type_.item)}>"
    if isinstance(type_, (FieldType, DeclaredType)):
        return type_.ref.id
    return type_.name if isinstance(type_, BuiltinType) else "?"
