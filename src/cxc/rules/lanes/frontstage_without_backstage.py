"""A step that shows the customer something and does not say what is done for it.

What:
    The step has a `frontstage` and no `backstage`.

Why:
    Whatever a customer sees rests on work that they do not see. Where the blueprint leaves it out, nobody plans
    it, and the promise of the frontstage is kept by whoever happens to be there. If it truly takes no work, the
    design should say so, or the next reader will wonder.

Fix:
    Write `backstage "…" by TEAM`, or the process behind it: `backstage PROCESS`. `backstage none` says that no
    people are needed.

Limits:
    What `calls` and `support` do is no work of people and does not count.

References:
    Bitner, M. J., Ostrom, A. L. and Morgan, F. N.: Service blueprinting: a practical technique for service
    innovation. California Management Review 50(3), 2008. Gibbons, S.: Service blueprints: definition. Nielsen
    Norman Group, 2017.
"""

from __future__ import annotations

from collections.abc import Iterator

from cxc.diagnostics import Diagnostic, Kind, Severity, finding
from cxc.model.blueprint import Blueprint
from cxc.model.journey import Step

KIND = Kind("CXC502", "frontstage-without-backstage", Severity.WARNING)

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
    """Yield the frontstages behind which nothing is said to happen."""
    for step in filter(blueprint.is_complete, blueprint.every(Step)):
        if step.frontstage and step.backstage is None:
            yield finding(
                KIND,
                f"Nothing says what is done out of sight for what customers see in the step `{step.name}`",
                blueprint.place(step, "frontstage"),
                help='Write `backstage "…" by TEAM`, or `backstage none` where it takes no work of people.',
            )
