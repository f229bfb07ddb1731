"""The functions of expressions, after the standard definitions of CEL: what each takes, and what it does.

A method is a function whose first argument stands before the point. Operators are in `evaluation`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from functools import lru_cache
from typing import Any, NamedTuple

from cxc.model.regular_expression import ambiguous_repetition, compiled, takes_long
from cxc.principles.types import BOOL, BYTES, DOUBLE, DURATION, DYN, INT, STRING, UINT, Type

LARGEST = 2**63 - 1
_TEXT_LIMIT = 5_000
"""The longest text that is searched for a pattern."""
_UNITS = {
    "ns": 0.001, "us": 1, "µs": 1, "ms": 1e3, "s": 1e6, "m": 60e6, "h": 3600e6, "d": 86400e6, "w": 604800e6,
}  # fmt: skip
_DURATION = re.compile(r"[+-]?(?:0|(?:[0-9]{1,15}(?:\.[0-9]{1,9})?(?:ns|us|µs|ms|[smhdw]))+)")
_DURATION_PART = re.compile(r"([0-9]+(?:\.[0-9]+)?)(ns|us|µs|ms|[smhdw])")
_LONGEST = timedelta(seconds=315_576_000_000)
_WHOLE = re.compile(r"-?[0-9]{1,20}")
_NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]{1,4})?|[+-]?(?:inf|Infinity)|NaN")


class Function(NamedTuple):
    """One way to call a function: the types of its arguments, that of its result, and what gives it.

    `run` raises `ValueError` with what is wrong with an argument. `costs` says that it takes time in proportion to the
    texts it is given.
    """

    takes: tuple[Type, ...]
    gives: Type
    run: Callable[..., Any]
    costs: bool = False


LIST = Type("list")
MAP = Type("map")


def duration(text: str) -> timedelta:
    """Return the duration that a text says, in the units of CEL or in days and weeks."""
    if not _DURATION.fullmatch(text):
        raise ValueError(f"`{text}` is no duration: write it as in '300ms', '90s', '2h30m' or '3d'")
    microseconds = sum(float(number) * _UNITS[unit] for number, unit in _DURATION_PART.findall(text))
    try:
        found = timedelta(microseconds=-microseconds if text.startswith("-") else microseconds)
    except OverflowError:
        found = timedelta.max
    if abs(found) > _LONGEST:
        raise ValueError(f"`{text}` is too long")
    return found


def whole(number: int) -> int:
    """Return a whole number, unless it is too large for one of 64 bits."""
    if not -LARGEST - 1 <= number <= LARGEST:
        raise ValueError("the number is too large")
    return number


def _int(value: Any) -> int:
    if isinstance(value, str):
        if not _WHOLE.fullmatch(value):
            raise ValueError(f"`{value}` is no whole number")
        return whole(int(value))
    if isinstance(value, float) and not -LARGEST <= value <= LARGEST:
        raise ValueError("the number is too large")
    return whole(int(value))


def _uint(value: Any) -> int:
    number = int(value) if isinstance(value, (int, float)) and value == value and abs(value) < 2**65 else -1
    if isinstance(value, str) and _WHOLE.fullmatch(value):
        number = int(value)
    if not 0 <= number < 2**64:
        raise ValueError("it is no whole number without a sign")
    return number


def _double(value: Any) -> float:
    if isinstance(value, str) and not _NUMBER.fullmatch(value):
        raise ValueError(f"`{value}` is no number")
    return float(value)


def _bool(value: Any) -> bool:
    if isinstance(value, str) and value not in ("true", "false"):
        raise ValueError(f"`{value}` is neither `true` nor `false`")
    return value == "true" if isinstance(value, str) else bool(value)


def text_of(value: Any) -> str:
    """Return a value as `string()` writes it."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, timedelta):
        return f"{value.total_seconds():.6f}".rstrip("0").rstrip(".") + "s"
    if isinstance(value, float):
        return f"{value:g}" if value == int(value or 0) and abs(value) < 1e15 else repr(value)
    return value.decode("utf-8", "strict") if isinstance(value, bytes) else str(value)


@lru_cache(maxsize=64)
def pattern_of(pattern: str) -> tuple[re.Pattern[str], bool]:
    """Return a regular expression, and whether a look at each text is needed to know how long a search takes."""
    try:
        found = compiled(pattern)
    except ValueError as error:
        raise ValueError(f"`{pattern}` is no regular expression: {error}") from None
    if re.search(r"\(\?(?:[=!<(]|P[=>])|\\[1-9]", pattern):
        raise ValueError(f"`{pattern}` looks ahead, behind or back, which regular expressions here cannot")
    if (part := ambiguous_repetition(pattern)) is not None:
        raise ValueError(f"`{part}` can match one text in very many ways")
    return found, sum(pattern.count(sign) for sign in "*+?{") > 1


def matches(text: str, pattern: str) -> bool:
    """Return whether a regular expression matches any part of a text."""
    found, is_doubtful = pattern_of(pattern)
    if len(text) > _TEXT_LIMIT:
        raise ValueError(f"a text of more than {_TEXT_LIMIT} characters is not searched for a pattern")
    if is_doubtful and takes_long(rf"[\s\S]*?(?:{pattern})", text):
        raise ValueError(f"`{pattern}` can match one text in very many ways")
    return found.search(text) is not None


def _parts(microseconds: float) -> Callable[[timedelta], int]:
    return lambda value: int(value / timedelta(microseconds=microseconds))


_SIZED = (STRING, BYTES, LIST, MAP)
_CONVERTED = (INT, UINT, DOUBLE, STRING)

FUNCTIONS: dict[str, tuple[Function, ...]] = {
    "size": tuple(Function((type_,), INT, len) for type_ in _SIZED),
    "int": tuple(Function((type_,), INT, _int) for type_ in _CONVERTED),
    "uint": tuple(Function((type_,), UINT, _uint) for type_ in _CONVERTED),
    "double": tuple(Function((type_,), DOUBLE, _double) for type_ in _CONVERTED),
    "bool": tuple(Function((type_,), BOOL, _bool) for type_ in (BOOL, STRING)),
    "string": tuple(Function((type_,), STRING, text_of, costs=True) for type_ in (*_CONVERTED, BOOL, BYTES, DURATION)),
    "bytes": tuple(
        Function((type_,), BYTES, lambda value: value.encode() if isinstance(value, str) else value, costs=True)
        for type_ in (STRING, BYTES)
    ),
    "duration": (Function((STRING,), DURATION, duration), Function((DURATION,), DURATION, lambda value: value)),
    "dyn": (Function((DYN,), DYN, lambda value: value),),
    "matches": (Function((STRING, STRING), BOOL, matches, costs=True),),
}
"""The functions that are called by their names alone."""

METHODS: dict[str, tuple[Function, ...]] = {
    "size": FUNCTIONS["size"],
    "matches": FUNCTIONS["matches"],
    "contains": (Function((STRING, STRING), BOOL, lambda text, part: part in text, costs=True),),
    "startsWith": (Function((STRING, STRING), BOOL, str.startswith),),
    "endsWith": (Function((STRING, STRING), BOOL, str.endswith),),
    "getHours": (Function((DURATION,), INT, _parts(3600e6)),),
    "getMinutes": (Function((DURATION,), INT, _parts(60e6)),),
    "getSeconds": (Function((DURATION,), INT, _parts(1e6)),),
    "getMilliseconds": (Function((DURATION,), INT, lambda value: value // timedelta(milliseconds=1) % 1000),),
}
"""The functions that are called behind a value and a point."""
