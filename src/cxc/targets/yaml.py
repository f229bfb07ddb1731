"""Plain data as block YAML that readers of YAML 1.1 and 1.2 understand alike, written as fast as it can be in Python.

Order is kept, nothing is folded, and no anchors are made. What the data says is left to the targets.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

# Begins with a letter, `_`, `/` or `$`, so that it is no number, date or indicator, and holds no `: `, ` #`, or `:` or
# blank at its end.
_INSIDE = r"[A-Za-z0-9_/$().,%+;*'\"=&!?|<>~^@#{}\[\]\u00c0-\u024f-]"
_PLAIN = re.compile(rf"[A-Za-z_/$]{_INSIDE}*(?:(?: +(?!#)|:){_INSIDE}+)*\Z")
_WORDS = frozenset({"y", "n", "yes", "no", "on", "off", "true", "false", "null", "none", "nan", "inf"})
"""What some reader takes for something else than text."""
_DECEPTIVE = "\x7f-\xa0\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff\ufffe\uffff"
_ESCAPED = re.compile(f"[{_DECEPTIVE}]")
_NO_BLOCK = re.compile(rf"[\x00-\x09\x0b-\x1f{_DECEPTIVE}]| \n|\n\Z| \Z")
_BREAK = "\n"
_LONGEST_KEY = 1000
"""YAML allows 1024 characters for a key on the line of its value."""


_encode = json.JSONEncoder(ensure_ascii=False).encode


class _Scalars(dict[str, str]):
    """Text to its form in YAML, worked out once for each text."""

    def __missing__(self, text: str) -> str:
        plain = _PLAIN.match(text) is not None and text.lower() not in _WORDS
        self[text] = form = text if plain else quoted(text)
        return form


class Shared(dict[str, Any]):
    """A mapping that stands in several places: its text is worked out once for each depth, so nobody changes it."""

    __slots__ = ("lines", "texts")

    def __init__(self, data: dict[str, Any]) -> None:
        super().__init__(data)
        self.texts: dict[str, str] = {}
        self.lines: dict[int, str] = {}


class YamlWriter:
    """Writes documents, or parts of them that are joined later; it remembers the form of every text it has met."""

    def __init__(self) -> None:
        self._scalars = _Scalars()

    def lines(self, data: Any, indent: int = 0) -> str:
        """Return the lines of a mapping or sequence, each indented and ended; none for an empty one."""
        if type(data) is Shared:
            found = data.lines.get(indent)
            if found is None:
                found = data.lines[indent] = self.lines(dict(data), indent)
            return found
        pieces: list[str] = []
        _write(data, "\n" + " " * indent, pieces.append, self._scalars)
        return f"{''.join(pieces)[1:]}\n" if pieces else ""

    def block(self, data: Any, indent: int = 0) -> str:
        """Return the same without the last line break, as templates put it on lines of their own."""
        return self.lines(data, indent).removesuffix("\n")

    def scalar(self, value: str | int | float | bool | None) -> str:
        """Return a single value on one line."""
        return self._scalars[value] if isinstance(value, str) else _other(value)


def quoted(text: str) -> str:
    """Return a text in double quotes, on one line, with escapes for all that a viewer would not show as it is."""
    if text.isascii() and "\x7f" not in text:
        return _encode(text)
    return _ESCAPED.sub(lambda match: f"\\u{ord(match[0]):04x}", _encode(text))


def _write(data: Any, line: str, put: Callable[[str], None], scalars: _Scalars) -> None:
    """Put the pieces of a mapping or sequence; `line` is a line break with the indentation behind it."""
    deeper = line + "  "
    if isinstance(data, dict):
        for key, value in data.items():
            name = scalars[key] if len(key) < _LONGEST_KEY else f"? {scalars[key]}{line}"
            kind = type(value)
            if kind is str:
                put(f"{line}{name}: {_block(value, deeper) if _BREAK in value else scalars[value]}")
            elif kind is Shared and value:
                put(f"{line}{name}:{value.texts.get(deeper) or _once(value, deeper, scalars)}")
            elif kind is bool:
                put(f"{line}{name}: {'true' if value else 'false'}")
            elif kind is int:
                put(f"{line}{name}: {value}")
            elif (kind is dict or kind is list) and value:
                put(f"{line}{name}:")
                _write(value, deeper, put, scalars)
            else:
                put(f"{line}{name}: {_other(value)}")
        return
    for value in data:
        kind = type(value)
        if kind is str:
            put(f"{line}- {_block(value, deeper) if _BREAK in value else scalars[value]}")
        elif kind is Shared and value:
            put(f"{line}- {(value.texts.get(deeper) or _once(value, deeper, scalars))[len(deeper) :]}")
        elif (kind is dict or kind is list) and value:
            inner: list[str] = []
            _write(value, deeper, inner.append, scalars)
            inner[0] = f"{line}- {inner[0][len(deeper) :]}"
            put("".join(inner))
        else:
            put(f"{line}- {_other(value)}")


def _once(data: Shared, line: str, scalars: _Scalars) -> str:
    pieces: list[str] = []
    _write(data, line, pieces.append, scalars)
    data.texts[line] = text = "".join(pieces)
    return text


def _block(text: str, line: str) -> str:
    """Return a text of several lines as a block where that keeps every character of it, else in quotes."""
    if text[0] in "\n #" or _NO_BLOCK.search(text):
        return quoted(text)
    return "|-" + "".join(line + part if part else "\n" for part in text.split("\n"))


def _other(value: Any) -> str:
    if isinstance(value, float):
        form = repr(float(value))
        # Without a point YAML 1.1 takes `1e+16` for a text.
        return form.replace("e", ".0e", 1) if "e" in form and "." not in form else form
    return quoted(value) if isinstance(value, str) else _encode(value)
