"""Values of the syntax tree to values of the model, by what a slot accepts, and the words to say what it accepts.

References are resolved by `cxc.bind.names`; here they are only told apart from words and texts.
"""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from typing import Any

from cxc.bind.names import one_of
from cxc.bind.plan import NONE, Slot
from cxc.diagnostics.suggestion import did_you_mean
from cxc.model.values import Duration
from cxc.syntax import tree

RESERVED = frozenset({NONE, "end", "true", "false"})
"""The only words that cannot be names."""
DIGITS_LIMIT = 30
"""How many characters a number may have."""


class WrongValue(Exception):
    """A value a slot does not accept; `advice` says what to write instead. Never leaves `cxc.bind`."""

    def __init__(self, value: tree.Value, advice: str, replacement: str | None = None) -> None:
        self.value = value
        self.advice = advice
        self.replacement = replacement


class IsReference(Exception):
    """The value is a name that is to be resolved among the kinds of the slot. Never leaves `cxc.bind`."""

    def __init__(self, name: tree.Name) -> None:
        self.name = name


@cache
def accepted(slot: Slot) -> str:
    """Return what a slot accepts, as the end of a sentence that begins with `Write`."""
    forms: list[str] = []
    for option in slot.options:
        if option is str:
            forms.append('a text in quotes ("…")')
        elif option is bool:
            forms.append("nothing behind the word")
        elif option is int:
            bounds = "" if slot.lowest is None else f" from {slot.lowest} to {slot.highest}"
            forms.append(f"a whole number{bounds}")
        elif option is float:
            forms.append("a number")
        elif hasattr(option, "written"):
            forms.append(option.written)
    if slot.kinds:
        forms.append(f"the name of {one_of(slot.kinds.words)}")
    if slot.choices:
        words = [f"`{choice}`" for choice in slot.choices]
        forms.append(words[0] if len(words) == 1 else f"one of {', '.join(words[:-1])} and {words[-1]}")
    if slot.may_be_none:
        forms.append(f"`{NONE}` where it is empty on purpose")
    return ", or ".join(forms)


def read_value(slot: Slot, value: tree.Value) -> Any:
    """Return the model's value of one value of the syntax tree.

    Raises `WrongValue`, or `IsReference` where the value is a name for the binder to resolve.
    """
    if type(value) is tree.Name:
        return _read_name(slot, value)
    _require_readable(value)
    if type(value) is tree.Text and str in slot.options:
        return value.value
    if type(value) is tree.Number and (int in slot.options or float in slot.options):
        return _read_number(slot, value)
    problem: str | None = None
    for option in slot.options:
        if hasattr(option, "read"):
            try:
                return option.read(value)
            except ValueError as error:
                problem = problem or str(error)
    only_form = len(slot.options) == 1 and not slot.kinds
    raise WrongValue(value, problem if problem and only_form else f"Write {accepted(slot)}.")


def _require_readable(value: tree.Value) -> None:
    """Raise `WrongValue` for a number with more digits than anyone can mean, or than can be written out again."""
    for part in value if isinstance(value, (tree.Range, tree.Comparison)) else (value,):
        if isinstance(part, (tree.Number, tree.Percent, tree.Duration)) and len(part.raw) > DIGITS_LIMIT:
            raise WrongValue(value, f"Write a number of at most {DIGITS_LIMIT} digits.")


def _read_name(slot: Slot, name: tree.Name) -> Any:
    if name.text in slot.choices and name.title is None:
        return name.text
    for option in slot.options:
        if option is bool and name.text in ("true", "false"):
            return name.text == "true"
        if hasattr(option, "read") and not slot.kinds:
            try:
                return option.read(name)
            except ValueError as error:
                raise WrongValue(name, str(error)) from None
    if slot.kinds and name.text not in RESERVED:
        raise IsReference(name)
    suggestion = did_you_mean(name.text, slot.choices) if slot.choices else None
    if suggestion:
        raise WrongValue(name, f"Did you mean `{suggestion}`?", suggestion)
    if str in slot.options and not slot.choices:
        raise WrongValue(name, f'Text stands in quotes: "{name.text}".', f'"{name.text}"')
    raise WrongValue(name, f"Write {accepted(slot)}.")


def _read_number(slot: Slot, value: tree.Number) -> int | float:
    if int in slot.options:
        if "." in value.raw:
            raise WrongValue(value, f"Write {accepted(slot)}.")
        number: int | float = int(value.raw)
    else:
        number = float(value.raw)
    if (slot.lowest is not None and number < slot.lowest) or (slot.highest is not None and number > slot.highest):
        raise WrongValue(value, f"Write {accepted(slot)}.")
    return number


def json_value(value: tree.Value) -> Any:
    """Return a default or example as JSON has it; raise `WrongValue` for what is no single value."""
    _require_readable(value)
    if isinstance(value, tree.Text):
        return value.value
    if isinstance(value, tree.Number):
        return float(value.raw) if "." in value.raw else int(value.raw)
    if isinstance(value, tree.Percent):
        return float(Decimal(value.raw[:-1]) / 100)
    if isinstance(value, tree.Duration):
        return Duration.read(value).iso
    if isinstance(value, tree.Name) and value.title is None:
        return {"true": True, "false": False}.get(value.text, value.text)
    if isinstance(value, tree.List):
        return [json_value(item) for item in value.items]
    raise WrongValue(
        value, "Write one value: a text in quotes, a number, `true`, `false`, or the name of an enum value."
    )
