"""What the workbook calculates: totals, and columns that follow from others, each with the value it has now.

Only names of cells and our own words stand in these formulas, never a text of the design.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from cxc.targets.matrices.matrix import GIVEN, MARKS, Cell, Difference, How, Kind, Matrix, Meaning, Total, Weighted

_PATTERNS = {Kind.NOT_OFFERED: "–", Kind.NOT_APPLICABLE: "n/a", Kind.UNKNOWN: "~?"}
"""What finds the marks of empty cells: a question mark alone stands for any character."""


class Formula(NamedTuple):
    """A formula, and what it comes to."""

    text: str
    value: float | int | str


def weights_name(weighted: Weighted) -> str:
    """Return the name by which formulas call a table of weights."""
    return f"{weighted.word.capitalize()}Weights"


def total_of(total: Total, place: str, cells: Sequence[Cell], legend: Sequence[Meaning]) -> Formula:
    """Return what cells come to that stand at a place (`C6:N6`)."""
    numbers = [float(cell.value) for cell in cells if cell.kind is Kind.NUMBER]
    if total.how is How.SUM:
        return Formula(f"=SUM({place})", _plain(sum(numbers)))
    if total.how is How.AVERAGE:
        # 101: the average of the rows that a filter leaves.
        average = _plain(sum(numbers) / len(numbers)) if numbers else ""
        return Formula(f'=IFERROR(SUBTOTAL(101,{place}),"")', average)
    if total.mark:
        words = {meaning.value for meaning in legend if meaning.mark == total.mark}
        return Formula(f'=COUNTIF({place},"{total.mark}")', sum(cell.value in words for cell in cells))
    absent = [_PATTERNS[kind] for kind in MARKS if kind in _PATTERNS and any(one.kind is kind for one in legend)]
    less = "".join(f'-COUNTIF({place},"{pattern}")' for pattern in absent)
    return Formula(f"=COUNTA({place}){less}", sum(cell.kind in GIVEN for cell in cells))


def derived_of(matrix: Matrix, column: str, cells: Sequence[Cell], places: Sequence[str]) -> Formula | None:
    """Return the formula for a cell of a column that follows from others; none where the question does not arise.

    `places` are those of the cells of the row. Where a number is still unknown, the formula waits for it.
    """
    derived = matrix.derived.get(column)
    at = {id: place for place, id in enumerate(matrix.columns.ids)}
    if derived is None or cells[at[column]].kind is Kind.NOT_APPLICABLE:
        return None
    cell = cells[at[column]]
    value = cell.value if cell.kind is Kind.NUMBER else MARKS[Kind.UNKNOWN]
    unknown = MARKS[Kind.UNKNOWN]
    if isinstance(derived, Difference):
        one, other = places[at[derived.minuend]], places[at[derived.subtrahend]]
        return Formula(f'=IF(COUNT({one},{other})=2,{one}-{other},"{unknown}")', value)
    factor, word = places[at[derived.factor]], places[at[derived.word]]
    weight = f"VLOOKUP({word},{weights_name(derived)},2,FALSE)"
    return Formula(f'=IFERROR({factor}*{weight},"{unknown}")', value)


def _plain(number: float) -> float | int:
    rounded = round(float(number), 10)
    return int(rounded) if rounded.is_integer() else rounded
