"""What a principle can ask of channels, services, data, systems and processes, besides what is written there.

Each function is a property: its name, the type of what it returns and its description are those of the property.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from cxc.flow.promises import called
from cxc.flow.teams import service_of
from cxc.model.blueprint import Blueprint
from cxc.model.capability import Capability, Process, System
from cxc.model.channel import ASSISTED_KINDS, SENDING_KINDS, Channel, Experience
from cxc.model.data import (
    SPECIAL_CATEGORIES,
    DataField,
    DeclaredType,
    Entity,
    Error,
    Event,
    FieldType,
    ListType,
    MapType,
    OptionalType,
    Parameter,
    ValueType,
)
from cxc.model.journey import Journey, Step
from cxc.model.service import Operation, Service
from cxc.principles.scene import Scene, once
from cxc.principles.view import told


def journeys_of(steps: Iterable[Step], scene: Scene) -> list[Journey]:
    """Return the journeys that some steps belong to, each once."""
    found = (scene.blueprint.holder(step) for step in steps)
    return once(journey for journey in found if isinstance(journey, Journey))


# ---- channels -------------------------------------------------------------------------------------------------------


@told(Channel)
def assisted(channel: Channel, scene: Scene) -> bool:
    """Whether people of the organisation serve on it."""
    return channel.sort in ASSISTED_KINDS


@told(Channel)
def sends_only(channel: Channel, scene: Scene) -> bool:
    """Whether it brings something to customers, who can do nothing on it themselves."""
    return channel.sort in SENDING_KINDS


@told(Channel, "steps")
def channel_steps(channel: Channel, scene: Scene) -> list[Step]:
    """The steps that it serves."""
    return scene.users(channel, Step, "via")


@told(Channel, "journeys")
def channel_journeys(channel: Channel, scene: Scene) -> list[Journey]:
    """The journeys that are offered on it."""
    return journeys_of(channel_steps(channel, scene), scene)


@told(Channel, "operations")
def channel_operations(channel: Channel, scene: Scene) -> list[Operation]:
    """The operations that the steps it serves call."""
    steps = channel_steps(channel, scene)
    scene.require(steps)
    return once(operation for step in steps for operation in called(step, scene.blueprint))


@told(Channel, "services")
def channel_services(channel: Channel, scene: Scene) -> list[Service]:
    """The services that the steps it serves call."""
    return _services(channel_operations(channel, scene), scene)


@told(Channel, "experiences")
def channel_experiences(channel: Channel, scene: Scene) -> list[Experience]:
    """How it presents journeys."""
    return scene.users(channel, Experience, "channel")


# ---- services and operations ----------------------------------------------------------------------------------------


def _services(operations: Iterable[Operation], scene: Scene) -> list[Service]:
    found = (service_of(operation, scene.blueprint) for operation in operations)
    return once(service for service in found if service is not None)


@told(Service, "steps")
def service_steps(service: Service, scene: Scene) -> list[Step]:
    """The steps that call any of its operations."""
    scene.require([service])
    return once(step for operation in service.operations for step in operation_steps(operation, scene))


@told(Service, "channels")
def service_channels(service: Service, scene: Scene) -> list[Channel]:
    """The channels of the steps that call it."""
    return _channels(service_steps(service, scene), scene)


@told(Service, "journeys")
def service_journeys(service: Service, scene: Scene) -> list[Journey]:
    """The journeys whose steps call it."""
    return journeys_of(service_steps(service, scene), scene)


@told(Service, "personal")
def service_personal(service: Service, scene: Scene) -> list[str]:
    """The categories of personal data in the entities it masters and in what its operations take and return."""
    entities = scene.get(service.masters, Entity)
    scene.require([service, *entities])
    fields = [field for entity in entities for field in entity.fields]
    kept = _categories(fields, scene.blueprint)
    passed = (one for operation in service.operations for one in operation_personal(operation, scene))
    return list(dict.fromkeys([*kept, *passed]))


def _channels(steps: Iterable[Step], scene: Scene) -> list[Channel]:
    found = list(steps)
    scene.require(found)
    return scene.get((ref for step in found for ref in step.via or ()), Channel)


@told(Operation, "service")
def operation_service(operation: Operation, scene: Scene) -> Service | None:
    """The service that it is an operation of."""
    return service_of(operation, scene.blueprint)


@told(Operation, "steps")
def operation_steps(operation: Operation, scene: Scene) -> list[Step]:
    """The steps that call it."""
    return scene.users(operation, Step, "calls")


@told(Operation, "channels")
def operation_channels(operation: Operation, scene: Scene) -> list[Channel]:
    """The channels of the steps that call it."""
    return _channels(operation_steps(operation, scene), scene)


@told(Operation, "journeys")
def operation_journeys(operation: Operation, scene: Scene) -> list[Journey]:
    """The journeys whose steps call it."""
    return journeys_of(operation_steps(operation, scene), scene)


@told(Operation, "processes")
def operation_processes(operation: Operation, scene: Scene) -> list[Process]:
    """The processes that carry it out."""
    return scene.users(operation, Process, "does")


@told(Operation, "personal")
def operation_personal(operation: Operation, scene: Scene) -> list[str]:
    """The categories of personal data in what it takes and returns."""
    scene.require([operation])
    found = _categories(operation.parameters, scene.blueprint)
    return list(dict.fromkeys([*found, *_of_type(operation.result, scene.blueprint, set())]))


# ---- data -----------------------------------------------------------------------------------------------------------


def _categories(fields: Iterable[DataField], blueprint: Blueprint) -> list[str]:
    seen: set[str] = set()
    return list(dict.fromkeys(one for field in fields for one in _of_field(field, blueprint, seen)))


def _of_field(field: DataField, blueprint: Blueprint, seen: set[str]) -> Iterator[str]:
    """Yield the categories of a field and of what its type holds; each declaration is looked into once."""
    if field.id not in seen:
        seen.add(field.id)
        yield from field.personal
        yield from _of_type(field.type, blueprint, seen)


def _of_type(type_: object, blueprint: Blueprint, seen: set[str]) -> list[str]:
    found: list[str] = []
    waiting = [type_]
    while waiting:
        one = waiting.pop()
        if isinstance(one, (ListType, MapType, OptionalType)):
            waiting.append(one.item)
            continue
        target = blueprint.get(one.ref) if isinstance(one, (DeclaredType, FieldType)) else None
        if target is None or target.id in seen:
            continue
        seen.add(target.id)
        fields = [target] if isinstance(target, DataField) else getattr(target, "fields", ())
        for field in fields:
            found += field.personal
            waiting.append(field.type)
    return found


@told(Entity, "personal")
def entity_personal(entity: Entity, scene: Scene) -> list[str]:
    """The categories of personal data that it holds."""
    scene.require([entity])
    return _categories(entity.fields, scene.blueprint)


@told(ValueType, "personal")
def type_personal(type_: ValueType, scene: Scene) -> list[str]:
    """The categories of personal data that it holds."""
    scene.require([type_])
    return _categories(type_.fields, scene.blueprint)


@told(Entity)
def mastered_by(entity: Entity, scene: Scene) -> list[Service]:
    """The services that keep it; there is to be one."""
    return scene.users(entity, Service, "masters")


@told(DataField)
def sensitive(field: DataField, scene: Scene) -> bool:
    """Whether it holds personal data that needs more care (GDPR, Article 9)."""
    return any(category in SPECIAL_CATEGORIES for category in field.personal)


@told(Parameter, "operation")
def parameter_operation(parameter: Parameter, scene: Scene) -> Operation | None:
    """The operation that takes it."""
    holder = scene.blueprint.holder(parameter)
    return holder if isinstance(holder, Operation) else None


@told(Event)
def emitted_by(event: Event, scene: Scene) -> list[Operation]:
    """The operations that cause it."""
    return scene.users(event, Operation, "emits")


@told(Event)
def subscribers(event: Event, scene: Scene) -> list[Service]:
    """The services that react to it."""
    return scene.users(event, Service, "on", "event", "subscriptions")


@told(Error, "operations")
def error_operations(error: Error, scene: Scene) -> list[Operation]:
    """The operations that may end with it."""
    return scene.users(error, Operation, "fails")


# ---- systems and processes ------------------------------------------------------------------------------------------


@told(System)
def retiring(system: System, scene: Scene) -> bool:
    """Whether it is on its way out (`lifecycle sunset`), or gone (`retired`)."""
    return system.lifecycle in ("sunset", "retired")


@told(System, "services")
def system_services(system: System, scene: Scene) -> list[Service]:
    """The services that run on it."""
    return scene.users(system, Service, "runs_on")


@told(System, "capabilities")
def system_capabilities(system: System, scene: Scene) -> list[Capability]:
    """The capabilities that run on it."""
    return scene.users(system, Capability, "system")


@told(System, "steps")
def system_steps(system: System, scene: Scene) -> list[Step]:
    """The steps that name it in `support`, and those that call a service that runs on it."""
    behind = (step for service in system_services(system, scene) for step in service_steps(service, scene))
    return once([*scene.users(system, Step), *behind])


@told(Process, "capabilities")
def process_capabilities(process: Process, scene: Scene) -> list[Capability]:
    """The capabilities that work by it."""
    return scene.users(process, Capability, "process")


@told(Process, "steps")
def process_steps(process: Process, scene: Scene) -> list[Step]:
    """The steps that name it as what happens backstage."""
    return scene.users(process, Step)
