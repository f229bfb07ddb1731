"""A moment of truth that is left to chance.

What:
    A step with `moment_of_truth` has nobody who answers for it, no measure, or no way to recover when it goes
    wrong. An owner is the team of a service that it calls, or who works `backstage`; a measure may be its own or
    the journey's; recovery is an `on ERROR ->`, a way with `when`, a channel on which people serve, or a way to a
    step that people serve.

Why:
    These are the minutes in which customers make up their minds about the whole organisation. What decides so
    much needs somebody who answers for it, a number that tells how it goes, and a second chance.

Fix:
    Name what is missing: `calls` or `backstage "…" by TEAM`; `measures METRIC`; `on ERROR -> STEP` or a way to
    where people help. If the step decides nothing, remove `moment_of_truth`.

Limits:
    Whether the measure fits and the recovery works cannot be seen. Where something in the step could not be
    understood, nothing is said.

References:
    Carlzon, J.: Moments of Truth. 1987. Tax, S. S. and Brown, S. W.: Recovering and learning from service
    failure. MIT Sloan Management Review 40(1), 1998. Bitner, M. J., Ostrom, A. L. and Morgan, F. N.: Service
    blueprinting: a practical technique for service innovation. California Management Review 50(3), 2008.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from cxc.diagnostics import Diagnostic, Kind, Severity, finding
from cxc.flow import flow_of
from cxc.flow.promises import called
from cxc.flow.states import channels_of
from cxc.flow.teams import service_of, teams_of
from cxc.flow.ways import Way
from cxc.model.base import Ref
from cxc.model.blueprint import Blueprint
from cxc.model.channel import ASSISTED_KINDS
from cxc.model.journey import Journey, Step
from cxc.rules.wording import listed

KIND = Kind("CXC409", "unprotected-moment-of-truth", Severity.WARNING)

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
      moment_of_truth
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
      backstage "Reserves the medicine" by PharmacyTeam
      evidence "A text message with the day"
      moment_of_truth
      measures Effort
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
  step ask { script "How easy was it?" }
}
"""


class _Lack(NamedTuple):
    """Something that protects a moment of truth: what it is, and how it is written."""

    what: str
    how: str


_OWNER = _Lack("no owner", '`backstage "…" by TEAM` or `calls`')
_METRIC = _Lack("no measure", "`measures METRIC`")
_RECOVERY = _Lack("no way to recover", "`on ERROR -> STEP` or a way to where people help")


def check(blueprint: Blueprint) -> Iterator[Diagnostic]:
    """Yield the moments of truth that lack an owner, a measure or a way to recover."""
    for journey in blueprint.every(Journey):
        for step in filter(blueprint.is_complete, journey.steps):
            lacking = list(_lacks(step, journey, blueprint)) if step.moment_of_truth else []
            if lacking:
                yield finding(
                    KIND,
                    f"The moment of truth `{step.name}` has {listed([lack.what for lack in lacking])}",
                    blueprint.place(step, "moment_of_truth"),
                    help=f"Write {listed([lack.how for lack in lacking])}.",
                )


def _lacks(step: Step, journey: Journey, blueprint: Blueprint) -> Iterator[_Lack]:
    if not teams_of(step, blueprint) and _owner_is_certain(step, blueprint):
        yield _OWNER
    if not step.measures and not journey.measures and blueprint.is_complete(journey):
        yield _METRIC
    flow = flow_of(journey, blueprint)
    if flow.is_certain and not _recovers(step, flow.graph.ways.onward[step.id], blueprint):
        yield _RECOVERY


def _owner_is_certain(step: Step, blueprint: Blueprint) -> bool:
    """Whether all who may own the step were understood: a service or process without an owner is reported itself."""
    services = [service_of(operation, blueprint) for operation in called(step, blueprint)]
    processes = [blueprint.get(work.what) for work in step.backstage or () if isinstance(work.what, Ref)]
    return all(owned is not None and blueprint.is_complete(owned) for owned in (*services, *processes))


def _recovers(step: Step, ways: tuple[Way, ...], blueprint: Blueprint) -> bool:
    if any(way.errors or way.when is not None for way in ways) or _may_meet_people(step, blueprint):
        return True
    return any(way.target is not None and _may_meet_people(way.target, blueprint) for way in ways)


def _may_meet_people(step: Step, blueprint: Blueprint) -> bool:
    """Whether people serve on a channel of the step; of one that was not understood it is not known."""
    channels = channels_of(step, blueprint)
    return any(channel.sort in ASSISTED_KINDS or not blueprint.is_complete(channel) for channel in channels)
