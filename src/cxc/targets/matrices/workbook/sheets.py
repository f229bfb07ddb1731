"""The sheet of one matrix: its title, a row of totals, the headings, and a row for each of the matrix's own.

Titles, totals and headings stay in view, cells are coloured by rules, and a tree is an outline. What the pages around
the sheets say is left to `cover`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby, islice
from typing import TYPE_CHECKING, Any

from cxc.targets.matrices.matrix import MARKS, Cell, Heading, Kind, Matrix, Scale
from cxc.targets.matrices.workbook.formats import ABSENCES, INK, LOOKS, RAMPS, Formats, put, tall, wide
from cxc.targets.matrices.workbook.formulas import derived_of, total_of

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

_MOST_ROWS = 1_000_000
_MOST_COLUMNS = 16_000
_HEAD = {"bold": True, "bg_color": INK, "font_color": "#FFFFFF", "border": 1, "border_color": "#FFFFFF"}
_LINE = {"bottom": 1, "right": 1, "border_color": "#D5DBE1"}
_DEEPEST = 7
"""How many levels an outline has at most."""


class MatrixSheet:
    """Writes one matrix on one sheet."""

    def __init__(self, sheet: Worksheet, formats: Formats, matrix: Matrix, title: str, home: str) -> None:
        self._sheet = sheet
        self._formats = formats
        self._matrix = matrix
        self._title = title
        self._home = home
        self._columns = matrix.columns.headings[:_MOST_COLUMNS]
        self._rows = matrix.rows.headings[:_MOST_ROWS]
        self._left = len(matrix.rows.words) + matrix.rows.tree
        """How many columns name the row: in a tree, its number stands in one of its own."""
        self._outer = len(matrix.columns.words) - 1
        self._head = 2 + (matrix.column_total is not None) + self._outer
        self._first = self._head + 1
        self._rules: list[tuple[str, dict[str, Any]]] = []
        self._marks = {meaning.value: meaning.mark for meaning in matrix.legend if meaning.mark}
        self._shown = [[self._text(cell) for cell in row] for row in islice(matrix.cells, _MOST_ROWS)]
        self._contents = [max(map(len, column)) for column in zip(*self._shown, strict=True)]
        """How many characters the longest cell of each column has."""
        # Headings are turned where they are longer than what stands below them.
        self._is_rotated = len(self._columns) > 6 and max(self._contents, default=0) <= 9

    @property
    def _last_row(self) -> int:
        return self._head + len(self._rows)

    @property
    def _last_column(self) -> int:
        return self._left + len(self._columns) + (self._matrix.row_total is not None) - 1

    def write(self) -> None:
        """Write the sheet."""
        sheet, matrix = self._sheet, self._matrix
        put(sheet, 0, 0, matrix.title, self._formats, bold=True, font_size=16, font_color=INK)
        tall(sheet, 0, 26)
        link = self._formats(font_color="#1F5FA8", underline=1)
        sheet.write_url(1, 0, f"internal:'{self._home}'!A1", link, f"← {self._home}")
        if not self._rows or not self._columns:
            words = [" or ".join(axis.words) for axis in (matrix.rows, matrix.columns) if not axis.headings]
            put(sheet, 3, 0, f"Nothing to show: the design has no {', or no '.join(words)}.", self._formats)
            wide(sheet, 0, 40)
            return
        self._write_heads()
        self._write_rows()
        self._write_totals()
        self._colour()
        self._set_up()

    # ---- headings ---------------------------------------------------------------------------------------------------

    def _write_heads(self) -> None:
        names = [*(["No."] if self._matrix.rows.tree else []), *(word.capitalize() for word in self._matrix.rows.words)]
        for column, name in enumerate(names):
            put(self._sheet, self._head, column, name, self._formats, **(_HEAD | {"valign": "bottom"}))
        turned = {"rotation": 90, "align": "center", "valign": "bottom"} if self._is_rotated else {"align": "center"}
        for column, heading in enumerate(self._columns, start=self._left):
            label = heading.parts[-1].label
            put(self._sheet, self._head, column, label, self._formats, **_HEAD, **turned, text_wrap=True)
        for level in range(self._outer):
            self._write_group(level)
        if total := self._matrix.row_total:
            put(self._sheet, self._head, self._last_column, total.label, self._formats, **_HEAD, **turned)
        tall(self._sheet, self._head, self._head_height)

    @property
    def _head_height(self) -> float:
        labels = [heading.parts[-1].label for heading in self._columns]
        if self._is_rotated:
            return min(40 + 5.5 * max(map(len, labels)), 170)
        # Words are not cut, so that a line holds a little less than its width.
        lines = max(-(-len(label) * 5 // (4 * self._width(column))) for column, label in enumerate(labels))
        return min(8 + 15 * max(lines, 1), 98)

    def _write_group(self, level: int) -> None:
        """Write the headings around others: one cell over all that belong together."""
        at, row = self._left, self._head - self._outer + level
        for _, group in groupby(
            self._columns, key=lambda heading: tuple(part.id for part in heading.parts[: level + 1])
        ):
            inside = list(group)
            if len(inside) > 1:
                self._sheet.merge_range(row, at, row, at + len(inside) - 1, "", self._formats(**_HEAD, align="left"))
            put(self._sheet, row, at, inside[0].parts[level].label, self._formats, **_HEAD, align="left")
            at += len(inside)

    def _width(self, column: int) -> int:
        content = self._contents[column]
        if self._is_rotated:
            return max(content + 2, 5)
        label = self._columns[column].parts[-1].label
        longest_word = max(map(len, label.split()), default=0)
        return min(max(content + 2, longest_word + 3, len(label) // 3, 9), 38)

    # ---- rows -------------------------------------------------------------------------------------------------------

    def _write_rows(self) -> None:
        ids = self._matrix.columns.ids
        for place, (heading, cells) in enumerate(zip(self._rows, self._matrix.cells, strict=False)):
            row = self._first + place
            self._write_labels(row, heading)
            places = [self._name(row, self._left + column) for column in range(len(self._columns))]
            for column, cell in enumerate(cells[:_MOST_COLUMNS]):
                formula = derived_of(self._matrix, ids[column], cells, places) if self._matrix.derived else None
                if formula is not None:
                    format = self._formats(**_LINE, align="center")
                    self._sheet.write_formula(row, self._left + column, formula.text, format, formula.value)
                else:
                    self._write_cell(row, self._left + column, cell, self._shown[place][column])
            if total := self._matrix.row_total:
                area = f"{self._name(row, self._left)}:{self._name(row, self._left + len(self._columns) - 1)}"
                found = total_of(total, area, cells, self._matrix.legend)
                format = self._formats(**_LINE, bold=True, align="center")
                self._sheet.write_formula(row, self._last_column, found.text, format, found.value)
            if heading.level > 1:
                self._sheet.set_row(row, None, None, {"level": min(heading.level - 1, _DEEPEST)})

    def _write_labels(self, row: int, heading: Heading) -> None:
        texts = [part.label for part in heading.parts]
        top = self._matrix.rows.tree and heading.level == 1
        if self._matrix.rows.tree:
            put(self._sheet, row, 0, heading.number, self._formats, **_LINE, bold=top, font_color="#5A6772")
        for column, text in enumerate(texts, start=self._left - len(texts)):
            inner: dict[str, Any] = {"indent": heading.level - 1} if self._matrix.rows.tree else {}
            put(self._sheet, row, column, text, self._formats, **_LINE, **inner, bold=top, text_wrap=True)

    def _write_cell(self, row: int, column: int, cell: Cell, shown: str) -> None:
        if cell.kind is Kind.NUMBER:
            form = {"num_format": _with_words(str(cell.value), cell.detail)} if cell.detail else {}
            self._sheet.write_number(row, column, float(cell.value), self._formats(**_LINE, **form, align="center"))
        elif cell.kind is Kind.TEXT:
            put(self._sheet, row, column, shown, self._formats, **_LINE, text_wrap=True)
        elif shown:
            put(self._sheet, row, column, shown, self._formats, **_LINE, align="center")

    def _text(self, cell: Cell) -> str:
        if cell.kind in MARKS:
            return MARKS[cell.kind]
        text = str(cell.value)
        if cell.kind is Kind.WORD:
            text = self._marks.get(text, text)
        return f"{text} ({cell.detail})" if cell.detail else text

    # ---- totals and colours -----------------------------------------------------------------------------------------

    def _write_totals(self) -> None:
        total = self._matrix.column_total
        if total is None:
            return
        row = self._head - 1 - self._outer
        form = {"italic": True, "font_color": "#5A6772"}
        put(self._sheet, row, self._left - 1, total.label, self._formats, **form, align="right")
        for column, heading in enumerate(self._columns):
            if total.columns and heading.id not in total.columns:
                continue
            cells = [line[column] for line in islice(self._matrix.cells, len(self._rows))]
            found = total_of(total, self._below(column, column), cells, self._matrix.legend)
            format = self._formats(**form, align="center", num_format="0.##" if total.columns else "General")
            self._sheet.write_formula(row, self._left + column, found.text, format, found.value)

    def _colour(self) -> None:
        """Colour cells by what they hold; what someone writes into them is coloured too."""
        for kind in (
            kind for kind in MARKS if kind in ABSENCES and any(one.kind is kind for one in self._matrix.legend)
        ):
            rule: dict[str, Any] = {"type": "cell", "criteria": "equal to", "value": f'"{MARKS[kind]}"'}
            self._apply(0, len(self._columns) - 1, {**rule, "format": self._formats.rule(**ABSENCES[kind])})
        words = [(one.mark or one.value, one.look) for one in self._matrix.legend if one.look]
        for first, last in self._runs(
            [any(row[at].kind is Kind.WORD for row in self._matrix.cells) for at in self._all]
        ):
            # The longest first: one word may begin with another one.
            for word, look in sorted(words, key=lambda one: -len(one[0])):
                rule = {"type": "text", "criteria": "begins with", "value": word, "stop_if_true": True}
                self._apply(first, last, {**rule, "format": self._formats.rule(**LOOKS[look])})
        scales = [self._matrix.scales.get(heading.id) for heading in self._columns]
        for scale in dict.fromkeys(scale for scale in scales if scale is not None):
            for first, last in self._runs([one == scale for one in scales]):
                self._apply(first, last, _scale_rule(scale))
        # Releases of XlsxWriter differ in the order in which they write areas, unless it is this one.
        for area, rule in sorted(self._rules, key=lambda noted: noted[0]):
            self._sheet.conditional_format(area, rule)

    @property
    def _all(self) -> range:
        return range(len(self._columns))

    def _runs(self, chosen: Sequence[bool]) -> Iterator[tuple[int, int]]:
        """Yield the first and the last of chosen columns that stand side by side."""
        for is_chosen, group in groupby(enumerate(chosen), key=lambda one: one[1]):
            inside = [place for place, _ in group]
            if is_chosen:
                yield inside[0], inside[-1]

    def _apply(self, first: int, last: int, rule: dict[str, Any]) -> None:
        """Note a rule for the cells of some columns."""
        self._rules.append((self._below(first, last), rule))

    def _below(self, first: int, last: int) -> str:
        top, bottom = self._name(self._first, self._left + first), self._name(self._last_row, self._left + last)
        return f"{top}:{bottom}"

    def _name(self, row: int, column: int) -> str:
        from xlsxwriter.utility import xl_rowcol_to_cell

        name: str = xl_rowcol_to_cell(row, column)
        return name

    # ---- the sheet --------------------------------------------------------------------------------------------------

    def _set_up(self) -> None:
        sheet, matrix = self._sheet, self._matrix
        for column, width in enumerate(self._label_widths()):
            wide(sheet, column, width)
        for column in self._all:
            wide(sheet, self._left + column, self._width(column))
        if matrix.row_total is not None:
            wide(sheet, self._last_column, 9)
        sheet.freeze_panes(self._first, self._left)
        sheet.autofilter(self._head, 0, self._last_row, self._last_column)
        if matrix.rows.tree:
            sheet.outline_settings(visible=True, symbols_below=False, symbols_right=False, auto_style=False)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(self._head - self._outer, self._head)
        sheet.repeat_columns(0, self._left - 1)
        sheet.print_area(0, 0, self._last_row, self._last_column)
        footer = self._title.replace("&", "&&")[:120].removesuffix("&") if "&" in self._title else self._title[:120]
        sheet.set_footer(f"&L{footer}&C{matrix.title}&R&P / &N")

    def _label_widths(self) -> Iterator[int]:
        if self._matrix.rows.tree:
            yield max(len(heading.number) for heading in self._rows) + 4
        for level, word in enumerate(self._matrix.rows.words):
            indent = 2 if self._matrix.rows.tree else 0
            longest = max(len(heading.parts[level].label) + indent * (heading.level - 1) for heading in self._rows)
            yield min(max(longest + 2, len(word) + 5, 14), 44)


def _with_words(number: str, words: str) -> str:
    """Return a format that shows words behind a number of this form, so that it stays a number."""
    digits = "0" * len(number.partition(".")[2])
    shown = words.replace('"', "”")
    return f'0{digits and "."}{digits}" ({shown})"'


def _scale_rule(scale: Scale) -> dict[str, Any]:
    least, most = RAMPS[scale.ramp]
    limits = {"min_type": "num", "min_value": scale.least, "max_type": "num", "max_value": scale.most}
    return {"type": "2_color_scale", **limits, "min_color": least, "max_color": most}
