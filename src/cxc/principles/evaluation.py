"""What an expression comes to for a design: its tree as functions, within a budget.

As CEL's language definition has it, a mistake in one part of `&&`, `||`, `all` or `exists` does not matter where
another part settles the answer. How much may be calculated is limited by a number of steps, not by a clock, so that a
design has the same findings everywhere.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import timedelta
from typing import Any

from cxc.principles.arithmetic import divided, remainder, sound, sound_unsigned
from cxc.principles.functions import FUNCTIONS, METHODS, Function
from cxc.principles.problems import CannotTell, MissingValue, Problem, TooMuch
from cxc.principles.scene import Scene, Thing, name_of
from cxc.principles.tree import (
    Binary,
    Call,
    Comprehension,
    Conditional,
    Has,
    Index,
    ListOf,
    Literal,
    Logic,
    MapOf,
    Name,
    Node,
    Select,
    Unary,
)

STEP_LIMIT = 4_000_000
"""How many steps may be taken for one expression; a million take about a second."""

Frame = list[Any]
"""The values of the variables, by their slots."""
Run = Callable[[Frame], Any]


class Budget:
    """Counts steps, and the characters and items that are put together."""

    def __init__(self, limit: int = STEP_LIMIT) -> None:
        self.left = limit

    def spend(self, steps: int) -> None:
        self.left -= steps
        if self.left < 0:
            raise TooMuch


class Program:
    """An expression without mistakes, ready to be asked for a design; each of its parts can be asked by itself."""

    def __init__(self, tree: Node, scene: Scene, budget: Budget) -> None:
        self.tree = tree
        self.scene = scene
        self.budget = budget
        self._runs: dict[Node, Run] = {}
        self._slots: dict[str, int] = {}
        self.depth = 0
        self._compile(tree)

    def frame(self) -> Frame:
        """Return a frame in which no variable has a value."""
        return [None] * self.depth

    def value(self, node: Node, frame: Frame) -> Any:
        """Return the value of a part; raise `CannotTell` or `TooMuch`."""
        return self._runs[node](frame)

    def _compile(self, node: Node) -> Run:
        make: Callable[[Any], Run] = getattr(self, f"_{type(node).__name__.lower()}")
        run = self._runs[node] = make(node)
        return run

    # ---- names and properties ---------------------------------------------------------------------------------------

    def _literal(self, node: Literal) -> Run:
        value = node.value
        return lambda frame: value

    def _name(self, node: Name) -> Run:
        slot = self._slots.get(node.name)
        if slot is not None:
            at = slot
            return lambda frame: frame[at]
        scene, name = self.scene, node.name
        return lambda frame: scene.root(name)

    def _select(self, node: Select) -> Run:
        operand, field = self._compile(node.operand), node.field

        def run(frame: Frame) -> Any:
            value = operand(frame)
            if value.__class__ is Thing:
                return value.get(field)
            if value is None:
                raise self._missing(node.operand, frame)
            if isinstance(value, dict) and field in value:
                return value[field]
            raise _cannot(node, f"There is no `{field}` in it")

        return run

    def _has(self, node: Has) -> Run:
        operand, field = self._compile(node.select.operand), node.select.field
        self._runs[node.select] = self._select(node.select)

        def run(frame: Frame) -> bool:
            value = operand(frame)
            if isinstance(value, Thing):
                return value.has(field)
            return isinstance(value, dict) and value.get(field) is not None

        return run

    def _index(self, node: Index) -> Run:
        operand, index = self._compile(node.operand), self._compile(node.index)

        def run(frame: Frame) -> Any:
            value, at = operand(frame), index(frame)
            if value is None or at is None:
                raise self._missing(node.operand if value is None else node.index, frame)
            if isinstance(value, dict):
                if at in value:
                    return value[at]
                raise _cannot(node.index, "The map has no such key")
            if isinstance(value, tuple) and isinstance(at, (int, float)) and at == int(at) and 0 <= at < len(value):
                return value[int(at)]
            raise _cannot(node.index, "The list has no item of this number", "The first one is number 0.")

        return run

    def _missing(self, node: Node, frame: Frame) -> MissingValue:
        """Return what to say of a value that is not given."""
        shown, owner = "This value", None
        if isinstance(node, Select):
            owner = self.value(node.operand, frame)
            shown = f"`{node.field}`"
            if isinstance(owner, Thing) and (name := name_of(owner)) is not None:
                shown = f"`{node.field}` of `{name}`"
        problem = Problem(node.start, node.end, f"{shown} is not given", "Give it, or ask `has(…)` first.")
        return MissingValue(problem, owner)

    # ---- calls ------------------------------------------------------------------------------------------------------

    def _call(self, node: Call) -> Run:
        parts = [*([] if node.target is None else [node.target]), *node.arguments]
        arguments = [self._compile(part) for part in parts]
        ways = (FUNCTIONS if node.target is None else METHODS)[node.function]
        run, costs = ways[0].run, ways[0].costs
        known = [part.type.name for part in parts]
        sure = next((way for way in ways if [type_.name for type_ in way.takes] == known), None)
        if sure is not None:
            run, costs = sure.run, sure.costs

        def call(frame: Frame) -> Any:
            values = [argument(frame) for argument in arguments]
            for part, value in zip(parts, values, strict=True):
                if value is None:
                    raise self._missing(part, frame)
            if sure is None and not any(_takes(way, values) for way in ways):
                raise _cannot(node, f"`{node.function}` does not take this value")
            if costs:
                self.budget.spend(sum(len(value) for value in values if isinstance(value, (str, bytes))))
            try:
                return run(*values)
            except (ValueError, OverflowError) as error:
                text = str(error) if isinstance(error, ValueError) else "the number is too large"
                raise _cannot(node, text[:1].upper() + text[1:]) from None

        return call

    # ---- operators --------------------------------------------------------------------------------------------------

    def _answer(self, node: Node, run: Run) -> Run:
        """Return what gives the answer yes or no of a part, where that was not sure before."""
        if node.type.name == "bool" and not node.type.maybe:
            return run

        def asked(frame: Frame) -> Any:
            value = run(frame)
            if isinstance(value, bool):
                return value
            raise self._missing(node, frame) if value is None else _cannot(node, "This is no answer yes or no")

        return asked

    def _unary(self, node: Unary) -> Run:
        operand = self._compile(node.operand)
        if node.operator == "!":
            answer = self._answer(node.operand, operand)
            return lambda frame: not answer(frame)

        def negated(frame: Frame) -> Any:
            value = operand(frame)
            if value is None:
                raise self._missing(node.operand, frame)
            try:
                return -value if isinstance(value, float) else sound(-value)
            except (TypeError, ValueError, OverflowError):
                raise _cannot(node, "The number is too large") from None

        return negated

    def _logic(self, node: Logic) -> Run:
        parts = [self._answer(part, self._compile(part)) for part in node.parts]
        settles = node.operator == "||"

        def run(frame: Frame) -> bool:
            failure: CannotTell | None = None
            for part in parts:
                try:
                    if bool(part(frame)) == settles:
                        return settles
                except CannotTell as error:
                    failure = failure or error
            if failure is not None:
                raise failure
            return not settles

        return run

    def _conditional(self, node: Conditional) -> Run:
        test = self._answer(node.test, self._compile(node.test))
        then, other = self._compile(node.then), self._compile(node.other)
        return lambda frame: then(frame) if test(frame) else other(frame)

    def _binary(self, node: Binary) -> Run:
        left, right = self._compile(node.left), self._compile(node.right)
        if node.operator in ("==", "!="):
            wanted = node.operator == "=="
            return lambda frame: self._equal(left(frame), right(frame)) is wanted
        operate = {
            "<": lambda one, other: one < other,
            "<=": lambda one, other: one <= other,
            ">": lambda one, other: one > other,
            ">=": lambda one, other: one >= other,
            "in": self._contains,
            "+": self._plus,
            "-": lambda one, other: one - other,
            "*": lambda one, other: one * other,
            "/": divided,
            "%": remainder,
        }[node.operator]
        in_list = node.operator == "in"
        fits = sound_unsigned if node.type.name == "uint" else sound

        def run(frame: Frame) -> Any:
            one, other = left(frame), right(frame)
            if other is None or (one is None and not in_list):
                raise self._missing(node.right if other is None else node.left, frame)
            try:
                return fits(operate(one, other))
            except ZeroDivisionError:
                raise _cannot(node, "This divides by zero", "Ask first whether it is zero.") from None
            except (ValueError, OverflowError):
                raise _cannot(node, "The result is too large") from None
            except TypeError:
                raise _cannot(node, f"`{node.operator}` does not take these values together") from None

        return run

    def _equal(self, one: Any, other: Any) -> bool:
        if one.__class__ is tuple and other.__class__ is tuple:
            self.budget.spend(len(one))
            return len(one) == len(other) and all(map(self._equal, one, other))
        if isinstance(one, dict) and isinstance(other, dict):
            self.budget.spend(len(one))
            return one.keys() == other.keys() and all(self._equal(value, other[key]) for key, value in one.items())
        if (one.__class__ is bool) is not (other.__class__ is bool):
            return False
        return bool(one == other)

    def _contains(self, one: Any, other: Any) -> bool:
        self.budget.spend(len(other))
        if isinstance(other, dict):
            return any(self._equal(one, key) for key in other)
        return any(self._equal(one, item) for item in other)

    def _plus(self, one: Any, other: Any) -> Any:
        if isinstance(one, (str, bytes, tuple)):
            self.budget.spend(len(one) + len(other))
        return one + other

    # ---- lists and maps ---------------------------------------------------------------------------------------------

    def _listof(self, node: ListOf) -> Run:
        items = [self._compile(item) for item in node.items]
        return lambda frame: tuple(item(frame) for item in items)

    def _mapof(self, node: MapOf) -> Run:
        entries = [(self._compile(key), self._compile(value)) for key, value in node.entries]

        def run(frame: Frame) -> dict[Any, Any]:
            found: dict[Any, Any] = {}
            for (key, value), (key_node, _) in zip(entries, node.entries, strict=True):
                at = key(frame)
                if not isinstance(at, (str, int)):
                    raise _cannot(key_node, "This is no key of a map")
                if at in found:
                    raise _cannot(key_node, "The map has this key twice")
                found[at] = value(frame)
            return found

        return run

    def items(self, node: Comprehension, frame: Frame) -> Sequence[Any]:
        """Return what a comprehension goes through."""
        found = self.value(node.operand, frame)
        if isinstance(found, (tuple, dict)):
            return tuple(found)
        raise self._missing(node.operand, frame) if found is None else _cannot(node.operand, "This is no list")

    def _comprehension(self, node: Comprehension) -> Run:
        self._compile(node.operand)
        around = dict(self._slots)
        slot = node.slot
        self._slots[node.variable] = slot
        self.depth = max(self.depth, slot + 1)
        condition = None if node.condition is None else self._answer(node.condition, self._compile(node.condition))
        body = self._compile(node.body)
        self._slots = around
        asked = body if node.macro == "map" else self._answer(node.body, body)
        cost = 1 + _size(node.body) + (_size(node.condition) if node.condition is not None else 0)

        def each(frame: Frame) -> Iterator[Any]:
            for item in self.items(node, frame):
                self.budget.spend(cost)
                frame[slot] = item
                if condition is None or condition(frame):
                    yield item

        return self._gathered(node, each, asked)

    @staticmethod
    def _gathered(node: Comprehension, each: Callable[[Frame], Iterator[Any]], asked: Run) -> Run:
        if node.macro in ("all", "exists"):
            settles = node.macro == "exists"
            return lambda frame: _settled_by(each(frame), lambda: asked(frame) is settles, settles)
        if node.macro == "exists_one":
            return lambda frame: sum(1 for _ in each(frame) if asked(frame)) == 1
        if node.macro == "filter":
            return lambda frame: tuple(item for item in each(frame) if asked(frame))
        return lambda frame: tuple(asked(frame) for _ in each(frame))


def _settled_by(items: Iterable[Any], settled: Callable[[], bool], settles: bool) -> bool:
    """Return whether any item settles the question; what cannot be told of one counts only where none does."""
    failure: CannotTell | None = None
    for _ in items:
        try:
            if settled():
                return settles
        except CannotTell as error:
            failure = failure or error
    if failure is not None:
        raise failure
    return not settles


def _size(node: Node) -> int:
    return 1 + sum(_size(part) for part in node.children() if not isinstance(node, Comprehension))


def _cannot(node: Node, message: str, help: str | None = None) -> CannotTell:
    return CannotTell(Problem(node.start, node.end, message, help))


def _takes(way: Function, values: Sequence[Any]) -> bool:
    classes: dict[str, tuple[type, ...]] = {
        "string": (str,),
        "bytes": (bytes,),
        "list": (tuple,),
        "map": (dict,),
        "bool": (bool,),
        "int": (int,),
        "uint": (int,),
        "double": (float,),
        "duration": (timedelta,),
    }
    return len(way.takes) == len(values) and all(
        type_.name == "dyn" or isinstance(value, classes[type_.name])
        for type_, value in zip(way.takes, values, strict=True)
    )
