"""Transitions of a step that take more customers than there are.

What:
    The shares of a step's transitions add up to more than 100%.

Why:
    A share is a part of all customers in the step. If the parts are more than the whole, at least one number is
    wrong, and with it all that follows from them: how many serve themselves, how long the journey takes, how
    many people it needs.

Fix:
    Correct the shares so that they add up to 100%. One transition may do without: it takes what is left.

Limits:
    Ways that failures lead (`on ERROR ->`) have no share. Whether a share is true is not known.

References:
    Kemeny, J. G. and Snell, J. L.: Finite Markov Chains. 1960. Halvorsrud, R., Kvale, K. and Følstad, A.:
    Improving service quality through customer journey analysis. Journal of Service Theory and Practice 26(6),
    2016.
"""

from __future__ import annotations

from collections.abc import Iterator

from cxc.diagnostics import Diagnostic, Kind, Related, Severity, finding
from cxc.flow.ways import share_given
from cxc.model.blueprint import Blueprint
from cxc.model.journey import Step
from cxc.model.values import Percent

KIND = Kind("CXC407", "shares-over-one", Severity.ERROR)

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
      -> advice share 30%
      -> ask share 80%
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
      -> advice share 30%
      -> ask share 70%
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
    """Yield, for each step whose shares are too many, the first transition that is one too many."""
    for step in blueprint.every(Step):
        shared = [transition for transition in step.transitions if transition.share is not None]
        total = share_given(shared)
        if total <= 1:
            continue
        over = next(n for n in range(len(shared)) if share_given(shared[: n + 1]) > 1)
        yield finding(
            KIND,
            f"The ways on from the step `{step.name}` take {Percent(total).text} of its customers in all",
            shared[over].span,
            related=[Related(earlier.span, "takes a share too") for earlier in shared[:over]],
            help="Correct the shares so that they add up to 100%; a way without one takes what is left.",
        )
