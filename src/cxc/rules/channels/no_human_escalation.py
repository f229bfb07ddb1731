"""A journey in which no customer can get to a person.

What:
    None of the steps that customers get to is served by a channel on which people serve: phone, chat, social,
    store, mail, field.

Why:
    Self-service is what most customers want until it fails them. Whoever is stuck, frightened, or not as the
    design imagined needs a way to somebody who can decide. Without one a failure of the service becomes the
    end of it; customers forgive a failure that is made good, and tell everybody of one that is not.

Fix:
    Lead at least one way, `on` a failure or `when` somebody wants it, to a step that people serve.

Limits:
    That a channel has people on it is taken from its kind. How many ways lead there, and how long they take,
    is not asked. Nothing is said of journeys without channels.

References:
    Tax, S. S. and Brown, S. W.: Recovering and learning from service failure. MIT Sloan Management Review
    40(1), 1998. Dixon, M., Freeman, K. and Toman, N.: Stop trying to delight your customers. Harvard Business
    Review 88(7-8), 2010. Meuter, M. L., Ostrom, A. L., Roundtree, R. I. and Bitner, M. J.: Self-service
    technologies: understanding customer satisfaction with technology-based service encounters. Journal of
    Marketing 64(3), 2000.
"""

from __future__ import annotations

from collections.abc import Iterator

from cxc.diagnostics import Diagnostic, Kind, Severity, finding
from cxc.flow import flow_of
from cxc.model.blueprint import Blueprint
from cxc.model.channel import ASSISTED_KINDS
from cxc.model.journey import Journey
from cxc.rules.wording import listed

KIND = Kind("CXC611", "no-human-escalation", Severity.WARNING)

BAD = """
package northwind.pharmacy

team PharmacyTeam

persona Carer { goal "Medicine in the house, always" }

system PharmacyCore { lifecycle live }

capability Refills { people PharmacyTeam; process "Refill approval"; system PharmacyCore }

metric Effort { kind ces; target <= 2 }

error NotRefillable { status 409 }

service Prescriptions {
  owner PharmacyTeam
  realizes Refills

  command refill(code: string(6)) { fails NotRefillable }
}

channel RefillLine { kind ivr; owner PharmacyTeam }

journey Refill {
  kind use
  persona Carer
  trigger "The last week of medicine begins"
  outcome "New medicine in hand"
  measures Effort

  phase during {
    step order {
      via RefillLine
      calls Prescriptions.refill
      frontstage "Takes the code on the old box"
      backstage none
      evidence none
      on NotRefillable -> end
      -> tell
    }
  }
  phase after {
    step tell {
      via RefillLine
      capability Refills
      frontstage "Asks how easy it was"
      backstage none
      evidence none
      measures Effort
    }
  }
}

experience ByVoice {
  journey Refill
  channel RefillLine
  step order { asks code }
  step tell { say "How easy was it?" }
}
"""

GOOD = """
package northwind.pharmacy

team PharmacyTeam

persona Carer { goal "Medicine in the house, always" }

system PharmacyCore { lifecycle live }

capability Refills { people PharmacyTeam; process "Refill approval"; system PharmacyCore }

metric Effort { kind ces; target <= 2 }

error NotRefillable { status 409 }

service Prescriptions {
  owner PharmacyTeam
  realizes Refills

  command refill(code: string(6)) { fails NotRefillable }
}

channel RefillLine { kind ivr; owner PharmacyTeam }

channel Phone { kind phone; owner PharmacyTeam }

journey Refill {
  kind use
  persona Carer
  trigger "The last week of medicine begins"
  outcome "New medicine in hand"
  measures Effort

  phase during {
    step order {
      via RefillLine, Phone
      calls Prescriptions.refill
      frontstage "Takes the code on the old box"
      backstage none
      evidence none
      on NotRefillable -> advice
      -> tell
    }
    step advice {
      via Phone
      capability Refills
      frontstage "Pharmacist looks at the prescription"
      backstage none
      evidence none
    }
  }
  phase after {
    step tell {
      via RefillLine, Phone
      capability Refills
      frontstage "Asks how easy it was"
      backstage none
      evidence none
      measures Effort
    }
  }
}

experience ByVoice {
  journey Refill
  channel RefillLine
  step order { asks code }
  step tell { say "How easy was it?" }
}

experience ByPhone {
  journey Refill
  channel Phone
  step order { asks code }
  step advice { script "How can I help?" }
  step tell { script "How easy was it?" }
}
"""


def check(blueprint: Blueprint) -> Iterator[Diagnostic]:
    """Yield the journeys in which customers meet machines only."""
    for journey in blueprint.every(Journey):
        flow = flow_of(journey, blueprint)
        if not flow.channels or not flow.is_certain:
            continue
        reached = [step for step in journey.steps if step.id in flow.graph.reached]
        if not any(channel.sort in ASSISTED_KINDS for step in reached for channel in flow.channels_of(step)):
            yield finding(
                KIND,
                f"Customers who are stuck in `{journey.name}` get to no person",
                journey.span,
                help=f"Lead a way to a step with a channel on which people serve: {_KINDS}.",
            )


_KINDS = listed([f"`{kind}`" for kind in sorted(ASSISTED_KINDS)], "or")
