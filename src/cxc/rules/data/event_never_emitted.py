"""An event that never happens.

What:
    No operation of the workspace names the event in `emits`.

Why:
    Whoever waits for it waits for ever: the reminder is never sent, the parcel never leaves. In a design it
    looks as if the parts were connected, and at run time nothing moves.

Fix:
    Name it in `emits` of the operation that causes it, or remove it.

Limits:
    A workspace without services is taken for shared declarations that others emit. What is deprecated may be
    without a source.

References:
    Hohpe, G. and Woolf, B.: Enterprise Integration Patterns, chapter 10 (Event-Driven Consumer). 2003.
"""

from __future__ import annotations

from collections.abc import Iterator

from cxc.diagnostics import Diagnostic, Kind, Severity, finding
from cxc.model.blueprint import Blueprint
from cxc.model.data import Event
from cxc.model.service import Service

KIND = Kind("CXC309", "event-never-emitted", Severity.WARNING)

BAD = """
package northwind.platform

team StoreTeam

event RefillReady { code: string(6) }

service Stores {
  owner StoreTeam
  on RefillReady -> reserve

  command reserve(code: string(6))
  command pack(code: string(6))
}
"""

GOOD = """
package northwind.platform

team StoreTeam

event RefillReady { code: string(6) }

service Stores {
  owner StoreTeam
  on RefillReady -> reserve

  command reserve(code: string(6))
  command pack(code: string(6)) { emits RefillReady }
}
"""


def check(blueprint: Blueprint) -> Iterator[Diagnostic]:
    """Yield the events that no operation emits, where the workspace has services."""
    if not blueprint.every(Service):
        return
    for event in blueprint.every(Event):
        emitted = any(use.word == "emits" for use in blueprint.used_by.get(event.id, ()))
        if not emitted and not event.deprecated and not blueprint.may_be_meant(event, "emits"):
            yield finding(
                KIND,
                f"No operation emits the event `{event.name}`",
                event.span,
                help=f"Write `emits {event.name}` in the operation that causes it, or remove the event.",
            )
