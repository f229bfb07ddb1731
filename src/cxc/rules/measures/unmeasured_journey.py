"""A journey of which nobody knows whether it works.

What:
    Neither the journey nor any of its steps has `measures`.

Why:
    What no one measures, no one can improve on purpose: the journey is judged by the figures of departments,
    each of which may be good while customers fare badly between them. Measured over the whole journey,
    satisfaction tells more about loyalty than it does at any single touchpoint.

Fix:
    Write `measures METRIC` in the journey, and in the steps that decide how it goes.

Limits:
    One metric anywhere in the journey is enough. Whether it is the right one, and whether anybody reads it,
    cannot be seen.

References:
    Rawson, A., Duncan, E. and Jones, C.: The truth about customer experience. Harvard Business Review 91(9),
    2013. Lemon, K. N. and Verhoef, P. C.: Understanding customer experience throughout the customer journey.
    Journal of Marketing 80(6), 2016.
"""

from __future__ import annotations

from collections.abc import Iterator

from cxc.diagnostics import Diagnostic, Kind, Severity, finding
from cxc.model.blueprint import Blueprint
from cxc.model.journey import Journey, Step

KIND = Kind("CXC801", "unmeasured-journey", Severity.WARNING)

BAD = """
package northwind.pharmacy

team CareTeam

persona Carer { goal "Medicine in the house, always" }

system CareDesk { owner CareTeam }

capability Advice { people CareTeam; process "Answers the telephone"; system CareDesk }

channel Phone { kind phone; owner CareTeam }

journey AskForAdvice {
  kind support
  persona Carer
  trigger "Is it safe with grapefruit?"
  outcome "Knows, and is not afraid to ask again"

  phase after {
    step ask {
      via Phone
      capability Advice
      frontstage "Answers"
      backstage none
      evidence none
    }
    step tell {
      via Phone
      capability Advice
      frontstage "Asks whether it helped"
      backstage none
      evidence none
    }
  }
}

experience ByPhone {
  journey AskForAdvice
  channel Phone
  step ask { script "What may I look up for you?" }
  step tell { script "Did this help?" }
}
"""

GOOD = """
package northwind.pharmacy

team CareTeam

persona Carer { goal "Medicine in the house, always" }

system CareDesk { owner CareTeam }

capability Advice { people CareTeam; process "Answers the telephone"; system CareDesk }

metric Ease { kind ces; target <= 2 }

channel Phone { kind phone; owner CareTeam }

journey AskForAdvice {
  kind support
  persona Carer
  trigger "Is it safe with grapefruit?"
  outcome "Knows, and is not afraid to ask again"

  phase after {
    step ask {
      via Phone
      capability Advice
      frontstage "Answers"
      backstage none
      evidence none
    }
    step tell {
      via Phone
      capability Advice
      frontstage "Asks whether it helped"
      backstage none
      evidence none
      measures Ease
    }
  }
}

experience ByPhone {
  journey AskForAdvice
  channel Phone
  step ask { script "What may I look up for you?" }
  step tell { script "Did this help?" }
}
"""


def check(blueprint: Blueprint) -> Iterator[Diagnostic]:
    """Yield the journeys that take no metric anywhere."""
    for journey in blueprint.every(Journey):
        parts: tuple[Journey | Step, ...] = (journey, *journey.steps)
        if any(part.measures for part in parts) or not all(blueprint.is_complete(part) for part in parts):
            continue
        yield finding(
            KIND,
            f"Nobody will know whether `{journey.name}` works for customers: nothing in it is measured",
            journey.span,
            help="Write `measures METRIC` in the journey, and in the steps that decide how it goes.",
        )
