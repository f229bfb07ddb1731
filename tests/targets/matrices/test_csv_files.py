"""CSV files hold exactly what the matrices say, for whoever reads them: a program, or a spreadsheet."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxc.targets.escaping import one_line
from cxc.targets.matrices.axes import chain_axis
from cxc.targets.matrices.csv_files import tidy_csv, wide_csv
from cxc.targets.matrices.matrix import NONE, Axis, Cell, Heading, Kind, Matrix, Part
from cxc.targets.matrices.view import matrices_of
from designs import EXAMPLES, design, example

FORMULA = tuple("=+-@\t\r\n＝＋－＠")


def records(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline=""), strict=True))


def given_back(value: str) -> str:
    """Take away what keeps a text from being calculated."""
    return value[1:] if value.startswith("'") and value.lstrip("'").startswith(FORMULA) else value


@pytest.mark.parametrize("name", EXAMPLES)
def test_wide_files_read_back_give_the_matrix(name: str) -> None:
    for matrix in matrices_of(example(name)):
        header, *rows = records(wide_csv(matrix))
        front = 2 * len(matrix.rows.words)
        assert len(header) == len(set(header)) == front + len(matrix.columns.headings)
        assert [row[:front] for row in rows] == [labels_and_ids(heading) for heading in matrix.rows.headings]
        assert [row[front:] for row in rows] == [[str(cell.shown) for cell in row] for row in matrix.cells]
        assert len({tuple(row[:front]) for row in rows}) == len(rows)


def labels_and_ids(heading: Heading) -> list[str]:
    outer = [text for part in heading.parts[:-1] for text in (part.id, part.label)]
    return [*outer, heading.id, heading.label]


@pytest.mark.parametrize("name", EXAMPLES)
def test_tidy_files_read_back_give_every_cell_once(name: str) -> None:
    for matrix in matrices_of(example(name)):
        header, *rows = records(tidy_csv(matrix))
        assert len(header) == len(set(header))
        expected = [
            {
                **ids_and_names(matrix.rows, row),
                **ids_and_names(matrix.columns, column),
                "value": str(cell.shown),
                "value_kind": str(cell.kind),
                "detail": cell.detail,
                "trace": " ".join(cell.trace),
            }
            for row, cells in zip(matrix.rows.headings, matrix.cells, strict=True)
            for column, cell in zip(matrix.columns.headings, cells, strict=True)
        ]
        found = [dict(zip(header, row, strict=True)) for row in rows]
        assert [{**one, **wanted} for one, wanted in zip(found, expected, strict=True)] == found


def ids_and_names(axis: Axis, heading: Heading) -> dict[str, str]:
    parts = dict(zip(axis.words, heading.parts, strict=True))
    return {f"{word}_id": part.id for word, part in parts.items()} | {
        f"{word}_name": part.name for word, part in parts.items()
    }


def test_a_tree_can_be_built_from_a_tidy_file() -> None:
    text = "package a\ncapability One { capability Two { capability Three } }"
    matrix = next(one for one in matrices_of(design(text)) if one.name == "capability-maturity")
    header, *rows = records(tidy_csv(matrix))
    cells = [dict(zip(header, row, strict=True)) for row in rows]
    assert list(
        dict.fromkeys((cell["capability"], cell["capability_level"], cell["capability_parent_id"]) for cell in cells)
    ) == [
        ("1 One", "1", ""),
        ("1.1 Two", "2", "capability:a.One"),
        ("1.1.1 Three", "3", "capability:a.Two"),
    ]


# ---- what spreadsheets would do with it ---------------------------------------------------------------------


def one_by_one(label: str, cell: Cell) -> Matrix:
    rows = chain_axis(("team",), [(Part("team:a.One", "One", label),)])
    columns = chain_axis(("system",), [(Part("system:a.Two", "Two", label),)])
    return Matrix("team-system", "Team × system", "", rows, columns, [[cell]])


SIGNS = st.sampled_from([*FORMULA, "'", '"', ",", "1", "|"])
TEXTS = (st.text(max_size=20) | st.builds("".join, st.lists(SIGNS, max_size=6))).map(one_line)
"""A matrix holds texts on one line."""


@given(TEXTS, TEXTS)
def test_no_text_is_calculated_and_each_can_be_given_back(label: str, value: str) -> None:
    matrix = one_by_one(label, Cell(Kind.TEXT, value))
    for text in (wide_csv(matrix), tidy_csv(matrix)):
        header, row = records(text)
        assert not any(cell.startswith(FORMULA) for cell in (*header, *row))
        assert label in [given_back(cell) for cell in row]
        assert value in [given_back(cell) for cell in row]


def test_numbers_stay_numbers_below_zero_too() -> None:
    assert records(wide_csv(one_by_one("Desk", Cell(Kind.NUMBER, -2))))[1][-1] == "-2"
    assert records(tidy_csv(one_by_one("Desk", Cell(Kind.NUMBER, -2))))[1][6] == "-2"


def test_a_column_named_as_the_row_s_own_is_told_apart() -> None:
    header, _ = records(wide_csv(one_by_one("team_id", NONE)))
    assert header == ["team_id", "team", "team_id (system:a.Two)"]


def test_files_are_utf_8_without_a_mark_and_end_lines_as_all_generated_files() -> None:
    text = wide_csv(one_by_one("Zoë, 😀", NONE))
    assert text.encode().startswith(b"team_id,")
    assert text.endswith("\n")
    assert "\r" not in text
    assert '"Zoë, 😀"' in text


def test_a_large_matrix_has_a_record_for_each_cell() -> None:
    systems = "".join(f"system S{number}\n" for number in range(60))
    capabilities = "".join(
        f"capability C{group} {{\n"
        + "".join(f"capability C{group}x{at} {{ system S{(group + at) % 60} }}\n" for at in range(9))
        + "}\n"
        for group in range(40)
    )
    matrix = next(
        one for one in matrices_of(design(f"package large\n{systems}{capabilities}")) if one.name == "capability-system"
    )
    assert len(records(tidy_csv(matrix))) == 1 + 400 * 60
    assert len(records(wide_csv(matrix))) == 1 + 400
