"""What is wrong with the operators of an expression: types that cannot be compared, joined or calculated with."""

from __future__ import annotations

from dataclasses import replace

from cxc.diagnostics.suggestion import did_you_mean
from cxc.principles.problems import Problem
from cxc.principles.tree import Binary, Conditional, ListOf, Literal, Logic, Node, Unary
from cxc.principles.types import (
    BOOL,
    BYTES,
    DOUBLE,
    DURATION,
    DYN,
    INT,
    NULL,
    NUMBERS,
    STRING,
    UINT,
    WRONG,
    Type,
    in_words,
    is_open,
    joined,
    list_of,
    may_equal,
)

_ORDERED = frozenset({"int", "uint", "double", "string", "bytes", "duration", "bool"})
_ADDED = (INT, UINT, DOUBLE, STRING, BYTES, DURATION)
_CALCULATED = {
    "+": _ADDED,
    "-": (INT, UINT, DOUBLE, DURATION),
    "*": (INT, UINT, DOUBLE),
    "/": (INT, UINT, DOUBLE),
    "%": (INT, UINT),
}


class Operators:
    """Judges what operators join; what other parts are is judged by the class that is made of this one."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def report(self, node: Node, message: str, help: str | None, instead: str | None = None) -> Type:
        return self.report_at(node.start, node.end, message, help, instead)

    def report_at(self, start: int, end: int, message: str, help: str | None, instead: str | None = None) -> Type:
        self.problems.append(Problem(start, end, message, help, instead))
        return WRONG

    def type_of(self, node: Node) -> Type:
        """Judge a part and all in it."""
        judge = getattr(self, f"_{type(node).__name__.lower()}")
        node.type = judge(node)
        return node.type

    # ---- operators --------------------------------------------------------------------------------------------------

    def _unary(self, node: Unary) -> Type:
        type_ = self.type_of(node.operand)
        if node.operator == "!":
            return self._question(node.operand, type_, "`!`")
        if type_.name in ("int", "double", "duration") or is_open(type_):
            return replace(type_, choices=())
        return self.report(node.operand, f"`-` takes a number, but this is {in_words(type_)}", None)

    def _question(self, node: Node, type_: Type, who: str) -> Type:
        if type_.name in ("bool", "dyn", "error"):
            return BOOL
        help = None
        if type_.name in ("list", "map"):
            help = "Ask how many there are, as in `….size() > 0`, or ask something of each, as in `….all(x, …)`."
        elif type_.maybe or type_.shape is not None:
            help = "To ask whether it is given, write `has(…)`."
        self.report(node, f"{who} takes an answer yes or no, but this is {in_words(type_)}", help)
        return BOOL

    def _logic(self, node: Logic) -> Type:
        for part in node.parts:
            self._question(part, self.type_of(part), f"`{node.operator}`")
        return BOOL

    def _conditional(self, node: Conditional) -> Type:
        self._question(node.test, self.type_of(node.test), "`?`")
        return joined(self.type_of(node.then), self.type_of(node.other))

    def _binary(self, node: Binary) -> Type:
        left, right = self.type_of(node.left), self.type_of(node.right)
        if node.operator == "in":
            return self._membership(node, left, right)
        if node.operator in ("==", "!="):
            return self._equality(node, left, right)
        if node.operator in ("<", "<=", ">", ">="):
            return self._order(node, left, right)
        return self._calculation(node, left, right)

    def _membership(self, node: Binary, left: Type, right: Type) -> Type:
        if is_open(right) or is_open(left):
            return BOOL
        if right.name not in ("list", "map"):
            help = "Write `….contains('…')` to look for a part of a text." if right.name == "string" else None
            self.report(node.right, f"`in` looks into a list, but this is {in_words(right)}", help)
        elif not may_equal(right.item, left):
            self._never_equal(node, left, right.item, f"is never in {in_words(right)}")
        else:
            items = node.right.items if isinstance(node.right, ListOf) else []
            for item in items:
                self._check_choice(item, left)
            self._check_choice(node.left, right.item)
        return BOOL

    def _equality(self, node: Binary, left: Type, right: Type) -> Type:
        if may_equal(left, right):
            self._check_choice(node.right, left)
            self._check_choice(node.left, right)
        elif NULL in (left, right):
            other, part = (left, node.left) if right == NULL else (right, node.right)
            help = "For a list, ask `has(…)` or `….size() > 0`." if other.name == "list" else "It is always given."
            self.report(part, "This is never `null`", help)
        else:
            self._never_equal(node, left, right, f"never equals {in_words(right)}")
        return BOOL

    def _never_equal(self, node: Binary, left: Type, right: Type, what: str) -> None:
        for shape, other in ((left.shape, right), (right.shape, left)):
            if shape is not None and other.name == "string":
                part = node.left if shape is left.shape else node.right
                names = "in" if node.operator == "in" else node.operator
                help = f"Compare its name: `….name {names} …`." if part is node.left or names != "in" else (
                    "Write `….exists(x, x.name == …)`."
                )  # fmt: skip
                self.report(node, f"{capital(in_words(left))} {what}", help)
                return
        self.report(node, f"{capital(in_words(left))} {what}", self._hint_at(left, right))

    def _hint_at(self, left: Type, right: Type) -> str | None:
        if "duration" in (left.name, right.name):
            return "Write a duration as in `duration('2h')`."
        if "string" in (left.name, right.name) and {left.name, right.name} & NUMBERS:
            return "Write the number without quotes."
        return None

    def _check_choice(self, node: Node, other: Type) -> None:
        """Report a text that is none of those that the other side can be."""
        if not other.choices or not isinstance(node, Literal) or not isinstance(node.value, str):
            return
        if node.value not in other.choices:
            meant = did_you_mean(node.value, other.choices)
            listed = ", ".join(f"'{choice}'" for choice in other.choices)
            help = f"Did you mean '{meant}'?" if meant else f"There are {listed}."
            self.report(node, f"This is never '{node.value}'", help, f"'{meant}'" if meant else None)

    def _order(self, node: Binary, left: Type, right: Type) -> Type:
        if is_open(left) or is_open(right):
            return BOOL
        for part, type_ in ((node.left, left), (node.right, right)):
            if type_.name not in _ORDERED:
                help = "Ask how many there are: `….size()`." if type_.name == "list" else None
                self.report(
                    part, f"`{node.operator}` compares numbers, texts or durations, not {in_words(type_)}", help
                )
                return BOOL
        if left.name != right.name and not {left.name, right.name} <= NUMBERS:
            message = f"{capital(in_words(left))} cannot be compared with {in_words(right)}"
            self.report(node, message, self._hint_at(left, right))
        return BOOL

    def _calculation(self, node: Binary, left: Type, right: Type) -> Type:
        if is_open(left) or is_open(right):
            return WRONG if WRONG in (left, right) else DYN
        allowed = {type_.name for type_ in _CALCULATED[node.operator]} | ({"list"} if node.operator == "+" else set())
        for part, type_ in ((node.left, left), (node.right, right)):
            if type_.name not in allowed:
                return self.report(part, f"`{node.operator}` does not take {in_words(type_)}", None)
        if left.name != right.name:
            help = None
            if {left.name, right.name} <= NUMBERS:
                help = "Write whole numbers as in `1.0`, or turn one into the other: `double(…)`."
            return self.report(
                node, f"`{node.operator}` does not take {in_words(left)} and {in_words(right)} together", help
            )
        if left.name == "list":
            return list_of(joined(left.item, right.item))
        return Type(left.name)


def capital(text: str) -> str:
    """Return a text with a capital at its beginning."""
    return text[:1].upper() + text[1:]
