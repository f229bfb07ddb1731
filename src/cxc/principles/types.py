"""The types of expressions: those of CEL, and one for each kind of element.

What an element has is said in `view`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cxc.principles.view import Shape


@dataclass(frozen=True, slots=True)
class Type:
    """A type: its name in CEL, and what it is made of.

    `of` holds the type of a list's items, or those of a map's keys and values; `choices` the only texts there are,
    where they are known; `shape` what an element has; `maybe` says that it may be missing, which is `null`.
    """

    name: str
    of: tuple[Type, ...] = ()
    choices: tuple[str, ...] = ()
    shape: Shape | None = None
    maybe: bool = False

    @property
    def item(self) -> Type:
        """The type of what a list holds, or of the keys of a map, which a comprehension goes through."""
        return self.of[0] if self.of else DYN


DYN = Type("dyn")
NULL = Type("null")
BOOL = Type("bool")
INT = Type("int")
UINT = Type("uint")
DOUBLE = Type("double")
STRING = Type("string")
BYTES = Type("bytes")
DURATION = Type("duration")
WRONG = Type("error")
"""The type of what has been reported; nothing more is said of it."""

NUMBERS = frozenset({"int", "uint", "double"})

_WORDS = {
    "bool": "yes or no",
    "int": "a whole number",
    "uint": "a whole number without a sign",
    "double": "a number",
    "string": "a text",
    "bytes": "bytes",
    "duration": "a duration",
    "null": "nothing (`null`)",
    "map": "a map",
    "dyn": "some value",
    "error": "some value",
}


def list_of(item: Type) -> Type:
    """Return the type of a list."""
    return Type("list", (item,))


def map_of(key: Type, value: Type) -> Type:
    """Return the type of a map."""
    return Type("map", (key, value))


def object_of(shape: Shape, *, maybe: bool = False) -> Type:
    """Return the type of an element."""
    return Type("object", shape=shape, maybe=maybe)


def in_words(type_: Type) -> str:
    """Return what a value of a type is, for messages."""
    if type_.shape is not None:
        return type_.shape.one
    if type_.name == "list":
        item = type_.item
        if item.shape is not None:
            return f"a list of {item.shape.many}"
        return {"string": "a list of texts", "dyn": "a list"}.get(item.name, "a list of values")
    return _WORDS[type_.name]


def is_open(type_: Type) -> bool:
    """Whether nothing can be said of a type before it is asked for, or nothing more needs to be."""
    return type_.name in ("dyn", "error")


def may_equal(left: Type, right: Type) -> bool:
    """Whether values of two types can be equal at all."""
    if is_open(left) or is_open(right):
        return True
    if "null" in (left.name, right.name):
        return left.name == right.name or left.maybe or right.maybe
    if left.name in NUMBERS and right.name in NUMBERS:
        return True
    if left.name != right.name:
        return False
    if left.shape is not None and right.shape is not None:
        return left.shape.overlaps(right.shape)
    return all(may_equal(one, other) for one, other in zip(left.of, right.of, strict=False))


def joined(left: Type, right: Type) -> Type:
    """Return the type of what is one or the other."""
    if left == right:
        return left
    if left.name == "null" or right.name == "null":
        other = right if left.name == "null" else left
        return Type(other.name, other.of, other.choices, other.shape, maybe=True)
    if "error" in (left.name, right.name):
        return WRONG
    if left.name == right.name and left.shape == right.shape and len(left.of) == len(right.of):
        of = tuple(joined(one, other) for one, other in zip(left.of, right.of, strict=True))
        choices = (*left.choices, *right.choices) if left.choices and right.choices else ()
        return Type(left.name, of, choices, left.shape, left.maybe or right.maybe)
    return DYN
