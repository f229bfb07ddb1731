"""Two operations with the same method and path.

What:
    Two operations give the same `http` method and path. What the parameters in the path are called does not
    tell paths apart: `/stores/{store}` and `/stores/{id}` are the same.

Why:
    A request that arrives can be answered by one of them only. Which one that is depends on the order in
    which they were registered, so that one of the two works in tests and never for customers.

Fix:
    Give one of them another path or method, or leave `http` out: the derived one is free of conflicts.

Limits:
    `/stores/near` and `/stores/{store}` are different paths, of which servers choose the one without
    parameters. Two derived routes that are the same come from two names that are too much alike (CXC904).

References:
    OpenAPI Specification 3.1.1, Paths Object: “Templated paths with the same hierarchy but different
    templated names MUST NOT exist as they are identical”, 2024.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from cxc.diagnostics import Diagnostic, Kind, Related, Severity, finding
from cxc.model.blueprint import Blueprint
from cxc.model.routes import route_of
from cxc.model.service import Operation

KIND = Kind("CXC312", "conflicting-routes", Severity.ERROR)

BAD = """
package northwind.platform

team StoreTeam

service Stores {
  owner StoreTeam

  query store(store: string(4)) -> string { http GET "/stores/{store}" }
  query near(postcode: string(5..8)) -> [string] { http GET "/stores/{postcode}" }
}
"""

GOOD = """
package northwind.platform

team StoreTeam

service Stores {
  owner StoreTeam

  query store(store: string(4)) -> string { http GET "/stores/{store}" }
  query near(postcode: string(5..8)) -> [string] { http GET "/stores/near/{postcode}" }
}
"""


def check(blueprint: Blueprint) -> Iterator[Diagnostic]:
    """Yield each operation whose written route another one has already, be it written or derived."""
    operations = blueprint.every(Operation)
    if all(operation.http is None for operation in operations):
        return
    first: dict[tuple[str, str], Operation] = {}
    for operation in sorted(operations, key=lambda operation: operation.http is not None):
        service: Any = blueprint.holder(operation)
        route = route_of(service, operation, blueprint)
        other = first.setdefault((route.method, route.shape), operation)
        if operation.http is None or other.id == operation.id:
            continue
        yield finding(
            KIND,
            f"`{operation.name}` has the same route as `{other.name}`: {route.method} {route.path}",
            blueprint.place(operation, "http"),
            related=[Related(blueprint.place(other, "http"), f"the route of `{other.name}`")],
            help="Give one of them another path or method.",
        )
