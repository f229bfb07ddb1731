"""Entity × service: who masters customer data, and who else reads and changes it.

What the data is, is left to the schemas; whether an entity has a master, to the rules.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from cxc.model.blueprint import Blueprint
from cxc.model.data import DeclaredType, Entity, FieldType
from cxc.model.service import Command, Operation, Service
from cxc.model.structure import core
from cxc.targets.matrices.axes import flat_axis, own_and_named
from cxc.targets.matrices.matrix import NONE, Axis, Cell, Kind, Matrix, Meaning, Observation


def entity_matrix(blueprint: Blueprint) -> Matrix:
    """Return the matrix of the services that master, read and write each entity."""
    services = blueprint.every(Service)
    access = {service.id: _access(blueprint, service) for service in services}
    touched = {entity for one in access.values() for entity in one}
    entities = own_and_named(blueprint, Entity, touched)
    shown = {entity.id for entity in entities}
    masters = [one for one in blueprint.external if isinstance(one, Service) and shown & {ref.id for ref in one.masters}]
    access |= {service.id: _access(blueprint, service) for service in masters}
    rows = flat_axis("entity", entities)
    columns = flat_axis("service", [*services, *masters])
    cells = [[_cell(access[service].get(entity)) for service in columns.ids] for entity in rows.ids]
    return Matrix(
        name="entity-service",
        title="Entity × service",
        about="Which services keep, read and change the entities of the customer data, as the signatures of their "
        "operations say. A key alone is a reference and counts for nothing, except where a command returns it.",
        rows=rows,
        columns=columns,
        cells=cells,
        legend=(
            Meaning(Kind.WORD, "master", "The service keeps the entity: others ask it."),
            Meaning(Kind.WORD, "write", "A command of the service returns the entity or its key, or takes the entity or "
                                        "a field of it that is no key."),
            Meaning(Kind.WORD, "read", "A query of the service returns the entity, or a field of it that is no key."),
            Meaning(Kind.WORD, "read and write", "Both."),
            Meaning(Kind.NONE, "", "No operation of the service says that it holds data of the entity."),
        ),
        observations=tuple(_observations(rows, columns, cells)),
    )  # fmt: skip


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
        for entity in _held(blueprint, operation):
            (found[entity].writes if isinstance(operation, Command) else found[entity].reads).append(operation.id)
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


class _Holding(NamedTuple):
    """That a type holds data of an entity: the whole of it, a field, or only its key."""

    entity: str
    only_key: bool


def _held(blueprint: Blueprint, operation: Operation) -> dict[str, None]:
    """Return the ids of the entities whose data a query returns, or a command takes or returns."""
    held = dict.fromkeys(one.entity for one in _holdings(blueprint, operation.result) if not one.only_key)
    if isinstance(operation, Command):
        returned = core(operation.result)
        if isinstance(returned, FieldType):
            # `-> Order.id`: what was made or changed is named by its key.
            held |= dict.fromkeys(one.entity for one in _holdings(blueprint, returned))
        for parameter in operation.parameters:
            held |= dict.fromkeys(one.entity for one in _holdings(blueprint, parameter.type) if not one.only_key)
    return held


def _holdings(blueprint: Blueprint, type_: Any) -> Iterator[_Holding]:
    """Yield the entities that a type holds data of, through lists, value objects and entities inside it.

    What an entity keeps as `Other.field` is its own: who returns an order with the patient's key returns no patient.
    """
    seen: set[str] = set()
    waiting = [core(type_)]
    while waiting:
        inner = waiting.pop()
        if isinstance(inner, FieldType):
            field = blueprint.get(inner.ref)
            holder = blueprint.holder(field) if field is not None else None
            if isinstance(holder, Entity):
                yield _Holding(holder.id, bool(field.key))
            elif field is not None and field.id not in seen:
                seen.add(field.id)
                waiting.append(core(field.type))
        elif isinstance(inner, DeclaredType) and inner.ref.id not in seen:
            seen.add(inner.ref.id)
            declared = blueprint.get(inner.ref)
            fields = [core(field.type) for field in getattr(declared, "fields", ())]
            if isinstance(declared, Entity):
                yield _Holding(declared.id, False)
                fields = [type_ for type_ in fields if not isinstance(type_, FieldType)]
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
