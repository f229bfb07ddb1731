"""Any text as a terminal shows it truthfully: what is invisible, or moves other text, becomes a visible escape.

A source may hold characters that make it read otherwise than it is (CVE-2021-42574, “Trojan Source”); a report may not
repeat the trick. Where a text comes from and what is underlined in it is left to `frame`.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from itertools import chain
from typing import NamedTuple

_TAB_STOP = 4
_LONGEST_CLUSTER = 8
"""Code points that may share one place on the screen; no language has a letter with more accents than this."""

_INVISIBLE = frozenset(
    map(
        chr,
        chain(
            (0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180B, 0x180C, 0x180D, 0x180F, 0x2800, 0x3164, 0xFFA0),
            range(0xFE00, 0xFE0E),
            range(0xE0100, 0xE01F0),
        ),
    )
)
"""Characters that Python calls printable and that nobody sees: Unicode's Default_Ignorable_Code_Point, and a blank."""

_SURELY_NARROW = re.compile("[ -~\u00a1-\u02ff\u0370-\u0482\u048a-\u052f\u2010-\u2027\u2030-\u203a\u20a0-\u20bf]*")
"""Letters of Europe and its typography: one column each, so that the tables of widths need not be loaded for them."""


class Cell(NamedTuple):
    """One place on the screen: how many code points it stands for, what is shown, and how many columns that takes."""

    length: int
    shown: str
    columns: int
    escaped: bool = False


class Display:
    """Turns text into what can be shown in an encoding; a character that it lacks is escaped as well."""

    def __init__(self, encoding: str | None = None) -> None:
        name = codecs.lookup(encoding or "utf-8").name
        self._encoding = None if name.startswith("utf") else name

    def plain(self, text: str) -> str:
        """Return a text of one line as it can be shown anywhere in a report."""
        if text.isascii() and text.isprintable():
            return text
        return "".join(char if self._shows(char) else escape(char) for char in text)

    def cells(self, text: str) -> list[Cell]:
        """Return the places of a line on the screen; tabs reach to the next stop, counted from its beginning."""
        found: list[Cell] = []
        column = 0
        for cell in self._unaligned(text):
            if cell.shown == "\t":
                width = _TAB_STOP - column % _TAB_STOP
                cell = Cell(1, " " * width, width)
            found.append(cell)
            column += cell.columns
        return found

    def _unaligned(self, text: str) -> Iterator[Cell]:
        at = 0
        while at < len(text):
            end = at
            while end < len(text) and self._shows(text[end]):
                end += 1
            yield from _clusters(text[at:end])
            if end < len(text):
                yield Cell(1, "\t", 1) if text[end] == "\t" else _escaped(text[end])
            at = end + 1

    def _shows(self, char: str) -> bool:
        if " " <= char <= "~":
            return True
        if not char.isprintable() or char in _INVISIBLE:
            return False
        if self._encoding is None:
            return True
        try:
            char.encode(self._encoding)
        except UnicodeEncodeError:
            return False
        return True


def escape(char: str) -> str:
    """Return the visible form of a character, for example `<U+202E>`."""
    return f"<U+{ord(char):04X}>"


def _escaped(char: str) -> Cell:
    shown = escape(char)
    return Cell(1, shown, len(shown), escaped=True)


def _clusters(text: str) -> Iterator[Cell]:
    """Yield the places of a text in which every character can be shown, accents together with their letter."""
    if _SURELY_NARROW.fullmatch(text):
        for char in text:
            yield Cell(1, char, 1)
        return
    from wcwidth import iter_graphemes, width  # loading its tables takes longer than most checks

    for cluster in iter_graphemes(text):
        columns = width(cluster[:_LONGEST_CLUSTER])
        if columns <= 0:
            # An accent without a letter would sit on whatever the report has before it.
            yield from map(_escaped, cluster)
            continue
        yield Cell(len(cluster[:_LONGEST_CLUSTER]), cluster[:_LONGEST_CLUSTER], columns)
        yield from map(_escaped, cluster[_LONGEST_CLUSTER:])
