"""Personal data on a channel that does not know well enough who is there.

What:
    An experience `shows` personal data on a channel that does not at least identify the customer; or financial data or
    one of the special categories (health, biometric, ethnicity, belief, orientation) on one that does not authenticate;
    or `asks` for a special category where nobody is identified; or shows a field that is marked `@secret`.

Why:
    Whoever stands at the kiosk, picks up the telephone or reads the message may be somebody else. A balance or a
    medicine that the wrong person sees cannot be taken back, and the law holds the organisation to a security that is
    appropriate to the risk.

Fix:
    Show it on a channel that knows the customer, raise the channel's `identity` where customers do prove who they are,
    or show less: a name without the medicine, the last four digits of the card.

Limits:
    What is not marked `@personal` is taken for harmless. Texts (`say`, `message`, `script`) are not read.

References:
    Regulation (EU) 2016/679 (General Data Protection Regulation), Articles 5(1)(f), 9 and 32. 2016.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from cxc.diagnostics import Diagnostic, Kind, Related, Severity, finding
from cxc.model.base import Ref
from cxc.model.blueprint import Blueprint
from cxc.model.channel import Channel, Experience, Presentation
from cxc.model.data import SPECIAL_CATEGORIES, DataField, Parameter
from cxc.model.service import IDENTITIES, Identity
from cxc.model.structure import fields_within

KIND = Kind("CXC609", "exposed-personal-data", Severity.ERROR)

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
}

channel MobileApp { kind mobile; identity authenticated; owner Pharmacists }
channel Phone { kind phone; identity identified; owner Pharmacists }

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
  command refill(prescription: Prescription.id) -> Prescription { purpose Treatment }
}

channel MobileApp { kind mobile; identity authenticated; owner Pharmacists }
channel Phone { kind phone; identity identified; owner Pharmacists }

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
  step order { asks prescription }
  step tell { script "How easy was it?" }
}
"""

_GUARDED = frozenset({"financial", *SPECIAL_CATEGORIES})
"""The categories that only a customer who has proved to be one may see."""


class _Exposure(NamedTuple):
    """A field that must not be seen or asked for on a channel, why, and how well the channel would have to know."""

    field: DataField
    what: str
    wanted: Identity | None


def check(blueprint: Blueprint) -> Iterator[Diagnostic]:
    """Yield what experiences show, or ask for, on channels that know too little of who is there."""
    for experience in blueprint.every(Experience):
        channel = blueprint.get(experience.channel)
        if isinstance(channel, Channel):
            for presentation in experience.steps:
                yield from _exposed(presentation, channel, blueprint)


def _exposed(presentation: Presentation, channel: Channel, blueprint: Blueprint) -> Iterator[Diagnostic]:
    for ref in presentation.shows:
        found = _worst_shown(blueprint.get(ref), channel, blueprint)
        if found is not None:
            yield _exposure(found, ref, presentation, channel, "shows", blueprint)
    for asked in presentation.asks:
        found = _worst_asked(blueprint.get(asked), channel, blueprint)
        if found is not None:
            yield _exposure(found, asked, presentation, channel, "asks for", blueprint)


def _held(field: DataField, blueprint: Blueprint) -> Iterator[DataField]:
    yield field
    yield from fields_within(blueprint, field.type)


def _worst_shown(field: DataField | None, channel: Channel, blueprint: Blueprint) -> _Exposure | None:
    """Return the field in what is shown that must not be seen there: a secret, else what needs the most."""
    if not isinstance(field, DataField):
        return None
    fields = list(_held(field, blueprint))
    for inner in fields:
        if inner.secret:
            return _Exposure(inner, "a secret", None)
    if not blueprint.is_complete(channel):
        return None
    for inner in fields:
        for category in inner.personal:
            if category in _GUARDED and _is_below(channel, "authenticated"):
                return _Exposure(inner, f"personal data ({category})", "authenticated")
    for inner in fields:
        if inner.personal and _is_below(channel, "identified"):
            return _Exposure(inner, f"personal data ({inner.personal[0]})", "identified")
    return None


def _worst_asked(parameter: DataField | None, channel: Channel, blueprint: Blueprint) -> _Exposure | None:
    if not isinstance(parameter, DataField) or not blueprint.is_complete(channel):
        return None
    for inner in _held(parameter, blueprint):
        for category in inner.personal:
            if category in SPECIAL_CATEGORIES and _is_below(channel, "identified"):
                return _Exposure(inner, f"personal data ({category})", "identified")
    return None


def _is_below(channel: Channel, identity: Identity) -> bool:
    return IDENTITIES.index(channel.identity) < IDENTITIES.index(identity)


def _exposure(
    found: _Exposure,
    ref: Ref[DataField] | Ref[Parameter],
    presentation: Presentation,
    channel: Channel,
    verb: str,
    blueprint: Blueprint,
) -> Diagnostic:
    shown, field = blueprint[ref], found.field
    holder = blueprint.holder(field)
    name = f"{holder.name}.{field.name}" if holder else field.name
    if found.wanted is None:
        reason = "which is never shown to anyone"
        advice = f"Do not show `{ref.name}`."
    else:
        reason = f"where the customer is {channel.identity}"
        advice = f"Do it on a channel whose customers are `{found.wanted}`, or do without `{ref.name}` here."
    detail = "" if field is shown else f" in `{name}`"
    related = [Related(field.span, f"marked as {found.what} here")]
    if found.wanted is not None:
        related.append(Related(blueprint.place(channel, "identity"), f"the customer is {channel.identity} here"))
    return finding(
        KIND,
        f"`{presentation.name}` on `{channel.name}` {verb} `{ref.name}`, {found.what}{detail}, {reason}",
        ref.span or presentation.span,
        related=[one for one in related if one.span.line],
        help=advice,
    )
