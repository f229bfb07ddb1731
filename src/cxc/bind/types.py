"""Type expressions to types of the model, with their constraints (CXC305)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any

from cxc.bind.plan import Kinds, plan_of
from cxc.bind.values import DIGITS_LIMIT
from cxc.diagnostics import Diagnostic, finding
from cxc.diagnostics.suggestion import did_you_mean
from cxc.model.base import Ref
from cxc.model.data import (
    BUILTINS,
    MAP,
    BuiltinType,
    DeclaredType,
    FieldType,
    ListType,
    MapType,
    OptionalType,
    Type,
    UnknownType,
)
from cxc.model.regular_expression import ambiguous_repetition, compiled
from cxc.rules.data import invalid_constraint
from cxc.rules.names import unknown_reference
from cxc.source import SourceFile, Span
from cxc.syntax import tree

ResolveType = Callable[[str, Span, Kinds], tuple[str, str] | None]
"""Resolves a name to the kind and id of a symbol; reports what is wrong itself, and then returns None."""


def _type_kinds() -> tuple[Kinds, Kinds]:
    declared = next(slot.kinds for slot in plan_of(DeclaredType).slots if slot.kinds)
    member = next(slot.kinds for slot in plan_of(FieldType).slots if slot.kinds)
    return declared, member


class TypeBinder:
    """Binds the type expressions of one file."""

    def __init__(
        self,
        source: SourceFile,
        resolve: ResolveType,
        report: Callable[[Diagnostic], None],
        excuses: Callable[[str], bool],
        is_declared: Callable[[str], bool],
    ) -> None:
        self.source = source
        self.resolve = resolve
        self.report = report
        self.excuses = excuses
        self.is_declared = is_declared
        self.declared, self.member = _type_kinds()

    def bind(self, syntax: tree.Type) -> Type:
        """Return the type; what cannot be resolved becomes `UnknownType` and is reported."""
        span = self.source.span(syntax.start, syntax.end)
        if isinstance(syntax, tree.NamedType):
            return self._named(syntax, span)
        if isinstance(syntax, tree.ListType):
            return ListType(span=span, item=self.bind(syntax.item))
        if isinstance(syntax, tree.OptionalType):
            return OptionalType(span=span, item=self.bind(syntax.item))
        if syntax.word != MAP:
            self.report(
                finding(
                    unknown_reference.KIND,
                    f"There is no type `{syntax.word}<…>`",
                    span,
                    help=f"Write `{MAP}<T>` for values by key, or `[T]` for a list.",
                )
            )
            return UnknownType(span=span)
        return MapType(span=span, item=self.bind(syntax.item))

    def _named(self, syntax: tree.NamedType, span: Span) -> Type:
        name = syntax.name
        if name in BUILTINS:
            return BuiltinType(span=span, name=name, **self._constraints(syntax, name))
        name_span = self.source.span(syntax.start, syntax.start + len(name))
        if "." not in name and name[0].islower() and not self.is_declared(name):
            return self._unknown_builtin(name, name_span, span)
        kinds = Kinds(self.declared.kinds + self.member.kinds, self.declared.words + self.member.words)
        resolved = self.resolve(name, name_span, kinds)
        if resolved is None:
            return UnknownType(span=span)
        kind, id = resolved
        if syntax.constraints:
            first = syntax.constraints[0]
            self._problem(f"`{name}` takes no constraints", first, "Put the constraint where the type is declared.")
        if kind in self.member.kinds:
            return FieldType(span=span, ref=Ref(id, name_span))
        return DeclaredType(span=span, ref=Ref(id, name_span))

    def _unknown_builtin(self, name: str, name_span: Span, span: Span) -> Type:
        if self.excuses(name):
            return UnknownType(span=span)
        suggestion = did_you_mean(name, [*BUILTINS, MAP])
        advice = f"Did you mean `{suggestion}`?" if suggestion else f"The types are {', '.join(BUILTINS)}."
        self.report(finding(unknown_reference.KIND, f"There is no type named `{name}`", name_span, help=advice))
        return UnknownType(span=span)

    # ---- constraints ------------------------------------------------------------------------------------------------

    def _problem(self, message: str, at: Any, advice: str) -> None:
        self.report(finding(invalid_constraint.KIND, message, self.source.span(at.start, at.end), help=advice))

    def _constraints(self, syntax: tree.NamedType, name: str) -> dict[str, Any]:
        """Return the fields of `BuiltinType` that the constraints in parentheses set."""
        takes = BUILTINS[name].constraints
        found: dict[str, Any] = {}
        numbers = [c for c in syntax.constraints if isinstance(c, tree.Number)]
        for constraint in syntax.constraints:
            if isinstance(constraint, tree.Range) and ("length" in takes or "bounds" in takes):
                self._keep(found, constraint, self._range(constraint, name))
            elif isinstance(constraint, tree.Comparison) and ("length" in takes or "bounds" in takes):
                self._keep(found, constraint, self._comparison(constraint, name))
            elif isinstance(constraint, tree.Regex) and "pattern" in takes:
                self._keep(found, constraint, self._pattern(constraint))
            elif isinstance(constraint, tree.Number) and "digits" in takes and len(numbers) == 2:
                if constraint is numbers[0]:
                    self._keep(found, constraint, self._digits(numbers))
            elif isinstance(constraint, tree.Number) and "length" in takes:
                self._keep(found, constraint, self._length(constraint, name))
            else:
                self._problem(
                    f"`{name}` cannot have the constraint `{self._text(constraint)}`", constraint, _advice(name)
                )
        if found.get("minimum", 0) > found.get("maximum", float("inf")):
            self._problem("No value meets both bounds", syntax.constraints[-1], "Make the upper bound the greater one.")
            return {}
        return found

    def _text(self, at: Any) -> str:
        return self.source.text[at.start : at.end]

    def _keep(self, found: dict[str, Any], at: Any, values: dict[str, Any]) -> None:
        if found.keys() & values.keys():
            self._problem("This constraint is given twice", at, "Remove one of them.")
        else:
            found |= values

    def _whole(self, bounds: Iterable[tree.Scalar], name: str) -> bool:
        """Report bounds that are no numbers, or no whole ones where the type counts; return whether all are sound."""
        takes = BUILTINS[name].constraints
        for bound in bounds:
            if not isinstance(bound, tree.Number):
                self._problem(f"The bounds of `{name}` are plain numbers", bound, _advice(name))
                return False
            if len(bound.raw) > DIGITS_LIMIT:
                self._problem(f"No value has more than {DIGITS_LIMIT} digits", bound, _advice(name))
                return False
            if "digits" not in takes and "." in bound.raw:
                self._problem(f"The bounds of `{name}` are whole numbers", bound, _advice(name))
                return False
            if "length" in takes and bound.raw.startswith("-"):
                self._problem("A length cannot be negative", bound, _advice(name))
                return False
        return True

    def _range(self, constraint: tree.Range, name: str) -> dict[str, Any]:
        if not self._whole((constraint.low, constraint.high), name):
            return {}
        low, high = float(constraint.low.raw), float(constraint.high.raw)
        if low > high:
            swapped = f"{constraint.high.raw}..{constraint.low.raw}"
            self._problem(
                f"No value is from {constraint.low.raw} to {constraint.high.raw}", constraint, f"Write `{swapped}`."
            )
            return {}
        return {"minimum": low, "maximum": high}

    def _comparison(self, constraint: tree.Comparison, name: str) -> dict[str, Any]:
        if not self._whole((constraint.bound,), name):
            return {}
        bound = float(constraint.bound.raw)
        if constraint.operator in (">", "<") and "digits" in BUILTINS[name].constraints:
            self._problem(f"The bounds of `{name}` include their value", constraint, "Write `>=` or `<=`.")
            return {}
        if constraint.operator in (">=", ">"):
            return {"minimum": bound + (constraint.operator == ">")}
        return {"maximum": bound - (constraint.operator == "<")}

    def _length(self, constraint: tree.Number, name: str) -> dict[str, Any]:
        if not self._whole((constraint,), name):
            return {}
        return {"minimum": float(constraint.raw), "maximum": float(constraint.raw)}

    def _digits(self, numbers: list[tree.Number]) -> dict[str, Any]:
        digits, decimals = (Decimal(number.raw) for number in numbers)
        are_whole = digits == int(digits) and decimals == int(decimals)
        if not are_whole or not 0 <= decimals <= digits or not 1 <= digits <= DIGITS_LIMIT:
            self._problem(
                f"A decimal cannot have {numbers[0].raw} digits with {numbers[1].raw} of them behind the point",
                numbers[1],
                "Write all digits first, then those behind the point: `decimal(12, 2)`.",
            )
            return {}
        return {"digits": int(digits), "decimals": int(decimals)}

    def _pattern(self, constraint: tree.Regex) -> dict[str, Any]:
        pattern = constraint.raw[1:-1].replace("\\/", "/")
        try:
            compiled(pattern)
        except ValueError as error:
            self._problem(f"This is no regular expression: {error}", constraint, "Correct the pattern.")
            return {}
        repeated = ambiguous_repetition(pattern)
        if repeated is not None:
            self._problem(
                f"`{repeated}` can match one text in very many ways, which can take endless time",
                constraint,
                "Write it so that what repeats inside begins or ends with what the rest of it cannot be.",
            )
            return {}
        return {"pattern": pattern}


def _advice(name: str) -> str:
    takes = BUILTINS[name].constraints
    if "pattern" in takes:
        return f"Write a length (`{name}(1..80)`) or a pattern (`{name}(/[A-Z]+/)`)."
    if "length" in takes:
        return f"Write a length: `{name}(1..80)`."
    if "digits" in takes:
        return f"Write digits and decimals (`{name}(12, 2)`) or bounds (`{name}(0..100)`)."
    if "bounds" in takes:
        return f"Write bounds: `{name}(0..12)`."
    return f"Write `{name}` without parentheses."
