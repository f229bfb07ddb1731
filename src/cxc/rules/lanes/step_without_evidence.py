"""A step after which the customer has nothing in hand.

What:
    The step has no `evidence`.

Why:
    A service cannot be touched. What customers see, hold or find in their mailbox (a ticket, a receipt, a clean
    room) is how they know that something was done, and what they judge it by. What is not designed is there all
    the same, only by chance.

Fix:
    Write `evidence "…"`: what the customer has, sees or keeps afterwards. `evidence none` says that there is
    nothing on purpose.

Limits:
    Only a hint. Steps that no customer sees (`via none`) need none.

References:
    Shostack, G. L.: Breaking free from product marketing. Journal of Marketing 41(2), 1977. Bitner, M. J., Ostrom,
    A. L. and Morgan, F. N.: Service blueprinting: a practical technique for service innovation. California
    Management Review 50(3), 2008.
"""

from __future__ import annotations

from collections.abc import Iterator

from cxc.diagnostics import Diagnostic, Kind, Severity, finding
from cxc.model.blueprint import Blueprint
from cxc.model.journey import Step

KIND = Kind("CXC504", "step-without-evidence", Severity.HINT)

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

  phase during {
    step order {
      via Phone
      capability Refills
      frontstage "Takes the order"
      backstage none
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
    """Yield the steps that customers come to and of which nothing says what they have afterwards."""
    for step in filter(blueprint.is_complete, blueprint.every(Step)):
        if step.evidence is None and step.via != ():
            yield finding(
                KIND,
                f"Nothing says what customers have in hand after the step `{step.name}`",
                step.span,
                help='Write `evidence "…"`, or `evidence none` where nothing is left to see on purpose.',
            )
