"""A moment of truth behind which a capability is not yet as good as it should be.

What:
    A step with `moment_of_truth`; a capability that it names, or that a service which it calls realizes, has a
    `maturity` below the level it is to reach.

Why:
    Moments of truth decide what customers think of the whole organisation. The organisation says itself that
    it is not yet able to do well what is done here, so this is where improving pays first, and where a
    mediocre performance costs most.

Fix:
    Lift the capability before others, or put the moment of truth on a capability that carries it. Where the
    work is under way and dated, allow the finding until then: `// cxc: allow CXC704 "reason" until DAY`.

Limits:
    Only the capabilities named count, not those they are made of or a part of. One without a level to reach is
    taken for good enough.

References:
    Carlzon, J.: Moments of Truth. 1987. CMMI Product Team: CMMI for Services, version 1.3. Software
    Engineering Institute, 2010 (levels of maturity).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cxc.diagnostics import Diagnostic, Kind, Related, Severity, finding
from cxc.flow.teams import service_of
from cxc.model.blueprint import Blueprint
from cxc.model.capability import Capability, Maturity
from cxc.model.journey import Step
from cxc.rules.wording import listed

KIND = Kind("CXC704", "weak-moment-of-truth", Severity.WARNING)

BAD = """
package northwind.pharmacy

team CareTeam

persona Carer { goal "Medicine in the house, always" }

system CareDesk { owner CareTeam }

capability Advice {
  people CareTeam
  process "Answers the telephone"
  system CareDesk
  maturity 2 -> 4
}

metric Ease { kind ces; target <= 2 }

channel Phone { kind phone; owner CareTeam }

journey AskForAdvice {
  kind support
  persona Carer
  trigger "Is it safe with grapefruit?"
  outcome "Knows, and is not afraid to ask again"

  phase after {
    step ask {
      via Phone
      capability Advice
      frontstage "Answers, and asks how easy it was"
      backstage "Looks it up" by CareTeam
      evidence none
      moment_of_truth
      measures Ease
    }
  }
}

experience ByPhone {
  journey AskForAdvice
  channel Phone
  step ask { script "What may I look up for you?" }
}
"""

GOOD = """
package northwind.pharmacy

team CareTeam

persona Carer { goal "Medicine in the house, always" }

system CareDesk { owner CareTeam }

capability Advice {
  people CareTeam
  process "Answers the telephone"
  system CareDesk
  maturity 4 -> 4
}

metric Ease { kind ces; target <= 2 }

channel Phone { kind phone; owner CareTeam }

journey AskForAdvice {
  kind support
  persona Carer
  trigger "Is it safe with grapefruit?"
  outcome "Knows, and is not afraid to ask again"

  phase after {
    step ask {
      via Phone
      capability Advice
      frontstage "Answers, and asks how easy it was"
      backstage "Looks it up" by CareTeam
      evidence none
      moment_of_truth
      measures Ease
    }
  }
}

experience ByPhone {
  journey AskForAdvice
  channel Phone
  step ask { script "What may I look up for you?" }
}
"""


def check(blueprint: Blueprint) -> Iterator[Diagnostic]:
    """Yield the moments of truth with the capabilities behind them that are below their own aim."""
    for step in blueprint.every(Step):
        if not step.moment_of_truth:
            continue
        weak = [
            (capability, maturity)
            for capability in filter(blueprint.is_complete, _behind(step, blueprint))
            if (maturity := capability.maturity) and maturity.current < (maturity.target or 0)
        ]
        if weak:
            yield finding(
                KIND,
                f"The moment of truth `{step.name}` depends on {_told(weak)}",
                step.span,
                related=[
                    Related(maturity.span, f"`{capability.name}` today and as it is to be")
                    for capability, maturity in weak
                ],
                help="Improve it before others, or allow this until the day on which it is good enough.",
            )


def _behind(step: Step, blueprint: Blueprint) -> list[Capability]:
    """Return the capabilities that the called services realize and those that the step names, each once."""
    services = filter(None, (service_of(ref, blueprint) for ref in step.calls or ()))
    refs = [*(ref for service in services for ref in service.realizes), *step.capability]
    found = (blueprint.get(id) for id in dict.fromkeys(ref.id for ref in refs))
    return [capability for capability in found if isinstance(capability, Capability)]


def _told(weak: Sequence[tuple[Capability, Maturity]]) -> str:
    return listed([f"`{one.name}` (level {maturity.current}, to be {maturity.target})" for one, maturity in weak])
