"""A journey of so many steps that nobody takes it in.

What:
    The journey has more than 30 steps.

Why:
    A journey is a picture that people of different trades look at together. Beyond some thirty steps it fits on
    no wall, nobody reads it to its end, and mistakes hide in it: the more elements a model has, the more likely
    it is wrong.

Fix:
    Keep to what customers notice, and put what staff does into `backstage` of a step. If it is still too long,
    make two journeys of it where the customer's aim changes.

Limits:
    Only a hint. The number is a rule of thumb.

References:
    Mendling, J., Reijers, H. A. and van der Aalst, W. M. P.: Seven process modeling guidelines (7PMG).
    Information and Software Technology 52(2), 2010. Kalbach, J.: Mapping Experiences. 2016.
"""

from __future__ import annotations

from collections.abc import Iterator

from cxc.diagnostics import Diagnostic, Kind, Severity, finding
from cxc.model.blueprint import Blueprint
from cxc.model.journey import Journey

KIND = Kind("CXC411", "oversized-journey", Severity.HINT)

_MOST = 30
"""How many steps a journey can have that people take in at a glance."""

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
      evidence "A text message with the day"
    }
    step greet { via none; capability Refills }
    step name { via none; capability Refills }
    step address { via none; capability Refills }
    step insurer { via none; capability Refills }
    step medicine { via none; capability Refills }
    step prescription { via none; capability Refills }
    step allergies { via none; capability Refills }
    step interactions { via none; capability Refills }
    step age { via none; capability Refills }
    step dose { via none; capability Refills }
    step doctor { via none; capability Refills }
    step approval { via none; capability Refills }
    step stock { via none; capability Refills }
    step reserve { via none; capability Refills }
    step shelf { via none; capability Refills }
    step count { via none; capability Refills }
    step pack { via none; capability Refills }
    step label { via none; capability Refills }
    step leaflet { via none; capability Refills }
    step seal { via none; capability Refills }
    step second_look { via none; capability Refills }
    step locker { via none; capability Refills }
    step code { via none; capability Refills }
    step price { via none; capability Refills }
    step insurer_share { via none; capability Refills }
    step payment { via none; capability Refills }
    step receipt { via none; capability Refills }
    step message { via none; capability Refills }
    step diary { via none; capability Refills }
    step archive { via none; capability Refills }
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
      backstage "From the allergies to the archive: thirty things" by PharmacyTeam
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
    """Yield the journeys of too many steps."""
    for journey in blueprint.every(Journey):
        if len(journey.steps) > _MOST:
            yield finding(
                KIND,
                f"The journey `{journey.name}` has {len(journey.steps)} steps, more than anybody takes in at a glance",
                journey.span,
                help="Move what staff does into `backstage` of a step, or make two journeys of it.",
            )
