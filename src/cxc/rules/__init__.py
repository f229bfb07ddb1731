"""The catalogue of rules: one file, one rule, found by walking the family folders.

A rule's file is named for its slug. Its docstring is its page (first line: the bad pattern; then `What:`, `Why:`,
`Fix:`, `Limits:` and, if need be, `References:`), `KIND` its code and severity, `BAD` and `GOOD` its examples, and
`check`, where it has one, finds it in a resolved design. Rules without `check` are spoken by the stage that notices
them (parser, binder, configuration, targets).
"""

from __future__ import annotations

import pkgutil
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from importlib import import_module
from types import ModuleType
from typing import NamedTuple

from cxc.diagnostics import Diagnostic, Kind
from cxc.model.blueprint import Blueprint

FAMILIES = {
    "1": "text", "2": "names", "3": "data", "4": "journeys", "5": "lanes",
    "6": "channels", "7": "capabilities", "8": "measures", "9": "build",
}  # fmt: skip
"""The folder of each family by the first digit of its codes."""

Check = Callable[[Blueprint], Iterable[Diagnostic]]


class Rule(NamedTuple):
    """A rule as the catalogue lists it; `bad` and `good` are small blueprints, and the first breaks this rule alone."""

    kind: Kind
    family: str
    documentation: str
    check: Check | None
    bad: str = ""
    good: str = ""


def _modules() -> Iterator[tuple[str, ModuleType]]:
    for family in FAMILIES.values():
        try:
            folder = import_module(f"{__name__}.{family}")
        except ModuleNotFoundError:
            continue
        for module in pkgutil.iter_modules(folder.__path__):
            found = import_module(f"{folder.__name__}.{module.name}")
            if hasattr(found, "KIND"):
                yield family, found


def _rule(family: str, module: ModuleType) -> Rule:
    return Rule(
        kind=module.KIND,
        family=family,
        documentation=module.__doc__ or "",
        check=getattr(module, "check", None),
        bad=getattr(module, "BAD", ""),
        good=getattr(module, "GOOD", ""),
    )


@cache
def all_rules() -> tuple[Rule, ...]:
    """Return every rule, in the order of the codes."""
    rules = (_rule(family, module) for family, module in _modules())
    return tuple(sorted(rules, key=lambda rule: rule.kind.code))


def check(blueprint: Blueprint) -> tuple[Diagnostic, ...]:
    """Return what all rules find in a design."""
    return tuple(found for rule in all_rules() if rule.check for found in rule.check(blueprint))
