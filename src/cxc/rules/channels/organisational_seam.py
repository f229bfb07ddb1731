"""A way between steps of different teams on which nothing is handed over.

What:
    A step leads to a step that another team answers for, and the way `carries` nothing. The team of a step is
    who owns the services that it calls; where it calls none, who works backstage, or owns the process there.

Why:
    Customers do not know who reports to whom. They notice it where one team ends and the next begins: the
    story has to be told again, and nobody feels responsible for what happened before. Most of what goes wrong
    in a service goes wrong between departments, not inside one.

Fix:
    Say what the next team is given: `-> STEP carries Entity.field`. Where nothing has to be known, let one
    team answer for both steps.

Limits:
    Steps for which nobody is named, and steps that share a team, have no seam. Whether what is carried is
    enough, CXC603 asks. A team and the unit that it belongs to are two teams.

References:
    Shostack, G. L.: Designing services that deliver. Harvard Business Review 62(1), 1984. Bitner, M. J.,
    Ostrom, A. L. and Morgan, F. N.: Service blueprinting: a practical technique for service innovation.
    California Management Review 50(3), 2008. Conway, M. E.: How do committees invent? Datamation, April 1968.
"""

from __future__ import annotations

from collections.abc import Iterator

from cxc.diagnostics import Diagnostic, Kind, Related, Severity, finding
from cxc.flow import flow_of
from cxc.flow.seams import Seam, seams_of
from cxc.model.blueprint import Blueprint
from cxc.model.journey import Journey, Step
from cxc.rules.wording import listed

KIND = Kind("CXC604", "organisational-seam", Severity.WARNING)

BAD = """
package northwind.pharmacy

team PharmacyTeam

team LogisticsTeam

persona Carer { goal "Medicine in the house, always" }

system PharmacyCore { lifecycle live }

capability Refills { people PharmacyTeam; process "Refill approval"; system PharmacyCore }

metric Effort { kind ces; target <= 2 }

entity Order { id: uuid @key }

service Prescriptions {
  owner PharmacyTeam
  realizes Refills
  masters Order

  command refill(code: string(6)) -> Order
}

service Deliveries {
  owner LogisticsTeam
  realizes Refills

  command deliver(order: Order.id)
}

channel Phone { kind phone; owner PharmacyTeam }

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
      -> deliver
    }
    step deliver {
      via Phone
      calls Deliveries.deliver
      frontstage "Says when the courier comes"
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
  step deliver { script "Is tonight all right?" }
  step tell { script "How easy was it?" }
}
"""

GOOD = """
package northwind.pharmacy

team PharmacyTeam

team LogisticsTeam

persona Carer { goal "Medicine in the house, always" }

system PharmacyCore { lifecycle live }

capability Refills { people PharmacyTeam; process "Refill approval"; system PharmacyCore }

metric Effort { kind ces; target <= 2 }

entity Order { id: uuid @key }

service Prescriptions {
  owner PharmacyTeam
  realizes Refills
  masters Order

  command refill(code: string(6)) -> Order
}

service Deliveries {
  owner LogisticsTeam
  realizes Refills

  command deliver(order: Order.id)
}

channel Phone { kind phone; owner PharmacyTeam }

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
      -> deliver carries Order.id
    }
    step deliver {
      via Phone
      calls Deliveries.deliver
      frontstage "Says when the courier comes"
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
  step deliver { script "Is tonight all right?" }
  step tell { script "How easy was it?" }
}
"""


def check(blueprint: Blueprint) -> Iterator[Diagnostic]:
    """Yield the ways on which customers pass from team to team with empty hands."""
    for journey in blueprint.every(Journey):
        graph = flow_of(journey, blueprint).graph
        for seam in seams_of(graph, blueprint):
            origin, target = seam.way.origin, seam.way.target
            # What could not be understood in one of the two may name a team, or what is handed over.
            is_certain = target is not None and all(map(blueprint.is_complete, (origin, target)))
            if target is not None and is_certain and origin.id in graph.reached:
                yield _found(seam, target, blueprint)


def _found(seam: Seam, target: Step, blueprint: Blueprint) -> Diagnostic:
    way = seam.way
    here, there = (listed([f"`{blueprint[team].name}`" for team in teams]) for teams in (seam.left, seam.entered))
    wanted = f"-> {target.name} carries Entity.field"
    if way.errors:
        wanted = f"on {', '.join(error.name for error in way.errors)} {wanted}"
    return finding(
        KIND,
        f"Customers pass from {here} to {there} between `{way.origin.name}` and `{target.name}`, and nothing is "
        "handed over",
        way.span or way.origin.span,
        related=[
            Related(way.origin.span, f"{here} {_answers(seam.left)} for this step"),
            Related(target.span, f"{there} {_answers(seam.entered)} for this step"),
        ],
        help=f"Say what the next team is given, as in `{wanted}`, or let one team answer for both steps.",
    )


def _answers(teams: tuple[str, ...]) -> str:
    return "answers" if len(teams) == 1 else "answer"
