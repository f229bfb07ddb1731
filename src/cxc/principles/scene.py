"""A design as an expression sees it: elements whose properties are found out when they are asked for, each once.

It also keeps whether something was asked that nobody can answer for certain, because a statement was not understood.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta
from functools import cached_property
from typing import Any, TypeVar

from cxc.model.base import Member, Named, Ref
from cxc.model.blueprint import Blueprint
from cxc.model.journey import Journey, Phase
from cxc.model.values import Duration
from cxc.principles.view import Property, Words, properties_of, roots

N = TypeVar("N", bound=Named)


class Thing:
    """An element of the design, or a value of several parts, as an expression holds it."""

    __slots__ = ("_known", "element", "scene")

    def __init__(self, element: Any, scene: Scene) -> None:
        self.element = element
        self.scene = scene
        self._known: dict[str, Any] = {}

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Thing):
            return False
        mine, theirs = self.element, other.element
        if isinstance(mine, Named) or isinstance(theirs, Named):
            return getattr(mine, "id", None) == getattr(theirs, "id", "")
        return bool(mine == theirs)

    def __hash__(self) -> int:
        element = self.element
        return hash(element.id if isinstance(element, Named) else type(element))

    def get(self, name: str) -> Any:
        """Return the value of a property; None where it is not given, or elements of this kind do not have it."""
        scene, element = self.scene, self.element
        if element.__class__ in scene.fragile and getattr(element, "id", None) in scene.blueprint.incomplete:
            scene.doubtful = True
        if name not in self._known:
            found = scene.properties(type(element)).get(name)
            before, scene.doubtful = scene.doubtful, False
            value = None if found is None else scene.shown(found.read(element, scene))
            if value is None and found is not None and found.listed:
                value = ()
            self._known[name] = (value, scene.doubtful)
            scene.doubtful = before
        value, is_doubtful = self._known[name]
        if is_doubtful:
            scene.doubtful = True
        return value

    def has(self, name: str) -> bool:
        """Whether a property is given: a lane that is `none` is, another list where something is in it."""
        found = self.scene.properties(type(self.element)).get(name)
        value = self.get(name)
        if found is None or value is None:
            return False
        if isinstance(value, tuple) and not value:
            return found.listed and found.may_be_none and found.read(self.element, self.scene) is not None
        return True


class Scene:
    """What expressions ask of one design."""

    def __init__(self, blueprint: Blueprint) -> None:
        self.blueprint = blueprint
        self.doubtful = False
        """Whether something was asked for that was not understood; whoever wants to know resets it first."""
        self._things: dict[int, Thing] = {}
        self._roots: dict[str, tuple[Thing, ...]] = {}
        self._properties: dict[type[Any], Mapping[str, Property]] = {}

    @cached_property
    def fragile(self) -> frozenset[type[Any]]:
        """The classes of which an element was not understood in full."""
        found = (self.blueprint.elements.get(id) for id in self.blueprint.incomplete)
        return frozenset(type(element) for element in found if element is not None)

    def root(self, name: str) -> tuple[Thing, ...]:
        """Return a collection of the design."""
        if self.blueprint.may_lack_declarations:
            self.doubtful = True
        if name not in self._roots:
            cls = roots()[name].cls
            found: Iterable[Any] = (
                (phase for journey in self.blueprint.every(Journey) for phase in journey.phases)
                if cls is Phase
                else (element for element in self.blueprint.every(cls) if element.kind == cls.kind)
            )
            self._roots[name] = tuple(self.thing(element) for element in found)
        return self._roots[name]

    def properties(self, cls: type[Any]) -> Mapping[str, Property]:
        """Return the properties of a class by name."""
        if cls not in self._properties:
            self._properties[cls] = {one.name: one for one in properties_of(cls)}
        return self._properties[cls]

    def thing(self, element: Any) -> Thing:
        """Return an element as expressions hold it; there is one for each."""
        found = self._things.get(id(element))
        if found is None:
            # It keeps the element alive, so that no other one can get its number.
            found = self._things[id(element)] = Thing(element, self)
        return found

    def shown(self, value: Any) -> Any:
        """Return a value of the model as expressions hold it."""
        if value is None or isinstance(value, (bool, timedelta)):
            return value
        if isinstance(value, Duration):
            return timedelta(milliseconds=int(value))
        if isinstance(value, (str, int, float)):
            return value
        if isinstance(value, (list, tuple)) and not isinstance(value, Words):
            return tuple(found for one in value if (found := self.shown(one)) is not None)
        if isinstance(value, Ref):
            element = self.blueprint.get(value)
            return None if element is None else self.thing(element)
        if isinstance(value, dict):
            return {key: self.shown(one) for key, one in value.items()}
        return self.thing(value)

    # ---- what the functions of properties need ----------------------------------------------------------------------

    def get(self, refs: Iterable[Ref[Any]], cls: type[N]) -> list[N]:
        """Return the elements of a class among those that are referred to, each once."""
        found = (self.blueprint.get(ref) for ref in dict.fromkeys(refs))
        return [element for element in found if isinstance(element, cls)]

    def users(self, element: Named, cls: type[N], *words: str) -> list[N]:
        """Return the elements of a class that name another, by one of some properties; each once."""
        self.doubt(self.blueprint.may_be_meant(element, *words))
        uses = self.blueprint.used_by.get(element.id, ())
        ids = dict.fromkeys(use.user for use in uses if not words or use.word in words)
        found = (self.blueprint.get(id) for id in ids)
        return [user for user in found if isinstance(user, cls)]

    def doubt(self, is_doubtful: bool) -> None:
        """Remember that what is being found out is uncertain, where it is."""
        if is_doubtful:
            self.doubtful = True

    def require(self, elements: Iterable[Named]) -> None:
        """Remember that what is being found out is uncertain, unless all of some elements were understood."""
        self.doubt(not all(map(self.blueprint.is_complete, elements)))


def once(elements: Iterable[N]) -> list[N]:
    """Return elements each once, in their order."""
    return list({element.id: element for element in elements}.values())


def name_of(thing: Thing) -> str | None:
    """Return the name of an element as messages have it, that of a part with what holds it; None where it has none."""
    element = thing.element
    if not isinstance(element, Named):
        return None
    holder = thing.scene.blueprint.holder(element) if isinstance(element, Member) else None
    return element.name if holder is None else f"{holder.name}.{element.name}"
