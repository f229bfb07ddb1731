"""What of an element others build against, how it comes about, and what only people read: a hash of each.

To which facet a property belongs is said by the model classes (`cxc.model.base.Facet`). A hash changes if, and only if,
something of its facet changed in the element or in what it holds; where things stand in their files is left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from hashlib import sha256
from typing import Any, NamedTuple

from pydantic_core import to_json

from cxc.bind.plan import plan_of
from cxc.model.base import Element, Facet, Named
from cxc.source import Span

Hashes = dict[str, str]
"""The hash of each facet, for the facets an element has something of."""


class _Property(NamedTuple):
    attribute: str
    key: str
    facet: str
    holds_elements: bool


@cache
def _properties(cls: type[Element]) -> tuple[_Property, ...]:
    """Return the properties of a class, in the order in which canonical JSON has them."""
    found = [
        _Property(attribute, slot.name, facet_of(cls, attribute).value, bool(slot.elements))
        for (attribute, info), slot in zip(cls.model_fields.items(), plan_of(cls).slots, strict=True)
        if info.annotation is not Span and not info.exclude
    ]
    return tuple(sorted(found, key=lambda property: property.key))


def facet_of(cls: type[Element], attribute: str) -> Facet:
    """Return the facet of a property: its own, or prose if it takes only text in quotes, or else that of its class."""
    info = cls.model_fields[attribute]
    explicit = next((mark for mark in info.metadata if isinstance(mark, Facet)), None)
    if explicit is not None:
        return explicit
    slot = next(slot for slot in plan_of(cls).slots if slot.name == (info.alias or attribute))
    is_text = slot.options == (str,) and not (slot.kinds or slot.choices or slot.elements)
    return Facet.PROSE if is_text else cls.facet


class _Parts:
    """What an element holds, by facet: its properties, and the hashes of the named elements in it."""

    __slots__ = ("members", "properties")

    def __init__(self) -> None:
        self.properties: dict[str, dict[str, Any]] = {}
        self.members: dict[str, dict[str, str]] = {}

    def put(self, facet: str, key: str, value: Any) -> None:
        held = self.properties.get(facet)
        if held is None:
            self.properties[facet] = {key: value}
        else:
            held[key] = value


def facet_hashes(declarations: Iterable[tuple[Named, Mapping[str, Any]]]) -> dict[str, Hashes]:
    """Return the hashes of each named element by its id.

    Declarations come with what is written of them, in which properties that have their default are left out.
    """
    found: dict[str, Hashes] = {}
    for declaration, written in declarations:
        _hash(declaration, written, found)
    return found


def _hash(element: Named, written: Mapping[str, Any], found: dict[str, Hashes]) -> Hashes:
    hashes: Hashes = {}
    found[element.id] = hashes  # before those of its members: the order of the text
    parts = _Parts()
    _collect(element, written, parts, found)
    for facet in _FACETS:
        properties, members = parts.properties.get(facet), parts.members.get(facet)
        if properties or members:
            canonical = {"members": dict(sorted(members.items())) if members else {}, "properties": properties or {}}
            hashes[facet] = sha256(to_json(canonical)).hexdigest()
    return hashes


_FACETS = tuple(facet.value for facet in Facet)


def _collect(element: Element, written: Mapping[str, Any], parts: _Parts, found: dict[str, Hashes]) -> None:
    """Put the properties of an element, and of the nameless ones in it, where they belong."""
    for attribute, key, facet, holds_elements in _properties(type(element)):
        value = written.get(key, _ABSENT)
        if value is _ABSENT:
            continue
        if holds_elements:
            _collect_inner(getattr(element, attribute), value, (facet, key), parts, found)
        else:
            parts.put(facet, key, dict(sorted(value.items())) if type(value) is dict else value)


_ABSENT = object()


def _collect_inner(value: Any, written: Any, place: tuple[str, str], parts: _Parts, found: dict[str, Hashes]) -> None:
    """Divide the elements of a property among the facets; which there are, in their order, belongs to its own facet."""
    own, key = place
    elements, texts = (value, written) if type(value) is tuple else ((value,), (written,))
    listed: list[Any] = []
    elsewhere: dict[str, list[Any]] = {}
    for element, text in zip(elements, texts, strict=True):
        if isinstance(element, Named):
            listed.append(element.id)
            for facet, digest in _hash(element, text, found).items():
                parts.members.setdefault(facet, {})[element.id] = digest
            continue
        inner = _Parts()
        _collect(element, text, inner, found)
        listed.append(inner.properties.pop(own, {}))
        for facet, properties in inner.properties.items():
            elsewhere.setdefault(facet, []).append(properties)
        for facet, hashes in inner.members.items():
            parts.members.setdefault(facet, {}).update(hashes)
    parts.put(own, key, listed)
    for facet, those in elsewhere.items():
        parts.put(facet, key, those)
