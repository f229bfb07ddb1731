"""A journey that counts who was kept from people, and not whether they were helped.

What:
    The journey takes a metric of kind `containment`, itself or in one of its steps, and none of kind `nps`,
    `csat` or `ces`.

Why:
    A customer who gives up is contained as well as one who is helped. Alone, the figure gets better the harder
    it is to reach anybody, and whoever is paid by it will make it so.

Fix:
    Measure in the same journey how customers fared: `measures` with a metric of kind `csat`, `ces` or `nps`.

Limits:
    Any of the three anywhere in the journey is enough, even if it asks about another step. A satisfaction
    measured by a metric of kind `custom` is not recognised.

References:
    Dixon, M., Freeman, K. and Toman, N.: Stop trying to delight your customers. Harvard Business Review
    88(7–8), 2010.
"""

from __future__ import annotations

from collections.abc import Iterator

from cxc.diagnostics import Diagnostic, Kind, Severity, finding
from cxc.model.blueprint import Blueprint
from cxc.model.journey import Journey, Step
from cxc.model.measure import Metric

KIND = Kind("CXC806", "containment-without-satisfaction", Severity.WARNING)

BAD = """
package northwind.pharmacy

team CareTeam

persona Carer { goal "Medicine in the house, always" }

system CareDesk { owner CareTeam }

capability Advice { people CareTeam; process "Answers the telephone"; system CareDesk }

metric NoSecondCall { kind containment; target >= 60% }

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
      frontstage "Answers"
      backstage none
      evidence none
    }
    step tell {
      via Phone
      capability Advice
      frontstage "Asks whether it helped"
      backstage none
      evidence none
      measures NoSecondCall
    }
  }
}

experience ByPhone {
  journey AskForAdvice
  channel Phone
  step ask { script "What may I look up for you?" }
  step tell { script "Did this help?" }
}
"""

GOOD = """
package northwind.pharmacy

team CareTeam

persona Carer { goal "Medicine in the house, always" }

system CareDesk { owner CareTeam }

capability Advice { people CareTeam; process "Answers the telephone"; system CareDesk }

metric Ease { kind ces; target <= 2 }
metric NoSecondCall { kind containment; target >= 60% }

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
      frontstage "Answers"
      backstage none
      evidence none
    }
    step tell {
      via Phone
      capability Advice
      frontstage "Asks whether it helped"
      backstage none
      evidence none
      measures NoSecondCall, Ease
    }
  }
}

experience ByPhone {
  journey AskForAdvice
  channel Phone
  step ask { script "What may I look up for you?" }
  step tell { script "Did this help?" }
}
"""

_FELT = frozenset({"nps", "csat", "ces"})
"""The kinds of metric that ask customers."""


def check(blueprint: Blueprint) -> Iterator[Diagnostic]:
    """Yield the journeys that measure containment and ask no customer."""
    for journey in blueprint.every(Journey):
        parts: tuple[Journey | Step, ...] = (journey, *journey.steps)
        refs = [ref for part in parts for ref in part.measures]
        metrics = [blueprint.get(ref) for ref in refs]
        contained = [
            ref
            for ref, metric in zip(refs, metrics, strict=True)
            if isinstance(metric, Metric) and metric.sort == "containment"
        ]
        if not contained or not all(blueprint.is_complete(part) for part in parts):
            continue
        if any(not isinstance(metric, Metric) or metric.sort in _FELT for metric in metrics):
            continue
        yield finding(
            KIND,
            f"`{contained[0].name}` counts who of `{journey.name}` was kept from people, and nothing asks whether "
            "they were helped",
            contained[0].span or journey.span,
            help="Measure satisfaction or effort in the same journey: a metric of kind `csat`, `ces` or `nps`.",
        )
