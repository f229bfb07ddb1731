"""How statements become elements, read off the model classes: which words may stand where, and what each takes.

This is what makes the binder generic. A plan is made once for each class, at its first use.
"""

from __future__ import annotations

import types
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from annotated_types import Ge, Le, MinLen
from pydantic.fields import FieldInfo

from cxc.model import vocabulary
from cxc.model.base import Element, Named, Naming, Place, Ref, Shape
from cxc.model.file import File


@dataclass(frozen=True, slots=True)
class Kinds:
    """The elements a reference may name: their kinds (for ids) and their words (for messages)."""

    kinds: tuple[str, ...]
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Slot:
    """One field of a class, as the binder needs it."""

    name: str
    """The key the class is made with: the field's alias, or its name."""
    word: str
    shown: str
    """What a message calls it: the word of the statement in which it stands."""
    places: frozenset[Place]
    many: bool
    """Takes several values, and may be repeated."""
    may_be_none: bool
    """The word `none` says that it is empty on purpose."""
    required: bool
    description: str
    options: tuple[Any, ...]
    """The value types it accepts: `str`, `bool`, `int`, `float`, value classes, element classes."""
    choices: tuple[str, ...]
    """The words it accepts."""
    kinds: Kinds | None
    """What it may refer to."""
    elements: tuple[type[Element], ...]
    """The element classes it holds."""
    least: int = 0
    """How many values it takes at least."""
    lowest: int | None = None
    highest: int | None = None

    @property
    def is_flag(self) -> bool:
        """Whether the word alone is enough."""
        return bool in self.options


class Plan:
    """How the statements inside an element, and its own, are bound."""

    def __init__(self, cls: type[Element], slots: tuple[Slot, ...]) -> None:
        self.cls = cls
        self.slots = slots
        self.required = tuple(slot for slot in slots if slot.required)
        self.words: dict[str, tuple[Slot, type[Element] | None]] = {}
        """Each word that may stand inside: the field it fills, and the element class where it makes one."""
        self.annotations: dict[str, Slot] = {}
        self.shapes: dict[Shape, tuple[Slot, type[Element]]] = {}
        self.any_word: tuple[Slot, type[Element]] | None = None
        """The slot of members that are written by their name alone, as enum values are."""
        self.by_place: dict[Place, Slot] = {}
        for slot in slots:
            self._place(slot)
        self.has_name = Place.NAME in self.by_place
        self.title = self.by_place.get(Place.TITLE)
        self.value = self.by_place.get(Place.VALUE)
        self.arrow = self.by_place.get(Place.ARROW)
        self.doc = self.by_place.get(Place.DOC)
        self.type = self.by_place.get(Place.TYPE)
        self.default = self.by_place.get(Place.DEFAULT)
        self.fields = self.shapes.get(Shape.FIELD)
        self.transitions = self.shapes.get(Shape.TRANSITION)

    def _place(self, slot: Slot) -> None:
        """Sort a slot in by where its value stands."""
        places = slot.places - _PROPERTY_PLACES
        for place in places:
            self.by_place[place] = slot
        if Place.ANNOTATION in places:
            self.annotations[slot.word] = slot
        elif places:
            return
        elif not slot.elements:
            self.words[slot.word] = (slot, None)
        for element in slot.elements if not places else ():
            if element.shape is Shape.NODE and not element.word:
                self.any_word = (slot, element)
            elif element.word:
                self.words[element.word] = (slot, element)
            if element.shape is not Shape.NODE:
                self.shapes[element.shape] = (slot, element)

    @property
    def takes_block(self) -> bool:
        """Whether anything may stand between braces."""
        return bool(self.words or self.shapes or self.any_word)


def _unwrap(annotation: Any) -> tuple[Any, list[Any]]:
    """Return a type without `Annotated`, and the metadata."""
    metadata: list[Any] = []
    while get_origin(annotation) is Annotated:
        annotation, *found = get_args(annotation)
        for one in found:
            metadata += one.metadata if isinstance(one, FieldInfo) else [one]
    return annotation, metadata


def _alternatives(annotation: Any) -> tuple[list[Any], list[Any]]:
    """Return the members of a union, each unwrapped, and all metadata."""
    annotation, metadata = _unwrap(annotation)
    if get_origin(annotation) in (Union, types.UnionType):
        found: list[Any] = []
        for argument in get_args(annotation):
            inner, more = _alternatives(argument)
            found += inner
            metadata += more
        return found, metadata
    return [annotation], metadata


def _kinds(annotation: Any) -> tuple[tuple[str, str], ...]:
    targets, _ = _alternatives(get_args(annotation)[0])
    resolved: list[Any] = [vocabulary()[t.__forward_arg__] if hasattr(t, "__forward_arg__") else t for t in targets]
    return tuple((target.kind, target.word or target.kind) for target in resolved)


def _slot(name: str, info: FieldInfo, owner: str) -> Slot:
    key = info.alias or name
    places = frozenset(m for m in info.metadata if isinstance(m, Place))
    alternatives, metadata = _alternatives(info.annotation)
    none = type(None) in alternatives
    alternatives = [a for a in alternatives if a is not type(None)]
    many = False
    if len(alternatives) == 1 and get_origin(alternatives[0]) is tuple:
        many = True
        alternatives, more = _alternatives(get_args(alternatives[0])[0])
        metadata += more
    choices: list[str] = []
    kinds: list[tuple[str, str]] = []
    elements: list[type[Element]] = []
    options: list[Any] = []
    for alternative in alternatives:
        if get_origin(alternative) is Literal:
            choices += get_args(alternative)
        elif get_origin(alternative) is Ref:
            kinds += _kinds(alternative)
        elif isinstance(alternative, type) and issubclass(alternative, Element):
            elements.append(alternative)
        else:
            options.append(alternative)
    bounds = [*info.metadata, *metadata]
    return Slot(
        name=key,
        word=key,
        shown=owner or key if places & _BEHIND_THE_WORD else key,
        places=places | frozenset(m for m in metadata if isinstance(m, Place)),
        many=many,
        may_be_none=many and none,
        required=info.is_required() and not places & {Place.DERIVED},
        description=info.description or "",
        options=tuple(options),
        choices=tuple(choices),
        kinds=Kinds(tuple(k for k, _ in kinds), tuple(w for _, w in kinds)) if kinds else None,
        elements=tuple(elements),
        lowest=next((int(m.ge) for m in bounds if isinstance(m, Ge)), None),  # type: ignore[call-overload]
        least=next((m.min_length for m in info.metadata if isinstance(m, MinLen)), 0),
        highest=next((int(m.le) for m in bounds if isinstance(m, Le)), None),  # type: ignore[call-overload]
    )


NONE = "none"
"""The value that says that a list is empty on purpose."""
_PROPERTY_PLACES = frozenset({Place.SCOPE})
_BEHIND_THE_WORD = frozenset({Place.VALUE, Place.ARROW})


@cache
def plan_of(cls: type[Element]) -> Plan:
    """Return the plan of an element class."""
    cls.model_rebuild()
    return Plan(cls, tuple(_slot(name, info, cls.word) for name, info in cls.model_fields.items()))


@cache
def member_kinds() -> frozenset[str]:
    """Return the kinds of the elements that are known inside the declaration that holds them."""
    return frozenset(
        cls.kind for cls in vocabulary().values() if issubclass(cls, Named) and cls.naming is Naming.MEMBER
    )


@cache
def declaring_words() -> dict[str, type[Element]]:
    """Return the classes of the top-level declarations by their words."""
    return {
        word: element
        for word, (_, element) in plan_of(File).words.items()
        if element is not None and element.naming is Naming.PACKAGE
    }


@cache
def places_of_word(word: str) -> tuple[type[Element], ...]:
    """Return the element classes inside which a word may stand."""
    return tuple(cls for cls in vocabulary().values() if cls.word != "" or cls is File if word in plan_of(cls).words)
