"""Entity × service: who masters customer data, and who else reads and changes it.

What the data is, is left to the schemas; whether an entity has a master, to the rules.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from enum import Enum, auto
from typing import Any, NamedTuple

from cxc.model.blueprint import Blueprint
from cxc.model.data import DataField, DeclaredType, Entity, FieldType
from cxc.model.service import Command, Operation, Service
from cxc.model.structure import core
from cxc.targets.matrices.axes import flat_axis, own_and_named
from cxc.targets.matrices.matrix import NONE, Axis, Cell, Kind, Look, Matrix, Meaning, Observation, Total


def entity_matrix(blueprint: Blueprint) -> Matrix:
    """Return the matrix of the services that master, read and write each entity."""
    services = blueprint.every(Service)
    access = {service.id: _access(blueprint, service) for service in services}
    touched = {entity for one in access.values() for entity in one}
    entities = own_and_named(blueprint, Entity, touched)
    masters = _masters_elsewhere(blueprint, {entity.id for entity in entities})
    access |= {service.id: _access(blueprint, service) for service in masters}
    rows = flat_axis("entity", entities)
    columns = flat_axis("service", [*services, *masters])
    cells = [[_cell(access[service].get(entity)) for service in columns.ids] for entity in rows.ids]
    return Matrix(
        name="entity-service",
        title="Entity × service",
        about="Which services keep, change and see the entities of the customer data, as the signatures of their "
        "operations say. A key that is only referred to counts for nothing.",
        rows=rows,
        columns=columns,
        cells=cells,
        legend=(
            Meaning(Kind.WORD, "master", "The service keeps the entity: others ask it.", "", Look.STRONG),
            Meaning(
                Kind.WORD,
                "write",
                "A command of it returns the entity, or one field of it, or takes the entity whole.",
                "",
                Look.MEDIUM,
            ),
            Meaning(
                Kind.WORD,
                "read",
                "Other operations of it return or take the entity, or fields besides its key.",
                "",
                Look.WEAK,
            ),
            Meaning(Kind.WORD, "read and write", "It has operations of both kinds.", "", Look.MEDIUM),
            Meaning(Kind.NONE, "", "No operation of it says that it holds data of the entity."),
        ),
        observations=tuple(_observations(rows, columns, cells)),
        row_total=Total("Services"),
        column_total=Total("Entities"),
    )


def _masters_elsewhere(blueprint: Blueprint, entities: Set[str]) -> list[Service]:
    """Return the services of other workspaces that master one of the entities."""
    return [
        service
        for service in blueprint.external
        if isinstance(service, Service) and any(ref.id in entities for ref in service.masters)
    ]


class _Access:
    """What a service does with one entity: whether it masters it, and which operations read and write it."""

    def __init__(self) -> None:
        self.masters = False
        self.reads: list[str] = []
        self.writes: list[str] = []


def _access(blueprint: Blueprint, service: Service) -> Mapping[str, _Access]:
    found: dict[str, _Access] = defaultdict(_Access)
    for ref in service.masters:
        found[ref.id].masters = True
    for operation in service.operations:
        holdings = _holdings_of(blueprint, operation)
        written = {holding.entity: None for holding in holdings if holding.how is _How.WRITTEN}
        for entity in written:
            found[entity].writes.append(operation.id)
        for entity in {holding.entity: None for holding in holdings if holding.how is _How.SEEN}:
            if entity not in written:
                found[entity].reads.append(operation.id)
    return found


def _cell(access: _Access | None) -> Cell:
    if access is None:
        return NONE
    trace = tuple(dict.fromkeys((*access.reads, *access.writes)))
    if access.masters:
        return Cell(Kind.WORD, "master", trace=trace)
    word = "read and write" if access.reads and access.writes else "write" if access.writes else "read"
    return Cell(Kind.WORD, word, trace=trace)


# ---- what an operation holds ----------------------------------------------------------------------------------------


class _How(Enum):
    """What it means for an entity that it stands in the signature of an operation."""

    WRITTEN = auto()
    SEEN = auto()
    REFERRED_TO = auto()
    """Only by its key."""


class _Holding(NamedTuple):
    entity: str
    how: _How


def _holdings_of(blueprint: Blueprint, operation: Operation) -> list[_Holding]:
    """Return the entities that an operation's result and parameters hold data of.

    A command makes or changes what it returns, also where it only returns one field: `-> Order.id`.
    """
    whole = _How.WRITTEN if isinstance(operation, Command) else _How.SEEN
    found = list(_holdings(blueprint, operation.result, whole))
    if isinstance(operation, Command) and isinstance(core(operation.result), FieldType):
        found = [_Holding(one.entity, whole) for one in found]
    for parameter in operation.parameters:
        found += _holdings(blueprint, parameter.type, whole)
    return found


def _holdings(blueprint: Blueprint, type_: Any, whole: _How) -> Iterator[_Holding]:
    """Yield the entities that a type holds data of, through lists, value objects and entities inside it.

    What an entity keeps as `Other.field` is its own: who returns an order with the patient's key returns no patient.
    """
    seen: set[str] = set()
    waiting = [core(type_)]
    while waiting:
        inner = waiting.pop()
        if isinstance(inner, FieldType):
            field: DataField | None = blueprint.get(inner.ref)
            holder = blueprint.holder(field) if field is not None else None
            if field is None or field.id in seen:
                continue
            seen.add(field.id)
            if isinstance(holder, Entity):
                yield _Holding(holder.id, _How.REFERRED_TO if field.key else _How.SEEN)
            else:
                waiting.append(core(field.type))
        elif isinstance(inner, DeclaredType) and inner.ref.id not in seen:
            seen.add(inner.ref.id)
            declared = blueprint.get(inner.ref)
            fields = [core(field.type) for field in getattr(declared, "fields", ())]
            if isinstance(declared, Entity):
                yield _Holding(declared.id, whole)
                fields = [inside for inside in fields if not isinstance(inside, FieldType)]
            waiting += fields


# ---- what strikes ---------------------------------------------------------------------------------------------------


def _observations(rows: Axis, columns: Axis, cells: Sequence[Sequence[Cell]]) -> Iterator[Observation]:
    without, several, elsewhere = [], [], []
    for heading, row in zip(rows.headings, cells, strict=True):
        masters = _labels_where(columns, row, "master")
        writing = _labels_where(columns, row, "write", "read and write")
        if not masters:
            without.append(heading.label)
        elif len(masters) > 1:
            several.append(f"{heading.label} ({', '.join(masters)})")
        if writing:
            elsewhere.append(f"{heading.label} ({', '.join(writing)})")
    for text, found in (
        ("Without a master", without),
        ("With several masters", several),
        ("Changed by services that do not master it", elsewhere),
    ):
        if found:
            yield Observation(text, tuple(found))


def _labels_where(columns: Axis, row: Sequence[Cell], *values: str) -> list[str]:
    return [heading.label for heading, cell in zip(columns.headings, row, strict=True) if cell.value in values]
