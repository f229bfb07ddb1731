"""Matrices as Markdown: cut into tables that fit a page, for the templates to write down.

A matrix with sections becomes a table for each; one with many columns is cut into several tables. What has nothing to
say in such a table is left out of it, with a word on it where that means something. Writing is left to the templates.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from cxc.model.blueprint import Blueprint
from cxc.targets.matrices.matrix import MARKS, Axis, Cell, Heading, Kind, Matrix, Meaning
from cxc.targets.templates import Templates

MOST_COLUMNS = 16
"""How many columns a table has at most."""
_MOST_NAMED = 20


class Row(NamedTuple):
    """A line of a table: what names the row, with its number and depth in a tree, and its cells."""

    labels: tuple[str, ...]
    number: str
    indent: int
    cells: tuple[str, ...]


class Table(NamedTuple):
    """A table: the names of its columns, those of the row's labels first, and how the others are aligned."""

    head: tuple[str, ...]
    aligned: tuple[str, ...]
    rows: tuple[Row, ...]


class Section(NamedTuple):
    """A part of a matrix with a title of its own, its tables, and notes on what was left out of them."""

    title: str
    tables: tuple[Table, ...]
    notes: tuple[str, ...]


class Entry(NamedTuple):
    """A line of the legend."""

    shown: str
    csv: str
    meaning: str


def matrix_markdown(blueprint: Blueprint, matrix: Matrix, templates: Templates) -> str:
    """Return the page of a matrix; raise `TemplateFailure` where the template cannot be rendered."""
    return templates.render(
        "matrix.md.j2",
        workspace={"title": blueprint.title, "name": blueprint.name, "version": blueprint.version},
        matrix=matrix,
        observations=[(one.text, _listed(one.about)) for one in matrix.observations],
        sections=list(sections(matrix)),
        missing=[axis.words for axis in (matrix.rows, matrix.columns) if not axis.headings],
        legend=[_entry(meaning) for meaning in matrix.legend],
    )


def index_markdown(blueprint: Blueprint, matrices: Sequence[Matrix], templates: Templates) -> str:
    """Return the page that lists all matrices; raise `TemplateFailure` where the template cannot be rendered."""
    return templates.render(
        "README.md.j2",
        workspace={"title": blueprint.title, "name": blueprint.name, "version": blueprint.version},
        matrices=matrices,
    )


def _entry(meaning: Meaning) -> Entry:
    if meaning.kind in (Kind.NUMBER, Kind.TEXT):
        return Entry(meaning.value, meaning.value, meaning.meaning)
    if meaning.kind is Kind.WORD:
        return Entry(meaning.mark or meaning.value, meaning.value, meaning.meaning)
    return Entry(MARKS[meaning.kind] or "(empty)", str(Cell(meaning.kind).shown or "(empty)"), meaning.meaning)


def _listed(labels: Sequence[str]) -> str:
    more = len(labels) - _MOST_NAMED
    return "; ".join([*labels[:_MOST_NAMED], *([f"and {more} more"] if more > 0 else [])])


# ---- cutting --------------------------------------------------------------------------------------------------------


def sections(matrix: Matrix) -> Iterator[Section]:
    """Yield the parts of a matrix that has rows and columns."""
    marks = {meaning.value: meaning.mark for meaning in matrix.legend if meaning.mark}
    row_groups = list(_groups(matrix.rows))
    for row_title, rows in row_groups:
        for column_title, columns in _groups(matrix.columns):
            notes, kept = _without_empty_columns(matrix, rows, columns) if row_title else ((), columns)
            chunks = _evenly_cut(kept)
            is_cut = bool(column_title) or len(chunks) > 1
            tables = (_table(matrix, rows, chunk, marks, is_cut) for chunk in chunks)
            title = " / ".join(part for part in (row_title, column_title) if part)
            yield Section(title, tuple(table for table in tables if table.rows), notes)


def _evenly_cut(columns: list[int]) -> list[list[int]]:
    """Return the columns in as few tables as hold them, none of which is left with a small rest."""
    width = math.ceil(len(columns) / max(math.ceil(len(columns) / MOST_COLUMNS), 1))
    return [columns[at : at + width] for at in range(0, len(columns), max(width, 1))]


def _groups(axis: Axis) -> Iterator[tuple[str, list[int]]]:
    """Yield the places of the headings, by sections where the axis has them, each with its title."""
    places = range(len(axis.headings))
    if not axis.sections:
        if axis.headings:
            yield "", list(places)
        return
    for _, group in groupby(places, key=lambda place: axis.headings[place].parts[0].id):
        inside = list(group)
        yield axis.headings[inside[0]].parts[0].label, inside


def _without_empty_columns(
    matrix: Matrix, rows: Sequence[int], columns: Sequence[int]
) -> tuple[tuple[str, ...], list[int]]:
    """Return the columns with something to say in these rows, and a note on the others."""
    empty: dict[Kind, list[str]] = {Kind.NOT_OFFERED: [], Kind.NOT_APPLICABLE: []}
    kept = []
    for column in columns:
        kinds = {matrix.cells[row][column].kind for row in rows}
        kind = kinds.pop() if len(kinds) == 1 else None
        if kind in empty:
            empty[kind].append(matrix.columns.headings[column].label)
        else:
            kept.append(column)
    return tuple(f"{kind.capitalize()} here: {_listed(labels)}." for kind, labels in empty.items() if labels), kept


def _table(
    matrix: Matrix, rows: Sequence[int], columns: Sequence[int], marks: Mapping[str, str], is_cut: bool
) -> Table:
    """Return a table; where the matrix was cut by its columns, without the rows that hold nothing in these."""
    if is_cut:
        rows = [row for row in rows if any(matrix.cells[row][column].kind is not Kind.NONE for column in columns)]
    outer = 1 if matrix.rows.sections else 0
    column_outer = 1 if matrix.columns.sections else 0
    lines = []
    before: tuple[str, ...] = ()
    for row in rows:
        heading = matrix.rows.headings[row]
        labels = _labels(heading, outer)
        cells = tuple(_shown(matrix.cells[row][column], marks) for column in columns)
        lines.append(Row(_ditto(labels, before), heading.number, heading.level - 1, cells))
        before = labels
    names = [word.capitalize() for word in matrix.rows.words[outer:]]
    head = [*names, *(" / ".join(_labels(matrix.columns.headings[column], column_outer)) for column in columns)]
    aligned = tuple(_aligned([matrix.cells[row][column].kind for row in rows]) for column in columns)
    return Table(tuple(head), ("left",) * len(names) + aligned, tuple(lines))


def _labels(heading: Heading, outer: int) -> tuple[str, ...]:
    """Return the labels of a heading from its level `outer` on."""
    return tuple(part.label for part in heading.parts[outer:])


def _ditto(labels: tuple[str, ...], before: tuple[str, ...]) -> tuple[str, ...]:
    """Return labels with those empty that the row above has already given; the innermost is always there."""
    same = 0
    while same < len(labels) - 1 and same < len(before) and labels[same] == before[same]:
        same += 1
    return ("",) * same + labels[same:]


def _aligned(kinds: Sequence[Kind]) -> str:
    if Kind.TEXT in kinds:
        return "left"
    return "right" if Kind.NUMBER in kinds else "centre"


def _shown(cell: Cell, marks: Mapping[str, str]) -> str:
    if cell.kind in MARKS:
        return MARKS[cell.kind]
    text = str(cell.value)
    if cell.kind is Kind.WORD:
        text = marks.get(text, text)
    return f"{text} ({cell.detail})" if cell.detail else text
