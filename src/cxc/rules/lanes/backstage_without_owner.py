"""Work behind the scenes that nobody is named for.

What:
    A `backstage` in words has no `by`.

Why:
    Work that is everybody's is nobody's. Where one team hands over to another without a name on the work, each
    takes it for the other's, and the customer waits; people who do not know what is expected of them cannot
    serve well.

Fix:
    Write who does it: `backstage "…" by TEAM`. A partner may do it too.

Limits:
    A `backstage` that names a process has the owner of the process. Whether the team can do it is not asked.

References:
    Zeithaml, V. A., Berry, L. L. and Parasuraman, A.: Communication and control processes in the delivery of
    service quality. Journal of Marketing 52(2), 1988 (role ambiguity). Gibbons, S.: Service blueprints:
    definition. Nielsen Norman Group, 2017.
"""

from __future__ import annotations

from collections.abc import Iterator

from cxc.diagnostics import Diagnostic, Kind, Severity, finding
from cxc.model.base import Ref
from cxc.model.blueprint import Blueprint
from cxc.model.journey import Step

KIND = Kind("CXC503", "backstage-without-owner", Severity.WARNING)

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
      backstage "Reserves the medicine"
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
      backstage "Reserves the medicine" by PharmacyTeam
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
    """Yield the work in words that no team or partner is named for."""
    for step in filter(blueprint.is_complete, blueprint.every(Step)):
        for work in step.backstage or ():
            if work.by is None and not isinstance(work.what, Ref):
                yield finding(
                    KIND,
                    f"Nobody is named who does this work behind the step `{step.name}`",
                    work.span,
                    help=f"Write who does it: `backstage {_quoted(work.what)} by TEAM`.",
                )


def _quoted(text: str) -> str:
    first, *more = text.strip().splitlines() or [""]
    return f'"{first}…"' if more else f'"{first}"'
