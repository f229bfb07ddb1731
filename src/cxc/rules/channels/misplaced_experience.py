"""An experience that presents a step which its channel does not serve.

What:
    The experience of a channel has a `step` that does not name this channel in `via`.

Why:
    The two plans contradict each other: according to the journey customers cannot do it here, according to the
    experience they can. One of the two teams will be surprised, and until then customers find a page that nothing
    leads to, or a counter that sends them away.

Fix:
    Write the channel in `via` of the step, or take the step out of the experience.

Limits:
    Which of the two is right cannot be told.

References:
    Shostack, G. L.: Designing services that deliver. Harvard Business Review 62(1), 1984. Halvorsrud, R., Kvale, K. and
    Følstad, A.: Improving service quality through customer journey analysis. Journal of Service Theory and Practice
    26(6), 2016.
"""

from __future__ import annotations

from collections.abc import Iterator

from cxc.diagnostics import Diagnostic, Kind, Related, Severity, finding
from cxc.model.blueprint import Blueprint
from cxc.model.channel import Channel, Experience, Presentation
from cxc.model.journey import Step
from cxc.rules.wording import listed

KIND = Kind("CXC607", "misplaced-experience", Severity.ERROR)

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
  query due(patient: Patient.id) -> [Prescription] { purpose Treatment }
  command refill(prescription: Prescription.id) -> Prescription { purpose Treatment }
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
      calls Prescriptions.due, Prescriptions.refill
      frontstage "Shows the medicines that are due"; backstage none; evidence "Confirmation"
    }
  }
  phase after {
    step tell {
      via Phone
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
  query due(patient: Patient.id) -> [Prescription] { purpose Treatment }
  command refill(prescription: Prescription.id) -> Prescription { purpose Treatment }
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
      calls Prescriptions.due, Prescriptions.refill
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
    """Yield the steps that an experience presents on a channel which does not serve them."""
    for experience in blueprint.every(Experience):
        channel = blueprint.get(experience.channel)
        for presentation in experience.steps:
            step = blueprint.get(presentation.step)
            if not isinstance(step, Step):
                continue
            if isinstance(channel, Channel) and blueprint.is_complete(step) and not _serves(channel, step):
                yield _not_served(presentation, step, channel, blueprint)


def _serves(channel: Channel, step: Step) -> bool:
    return any(ref.id == channel.id for ref in step.via or ())


def _not_served(presentation: Presentation, step: Step, channel: Channel, blueprint: Blueprint) -> Diagnostic:
    served = listed([f"`{ref.name}`" for ref in step.via or ()]) or "no channel"
    return finding(
        KIND,
        f"`{channel.name}` presents `{step.name}`, but the journey serves this step on {served}",
        presentation.step.span or presentation.span,
        related=[Related(blueprint.place(step, "via"), "the channels of the step")],
        help=f"Write `{channel.name}` in `via` of the step, or remove the step here.",
    )
