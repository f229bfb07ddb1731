"""Which values of JSON the built-in types allow, with their constraints: what a default or an example may be.

Declared types are left to whoever asks, and so is where the value stands.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple

from cxc.model.data import BuiltinType
from cxc.model.values import LanguageTag


class Refusal(NamedTuple):
    """Why a value is not allowed, as the end of a sentence; what to write; and where it is sure, the text to put there."""

    reason: str
    advice: str
    instead: str | None = None


def refusal(type_: BuiltinType, value: Any) -> Refusal | None:
    """Return why a built-in type does not allow a value, or None where it does."""
    name = type_.name
    if name in _NUMBERS:
        return _number(type_, value)
    if name == "bool":
        return None if isinstance(value, bool) else _other_kind(value, "`true` or `false`")
    if name == "money":
        is_sound = _MONEY.fullmatch(value) is not None if isinstance(value, str) else type(value) in (int, float)
        return None if is_sound else _other_kind(value, 'an amount, as in `"12.50 EUR"`,')
    if not isinstance(value, str):
        return _other_kind(value, f"a text in quotes{_as_in(name)}")
    if name in _FORMS:
        is_sound, what, example = _FORMS[name]
        if not is_sound(value):
            return Refusal(f"is {_shown(value)}, which is no {what}", f"Write it as in `{example}`.")
        return None
    return _length(type_, value) or _pattern(type_, value)


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    if isinstance(value, list):
        return "a list"
    text = f'"{value}"' if isinstance(value, str) else _plain(value)
    return f"`{text}`" if len(text) <= 40 and "\n" not in text else "this text"


def _plain(number: float) -> str:
    text = f"{Decimal(repr(number)):f}" if isinstance(number, float) else str(number)
    return text.removesuffix(".0")


def _other_kind(value: Any, expected: str) -> Refusal:
    return Refusal(f"is {_shown(value)}, but {expected} is expected", f"Write {expected.rstrip(',')}.")


# ---- numbers ----------------------------------------------------------------------------------------------------------

_NUMBERS = frozenset({"int", "decimal"})


def _number(type_: BuiltinType, value: Any) -> Refusal | None:
    whole = type_.name == "int"
    if isinstance(value, bool) or not isinstance(value, int if whole else (int, float)):
        return _other_kind(value, "a whole number" if whole else "a number")
    if type_.minimum is not None and value < type_.minimum:
        least = _plain(type_.minimum)
        return Refusal(f"is {_shown(value)}, which is less than {least}", f"Write {least} or more.")
    if type_.maximum is not None and value > type_.maximum:
        most = _plain(type_.maximum)
        return Refusal(f"is {_shown(value)}, which is more than {most}", f"Write {most} or less.")
    return _digits(type_, value)


def _digits(type_: BuiltinType, value: float) -> Refusal | None:
    if type_.digits is None or type_.decimals is None:
        return None
    before, _, behind = _plain(abs(value)).partition(".")
    if len(behind) > type_.decimals:
        places = f"{type_.decimals or 'no'} digit{'' if type_.decimals == 1 else 's'}"
        return Refusal(f"is {_shown(value)}, but has {places} behind the point", f"Write it with {places} there.")
    room = type_.digits - type_.decimals
    if len(before.lstrip("0")) > room:
        places = f"{room or 'no'} digit{'' if room == 1 else 's'}"
        return Refusal(f"is {_shown(value)}, but has {places} before the point", f"Write it with {places} there.")
    return None


# ---- texts ------------------------------------------------------------------------------------------------------------


def _length(type_: BuiltinType, value: str) -> Refusal | None:
    characters = len(value)
    for bound, is_broken, word in (
        (type_.minimum, characters < (type_.minimum or 0), "least"),
        (type_.maximum, type_.maximum is not None and characters > type_.maximum, "most"),
    ):
        if bound is not None and is_broken:
            allowed = f"at {word} {_plain(bound)}"
            plural = "" if characters == 1 else "s"
            return Refusal(
                f"has {characters} character{plural}, but {allowed} are allowed", f"Write a text of {allowed}."
            )
    return None


def _pattern(type_: BuiltinType, value: str) -> Refusal | None:
    if type_.pattern is None or not _is_quick(type_.pattern, value):
        return None
    if re.fullmatch(type_.pattern, value):
        return None
    return Refusal(f"is {_shown(value)}, which does not match /{type_.pattern}/", "Write a text that matches it whole.")


def _is_quick(pattern: str, text: str) -> bool:
    """Whether matching takes no noticeable time, given that the pattern is not ambiguous (CXC305)."""
    repetitions = len(re.findall(r"[*+}]", pattern))
    return (len(text) + 1) ** min(repetitions, 12) <= 10_000_000


def _is_date(value: str) -> bool:
    return _DATE.fullmatch(value) is not None and _parses(date.fromisoformat, value)


def _is_moment(value: str) -> bool:
    return _MOMENT.fullmatch(value) is not None and _parses(datetime.fromisoformat, value.upper())


def _parses(parse: Callable[[str], Any], value: str) -> bool:
    try:
        parse(value)
    except ValueError:
        return False
    return True


def _matching(pattern: str) -> Callable[[str], bool]:
    compiled = re.compile(pattern)
    return lambda value: compiled.fullmatch(value) is not None


_CLOCK = r"(?:[01][0-9]|2[0-3]):[0-5][0-9]"
_OFFSET = r"(?:Z|[+-](?:[01][0-9]|2[0-3]):[0-5][0-9])"
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MOMENT = re.compile(rf"[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}[Tt]{_CLOCK}:[0-5][0-9](?:\.[0-9]{{1,9}})?(?:{_OFFSET}|z)")
_MONEY = re.compile(r"-?[0-9]+(?:\.[0-9]+)? ?[A-Z]{3}|[A-Z]{3} ?-?[0-9]+(?:\.[0-9]+)?")

_FORMS: dict[str, tuple[Callable[[str], bool], str, str]] = {
    "date": (_is_date, "day", '"2026-03-14"'),
    "datetime": (_is_moment, "moment with its offset from UTC", '"2026-03-14T09:30:00Z"'),
    "time": (_matching(rf"{_CLOCK}(?::[0-5][0-9](?:\.[0-9]{{1,9}})?)?{_OFFSET}?"), "time of day", '"09:30:00"'),
    "duration": (
        _matching(r"P(?!$)(?:[0-9]+Y)?(?:[0-9]+M)?(?:[0-9]+W)?(?:[0-9]+D)?"
                  r"(?:T(?!$)(?:[0-9]+H)?(?:[0-9]+M)?(?:[0-9]+(?:\.[0-9]+)?S)?)?"),
        "stretch of time", "2h",
    ),
    "uuid": (
        _matching(r"[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}"),
        "UUID", '"6f1c2a34-0c1f-4c3e-9b4e-0d2f7b1f6a10"',
    ),
    "email": (_matching(r"[^@\s]{1,64}@[^@\s.]+(?:\.[^@\s.]+)+"), "e-mail address", '"mair@example.org"'),
    "phone": (_matching(r"\+[1-9][0-9]{4,14}"), "telephone number in E.164 form", '"+441632960001"'),
    "url": (_matching(r"[A-Za-z][A-Za-z0-9+.-]*://[^\s/][^\s]*"), "web address", '"https://www.example.org/help"'),
    "country": (_matching(r"[A-Z]{2}"), "country code (ISO 3166-1, two letters)", '"GB"'),
    "currency": (_matching(r"[A-Z]{3}"), "currency code (ISO 4217, three letters)", '"EUR"'),
    "language": (_matching(LanguageTag._pattern.pattern), "language tag", '"en-GB"'),
    "bytes": (lambda _: True, "", ""),
}  # fmt: skip
"""For each type with a form of its own: whether a text has it, what it is called, and an example."""


def _as_in(name: str) -> str:
    return f", as in `{_FORMS[name][2]}`," if name in _FORMS and _FORMS[name][2] else ""
