"""An experience that shows what nothing has returned.

What:
    A step `shows` a field that no operation it calls returns, and that is not known when the customer gets there.

Why:
    The place on the screen stays empty, or those who build the channel fetch the data past the services that the
    journey names. Then what the customer sees depends on something that the design does not know of.

Fix:
    Call the operation that returns it in this step, or hand it over from the step that knows it with `carries`; or do
    not show it.

Limits:
    Shown is what all that the step calls has answered. A value that may be missing, or is one of a list, can be shown.

References:
    Bitner, M. J., Ostrom, A. L. and Morgan, F. N.: Service blueprinting: a practical technique for service innovation.
    California Management Review 50(3), 2008.
"""

from __future__ import annotations

from collections.abc import Iterator

from cxc.diagnostics import Diagnostic, Kind, Related, Severity, finding
from cxc.flow.known import meanings_of
from cxc.flow.origins import gap
from cxc.model.base import Ref
from cxc.model.blueprint import Blueprint
from cxc.model.data import DataField
from cxc.rules.channels.presented import Presented, presented_steps
from cxc.rules.wording import listed

KIND = Kind("CXC608", "shows-unknown-data", Severity.ERROR)

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
  command refill(prescription: Prescription.id) { purpose Treatment }
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
  step order { asks prescription }
  step tell { shows Prescription.drug }
}

experience ByPhone {
  journey Refill; channel Phone
  step order { asks prescription }
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
  step order { asks prescription }
  step tell { shows Prescription.drug }
}

experience ByPhone {
  journey Refill; channel Phone
  step order { asks prescription }
  step tell { script "How easy was it?" }
}
"""


def check(blueprint: Blueprint) -> Iterator[Diagnostic]:
    """Yield the shown fields that are not known even when all that the step calls has answered."""
    for presented in presented_steps(blueprint):
        if not presented.presentation.shows:
            continue
        known = presented.knowledge.shown(presented.state)
        for ref in presented.presentation.shows:
            field = blueprint.get(ref)
            if isinstance(field, DataField) and not presented.knowledge.is_likely(
                meanings_of(blueprint).need_of(field.id), known
            ):
                yield _unknown(presented, ref, field)


def _unknown(presented: Presented, ref: Ref[DataField], field: DataField) -> Diagnostic:
    blueprint, step = presented.knowledge.blueprint, presented.step
    holder = blueprint.holder(field)
    name = f"{holder.name}.{field.name}" if holder else field.name
    calls = listed([f"`{call.name}`" for call in step.calls or ()], "or")
    related = [Related(blueprint.place(step, "calls"), "what the step calls")] if calls else []
    why = gap(presented.knowledge, presented.state, meanings_of(blueprint).need_of(field.id))
    if why.way is not None and why.why in ("some", "lost"):
        place = why.way.span or why.way.origin.span
        related.append(Related(place, "it is lost on this way" if why.why == "lost" else "it is not known on this way"))
        reason = f"it is not known to customers who come from `{why.way.origin.name}` ({place})"
    elif calls:
        reason = f"nothing before it and no answer of {calls} tells it"
    else:
        reason = "nothing before it tells it"
    return finding(
        KIND,
        f"`{step.name}` on `{presented.channel.name}` shows `{name}`, but {reason}",
        ref.span or presented.presentation.span,
        related=related,
        help=f"Call what returns it in `{step.name}`, or hand it over with `carries {name}`; or do not show it.",
    )
