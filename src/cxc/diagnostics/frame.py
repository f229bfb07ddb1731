"""The frame of source that a report shows: the lines with their numbers, and under each line what is meant in it.

Which places are meant, and what is said around the frame, is left to `text`; how a character is shown, to `display`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from itertools import accumulate
from typing import NamedTuple

from cxc.diagnostics.display import Cell, Display
from cxc.source import SourceFile, Span

Paint = Callable[[str, str], str]
"""Gives a text the look of a role (`place`, `escape`, `related`, or a severity)."""

_CUT = "..."
_NARROWEST = 20
"""Columns of source that are shown at least, however narrow the terminal."""
_MANY_LINES = 5
"""Up to this many lines a span is shown whole, of a longer one the first and the last two lines."""
_BLANKS = re.compile(r"[ \t]*")


class Mark(NamedTuple):
    """A place to underline: in the colour of `role`, with `sign`, and with the words to put beside it."""

    span: Span
    role: str
    sign: str
    label: str = ""


class _Piece(NamedTuple):
    """The part of a mark in one line, from offset `start` up to `end`; nothing between them is a place to insert."""

    start: int
    end: int
    mark: Mark
    label: str


class Excerpt:
    """A line as shown, cut to a number of columns around one place in it."""

    def __init__(self, display: Display, text: str, bounds: tuple[int, int], at: int, columns: int) -> None:
        begin, end = bounds
        low, high = max(begin, at - 2 * columns), min(end, at + 2 * columns)
        cells = display.cells(text[low:high])
        first, last = _fit(cells, at - low, columns)
        self._cells = cells[first:last]
        self._starts = list(accumulate((cell.length for cell in self._cells), initial=low + _length(cells[:first])))
        self._cut_before, self._cut_after = low > begin or first > 0, high < end or last < len(cells)
        margin = len(_CUT) if self._cut_before else 0
        self._columns = list(accumulate((cell.columns for cell in self._cells), initial=margin))

    def shown(self, paint: Paint) -> str:
        """Return the line, with a mark on each side where it is cut."""
        middle = "".join(paint("escape", cell.shown) if cell.escaped else cell.shown for cell in self._cells)
        return f"{_CUT if self._cut_before else ''}{middle}{_CUT if self._cut_after else ''}"

    def holds(self, offset: int) -> bool:
        """Return whether what stands at an offset, or the end of the line there, is shown."""
        last = self._starts[-1]
        return self._starts[0] <= offset and (offset < last or (offset == last and not self._cut_after))

    def columns(self, start: int, end: int) -> tuple[int, int]:
        """Return the column where a stretch begins and how many it takes, at least one; only what is shown counts."""
        first = self._cell(start)
        left = self._columns[first]
        right = left if end <= start else self._columns[min(self._cell(end - 1) + 1, len(self._cells))]
        return left, max(right - left, 1)

    def _cell(self, offset: int) -> int:
        return max(bisect_right(self._starts, offset) - 1, 0)


def _length(cells: list[Cell]) -> int:
    return sum(cell.length for cell in cells)


def _fit(cells: list[Cell], at: int, columns: int) -> tuple[int, int]:
    """Return the range of cells to show: code point `at` stands in the left third, or the line reaches its end."""
    total = sum(cell.columns for cell in cells)
    if total <= columns:
        return 0, len(cells)
    seen = before = 0
    for cell in cells:
        if seen + cell.length > at:
            break
        seen += cell.length
        before += cell.columns
    skip = max(0, min(before - columns // 3, total - columns))
    first = 0
    while skip > 0:
        skip -= cells[first].columns
        first += 1
    last, left = first, columns
    while last < len(cells) and cells[last].columns <= left:
        left -= cells[last].columns
        last += 1
    return first, last


def bounds(source: SourceFile, line: int) -> tuple[int, int]:
    """Return the offsets between which a line stands, without its line ending."""
    starts, text = source.line_starts, source.text
    begin = starts[line - 1]
    end = starts[line] if line < len(starts) else len(text)
    while end > begin and text[end - 1] in "\r\n":
        end -= 1
    return begin, end


class Frame:
    """Draws frames that share the width of the margin, with the line numbers, and that of the whole."""

    def __init__(self, display: Display, paint: Paint, margin: int, columns: int) -> None:
        self._display = display
        self._paint = paint
        self._margin = margin
        self._columns = max(columns - margin - len(" | ") - 2 * len(_CUT), _NARROWEST)

    @property
    def indent(self) -> str:
        """The blanks as wide as a line number."""
        return " " * self._margin

    def row(self, text: str = "", number: int | None = None) -> str:
        """Return a line with its margin."""
        shown = "" if number is None else str(number)
        return f"{self._paint('place', f'{shown:>{self._margin}} |')} {text}".rstrip()

    def draw(self, source: SourceFile, marks: list[Mark]) -> Iterator[str]:
        """Yield the lines of a file in which something is marked, each with its marks beneath; gaps show as `...`."""
        lines: dict[int, list[_Piece]] = {}
        for mark in marks:
            for number, piece in _pieces(source, mark):
                lines.setdefault(number, []).extend([piece] if piece else [])
        previous = None
        for number in sorted(lines):
            if previous is not None and number == previous + 2:
                yield from self._line(source, number - 1, [])
            elif previous is not None and number > previous + 2:
                yield self._paint("place", _CUT)
            yield from self._line(source, number, lines[number])
            previous = number

    def _line(self, source: SourceFile, number: int, pieces: list[_Piece]) -> Iterator[str]:
        limits = bounds(source, number)
        # Where a long line is cut, marks far from each other do not share one excerpt: the line is shown again.
        rest = sorted(pieces, key=lambda piece: (piece.start, piece.end))
        while True:
            at = rest[0].start if rest else limits[0]
            excerpt = Excerpt(self._display, source.text, limits, at, self._columns)
            yield self.row(excerpt.shown(self._paint), number)
            here = [piece for piece in rest if excerpt.holds(piece.start)] or rest[:1]
            for piece in here:
                yield self.row(self._underline(excerpt, piece))
            rest = [piece for piece in rest if piece not in here]
            if not rest:
                return

    def _underline(self, excerpt: Excerpt, piece: _Piece) -> str:
        column, width = excerpt.columns(piece.start, piece.end)
        words = f" {self._display.plain(piece.label)}" if piece.label else ""
        return " " * column + self._paint(piece.mark.role, piece.mark.sign * width + words)


def within(source: SourceFile, span: Span) -> Span:
    """Return the span, brought into the file and its lines where it reaches beyond, its end not before its start."""
    last = len(source.line_starts)
    line = min(max(span.line, 1), last)
    end_line = min(max(span.end_line, line), last)
    column = _column(source, line, span.column)
    end_column = _column(source, end_line, span.end_column)
    return Span(span.file, line, column, end_line, max(end_column, column) if line == end_line else end_column)


def _column(source: SourceFile, line: int, column: int) -> int:
    begin, end = bounds(source, line)
    return min(max(column, 1), end - begin + 1)


def _pieces(source: SourceFile, mark: Mark) -> Iterator[tuple[int, _Piece | None]]:
    """Yield the lines of a mark to show, with what to underline in each; blank lines have nothing to underline."""
    span = within(source, mark.span)
    last = span.end_line - (span.end_column == 1 and span.end_line > span.line)
    numbers = list(range(span.line, last + 1))
    if len(numbers) > _MANY_LINES:
        numbers = numbers[:2] + numbers[-2:]
    found: list[tuple[int, tuple[int, int] | None]] = []
    for number in numbers:
        begin, end = bounds(source, number)
        start = begin + span.column - 1
        if number > span.line:
            indented = _BLANKS.match(source.text, begin, end)
            start = indented.end() if indented else begin
        stop = begin + span.end_column - 1 if number == span.end_line else end
        found.append((number, (start, stop) if stop > start or number == span.line else None))
    labelled = max(index for index, (_, stretch) in enumerate(found) if stretch)
    for index, (number, stretch) in enumerate(found):
        label = mark.label if index == labelled else ""
        yield number, _Piece(*stretch, mark, label) if stretch else None
