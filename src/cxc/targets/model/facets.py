"""What of an element others build against, how it comes about, and what only people read: a hash of each.

To which facet a property belongs is said by the model classes (`cxc.model.base.Facet`). A hash changes if, and only if,
something of its facet changed in the element or in what it holds; where things stand in their files is left out.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from functools import cache
from hashlib import sha256
from typing import Any, NamedTuple

from cxc.bind.plan import plan_of
from cxc.model.base import Element, Facet, Named
from cxc.source import Span

_canonical = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode


class _Property(NamedTuple):
    attribute: str
    key: str
    facet: Facet
    holds_elements: bool


@cache
def _properties(cls: type[Element]) -> tuple[_Property, ...]:
    slots = plan_of(cls).slots
    return tuple(
        _Property(attribute, slot.name, facet_of(cls, attribute), bool(slot.elements))
        for (attribute, info), slot in zip(cls.model_fields.items(), slots, strict=True)
        if info.annotation is not Span and not info.exclude
    )


def facet_of(cls: type[Element], attribute: str) -> Facet:
    """Return the facet of a property: its own, or prose if it takes nothing but text in quotes, or that of its class."""
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
        self.properties.setdefault(facet, {})[key] = value


def facet_hashes(declarations: Iterable[tuple[Named, Mapping[str, Any]]]) -> dict[str, dict[str, str]]:
    """Return, for each named element, the hash of each facet it has something of.

    Declarations come with what is written of them, in which properties that have their default are left out.
    """
    found: dict[str, dict[str, str]] = {}
    for declaration, written in declarations:
        _hash(declaration, written, found)
    return found


def _hash(element: Named, written: Mapping[str, Any], found: dict[str, dict[str, str]]) -> dict[str, str]:
    hashes: dict[str, str] = {}
    found[element.id] = hashes  # before those of its members: the order of the text
    parts = _Parts()
    _collect(element, written, parts, found)
    for facet in Facet:
        own, members = parts.properties.get(facet), parts.members.get(facet)
        if own or members:
            text = _canonical({"properties": own or {}, "members": members or {}})
            hashes[facet.value] = sha256(text.encode()).hexdigest()
    return hashes


def _collect(element: Element, written: Mapping[str, Any], parts: _Parts, found: dict[str, dict[str, str]]) -> None:
    """Put the properties of an element, and of the nameless ones in it, where they belong."""
    for attribute, key, facet, holds_elements in _properties(type(element)):
        if key not in written:
            continue
        if holds_elements:
            _collect_inner(getattr(element, attribute), written[key], (facet, key), parts, found)
        else:
            parts.put(facet, key, written[key])


def _collect_inner(
    value: Any, written: Any, place: tuple[Facet, str], parts: _Parts, found: dict[str, dict[str, str]]
) -> None:
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
    for facet, properties in elsewhere.items():
        parts.put(facet, key, properties)
