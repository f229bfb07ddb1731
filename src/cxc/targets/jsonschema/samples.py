"""A value for each builtin type where the design gives no example: the same one at each build, and one that it allows.

Values are as a design writes them; what they are in JSON is said in `values`.
"""

from __future__ import annotations

import warnings
from re import _constants as sre
from re import _parser as parser
from typing import Any

from cxc.model.data import BuiltinType
from cxc.model.literals import refusal
from cxc.model.regular_expression import ambiguous_repetition, compiled

_SAMPLES: dict[str, Any] = {
    "bool": True,
    "date": "2026-03-14",
    "datetime": "2026-03-14T09:30:00Z",
    "time": "09:30:00",
    "duration": "PT30M",
    "uuid": "5f0c3a52-8d1e-4b7a-9c64-2e1f7d90ab13",
    "email": "someone@example.org",
    "phone": "+441632960001",
    "url": "https://example.org/",
    "money": "12.50 EUR",
    "country": "GB",
    "currency": "EUR",
    "language": "en-GB",
    "bytes": "AAEC",
}
_MOST_REPEATS = 1000
_CANDIDATES = "a0 A-_.x"
_MEMBERS = {
    sre.CATEGORY_DIGIT: "0", sre.CATEGORY_NOT_DIGIT: "a A-_.x", sre.CATEGORY_SPACE: " ",
    sre.CATEGORY_NOT_SPACE: "a0A-_.x", sre.CATEGORY_WORD: "a0A_x", sre.CATEGORY_NOT_WORD: " -.",
}  # fmt: skip
"""Which of the candidates are in each category."""


def sample(type_: BuiltinType, words: str) -> Any:
    """Return a value that a builtin type allows, for a text made of some words; None where none is found."""
    if type_.name in ("string", "text"):
        value: Any = _matching(type_.pattern) if type_.pattern is not None else _text(type_, words)
    elif type_.name in ("int", "decimal"):
        value = _number(type_)
    else:
        value = _SAMPLES[type_.name]
    return None if value is None or refusal(type_, value) is not None else value


def _text(type_: BuiltinType, words: str) -> str:
    least, most = int(type_.minimum or 0), type_.maximum
    text = words if most is None else words[: int(most)].strip()
    return text + "x" * (least - len(text))


def _number(type_: BuiltinType) -> int | float:
    least = 1 if type_.minimum is None else type_.minimum
    number = least if type_.maximum is None else min(least, type_.maximum)
    return int(number) if number == int(number) else number


def _matching(pattern: str) -> str | None:
    """Return the shortest text in sight that matches a pattern whole, or None where that is not plain to see."""
    try:
        expression = compiled(pattern)
        if ambiguous_repetition(pattern) is not None:
            return None
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            text = _text_of(parser.parse(pattern))
    except (ValueError, LookupError, RecursionError):
        return None
    return text if expression.fullmatch(text) else None


def _text_of(parts: Any) -> str:
    return "".join(_part(code, value) for code, value in parts)


def _part(code: Any, value: Any) -> str:
    if code is sre.LITERAL:
        return chr(value)
    if code is sre.ANY:
        return "a"
    if code in (sre.NOT_LITERAL, sre.IN):
        return _member(code, value)
    if code in (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT):
        least, _, inner = value
        if least > _MOST_REPEATS:
            raise ValueError("too long to be an example")
        return _text_of(inner) * int(least)
    if code is sre.BRANCH:
        return _text_of(value[1][0])
    if code is sre.SUBPATTERN:
        return _text_of(value[-1])
    if code is sre.ATOMIC_GROUP:
        return _text_of(value)
    if code is sre.AT:
        return ""
    raise ValueError("looks around, or back")


def _member(code: Any, value: Any) -> str:
    """Return a character of a class: its first one, or of what it excludes a plain one that it does not."""
    if code is sre.NOT_LITERAL:
        return next(char for char in _CANDIDATES if ord(char) != value)
    if value[0][0] is sre.NEGATE:
        excluded = value[1:]
        found = [char for char in _CANDIDATES if not any(_holds(part, char) for part in excluded)]
        return found[0]
    kind, first = value[0]
    if kind is sre.CATEGORY:
        return _MEMBERS[first][0]
    return chr(first[0] if kind is sre.RANGE else first)


def _holds(part: Any, char: str) -> bool:
    kind, value = part
    if kind is sre.RANGE:
        return bool(value[0] <= ord(char) <= value[1])
    if kind is sre.CATEGORY:
        return char in _MEMBERS[value]
    return bool(ord(char) == value)
