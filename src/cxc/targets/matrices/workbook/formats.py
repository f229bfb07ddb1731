"""How cells of the workbook look: fonts, colours and borders, each combination made once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cxc.targets.escaping import not_a_formula
from cxc.targets.matrices.matrix import Kind, Look, Ramp

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

INK = "#1B2A3A"
LOOKS: dict[Look, dict[str, Any]] = {
    Look.STRONG: {"bg_color": "#8FBCEB", "font_color": "#0B2239"},
    Look.MEDIUM: {"bg_color": "#C3DCF5", "font_color": "#0B2239"},
    Look.WEAK: {"bg_color": "#E6F0FA", "font_color": "#0B2239"},
    Look.OTHER: {"bg_color": "#E3DAF5", "font_color": "#33196B"},
    Look.GOOD: {"bg_color": "#CDEBDD", "font_color": "#0B4A2E"},
    Look.BAD: {"bg_color": "#F8CFC6", "font_color": "#7A1A08"},
}
ABSENCES: dict[Kind, dict[str, Any]] = {
    Kind.NOT_OFFERED: {"bg_color": "#ECEEF0", "font_color": "#4A5560"},
    Kind.NOT_APPLICABLE: {"font_color": "#6B7680", "italic": True},
    Kind.UNKNOWN: {"bg_color": "#FFF3C4", "font_color": "#7A4B00", "bold": True},
}
RAMPS = {
    Ramp.AMOUNT: ("#F4F8FD", "#6FA8DF"),
    Ramp.LEVEL: ("#F1FAF6", "#63BE93"),
    Ramp.RISK: ("#FFFAF3", "#F5955B"),
}
"""The colours of the least and the most."""

_LONGEST = 32_000
"""How many characters a cell holds at most, less a few."""


class Formats:
    """The formats of a workbook; which properties there are says XlsxWriter."""

    def __init__(self, workbook: Workbook) -> None:
        self._workbook = workbook
        self._made: dict[tuple[tuple[str, Any], ...], Format] = {}

    def __call__(self, **properties: Any) -> Format:
        """Return the format with some properties."""
        key = tuple(sorted(properties.items()))
        if key not in self._made:
            self._made[key] = self._workbook.add_format({"font_name": "Calibri", "valign": "vcenter", **properties})
        return self._made[key]

    def rule(self, **properties: Any) -> Format:
        """Return the format that a rule of conditional formatting applies: only what it changes."""
        key = ("rule", ""), *sorted(properties.items())
        if key not in self._made:
            self._made[key] = self._workbook.add_format(properties)
        return self._made[key]


def tall(sheet: Worksheet, row: int, points: float) -> None:
    """Make a row so many points high, in whole pixels: releases of XlsxWriter round to them in different ways."""
    sheet.set_row_pixels(row, round(points * 4 / 3))


def wide(sheet: Worksheet, column: int, characters: float) -> None:
    """Make a column as wide as so many characters and a little space, in whole pixels too."""
    sheet.set_column_pixels(column, column, round(characters * 7) + 5)


def put(sheet: Worksheet, row: int, column: int, text: str, formats: Formats, **properties: Any) -> None:
    """Write a text as a text; where it looks like a formula, it stays none when someone edits the cell."""
    text = _sayable(text)
    if text:
        if text.startswith("'") or not_a_formula(text) != text:
            properties["quote_prefix"] = True
        sheet.write_string(row, column, text, formats(**properties))
    else:
        sheet.write_blank(row, column, None, formats(**properties))


def _sayable(text: str) -> str:
    """Return a text that a cell can hold: without halves of characters, and not too long."""
    if len(text) * 2 > _LONGEST and len(text.encode("utf-16-le", "replace")) > 2 * _LONGEST:
        text = f"{text[: _LONGEST // 2]}…"
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")
