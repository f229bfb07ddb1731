"""A wait without a limit.

What:
    A step says how long customers wait as a rule (`wait 10m`), and not how long at most (`wait 10m..2h`).

Why:
    A wait of unknown length feels longer than a known one, and what is usual is nothing that a customer can
    rely on: some wait longer. Without a limit there is no moment at which somebody steps in, and no promise
    that the journey could keep.

Fix:
    Write the longest wait behind the expected one: `wait 10m..2h`. A wait that is always the same is `wait
    10m..10m`.

Limits:
    A wait of no time needs no limit. Whether the limit is kept is for a metric to tell.

References:
    Maister, D. H.: The psychology of waiting lines. In: Czepiel, J. A., Solomon, M. R. and Surprenant, C. F.
    (editors): The Service Encounter. 1985. Larson, R. C.: Perspectives on queues: social justice and the
    psychology of queueing. Operations Research 35(6), 1987.
"""

from __future__ import annotations

from collections.abc import Iterator

from cxc.diagnostics import Diagnostic, Kind, Severity, finding
from cxc.model.blueprint import Blueprint
from cxc.model.journey import Step

KIND = Kind("CXC505", "wait-without-limit", Severity.WARNING)

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
      wait 2m
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
      wait 2m..10m
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
    """Yield the waits of which nothing says how long they are at most."""
    for step in blueprint.every(Step):
        if step.wait is not None and step.wait.longest is None and step.wait.expected:
            usual = step.wait.expected.text
            yield finding(
                KIND,
                f"Customers wait {usual} in the step `{step.name}`, and nothing says how long at most",
                blueprint.place(step, "wait"),
                help=f"Write the longest wait behind it: `wait {usual}..LONGEST`.",
            )
