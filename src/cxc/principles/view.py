"""What a principle can ask of a design: for each kind of element its properties, with types and descriptions.

The properties that a designer writes are those of the model classes, by the names that `blueprint.json` has for them; a
reference is the element itself. What the compiler finds out besides is declared with `told`, in the modules `journeys`,
`platform` and `organisation` beside this one. So a new word of the language can be asked for without a line here.

A value that is not given is `null`; a list that is not given is empty, and `has()` tells both from what is there.
"""

from __future__ import annotations

import types
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar, Union, get_args, get_origin, get_type_hints

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from cxc.bind.plan import Slot, plan_of
from cxc.model import vocabulary
from cxc.model.base import Element, Named, plural, words
from cxc.model.journey import Phase
from cxc.model.values import Duration
from cxc.principles.types import BOOL, DOUBLE, DURATION, DYN, INT, STRING, Type, joined, list_of, object_of

if TYPE_CHECKING:
    from cxc.principles.scene import Scene

Read = Callable[[Any, "Scene"], Any]
"""Returns the value of a property of an element of the model."""


class Property(NamedTuple):
    """A property that can be asked for; `told` says that the compiler finds it out, and nobody writes it."""

    name: str
    description: str
    type: Type
    read: Read
    told: bool = False
    listed: bool = False
    """Whether it is a list, which is empty where it is not given."""
    may_be_none: bool = False
    """Whether the design can say that the list is empty on purpose."""


class Words(NamedTuple):
    """A text that stands where a reference could."""

    text: str


class Shape:
    """What elements of one kind have; of several kinds, where a property may lead to any of them."""

    def __init__(self, classes: tuple[type[Any], ...]) -> None:
        self.classes = classes

    def __repr__(self) -> str:
        return f"Shape({self.one})"

    @property
    def word(self) -> str:
        """What to call one of them."""
        return " or ".join(dict.fromkeys(_word(cls) for cls in self.classes))

    @property
    def one(self) -> str:
        """What to call one of them, with its article."""
        return f"{'an' if self.word[:1] in 'aeiou' else 'a'} {self.word}"

    @property
    def many(self) -> str:
        """What to call several of them."""
        return " or ".join(dict.fromkeys(plural(_word(cls)) for cls in self.classes))

    @cached_property
    def properties(self) -> Mapping[str, Property]:
        """Their properties by name; of several kinds, those of any of them."""
        found: dict[str, Property] = {}
        for cls in self.classes:
            for one in properties_of(cls):
                other = found.get(one.name)
                found[one.name] = one if other is None else other._replace(type=joined(other.type, one.type))
        return found

    def overlaps(self, other: Shape) -> bool:
        """Whether an element can be of both."""
        return any(issubclass(one, two) or issubclass(two, one) for one in self.classes for two in other.classes)


_SHAPES: dict[tuple[type[Any], ...], Shape] = {}


def shape_of(*classes: type[Any]) -> Shape:
    """Return the shape of some kinds of elements; there is one for each set of them."""
    return _SHAPES.setdefault(classes, Shape(classes))


def _word(cls: type[Any]) -> str:
    """Return what to call one element of a class: its kind, or the words that make up the name of the class."""
    kind = getattr(cls, "kind", "")
    if cls is Words:
        return "text"
    return str(kind) if kind else "data type" if cls.__name__.endswith("Type") else words(cls.__name__).lower()


# ---- the collections ------------------------------------------------------------------------------------------------


class Root(NamedTuple):
    """A collection of the whole design that an expression may begin with."""

    name: str
    cls: type[Any]
    type: Type


@cache
def roots() -> Mapping[str, Root]:
    """Return the collections by name: one for each kind of element, and the phases of all journeys."""
    found = [Root(plural(kind), cls, list_of(object_of(shape_of(*_concrete(cls))))) for kind, cls in _by_kind().items()]
    found.append(Root("phases", Phase, list_of(object_of(shape_of(Phase)))))
    return {root.name: root for root in sorted(found, key=lambda root: root.name)}


@cache
def _by_kind() -> Mapping[str, type[Named]]:
    """Return the class of each kind of element that has an id."""
    return {
        cls.kind: cls
        for cls in vocabulary().values()
        if issubclass(cls, Named) and isinstance(vars(cls).get("kind"), str) and cls.kind
    }


def _concrete(cls: type[Any]) -> tuple[type[Any], ...]:
    """Return the classes of the elements of a kind: an operation is a query or a command."""
    parts = [one for one in vocabulary().values() if issubclass(one, cls) and one is not cls and one.word]
    return tuple(parts) if parts and not cls.word else (cls,)


# ---- properties that are told ---------------------------------------------------------------------------------------

F = TypeVar("F", bound="types.FunctionType | Read")
_TOLD: dict[type[Any], dict[str, Read]] = {}


def told(cls: type[Any], name: str | None = None) -> Callable[[F], F]:
    """Declare a property of a kind of element; its type, its description and mostly its name are the function's."""

    def declare(function: F) -> F:
        _TOLD.setdefault(cls, {})[name or str(function.__name__)] = function
        return function

    return declare


def _told(cls: type[Any]) -> Iterator[Property]:
    from cxc.principles import journeys, organisation, platform  # noqa: F401 - they declare the properties

    for base in reversed(cls.__mro__):
        for name, function in _TOLD.get(base, {}).items():
            hint = get_type_hints(function)["return"]
            description = " ".join((function.__doc__ or "").split())
            yield Property(name, description, _type(hint), function, told=True)


def _type(hint: Any) -> Type:
    """Return the type of what a function of a property returns."""
    origin, arguments = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        alternatives = [one for one in arguments if one is not type(None)]
        if all(isinstance(one, type) and issubclass(one, BaseModel) for one in alternatives):
            classes = tuple(cls for one in alternatives for cls in _concrete(one))
            return object_of(shape_of(*classes), maybe=len(alternatives) < len(arguments))
        inner = _type(alternatives[0])
        return Type(inner.name, inner.of, inner.choices, inner.shape, maybe=True)
    if origin is list:
        return list_of(_type(arguments[0]))
    simple = {bool: BOOL, int: INT, float: DOUBLE, str: STRING, timedelta: DURATION}
    return simple[hint] if hint in simple else object_of(shape_of(*_concrete(hint)))


# ---- properties that are written ------------------------------------------------------------------------------------


_PROPERTIES: dict[type[Any], tuple[Property, ...]] = {}


def properties_of(cls: type[Any]) -> tuple[Property, ...]:
    """Return the properties of one kind of element: those written, then those told."""
    if cls not in _PROPERTIES:
        _PROPERTIES[cls] = tuple(_found_out(cls))
    return _PROPERTIES[cls]


def _found_out(cls: type[Any]) -> Iterable[Property]:
    if cls is Words:
        return (Property("text", "The words that stand where a name could.", STRING, _attribute("text")),)
    if not issubclass(cls, Element):
        return _compound(cls)
    slots = zip(cls.model_fields.items(), plan_of(cls).slots, strict=True)
    written = [_written(name, info, slot) for (name, info), slot in slots if name not in _NOT_ASKED]
    names = {one.name for one in written}
    return (*written, *(one for one in _told(cls) if one.name not in names))


_NOT_ASKED = frozenset({"span", "default_span", "example_span"})
_VALUES: dict[Any, Type] = {Duration: DURATION, bool: BOOL, int: INT, float: DOUBLE, str: STRING}
"""The types of plain values; a subclass of one of them is one."""


def _written(attribute: str, info: FieldInfo, slot: Slot) -> Property:
    type_ = list_of(_single(slot)) if slot.many else _single(slot)
    is_sure = slot.many or info.is_required() or info.default is not None
    if not is_sure:
        type_ = replace(type_, maybe=True)
    read = _attribute(attribute)
    if _item(type_).shape is not None and (slot.choices or str in slot.options):
        read = _named_or_not(attribute, slot.choices)
    description = slot.description or "What tells it from others of its sort."
    return Property(slot.name, description, type_, read, listed=slot.many, may_be_none=slot.may_be_none)


def _item(type_: Type) -> Type:
    return type_.item if type_.name == "list" else type_


def _single(slot: Slot) -> Type:
    """Return the type of one value of a slot."""
    objects: list[type[Any]] = list(slot.elements)
    if slot.kinds is not None:
        objects += [cls for kind in slot.kinds.kinds for cls in _concrete(_by_kind()[kind])]
    objects += [one for one in slot.options if isinstance(one, type) and issubclass(one, BaseModel)]
    plain = [one for one in slot.options if one not in objects]
    if objects:
        if str in plain:
            objects.append(Words)
        return object_of(shape_of(*objects), maybe=bool(slot.choices))
    if slot.choices and not plain:
        return Type("string", choices=slot.choices)
    found = {_plain(one) for one in plain}
    return found.pop() if len(found) == 1 and not slot.choices else DYN


def _plain(option: Any) -> Type:
    bases = option.__mro__ if isinstance(option, type) else ()
    return next((_VALUES[base] for base in bases if base in _VALUES), DYN)


def _compound(cls: type[BaseModel]) -> Iterator[Property]:
    """Yield the parts of a value that has several."""
    for name, info in cls.model_fields.items():
        arguments = [one for one in get_args(info.annotation) if one is not type(None)]
        option = info.annotation if isinstance(info.annotation, type) else arguments[0]
        type_ = _plain(option) if isinstance(option, type) else STRING
        if type(None) in get_args(info.annotation):
            type_ = replace(type_, maybe=True)
        yield Property(name, _PARTS.get((cls.__name__, name), ""), type_, _attribute(name))


_PARTS = {
    ("DurationRange", "expected"): "How long it takes as a rule.",
    ("DurationRange", "longest"): "How long it takes at most.",
    ("Target", "operator"): "How the value is compared: `>=`, `<=`, `>` or `<`.",
    ("Target", "value"): "The bound; a time in milliseconds.",
    ("Target", "unit"): "What it is a number of: `number`, `percent` or `milliseconds`.",
    ("Amount", "value"): "The number; a time in milliseconds.",
    ("Amount", "unit"): "What it is a number of: `number`, `percent` or `milliseconds`.",
    ("Route", "method"): "The HTTP method.",
    ("Route", "path"): "The path, with parameters in braces.",
}


def _named_or_not(attribute: str, choices: tuple[str, ...]) -> Read:
    """Return what reads a property that takes a name, or else a text, or a word (`end`) for there being none."""

    def one(value: Any) -> Any:
        return None if value in choices else Words(value) if isinstance(value, str) else value

    def read(element: Any, scene: Scene) -> Any:
        value = getattr(element, attribute)
        return tuple(map(one, value)) if isinstance(value, tuple) else one(value)

    return read


def _attribute(name: str) -> Read:
    def read(element: Any, scene: Scene) -> Any:
        return getattr(element, name)

    return read
