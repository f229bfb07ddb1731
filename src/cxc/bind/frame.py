"""An element in the making, and what a file comes to: the notes that the binder keeps while it reads statements.

Filling them is left to `properties` and `elements`.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from cxc.bind.plan import Plan, Slot
from cxc.bind.symbols import Symbol
from cxc.diagnostics import Diagnostic
from cxc.model.base import Declaration, Element, Named, Ref
from cxc.model.blueprint import Unresolved, Use
from cxc.source import Span

MISSING = object()
"""Stands for a value that could not be understood."""
NOWHERE = Span("", 0, 0, 0, 0)
"""The place of a property that was given, but cannot be pointed at."""
UNRESOLVED = Ref[Any]("unresolved:")


class BoundFile(NamedTuple):
    """The elements of one file and what was found on the way."""

    declarations: tuple[Declaration, ...]
    diagnostics: tuple[Diagnostic, ...]
    uses: tuple[Use, ...]
    incomplete: frozenset[str]
    mentions: frozenset[str]
    unresolved: tuple[Unresolved, ...]
    places: dict[str, dict[str, Span]]


class Frame:
    """An element in the making: its plan and name, the values so far, and where each was given."""

    __slots__ = ("doubtful", "given", "id", "level", "lost", "name", "plan", "scopes", "values")

    def __init__(self, plan: Plan, name: str | None, id: str, scopes: tuple[Symbol, ...], level: int = 1) -> None:
        self.plan = plan
        self.name = name
        self.id = id
        self.scopes = scopes
        self.level = level
        self.values: dict[str, Any] = {}
        self.given: dict[str, Span] = {}
        self.doubtful = False
        """Whether something in it could not be understood."""
        self.lost = False
        """Whether that may have been any property, so that none is missing for certain."""

    @property
    def shown(self) -> str:
        """How to call the element in a message."""
        return shown(self.plan.cls, self.name)

    def hand_on_places(self, outer: Frame) -> None:
        """Tell what holds an element without a name where its properties are given, as `target.duration`."""
        word = self.plan.cls.word
        slot, _ = outer.plan.words.get(word) or (None, None)
        if slot is not None and not slot.many:
            for name, span in self.given.items():
                outer.given.setdefault(f"{word}.{name}", span)


def shown(cls: type[Element], name: str | None) -> str:
    """Return how to call an element in a message: its word and name."""
    word = cls.word or (cls.kind if issubclass(cls, Named) else "") or cls.__name__.lower()
    return f"the {word} `{name}`" if name else f"`{word}`" if cls.word else f"the {word}"


def sentence(text: str) -> str:
    """Return a text with a capital at its beginning, and nothing else changed."""
    return text[:1].upper() + text[1:]


def placeholder(slot: Slot) -> Any:
    """Return what stands for a required value that is missing, so that the rest of the element can still be checked."""
    if slot.many:
        return ()
    if slot.kinds:
        return UNRESOLVED
    return slot.choices[0] if slot.choices else "" if str in slot.options else None


def construct(cls: type[Element], values: dict[str, Any]) -> Element:
    """Make an element without the validation that a missing value would fail."""
    named = {info.alias or name: name for name, info in cls.model_fields.items()}
    return cls.model_construct(**{named[key]: value for key, value in values.items()})
