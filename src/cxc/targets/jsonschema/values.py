"""Single values as JSON has them: what each builtin type of the language is in JSON Schema, and its examples.

Declared types, and where a type is used, are left to `types`.
"""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from typing import Any

from cxc.model.data import BuiltinType
from cxc.targets.patterns import whole_match

Schema = dict[str, Any]

_PLAIN: dict[str, Schema] = {
    "bool": {"type": "boolean"},
    "date": {"type": "string", "format": "date"},
    "datetime": {"type": "string", "format": "date-time"},
    # Without an offset, so it is not JSON Schema's `time`; the name is from OpenAPI's registry of formats.
    "time": {
        "type": "string",
        "format": "time-local",
        "pattern": r"^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d+)?)?$",
    },
    "duration": {"type": "string", "format": "duration"},
    "uuid": {"type": "string", "format": "uuid"},
    "email": {"type": "string", "format": "email"},
    "phone": {"type": "string", "pattern": r"^\+[1-9]\d{1,14}$"},
    "url": {"type": "string", "format": "uri"},
    "country": {"type": "string", "pattern": "^[A-Z]{2}$"},
    "currency": {"type": "string", "pattern": "^[A-Z]{3}$"},
    "language": {"type": "string", "pattern": "^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$"},
    # `contentEncoding` only tells what the text is; a validator needs the pattern to see that it is no Base64.
    "bytes": {
        "type": "string",
        "contentEncoding": "base64",
        "pattern": "^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$",
    },
}
_INT32 = 2**31
_MONEY_TEXT = re.compile(r"(-?\d+(?:\.\d+)?) ([A-Z]{3})")

STANDARD_FORMATS = frozenset({"date", "date-time", "duration", "uuid", "email", "uri", "uri-reference"})
"""The formats in use here that JSON Schema itself defines; the others are from OpenAPI's registry of formats."""

MONEY_SCHEMA: Schema = {
    "description": "An amount with its currency.",
    "type": "object",
    "required": ["amount", "currency"],
    "properties": {
        "amount": {
            "description": "The amount, exact, in units of the currency.",
            "type": "string",
            "format": "decimal",
            "pattern": r"^-?\d+(\.\d+)?$",
            "examples": ["12.50"],
        },
        "currency": {
            "description": "The currency by its ISO 4217 code.",
            "type": "string",
            "pattern": "^[A-Z]{3}$",
            "examples": ["EUR"],
        },
    },
}


def builtin_schema(type_: BuiltinType) -> Schema:
    """Return the schema of a builtin type other than `money`, with its constraints."""
    if type_.name in ("string", "text"):
        return _text(type_)
    if type_.name == "int":
        return _integer(type_)
    return _decimal(type_) if type_.name == "decimal" else _PLAIN[type_.name]


def _text(type_: BuiltinType) -> Schema:
    schema: Schema = {"type": "string"}
    if type_.minimum is not None:
        schema["minLength"] = int(type_.minimum)
    if type_.maximum is not None:
        schema["maxLength"] = int(type_.maximum)
    if type_.pattern is not None:
        pattern = whole_match(type_.pattern)
        # What ECMA-262 cannot say is kept for readers that can; the service checks it in any case.
        schema |= {"x-cxc-pattern": type_.pattern} if pattern is None else {"pattern": pattern}
    return schema


def _integer(type_: BuiltinType) -> Schema:
    low, high = type_.minimum, type_.maximum
    small = low is not None and high is not None and low >= -_INT32 and high < _INT32
    schema: Schema = {"type": "integer", "format": "int32" if small else "int64"}
    if low is not None:
        schema["minimum"] = int(low)
    if high is not None:
        schema["maximum"] = int(high)
    return schema


def _decimal(type_: BuiltinType) -> Schema:
    """Return a decimal as text: a JSON number loses digits in most readers, and money is counted in decimals."""
    sign = "" if type_.minimum is not None and type_.minimum >= 0 else "-?"
    whole, fraction = r"\d+", r"(\.\d+)?"
    if type_.digits is not None:
        behind = type_.decimals or 0
        before = type_.digits - behind
        whole = rf"\d{{1,{before}}}" if before else "0"
        fraction = rf"(\.\d{{1,{behind}}})?" if behind else ""
    schema: Schema = {"type": "string", "format": "decimal", "pattern": f"^{sign}{whole}{fraction}$"}
    if type_.minimum is not None:
        schema["x-cxc-minimum"] = _number_text(type_.minimum)
    if type_.maximum is not None:
        schema["x-cxc-maximum"] = _number_text(type_.maximum)
    return schema


def _number_text(value: float | str) -> str:
    text = f"{Decimal(str(value)):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def as_written(type_: BuiltinType, value: Any) -> Any:
    """Return a default or example of the blueprint as a value of the schema has it."""
    if type_.name == "decimal":
        try:
            number = Decimal(str(value))
            digits = number if type_.decimals is None else number.quantize(Decimal(1).scaleb(-type_.decimals))
        except InvalidOperation:
            return value
        return f"{digits:f}"
    if type_.name == "money" and isinstance(value, str) and (match := _MONEY_TEXT.fullmatch(value)):
        return {"amount": match[1], "currency": match[2]}
    return value
