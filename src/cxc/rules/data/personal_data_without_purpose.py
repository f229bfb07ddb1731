"""An operation that uses personal data and does not say why.

What:
    Fields that are marked `@personal` are among the parameters of the operation or in what it answers with,
    and it names no `purpose`.

Why:
    Personal data may be used for a purpose that was named before, and for nothing else (purpose limitation).
    Where the design names none, nobody can tell a customer why the data was asked for, and nobody can say no
    when it is used for something else.

Fix:
    Write `purpose NAME`; declare the purpose with its lawful basis where it is missing. Or leave out of the
    answer what the caller does not need.

Limits:
    The key of an entity counts only if the key itself is marked `@personal`. Data that the design does not
    classify cannot be seen (CXC311).

References:
    Regulation (EU) 2016/679 (GDPR), Articles 5(1)(b), 6 and 30, 2016. Cavoukian, A.: Privacy by Design. 2009.
"""

from __future__ import annotations

from collections.abc import Iterator

from cxc.diagnostics import Diagnostic, Kind, Related, Severity, finding
from cxc.model.blueprint import Blueprint
from cxc.model.data import DataField, DeclaredType, FieldType
from cxc.model.service import Operation
from cxc.model.structure import core, fields_within

KIND = Kind("CXC313", "personal-data-without-purpose", Severity.WARNING)

BAD = """
package northwind.platform

team CareTeam

entity Patient {
  id: uuid @key
  allergies: [string(1..80)] @personal("health")
}

service Patients {
  owner CareTeam
  masters Patient

  query profile(patient: Patient.id) -> Patient
}
"""

GOOD = """
package northwind.platform

team CareTeam

purpose Dispensing { basis contract }

entity Patient {
  id: uuid @key
  allergies: [string(1..80)] @personal("health")
}

service Patients {
  owner CareTeam
  masters Patient

  query profile(patient: Patient.id) -> Patient { purpose Dispensing }
}
"""


def check(blueprint: Blueprint) -> Iterator[Diagnostic]:
    """Yield the operations with personal data and without a purpose."""
    known: dict[str, DataField | None] = {}
    for operation in blueprint.every(Operation):
        if operation.purpose or not blueprint.is_complete(operation):
            continue
        personal = _personal_field(blueprint, operation, known)
        if personal is None:
            continue
        holder = blueprint.holder(personal)
        name = f"{holder.name}.{personal.name}" if holder and holder is not operation else personal.name
        yield finding(
            KIND,
            f"The {operation.word} `{operation.name}` uses personal data (`{name}`: {', '.join(personal.personal)}) "
            "and names no purpose",
            operation.span,
            related=[Related(personal.span, "this field is personal")],
            help="Write `purpose` and the name of the purpose it is used for.",
        )


def _personal_field(blueprint: Blueprint, operation: Operation, known: dict[str, DataField | None]) -> DataField | None:
    """Return the first personal field in what an operation takes and returns; `known` keeps those of declared types."""
    for parameter in operation.parameters:
        if parameter.personal:
            return parameter
    for type_ in (*(parameter.type for parameter in operation.parameters), operation.result):
        inner = core(type_)
        if not isinstance(inner, (FieldType, DeclaredType)):
            continue
        if inner.ref.id not in known:
            known[inner.ref.id] = next((field for field in fields_within(blueprint, inner) if field.personal), None)
        if known[inner.ref.id] is not None:
            return known[inner.ref.id]
    return None
