"""A step behind which no capability stands.

What:
    The step names no `capability`, and none of the services whose operations it calls `realizes` one.

Why:
    A journey promises; a capability is what keeps the promise: people, a way of working, information and a
    system. Where none stands behind a step, nobody can say who must become better for customers to fare better
    there, and the step falls out of every map that leads from the journey to the means.

Fix:
    Write `realizes CAPABILITY` in the service that the step calls. Where it calls none, write
    `capability CAPABILITY` in the step.

Limits:
    One service that realizes a capability is enough, even if the step calls others that realize none. Whether
    it is the right capability cannot be seen.

References:
    The Open Group: TOGAF Series Guide: Business Capabilities. 2018 (mapping them to what customers value).
"""

from __future__ import annotations

from collections.abc import Iterator

from cxc.diagnostics import Diagnostic, Kind, Severity, finding
from cxc.flow.teams import service_of
from cxc.model.blueprint import Blueprint
from cxc.model.journey import Step
from cxc.model.service import Service
from cxc.rules.wording import listed

KIND = Kind("CXC701", "step-without-capability", Severity.WARNING)

BAD = """
package northwind.pharmacy

team CareTeam

persona Carer { goal "Medicine in the house, always" }

system CareDesk { owner CareTeam }

capability Advice { people CareTeam; process "Answers the telephone"; system CareDesk }

metric Ease { kind ces; target <= 2 }

service Care {
  owner CareTeam
  runs_on CareDesk
  query answer(question: string(1..200)) -> string
}

channel Phone { kind phone; owner CareTeam }

journey AskForAdvice {
  kind support
  persona Carer
  trigger "Is it safe with grapefruit?"
  outcome "Knows, and is not afraid to ask again"

  phase after {
    step ask {
      via Phone
      calls Care.answer
      frontstage "Answers"
      backstage none
      evidence none
    }
    step tell {
      via Phone
      capability Advice
      frontstage "Asks how easy it was"
      backstage none
      evidence none
      measures Ease
    }
  }
}

experience ByPhone {
  journey AskForAdvice
  channel Phone
  step ask { asks question }
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

service Care {
  owner CareTeam
  realizes Advice
  runs_on CareDesk
  query answer(question: string(1..200)) -> string
}

channel Phone { kind phone; owner CareTeam }

journey AskForAdvice {
  kind support
  persona Carer
  trigger "Is it safe with grapefruit?"
  outcome "Knows, and is not afraid to ask again"

  phase after {
    step ask {
      via Phone
      calls Care.answer
      frontstage "Answers"
      backstage none
      evidence none
    }
    step tell {
      via Phone
      capability Advice
      frontstage "Asks how easy it was"
      backstage none
      evidence none
      measures Ease
    }
  }
}

experience ByPhone {
  journey AskForAdvice
  channel Phone
  step ask { asks question }
  step tell { script "How easy was it?" }
}
"""


def check(blueprint: Blueprint) -> Iterator[Diagnostic]:
    """Yield the steps that neither name a capability nor call a service which realizes one."""
    for step in blueprint.every(Step):
        if step.capability or not blueprint.is_complete(step):
            continue
        services = {ref.id: service_of(ref, blueprint) for ref in step.calls or ()}
        if all(service is not None and _realizes_nothing(service, blueprint) for service in services.values()):
            yield _found(step, blueprint)


def _realizes_nothing(service: Service, blueprint: Blueprint) -> bool:
    return not service.realizes and blueprint.is_complete(service)


def _found(step: Step, blueprint: Blueprint) -> Diagnostic:
    called = [service.name for ref in step.calls or () if (service := service_of(ref, blueprint))]
    services = list(dict.fromkeys(called))
    if not services:
        return finding(
            KIND,
            f"No capability stands behind the step `{step.name}`",
            step.span,
            help="Write `capability CAPABILITY`: what the organisation must be able to do here.",
        )
    names = listed([f"`{name}`" for name in services])
    return finding(
        KIND,
        f"No capability stands behind the step `{step.name}`: {names}, which it calls, "
        f"{'realizes' if len(services) == 1 else 'realize'} none",
        blueprint.place(step, "calls"),
        help=f"Write `realizes CAPABILITY` in the service `{services[0]}`.",
    )
