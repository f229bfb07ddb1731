"""What a text in quotes means: its escapes, and the indentation that a text of several lines does not own.

Where a text begins and ends is said by the grammar; backslashes that mean nothing are reported by `escapes`.
"""

from __future__ import annotations

import re

LONG_QUOTES = '"""'
SIMPLE = {"n": "\n", "t": "\t", '"': '"', "\\": "\\"}
ESCAPE = re.compile(r"\\(?:u\{([0-9A-Fa-f]{1,6})\}|([\s\S]))")


def value_of(raw: str) -> str:
    """Return the text that is meant by a text with its quotes; a backslash that means nothing stands for nothing."""
    inner = _without_indentation(raw[3:-3]) if raw.startswith(LONG_QUOTES) else raw[1:-1]
    return ESCAPE.sub(_meaning, inner) if "\\" in inner else inner


def origins_of(raw: str) -> list[tuple[int, int]]:
    """Return where each character of the text that is meant stands in what is written, and then the end quote."""
    if raw.startswith(LONG_QUOTES):
        text, places = _placed_without_indentation(raw, 3, len(raw) - 3)
    else:
        text, places = raw[1:-1], [(at, at + 1) for at in range(1, len(raw) - 1)]
    found: list[tuple[int, int]] = []
    at = 0
    for match in ESCAPE.finditer(text):
        found += places[at : match.start()]
        found.append((places[match.start()][0], places[match.end() - 1][1]))
        at = match.end()
    quotes = 3 if raw.startswith(LONG_QUOTES) else 1
    return [*found, *places[at:], (len(raw) - quotes, len(raw) - quotes + 1)]


def _placed_without_indentation(raw: str, start: int, end: int) -> tuple[str, list[tuple[int, int]]]:
    """Return a long text without its indentation, and where each of its characters stands."""
    text = _without_indentation(raw[start:end])
    places: list[tuple[int, int]] = []
    at = start
    for char in text:
        # Nothing is left out of a long text but blanks at the beginnings of lines, and the ends of some lines.
        if char == "\n":
            while raw[at] not in "\r\n":
                at += 1
            after = at + (2 if raw[at : at + 2] == "\r\n" else 1)
        else:
            while raw[at] != char:
                at += 1
            after = at + 1
        places.append((at, after))
        at = after
    return text, places


def _meaning(match: re.Match[str]) -> str:
    code, char = match.groups()
    if code is None:
        return SIMPLE.get(char, char)
    point = int(code, 16)
    return chr(point) if is_character(point) else "\ufffd"


def is_character(point: int) -> bool:
    """Whether a number is that of a character a text can hold; U+0000 and halves of pairs are not."""
    return 0 < point < 0xD800 or 0xDFFF < point < 0x110000


def _without_indentation(text: str) -> str:
    """Return a long text without the newline behind its opening and the indentation that its lines share."""
    first, *rest = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if not rest:
        return first
    indents = [len(line) - len(line.lstrip(" \t")) for line in rest if line.strip()]
    margin = min([*indents, *([len(rest[-1])] if not rest[-1].strip() else [])], default=0)
    body = [line[margin:] for line in rest]
    if not body[-1].strip():
        body.pop()
    return "\n".join([first, *body] if first.strip() else body)
