"""A customer who is asked for what has been said already.

What:
    An experience `asks` for a parameter whose value is known for certain on every way to the step: an earlier step
    asked for it, an operation returned it, a way `carries` it over, or the channel has identified the customer and
    knows the key of the customer's own record.

Why:
    To repeat what one has said is among the first things that customers name when they are asked what made it hard for
    them, and effort drives them away more surely than delight keeps them. The answer is there; it only has to be
    passed on.

Fix:
    Remove the parameter from `asks`. Where another value than the known one is meant, give it a field of its own
    (`BillingAddress.line` instead of `Address.line`).

Limits:
    One value of a list that was returned counts as a choice, not as known. A command of the service that masters a
    record may ask for the new value of a field. Whether a value was wrong, so that it has to be given again after a
    failure, cannot be seen: allow it in place, with the reason.

References:
    Dixon, M., Freeman, K. and Toman, N.: Stop trying to delight your customers. Harvard Business Review 88(7–8), 2010.
"""

from __future__ import annotations

from collections.abc import Iterator

from cxc.diagnostics import Diagnostic, Kind, Related, Severity, finding
from cxc.flow.known import Knowledge
from cxc.flow.origins import Source, source
from cxc.flow.repeats import Repeat, asked_again
from cxc.model.blueprint import Blueprint
from cxc.rules.channels.presented import presented_journeys

KIND = Kind("CXC602", "asked-twice", Severity.WARNING)

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
  command refill(prescription: Prescription.id) -> Prescription { purpose Treatment }
  query check(prescription: Prescription.id) -> Prescription { purpose Treatment }
}

channel MobileApp { kind mobile; identity authenticated; owner Pharmacists }
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
    step check {
      via MobileApp, Phone
      calls Prescriptions.check
      frontstage "Says whether another medicine gets in the way"; backstage none; evidence none
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
  step check { asks prescription; shows Prescription.drug }
  step tell { screen "/thanks" }
}

experience ByPhone {
  journey Refill; channel Phone
  step order { asks prescription; shows Prescription.drug }
  step check { asks prescription; shows Prescription.drug }
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
  command refill(prescription: Prescription.id) -> Prescription { purpose Treatment }
  query check(prescription: Prescription.id) -> Prescription { purpose Treatment }
}

channel MobileApp { kind mobile; identity authenticated; owner Pharmacists }
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
    step check {
      via MobileApp, Phone
      calls Prescriptions.check
      frontstage "Says whether another medicine gets in the way"; backstage none; evidence none
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
  step check { shows Prescription.drug }
  step tell { screen "/thanks" }
}

experience ByPhone {
  journey Refill; channel Phone
  step order { asks prescription; shows Prescription.drug }
  step check { shows Prescription.drug }
  step tell { script "How easy was it?" }
}
"""


def check(blueprint: Blueprint) -> Iterator[Diagnostic]:
    """Yield what experiences ask for although it is known."""
    for flow in presented_journeys(blueprint):
        if flow.is_understood:
            for repeat in asked_again(flow.knowledge):
                yield _asked_twice(repeat, flow.knowledge)


def _asked_twice(repeat: Repeat, knowledge: Knowledge) -> Diagnostic:
    blueprint = knowledge.blueprint
    known = source(knowledge, repeat.state, repeat.fact)
    step = knowledge.states.graph.steps[repeat.state.step]
    channel = blueprint.get(repeat.state.channel or "")
    related = []
    if known is not None and known.how == "identity" and channel is not None:
        why = f"`{channel.name}` knows it since it has identified the customer"
        related.append(Related(blueprint.place(channel, "identity"), "the customer is known here"))
    elif known is not None:
        earlier = knowledge.states.graph.steps[known.state.step]
        why = f"{_said(known)} in step `{earlier.name}` ({known.place or earlier.span})"
        related.append(Related(known.place or earlier.span, "it was known here"))
    else:
        why = "it is known on every way there"
    return finding(
        KIND,
        f"`{step.name}` asks for `{repeat.asked.name}` again: {why}",
        repeat.asked.span or repeat.presentation.span,
        related=related,
        help=f"Remove `{repeat.asked.name}` from `asks`; where another value is meant, give it a field of its own.",
    )


def _said(known: Source) -> str:
    match known.how:
        case "returned":
            return f"`{known.by}` returned it"
        case "told":
            return f"the failure `{known.by}` named it"
        case "given":
            return f"`{known.by}` was called with it"
        case _:
            return "the customer gave it"
