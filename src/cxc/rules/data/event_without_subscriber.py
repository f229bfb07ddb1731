"""An event that nobody listens to.

What:
    An operation emits the event, and no service of the workspace has `on EVENT -> operation` for it.

Why:
    An event is told for others to react to. One that nobody hears is often the trace of a reaction that was
    forgotten: the order is ready, and nobody tells the customer.

Fix:
    Write `on EVENT -> operation` in the service that is to react, or stop emitting it.

Limits:
    Only a hint: listeners outside of this workspace, such as reports or the workspaces of others, cannot be
    seen from here. An event that is never emitted is reported for that instead (CXC309).

References:
    Hohpe, G. and Woolf, B.: Enterprise Integration Patterns, chapter 3 (Publish-Subscribe Channel). 2003.
"""

from __future__ import annotations

from collections.abc import Iterator

from cxc.diagnostics import Diagnostic, Kind, Severity, finding
from cxc.model.blueprint import Blueprint
from cxc.model.data import Event

KIND = Kind("CXC310", "event-without-subscriber", Severity.HINT)

BAD = """
package northwind.platform

team StoreTeam

event RefillReady { code: string(6) }

service Stores {
  owner StoreTeam

  command tell(code: string(6))
  command pack(code: string(6)) { emits RefillReady }
}
"""

GOOD = """
package northwind.platform

team StoreTeam

event RefillReady { code: string(6) }

service Stores {
  owner StoreTeam
  on RefillReady -> tell

  command tell(code: string(6))
  command pack(code: string(6)) { emits RefillReady }
}
"""


def check(blueprint: Blueprint) -> Iterator[Diagnostic]:
    """Yield the events that are emitted and that no service reacts to."""
    for event in blueprint.every(Event):
        words = {use.word for use in blueprint.used_by.get(event.id, ())}
        if "emits" not in words or "event" in words or event.deprecated or blueprint.may_be_meant(event, "event"):
            continue
        yield finding(
            KIND,
            f"No service of this workspace reacts to the event `{event.name}`",
            event.span,
            help=f"Write `on {event.name} -> operation` in the service that is to react.",
        )
