"""Matrices as CSV: tidy, with a record for each cell, and wide, with a record for each row.

Both are UTF-8 without a byte order mark, quoted as RFC 4180 says, with line feeds as all generated files have them: a
version control system that changes line endings then leaves them alone. CSV knows no comments, so that a file is
generated is said in the README beside it and in the manifest. Text that a spreadsheet would calculate is disarmed by
`escaping.not_a_formula`; our own numbers stay numbers, negative ones too.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator

from cxc.targets.escaping import not_a_formula
from cxc.targets.matrices.matrix import Axis, Heading, Matrix

_Value = str | int | float


def tidy_csv(matrix: Matrix) -> str:
    """Return a record for each cell: ids, names and labels of its row and its column, and what it holds.

    `value_kind` says whether the value is a number, a word of the legend or text, or else why there is none.
    """
    header = [*_tidy_header(matrix.rows), *_tidy_header(matrix.columns), "value", "value_kind", "detail", "trace"]
    return _written(header, _tidy_records(matrix))


def _tidy_records(matrix: Matrix) -> Iterator[list[_Value]]:
    columns = [_disarmed(_tidy_heading(matrix.columns, heading)) for heading in matrix.columns.headings]
    for heading, cells in zip(matrix.rows.headings, matrix.cells, strict=True):
        row = _disarmed(_tidy_heading(matrix.rows, heading))
        for column, cell in zip(columns, cells, strict=True):
            yield [*row, *column, *_disarmed((cell.shown, cell.kind.value, cell.detail)), " ".join(cell.trace)]


def _tidy_header(axis: Axis) -> list[str]:
    header = [name for word in axis.words for name in (f"{word}_id", f"{word}_name", word)]
    return [*header, f"{axis.words[-1]}_level", f"{axis.words[-1]}_parent_id"] if axis.tree else header


def _tidy_heading(axis: Axis, heading: Heading) -> list[_Value]:
    *outer, _ = heading.parts
    values: list[_Value] = [text for part in outer for text in (part.id, part.name, part.label)]
    values += [heading.id, heading.parts[-1].name, heading.label]
    return [*values, heading.level, heading.parent] if axis.tree else values


def wide_csv(matrix: Matrix) -> str:
    """Return a record for each row: the ids and labels of its heading, and what its cells hold."""
    front = [name for word in matrix.rows.words for name in (f"{word}_id", word)]
    header = [*front, *(_column_name(heading, front) for heading in matrix.columns.headings)]
    records = (
        _disarmed([*_ids_and_labels(heading), *(cell.shown for cell in cells)])
        for heading, cells in zip(matrix.rows.headings, matrix.cells, strict=True)
    )
    return _written(header, records)


def _ids_and_labels(heading: Heading) -> list[str]:
    *outer, _ = heading.parts
    return [text for part in outer for text in (part.id, part.label)] + [heading.id, heading.label]


def _column_name(heading: Heading, taken: Iterable[str]) -> str:
    name = " / ".join(part.label for part in heading.parts)
    return f"{name} ({heading.id})" if name in taken else name


def _disarmed(values: Iterable[_Value]) -> list[_Value]:
    return [not_a_formula(value) if value and type(value) is str else value for value in values]


def _written(header: Iterable[str], records: Iterable[Iterable[_Value]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(_disarmed(header))
    writer.writerows(records)
    return text.getvalue()
