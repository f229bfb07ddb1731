"""The syntax tree: four shapes of statement, and the values and types in them.

Nodes are plain tuples with offsets into the file's text, so that they are cheap to make and to send to another process.
What the words mean is left to `cxc.bind`.
"""

from __future__ import annotations

from typing import NamedTuple

from cxc.syntax.strings import value_of


class Text(NamedTuple):
    """A string as it is written, quotes included."""

    raw: str
    start: int
    end: int

    @property
    def value(self) -> str:
        """The text that is meant: without quotes, escapes resolved; a long string without its indentation."""
        return value_of(self.raw)


class Name(NamedTuple):
    """A name, dotted or not, and the title that may stand behind it."""

    text: str
    start: int
    end: int
    title: Text | None = None

    @property
    def name_end(self) -> int:
        return self.start + len(self.text)


class Number(NamedTuple):
    """A plain number."""

    raw: str
    start: int
    end: int


class Percent(NamedTuple):
    """A number with `%`."""

    raw: str
    start: int
    end: int


class Duration(NamedTuple):
    """A stretch of time such as `2h` or `1h30m`."""

    raw: str
    start: int
    end: int


Scalar = Number | Percent | Duration


class Regex(NamedTuple):
    """A regular expression between slashes."""

    raw: str
    start: int
    end: int


class Range(NamedTuple):
    """From `low` to `high`, both included."""

    low: Scalar
    high: Scalar
    start: int
    end: int


class Comparison(NamedTuple):
    """A bound such as `>= 40`."""

    operator: str
    bound: Scalar
    start: int
    end: int


class List(NamedTuple):
    """Values in square brackets."""

    items: tuple[Value, ...]
    start: int
    end: int


Value = Name | Text | Number | Percent | Duration | Range | Comparison | List
Constraint = Number | Percent | Duration | Range | Comparison | Regex


class NamedType(NamedTuple):
    """A type by name, built in, declared or `Entity.field`, with the constraints in its parentheses."""

    name: str
    constraints: tuple[Constraint, ...]
    start: int
    end: int


class ListType(NamedTuple):
    """`[T]`."""

    item: Type
    start: int
    end: int


class MapType(NamedTuple):
    """`map<T>`; `word` is what stands before the `<`."""

    word: str
    item: Type
    start: int
    end: int


class OptionalType(NamedTuple):
    """`T?`."""

    item: Type
    start: int
    end: int


Type = NamedType | ListType | MapType | OptionalType


class Clause(NamedTuple):
    """A word with values behind the values of a statement: `by people.Team`."""

    word: str
    values: tuple[Value, ...]
    start: int
    end: int


class Annotation(NamedTuple):
    """`@word` or `@word(values)`."""

    word: str
    values: tuple[Value, ...]
    start: int
    end: int


class Block(NamedTuple):
    """The statements between braces."""

    statements: tuple[Statement, ...]
    start: int
    end: int


class Node(NamedTuple):
    """The first shape: a word, its values, an arrow, clauses, a block. Declarations and properties alike."""

    word: str
    values: tuple[Value, ...]
    arrow: Value | None
    clauses: tuple[Clause, ...]
    block: Block | None
    doc: tuple[str, ...]
    start: int
    end: int


class Field(NamedTuple):
    """The second shape: `name: type = default @annotation`."""

    name: str
    type: Type
    default: Value | None
    annotations: tuple[Annotation, ...]
    doc: tuple[str, ...]
    start: int
    end: int


class Operation(NamedTuple):
    """The third shape: `query name(parameters) -> Type clauses { … }`."""

    word: str
    name: Name
    parameters: tuple[Field, ...]
    result: Type | None
    clauses: tuple[Clause, ...]
    block: Block | None
    doc: tuple[str, ...]
    start: int
    end: int


class Transition(NamedTuple):
    """The fourth shape: `-> step clauses`."""

    target: Value
    clauses: tuple[Clause, ...]
    block: Block | None
    doc: tuple[str, ...]
    start: int
    end: int


class Spoiled(NamedTuple):
    """A statement that could not be read; the names in it are kept so that nothing is concluded from their absence."""

    word: str | None
    names: tuple[str, ...]
    block: Block | None
    start: int
    end: int


Statement = Node | Field | Operation | Transition | Spoiled


class Comment(NamedTuple):
    """A `//` comment, which no statement owns."""

    text: str
    start: int
    end: int


class File(NamedTuple):
    """All statements and comments of one file; `unreadable` where parts of it could not even be cut into statements."""

    statements: tuple[Statement, ...]
    comments: tuple[Comment, ...]
    unreadable: bool = False
