"""Where customers are asked for what is known: by an experience that asks again, or after a change of channel.

What is known where is said in `cxc.flow.known`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from cxc.flow.known import Knowledge
from cxc.flow.meanings import Need, named
from cxc.flow.promises import called
from cxc.flow.states import Move, State
from cxc.model.base import Ref
from cxc.model.blueprint import Blueprint
from cxc.model.channel import Presentation
from cxc.model.data import DataField, DeclaredType, Entity, FieldType, Parameter, without_optional
from cxc.model.service import Command, Operation, Service


class Repeat(NamedTuple):
    """A presentation asks for a parameter whose value is known for certain on arriving there."""

    state: State
    presentation: Presentation
    asked: Ref[Parameter]
    fact: str
    """By which fact it is known."""


def asked_again(knowledge: Knowledge) -> Iterator[Repeat]:
    """Yield what experiences ask for although it is known; a new value for a record is nothing that is known."""
    blueprint = knowledge.blueprint
    for state, arrival in knowledge.arrival.items():
        if state.channel not in knowledge.states.via[state.step]:
            continue
        operations = called(knowledge.states.graph.steps[state.step], blueprint)
        for presentation in knowledge.presentations.get(state, ()):
            for asked in presentation.asks:
                parameter = blueprint.get(asked)
                if not isinstance(parameter, Parameter):
                    continue
                fact = knowledge.sure_fact(distinct_need(parameter, knowledge), arrival)
                if fact is not None and not _is_for_new_value(parameter, operations, blueprint):
                    yield Repeat(state, presentation, asked, fact)


def distinct_need(parameter: Parameter, knowledge: Knowledge) -> Need:
    """Return what a parameter needs; where its operation takes several of one meaning, the one of that name."""
    need = knowledge.need(parameter)
    operation = knowledge.blueprint.holder(parameter)
    meanings = [_last(knowledge.need(other)) for other in operation.parameters] if operation else []
    return need if meanings.count(_last(need)) < 2 else Need(named(parameter))


def _last(need: Need) -> str:
    return (need.fact, *need.same, *need.substitutes)[-1]


def _is_for_new_value(parameter: Parameter, operations: Iterable[Operation], blueprint: Blueprint) -> bool:
    """Whether one of the operations that a parameter is asked for changes a record to it."""
    meant = _meant(parameter, blueprint)
    return is_new_value(parameter, blueprint) or any(
        is_new_value(other, blueprint)
        for operation in operations
        for other in operation.parameters
        if meant is not None and _meant(other, blueprint) is meant
    )


def asked_after(move: Move, knowledge: Knowledge) -> Iterator[Parameter]:
    """Yield what customers must say again after a change of channel, each once: it is needed and lost."""
    lost = {parameter.id: parameter for _, parameter in knowledge.lost(move)}
    yield from (parameter for parameter in lost.values() if not is_new_value(parameter, knowledge.blueprint))


def is_new_value(parameter: Parameter, blueprint: Blueprint) -> bool:
    """Whether a parameter is what a record is changed to.

    It is where a command of the service that masters the entity takes, besides the record's key, a field of it that is
    no key, and returns nothing or the record.
    """
    operation = blueprint.holder(parameter)
    field = _meant(parameter, blueprint)
    if not isinstance(operation, Command) or field is None or field.key:
        return False
    entity, service = blueprint.holder(field), blueprint.holder(operation)
    if not isinstance(entity, Entity) or not isinstance(service, Service):
        return False
    taken = {found.id for other in operation.parameters if (found := _meant(other, blueprint)) is not None}
    return (
        any(ref.id == entity.id for ref in service.masters)
        and {key.id for key in entity.key} <= taken
        and _returns_at_most(operation, entity)
    )


def _meant(parameter: Parameter, blueprint: Blueprint) -> DataField | None:
    type_ = without_optional(parameter.type)
    found = blueprint.get(type_.ref) if isinstance(type_, FieldType) else None
    return found if isinstance(found, DataField) else None


def _returns_at_most(operation: Operation, entity: Entity) -> bool:
    result = without_optional(operation.result)
    return result is None or (isinstance(result, DeclaredType) and result.ref.id == entity.id)
