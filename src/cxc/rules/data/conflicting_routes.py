"""Two operations with the same method and path.

What:
    Two operations give the same `http` method and path. What the parameters in the path are called does not tell paths
    apart: `/stores/{store}` and `/stores/{id}` are the same.

Why:
    A request that arrives can be answered by one of them only. Which one that is depends on the order in which they were
    registered, so that one of the two works in tests and never for customers.

Fix:
    Give one of them another path or method, or leave `http` out: the derived one is free of conflicts.

Limits:
    Only paths that are written down are compared. `/stores/near` and `/stores/{store}` are different paths, of which
    servers choose the one without parameters.

References:
    OpenAPI Specification 3.1.1, Paths Object: “Templated paths with the same hierarchy but different templated names MUST
    NOT exist as they are identical”, 2024.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from cxc.diagnostics import Diagnostic, Kind, Related, Severity, finding
from cxc.model.blueprint import Blueprint
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

_PARAMETER = re.compile(r"\{[^}]*\}")


def check(blueprint: Blueprint) -> Iterator[Diagnostic]:
    """Yield each operation whose route another one has already."""
    first: dict[tuple[str, str], Operation] = {}
    for operation in blueprint.every(Operation):
        if operation.http is None:
            continue
        method, path = operation.http.method, operation.http.path
        other = first.setdefault((method, _PARAMETER.sub("{}", path)), operation)
        if other.id == operation.id:
            continue
        yield finding(
            KIND,
            f"`{operation.name}` has the same route as `{other.name}`: {method} {path}",
            blueprint.place(operation, "http"),
            related=[Related(blueprint.place(other, "http"), f"the route of `{other.name}`")],
            help="Give one of them another path or method.",
        )
