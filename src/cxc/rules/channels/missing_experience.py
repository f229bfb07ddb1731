"""A step that a channel serves and no experience presents there.

What:
    A step names a channel in `via`, and no experience of that channel presents the step. A journey without any
    experience is reported once, and so is a channel without one of that journey.

Why:
    `via` is a promise: here you can do it. How it looks, what is asked and what is shown there was not thought of.
    Those who build the channel will decide it, each for themselves, and what was to be one service becomes as many as
    there are channels.

Fix:
    Write `experience NAME { journey …; channel … }` with a `step` for each step that the channel serves; or take the
    channel off `via`.

Limits:
    Whether a step says enough about how it is presented is not looked at. An experience for one tier counts for all.

References:
    Verhoef, P. C., Kannan, P. K. and Inman, J. J.: From multi-channel retailing to omni-channel retailing. Journal of
    Retailing 91(2), 2015. Shostack, G. L.: Designing services that deliver. Harvard Business Review 62(1), 1984.
"""

from __future__ import annotations

from collections.abc import Iterator

from cxc.diagnostics import Diagnostic, Kind, Severity, finding
from cxc.flow.known import experiences_of, presentations_of
from cxc.flow.states import State
from cxc.model.base import Ref
from cxc.model.blueprint import Blueprint
from cxc.model.channel import Channel, Experience
from cxc.model.journey import Journey, Step
from cxc.rules.wording import listed

KIND = Kind("CXC606", "missing-experience", Severity.WARNING)

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

_Use = tuple[Step, Ref[Channel], Channel]
"""A step, where it names a channel, and that channel."""


def check(blueprint: Blueprint) -> Iterator[Diagnostic]:
    """Yield the steps that a channel serves without presenting them; one finding where all of them are missing."""
    if blueprint.unreadable:
        return
    # What presents a journey that is not said may present any.
    strays = {one.channel.id for one in blueprint.every(Experience) if blueprint.get(one.journey) is None}
    for journey in blueprint.every(Journey):
        if not blueprint.may_be_meant(journey, "journey"):
            yield from _missing(journey, strays, blueprint)


def _missing(journey: Journey, strays: set[str], blueprint: Blueprint) -> Iterator[Diagnostic]:
    uses = [use for use in _uses(journey, blueprint) if use[-1].id not in strays]
    experiences = experiences_of(journey, blueprint)
    if not experiences and strays:
        return
    if not experiences:
        channels = list(dict.fromkeys(f"`{channel.name}`" for _, _, channel in uses))
        if channels:
            yield finding(
                KIND,
                f"No experience presents the journey `{journey.name}`, which is offered on {listed(channels)}",
                journey.span,
                help=f"Write `experience NAME {{ journey {journey.name}; channel … }}` for each of its channels.",
            )
        return
    offered = {experience.channel.id for experience in experiences}
    if any(blueprint.get(id) is None for id in offered):
        return
    doubtful = {one.channel.id for one in experiences if _may_hold_more(one, blueprint)}
    presented = presentations_of(journey, blueprint)
    said: set[str] = set()
    for step, ref, channel in uses:
        if channel.id not in offered and channel.id not in said:
            said.add(channel.id)
            yield _channel_missing(journey, ref, channel, step)
        elif channel.id in offered and channel.id not in doubtful and State(step.id, channel.id) not in presented:
            yield _step_missing(step, ref, channel)


def _may_hold_more(experience: Experience, blueprint: Blueprint) -> bool:
    """Whether the experience presents a step that could not be understood."""
    return not blueprint.is_complete(experience) or any(blueprint.get(one.step) is None for one in experience.steps)


def _uses(journey: Journey, blueprint: Blueprint) -> Iterator[_Use]:
    for step in journey.steps:
        for ref in dict.fromkeys(step.via or ()):
            channel = blueprint.get(ref)
            if isinstance(channel, Channel):
                yield step, ref, channel


def _channel_missing(journey: Journey, ref: Ref[Channel], channel: Channel, step: Step) -> Diagnostic:
    return finding(
        KIND,
        f"Customers can do `{journey.name}` on `{channel.name}`, and no experience says how",
        ref.span or step.span,
        help=f"Write `experience NAME {{ journey {journey.name}; channel {channel.name} }}` with the steps it serves.",
    )


def _step_missing(step: Step, ref: Ref[Channel], channel: Channel) -> Diagnostic:
    return finding(
        KIND,
        f"`{step.name}` is served on `{channel.name}`, and no experience presents it there",
        ref.span or step.span,
        help=f"Write `step {step.name} {{ … }}` in the experience on `{channel.name}`, or take the channel off `via`.",
    )
