"""An expression of a principle as a tree: what stands where, and, once it was judged, the type of each part.

Offsets count the characters of the expression; where that is in a file is said in `places`. The tree is that of the
Common Expression Language (CEL), with what belongs together in one node: `a && b && c` is one, not two.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from cxc.principles.types import DYN, Type


@dataclass(slots=True, eq=False, kw_only=True)
class Node:
    """A part of an expression, from `start` up to `end`."""

    start: int
    end: int
    type: Type = DYN
    depth: int = 1
    """How many levels of parts it has, itself included."""

    def children(self) -> Iterator[Node]:
        """Yield the parts that it is made of, in the order of the text."""
        return iter(())


@dataclass(slots=True, eq=False)
class Literal(Node):
    """A value written out."""

    value: Any


@dataclass(slots=True, eq=False)
class Name(Node):
    """A collection of the design, or the variable of a comprehension."""

    name: str


@dataclass(slots=True, eq=False)
class Select(Node):
    """`operand.field`."""

    operand: Node
    field: str
    at: int
    """Where the field's name begins; it goes up to the end of the node."""

    def children(self) -> Iterator[Node]:
        yield self.operand


@dataclass(slots=True, eq=False)
class Has(Node):
    """`has(operand.field)`."""

    select: Select

    def children(self) -> Iterator[Node]:
        yield self.select


@dataclass(slots=True, eq=False)
class Index(Node):
    """`operand[index]`."""

    operand: Node
    index: Node

    def children(self) -> Iterator[Node]:
        yield self.operand
        yield self.index


@dataclass(slots=True, eq=False)
class Call(Node):
    """`function(arguments)`, or `target.function(arguments)`."""

    function: str
    at: int
    """Where the function's name begins."""
    target: Node | None
    arguments: list[Node]

    def children(self) -> Iterator[Node]:
        if self.target is not None:
            yield self.target
        yield from self.arguments


@dataclass(slots=True, eq=False)
class Unary(Node):
    """`!operand` or `-operand`."""

    operator: str
    operand: Node

    def children(self) -> Iterator[Node]:
        yield self.operand


@dataclass(slots=True, eq=False)
class Binary(Node):
    """A comparison, `in`, or a calculation."""

    operator: str
    at: int
    """Where the operator stands."""
    left: Node
    right: Node

    def children(self) -> Iterator[Node]:
        yield self.left
        yield self.right


@dataclass(slots=True, eq=False)
class Logic(Node):
    """Several parts joined by `&&`, or by `||`."""

    operator: str
    parts: list[Node]

    def children(self) -> Iterator[Node]:
        return iter(self.parts)


@dataclass(slots=True, eq=False)
class Conditional(Node):
    """`test ? then : other`."""

    test: Node
    then: Node
    other: Node

    def children(self) -> Iterator[Node]:
        yield self.test
        yield self.then
        yield self.other


@dataclass(slots=True, eq=False)
class ListOf(Node):
    """`[item, …]`."""

    items: list[Node]

    def children(self) -> Iterator[Node]:
        return iter(self.items)


@dataclass(slots=True, eq=False)
class MapOf(Node):
    """`{key: value, …}`."""

    entries: list[tuple[Node, Node]]

    def children(self) -> Iterator[Node]:
        for key, value in self.entries:
            yield key
            yield value


@dataclass(slots=True, eq=False)
class Comprehension(Node):
    """`operand.all(variable, body)` and its like; only `map` may have a condition besides."""

    macro: str
    at: int
    """Where the macro's name begins."""
    operand: Node
    variable: str
    variable_at: int
    condition: Node | None
    body: Node
    slot: int = field(default=-1, kw_only=True)
    """The place of the variable among those that are bound around it."""

    def children(self) -> Iterator[Node]:
        yield self.operand
        if self.condition is not None:
            yield self.condition
        yield self.body
