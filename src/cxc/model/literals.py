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
from cxc.model.regular_expression import takes_long


class Refusal(NamedTuple):
    """Why a value is not allowed, as the end of a sentence; what to write; where it is sure, the text to put there."""

    reason: str
    advice: str
    instead: str | None = None


def refusal(type_: BuiltinType, value: Any) -> Refusal | None:
    """Return why a built-in type does not allow a value, or None where it does; its pattern must be safe to try."""
    name = type_.name
    if name == "bool":
        return None if isinstance(value, bool) else _other_kind(value, "`true` or `false`")
    if name in ("int", "decimal"):
        return _number(type_, value)
    if not isinstance(value, str):
        return _other_kind(value, _expected(name))
    form = _FORMS.get(name)
    if form is not None and not form.matches(value):
        return Refusal(f"is {_shown(value)}, which is no {form.called}", f"Write it as in `{form.example}`.")
    return _length(type_, value) or _pattern(type_, value)


def _other_kind(value: Any, expected: str) -> Refusal:
    return Refusal(f"is {_shown(value)}, but {expected} is expected", f"Write {expected.rstrip(',')}.")


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    if isinstance(value, list):
        return "a list"
    text = f'"{value}"' if isinstance(value, str) else _plain(value)
    return f"`{text}`" if len(text) <= 40 and "\n" not in text else "this text"


def _plain(number: Any) -> str:
    text = f"{Decimal(repr(number)):f}" if isinstance(number, float) else str(number)
    return text.removesuffix(".0")


# ---- numbers --------------------------------------------------------------------------------------------------------

_EXACT = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")


def _number(type_: BuiltinType, value: Any) -> Refusal | None:
    number = _whole(value) if type_.name == "int" else _decimal(value)
    if number is None:
        return _other_kind(value, "a whole number" if type_.name == "int" else "a number")
    if type_.minimum is not None and number < Decimal(repr(type_.minimum)):
        least = _plain(type_.minimum)
        return Refusal(f"is {_shown(value)}, which is less than {least}", f"Write {least} or more.")
    if type_.maximum is not None and number > Decimal(repr(type_.maximum)):
        most = _plain(type_.maximum)
        return Refusal(f"is {_shown(value)}, which is more than {most}", f"Write {most} or less.")
    if type_.digits is None or type_.decimals is None:
        return None
    return _digits(number, value, type_.digits - type_.decimals, type_.decimals)


def _whole(value: Any) -> Decimal | None:
    return Decimal(value) if type(value) is int else None


def _decimal(value: Any) -> Decimal | None:
    """Return an exact number, which may also stand in quotes."""
    if isinstance(value, str):
        return Decimal(value) if _EXACT.fullmatch(value) else None
    return Decimal(repr(value)) if type(value) in (int, float) else None


def _digits(number: Decimal, value: Any, room_before: int, room_behind: int) -> Refusal | None:
    before, _, behind = f"{abs(number):f}".partition(".")
    for digits, room, where in (
        (before.lstrip("0"), room_before, "before"),
        (behind.rstrip("0"), room_behind, "behind"),
    ):
        if len(digits) > room:
            allowed = f"{room or 'no'} digit{'' if room == 1 else 's'} {where} the point"
            return Refusal(f"is {_shown(value)}, but may have {allowed}", f"Write a number with {allowed}.")
    return None


# ---- texts ----------------------------------------------------------------------------------------------------------


def _length(type_: BuiltinType, value: str) -> Refusal | None:
    if type_.minimum is not None and len(value) < type_.minimum:
        return _wrong_length(value, f"at least {_plain(type_.minimum)}")
    if type_.maximum is not None and len(value) > type_.maximum:
        return _wrong_length(value, f"at most {_plain(type_.maximum)}")
    return None


def _wrong_length(value: str, allowed: str) -> Refusal:
    characters = f"{len(value)} character{'' if len(value) == 1 else 's'}"
    return Refusal(f"has {characters}, but must have {allowed}", f"Write a text of {allowed}.")


def _pattern(type_: BuiltinType, value: str) -> Refusal | None:
    if type_.pattern is None:
        return None
    if takes_long(type_.pattern, value):
        return Refusal(
            f"is {_shown(value)}, through which there are very many ways for /{type_.pattern}/",
            "Write the pattern so that there is one way for each text.",
        )
    if re.fullmatch(type_.pattern, value):
        return None
    return Refusal(f"is {_shown(value)}, which does not match /{type_.pattern}/", "Write a text that matches it whole.")


# ---- forms ----------------------------------------------------------------------------------------------------------


class _Form(NamedTuple):
    """The form that all texts of a type have: whether a text has it, what it is called, and one that has."""

    matches: Callable[[str], Any]
    called: str
    example: str


def _parses(pattern: str, parse: Callable[[str], Any]) -> Callable[[str], bool]:
    compiled = re.compile(pattern)

    def matches(value: str) -> bool:
        try:
            return compiled.fullmatch(value) is not None and parse(value) is not None
        except ValueError:
            return False

    return matches


def _like(pattern: str) -> Callable[[str], Any]:
    return re.compile(pattern).fullmatch


_DAY = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
_CLOCK = r"(?:[01][0-9]|2[0-3]):[0-5][0-9]"
_SECONDS = r":[0-5][0-9](?:\.[0-9]+)?"
_OFFSET = rf"(?:Z|[+-]{_CLOCK})"
_PERIOD = (
    r"P(?!$)(?:[0-9]+Y)?(?:[0-9]+M)?(?:[0-9]+W)?(?:[0-9]+D)?"
    r"(?:T(?!$)(?:[0-9]+H)?(?:[0-9]+M)?(?:[0-9]+(?:\.[0-9]+)?S)?)?"
)

_FORMS = {
    "date": _Form(_parses(_DAY, date.fromisoformat), "day", '"2026-03-14"'),
    "datetime": _Form(
        _parses(rf"{_DAY}T{_CLOCK}{_SECONDS}{_OFFSET}", lambda value: datetime.fromisoformat(value[:19])),
        "moment with its offset from UTC",
        '"2026-03-14T09:30:00Z"',
    ),
    "time": _Form(_like(rf"{_CLOCK}(?:{_SECONDS})?"), "time of day", '"09:30:00"'),
    "duration": _Form(_like(_PERIOD), "stretch of time", "2h"),
    "uuid": _Form(
        _like(r"[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}"),
        "UUID",
        '"6f1c2a34-0c1f-4c3e-9b4e-0d2f7b1f6a10"',
    ),
    "email": _Form(_like(r"[^@\s]{1,64}@[^@\s.]+(?:\.[^@\s.]+)+"), "e-mail address", '"mair@example.org"'),
    "phone": _Form(_like(r"\+[1-9][0-9]{1,14}"), "telephone number in E.164 form", '"+441632960001"'),
    "url": _Form(_like(r"[A-Za-z][A-Za-z0-9+.-]*://[^\s/]\S*"), "web address", '"https://www.example.org/help"'),
    "money": _Form(_like(r"-?[0-9]+(?:\.[0-9]+)? [A-Z]{3}"), "amount with its currency", '"12.50 EUR"'),
    "country": _Form(_like(r"[A-Z]{2}"), "country code of two letters (ISO 3166-1)", '"GB"'),
    "currency": _Form(_like(r"[A-Z]{3}"), "currency code of three letters (ISO 4217)", '"EUR"'),
    "language": _Form(_like(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*"), "language tag (BCP 47)", '"en-GB"'),
}
"""The types whose texts have a form of their own."""


def _expected(name: str) -> str:
    form = _FORMS.get(name)
    if form is None:
        return "a text in quotes"
    what = "a text in quotes" if form.example.startswith('"') else f"a {form.called}"
    return f"{what}, as in `{form.example}`,"
