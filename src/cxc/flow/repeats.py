"""Where customers are asked for what is known: by an experience that asks again, or after a change of channel.

What is known where is said in `cxc.flow.known`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from cxc.flow.known import Knowledge
from cxc.flow.states import State
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


def asked_again(knowledge: Knowledge) -> Iterator[Repeat]:
    """Yield what experiences ask for although it is known; a new value for a record is nothing that is known."""
    for state, arrival in knowledge.arrival.items():
        for presentation in knowledge.presentations.get(state, ()):
            for asked in presentation.asks:
                parameter = knowledge.blueprint.get(asked)
                if (
                    isinstance(parameter, Parameter)
                    and knowledge.is_sure(knowledge.need(parameter).fact, arrival)
                    and not is_new_value(parameter, knowledge.blueprint)
                ):
                    yield Repeat(state, presentation, asked)


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
