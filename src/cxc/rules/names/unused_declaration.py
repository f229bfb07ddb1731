"""Something that is declared and that nothing uses.

What:
    Nothing in the workspace names this type, enum, error, team, partner, persona, process, purpose, metric,
    system or life event. What only names itself counts as unused.

Why:
    A declaration that nothing uses reads like part of the design and is none: a team without work, a failure
    that never happens, a measure nobody takes. Some are left over; others show that the statement is missing
    that should have named them, and then the design says less than its authors believe.

Fix:
    Name it where it belongs (a measure in the journey it judges, an error in the operation that fails with
    it), or remove it.

Limits:
    Entities, events, operations, channels, capabilities and tiers have rules of their own. A workspace with
    neither services nor journeys is taken for a library whose declarations others use. What is deprecated may
    be without use.

References:
    Parnas, D. L.: Software aging. Proceedings of the 16th International Conference on Software Engineering,
    1994.
"""

from __future__ import annotations

from collections.abc import Iterator

from cxc.diagnostics import Diagnostic, Kind, Severity, finding
from cxc.model.base import Declaration
from cxc.model.blueprint import Blueprint, members
from cxc.model.capability import Process, System
from cxc.model.data import EnumType, Error, ValueType
from cxc.model.journey import Journey
from cxc.model.measure import Metric
from cxc.model.organisation import LifeEvent, Partner, Persona, Purpose, Team
from cxc.model.service import Service

KIND = Kind("CXC210", "unused-declaration", Severity.WARNING)

BAD = """
package northwind.platform

team PharmacyTeam

error NotRefillable { status 409 }

error WrongCode { status 422 }

service Prescriptions {
  owner PharmacyTeam

  command refill(code: string(6)) { fails WrongCode }
}
"""

GOOD = """
package northwind.platform

team PharmacyTeam

error NotRefillable { status 409 }

error WrongCode { status 422 }

service Prescriptions {
  owner PharmacyTeam

  command refill(code: string(6)) { fails WrongCode, NotRefillable }
}
"""

_WATCHED: tuple[type[Declaration], ...] = (
    ValueType, EnumType, Error, Process, Purpose, Team, Partner, Persona, Metric, System, LifeEvent,
)  # fmt: skip


def check(blueprint: Blueprint) -> Iterator[Diagnostic]:
    """Yield the declarations of these kinds that nothing but themselves names."""
    if not blueprint.every(Journey) and not blueprint.every(Service):
        return
    for kind in _WATCHED:
        for declaration in blueprint.every(kind):
            if not declaration.deprecated and not _is_used(blueprint, declaration):
                yield finding(
                    KIND,
                    f"Nothing uses the {declaration.word} `{declaration.name}`",
                    declaration.span,
                    help="Name it where it belongs, or remove it.",
                )


def _is_used(blueprint: Blueprint, declaration: Declaration) -> bool:
    if isinstance(declaration, LifeEvent) and (declaration.journeys or not blueprint.is_complete(declaration)):
        return True
    if declaration.id in blueprint.imported or blueprint.may_be_meant(declaration):
        return True
    return any(
        use.user != declaration.id and declaration.id != blueprint.holders.get(use.user)
        for element in (declaration, *members(declaration))
        for use in blueprint.used_by.get(element.id, ())
    )
