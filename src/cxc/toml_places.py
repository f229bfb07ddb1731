"""Where the keys and values of a TOML text stand; `tomllib` says what they are, but gives no positions.

It reads only what `tomllib` has accepted: whether a text is TOML at all is left to that.
"""

from __future__ import annotations

import re
import tomllib
from typing import NamedTuple

Path = tuple[str | int, ...]
"""The way to a value: the keys from the top, and the index where a list is passed."""


class Place(NamedTuple):
    """The offsets of a key and of its value; both are the same for the item of a list and a table by header."""

    key: tuple[int, int]
    value: tuple[int, int]


_BLANK = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_STRING = re.compile(
    r'"""(?:\\[\s\S]|[^"\\]|"{1,2}(?!"))*"{3,5}'
    r"|'''(?:[^']|'{1,2}(?!'))*'{3,5}"
    r'|"(?:\\.|[^"\\\n])*"'
    r"|'[^'\n]*'"
)
_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
_BARE_VALUE = re.compile(r"[^,\]}#\r\n]*[^,\]}#\s]")


def places(text: str) -> dict[Path, Place]:
    """Return the place of every key and list item of a sound TOML text."""
    reader = _Reader(text)
    reader.document()
    return reader.places


class _Reader:
    """Walks once through the text; each method begins where its subject begins and ends behind it."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.places: dict[Path, Place] = {}
        self.lengths: dict[Path, int] = {}
        """How many tables each `[[list of tables]]` has so far."""

    def document(self) -> None:
        table: Path = ()
        self.blank()
        while self.at < len(self.text):
            if self.text.startswith("[[", self.at):
                table = self.header(brackets=2)
            elif self.text[self.at] == "[":
                table = self.header(brackets=1)
            else:
                self.pair(table)
            self.blank()

    def blank(self) -> None:
        matched = _BLANK.match(self.text, self.at)
        self.at = matched.end() if matched else self.at

    def header(self, *, brackets: int) -> Path:
        start = self.at
        self.at += brackets
        keys = self.key()
        self.at = self.text.index("]", self.at) + brackets
        path: Path = ()
        for number, (name, span) in enumerate(keys, start=1):
            path = (*path, name)
            self.places.setdefault(path, Place(span, span))
            if path in self.lengths and number < len(keys):
                path = (*path, self.lengths[path] - 1)
        if brackets == 2:
            number = self.lengths.get(path, 0)
            self.lengths[path] = number + 1
            path = (*path, number)
            self.places[path] = Place((start, self.at), (start, self.at))
        return path

    def pair(self, table: Path) -> None:
        keys = self.key()
        self.at = self.text.index("=", self.at) + 1
        path = table
        for name, span in keys:
            path = (*path, name)
            self.places.setdefault(path, Place(span, span))
        span = keys[-1][1]
        self.places[path] = Place(span, self.value(path))

    def key(self) -> list[tuple[str, tuple[int, int]]]:
        """Read a key, dotted or not; return its parts and where they stand."""
        parts: list[tuple[str, tuple[int, int]]] = []
        while True:
            self.blank()
            start = self.at
            quoted = self.text[start] in "\"'"
            self.take(_STRING if quoted else _BARE_KEY)
            raw = self.text[start : self.at]
            parts.append((tomllib.loads(f"key = {raw}")["key"] if quoted else raw, (start, self.at)))
            end = self.at
            self.blank()
            if self.text[self.at : self.at + 1] != ".":
                self.at = end
                return parts
            self.at += 1

    def take(self, pattern: re.Pattern[str]) -> None:
        matched = pattern.match(self.text, self.at)
        # At least one character, so that the walk always comes to its end.
        self.at = matched.end() if matched else self.at + 1

    def value(self, path: Path) -> tuple[int, int]:
        self.blank()
        start = self.at
        first = self.text[start]
        if first == "[":
            self.items(path)
        elif first == "{":
            self.inline_table(path)
        else:
            self.take(_STRING if first in "\"'" else _BARE_VALUE)
        return start, self.at

    def items(self, path: Path) -> None:
        number = 0
        self.at += 1
        while self.next_item("]"):
            item = (*path, number)
            span = self.value(item)
            self.places[item] = Place(span, span)
            number += 1

    def inline_table(self, path: Path) -> None:
        self.at += 1
        while self.next_item("}"):
            self.pair(path)

    def next_item(self, closing: str) -> bool:
        """Go to the next item of a list or inline table; False, and behind its end, where there is none."""
        self.blank()
        if self.text[self.at] == ",":
            self.at += 1
            self.blank()
        if self.text[self.at] == closing:
            self.at += 1
            return False
        return True
