"""A part of the customer's life with the organisation for which there is no journey.

What:
    The workspace has journeys of several kinds, but none of some other: learn, buy, provision, use, bill, pay
    or support.

Why:
    Customers live through all of it, designed or not. The parts without a design are those that no department
    feels to be its own, mostly the bill and the help, and there people meet what happened to be built.

Fix:
    Draw the journey, if only as it is today: `kind bill` and `state current`. Where the organisation has no such
    part, allow the hint here: `// cxc: allow CXC807 "reason"`.

Limits:
    A workspace whose journeys are all of one kind is taken for a design of just that part. Journeys of
    workspaces it depends on count.

References:
    Lemon, K. N. and Verhoef, P. C.: Understanding customer experience throughout the customer journey. Journal
    of Marketing 80(6), 2016.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args

from cxc.diagnostics import Diagnostic, Kind, Severity, finding
from cxc.model.blueprint import Blueprint
from cxc.model.journey import Journey
from cxc.rules.wording import listed

KIND = Kind("CXC807", "lifecycle-gap", Severity.HINT)

BAD = """
package northwind.pharmacy

team CareTeam

persona Carer { goal "Medicine in the house, always" }

system CareDesk { owner CareTeam }

capability Advice { people CareTeam; process "Answers the telephone"; system CareDesk }

metric Ease { kind ces; target <= 2 }

channel Phone { kind phone; owner CareTeam }

journey Compare {
  kind learn; persona Carer; trigger "Has heard of us"; outcome "Knows what we do"
  phase after {
    step call { via Phone; capability Advice; frontstage "Helps"; backstage none; evidence none; measures Ease }
  }
}
experience CompareByPhone { journey Compare; channel Phone; step call { script "How may I help?" } }

journey Join {
  kind buy; persona Carer; trigger "Likes it"; outcome "Is a customer"
  phase after {
    step call { via Phone; capability Advice; frontstage "Helps"; backstage none; evidence none; measures Ease }
  }
}
experience JoinByPhone { journey Join; channel Phone; step call { script "How may I help?" } }

journey Start {
  kind provision; persona Carer; trigger "Is a customer"; outcome "First box at home"
  phase after {
    step call { via Phone; capability Advice; frontstage "Helps"; backstage none; evidence none; measures Ease }
  }
}
experience StartByPhone { journey Start; channel Phone; step call { script "How may I help?" } }

journey Refill {
  kind use; persona Carer; trigger "The box is nearly empty"; outcome "New medicine in hand"
  phase after {
    step call { via Phone; capability Advice; frontstage "Helps"; backstage none; evidence none; measures Ease }
  }
}
experience RefillByPhone { journey Refill; channel Phone; step call { script "How may I help?" } }

journey Pay {
  kind pay; persona Carer; trigger "It is due"; outcome "It is paid"
  phase after {
    step call { via Phone; capability Advice; frontstage "Helps"; backstage none; evidence none; measures Ease }
  }
}
experience PayByPhone { journey Pay; channel Phone; step call { script "How may I help?" } }

journey Ask {
  kind support; persona Carer; trigger "Is unsure"; outcome "Knows"
  phase after {
    step call { via Phone; capability Advice; frontstage "Helps"; backstage none; evidence none; measures Ease }
  }
}
experience AskByPhone { journey Ask; channel Phone; step call { script "How may I help?" } }
"""

GOOD = """
package northwind.pharmacy

team CareTeam

persona Carer { goal "Medicine in the house, always" }

system CareDesk { owner CareTeam }

capability Advice { people CareTeam; process "Answers the telephone"; system CareDesk }

metric Ease { kind ces; target <= 2 }

channel Phone { kind phone; owner CareTeam }

journey Compare {
  kind learn; persona Carer; trigger "Has heard of us"; outcome "Knows what we do"
  phase after {
    step call { via Phone; capability Advice; frontstage "Helps"; backstage none; evidence none; measures Ease }
  }
}
experience CompareByPhone { journey Compare; channel Phone; step call { script "How may I help?" } }

journey Join {
  kind buy; persona Carer; trigger "Likes it"; outcome "Is a customer"
  phase after {
    step call { via Phone; capability Advice; frontstage "Helps"; backstage none; evidence none; measures Ease }
  }
}
experience JoinByPhone { journey Join; channel Phone; step call { script "How may I help?" } }

journey Start {
  kind provision; persona Carer; trigger "Is a customer"; outcome "First box at home"
  phase after {
    step call { via Phone; capability Advice; frontstage "Helps"; backstage none; evidence none; measures Ease }
  }
}
experience StartByPhone { journey Start; channel Phone; step call { script "How may I help?" } }

journey Refill {
  kind use; persona Carer; trigger "The box is nearly empty"; outcome "New medicine in hand"
  phase after {
    step call { via Phone; capability Advice; frontstage "Helps"; backstage none; evidence none; measures Ease }
  }
}
experience RefillByPhone { journey Refill; channel Phone; step call { script "How may I help?" } }

journey ReadBill {
  kind bill; persona Carer; trigger "A bill comes"; outcome "Understands it"
  phase after {
    step call { via Phone; capability Advice; frontstage "Helps"; backstage none; evidence none; measures Ease }
  }
}
experience ReadBillByPhone { journey ReadBill; channel Phone; step call { script "How may I help?" } }

journey Pay {
  kind pay; persona Carer; trigger "It is due"; outcome "It is paid"
  phase after {
    step call { via Phone; capability Advice; frontstage "Helps"; backstage none; evidence none; measures Ease }
  }
}
experience PayByPhone { journey Pay; channel Phone; step call { script "How may I help?" } }

journey Ask {
  kind support; persona Carer; trigger "Is unsure"; outcome "Knows"
  phase after {
    step call { via Phone; capability Advice; frontstage "Helps"; backstage none; evidence none; measures Ease }
  }
}
experience AskByPhone { journey Ask; channel Phone; step call { script "How may I help?" } }
"""

KINDS: tuple[str, ...] = get_args(Journey.model_fields["sort"].annotation)
"""The kinds of journey, in the order of a customer's life with the organisation."""


def check(blueprint: Blueprint) -> Iterator[Diagnostic]:
    """Yield, at the first journey, the kinds of which there is none."""
    journeys = blueprint.every(Journey)
    if len({journey.sort for journey in journeys}) < 2 or blueprint.may_lack_declarations:
        return
    if not all(_is_told(journey, blueprint) for journey in journeys):
        return
    there = {one.sort for one in (*journeys, *blueprint.external) if isinstance(one, Journey)}
    missing = [kind for kind in KINDS if kind not in there]
    if missing:
        kinds = listed([f"`{kind}`" for kind in missing], "or")
        yield finding(
            KIND,
            f"Nothing is designed for a part of the customer's life with you: there is no journey of kind {kinds}",
            journeys[0].span,
            help=f"Draw it, if only as it is today: `kind {missing[0]}`, `state current`.",
        )


def _is_told(journey: Journey, blueprint: Blueprint) -> bool:
    """Whether the kind of a journey was given and understood."""
    return blueprint.is_complete(journey) and "kind" in blueprint.places.get(journey.id, ())
