"""Regular expressions as JSON Schema has them (ECMA-262), from those of the blueprint language, which are Python's.

Whether an expression is well formed, and whether it may take endless time, was asked when the blueprint was read.
"""

from __future__ import annotations

import re

_TOKEN = re.compile(
    r"\\(?:x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|0\d*|.)|\(\?(?:P<\w+>|P=\w+\)|#[^)]*\)|<?[=!:]|.)|\{\d*,?\d*\}|.", re.DOTALL
)
_NOT_IN_ECMA = re.compile(r"\\[aNU]|\\0\d|\(\?[^P#<=!:]")
_SYNTAX = frozenset("^$\\.*+?()[]{}|/")
_REPEATS = re.compile(r"\{(\d*)(,?)(\d*)\}")
_QUANTIFIER = re.compile(r"[*+?]|\{\d*,?\d*\}")


def whole_match(pattern: str) -> str | None:
    """Return the ECMA-262 expression for texts that match `pattern` whole, or None where ECMA-262 cannot say it.

    It holds with the flag `u` and without, and for Python too.
    """
    body = pattern.removeprefix("^")
    if body.endswith("$") and not body.endswith("\\$"):
        body = body[:-1]
    if "|" in pattern:
        body = f"(?:{pattern})"
    written = _translated(body)
    return None if written is None else f"^{written}$"


def _translated(pattern: str) -> str | None:
    parts: list[str] = []
    groups: list[str | None] = []
    before = token = ""
    at = 0
    while match := _TOKEN.match(pattern, at):
        before, token = token, match[0]
        if token == "[":
            members = _character_class(pattern, at)
            if members is None:
                return None
            parts.append(members[0])
            at = members[1]
            continue
        at = match.end()
        possessive = token == "+" and _QUANTIFIER.fullmatch(before)
        if possessive or _NOT_IN_ECMA.match(token):
            return None
        if token == "(" or token.startswith("(?P<"):
            groups.append(token[4:-1] or None)
            parts.append("(")
        else:
            parts.append(_outside_class(token, groups))
    return "".join(parts)


def _outside_class(token: str, groups: list[str | None]) -> str:
    if token.startswith("(?P="):
        return f"\\{groups.index(token[4:-1]) + 1}"
    if token.startswith("(?#"):
        return ""
    if token in ("\\A", "\\Z"):
        return "^" if token == "\\A" else "$"
    if token[0] == "\\" and len(token) == 2 and not token[1].isalnum():
        return token if token[1] in _SYNTAX else token[1]
    if token[0] == "{" and (repeats := _REPEATS.fullmatch(token)) and (repeats[1] or repeats[3]):
        return f"{{{repeats[1] or 0}{repeats[2]}{repeats[3]}}}"
    # A bracket or brace that opens nothing stands for itself.
    return "".join(f"\\{char}" if char in "{}]" else char for char in token) if token[0] in "{}]" else token


def _character_class(pattern: str, start: int) -> tuple[str, int] | None:
    """Return a class such as `[^a-z]` as ECMA-262 writes it, and where it ends."""
    at = start + 1
    negated = pattern.startswith("^", at)
    at += negated
    members: list[str] = []
    while at < len(pattern) and (pattern[at] != "]" or not members):
        match = _TOKEN.match(pattern, at)
        char = match[0] if match and pattern[at] == "\\" else pattern[at]
        if re.fullmatch(r"\\[aNU]", char):
            return None
        needless = len(char) == 2 and not char[1].isalnum() and char[1] not in _SYNTAX | {"-"}
        members.append(char[1] if needless else f"\\{char}" if char in ("[", "]") else char)
        at += len(char)
    return f"[{'^' if negated else ''}{''.join(members)}]", at + 1
