"""A persona who prefers a channel that the journey does not offer.

What:
    The persona of a journey `prefers` a channel, and no step of the journey is served by it.

Why:
    A persona says what was learnt about customers. A journey made for them on other channels was made for the
    organisation: customers begin where they are used to begin, and have to be sent elsewhere before anything
    has happened.

Fix:
    Offer the journey on that channel, at least where it begins. If the preference is about something else, or
    is no longer true, correct the persona.

Limits:
    One step on the channel is enough. Journeys without channels are not looked at.

References:
    Lemon, K. N. and Verhoef, P. C.: Understanding customer experience throughout the customer journey. Journal
    of Marketing 80(6), 2016. Stickdorn, M., Hormess, M. E., Lawrence, A. and Schneider, J.: This Is Service
    Design Doing. O'Reilly, 2018.
"""

from __future__ import annotations

from collections.abc import Iterator

from cxc.diagnostics import Diagnostic, Kind, Related, Severity, finding
from cxc.flow import flow_of
from cxc.model.blueprint import Blueprint
from cxc.model.channel import Channel
from cxc.model.journey import Journey
from cxc.model.organisation import Persona
from cxc.rules.wording import listed

KIND = Kind("CXC614", "unserved-preference", Severity.WARNING)

BAD = """
package northwind.pharmacy

team PharmacyTeam

persona Carer { goal "Medicine in the house, always"; prefers Counter }

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

persona Carer { goal "Medicine in the house, always"; prefers Counter }

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

experience AtCounter {
  journey Refill
  channel Counter
  step tell { script "How easy was it?" }
}

experience AnswerAtCounter {
  journey Ask
  channel Counter
  step answer { script "How can I help?" }
}
"""


def check(blueprint: Blueprint) -> Iterator[Diagnostic]:
    """Yield the personas of journeys whose channels are missing there."""
    for journey in blueprint.every(Journey):
        offered = {channel.id for channel in flow_of(journey, blueprint).channels}
        if not offered or blueprint.unreadable or not all(map(blueprint.is_complete, (journey, *journey.steps))):
            continue
        for ref in dict.fromkeys(journey.persona):
            persona = blueprint.get(ref)
            if not isinstance(persona, Persona):
                continue
            missing = [
                (channel, preferred)
                for preferred in dict.fromkeys(persona.prefers)
                if preferred.id not in offered and isinstance(channel := blueprint.get(preferred), Channel)
            ]
            if missing:
                channels = listed([f"`{channel.name}`" for channel, _ in missing])
                yield finding(
                    KIND,
                    f"`{persona.name}` prefers {channels}, and no step of `{journey.name}` is served there",
                    ref.span or journey.span,
                    related=[
                        Related(preferred.span or persona.span, f"`{channel.name}` is preferred here")
                        for channel, preferred in missing
                    ],
                    help=f"Write {channels} behind `via` of the steps, above all where the journey begins.",
                )
