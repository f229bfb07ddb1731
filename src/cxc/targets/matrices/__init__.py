"""The target `matrices`: what the organisation can do, offers, keeps and measures, as tables for people and tools.

Which matrices there are is said in `cxc.targets.matrices.view`, and how they look, in `csv_files`, `markdown`,
`page` and `workbook`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from cxc.targets import Emitted, GeneratedFile, Target, TargetOptions

if TYPE_CHECKING:
    from cxc.model.blueprint import Blueprint
    from cxc.targets.templates import Templates

_FOLDER = "matrices"


def _emit(blueprint: Blueprint, options: TargetOptions, templates: Templates) -> Emitted:
    from cxc.targets.templates import TemplateFailure

    try:
        return Emitted(tuple(_files(blueprint, templates)))
    except TemplateFailure as failure:
        return Emitted((), (failure.diagnostic,))


def _files(blueprint: Blueprint, templates: Templates) -> Iterator[GeneratedFile]:
    from cxc.targets.matrices.csv_files import tidy_csv, wide_csv
    from cxc.targets.matrices.markdown import index_markdown, matrix_markdown
    from cxc.targets.matrices.page import page_of
    from cxc.targets.matrices.view import matrices_of
    from cxc.targets.matrices.workbook import workbook_of

    subject = f"workspace:{blueprint.name}"
    matrices = matrices_of(blueprint)
    yield GeneratedFile(f"{_FOLDER}/index.html", page_of(blueprint, matrices, templates), subject)
    yield GeneratedFile(f"{_FOLDER}/capability-matrices.xlsx", workbook_of(blueprint, matrices), subject)
    yield GeneratedFile(f"{_FOLDER}/README.md", index_markdown(blueprint, matrices, templates), subject)
    for matrix in matrices:
        base = f"{_FOLDER}/{matrix.name}"
        yield GeneratedFile(f"{base}.md", matrix_markdown(blueprint, matrix, templates), subject)
        yield GeneratedFile(f"{base}.csv", wide_csv(matrix), subject)
        yield GeneratedFile(f"{base}.tidy.csv", tidy_csv(matrix), subject)


TARGET = Target(
    name="matrices",
    summary="Matrices of capabilities, channels, teams, data, promises and measures: page, workbook, CSV, Markdown.",
    emit=_emit,
    judged_by="openpyxl and LibreOffice, axe-core in Chromium, and Python's csv module, which reads every file back",
)
