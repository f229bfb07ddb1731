"""A step on a channel that knows customers less well than what it calls demands.

What:
    A step calls an operation with an `identity` (such as `identity authenticated`) and is served by a channel whose own
    `identity` is lower.

Why:
    On that channel the operation refuses everybody. Often customers were known already, and lose it by being sent on:
    logged in on the web, and a stranger on the telephone. They have to prove who they are once more, or cannot go on.

Fix:
    Serve the step on channels that know the customer well enough; raise the channel's `identity` where customers prove
    who they are there; or lower what the operation demands.

Limits:
    An operation without `identity` demands nothing.

References:
    Grassi, P. A., Garcia, M. E. and Fenton, J. L.: Digital Identity Guidelines. NIST Special Publication 800-63-3,
    2017. Dixon, M., Freeman, K. and Toman, N.: Stop trying to delight your customers. Harvard Business Review 88(7–8),
    2010.
"""

from __future__ import annotations

from collections.abc import Iterator

from cxc.diagnostics import Diagnostic, Kind, Related, Severity, finding
from cxc.flow import flow_of
from cxc.flow.promises import called
from cxc.flow.states import State
from cxc.model.base import Ref
from cxc.model.blueprint import Blueprint
from cxc.model.channel import Channel
from cxc.model.journey import Journey, Step
from cxc.model.service import IDENTITIES, Identity, Operation
from cxc.rules.wording import listed

KIND = Kind("CXC610", "identity-drop", Severity.ERROR)

BAD = """
package northwind.pharmacy

team Pharmacists
persona RepeatPatient { entity Patient }
system PharmacyCore
capability Refills { people Pharmacists; process "Refill approval"; system PharmacyCore }
metric Effort { kind ces }
purpose Treatment { basis contract }

entity Patient { id: uuid @key }
entity Prescription { id: uuid @key; drug: string @personal("health") }

service Prescriptions {
  owner Pharmacists
  realizes Refills
  masters Patient, Prescription
  command refill(prescription: Prescription.id) -> Prescription { identity verified; purpose Treatment }
}

channel MobileApp { kind mobile; identity verified; owner Pharmacists }
channel Phone { kind phone; identity authenticated; owner Pharmacists }

journey Refill {
  kind use
  persona RepeatPatient
  trigger "The last week of medicine begins"
  outcome "New medicine in hand"
  measures Effort

  phase during {
    step order {
      via MobileApp, Phone
      calls Prescriptions.refill
      frontstage "Shows the medicines that are due"; backstage none; evidence "Confirmation"
    }
  }
  phase after {
    step tell {
      via MobileApp, Phone
      capability Refills
      frontstage "Asks how easy it was"; backstage none; evidence none
      measures Effort
    }
  }
}

experience InApp {
  journey Refill; channel MobileApp
  step order { asks prescription; shows Prescription.drug }
  step tell { screen "/thanks" }
}

experience ByPhone {
  journey Refill; channel Phone
  step order { asks prescription; shows Prescription.drug }
  step tell { script "How easy was it?" }
}
"""

GOOD = """
package northwind.pharmacy

team Pharmacists
persona RepeatPatient { entity Patient }
system PharmacyCore
capability Refills { people Pharmacists; process "Refill approval"; system PharmacyCore }
metric Effort { kind ces }
purpose Treatment { basis contract }

entity Patient { id: uuid @key }
entity Prescription { id: uuid @key; drug: string @personal("health") }

service Prescriptions {
  owner Pharmacists
  realizes Refills
  masters Patient, Prescription
  command refill(prescription: Prescription.id) -> Prescription { identity authenticated; purpose Treatment }
}

channel MobileApp { kind mobile; identity verified; owner Pharmacists }
channel Phone { kind phone; identity authenticated; owner Pharmacists }

journey Refill {
  kind use
  persona RepeatPatient
  trigger "The last week of medicine begins"
  outcome "New medicine in hand"
  measures Effort

  phase during {
    step order {
      via MobileApp, Phone
      calls Prescriptions.refill
      frontstage "Shows the medicines that are due"; backstage none; evidence "Confirmation"
    }
  }
  phase after {
    step tell {
      via MobileApp, Phone
      capability Refills
      frontstage "Asks how easy it was"; backstage none; evidence none
      measures Effort
    }
  }
}

experience InApp {
  journey Refill; channel MobileApp
  step order { asks prescription; shows Prescription.drug }
  step tell { screen "/thanks" }
}

experience ByPhone {
  journey Refill; channel Phone
  step order { asks prescription; shows Prescription.drug }
  step tell { script "How easy was it?" }
}
"""


def check(blueprint: Blueprint) -> Iterator[Diagnostic]:
    """Yield the steps on channels whose customers are known less well than a called operation demands."""
    for journey in blueprint.every(Journey):
        for step in journey.steps:
            operations = [one for one in called(step, blueprint) if one.identity is not None]
            for ref in dict.fromkeys(step.via or ()) if operations else ():
                channel = blueprint.get(ref)
                if isinstance(channel, Channel) and blueprint.is_complete(channel):
                    refusing = {one.id: one for one in operations if _rank(one.identity) > _rank(channel.identity)}
                    if refusing:
                        yield _drop(journey, step, ref, channel, list(refusing.values()), blueprint)


def _rank(identity: Identity | None) -> int:
    return IDENTITIES.index(identity) if identity is not None else 0


def _drop(
    journey: Journey,
    step: Step,
    ref: Ref[Channel],
    channel: Channel,
    operations: list[Operation],
    blueprint: Blueprint,
) -> Diagnostic:
    strictest = max(operations, key=lambda operation: _rank(operation.identity))
    names = listed([f"`{_full_name(operation, blueprint)}`" for operation in operations])
    known = _known_before(journey, step, channel, blueprint)
    before = f"; on `{known.name}`, from where they come, they are {known.identity}" if known is not None else ""
    related = [
        Related(blueprint.place(one, "identity"), f"`{one.name}` demands that the customer is {one.identity}")
        for one in operations
    ]
    related.append(Related(blueprint.place(channel, "identity"), f"here the customer is {channel.identity}"))
    return finding(
        KIND,
        f"The step `{step.name}` calls {names}, for which customers must be {strictest.identity}, and on "
        f"`{channel.name}` they are {channel.identity}{before}",
        ref.span or step.span,
        related=[one for one in related if one.span.line],
        help=f"Take `{channel.name}` off `via` of this step, or let it know its customers: "
        f"`identity {strictest.identity}`.",
    )


def _full_name(operation: Operation, blueprint: Blueprint) -> str:
    """Return the name of an operation with its service: a step may be called as the operation is."""
    service = blueprint.holder(operation)
    return f"{service.name}.{operation.name}" if service else operation.name


def _known_before(journey: Journey, step: Step, channel: Channel, blueprint: Blueprint) -> Channel | None:
    """Return the channel from which customers change to this one, if they are known better there."""
    knowledge = flow_of(journey, blueprint).knowledge
    state = State(step.id, channel.id)
    if state not in knowledge.arrival:
        return None
    for origin, _ in knowledge.before(state):
        before = blueprint.get(origin.channel or "")
        if isinstance(before, Channel) and _rank(before.identity) > _rank(channel.identity):
            return before
    return None
