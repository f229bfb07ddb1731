"""A channel that no step names.

What:
    No step of any journey is served `via` the channel, in a workspace that has journeys.

Why:
    Every channel costs money, needs people who answer, and raises the expectation that something can be done
    on it. One that takes part in no journey is either a door behind which nobody stands, or a place where
    customers are met without a design.

Fix:
    Name it in `via` of the steps that it serves, or remove it. Mark it `deprecated` while it is being closed.

Limits:
    That a persona prefers it, a tier has it or an experience presents something on it does not make it used. A
    workspace without journeys is taken for one that others build journeys on.

References:
    Lemon, K. N. and Verhoef, P. C.: Understanding customer experience throughout the customer journey. Journal
    of Marketing 80(6), 2016. Kalbach, J.: Mapping Experiences, 2nd edition. O'Reilly, 2020.
"""

from __future__ import annotations

from collections.abc import Iterator

from cxc.diagnostics import Diagnostic, Kind, Severity, finding
from cxc.model.blueprint import Blueprint
from cxc.model.channel import Channel
from cxc.model.journey import Journey

KIND = Kind("CXC618", "unused-channel", Severity.WARNING)

BAD = """
package northwind.pharmacy

team PharmacyTeam

persona Carer { goal "Medicine in the house, always" }

system PharmacyCore { lifecycle live }

capability Refills { people PharmacyTeam; process "Refill approval"; system PharmacyCore }

metric Effort { kind ces; target <= 2 }

channel Phone { kind phone; owner PharmacyTeam }

channel Counter { kind store; owner PharmacyTeam }

journey Refill {
  kind use
  persona Carer
  trigger "The last week of medicine begins"
  outcome "New medicine in hand"
  measures Effort

  phase during {
    step order {
      via Phone
      capability Refills
      frontstage "Takes the code on the old box"
      backstage none
      evidence none
    }
  }
  phase after {
    step tell {
      via Phone
      capability Refills
      frontstage "Asks how easy it was"
      backstage none
      evidence none
      measures Effort
    }
  }
}

experience ByPhone {
  journey Refill
  channel Phone
  step order { script "Which box is nearly empty?" }
  step tell { script "How easy was it?" }
}
"""

GOOD = """
package northwind.pharmacy

team PharmacyTeam

persona Carer { goal "Medicine in the house, always" }

system PharmacyCore { lifecycle live }

capability Refills { people PharmacyTeam; process "Refill approval"; system PharmacyCore }

metric Effort { kind ces; target <= 2 }

channel Phone { kind phone; owner PharmacyTeam }

channel Counter { kind store; owner PharmacyTeam }

journey Refill {
  kind use
  persona Carer
  trigger "The last week of medicine begins"
  outcome "New medicine in hand"
  measures Effort

  phase during {
    step order {
      via Phone, Counter
      capability Refills
      frontstage "Takes the code on the old box"
      backstage none
      evidence none
    }
  }
  phase after {
    step tell {
      via Phone, Counter
      capability Refills
      frontstage "Asks how easy it was"
      backstage none
      evidence none
      measures Effort
    }
  }
}

experience ByPhone {
  journey Refill
  channel Phone
  step order { script "Which box is nearly empty?" }
  step tell { script "How easy was it?" }
}

experience AtCounter {
  journey Refill
  channel Counter
  step order { script "Which box is nearly empty?" }
  step tell { script "How easy was it?" }
}
"""


def check(blueprint: Blueprint) -> Iterator[Diagnostic]:
    """Yield the channels that serve no step, where the workspace has journeys."""
    if not blueprint.every(Journey):
        return
    for channel in blueprint.every(Channel):
        is_used = any(use.word == "via" for use in blueprint.used_by.get(channel.id, ()))
        may_stay = channel.deprecated or not blueprint.is_complete(channel) or blueprint.may_be_meant(channel, "via")
        if not is_used and not may_stay:
            yield finding(
                KIND,
                f"No journey can be begun or continued on `{channel.name}`",
                channel.span,
                help=f"Write `via {channel.name}` in the steps that it serves, or remove it.",
            )
