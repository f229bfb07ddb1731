"""Steps in which customers go round and never come to an end.

What:
    From these steps ways lead only to each other, and none to an end of the journey; or the ways out are there,
    and 0% of customers go them.

Why:
    Who is led in a circle does not get what they came for, and cannot even fail: no step hands them on to
    somebody who could help. Having to come back again and again is what drives customers' effort most.

Fix:
    Lead a way out: to the next step, to people who help (`-> STEP when "Third try"`), or to the end (`-> end`).

Limits:
    Whether customers go round too often is not asked, only whether they can ever leave. A way that a failure
    leads counts as a way out. Nothing is said where a statement of the journey could not be understood: it may
    have been the way out.

References:
    Dixon, M., Freeman, K. and Toman, N.: Stop trying to delight your customers. Harvard Business Review
    88(7-8), 2010. Shostack, G. L.: Designing services that deliver. Harvard Business Review 62(1), 1984.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cxc.diagnostics import Diagnostic, Kind, Related, Severity, finding
from cxc.flow import flow_of
from cxc.flow.graph import Graph
from cxc.model.blueprint import Blueprint
from cxc.model.journey import Journey, Step
from cxc.rules.wording import listed

KIND = Kind("CXC403", "endless-loop", Severity.ERROR)

_SHOWN = 4
"""How many steps of a loop a message names."""

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
      -> check when "Takes other medicine"
      -> ask
    }
    step check {
      via Phone
      capability Refills
      frontstage "A pharmacist looks at all medicines"
      backstage none
      evidence none
    }
    step call_back {
      via Phone
      capability Refills
      frontstage "Calls with the answer"
      backstage none
      evidence none
      -> check
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
  step check { script "What else do you take?" }
  step call_back { script "May I call again?" }
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
      -> check when "Takes other medicine"
      -> ask
    }
    step check {
      via Phone
      capability Refills
      frontstage "A pharmacist looks at all medicines"
      backstage none
      evidence none
    }
    step call_back {
      via Phone
      capability Refills
      frontstage "Calls with the answer"
      backstage none
      evidence none
      -> check when "Has another question"
      -> ask
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
  step check { script "What else do you take?" }
  step call_back { script "May I call again?" }
  step ask { script "How easy was it?" }
}
"""


def check(blueprint: Blueprint) -> Iterator[Diagnostic]:
    """Yield the loops that customers get into and not out of."""
    for journey in blueprint.every(Journey):
        flow = flow_of(journey, blueprint)
        if flow.is_understood:
            for loop in flow.graph.endless:
                yield _endless(loop, flow.graph)


def _endless(loop: Sequence[Step], graph: Graph) -> Diagnostic:
    first = loop[0]
    names = [f"`{step.name}`" for step in loop[:_SHOWN]]
    if len(loop) > _SHOWN:
        names.append(f"{len(loop) - _SHOWN} more")
    steps = f"step {names[0]}" if len(loop) == 1 else f"steps {listed(names)}"
    exits = graph.exits(loop)
    why = "nobody takes a way out" if exits else "no way leads on to an end"
    order = {step.id: number for number, step in enumerate(loop)}
    back = [
        Related(way.span or step.span, f"leads back to `{way.target.name}`")
        for step in loop
        for way in graph.ways.onward[step.id]
        if way.target is not None and order.get(way.target.id, len(loop)) <= order[step.id]
    ]
    out = [Related(way.span or way.origin.span, "0% of customers go this way") for way in exits]
    return finding(
        KIND,
        f"Customers go round in the {steps} for ever: {why}",
        first.span,
        related=[*back, *out],
        help="Lead a way out: to a later step, to people who help, or `-> end`.",
    )
