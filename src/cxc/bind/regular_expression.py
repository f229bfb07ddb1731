"""A look at a regular expression before anyone runs it: does it repeat what already repeats?

Nested repetition is what lets a backtracking matcher take exponential time (Cox, Regular Expression Matching Can Be
Simple And Fast, 2007). Whether the expression is well formed is left to `re`.
"""

from __future__ import annotations

import re

_TOKEN = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|\(\?:|\(\?<?[=!]|\(\?P<\w+>|[()|]|[*+]|\{\d*,\d*\}|\?|[\s\S]")
_UNBOUNDED = re.compile(r"[*+]|\{\d*,\}|\{\d*,\d{2,}\}")


def nested_repetition(pattern: str) -> str | None:
    """Return the part of a pattern that repeats a group in which something repeats or alternates, or None.

    It errs on the side of caution: `(ab+c)+` is linear, and is reported all the same.
    """
    groups: list[tuple[int, bool]] = []
    inner_repeats = False
    closed: tuple[int, bool] | None = None
    for match in _TOKEN.finditer(pattern):
        token = match[0]
        if _UNBOUNDED.fullmatch(token):
            if closed is not None and closed[1]:
                return pattern[closed[0] : match.end()]
            inner_repeats = True
            closed = None
        elif token.startswith("(") and token != "\\(":
            groups.append((match.start(), inner_repeats))
            inner_repeats = False
            closed = None
        elif token == ")" and groups:
            start, outer = groups.pop()
            closed = (start, inner_repeats)
            inner_repeats = outer or inner_repeats
        elif token == "|" and groups:
            inner_repeats = inner_repeats or _alternatives_overlap(pattern, match.start())
            closed = None
        elif token != "?":
            closed = None
    return None


def _alternatives_overlap(pattern: str, bar: int) -> bool:
    """Whether the alternatives on both sides of a bar may begin alike, so that a repetition has two ways to match."""
    before = re.split(r"[|(]", pattern[:bar])[-1].removeprefix("?:")
    after = re.split(r"[|)]", pattern[bar + 1 :])[0]
    if not before or not after:
        return True
    plain = before[0].isalnum() and after[0].isalnum()
    return not plain or before[0] == after[0]
