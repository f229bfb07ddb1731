"""A journey that needs people more often than it promises.

What:
    The share of customers who come to an end without a step that only people serve is below `self_service` of
    the journey's `target`. Customers spread over the journey by the `share` of its transitions.

Why:
    The promise is made once, and broken step by step: each way to the telephone looks small where it is drawn.
    Customers who wanted to help themselves are stopped on the way, and the people they are sent to were never
    hired.

Fix:
    Let a channel on which customers serve themselves serve one of the steps that the finding names, send fewer
    customers there, or promise less.

Limits:
    Where no shares are given, customers are spread evenly over the ways. How many come to a step because
    something failed is not known, so failures are left out: with them, the share is lower still.

References:
    Frei, F. X.: The four things a service business must get right. Harvard Business Review 86(4), 2008. Dixon,
    M., Freeman, K. and Toman, N.: Stop trying to delight your customers. Harvard Business Review 88(7–8), 2010.
"""

from __future__ import annotations

from collections.abc import Iterator

from cxc.diagnostics import Diagnostic, Kind, Related, Severity, finding
from cxc.flow import Flow, flow_of
from cxc.model.blueprint import Blueprint
from cxc.model.journey import Journey
from cxc.model.values import Percent
from cxc.rules.wording import percent_beside

KIND = Kind("CXC803", "self-service-below-target", Severity.WARNING)

BAD = """
package northwind.pharmacy

team CareTeam

persona Carer { goal "Medicine in the house, always" }

system CareDesk { owner CareTeam }

capability Advice { people CareTeam; process "Answers the telephone"; system CareDesk }

metric Ease { kind ces; target <= 2 }

channel Web { kind web; owner CareTeam }

channel Phone { kind phone; owner CareTeam }

journey AskForAdvice {
  kind support
  persona Carer
  trigger "Is it safe with grapefruit?"
  outcome "Knows, and is not afraid to ask again"
  target { self_service 80% }

  phase during {
    step search {
      via Web, Phone
      capability Advice
      frontstage "Shows what others asked"
      backstage none
      evidence none
      -> call when "Does not find it" share 40%
      -> tell
    }
    step call {
      via Phone
      capability Advice
      frontstage "Answers"
      backstage none
      evidence none
    }
  }
  phase after {
    step tell {
      via Web, Phone
      capability Advice
      frontstage "Asks how easy it was"
      backstage none
      evidence none
      measures Ease
    }
  }
}

experience OnTheWeb {
  journey AskForAdvice
  channel Web
  step search { screen "/advice" }
  step tell { screen "/thanks" }
}

experience ByPhone {
  journey AskForAdvice
  channel Phone
  step search { script "What may I look up for you?" }
  step call { script "Let us look at it together" }
  step tell { script "How easy was it?" }
}
"""

GOOD = """
package northwind.pharmacy

team CareTeam

persona Carer { goal "Medicine in the house, always" }

system CareDesk { owner CareTeam }

capability Advice { people CareTeam; process "Answers the telephone"; system CareDesk }

metric Ease { kind ces; target <= 2 }

channel Web { kind web; owner CareTeam }

channel Phone { kind phone; owner CareTeam }

journey AskForAdvice {
  kind support
  persona Carer
  trigger "Is it safe with grapefruit?"
  outcome "Knows, and is not afraid to ask again"
  target { self_service 80% }

  phase during {
    step search {
      via Web, Phone
      capability Advice
      frontstage "Shows what others asked"
      backstage none
      evidence none
      -> call when "Does not find it" share 15%
      -> tell
    }
    step call {
      via Phone
      capability Advice
      frontstage "Answers"
      backstage none
      evidence none
    }
  }
  phase after {
    step tell {
      via Web, Phone
      capability Advice
      frontstage "Asks how easy it was"
      backstage none
      evidence none
      measures Ease
    }
  }
}

experience OnTheWeb {
  journey AskForAdvice
  channel Web
  step search { screen "/advice" }
  step tell { screen "/thanks" }
}

experience ByPhone {
  journey AskForAdvice
  channel Phone
  step search { script "What may I look up for you?" }
  step call { script "Let us look at it together" }
  step tell { script "How easy was it?" }
}
"""

_TOLERANCE = 1e-9
_SHOWN = 5
"""How many of the steps that only people serve a finding points to."""


def check(blueprint: Blueprint) -> Iterator[Diagnostic]:
    """Yield the journeys whose share of self-service is below their target."""
    for journey in blueprint.every(Journey):
        promised = journey.target.self_service if journey.target else None
        if promised is None:
            continue
        flow = flow_of(journey, blueprint)
        share = flow.self_service
        if share is not None and share < promised - _TOLERANCE and flow.is_certain:
            yield _found(flow, share, promised, blueprint)


def _found(flow: Flow, share: float, promised: Percent, blueprint: Blueprint) -> Diagnostic:
    journey = flow.journey
    here = flow.graph.going_well.reached
    by_people = [step for step in journey.steps if step.id in here and flow.is_assisted(step)]
    return finding(
        KIND,
        f"{'Only ' + percent_beside(share, promised) if share else 'None'} of the customers of `{journey.name}` get by "
        f"without help from people; {promised.text} are promised to",
        blueprint.place(journey, "target.self_service"),
        related=[Related(step.span, f"only people serve `{step.name}`") for step in by_people[:_SHOWN]],
        help="Serve one of these steps on a channel for self-service as well, lead fewer customers there, or promise "
        "less.",
    )
