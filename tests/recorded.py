"""What golden cases record of a file: the file as it is, or of a few kinds only what a person can compare.

A workbook is recorded as the list of its cells, formats and rules, in a text file beside where it would stand; that it
has the same bytes each time is tested elsewhere. A page is recorded without its style and script, which never differ.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

_OURS = re.compile(rb"<(style|script)>.*?</\1>", re.DOTALL)
_HASH = re.compile(rb"'sha256-[^']*'")


def recorded(path: str, content: bytes) -> tuple[str, bytes]:
    """Return the path and the content by which a case records a file."""
    if path.endswith(".xlsx"):
        return f"{path}.txt", "".join(f"{line}\n" for line in _workbook(content)).encode()
    if path.endswith(".html"):
        return path, _HASH.sub(b"'sha256-...'", _OURS.sub(rb"<\1>...</\1>", content))
    return path, content


def _workbook(content: bytes) -> Iterator[str]:
    workbook = load_workbook(io.BytesIO(content))
    values = load_workbook(io.BytesIO(content), data_only=True)
    for name, place in workbook.defined_names.items():
        yield f"{name} = {place.attr_text}"
    for sheet in workbook.worksheets:
        yield ""
        yield f"# {sheet.title}: {sheet.dimensions}, frozen at {sheet.freeze_panes}, filter {sheet.auto_filter.ref}"
        for area in sheet.conditional_formatting:
            for rule in area.rules:
                yield f"  rule {area.sqref} {rule.type} {rule.operator or ''} {' '.join(rule.formula)}".rstrip()
        yield from _cells(sheet, values[sheet.title])


def _cells(sheet: Worksheet, values: Worksheet) -> Iterator[str]:
    for row in sheet.iter_rows():
        level = sheet.row_dimensions[row[0].row].outline_level
        group = f" (group {level})" if level else ""
        for cell in row:
            if cell.value is None:
                continue
            result = f" -> {values[cell.coordinate].value!r}" if cell.data_type == "f" else ""
            form = f" as {cell.number_format}" if cell.number_format != "General" else ""
            quoted = " (quoted)" if cell.quotePrefix else ""
            yield f"  {cell.coordinate} {cell.data_type} {cell.value!r}{result}{form}{quoted}{group}"
            group = ""
