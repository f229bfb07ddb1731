"""A phase that stands after a later one.

What:
    A phase `before` stands after a phase `during` or `after`, or a phase `during` after a phase `after`.

Why:
    The phases are the order in which customers live through the journey, and without a transition a step leads
    to the next one in the text. A phase in the wrong place leads customers back in time, or says of its steps
    what they are not.

Fix:
    Move the phase to its place, or correct its kind.

Limits:
    Several phases of one kind may follow each other. Which steps belong to which phase is left to the author.

References:
    Lemon, K. N. and Verhoef, P. C.: Understanding customer experience throughout the customer journey. Journal
    of Marketing 80(6), 2016 (prepurchase, purchase, postpurchase). Stickdorn, M., Hormess, M., Lawrence, A. and
    Schneider, J.: This is Service Design Doing. 2018.
"""

from __future__ import annotations

from collections.abc import Iterator

from cxc.diagnostics import Diagnostic, Kind, Related, Severity, finding
from cxc.model.blueprint import Blueprint
from cxc.model.journey import Journey, Phase

KIND = Kind("CXC406", "phase-out-of-order", Severity.ERROR)

_ORDER = ("before", "during", "after")

BAD = """
package northwind.pharmacy

team PharmacyTeam

persona Carer { goal "Medicine in the house, always" }

system Till { lifecycle live }

capability Refills { people PharmacyTeam; process "Refill approval"; system Till }

metric Effort { kind ces; target <= 2 }

channel Phone { kind phone; owner PharmacyTeam }

journey Refill {
  kind use
  persona Carer
  trigger "The last week of medicine begins"
  outcome "New medicine in hand"

  phase after {
    step ask {
      via Phone
      capability Refills
      frontstage "Asks how easy it was"
      backstage none
      evidence none
      measures Effort
    }
  }
  phase during {
    step order {
      via Phone
      capability Refills
      frontstage "Takes the order"
      backstage none
      evidence "A text message with the day"
    }
  }
}

experience ByPhone {
  journey Refill
  channel Phone
  step order { script "What do you need?" }
  step ask { script "How easy was it?" }
}
"""

GOOD = """
package northwind.pharmacy

team PharmacyTeam

persona Carer { goal "Medicine in the house, always" }

system Till { lifecycle live }

capability Refills { people PharmacyTeam; process "Refill approval"; system Till }

metric Effort { kind ces; target <= 2 }

channel Phone { kind phone; owner PharmacyTeam }

journey Refill {
  kind use
  persona Carer
  trigger "The last week of medicine begins"
  outcome "New medicine in hand"

  phase during {
    step order {
      via Phone
      capability Refills
      frontstage "Takes the order"
      backstage none
      evidence "A text message with the day"
    }
  }
  phase after {
    step ask {
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
  step order { script "What do you need?" }
  step ask { script "How easy was it?" }
}
"""


def check(blueprint: Blueprint) -> Iterator[Diagnostic]:
    """Yield the phases that come too late."""
    # In a journey of which something was lost a phase may have been given another kind than it has.
    for journey in filter(blueprint.is_complete, blueprint.every(Journey)):
        latest: Phase | None = None
        for phase in journey.phases:
            if latest is None or _ORDER.index(phase.when) > _ORDER.index(latest.when):
                latest = phase
            elif phase.when != latest.when:
                yield finding(
                    KIND,
                    f"A phase `{phase.when}` of `{journey.name}` stands after its phase `{latest.when}`",
                    phase.span,
                    related=[Related(latest.span, f"the phase `{latest.when}` stands here")],
                    help=f"Move it before the phase `{latest.when}`, or correct its kind.",
                )
