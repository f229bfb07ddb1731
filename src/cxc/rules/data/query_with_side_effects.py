"""A query that changes something.

What:
    A `query` emits an event, or its `http` method is PUT, PATCH or DELETE.

Why:
    A query is a question: whoever asks it twice, repeats it after a lost connection or asks in advance
    expects that nothing happens. Browsers, caches and the generated clients rely on that. A question with an
    effect is carried out more often than anyone meant.

Fix:
    Make it a `command`. Or take out what changes something, and leave the question.

Limits:
    `http POST` is allowed, for questions too long for an address. What the code behind a query really does
    cannot be seen in a design.

References:
    Meyer, B.: Object-Oriented Software Construction, section 23.1 (Command-Query Separation). 1988. Fielding,
    R. et al.: HTTP Semantics, section 9.2.1 (Safe Methods). RFC 9110, 2022.
"""

from __future__ import annotations

from collections.abc import Iterator

from cxc.diagnostics import Diagnostic, Kind, Severity, finding
from cxc.model.blueprint import Blueprint
from cxc.model.service import Query

KIND = Kind("CXC308", "query-with-side-effects", Severity.ERROR)

BAD = """
package northwind.platform

team StoreTeam

event LockerOpened { number: int(1..200) }

service Lockers {
  owner StoreTeam
  on LockerOpened -> count

  query open(number: int(1..200)) -> bool { emits LockerOpened }
  command count(number: int(1..200))
}
"""

GOOD = """
package northwind.platform

team StoreTeam

event LockerOpened { number: int(1..200) }

service Lockers {
  owner StoreTeam
  on LockerOpened -> count

  command open(number: int(1..200)) -> bool { emits LockerOpened }
  command count(number: int(1..200))
}
"""

_CHANGING = ("PUT", "PATCH", "DELETE")


def check(blueprint: Blueprint) -> Iterator[Diagnostic]:
    """Yield the properties of queries that say that something changes."""
    for query in blueprint.every(Query):
        advice = f"Write `command {query.name}` where it changes something."
        if query.emits:
            event = query.emits[0]
            yield finding(
                KIND,
                f"The query `{query.name}` emits `{event.name}`, but a query changes nothing",
                event.span or query.span,
                help=advice,
            )
        if query.http is not None and query.http.method in _CHANGING:
            yield finding(
                KIND,
                f"The query `{query.name}` is called by {query.http.method}, but a query changes nothing",
                blueprint.place(query, "http"),
                help=f"{advice} A question is asked by GET, or by POST where it is long.",
            )
