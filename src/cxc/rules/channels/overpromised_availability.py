"""A channel or a journey that promises to work more often than what it needs.

What:
    A channel's `availability` is higher than what the operations called in one of its steps allow, all of
    which must be at work; or the `availability` that a journey's `target` names is higher than the share of
    customers who find all on their way at work.

Why:
    Parts in a row are as available as the product of them: five services at 99.9% give 99.5%. A promise above
    that is broken by arithmetic, month after month, however well everybody works; and a broken promise weighs
    more than a modest one.

Fix:
    Promise what the parts can keep, make the weakest part more available, or let the step do with fewer calls.

Limits:
    What says nothing of its availability counts as always at work. An operation without a number has its
    service's, and a service counts once in a step. That failures come together, or are bridged by a cache, is
    not known here.

References:
    Treynor, B., Dahlin, M., Rau, V. and Beyer, B.: The calculus of service availability. ACM Queue 15(2),
    2017. Zeithaml, V. A., Berry, L. L. and Parasuraman, A.: Communication and control processes in the delivery
    of service quality. Journal of Marketing 52(2), 1988.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_FLOOR, Decimal

from cxc.diagnostics import Diagnostic, Kind, Related, Severity, finding
from cxc.flow import flow_of
from cxc.flow.promises import called, step_availability
from cxc.flow.teams import service_of
from cxc.model.base import Named
from cxc.model.blueprint import Blueprint
from cxc.model.channel import Channel
from cxc.model.journey import Journey, Step
from cxc.model.service import Operation, Service
from cxc.model.values import Percent

KIND = Kind("CXC615", "overpromised-availability", Severity.WARNING)

BAD = """
package northwind.pharmacy

team PharmacyTeam

persona Carer { goal "Medicine in the house, always" }

system PharmacyCore { lifecycle live }

capability Refills { people PharmacyTeam; process "Refill approval"; system PharmacyCore }

metric Effort { kind ces; target <= 2 }

service Prescriptions {
  owner PharmacyTeam
  realizes Refills
  availability 99.5%

  command refill(code: string(6))
}

channel Phone { kind phone; availability 99.9%; owner PharmacyTeam }

journey Refill {
  kind use
  persona Carer
  trigger "The last week of medicine begins"
  outcome "New medicine in hand"
  measures Effort

  phase during {
    step order {
      via Phone
      calls Prescriptions.refill
      frontstage "Takes the code on the old box"
      backstage none
      evidence none
    }
  }
  phase after {
    step tell {
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
  step order { asks code }
  step tell { script "How easy was it?" }
}
"""

GOOD = """
package northwind.pharmacy

team PharmacyTeam

persona Carer { goal "Medicine in the house, always" }

system PharmacyCore { lifecycle live }

capability Refills { people PharmacyTeam; process "Refill approval"; system PharmacyCore }

metric Effort { kind ces; target <= 2 }

service Prescriptions {
  owner PharmacyTeam
  realizes Refills
  availability 99.5%

  command refill(code: string(6))
}

channel Phone { kind phone; availability 99.5%; owner PharmacyTeam }

journey Refill {
  kind use
  persona Carer
  trigger "The last week of medicine begins"
  outcome "New medicine in hand"
  measures Effort

  phase during {
    step order {
      via Phone
      calls Prescriptions.refill
      frontstage "Takes the code on the old box"
      backstage none
      evidence none
    }
  }
  phase after {
    step tell {
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
  step order { asks code }
  step tell { script "How easy was it?" }
}
"""

_TOLERANCE = 1e-9


def check(blueprint: Blueprint) -> Iterator[Diagnostic]:
    """Yield the promises of channels and journeys that arithmetic breaks."""
    weakest: dict[str, tuple[float, Step, Journey]] = {}
    for journey in blueprint.every(Journey):
        flow = flow_of(journey, blueprint)
        for step in journey.steps:
            share = step_availability(step, blueprint)
            if share is None:
                continue
            for channel in flow.channels_of(step):
                if channel.id not in weakest or share < weakest[channel.id][0]:
                    weakest[channel.id] = share, step, journey
    for channel in blueprint.every(Channel):
        if channel.availability is not None and channel.id in weakest:
            kept, step, journey = weakest[channel.id]
            if kept < channel.availability - _TOLERANCE:
                yield _channel(channel, channel.availability, kept, step, journey, blueprint)
    for journey in blueprint.every(Journey):
        yield from _journey(journey, blueprint)


def _channel(
    channel: Channel, promised: Percent, kept: float, step: Step, journey: Journey, blueprint: Blueprint
) -> Diagnostic:
    limit = _at_most(kept, promised)
    return finding(
        KIND,
        f"`{channel.name}` promises to work {promised.text} of the time, and what step `{step.name}` of "
        f"`{journey.name}` calls allows for {limit}",
        blueprint.place(channel, "availability"),
        related=[
            Related(blueprint.place(step, "calls"), "all of this must be at work"),
            *(
                Related(blueprint.place(part, "availability"), f"`{part.name}` works {share.text} of the time")
                for part, share in _parts(step, blueprint).values()
            ),
        ],
        help=f"Promise {limit} at most, or make what the step calls more available.",
    )


def _journey(journey: Journey, blueprint: Blueprint) -> Iterator[Diagnostic]:
    target = journey.target
    if target is None or target.availability is None:
        return
    flow = flow_of(journey, blueprint)
    kept = flow.availability if flow.is_certain else None
    if kept is None or kept >= target.availability - _TOLERANCE:
        return
    limit = _at_most(kept, target.availability)
    shares = [(step, step_availability(step, blueprint)) for step in journey.steps if step.id in flow.graph.reached]
    weakest, share = min(((step, share) for step, share in shares if share is not None), key=lambda one: one[1])
    yield finding(
        KIND,
        f"`{journey.name}` promises to work {target.availability.text} of the time, and what its steps call allows "
        f"for {limit}",
        target.span,
        related=[
            Related(blueprint.place(weakest, "calls"), f"what is called here works {_percent(share)} of the time")
        ],
        help=f"Promise {limit} at most, or make what the steps call more available.",
    )


def _parts(step: Step, blueprint: Blueprint) -> dict[str, tuple[Named, Percent]]:
    """Return what says how available it is, of all that a step calls: operations, else their services."""
    found: dict[str, tuple[Named, Percent]] = {}
    for operation in called(step, blueprint):
        part: Operation | Service | None = operation
        if operation.availability is None:
            part = service_of(operation, blueprint)
        if part is not None and part.availability is not None:
            found[part.id] = part, part.availability
    return found


def _at_most(share: float, promised: Percent) -> str:
    """Return a share as a percentage that may be promised: rounded down, to as many places as the promise has."""
    places = len(promised.text.partition(".")[2]) - 1
    # What floating point has taken from a round number is given back first.
    exact = Decimal(repr(round(share * 100, 9)))
    return _text(exact.quantize(Decimal(1).scaleb(-max(places, 1)), ROUND_FLOOR))


def _percent(share: float) -> str:
    return _text(Decimal(repr(round(share * 100, 3))))


def _text(percent: Decimal) -> str:
    text = f"{percent:f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text) + "%"
