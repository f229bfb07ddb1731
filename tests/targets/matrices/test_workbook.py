"""The workbook as openpyxl reads it: every cell, every formula, every rule, and nothing calculated that is a text."""

from __future__ import annotations

import io
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import Cell as SheetCell
from openpyxl.worksheet.worksheet import Worksheet

from conftest import ROOT
from cxc.model.blueprint import Blueprint
from cxc.targets.matrices.axes import chain_axis
from cxc.targets.matrices.matrix import NONE, Cell, Difference, How, Kind, Matrix, Part, Total
from cxc.targets.matrices.view import matrices_of
from cxc.targets.matrices.workbook import sheet_names, workbook_of
from cxc.targets.matrices.workbook.formulas import total_of
from designs import EXAMPLES, design, example
from hostile import TEXTS, design_of_texts
from large_design import large_design


@cache
def made(name: str) -> tuple[Workbook, Workbook]:
    """Return the workbook of an example, with formulas and with the values they have."""
    content = workbook_of(example(name), matrices_of(example(name)))
    return load_workbook(io.BytesIO(content)), load_workbook(io.BytesIO(content), data_only=True)


def matrix_sheets(workbook: Workbook, blueprint: Blueprint) -> Iterator[tuple[Matrix, Worksheet]]:
    yield from zip(matrices_of(blueprint), workbook.worksheets[1:-1], strict=True)


def front(matrix: Matrix) -> int:
    """Return how many columns name a row."""
    return len(matrix.rows.words) + matrix.rows.tree


def first_row(matrix: Matrix) -> int:
    """Return the row below the headings, from 1."""
    return 4 + (matrix.column_total is not None) + len(matrix.columns.words) - 1


def shown(matrix: Matrix, cell: Cell) -> str | int | float | None:
    marks = {one.value: one.mark for one in matrix.legend if one.mark}
    absent = {Kind.NONE: None, Kind.NOT_OFFERED: "–", Kind.NOT_APPLICABLE: "n/a", Kind.UNKNOWN: "?"}
    if cell.kind in absent:
        return absent[cell.kind]
    if cell.kind is Kind.NUMBER:
        return cell.value
    text = marks.get(str(cell.value), str(cell.value)) if cell.kind is Kind.WORD else str(cell.value)
    return f"{text} ({cell.detail})" if cell.detail else text


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_cell_of_every_matrix_is_there(name: str) -> None:
    for matrix, sheet in matrix_sheets(made(name)[1], example(name)):
        rows, left = first_row(matrix), front(matrix)
        for at, (heading, cells) in enumerate(zip(matrix.rows.headings, matrix.cells, strict=True)):
            line = [sheet.cell(rows + at, 1 + column).value for column in range(left + len(cells))]
            number = [heading.number] if matrix.rows.tree else []
            assert line[:left] == [*number, *(part.label for part in heading.parts)]
            assert line[left:] == [shown(matrix, cell) for cell in cells]
        titles = [sheet.cell(rows - 1, 1 + left + at).value for at in range(len(matrix.columns.headings))]
        assert titles == [heading.parts[-1].label for heading in matrix.columns.headings] or not matrix.cells


@pytest.mark.parametrize("name", EXAMPLES)
def test_headings_stay_in_view_and_every_column_can_be_filtered(name: str) -> None:
    for matrix, sheet in matrix_sheets(made(name)[0], example(name)):
        if not matrix.cells or not matrix.columns.headings:
            continue
        row, column = first_row(matrix), front(matrix)
        assert sheet.freeze_panes == sheet.cell(row, column + 1).coordinate
        width = column + len(matrix.columns.headings) + (matrix.row_total is not None)
        last = sheet.cell(row + len(matrix.cells) - 1, width).coordinate
        assert sheet.auto_filter.ref == f"A{row - 1}:{last}"
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
        assert sheet.print_title_rows == f"${row - len(matrix.columns.words)}:${row - 1}"
        assert sheet.print_title_cols.startswith("$A:$")
        assert all(4 <= sheet.column_dimensions[key].width <= 50 for key in sheet.column_dimensions)


def test_the_tree_is_an_outline() -> None:
    for matrix, sheet in matrix_sheets(made("pharmacy")[0], example("pharmacy")):
        levels = [sheet.row_dimensions[first_row(matrix) + at].outline_level for at in range(len(matrix.rows.headings))]
        assert levels == [heading.level - 1 for heading in matrix.rows.headings]
        if matrix.rows.tree:
            assert max(levels) == 2
            assert sheet.sheet_properties.outlinePr.summaryBelow is False
            indents = [
                sheet.cell(first_row(matrix) + at, front(matrix)).alignment.indent for at in range(len(matrix.cells))
            ]
            assert indents == levels


def test_cells_are_coloured_by_rules_and_not_painted() -> None:
    for matrix, sheet in matrix_sheets(made("airline")[0], example("airline")):
        if not matrix.cells or not matrix.columns.headings:
            continue
        rules = [rule for area in sheet.conditional_formatting for rule in area.rules]
        absent = {"–": Kind.NOT_OFFERED, "n/a": Kind.NOT_APPLICABLE, "?": Kind.UNKNOWN}
        for mark, kind in absent.items():
            has_rule = any(rule.type == "cellIs" and rule.formula == [f'"{mark}"'] for rule in rules)
            assert has_rule == any(one.kind is kind for one in matrix.legend)
        looks = {one.mark or one.value for one in matrix.legend if one.look}
        used = {cell.value for row in matrix.cells for cell in row if cell.kind is Kind.WORD}
        texts = {rule.text for rule in rules if rule.type == "beginsWith"}
        assert texts == (looks if used else set())
        assert any(rule.type == "colorScale" for rule in rules) == bool(matrix.scales)
        for row in sheet.iter_rows(min_row=first_row(matrix), min_col=front(matrix) + 1):
            assert all(cell.fill.fill_type is None for cell in row)


def test_rules_say_the_longest_word_first() -> None:
    sheet = next(
        sheet
        for matrix, sheet in matrix_sheets(made("airline")[0], example("airline"))
        if matrix.name == "entity-service"
    )
    rules = sorted(
        (rule for area in sheet.conditional_formatting for rule in area.rules), key=lambda rule: rule.priority
    )
    words = [rule.text for rule in rules if rule.type == "beginsWith"]
    assert words.index("read and write") < words.index("read")
    assert all(rule.stopIfTrue for rule in rules if rule.type == "beginsWith")


@pytest.mark.parametrize("name", EXAMPLES)
def test_links_lead_to_sheets(name: str) -> None:
    workbook = made(name)[0]
    places = [
        cell.hyperlink.location
        for sheet in workbook.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.hyperlink
    ]
    assert {place.rpartition("!")[0].strip("'") for place in places} == set(workbook.sheetnames)
    assert len(places) >= 2 * len(matrices_of(example(name)))


# ---- formulas ---------------------------------------------------------------------------------------------------

AREA = r"\$?[A-Z]{1,3}\$?\d+(:\$?[A-Z]{1,3}\$?\d+)?"
OURS = re.compile(
    rf"=(SUM\({AREA}\)"
    rf"|COUNTA\({AREA}\)(-COUNTIF\({AREA},\"(–|n/a|~\?)\"\))*"
    rf"|COUNTIF\({AREA},\"●\"\)"
    rf"|IFERROR\(SUBTOTAL\(101,{AREA}\),\"\"\)"
    rf"|IF\(COUNT\({AREA},{AREA}\)=2,{AREA}-{AREA},\"\?\"\)"
    rf"|IFERROR\({AREA}\*VLOOKUP\({AREA},ImportanceWeights,2,FALSE\),\"\?\"\))"
)
"""Every formula that there may be: none of them holds a text of a design."""


def formulas(workbook: Workbook) -> Iterator[SheetCell]:
    for sheet in workbook.worksheets:
        yield from (cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f")


@pytest.mark.parametrize("name", EXAMPLES)
def test_formulas_are_ours(name: str) -> None:
    found = list(formulas(made(name)[0]))
    assert found
    assert [cell.value for cell in found if not OURS.fullmatch(cell.value)] == []


def test_scores_follow_from_levels_and_weights() -> None:
    workbook, values = made("pharmacy")
    names = [matrix.name for matrix in matrices_of(example("pharmacy"))]
    at = 1 + names.index("capability-maturity")
    sheet, results = workbook.worksheets[at], values.worksheets[at]
    assert [sheet.cell(4, column).value for column in range(3, 8)] == [
        "Current",
        "Target",
        "Gap",
        "Importance",
        "Score",
    ]
    assert sheet["E6"].value == '=IF(COUNT(D6,C6)=2,D6-C6,"?")'
    assert sheet["G6"].value == '=IFERROR(E6*VLOOKUP(F6,ImportanceWeights,2,FALSE),"?")'
    assert (results["E6"].value, results["F6"].value, results["G6"].value) == (2, "strategic", 6)
    place = workbook.defined_names["ImportanceWeights"].attr_text
    assert place == "'Legend'!$A$5:$B$7"
    weights = values["Legend"]["A5:B7"]
    assert [(word.value, weight.value) for word, weight in weights] == [
        ("strategic", 3),
        ("core", 2),
        ("supporting", 1),
    ]


def test_what_is_unknown_waits_for_a_number() -> None:
    text = "package a\ncapability Own { capability One { maturity 2 }\ncapability Two { importance core } }"
    blueprint = design(text)
    sheet = load_workbook(io.BytesIO(workbook_of(blueprint, matrices_of(blueprint))))["Capability × maturity"]
    assert [cell.value for cell in sheet[5]][2:] == ["n/a", "n/a", "n/a", "?", "n/a"]
    assert [cell.data_type for cell in sheet[6]][2:] == ["n", "s", "f", "s", "f"]
    assert [cell.data_type for cell in sheet[7]][2:] == ["s", "s", "f", "s", "f"]


def test_a_number_with_words_in_brackets_stays_a_number() -> None:
    found = 0
    for matrix, sheet in matrix_sheets(made("airline")[0], example("airline")):
        for at, cells in enumerate(matrix.cells):
            for column, cell in enumerate(cells):
                if cell.kind is Kind.NUMBER and cell.detail:
                    there = sheet.cell(first_row(matrix) + at, 1 + front(matrix) + column)
                    assert there.data_type == "n"
                    form, _, words = there.number_format.partition('"')
                    assert form.replace("0", "") in ("", ".")
                    assert len(form.partition(".")[2]) == len(str(cell.value).partition(".")[2])
                    assert words == f' ({cell.detail})"'
                    found += 1
    assert found > 10


def test_totals_count_what_is_there() -> None:
    cells = [Cell(Kind.WORD, "full"), Cell(Kind.NOT_OFFERED), Cell(Kind.UNKNOWN), NONE, Cell(Kind.NUMBER, 2)]
    matrix = next(one for one in matrices_of(example("pharmacy")) if one.name == "service-channel")
    assert total_of(Total("All"), "A1:E1", cells, matrix.legend).value == 2
    assert total_of(Total("All", How.SUM), "A1:E1", cells, matrix.legend).value == 2
    assert total_of(Total("All", How.AVERAGE), "A1:E1", cells[:4], matrix.legend).value == ""


# ---- texts ------------------------------------------------------------------------------------------------------

FORMULA = tuple("=+-@\t\r\n＝＋－＠'")


def texts_in(workbook: Workbook) -> Iterator[SheetCell]:
    for sheet in workbook.worksheets:
        yield from (cell for row in sheet.iter_rows() for cell in row if cell.data_type == "s")


def test_no_text_of_a_design_is_calculated() -> None:
    blueprint = design(design_of_texts(TEXTS))
    workbook = load_workbook(io.BytesIO(workbook_of(blueprint, matrices_of(blueprint))))
    assert [cell.value for cell in formulas(workbook) if not OURS.fullmatch(cell.value)] == []
    risky = [cell for cell in texts_in(workbook) if cell.value.startswith(FORMULA)]
    assert {"=cmd|'/C calc'!A0", "+1", "-1", "@SUM(A1)"} <= {cell.value for cell in risky}
    assert all(cell.quotePrefix for cell in risky)
    links = [
        cell.hyperlink for sheet in workbook.worksheets for row in sheet.iter_rows() for cell in row if cell.hyperlink
    ]
    assert all(link.target is None for link in links)


SIGNS = st.sampled_from([*FORMULA, '"', ",", "1", "_x000D_", "&", "<", "]]>", "{=1}", "\u202e", "\ud800", "\ufffe"])
ANY_TEXT = st.text(max_size=12) | st.builds("".join, st.lists(SIGNS, min_size=1, max_size=5))


@given(ANY_TEXT, ANY_TEXT)
def test_any_text_arrives(label: str, value: str) -> None:
    from cxc.targets.escaping import one_line

    label, value = one_line(label), one_line(value)
    rows = chain_axis(("team",), [(Part("team:a.One", "One", label),)])
    columns = chain_axis(("system",), [(Part("system:a.Two", "Two", label),)])
    matrix = Matrix("team-system", "Team × system", "", rows, columns, [[Cell(Kind.TEXT, value)]])
    sheet = load_workbook(io.BytesIO(workbook_of(design("package a"), [matrix]))).worksheets[1]
    found = [sheet["A4"].value, sheet["B3"].value, sheet["B4"].value]
    assert [text or "" for text in found] == [without_halves(text) for text in (label, label, value)]
    assert all(sheet[place].data_type != "f" for place in ("A4", "B3", "B4"))


def without_halves(text: str) -> str:
    return text.encode("utf-8", "replace").decode()


def test_a_very_long_text_is_cut_and_not_lost() -> None:
    rows = chain_axis(("team",), [(Part("team:a.One", "One", "One"),)])
    columns = chain_axis(("system",), [(Part("system:a.Two", "Two", "Two"),)])
    matrix = Matrix("team-system", "Team × system", "", rows, columns, [[Cell(Kind.TEXT, "😀" * 40_000)]])
    sheet = load_workbook(io.BytesIO(workbook_of(design("package a"), [matrix]))).worksheets[1]
    assert sheet["B4"].value.endswith("😀…")


def test_the_title_of_the_workspace_is_no_code_in_the_footer() -> None:
    from dataclasses import replace

    blueprint = replace(example("pharmacy"), title="A & B &D &P\n" + "&" * 300)
    sheet = load_workbook(io.BytesIO(workbook_of(blueprint, matrices_of(blueprint)))).worksheets[1]
    assert sheet.oddFooter.left.text.startswith("A && B &&D &&P")
    assert len(sheet.oddFooter.left.text.replace("&&", "")) < 120
    assert sheet.oddFooter.left.text.count("&") % 2 == 0


# ---- sheets -----------------------------------------------------------------------------------------------------


@given(
    st.lists(st.text(max_size=40) | st.sampled_from(["History", "'", "a" * 40, "A" * 40, "x/y", "x\\y"]), max_size=12)
)
def test_names_of_sheets_are_short_and_unique(titles: list[str]) -> None:
    names = sheet_names(titles)
    assert len(names) == len({name.casefold() for name in names}) == len(titles)
    for name in names:
        assert 0 < len(name) <= 31
        assert not re.search(r"[\[\]:*?/\\]", name)
        assert not name.startswith("'") and not name.endswith("'")
        assert name.casefold() != "history"


def test_an_empty_design_says_that_there_is_nothing_to_show() -> None:
    blueprint = design("package empty")
    workbook = load_workbook(io.BytesIO(workbook_of(blueprint, matrices_of(blueprint))))
    said = [sheet["A4"].value for sheet in workbook.worksheets[1:-1]]
    assert all(text.startswith("Nothing to show: the design has no ") for text in said)


def test_headings_around_others_are_one_cell() -> None:
    matrix = Matrix(
        "a-b",
        "A × b",
        "",
        chain_axis(("a",), [(Part("a", "a", "A"),)]),
        chain_axis(("j", "p"), [(Part("j", "j", "J"), Part(name, name, name)) for name in ("one", "two")]),
        [[Cell(Kind.NUMBER, 1), Cell(Kind.NUMBER, 3)]],
        derived={"two": Difference("one", "one")},
    )
    sheet = load_workbook(io.BytesIO(workbook_of(design("package a"), [matrix]))).worksheets[1]
    assert [str(area) for area in sheet.merged_cells.ranges] == ["B3:C3"]
    assert [sheet["B3"].value, sheet["B4"].value, sheet["C4"].value] == ["J", "one", "two"]
    assert sheet["C5"].value == '=IF(COUNT(B5,B5)=2,B5-B5,"?")'


def test_a_large_matrix_is_there_as_a_whole() -> None:
    blueprint = large_design()
    content = workbook_of(blueprint, matrices_of(blueprint))
    sheet = load_workbook(io.BytesIO(content))["Capability × system"]
    assert sheet.auto_filter.ref == "A4:BK404"
    assert [sheet.cell(3, 3).value, sheet.cell(5, 63).value] == ['=COUNTIF(C5:C404,"●")', "=COUNTA(C5:BJ5)"]
    assert len(content) < 2_000_000


# ---- the same bytes -----------------------------------------------------------------------------------------------


def test_parts_have_neither_dates_nor_traces_of_the_machine() -> None:
    content = workbook_of(example("pharmacy"), matrices_of(example("pharmacy")))
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        for part in file.infolist():
            assert (part.date_time, part.create_system, part.external_attr) == ((1980, 1, 1, 0, 0, 0), 0, 0o600 << 16)
            assert part.compress_type == zipfile.ZIP_STORED
        core = file.read("docProps/core.xml").decode()
    assert re.findall(r">(\d{4}-[^<]*)<", core) == ["2000-01-01T00:00:00Z"] * 2


PROGRAM = """
import hashlib, sys
sys.path.insert(0, "tests")
from designs import example
from cxc.targets import load_target
from cxc.targets.templates import Templates
target = load_target("matrices")
made = target.emit(example("airline"), target.options(), Templates.of("matrices"))
for file in made.files:
    content = file.content.encode() if isinstance(file.content, str) else file.content
    print(file.path, hashlib.sha256(content).hexdigest())
"""


def test_the_same_design_gives_the_same_bytes_in_any_process() -> None:
    runs = [
        subprocess.Popen(
            [sys.executable, "-c", PROGRAM],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            env={"PYTHONHASHSEED": seed, "TZ": zone, "PATH": ""},
        )
        for seed, zone in (("1", "Asia/Tokyo"), ("2", "America/New_York"))
    ]
    one, other = (run.communicate()[0] for run in runs)
    assert one == other
    assert b"capability-matrices.xlsx" in one
    assert b"index.html" in one
