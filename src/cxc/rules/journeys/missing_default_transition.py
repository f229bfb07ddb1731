"""A step that leaves some customers without a way on.

What:
    All transitions of the step have a condition (`when`), so that nothing is said of those to whom none applies;
    or all have a `share`, and the shares add up to less than 100%.

Why:
    The customers who are forgotten are the ones that fit none of the cases the designer had in mind. They are
    stuck in this step, and whoever builds it has to guess what happens to them.

Fix:
    Add the way of all others: `-> STEP` with neither `when` nor `share`. Or give shares that add up to 100%.

Limits:
    Whether the conditions cover all cases cannot be seen from their words; where the shares add up to 100%,
    they do. A transition with a share and no condition among others that have conditions is taken for the way
    of all others.

References:
    Object Management Group: Business Process Model and Notation 2.0, Exclusive Gateway (it fails where no
    condition holds and no default is given). 2011. Shostack, G. L.: Service positioning through structural
    change. Journal of Marketing 51(1), 1987.
"""

from __future__ import annotations

from collections.abc import Iterator

from cxc.diagnostics import Diagnostic, Kind, Related, Severity, finding
from cxc.flow.ways import leave_none_behind, share_given
from cxc.model.blueprint import Blueprint
from cxc.model.journey import Step
from cxc.model.values import Percent

KIND = Kind("CXC404", "missing-default-transition", Severity.ERROR)

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
      -> advice when "Has a question"
      -> ask when "Knows the medicine"
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
    """Yield the steps from which some customers get nowhere."""
    for step in filter(blueprint.is_complete, blueprint.every(Step)):
        if not leave_none_behind(step.transitions):
            yield finding(
                KIND,
                _message(step),
                step.span,
                related=[Related(step.transitions[-1].span, "no way for all others follows")],
                help="Add the way of all others, `-> STEP` without `when` and `share`, or shares up to 100%.",
            )


def _message(step: Step) -> str:
    if any(transition.share is None for transition in step.transitions):
        return f"Customers to whom no condition applies have no way on from the step `{step.name}`"
    given = share_given(step.transitions)
    left, taken = Percent(round(1 - given, 9)).text, Percent(given).text
    return f"{left} of customers have no way on from the step `{step.name}`: its ways take {taken} in all"
