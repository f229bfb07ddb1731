"""Backslashes in texts that mean nothing: found, and reported where they stand.

What the others mean is said in `strings`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from cxc.diagnostics import Diagnostic, Edit, finding
from cxc.rules.text import syntax_error
from cxc.source import SourceFile
from cxc.syntax.lexer import Token
from cxc.syntax.strings import ESCAPE, SIMPLE, is_character

# Cheap to look for in a whole text; regular expressions have such backslashes too, and mean something by them.
_SUSPECT = re.compile(r'\\[^nt"\\]')


def may_have_wrong_escapes(text: str) -> bool:
    """Whether it is worth looking at the texts of a file one by one."""
    return "\\" in text and _SUSPECT.search(text) is not None


def wrong_escapes(source: SourceFile, tokens: Iterable[Token]) -> Iterator[Diagnostic]:
    """Report each backslash in a text behind which stands nothing that it gives a meaning to."""
    for token in tokens:
        if "\\" not in token.value or token.type not in ("STRING", "LONG_STRING"):
            continue
        for match in ESCAPE.finditer(token.value):
            code, char = match.groups()
            if code is None and char in SIMPLE:
                continue
            if code is None or not is_character(int(code, 16)):
                yield _wrong_escape(source, token.start_pos + match.start(), match)


def _wrong_escape(source: SourceFile, start: int, match: re.Match[str]) -> Diagnostic:
    code, char = match.groups()
    end = start + len(match[0])
    fix: list[Edit] = []
    if code is not None:
        message = f"U+{code.upper()} is no character of a text"
        help = "Look up the number of the one you mean."
    elif char == "u":
        message = "`\\u` needs the number of a character behind it"
        help = "Write it in hexadecimal and in braces, for example `\\u{1F600}`."
    else:
        shown = f"`{match[0]}`" if char.isprintable() else "A backslash at the end of a line"
        message = f"{shown} has no meaning in a text"
        help = 'Write `\\\\` for a backslash. With one backslash there are `\\"`, `\\n`, `\\t` and `\\u{1F600}`.'
        fix = [Edit(source.span(start, start), "\\")]
    return finding(syntax_error.KIND, message, source.span(start, end), help=help, fix=fix)
