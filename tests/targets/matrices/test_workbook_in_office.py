"""The workbook in LibreOffice: it opens, calculates what we said it comes to, and calculates nothing else."""

from __future__ import annotations

import csv
import io
import re
import subprocess
import zipfile
from pathlib import Path

import pytest

from cxc.model.blueprint import Blueprint
from cxc.targets.escaping import one_line
from cxc.targets.matrices.matrix import Kind, Matrix
from cxc.targets.matrices.view import matrices_of
from cxc.targets.matrices.workbook import workbook_of
from cxc.targets.matrices.workbook.formulas import total_of
from designs import design, example
from hostile import TEXTS, design_of_texts

pytestmark = pytest.mark.slow

# Comma, quotes, UTF-8, cells as they are shown, and each sheet in a file of its own.
AS_CSV = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"


Sheets = dict[str, dict[str, list[list[str]]]]


@pytest.fixture(scope="module")
def folder(office: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two workbooks as LibreOffice opens them: each sheet as CSV, and all that is shown as one document (FODS)."""
    folder = tmp_path_factory.mktemp("office")
    for name, blueprint in (("pharmacy", example("pharmacy")), ("hostile", design(design_of_texts(TEXTS)))):
        content = workbook_of(blueprint, matrices_of(blueprint))
        (folder / f"{name}.xlsx").write_bytes(without_results(content))
    profile = (folder / "profile").as_uri()
    files = sorted(folder.glob("*.xlsx"))
    for form in (AS_CSV, "fods"):
        subprocess.run(
            [
                office,
                f"-env:UserInstallation={profile}",
                "--headless",
                "--convert-to",
                form,
                "--outdir",
                folder,
                *files,
            ],
            check=True,
            capture_output=True,
            timeout=300,
        )
    return folder


@pytest.fixture(scope="module")
def opened(folder: Path) -> Sheets:
    """The cells of both workbooks, by the sheets' names, after LibreOffice calculated all formulas itself."""
    found: Sheets = {}
    for file in folder.glob("*.csv"):
        name, _, sheet = file.stem.partition("-")
        text = file.read_text(encoding="utf-8")
        found.setdefault(name, {})[sheet] = list(csv.reader(io.StringIO(text, newline="")))
    return found


def without_results(content: bytes) -> bytes:
    """Return a workbook whose formulas have no results, so that whoever opens it has to calculate them."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(made, "w") as after:
        for name in before.namelist():
            text = before.read(name)
            if name.startswith("xl/worksheets/"):
                text, count = re.subn(rb"(</f>)<v>[^<]*</v>", rb"\1", text)
                assert count or b"<f>" not in text
            after.writestr(name, text)
    return made.getvalue()


def lines(sheets: dict[str, list[list[str]]], blueprint: Blueprint, name: str) -> tuple[Matrix, list[list[str]]]:
    """Return a matrix, and what its sheet shows from the row of totals on."""
    matrix = next(one for one in matrices_of(blueprint) if one.name == name)
    return matrix, sheets[matrix.title][2:]


def test_every_sheet_is_there(opened: Sheets) -> None:
    titles = [matrix.title for matrix in matrices_of(example("pharmacy"))]
    assert set(opened["pharmacy"]) == {"Read me", *titles, "Legend"}


def test_gaps_and_scores_are_calculated(opened: Sheets) -> None:
    matrix, (average, _, *rows) = lines(opened["pharmacy"], example("pharmacy"), "capability-maturity")
    marks = {Kind.NOT_APPLICABLE: "n/a", Kind.UNKNOWN: "?"}
    assert [row[2:] for row in rows] == [
        [marks.get(cell.kind, str(cell.value)) for cell in cells] for cells in matrix.cells
    ]
    gaps = [float(cells[2].value) for cells in matrix.cells if cells[2].kind is Kind.NUMBER]
    assert float(average[4]) == pytest.approx(sum(gaps) / len(gaps), abs=0.005)


@pytest.mark.parametrize("name", ["capability-system", "service-channel", "team-journey", "capability-phase"])
def test_totals_are_calculated(opened: Sheets, name: str) -> None:
    matrix, below = lines(opened["pharmacy"], example("pharmacy"), name)
    rows = below[-len(matrix.cells) :]
    assert matrix.row_total is not None
    assert [row[-1] for row in rows] == [
        str(total_of(matrix.row_total, "", cells, matrix.legend).value) for cells in matrix.cells
    ]
    if matrix.column_total is not None:
        wanted = [
            str(total_of(matrix.column_total, "", cells, matrix.legend).value)
            for cells in zip(*matrix.cells, strict=True)
        ]
        assert [value for value in below[0] if value][1:] == wanted


def test_numbers_are_shown_with_their_words(folder: Path) -> None:
    matrices = matrices_of(example("pharmacy"))
    cells = [cell for matrix in matrices for row in matrix.cells for cell in row if cell.kind is Kind.NUMBER]
    wanted = {f"<text:p>{cell.value} ({cell.detail})</text:p>" for cell in cells if cell.detail}
    text = (folder / "pharmacy.fods").read_text(encoding="utf-8")
    assert len(wanted) > 5
    assert [words for words in wanted if words not in text] == []


def test_texts_stay_what_they_are(opened: Sheets) -> None:
    shown = {value.strip() for sheet in opened["hostile"].values() for row in sheet for value in row}
    assert {one_line(text) for text in TEXTS if len(text) < 300 and text.strip()} - shown == set()
    errors = {"#NAME?", "#REF!", "#VALUE!", "#DIV/0!", "#N/A", "Err:508", "Err:509", "Err:510"}
    for sheets in opened.values():
        assert errors & {value for sheet in sheets.values() for row in sheet for value in row} == set()
