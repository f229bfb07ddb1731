"""A value of the wrong form.

What:
    The property takes another form of value: a duration, a percentage, one of certain words, a name, a text
    in quotes; or it takes one value and was given several.

Why:
    A promise of `fast` cannot be checked; a promise of `300ms` can, and then the design says before anything
    is built whether the promises along a journey add up. What is exact in the blueprint need not be agreed
    upon again by everyone who reads it.

Fix:
    Write the value in the form the message shows.

Limits:
    Whether a value of the right form is a sensible one is left to the rules of its subject.

References:
    Gilb, T.: Competitive Engineering, chapter 5 (Scales of Measure). 2005.
"""

from __future__ import annotations

from collections.abc import Iterator

from cxc.diagnostics import Diagnostic, Kind, Severity, finding
from cxc.diagnostics.suggestion import did_you_mean
from cxc.model.blueprint import Blueprint
from cxc.model.routes import route_of
from cxc.model.service import Operation, Service

KIND = Kind("CXC108", "wrong-value", Severity.ERROR)

BAD = """
package northwind.platform

team StoreTeam

service Stores {
  owner StoreTeam

  query opening_times(store: string(4)) -> [string] { latency fast }
}
"""

GOOD = """
package northwind.platform

team StoreTeam

service Stores {
  owner StoreTeam

  query opening_times(store: string(4)) -> [string] { latency 300ms }
}
"""


def check(blueprint: Blueprint) -> Iterator[Diagnostic]:
    """Yield the names in a written path that are no parameters; all else is said where values are read."""
    for service in blueprint.every(Service):
        for operation in service.operations:
            if operation.http is not None and blueprint.is_complete(operation):
                yield from _unbound(blueprint, service, operation)


def _unbound(blueprint: Blueprint, service: Service, operation: Operation) -> Iterator[Diagnostic]:
    names = [parameter.name for parameter in operation.parameters]
    for name in route_of(service, operation, blueprint).unbound:
        suggestion = did_you_mean(name, names)
        listed = ", ".join(f"`{{{known}}}`" for known in names)
        yield finding(
            KIND,
            f"`{{{name}}}` in the path of `{operation.name}` is no parameter of it",
            blueprint.place(operation, "http"),
            help=f"Did you mean `{{{suggestion}}}`?"
            if suggestion
            else f"Its parameters are {listed}."
            if names
            else "Add the parameter, or write the path without it.",
        )
