"""A phase without steps.

What:
    A `phase` of a journey holds no step.

Why:
    A phase says that something happens to the customer before, during or after what they came for. If it holds
    nothing, the reader cannot tell whether nothing happens there, or whether the part was never thought
    through; and what is left out most often is what comes first and last, which customers remember.

Fix:
    Write the steps of the phase, or remove it.

Limits:
    Nothing is said where a statement of the journey could not be understood: it may have been a step.

References:
    Stickdorn, M., Hormess, M., Lawrence, A. and Schneider, J.: This is Service Design Doing. 2018. Lemon, K. N.
    and Verhoef, P. C.: Understanding customer experience throughout the customer journey. Journal of Marketing
    80(6), 2016.
"""

from __future__ import annotations

from collections.abc import Iterator

from cxc.diagnostics import Diagnostic, Kind, Severity, finding
from cxc.model.blueprint import Blueprint
from cxc.model.journey import Journey

KIND = Kind("CXC401", "empty-phase", Severity.ERROR)

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

  phase before {}
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
    """Yield the phases in which nothing happens."""
    for journey in filter(blueprint.is_complete, blueprint.every(Journey)):
        for phase in journey.phases:
            if not phase.steps:
                yield finding(
                    KIND,
                    f"Nothing happens to customers in the phase `{phase.title or phase.when}` of `{journey.name}`",
                    phase.span,
                    help="Write its steps between braces, or remove the phase.",
                )
