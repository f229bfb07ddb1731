"""A step that needs what nobody asks for and nobody knows.

What:
    A step calls an operation with a parameter that is neither among what the experience `asks`, nor known when the
    customer gets there. Known is what the channel knows once it has identified the customer, what earlier steps asked
    for, what called operations returned, and after a change of channel only what the way `carries`; and it must be
    known on every way that leads to the step.

Why:
    The operation cannot be called. Whoever builds the channel notices it last, and mends it with a question that
    nobody designed, or with a field that is filled in by guess. On paper the journey works; the customer stands before
    a page that cannot go on.

Fix:
    Write the parameter in `asks`. Or let a step before it ask for it or return it, and hand it over with `carries`
    where the channel changes.

Limits:
    A value out of a list, or one that may be missing, counts as known here. Where no experience presents the step on a
    channel nothing is found: what is derived asks for all that is needed.

References:
    Bitner, M. J., Ostrom, A. L. and Morgan, F. N.: Service blueprinting: a practical technique for service
    innovation. California Management Review 50(3), 2008. Kildall, G.: A unified approach to global program
    optimization. POPL 1973.
"""

from __future__ import annotations

from collections.abc import Iterator

from cxc.diagnostics import Diagnostic, Kind, Related, Severity, finding
from cxc.flow.origins import Gap, gap
from cxc.model.base import Named
from cxc.model.blueprint import Blueprint
from cxc.model.data import DataField, Parameter
from cxc.model.organisation import Persona
from cxc.model.service import Operation
from cxc.rules.channels.presented import Presented, presented_steps

KIND = Kind("CXC601", "unavailable-input", Severity.ERROR)

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
  step order { shows Prescription.drug }
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
    """Yield the parameters that a presented step needs and that nothing gives."""
    for presented in presented_steps(blueprint):
        missing = {
            parameter.id: (operation, parameter)
            for operation, parameter in presented.knowledge.missing(presented.state, presented.presentation)
        }
        for operation, parameter in missing.values():
            if blueprint.is_complete(parameter) and not _may_be_their_key(parameter, presented):
                yield _unavailable(presented, operation, parameter)


def _may_be_their_key(parameter: Parameter, presented: Presented) -> bool:
    """Whether customers may have the parameter as their key on record, where that could not be understood."""
    knowledge, blueprint = presented.knowledge, presented.knowledge.blueprint
    field = blueprint.get(knowledge.need(parameter).fact)
    if not isinstance(field, DataField) or presented.channel.identity == "anonymous":
        return False
    if not field.key:
        entity = blueprint.holder(field)
        return not all(part is None or blueprint.is_complete(part) for part in (field, entity))
    personas = [blueprint.get(ref) for ref in knowledge.states.graph.journey.persona]
    return any(
        not isinstance(one, Persona)
        or not blueprint.is_complete(one)
        or (one.entity is not None and blueprint.get(one.entity) is None)
        for one in personas
    )


def _unavailable(presented: Presented, operation: Operation, parameter: Parameter) -> Diagnostic:
    blueprint = presented.knowledge.blueprint
    need = presented.knowledge.need(parameter)
    why = gap(presented.knowledge, presented.state, need)
    related = [
        Related(ref.span, f"`{operation.name}` is called here")
        for ref in presented.step.calls or ()
        if ref.id == operation.id and ref.span is not None
    ][:1]
    if why.way is not None:
        words = "it is lost on this way" if why.why == "lost" else "it is not known when customers come this way"
        related.append(Related(why.way.span or why.way.origin.span, words))
    elif why.why == "anonymous":
        related.append(Related(blueprint.place(presented.channel, "identity"), "it does not know who the customer is"))
    meant = blueprint.get(need.fact)
    known = f" or hand it over with `carries {_shown(meant, blueprint)}`" if isinstance(meant, DataField) else ""
    return finding(
        KIND,
        f"`{presented.step.name}` on `{presented.channel.name}` does not ask for `{parameter.name}`, which "
        f"`{operation.name}` needs, and {_reason(why, presented, meant)}",
        blueprint.place(presented.presentation, "asks"),
        related=related,
        help=f"Write `asks {parameter.name}` here, or let a step before it ask for it{known}."
        f"{_own_record(presented, meant)}",
    )


def _own_record(presented: Presented, meant: Named | None) -> str:
    """Return the advice to say whose record it is, where the channel would know the customer's own key."""
    knowledge, blueprint = presented.knowledge, presented.knowledge.blueprint
    entity = blueprint.holder(meant) if isinstance(meant, DataField) and meant.key else None
    personas = [blueprint.get(ref) for ref in knowledge.states.graph.journey.persona]
    if (
        entity is None
        or presented.channel.identity == "anonymous"
        or not any(isinstance(persona, Persona) and persona.entity is None for persona in personas)
    ):
        return ""
    return f" If it is the customer's own record, write `entity {entity.name}` in the persona."


def _reason(why: Gap, presented: Presented, meant: Named | None) -> str:
    knowledge, blueprint = presented.knowledge, presented.knowledge.blueprint
    steps = knowledge.states.graph.steps
    if why.why == "anonymous":
        return (
            f"only a channel that identifies the customer knows it; here the customer is {presented.channel.identity}"
        )
    if why.origin is None or why.way is None:
        never = "nothing before it asks for it or returns it"
        return "customers who begin here have not given it" if why.why == "some" else never
    origin, place = steps[why.origin.step], why.way.span or why.way.origin.span
    if why.why == "some":
        return f"customers who come from `{origin.name}` have not given it ({place})"
    left = blueprint.get(why.origin.channel or "")
    lost = f"what `{left.name if left else origin.name}` knew of it is lost on the way from `{origin.name}` ({place})"
    other = _namesake(why, presented, meant)
    return f"{lost}, where `{_shown(other, blueprint)}` is carried, which is another" if other is not None else lost


def _namesake(why: Gap, presented: Presented, meant: Named | None) -> DataField | None:
    """Return a field that is handed over, of the same name as the one that is needed, but of something else."""
    for ref in why.way.carries if why.way else ():
        carried = presented.knowledge.blueprint.get(ref)
        if isinstance(carried, DataField) and meant is not None and carried.name == meant.name:
            return carried
    return None


def _shown(field: Named, blueprint: Blueprint) -> str:
    holder = blueprint.holder(field)
    return f"{holder.name}.{field.name}" if holder else field.name
