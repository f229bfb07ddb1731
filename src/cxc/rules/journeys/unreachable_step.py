"""A step that no way leads a customer to.

What:
    From the first step of the journey no way leads to this step: the step before it leads elsewhere, and no
    `->` or `on ERROR ->` of a step that customers get to names it.

Why:
    Somebody designs, builds and staffs the step, and no customer ever sees it. Mostly a way was forgotten: the
    one to the adviser, or back into the journey after something went wrong.

Fix:
    Lead a way to it (`-> STEP`, `on ERROR -> STEP`), or remove it. Steps that only follow it need no way of
    their own and are not reported.

Limits:
    A way that 0% of customers go counts as a way, and so does one from a step of another journey. Where the step
    before it lacks a way for some customers (CXC404) or leads nobody out of a loop (CXC403), that is the mistake
    to mend first. Nothing is said where a statement of the journey could not be understood: it may have been the
    way.

References:
    Halvorsrud, R., Kvale, K. and Følstad, A.: Improving service quality through customer journey analysis.
    Journal of Service Theory and Practice 26(6), 2016. Shostack, G. L.: Designing services that deliver.
    Harvard Business Review 62(1), 1984.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from cxc.diagnostics import Diagnostic, Kind, Related, Severity, finding
from cxc.flow import flow_of
from cxc.flow.graph import Graph
from cxc.flow.ways import leave_none_behind
from cxc.model.blueprint import Blueprint
from cxc.model.journey import Journey, Step

KIND = Kind("CXC402", "unreachable-step", Severity.ERROR)

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
      -> ask
    }
    step advice {
      via Phone
      capability Refills
      frontstage "A pharmacist answers questions"
      backstage none
      evidence none
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
  step advice { script "What would you like to know?" }
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
      -> advice when "Has a question"
      -> ask
    }
    step advice {
      via Phone
      capability Refills
      frontstage "A pharmacist answers questions"
      backstage none
      evidence none
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
  step advice { script "What would you like to know?" }
  step ask { script "How easy was it?" }
}
"""


def check(blueprint: Blueprint) -> Iterator[Diagnostic]:
    """Yield the steps where a part of a journey that no customer gets to begins."""
    for journey in blueprint.every(Journey):
        flow = flow_of(journey, blueprint)
        if not flow.is_understood:
            continue
        before = {step.id: earlier for earlier, step in pairwise(journey.steps)}
        without_way = {step.id for loop in flow.graph.endless for step in loop}
        for step in _beginnings(flow.graph, blueprint):
            earlier = before[step.id]
            if earlier.id in without_way or not leave_none_behind(earlier.transitions):
                continue  # a way is missing there, probably the one to this step: that is reported (CXC403, CXC404)
            yield finding(
                KIND,
                f"No way leads customers to the step `{step.name}`",
                step.span,
                related=[
                    Related(transition.span, "the step before it leads elsewhere")
                    for transition in earlier.transitions[-1:]
                ],
                help=f"Write `-> {step.name}` in the step that leads there, or remove it.",
            )


def _beginnings(graph: Graph, blueprint: Blueprint) -> Iterator[Step]:
    """Yield the first step of each unreached part that no other unreached step leads to, in the order of the text."""
    entered = [id for id in graph.steps if id not in graph.reached and _is_entered(id, graph, blueprint)]
    reached = graph.reached | graph.behind(entered)
    found = []
    for part in graph.components:
        inside = {step.id for step in part}
        ways = [way for id in inside for way in graph.ways.inward[id]]
        if reached.isdisjoint(inside) and all(way.origin.id in inside for way in ways):
            found.append(part[0].id)
    order = {id: number for number, id in enumerate(graph.steps)}
    yield from (graph.steps[id] for id in sorted(found, key=order.__getitem__))


def _is_entered(id: str, graph: Graph, blueprint: Blueprint) -> bool:
    """Whether a step of another journey leads to a step."""
    users = {use.user for use in blueprint.used_by.get(id, ())}
    return any(isinstance(blueprint.get(user), Step) and user not in graph.steps for user in users)
