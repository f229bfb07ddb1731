"""An operation that nobody calls.

What:
    No step of a journey `calls` the operation, no process `does` it, and no service runs it `on` an event.

Why:
    An operation is built, tested, secured and run for somebody. One that no customer's way leads to is either
    work for nothing, or a sign that a step is missing from the journey that was to need it.

Fix:
    Name it in `calls` of the step that needs it, in `does` of the process, or behind `on EVENT ->`. Else
    remove it.

Limits:
    A workspace without journeys is taken for a platform that others build journeys on. What is deprecated may
    be without use.

References:
    Bitner, M. J., Ostrom, A. L. and Morgan, F. N.: Service blueprinting: a practical technique for service
    innovation. California Management Review 50(3), 2008. Ries, E.: The Lean Startup, chapter 3. 2011.
"""

from __future__ import annotations

from collections.abc import Iterator

from cxc.diagnostics import Diagnostic, Kind, Severity, finding
from cxc.model.blueprint import Blueprint
from cxc.model.journey import Journey
from cxc.model.service import Operation

KIND = Kind("CXC307", "unused-operation", Severity.WARNING)

BAD = """
package northwind.pharmacy

team StoreTeam

persona Carer { goal "Medicine in the house, always" }

system StoreDirectory { owner StoreTeam }

capability Advice { people StoreTeam; process "Answers at the counter"; system StoreDirectory }

metric Ease { kind ces; target <= 2 }

channel Counter { kind store; owner StoreTeam }

service Stores {
  owner StoreTeam
  realizes Advice

  query opening_times(store: string(4)) -> [string]
  query free_lockers(store: string(4)) -> int
}

journey AskStore {
  kind support
  persona Carer
  trigger "The medicine was not there"
  outcome "Knows when to come again"

  phase after {
    step ask {
      via Counter
      calls Stores.opening_times
      frontstage "Says when it will be there"
      backstage none
      evidence none
      measures Ease
    }
  }
}

experience AtCounter {
  journey AskStore
  channel Counter
  step ask { asks store }
}
"""

GOOD = """
package northwind.pharmacy

team StoreTeam

persona Carer { goal "Medicine in the house, always" }

system StoreDirectory { owner StoreTeam }

capability Advice { people StoreTeam; process "Answers at the counter"; system StoreDirectory }

metric Ease { kind ces; target <= 2 }

channel Counter { kind store; owner StoreTeam }

service Stores {
  owner StoreTeam
  realizes Advice

  query opening_times(store: string(4)) -> [string]
  query free_lockers(store: string(4)) -> int
}

journey AskStore {
  kind support
  persona Carer
  trigger "The medicine was not there"
  outcome "Knows when to come again"

  phase after {
    step ask {
      via Counter
      calls Stores.opening_times, Stores.free_lockers
      frontstage "Says when it will be there"
      backstage none
      evidence none
      measures Ease
    }
  }
}

experience AtCounter {
  journey AskStore
  channel Counter
  step ask { asks store }
}
"""


def check(blueprint: Blueprint) -> Iterator[Diagnostic]:
    """Yield the operations that nothing calls, where the workspace has journeys."""
    if not blueprint.every(Journey):
        return
    for operation in blueprint.every(Operation):
        if blueprint.used_by.get(operation.id) or blueprint.may_be_meant(operation):
            continue
        if any(element.deprecated for element in blueprint.line_of_holders(operation.id)):
            continue
        service = blueprint.holder(operation)
        yield finding(
            KIND,
            f"Nobody calls the {operation.word} `{service.name if service else ''}.{operation.name}`",
            operation.span,
            help="Name it in `calls` of a step, in `does` of a process or behind `on EVENT ->`, or remove it.",
        )
