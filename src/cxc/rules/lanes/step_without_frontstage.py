"""A step of which nothing says what the customer sees.

What:
    The step has no `frontstage`.

Why:
    A journey is told from the customer's side. A step that only names channels and operations says how the
    organisation works, and not what it does for the customer; two readers will picture two different services.

Fix:
    Write `frontstage "…"`: what the customer sees, hears or is told. `frontstage none` says that they do it all by
    themselves.

Limits:
    Steps that no customer sees (`via none`) need none. Whether the words describe the customer's side is left to
    the reader.

References:
    Shostack, G. L.: Designing services that deliver. Harvard Business Review 62(1), 1984. Bitner, M. J., Ostrom, A.
    L. and Morgan, F. N.: Service blueprinting: a practical technique for service innovation. California Management
    Review 50(3), 2008.
"""

from __future__ import annotations

from collections.abc import Iterator

from cxc.diagnostics import Diagnostic, Kind, Severity, finding
from cxc.model.blueprint import Blueprint
from cxc.model.journey import Step

KIND = Kind("CXC501", "step-without-frontstage", Severity.WARNING)

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
    """Yield the steps that customers come to and of which nothing says what they see."""
    for step in filter(blueprint.is_complete, blueprint.every(Step)):
        if step.frontstage is None and step.via != ():
            yield finding(
                KIND,
                f"Nothing says what customers see in the step `{step.name}`",
                step.span,
                help='Write `frontstage "…"`, or `frontstage none` where the organisation does nothing they see.',
            )
