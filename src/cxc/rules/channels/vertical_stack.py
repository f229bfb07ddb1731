"""An operation, or a whole service, that only one channel uses while its journey is on several.

What:
    All steps that call an operation are served by one and the same channel, and a journey among theirs is
    offered on other channels as well. Where that is so for every operation of a service that any step calls,
    the service is reported, once.

Why:
    A channel with services of its own is a stack: it was built, paid for and organised beside the others. What
    it can do, no other channel can, and what it knows about a customer, no other channel knows. Customers who
    come another way are sent across, or away.

Fix:
    Let the step that calls the operation be served by the other channels of the journey, too. Where only people
    may do it, let at least two of the channels on which they serve.

Limits:
    Operations of a dependency are not looked at, as others may use them. What a process does, what an event
    triggers and what a step behind the scenes (`via none`) calls is used beside the channel, and is no stack.
    Channels that only send (e-mail, text message, push, post) have no stacks, and are no other way to go.

References:
    Verhoef, P. C., Kannan, P. K. and Inman, J. J.: From multi-channel retailing to omni-channel retailing.
    Journal of Retailing 91(2), 2015. Conway, M. E.: How do committees invent? Datamation, April 1968.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from cxc.diagnostics import Diagnostic, Kind, Related, Severity, finding
from cxc.flow import flow_of
from cxc.flow.promises import called
from cxc.model.blueprint import Blueprint
from cxc.model.channel import SENDING_KINDS, Channel
from cxc.model.journey import Journey, Step
from cxc.model.service import Operation, Service
from cxc.rules.wording import listed

KIND = Kind("CXC605", "vertical-stack", Severity.WARNING)

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

  command refill(code: string(6))
}

channel MobileApp { kind mobile; owner PharmacyTeam }

channel Phone { kind phone; owner PharmacyTeam }

journey Refill {
  kind use
  persona Carer
  trigger "The last week of medicine begins"
  outcome "New medicine in hand"
  measures Effort

  phase during {
    step order {
      via MobileApp
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

experience InApp {
  journey Refill
  channel MobileApp
  step order { asks code }
}

experience ByPhone {
  journey Refill
  channel Phone
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

  command refill(code: string(6))
}

channel MobileApp { kind mobile; owner PharmacyTeam }

channel Phone { kind phone; owner PharmacyTeam }

journey Refill {
  kind use
  persona Carer
  trigger "The last week of medicine begins"
  outcome "New medicine in hand"
  measures Effort

  phase during {
    step order {
      via MobileApp, Phone
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

experience InApp {
  journey Refill
  channel MobileApp
  step order { asks code }
}

experience ByPhone {
  journey Refill
  channel Phone
  step order { asks code }
  step tell { script "How easy was it?" }
}
"""


@dataclass
class _Usage:
    """Who uses an operation: the channels of the steps that call it, and what else there is."""

    channels: dict[str, Channel] = field(default_factory=dict)
    journeys: dict[str, Journey] = field(default_factory=dict)
    steps: list[Step] = field(default_factory=list)
    beside: bool = False
    """Whether a step behind the scenes calls it, or one whose channels are not all understood."""


def check(blueprint: Blueprint) -> Iterator[Diagnostic]:
    """Yield the operations, or else the services, that one channel has to itself."""
    usages = _usages(blueprint)
    stacks = {id: usage for id, usage in usages.items() if _is_stack(blueprint[id], usage, blueprint)}
    for service in blueprint.every(Service):
        in_use = [operation for operation in service.operations if operation.id in usages]
        alone = [operation for operation in in_use if operation.id in stacks]
        if len(alone) > 1 and len(alone) == len(in_use) and _share_channel([stacks[one.id] for one in alone]):
            yield _stack(service, [stacks[operation.id] for operation in alone], blueprint)
            continue
        for operation in alone:
            yield _stack(operation, [stacks[operation.id]], blueprint)


def _usages(blueprint: Blueprint) -> dict[str, _Usage]:
    """Return for each operation that a step calls (by its id) who uses it."""
    found: dict[str, _Usage] = defaultdict(_Usage)
    for journey in blueprint.every(Journey):
        flow = flow_of(journey, blueprint)
        for step in journey.steps:
            channels = flow.channels_of(step)
            for operation in called(step, blueprint):
                usage = found[operation.id]
                usage.steps.append(step)
                usage.journeys[journey.id] = journey
                usage.channels |= {channel.id: channel for channel in channels}
                usage.beside = usage.beside or step.via == () or not blueprint.is_complete(step)
    return found


def _is_stack(operation: Operation, usage: _Usage, blueprint: Blueprint) -> bool:
    if usage.beside or len(usage.channels) != 1:
        return False
    if any(use.word != "calls" for use in blueprint.used_by.get(operation.id, ())):
        return False
    (channel,) = usage.channels.values()
    if channel.sort in SENDING_KINDS or blueprint.may_be_meant(operation):
        return False
    return any(_besides(usage, journey, blueprint) for journey in usage.journeys.values())


def _besides(usage: _Usage, journey: Journey, blueprint: Blueprint) -> list[Channel]:
    """Return the channels on which a journey is offered besides; what only sends offers nothing."""
    channels = flow_of(journey, blueprint).channels
    return [one for one in channels if one.id not in usage.channels and one.sort not in SENDING_KINDS]


def _share_channel(usages: Sequence[_Usage]) -> bool:
    return len({id for usage in usages for id in usage.channels}) == 1


def _stack(element: Service | Operation, usages: Sequence[_Usage], blueprint: Blueprint) -> Diagnostic:
    (channel,) = usages[0].channels.values()
    others: dict[str, Channel] = {}
    journeys: dict[str, Journey] = {}
    for usage in usages:
        for journey in usage.journeys.values():
            besides = _besides(usage, journey, blueprint)
            others |= {one.id: one for one in besides}
            journeys |= {journey.id: journey} if besides else {}
    holder = blueprint.holder(element)
    name = f"{holder.name}.{element.name}" if holder else element.name
    first = usages[0].steps[0]
    on = listed([f"`{one.name}`" for one in others.values()])
    offered = "is" if len(journeys) == 1 else "are"
    return finding(
        KIND,
        f"Only `{channel.name}` uses the {element.word} `{name}`, though "
        f"{listed([f'`{journey.name}`' for journey in journeys.values()])} {offered} offered on {on} as well",
        element.span,
        related=[Related(first.span, f"called in this step, which only `{channel.name}` serves")],
        help="Let other channels of the journey serve the steps that call it.",
    )
