"""A change of channel on which something the next step needs is lost.

What:
    A way leads from a step on one channel to a step on another; an operation of that step needs what is known before,
    and the way does not hand it over with `carries`. What the next channel knows by identifying the customer is not
    lost.

Why:
    The customer has told it once. Whoever takes over has not heard it, and asks again, or cannot go on. To be passed on
    with empty hands is what customers remember of the worst services; it happens where one channel ends and another
    begins, and so where nobody in the organisation looks.

Fix:
    Write `carries Entity.field` on the way, and have the next channel built so that it receives it. What has no field
    that could be named needs one: an order, a case, a basket.

Limits:
    Only the next step is looked at, not those behind it. What is one of several values of a list cannot be lost. A
    command that changes a record to a new value does not need the old one.

References:
    Verhoef, P. C., Kannan, P. K. and Inman, J. J.: From multi-channel retailing to omni-channel retailing. Journal of
    Retailing 91(2), 2015. Dixon, M., Freeman, K. and Toman, N.: Stop trying to delight your customers. Harvard
    Business Review 88(7–8), 2010.
"""

from __future__ import annotations

from collections.abc import Iterator

from cxc.diagnostics import Diagnostic, Kind, Related, Severity, finding
from cxc.flow import Flow, flow_of
from cxc.flow.known import meanings_of
from cxc.flow.origins import source_on_leaving
from cxc.flow.repeats import is_new_value
from cxc.flow.states import Move
from cxc.flow.ways import Way
from cxc.model.blueprint import Blueprint
from cxc.model.data import DataField, Parameter
from cxc.model.journey import Journey
from cxc.model.service import Operation
from cxc.rules.wording import listed

KIND = Kind("CXC603", "context-lost", Severity.WARNING)

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
error NotRefillable

service Prescriptions {
  owner Pharmacists
  realizes Refills
  masters Patient, Prescription
  command refill(prescription: Prescription.id) -> Prescription { fails NotRefillable; purpose Treatment }
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
      calls Prescriptions.check, Prescriptions.refill
      frontstage "Shows the medicines that are due"; backstage none; evidence "Confirmation"
      on NotRefillable -> advice
      -> tell
    }
    step advice {
      via Phone
      calls Prescriptions.check
      frontstage "Pharmacist looks at the prescription"; backstage none; evidence none
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
  step advice { asks prescription; shows Prescription.drug }
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
error NotRefillable

service Prescriptions {
  owner Pharmacists
  realizes Refills
  masters Patient, Prescription
  command refill(prescription: Prescription.id) -> Prescription { fails NotRefillable; purpose Treatment }
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
      calls Prescriptions.check, Prescriptions.refill
      frontstage "Shows the medicines that are due"; backstage none; evidence "Confirmation"
      on NotRefillable -> advice carries Prescription.id
      -> tell
    }
    step advice {
      via Phone
      calls Prescriptions.check
      frontstage "Pharmacist looks at the prescription"; backstage none; evidence none
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
  step advice { shows Prescription.drug }
  step tell { script "How easy was it?" }
}
"""


class _Loss:
    """What is lost on one way: the moves on which it is, and which parameters of which operations need it."""

    def __init__(self, way: Way) -> None:
        self.way = way
        self.moves: list[Move] = []
        self.needed: dict[str, tuple[Operation, Parameter]] = {}


def check(blueprint: Blueprint) -> Iterator[Diagnostic]:
    """Yield the ways to another channel on which something is lost that the next step needs."""
    for journey in blueprint.every(Journey):
        flow = flow_of(journey, blueprint)
        if flow.is_understood:
            for loss in _losses(flow, blueprint):
                yield _context_lost(loss, flow, blueprint)


def _losses(flow: Flow, blueprint: Blueprint) -> Iterator[_Loss]:
    losses: dict[int, _Loss] = {}
    for state in flow.states.all:
        for move in flow.states.moves(state):
            for operation, parameter in flow.knowledge.lost(move):
                if blueprint.is_complete(parameter) and not is_new_value(parameter, blueprint):
                    loss = losses.setdefault(id(move.way), _Loss(move.way))
                    loss.moves.append(move)
                    loss.needed[parameter.id] = operation, parameter
    yield from losses.values()


def _context_lost(loss: _Loss, flow: Flow, blueprint: Blueprint) -> Diagnostic:
    way, target = loss.way, loss.way.target
    assert target is not None
    names = [f"`{name}`" for name in dict.fromkeys(parameter.name for _, parameter in loss.needed.values())]
    before = _channels([move.origin.channel for move in loss.moves], blueprint)
    after = _channels([move.target.channel for move in loss.moves], blueprint)
    is_, it = ("is", "it") if len(names) == 1 else ("are", "them")
    return finding(
        KIND,
        f"{listed(names)} {is_} lost on the way from {before} to {after}, and customers must give {it} again in "
        f"`{target.name}`",
        way.span or way.origin.span,
        related=[*_known(loss, flow), *_needed(loss, blueprint)],
        help=_help(loss, blueprint),
    )


def _channels(ids: list[str | None], blueprint: Blueprint) -> str:
    return listed([f"`{blueprint[id].name}`" for id in dict.fromkeys(ids) if id is not None])


def _known(loss: _Loss, flow: Flow) -> Iterator[Related]:
    knowledge, move = flow.knowledge, loss.moves[0]
    for _, parameter in loss.needed.values():
        fact = knowledge.sure_fact(knowledge.need(parameter), knowledge.leaving(move.origin, move.way))
        known = source_on_leaving(knowledge, move.origin, move.way, fact) if fact else None
        if known is not None and known.place is not None:
            yield Related(known.place, f"`{parameter.name}` was known here")


def _needed(loss: _Loss, blueprint: Blueprint) -> Iterator[Related]:
    for operation, parameter in loss.needed.values():
        for ref in (loss.way.target.calls if loss.way.target else None) or ():
            if ref.id == operation.id and ref.span is not None:
                yield Related(ref.span, f"`{operation.name}` needs `{parameter.name}`")
                break


def _help(loss: _Loss, blueprint: Blueprint) -> str:
    fields = []
    for _, parameter in loss.needed.values():
        need = blueprint.get(meanings_of(blueprint).need(parameter).fact)
        if not isinstance(need, DataField):
            name = parameter.name
            return f"Give `{name}` a field of its own, and write `carries` with it on this way."
        holder = blueprint.holder(need)
        fields.append(f"{holder.name}.{need.name}" if holder else need.name)
    written = f"carries {', '.join(dict.fromkeys(fields))}"
    target = loss.way.target
    return f"Write `{written}`." if loss.way.written or target is None else f"Write `-> {target.name} {written}`."
