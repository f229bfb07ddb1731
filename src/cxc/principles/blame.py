"""Why an expression does not hold: taken apart down to the elements that break it.

`X.all(x, P)` is broken by each item for which P is not so, `!X.exists(x, P)` by each for which it is, and
`X.filter(x, P).size() == 0` by those that are left; what `&&` joins is looked at part by part. For each culprit there
is a fact: the value that it has there, or that it has none. What was asked of a statement that could not be understood
is held against nobody.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any, NamedTuple

from cxc.model.base import Named
from cxc.model.values import Duration
from cxc.principles.evaluation import Frame, Program
from cxc.principles.functions import text_of
from cxc.principles.problems import CannotTell, MissingValue, Problem
from cxc.principles.scene import Thing
from cxc.principles.tree import (
    Binary,
    Call,
    Comprehension,
    Conditional,
    Has,
    ListOf,
    Literal,
    Logic,
    Name,
    Node,
    Select,
    Unary,
)

_LONG = 60
"""The most characters of a text, or of an expression, that a fact repeats."""
_ITEMS = 5
"""The most items of a list that it repeats."""


class Cause(NamedTuple):
    """A reason why an expression does not hold: an element (or none), which part of the expression, and the fact.

    The fact reads on from the name of the element where it begins with `has` or `is`, else it stands by itself.
    `mistake` is there where no answer can be given, although nothing is missing.
    """

    thing: Thing | None
    node: Node
    fact: str
    mistake: Problem | None = None
    is_missing: bool = False
    """Whether a value is asked for that is not given."""


class _Around(NamedTuple):
    """What stands around a part: the element that is being judged, and the name it has in the expression."""

    thing: Thing | None = None
    variable: str | None = None


class Blame:
    """Looks for the causes in one expression."""

    def __init__(self, program: Program, text: str) -> None:
        self.program = program
        self.text = text

    def causes(self, node: Node) -> Iterator[Cause]:
        """Yield why a part of the expression, which stands in no comprehension, does not hold."""
        yield from self._causes(node, self.program.frame(), True, _Around())

    def holds(self, node: Node) -> bool:
        """Whether a part of the expression, which stands in no comprehension, holds for certain."""
        return self._answer(node, self.program.frame()) is True

    def _answer(self, node: Node, frame: Frame) -> bool | None:
        """Return the answer of a part, or None where there is none."""
        try:
            found = self.program.value(node, frame)
        except CannotTell:
            return None
        return found if isinstance(found, bool) else None

    def _causes(self, node: Node, frame: Frame, wanted: bool, around: _Around) -> Iterator[Cause]:
        """Yield why the answer of a part is not the wanted one."""
        if isinstance(node, Unary) and node.operator == "!":
            yield from self._causes(node.operand, frame, not wanted, around)
        elif isinstance(node, Logic):
            yield from self._of_logic(node, frame, wanted, around)
        elif isinstance(node, Conditional) and (answer := self._answer(node.test, frame)) is not None:
            yield from self._causes(node.then if answer else node.other, frame, wanted, around)
        elif isinstance(node, Comprehension) and (node.macro, wanted) in (("all", True), ("exists", False)):
            yield from self._of_items(node, frame, wanted, around)
        elif isinstance(node, Comprehension) and node.macro == "exists_one" and wanted:
            yield from self._of_too_many(node, frame, around)
        elif isinstance(node, Binary) and (counted := _counted(node)) is not None:
            yield from self._of_count(node, counted, frame, wanted, around)
        else:
            yield from self._itself(node, frame, wanted, around)

    # ---- parts of it ------------------------------------------------------------------------------------------------

    def _of_logic(self, node: Logic, frame: Frame, wanted: bool, around: _Around) -> Iterator[Cause]:
        one_is_enough = (node.operator == "&&") is wanted
        failing = [part for part in node.parts if self._answer(part, frame) is not wanted]
        if one_is_enough:
            for part in failing:
                yield from self._causes(part, frame, wanted, around)
            return
        # All alternatives fail. Where each names elements of its own, one list of them is as good as another, and
        # nobody could say which was meant: so it is the element around that fails, and all facts are told.
        found = [cause for part in node.parts for cause in self._itself(part, frame, wanted, around)]
        mistake = next((cause for cause in found if cause.mistake), None)
        if mistake is not None:
            yield mistake
        elif len(found) == len(node.parts):
            facts = list(dict.fromkeys(cause.fact for cause in found if cause.fact))
            yield Cause(around.thing, node, " and ".join(facts))

    def _of_items(self, node: Comprehension, frame: Frame, wanted: bool, around: _Around) -> Iterator[Cause]:
        try:
            items = self.program.items(node, frame)
        except CannotTell as error:
            yield from self._untold(error, node.operand, around)
            return
        for item in items:
            self.program.budget.spend(1)
            frame[node.slot] = item
            if self._answer(node.body, frame) is not wanted:
                is_element = isinstance(item, Thing) and isinstance(item.element, Named)
                inside = _Around(item, node.variable) if is_element else around
                yield from self._causes(node.body, frame, wanted, inside)

    def _of_too_many(self, node: Comprehension, frame: Frame, around: _Around) -> Iterator[Cause]:
        found: list[Any] = []
        try:
            for item in self.program.items(node, frame):
                frame[node.slot] = item
                if self._answer(node.body, frame):
                    found.append(item)
        except CannotTell as error:
            yield from self._untold(error, node.operand, around)
            return
        if len(found) < 2:
            yield from self._itself(node, frame, True, around)
        elif self._is_sure(node, frame):
            for item in found:
                yield Cause(item if isinstance(item, Thing) else around.thing, node, f"is one of {len(found)}")

    def _of_count(self, node: Binary, counted: Node, frame: Frame, wanted: bool, around: _Around) -> Iterator[Cause]:
        """Explain `list.size() == 0` and its like: where there are too many, those are to blame."""
        items = self._list(counted, frame)
        few = (node.operator in ("==", "<", "<=")) is wanted
        most = self._bound(node, frame) - (node.operator in ("<", ">="))
        too_many = few and items is not None and len(items) > most
        elements = [item for item in items or () if isinstance(item, Thing) and isinstance(item.element, Named)]
        if not too_many or not elements or len(elements) != len(items or ()) or not isinstance(counted, Comprehension):
            yield from self._itself(node, frame, wanted, around)
        elif self._is_sure(node, frame):
            for item in elements:
                fact = self._why_counted(counted, item, frame)
                yield Cause(item, node, fact)

    def _why_counted(self, counted: Comprehension, item: Thing, frame: Frame) -> str:
        """Return the facts that put an item among those that are left of a list."""
        if counted.macro != "filter":
            return ""
        frame[counted.slot] = item
        found = self._causes(counted.body, frame, False, _Around(item, counted.variable))
        return " and ".join(dict.fromkeys(cause.fact for cause in found if cause.fact))

    def _list(self, node: Node, frame: Frame) -> tuple[Any, ...] | None:
        try:
            found = self.program.value(node, frame)
        except CannotTell:
            return None
        return found if isinstance(found, tuple) else None

    def _bound(self, node: Binary, frame: Frame) -> float:
        if isinstance(node.right, ListOf):
            return len(node.right.items)
        try:
            found = self.program.value(node.right, frame)
        except CannotTell:
            return float("inf")
        return float(found) if isinstance(found, (int, float)) else float("inf")

    # ---- a part that cannot be taken apart --------------------------------------------------------------------------

    def _is_sure(self, node: Node, frame: Frame) -> bool:
        """Whether all that a part asks for was understood."""
        scene = self.program.scene
        scene.doubtful = False
        self._answer(node, frame)
        return not scene.doubtful

    def _itself(self, node: Node, frame: Frame, wanted: bool, around: _Around) -> Iterator[Cause]:
        scene = self.program.scene
        scene.doubtful = False
        try:
            self.program.value(node, frame)
        except CannotTell as error:
            if not scene.doubtful:
                yield from self._untold(error, node, around)
            return
        if not scene.doubtful:
            yield Cause(around.thing, node, self._fact(node, frame, wanted, around))

    def _untold(self, error: CannotTell, node: Node, around: _Around) -> Iterator[Cause]:
        if not isinstance(error, MissingValue):
            yield Cause(around.thing, node, "", error.problem._replace(thing=around.thing))
            return
        problem = error.problem
        owner = error.owner if isinstance(error.owner, Thing) else None
        is_element = owner is not None and isinstance(owner.element, Named)
        thing = owner if is_element else around.thing
        place = Node(start=problem.start, end=problem.end)
        path = self._path(place, around)
        fact = f"has no `{path.rpartition('.')[2] if is_element else path}`"
        yield Cause(thing, place, fact if thing is not None else f"`{path}` is not given", is_missing=True)

    # ---- facts ------------------------------------------------------------------------------------------------------

    def _fact(self, node: Node, frame: Frame, wanted: bool, around: _Around) -> str:
        """Return the values that make the answer what it is, as what follows the name of an element."""
        if isinstance(node, Binary):
            sides = [side for side in (node.left, node.right) if not _is_constant(side)]
            return " and ".join(dict.fromkeys(self._value(side, frame, around) for side in sides))
        if isinstance(node, Has):
            return f"has {'no' if wanted else 'a'} `{self._path(node.select, around)}`"
        if isinstance(node, Comprehension):
            return self._fact_of_items(node, frame, wanted, around)
        if isinstance(node, Unary) and node.operator == "!":
            return self._fact(node.operand, frame, not wanted, around)
        if isinstance(node, Call):
            parts = [*([node.target] if node.target is not None else []), *node.arguments]
            return " and ".join(self._value(part, frame, around) for part in parts if not _is_constant(part))
        return "" if isinstance(node, Literal) else self._value(node, frame, around)

    def _fact_of_items(self, node: Comprehension, frame: Frame, wanted: bool, around: _Around) -> str:
        items = self._list(node.operand, frame)
        count = len(items) if items is not None else 0
        path = self._path(node.operand, around)
        if node.macro == "all":
            return f"{'not all' if wanted else 'all'} of `{path}` are so"
        if not wanted:
            return f"one of `{path}` is so"
        if not count:
            return f"has no `{path}`" if around.thing is not None else f"there are no `{path}`"
        return f"has {count} `{path}`, and none is so" if around.thing is not None else f"none of `{path}` is so"

    def _value(self, node: Node, frame: Frame, around: _Around) -> str:
        """Return what a part comes to: `has `self_service` 0.82`."""
        counted = _sized(node)
        if counted is not None and counted.type.name == "list" and self._is_path(counted, around):
            number = self.program.value(node, frame)
            return f"has {number or 'no'} `{self._path(counted, around)}`"
        shown = value_in_words(self.program.value(node, frame))
        path = self._path(node, around)
        if self._is_path(node, around):
            return f"has no `{path}`" if shown is None else f"has `{path}` {shown}"
        return f"`{path}` is {shown if shown is not None else 'not given'}"

    def _is_path(self, node: Node, around: _Around) -> bool:
        while isinstance(node, Select):
            node = node.operand
            if isinstance(node, Name) and node.name == around.variable:
                return True
        return False

    def _path(self, node: Node, around: _Around) -> str:
        """Return a part as it is written, without the name of the element that it is asked of."""
        written = " ".join(self.text[node.start : node.end].split())
        if around.variable is not None:
            written = written.removeprefix(f"{around.variable}.")
        return written if len(written) <= _LONG else f"{written[:_LONG]}…"


def value_in_words(value: Any, *, is_item: bool = False) -> str | None:
    """Return a value as messages show it; None for what is not given. Of lists in a list nothing more is shown."""
    if value is None:
        return None
    if isinstance(value, timedelta):
        return Duration(round(value / timedelta(milliseconds=1))).text
    if isinstance(value, Thing):
        element = value.element
        return f"`{element.name}`" if isinstance(element, Named) else "something else"
    if isinstance(value, tuple):
        if is_item:
            return "[…]" if value else "[]"
        shown = [value_in_words(one, is_item=True) or "null" for one in value[:_ITEMS]]
        return f"[{', '.join(shown)}{', …' if len(value) > _ITEMS else ''}]"
    if isinstance(value, dict):
        return f"a map of {len(value)}"
    text = text_of(value) if not isinstance(value, bytes) else "bytes"
    text = text if len(text) <= _LONG else f"{text[:_LONG]}…"
    return f'"{text}"' if isinstance(value, str) else text


def _is_constant(node: Node) -> bool:
    return isinstance(node, Literal) or not any(isinstance(part, Name) for part in _all_parts(node))


def _all_parts(node: Node) -> Iterator[Node]:
    yield node
    for part in node.children():
        yield from _all_parts(part)


def _sized(node: Node) -> Node | None:
    """Return the list of which a part asks how many there are."""
    if isinstance(node, Call) and node.function == "size":
        return node.target if node.target is not None else node.arguments[0]
    return None


def _counted(node: Binary) -> Node | None:
    """Return the list that a comparison is about: of its size with a number, or with a list written out."""
    if node.operator in ("==", "!=") and isinstance(node.right, ListOf) and node.left.type.name == "list":
        return node.left
    found = _sized(node.left)
    return found if found is not None and found.type.name == "list" else None
