"""A rule that answers with an error its operation never fails with.

What:
    A `rule … on ERROR` names an error that the operation does not name in `fails`; or, for a rule of the
    service, that none of its operations does.

Why:
    The rule says that whoever breaks it gets this error. If the operation does not fail with it, the failure
    is lost on the way: no journey can lead the customer on from there, and the service either says nothing or
    something else.

Fix:
    Write `fails ERROR` in the operation that keeps the rule, or remove `on ERROR` from the rule.

Limits:
    Which of its operations keep a rule of the service cannot be seen: one that fails with the error is
    enough.

References:
    Nygard, M. T.: Release It! Design and Deploy Production-Ready Software, 2nd edition, chapter 4. 2018. Tax,
    S. S. and Brown, S. W.: Recovering and learning from service failure. MIT Sloan Management Review 40(1),
    1998.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from cxc.diagnostics import Diagnostic, Kind, Severity, finding
from cxc.model.blueprint import Blueprint
from cxc.model.service import Operation, Rule, Service

KIND = Kind("CXC314", "swallowed-failure", Severity.WARNING)

BAD = """
package northwind.platform

team PharmacyTeam

error NotRefillable { status 409 }
error WrongCode { status 422 }

service Prescriptions {
  owner PharmacyTeam

  command refill(code: string(6)) {
    fails WrongCode
    rule "A refill needs at least one refill left" on NotRefillable
  }

  command renew(code: string(6)) { fails NotRefillable }
}
"""

GOOD = """
package northwind.platform

team PharmacyTeam

error NotRefillable { status 409 }
error WrongCode { status 422 }

service Prescriptions {
  owner PharmacyTeam

  command refill(code: string(6)) {
    fails WrongCode, NotRefillable
    rule "A refill needs at least one refill left" on NotRefillable
  }

  command renew(code: string(6)) { fails NotRefillable }
}
"""


def check(blueprint: Blueprint) -> Iterator[Diagnostic]:
    """Yield the errors of rules that nothing which keeps the rule fails with."""
    for service in blueprint.every(Service):
        operations = service.operations
        for operation in filter(blueprint.is_complete, operations):
            never = f"The {operation.word} `{operation.name}` never fails"
            yield from _swallowed(operation.rules, _failures([operation]), never)
        if all(blueprint.is_complete(part) for part in (service, *operations)):
            never = f"No operation of `{service.name}` fails"
            yield from _swallowed(service.rules, _failures(operations), never)


def _failures(operations: Iterable[Operation]) -> set[str]:
    return {error.id for operation in operations for error in operation.fails}


def _swallowed(rules: Iterable[Rule], failures: set[str], never: str) -> Iterator[Diagnostic]:
    for rule in rules:
        for error in rule.on:
            if error.id not in failures:
                yield finding(
                    KIND,
                    f"{never} with `{error.name}`, with which this rule answers",
                    error.span or rule.span,
                    help=f"Write `fails {error.name}` in the operation that keeps the rule.",
                )
