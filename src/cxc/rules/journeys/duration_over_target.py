"""A journey that takes longer than it promises.

What:
    The waits on the way add up to more than `target { duration … }` of the journey: as a rule (the mean over all
    customers, by the shares of the ways they go), or at most (the longest waits on the longest way).

Why:
    A promise of time that the design itself cannot keep is broken every day, to every customer, by people who
    have no means to keep it. To promise less and keep it costs nothing; to break a promise costs trust.

Fix:
    Shorten the waits, lead fewer customers round, or promise what can be kept.

Limits:
    Only waits count, not what customers do themselves, and not what goes wrong. A wait without a longest one
    counts as what is expected. Where customers may go round in a loop with a wait in it, there is no longest
    way, and only the mean is compared.

References:
    Zeithaml, V. A., Berry, L. L. and Parasuraman, A.: Communication and control processes in the delivery of
    service quality. Journal of Marketing 52(2), 1988. Taylor, S.: Waiting for service: the relationship between
    delays and evaluations of service. Journal of Marketing 58(2), 1994. Maister, D. H.: The psychology of
    waiting lines. 1985.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from cxc.diagnostics import Diagnostic, Kind, Related, Severity, finding
from cxc.flow import Flow, flow_of
from cxc.flow.durations import longest_wait
from cxc.model.blueprint import Blueprint
from cxc.model.journey import Journey, Step
from cxc.model.values import Duration

KIND = Kind("CXC410", "duration-over-target", Severity.WARNING)

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
  target { duration 2d }

  phase during {
    step order {
      via Phone
      capability Refills
      frontstage "Takes the order"
      backstage none
      evidence "A text message with the day"
      wait 1d..3d
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
  target { duration 3d }

  phase during {
    step order {
      via Phone
      capability Refills
      frontstage "Takes the order"
      backstage none
      evidence "A text message with the day"
      wait 1d..3d
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


def check(blueprint: Blueprint) -> Iterator[Diagnostic]:
    """Yield the journeys whose waits are longer than they promise."""
    for journey in blueprint.every(Journey):
        promised = journey.target.duration if journey.target else None
        flow = flow_of(journey, blueprint)
        if promised is None or not flow.is_understood:
            continue
        expected, longest = flow.expected_duration, flow.longest_duration
        if expected is not None and round(expected) > promised:
            yield _late(flow, blueprint, f"takes customers {_about(expected, promised)} as a rule", _expected_wait)
        elif longest is not None and round(longest) > promised:
            yield _late(flow, blueprint, f"may take customers {_about(longest, promised)}", longest_wait)


def _late(flow: Flow, blueprint: Blueprint, takes: str, wait: Callable[[Step], float]) -> Diagnostic:
    journey = flow.journey
    assert journey.target is not None and journey.target.duration is not None
    on_the_way = [step for step in journey.steps if step.id in flow.graph.going_well.reached]
    slowest = max(on_the_way, key=wait)
    return finding(
        KIND,
        f"`{journey.name}` {takes}, and promises {journey.target.duration.text}",
        blueprint.place(journey, "target.duration"),
        related=[Related(blueprint.place(slowest, "wait"), "the longest wait on the way")],
        help="Shorten the waits, or promise what can be kept.",
    )


def _expected_wait(step: Step) -> float:
    """Return how long a customer waits in a step as a rule, in milliseconds."""
    return float(step.wait.expected) if step.wait else 0.0


def _about(length: float, promised: Duration) -> str:
    """Return a duration as somebody would say it, and still longer than what is promised."""
    for unit in (86_400_000, 3_600_000, 60_000, 1_000):
        rounded = Duration(round(length / unit) * unit)
        if rounded > promised and abs(rounded - length) <= length / 50:
            return rounded.text
    return Duration(round(length)).text
