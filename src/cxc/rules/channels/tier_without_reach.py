"""A tier that promises a journey which none of its channels serves.

What:
    A tier names a journey in `journeys`, and no step of that journey is served by a channel that the tier has.

Why:
    Customers choose a service level, and often pay for it, by what it says they can do. If no door of theirs
    leads to the journey, the promise is broken the first time somebody takes it up.

Fix:
    Add one of the journey's channels to the tier, offer the journey on a channel of the tier, or take the
    journey out of the promise.

Limits:
    One step on one of the tier's channels is enough. A journey without channels is taken for a sketch.

References:
    Frei, F. X.: The four things a service business must get right. Harvard Business Review 86(4), 2008.
    Zeithaml, V. A., Berry, L. L. and Parasuraman, A.: Communication and control processes in the delivery of
    service quality. Journal of Marketing 52(2), 1988.
"""

from __future__ import annotations

from collections.abc import Iterator

from cxc.diagnostics import Diagnostic, Kind, Related, Severity, finding
from cxc.flow import flow_of
from cxc.model.blueprint import Blueprint
from cxc.model.journey import Journey
from cxc.model.organisation import Tier
from cxc.rules.wording import listed

KIND = Kind("CXC617", "tier-without-reach", Severity.ERROR)

BAD = """
package northwind.pharmacy

team PharmacyTeam

persona Carer { goal "Medicine in the house, always" }

system PharmacyCore { lifecycle live }

capability Refills { people PharmacyTeam; process "Refill approval"; system PharmacyCore }

metric Effort { kind ces; target <= 2 }

channel Phone { kind phone; owner PharmacyTeam }

channel Counter { kind store; owner PharmacyTeam }

tier HomeCare { support assisted; channels Counter; journeys Refill, Ask }

journey Refill {
  kind use
  persona Carer
  trigger "The last week of medicine begins"
  outcome "New medicine in hand"
  measures Effort

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

journey Ask {
  kind use
  persona Carer
  trigger "Something feels wrong"
  outcome "Knows what to do"
  measures Effort

  phase after {
    step answer {
      via Counter
      capability Refills
      frontstage "Pharmacist answers, and asks how it was"
      backstage none
      evidence none
      measures Effort
    }
  }
}

experience ByPhone {
  journey Refill
  channel Phone
  step tell { script "How easy was it?" }
}

experience AnswerAtCounter {
  journey Ask
  channel Counter
  step answer { script "How can I help?" }
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

tier HomeCare { support assisted; channels Counter, Phone; journeys Refill, Ask }

journey Refill {
  kind use
  persona Carer
  trigger "The last week of medicine begins"
  outcome "New medicine in hand"
  measures Effort

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

journey Ask {
  kind use
  persona Carer
  trigger "Something feels wrong"
  outcome "Knows what to do"
  measures Effort

  phase after {
    step answer {
      via Counter
      capability Refills
      frontstage "Pharmacist answers, and asks how it was"
      backstage none
      evidence none
      measures Effort
    }
  }
}

experience ByPhone {
  journey Refill
  channel Phone
  step tell { script "How easy was it?" }
}

experience AnswerAtCounter {
  journey Ask
  channel Counter
  step answer { script "How can I help?" }
}
"""


def check(blueprint: Blueprint) -> Iterator[Diagnostic]:
    """Yield the journeys that tiers promise without a door to them."""
    for tier in filter(blueprint.is_complete, blueprint.every(Tier)):
        doors = {ref.id for ref in tier.channels}
        for ref in dict.fromkeys(tier.journeys):
            journey = blueprint.get(ref)
            if not isinstance(journey, Journey) or not all(map(blueprint.is_complete, (journey, *journey.steps))):
                continue
            channels = flow_of(journey, blueprint).channels
            if channels and not any(channel.id in doors for channel in channels):
                offered = listed([f"`{channel.name}`" for channel in channels])
                yield finding(
                    KIND,
                    f"The tier `{tier.name}` promises `{journey.name}`, and none of its channels serves it",
                    ref.span or tier.span,
                    related=[
                        Related(blueprint.place(tier, "channels"), "these are the channels of the tier"),
                        Related(journey.span, f"this is offered on {offered}"),
                    ],
                    help=f"Add one of them to the tier ({offered}), offer the journey on a channel of the tier, or "
                    "promise less.",
                )
