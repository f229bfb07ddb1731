"""Texts that match a regular expression whole: another one for each number drawn."""

from __future__ import annotations

import warnings
from random import Random
from re import _constants as sre
from re import _parser as parser
from typing import Any

from cxc.model.regular_expression import ambiguous_repetition, compiled

_CLASSES = {
    sre.CATEGORY_DIGIT: "0123456789",
    sre.CATEGORY_SPACE: " ",
    sre.CATEGORY_WORD: "abcdefghijklmnopqrstuvwxyz0123456789",
}
_PLAIN = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 -_.,!?@#%&+=/:;()"
_MOST_MORE = 4
"""How many more than the fewest repetitions are drawn."""
_LONGEST = 10_000
_TRIES = 20


def matching(pattern: str, random: Random) -> str | None:
    """Return a text that matches a pattern whole, or None where that is not plain to see."""
    try:
        expression = compiled(pattern)
        if ambiguous_repetition(pattern) is not None:
            return None
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            parts = parser.parse(pattern)
        for _ in range(_TRIES):
            text = _Writer(random).all(parts)
            if expression.fullmatch(text):
                return text
    except (ValueError, LookupError, RecursionError):
        return None
    return None


class _Writer:
    def __init__(self, random: Random) -> None:
        self._random = random
        self._groups: dict[int, str] = {}

    def all(self, parts: Any) -> str:
        return "".join(self._part(code, value) for code, value in parts)

    def _part(self, code: Any, value: Any) -> str:
        if code is sre.LITERAL:
            return chr(value)
        if code is sre.ANY:
            return self._random.choice(_PLAIN)
        if code is sre.NOT_LITERAL:
            return self._random.choice([char for char in _PLAIN if ord(char) != value])
        if code is sre.IN:
            return self._member(value)
        if code in (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT):
            least, most, inner = value
            if least > _LONGEST:
                raise ValueError("too long")
            times = self._random.randint(int(least), min(int(most), int(least) + _MOST_MORE))
            return "".join(self.all(inner) for _ in range(times))
        if code is sre.BRANCH:
            return self.all(self._random.choice(value[1]))
        if code is sre.SUBPATTERN:
            text = self.all(value[-1])
            if value[0] is not None:
                self._groups[value[0]] = text
            return text
        if code is sre.ATOMIC_GROUP:
            return self.all(value)
        if code is sre.GROUPREF:
            return self._groups[value]
        if code is sre.AT:
            return ""
        raise ValueError("looks around")

    def _member(self, parts: Any) -> str:
        """Return a character of a class."""
        if parts[0][0] is sre.NEGATE:
            return self._random.choice([char for char in _PLAIN if not any(_holds(part, char) for part in parts[1:])])
        code, value = self._random.choice(parts)
        if code is sre.RANGE:
            return chr(self._random.randint(value[0], value[1]))
        if code is sre.CATEGORY:
            known = _CLASSES.get(value)
            return self._random.choice(known or [char for char in _PLAIN if _holds((code, value), char)])
        return chr(value)


def _holds(part: Any, char: str) -> bool:
    code, value = part
    if code is sre.RANGE:
        return bool(value[0] <= ord(char) <= value[1])
    if code is not sre.CATEGORY:
        return bool(ord(char) == value)
    is_in = {
        sre.CATEGORY_DIGIT: char.isdigit(), sre.CATEGORY_NOT_DIGIT: not char.isdigit(),
        sre.CATEGORY_SPACE: char.isspace(), sre.CATEGORY_NOT_SPACE: not char.isspace(),
        sre.CATEGORY_WORD: char.isalnum() or char == "_", sre.CATEGORY_NOT_WORD: not (char.isalnum() or char == "_"),
    }  # fmt: skip
    return is_in[value]
