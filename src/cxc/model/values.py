"""The values a property may take beyond plain text and numbers; each class says how it is written and read.

A value class has `written` (how to write it, for messages and the reference page) and `read`, which turns a value of
the syntax tree into the model's value or raises `ValueError` with what to write instead.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema

from cxc.syntax import tree

_MILLISECONDS = {"ms": 1, "s": 1_000, "m": 60_000, "h": 3_600_000, "d": 86_400_000, "w": 604_800_000}
_DURATION_PART = re.compile(r"([0-9]+(?:\.[0-9]+)?)(ms|[smhdw])")
_ISO_DURATION = re.compile(r"P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:([\d.]+)S)?)?")


class Duration(int):
    """A stretch of time in milliseconds; in JSON an ISO 8601 duration."""

    written: ClassVar[str] = "a duration such as `300ms`, `5s`, `10m`, `2h`, `3d` or `2w`"

    @classmethod
    def read(cls, value: tree.Value) -> Duration:
        if not isinstance(value, tree.Duration):
            raise ValueError(f"Write {cls.written}.")
        parts = _DURATION_PART.findall(value.raw)
        return cls(int(sum(Decimal(number) * _MILLISECONDS[unit] for number, unit in parts)))

    @property
    def iso(self) -> str:
        """The ISO 8601 form, with days as the largest unit."""
        seconds, milliseconds = divmod(int(self), 1_000)
        minutes, seconds = divmod(seconds, 60)
        hours, minutes = divmod(minutes, 60)
        days, hours = divmod(hours, 24)
        fraction = f".{milliseconds:03}".rstrip("0") if milliseconds else ""
        time = "".join(
            f"{amount}{unit}"
            for amount, unit in ((hours, "H"), (minutes, "M"), (f"{seconds}{fraction}", "S"))
            if amount not in (0, "0")
        )
        return "P" + (f"{days}D" if days else "") + (f"T{time}" if time else "" if days else "T0S")

    @property
    def text(self) -> str:
        """The form of the language, in the largest units that say it exactly."""
        rest, parts = int(self), []
        for unit in ("w", "d", "h", "m", "s", "ms"):
            amount, rest = divmod(rest, _MILLISECONDS[unit])
            if amount:
                parts.append(f"{amount}{unit}")
        return "".join(parts) or "0s"

    @classmethod
    def from_iso(cls, text: str) -> Duration:
        """Return the duration of an ISO 8601 text as `iso` writes it."""
        match = _ISO_DURATION.fullmatch(text)
        if not match:
            raise ValueError("not an ISO 8601 duration of days, hours, minutes and seconds")
        days, hours, minutes, seconds = (Decimal(part or 0) for part in match.groups())
        return cls(int((((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1_000))

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.json_or_python_schema(
            json_schema=core_schema.no_info_after_validator_function(cls.from_iso, core_schema.str_schema()),
            python_schema=core_schema.is_instance_schema(cls),
            serialization=core_schema.plain_serializer_function_ser_schema(
                lambda duration: duration.iso, return_schema=core_schema.str_schema()
            ),
        )

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return {"type": "string", "format": "duration"}


class Percent(float):
    """A share of the whole, from 0 to 1; written with `%`."""

    written: ClassVar[str] = "a percentage such as `99.9%`"

    @classmethod
    def read(cls, value: tree.Value) -> Percent:
        if not isinstance(value, tree.Percent):
            raise ValueError(f"Write {cls.written}.")
        share = Decimal(value.raw[:-1]) / 100
        if not 0 <= share <= 1:
            raise ValueError("Write a percentage from `0%` to `100%`.")
        return cls(share)

    @property
    def text(self) -> str:
        """The form of the language."""
        return f"{Decimal(repr(float(self))) * 100:f}".rstrip("0").rstrip(".") + "%"

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_after_validator_function(cls, core_schema.float_schema(ge=0, le=1))


class Label(str):
    """A word or a text, for things the language does not prescribe."""

    __slots__ = ()
    written: ClassVar[str] = "a word, or a text in quotes"

    @classmethod
    def read(cls, value: tree.Value) -> Label:
        if isinstance(value, tree.Text):
            return cls(value.value)
        if isinstance(value, tree.Name) and value.title is None:
            return cls(value.text)
        raise ValueError(f"Write {cls.written}.")

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_after_validator_function(cls, core_schema.str_schema())


class PackageName(Label):
    """The name of a package."""

    __slots__ = ()
    written: ClassVar[str] = "the name of a package, such as `northwind.pharmacy`"

    @classmethod
    def read(cls, value: tree.Value) -> PackageName:
        if not isinstance(value, tree.Name) or value.title is not None:
            raise ValueError(f"Write {cls.written}.")
        return cls(value.text)


class DeclaredName(PackageName):
    """The name of a declaration in another package."""

    __slots__ = ()
    written: ClassVar[str] = "the name of a declaration"


class LanguageTag(Label):
    """A language by its BCP 47 tag (RFC 5646), such as `en` or `"cy-GB"`."""

    __slots__ = ()
    written: ClassVar[str] = 'a language tag such as `en` or `"cy-GB"`'
    _pattern: ClassVar[re.Pattern[str]] = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z]{4})?(-([A-Za-z]{2}|[0-9]{3}))?")

    @classmethod
    def read(cls, value: tree.Value) -> LanguageTag:
        label = super().read(value)
        if not cls._pattern.fullmatch(label):
            raise ValueError(f"Write {cls.written}.")
        return cls(label)


class OpeningHours(str):
    """Opening hours in schema.org's form, such as `Mo-Fr 09:00-17:00`; several are divided by `;` or commas."""

    __slots__ = ()
    written: ClassVar[str] = 'opening hours such as `"Mo-Fr 09:00-17:00"`, with days Mo Tu We Th Fr Sa Su'
    _day: ClassVar[str] = r"(?:Mo|Tu|We|Th|Fr|Sa|Su|PH)"
    _time: ClassVar[str] = r"(?:(?:[01][0-9]|2[0-3]):[0-5][0-9]|24:00)"
    _pattern: ClassVar[re.Pattern[str]] = re.compile(
        rf"{_day}(?:-{_day})?(?:,\s?{_day}(?:-{_day})?)*(?:\s+{_time}-{_time}(?:,\s?{_time}-{_time})*)?|24/7"
    )

    @classmethod
    def read(cls, value: tree.Value) -> OpeningHours:
        if not isinstance(value, tree.Text):
            raise ValueError(f"Write {cls.written}.")
        text = value.value
        parts = [part.strip() for part in text.split(";")]
        if not all(cls._pattern.fullmatch(part) for part in parts):
            raise ValueError(f"Write {cls.written}.")
        return cls(text)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_after_validator_function(cls, core_schema.str_schema())


class _Compound(BaseModel):
    """A value of several parts."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class DurationRange(_Compound):
    """From the expected to the longest duration; without a range, the longest is not known."""

    written: ClassVar[str] = "a duration (`2h`), or from the expected to the longest one (`10m..2h`)"

    expected: Duration
    longest: Duration | None = None

    @classmethod
    def read(cls, value: tree.Value) -> DurationRange:
        if isinstance(value, tree.Range):
            low, high = Duration.read(value.low), Duration.read(value.high)
            if high < low:
                raise ValueError(f"Write the shorter duration first: `{value.high.raw}..{value.low.raw}`.")
            return cls(expected=low, longest=high)
        if isinstance(value, tree.Duration):
            return cls(expected=Duration.read(value))
        raise ValueError(f"Write {cls.written}.")


class Target(_Compound):
    """A bound that a measure is to keep: an operator and a number; `unit` tells if it is a percentage or a time."""

    written: ClassVar[str] = "a comparison such as `>= 40`, `>= 85%` or `<= 2d`"

    operator: Literal[">=", "<=", ">", "<"]
    value: float
    unit: Literal["number", "percent", "milliseconds"]

    @classmethod
    def read(cls, value: tree.Value) -> Target:
        if not isinstance(value, tree.Comparison):
            raise ValueError(f"Write {cls.written}.")
        bound = value.bound
        operator: Any = value.operator
        if isinstance(bound, tree.Percent):
            return cls(operator=operator, value=float(bound.raw[:-1]), unit="percent")
        if isinstance(bound, tree.Duration):
            return cls(operator=operator, value=float(Duration.read(bound)), unit="milliseconds")
        return cls(operator=operator, value=float(bound.raw), unit="number")


class Amount(_Compound):
    """A number as it was measured: plain, a percentage or a time."""

    written: ClassVar[str] = "a number (`40`), a percentage (`85%`) or a duration (`2d`)"

    value: float
    unit: Literal["number", "percent", "milliseconds"]

    @classmethod
    def read(cls, value: tree.Value) -> Amount:
        if isinstance(value, tree.Percent):
            return cls(value=float(value.raw[:-1]), unit="percent")
        if isinstance(value, tree.Duration):
            return cls(value=float(Duration.read(value)), unit="milliseconds")
        if isinstance(value, tree.Number):
            return cls(value=float(value.raw), unit="number")
        raise ValueError(f"Write {cls.written}.")


Method = Literal["GET", "POST", "PUT", "PATCH", "DELETE"]
_PATH = re.compile(r"/|(?:/(?:[A-Za-z0-9._~!$&'()*+,;=:@%-]|\{[A-Za-z_][A-Za-z0-9_]*\})+)+")
_PLACE = re.compile(r"\{(.+?)\}")


class Route(_Compound):
    """An HTTP method and a path template; `{name}` in the path stands for a parameter."""

    written: ClassVar[str] = 'a method and a path: `GET "/refills/{refill}"`'

    method: Method
    path: str

    @classmethod
    def read(cls, value: tree.Value) -> Route:
        if isinstance(value, tree.Name) and value.title is not None:
            method, path = value.text, value.title.value
        elif isinstance(value, tree.Text):
            method, _, path = value.value.partition(" ")
        else:
            raise ValueError(f"Write {cls.written}.")
        if method.upper() not in ("GET", "POST", "PUT", "PATCH", "DELETE"):
            raise ValueError("Write one of the methods GET, POST, PUT, PATCH, DELETE.")
        if not _PATH.fullmatch(path):
            raise ValueError('Write a path that begins with `/` and does not end with it, as in `"/refills/{refill}"`.')
        places = _PLACE.findall(path)
        if len(places) != len(set(places)):
            raise ValueError("Write each parameter once in the path.")
        chosen: Any = method.upper()
        return cls(method=chosen, path=path)
