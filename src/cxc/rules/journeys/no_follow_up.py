"""A journey after which nobody asks how it went.

What:
    No step in a phase `after` takes a measure (`measures`).

Why:
    Whether customers got what they came for, and what it cost them, shows only once it is over. A journey that
    ends with its outcome never learns of it: those who gave up, came back or told others are not heard.

Fix:
    Write a step in a `phase after` that asks or counts, with `measures METRIC`.

Limits:
    Measures of the whole journey do not count: nothing says when and where they are taken. A journey in which
    nothing at all is measured is another finding (CXC801). Nothing is said where a statement of the journey
    could not be understood: it may have been the measure.

References:
    Reichheld, F. F.: The one number you need to grow. Harvard Business Review 81(12), 2003. Lemon, K. N. and
    Verhoef, P. C.: Understanding customer experience throughout the customer journey. Journal of Marketing
    80(6), 2016.
"""

from __future__ import annotations

from collections.abc import Iterator

from cxc.diagnostics import Diagnostic, Kind, Related, Severity, finding
from cxc.flow import flow_of
from cxc.model.blueprint import Blueprint
from cxc.model.journey import Journey

KIND = Kind("CXC408", "no-follow-up", Severity.WARNING)

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
  measures Effort

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
  measures Effort

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
    """Yield the journeys after whose outcome nothing is measured."""
    for journey in blueprint.every(Journey):
        if not journey.measures and not any(step.measures for step in journey.steps):
            continue  # nothing at all is measured, which is another mistake (CXC801)
        after = [phase for phase in journey.phases if phase.when == "after"]
        # A phase without steps is reported for itself (CXC401): it was to hold them.
        if any(step.measures for phase in after for step in phase.steps) or not all(phase.steps for phase in after):
            continue
        if flow_of(journey, blueprint).is_understood:
            yield finding(
                KIND,
                f"Nobody asks how customers fared once `{journey.name}` is over",
                journey.span,
                related=[Related(phase.span, "no step in here takes a measure") for phase in after],
                help="Write a step with `measures METRIC` in a `phase after`.",
            )
