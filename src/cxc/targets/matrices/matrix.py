"""What a matrix is: rows, columns, and cells that say what they hold, in a form that no file format shapes.

Which matrices there are is said in `view`; how one looks, in `csv_files`, `markdown`, `page` and `workbook`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import NamedTuple


class Kind(StrEnum):
    """What a cell holds, or why it holds nothing."""

    NUMBER = "number"
    WORD = "word"
    """One of the words that the legend explains."""
    TEXT = "text"
    """Names or words from the design."""
    NONE = "none"
    """Nothing: the row has nothing to do with the column."""
    NOT_OFFERED = "not offered"
    NOT_APPLICABLE = "not applicable"
    UNKNOWN = "unknown"


GIVEN = frozenset({Kind.NUMBER, Kind.WORD, Kind.TEXT})


MARKS = {Kind.NONE: "", Kind.NOT_OFFERED: "–", Kind.NOT_APPLICABLE: "n/a", Kind.UNKNOWN: "?"}
"""What stands in a narrow cell that holds nothing."""


class Cell(NamedTuple):
    """What stands where a row and a column meet.

    A text stands on one line (`escaping.one_line`). `detail` says more about the value (`3 of 5`); `trace` holds the
    ids of the elements that it follows from.
    """

    kind: Kind
    value: str | int | float = ""
    detail: str = ""
    trace: tuple[str, ...] = ()

    @property
    def shown(self) -> str | int | float:
        """The value, or the words for why there is none; nothing where there is nothing to say."""
        if self.kind in GIVEN:
            return self.value
        return "" if self.kind is Kind.NONE else self.kind.value


NONE = Cell(Kind.NONE)


class Part(NamedTuple):
    """One level of a heading: an element of the design, or one of the fixed columns that some matrices have.

    `label` is what people read: the title on one line, unique beside its neighbours.
    """

    id: str
    name: str
    label: str


class Heading(NamedTuple):
    """What a row or a column stands for: its parts from the outermost (a journey) to the innermost (a step).

    In a tree, `number` is the place in it (`3.2.1`), `level` its depth from 1, and `parent` the id of what holds it.
    """

    parts: tuple[Part, ...]
    number: str = ""
    level: int = 1
    parent: str = ""

    @property
    def id(self) -> str:
        """The id of the innermost part."""
        return self.parts[-1].id

    @property
    def label(self) -> str:
        """The innermost part as people read it, with its number in a tree."""
        return f"{self.number} {self.parts[-1].label}" if self.number else self.parts[-1].label


@dataclass(frozen=True)
class Axis:
    """The rows or the columns of a matrix.

    `words` names each level of its headings, `tree` says that they are numbered, and `sections` that each element
    of the outermost level is best shown as a table of its own.
    """

    words: tuple[str, ...]
    headings: tuple[Heading, ...]
    tree: bool = False
    sections: bool = False

    @property
    def ids(self) -> tuple[str, ...]:
        """The id of each heading, in order."""
        return tuple(heading.id for heading in self.headings)


class Look(StrEnum):
    """How a word strikes the eye; each look is a colour of its own."""

    STRONG = "strong"
    MEDIUM = "medium"
    WEAK = "weak"
    OTHER = "other"
    """Neither more nor less than another word, but of another sort: people serve."""
    GOOD = "good"
    BAD = "bad"


class Meaning(NamedTuple):
    """An entry of the legend: what a word or an empty kind of cell means; `mark` is its short form for narrow cells."""

    kind: Kind
    value: str
    meaning: str
    mark: str = ""
    look: Look | None = None


class Ramp(StrEnum):
    """What it means that a number is large."""

    AMOUNT = "amount"
    """There is more of it."""
    LEVEL = "level"
    """It is better."""
    RISK = "risk"
    """It is worse."""


class Scale(NamedTuple):
    """The numbers between which cells are coloured, the least and the most, and what it means to be the most."""

    ramp: Ramp
    least: float
    most: float


class How(StrEnum):
    """How cells are taken together."""

    SUM = "sum"
    AVERAGE = "average"
    COUNT = "count"
    """How many of them hold something that is there."""


class Total(NamedTuple):
    """What the cells of a row or a column come to.

    With `mark`, only the words are counted that have this short form; with `columns`, only these have a total.
    """

    label: str
    how: How = How.COUNT
    mark: str = ""
    columns: tuple[str, ...] = ()


class Difference(NamedTuple):
    """A column that is one other column less another, by their ids."""

    minuend: str
    subtrahend: str


class Weighted(NamedTuple):
    """A column that is one other column times the weight of the word in a third one, by their ids."""

    factor: str
    word: str
    weights: Mapping[str, int]


class Observation(NamedTuple):
    """What the matrix shows at a glance: a sentence's beginning, and the labels of what it is true of."""

    text: str
    about: tuple[str, ...]


@dataclass(frozen=True)
class Matrix:
    """A matrix: `cells` holds a sequence for each row, with a cell for each column.

    `name` is unique and names its files, `about` says what it shows and how that follows from the design. By the id of
    a column, `scales` says how its numbers are coloured, and `derived` from which others they follow. `row_total` and
    `column_total` are what rows and columns come to, where that can be told without counting twice.
    """

    name: str
    title: str
    about: str
    rows: Axis
    columns: Axis
    cells: Sequence[Sequence[Cell]]
    legend: tuple[Meaning, ...] = ()
    observations: tuple[Observation, ...] = ()
    scales: Mapping[str, Scale] = field(default_factory=dict)
    derived: Mapping[str, Difference | Weighted] = field(default_factory=dict)
    row_total: Total | None = None
    column_total: Total | None = None

    def amounts(self) -> Matrix:
        """Return the matrix with one scale for all its columns, from nothing to the largest number in it."""
        numbers = [float(cell.value) for row in self.cells for cell in row if cell.kind is Kind.NUMBER]
        scale = Scale(Ramp.AMOUNT, 0, max([1.0, *numbers]))
        return replace(self, scales=dict.fromkeys(self.columns.ids, scale))
