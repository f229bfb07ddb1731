"""A default or example that its own type does not allow.

What:
    The value behind `=` or in `@example(…)` is of another kind than the type of the field, breaks a
    constraint of it, or is no value of the enum.

Why:
    An example is what developers and testers try first, and a default is what every customer gets who says
    nothing. One that the service itself would refuse makes the first call fail, and every form that is filled
    in by it.

Fix:
    Write a value that the type allows; the message says what it is. Texts, dates and the like stand in
    quotes, numbers and enum values do not. A value that may be missing needs no default at all.

Limits:
    That a country, currency or language code has the right form is checked, not that it has been assigned. A
    pattern is left out where trying it on a long text could take noticeable time. A default for a whole
    entity or `type` cannot be written.

References:
    OpenAPI Specification 3.1.1, Schema Object: “default” must conform to the type, 2024.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from cxc.diagnostics import Diagnostic, Edit, Kind, Severity, finding
from cxc.diagnostics.suggestion import did_you_mean
from cxc.model.blueprint import Blueprint
from cxc.model.data import BuiltinType, DataField, DeclaredType, EnumType, ListType, MapType
from cxc.model.literals import Refusal, refusal
from cxc.model.regular_expression import ambiguous_repetition, compiled
from cxc.model.routes import meant_type
from cxc.source import Span

KIND = Kind("CXC306", "invalid-default", Severity.ERROR)

BAD = """
package northwind.data

type Locker {
  number: int(1..200) = 0
}
"""

GOOD = """
package northwind.data

type Locker {
  number: int(1..200) = 1
}
"""


def check(blueprint: Blueprint) -> Iterator[Diagnostic]:
    """Yield the defaults and examples that their types do not allow."""
    for field in blueprint.every(DataField):
        for what, value, span in (
            ("default", field.default, field.default_span),
            ("example", field.example, field.example_span),
        ):
            if span is None:
                continue
            refused = _refusal(blueprint, field.type, value, span)
            if refused is not None:
                yield finding(
                    KIND,
                    f"The {what} of `{field.name}` {refused.reason}",
                    span,
                    help=refused.advice,
                    fix=[Edit(span, refused.instead)] if refused.instead else [],
                )


def _refusal(blueprint: Blueprint, type_: Any, value: Any, span: Span) -> Refusal | None:
    """Return why a type does not allow a value, or None where it does or nobody can say."""
    type_, _ = meant_type(type_, blueprint)
    if isinstance(type_, BuiltinType):
        return _unquoted(type_, value, span) or refusal(_harmless(type_), value)
    if isinstance(type_, ListType):
        if not isinstance(value, list):
            return Refusal("is one value, but the field holds a list", "Write `[…]` around it.")
        inner = (_refusal(blueprint, type_.item, item, _NOWHERE) for item in value)
        return next((refused for refused in inner if refused is not None), None)
    if isinstance(type_, MapType):
        return Refusal("cannot be given, because the field holds values by key", "Remove it.")
    if isinstance(type_, DeclaredType):
        return _declared(blueprint, blueprint.get(type_.ref), value)
    return None


_NOWHERE = Span("", 0, 0, 0, 0)


def _harmless(type_: BuiltinType) -> BuiltinType:
    """Return the type without a pattern that is not safe to try, as a published design of others may hold it."""
    if type_.pattern is None:
        return type_
    try:
        compiled(type_.pattern)
        is_safe = ambiguous_repetition(type_.pattern) is None
    except ValueError:
        is_safe = False
    return type_ if is_safe else type_.model_copy(update={"pattern": None})


def _unquoted(type_: BuiltinType, value: Any, span: Span) -> Refusal | None:
    """Return what is wrong with a bare word where a text in quotes is meant."""
    is_bare = isinstance(value, str) and span.line == span.end_line and span.end_column - span.column == len(value)
    if type_.name in ("string", "text") and is_bare and span is not _NOWHERE:
        return Refusal(
            f"is the word `{value}`, but a text is expected", f'Write it in quotes: `"{value}"`.', f'"{value}"'
        )
    return None


def _declared(blueprint: Blueprint, declared: Any, value: Any) -> Refusal | None:
    if declared is None:
        return None
    if not isinstance(declared, EnumType):
        return Refusal(f"cannot be given, because the field holds {_a(declared.word)} `{declared.name}`", "Remove it.")
    names = [choice.name for choice in declared.values]
    if value in names or not blueprint.is_complete(declared) or not all(map(blueprint.is_complete, declared.values)):
        return None
    if not isinstance(value, str):
        return Refusal(f"is no value of the enum `{declared.name}`", f"Its values are {_listed(names)}.")
    meant = did_you_mean(value, names)
    advice = f"Did you mean `{meant}`?" if meant else f"Its values are {_listed(names)}."
    return Refusal(f"is `{value}`, which is no value of the enum `{declared.name}`", advice, meant)


def _a(word: str) -> str:
    return f"{'an' if word[0] in 'aeiou' else 'a'} {word}"


def _listed(names: list[str]) -> str:
    shown = ", ".join(f"`{name}`" for name in names[:8])
    return f"{shown}, …" if len(names) > 8 else shown
