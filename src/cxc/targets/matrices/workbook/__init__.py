"""Matrices as one workbook (XLSX): a sheet for each, behind a page to read first and a legend.

Texts are written as texts, whatever they begin with: nothing in a design becomes a formula. The workbook is written by
XlsxWriter, which makes the same parts each time; `archive` puts them together in the same bytes on any machine.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from datetime import datetime

from cxc.model.blueprint import Blueprint
from cxc.targets.escaping import one_line
from cxc.targets.matrices.matrix import Matrix

_NEVER = datetime(2000, 1, 1)
"""When the workbook was made, as it says itself: the same design gives the same bytes."""


def workbook_of(blueprint: Blueprint, matrices: Sequence[Matrix]) -> bytes:
    """Return the workbook of a design's matrices."""
    from xlsxwriter import Workbook

    from cxc.targets.matrices.workbook.archive import stored
    from cxc.targets.matrices.workbook.cover import write_legend, write_read_me
    from cxc.targets.matrices.workbook.formats import Formats
    from cxc.targets.matrices.workbook.sheets import MatrixSheet

    made = io.BytesIO()
    options = dict.fromkeys(("strings_to_formulas", "strings_to_urls", "strings_to_numbers"), False)
    workbook = Workbook(made, {**options, "in_memory": True})
    title = one_line(blueprint.title)
    workbook.set_properties({"title": f"Matrices of {title}"[:255], "created": _NEVER})
    formats = Formats(workbook)
    names = sheet_names(["Read me", *(matrix.title for matrix in matrices), "Legend"])
    sheets = [workbook.add_worksheet(name) for name in names]
    write_read_me(sheets[0], formats, blueprint, matrices, names)
    for sheet, matrix in zip(sheets[1:-1], matrices, strict=True):
        MatrixSheet(sheet, formats, matrix, title, names[0]).write()
    weights = write_legend(sheets[-1], formats, matrices, names)
    for name, place in weights.items():
        workbook.define_name(name, f"='{names[-1]}'!{place}")
    workbook.close()
    return stored(made.getvalue())


_NOT_IN_NAMES = str.maketrans(dict.fromkeys("[]:*?/\\", " "))
_LONGEST_NAME = 31


def sheet_names(titles: Sequence[str]) -> list[str]:
    """Return a name for the sheet of each title, as spreadsheets take it: short and unique, also in other case."""
    return list(_sheet_names(titles))


def _sheet_names(titles: Sequence[str]) -> Iterator[str]:
    taken = {"history"}  # the only word that Excel keeps for itself
    for title in titles:
        base = " ".join(one_line(title).translate(_NOT_IN_NAMES).split()).strip("'").strip() or "Matrix"
        name, number = base[:_LONGEST_NAME].rstrip(" '"), 1
        while name.casefold() in taken:
            number += 1
            end = f" ({number})"
            name = base[: _LONGEST_NAME - len(end)].rstrip(" '") + end
        taken.add(name.casefold())
        yield name
