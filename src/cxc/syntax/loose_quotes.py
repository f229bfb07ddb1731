"""Where a text was probably meant to begin and end, on a line whose quotes do not pair.

These are guesses, from what stands beside a quote; which are needed, and what is reported, is decided in `loose_text`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from cxc.syntax.lexer import NEWLINE, Token

CURLY = frozenset("“”„‟«»")
_CLOSING_SIGNS = {"(": ")", "[": "]", "{": "}"}
_LONGEST_LINE = 400
_BRACKET_BEFORE_ANNOTATION = re.compile(r"\) *@")
_BEFORE_TEXT = frozenset("([,:=")
_AFTER_TEXT = frozenset(")],;{}")


def begins_text(text: str, at: int) -> bool:
    """Whether a quote stands as one that begins a text: a blank or bracket before it, and none behind."""
    before, behind = text[at - 1 : at], text[at + 1 : at + 2]
    return (before.isspace() or not before or before in _BEFORE_TEXT) and not _is_end(behind)


def ends_text(text: str, at: int) -> bool:
    """Whether a quote stands as one that ends a text: a blank, bracket or comma behind it, and none before."""
    before, behind = text[at - 1 : at], text[at + 1 : at + 2]
    return bool(before) and not before.isspace() and before not in "([" and _is_end(behind)


def _is_end(behind: str) -> bool:
    return not behind or behind.isspace() or behind in _AFTER_TEXT


def first_misread(text: str, tokens: Sequence[Token]) -> int | None:
    """Return the index of the last line's first text that begins with a closing quote or ends with an opening one."""
    for index in range(line_start(tokens), len(tokens)):
        token = tokens[index]
        if token.type != "STRING":
            continue
        last = token.end_pos - 1
        begins_wrong = ends_text(text, token.start_pos) and not begins_text(text, token.start_pos)
        if begins_wrong or (begins_text(text, last) and not ends_text(text, last)):
            return index
    return None


def line_start(tokens: Sequence[Token]) -> int:
    """Return the index of the first token of the last token's line, or of a later one where that line is long."""
    for index in range(len(tokens), max(0, len(tokens) - _LONGEST_LINE), -1):
        if tokens[index - 1].type == NEWLINE and tokens[index - 1].value != ";":
            return index
    return max(0, len(tokens) - _LONGEST_LINE)


def opened_on_line(tokens: Sequence[Token]) -> list[int]:
    """Return the indices of the brackets and braces that the last line opens and does not close."""
    opened: list[int] = []
    for index in range(line_start(tokens), len(tokens)):
        value = tokens[index].value
        if value in _CLOSING_SIGNS:
            opened.append(index)
        elif opened and value == _CLOSING_SIGNS[tokens[opened[-1]].value]:
            opened.pop()
    return opened


def text_end(text: str, tokens: Sequence[Token], start: int, end: int) -> int:
    """Return where a text that begins behind `tokens` was meant to end, `end` at the latest.

    That is before what closes a bracket or block of the same line, and before a brace that opens one.
    """
    unread = text[start:end].rstrip()
    curly = [index for index, char in enumerate(unread) if char in CURLY]
    if unread[0] == '"' and len(curly) == 1:
        return start + curly[0] + 1
    opened = [tokens[index].value for index in opened_on_line(tokens)]
    if "(" in opened and (closing := _BRACKET_BEFORE_ANNOTATION.search(unread)):
        unread = unread[: closing.start() + 1]
    while len(unread) > 1 and (unread[-1] == "{" or (opened and unread[-1] == _CLOSING_SIGNS[opened[-1]])):
        if unread[-1] != "{":
            opened.pop()
        unread = unread[:-1].rstrip()
    return start + len(unread)
