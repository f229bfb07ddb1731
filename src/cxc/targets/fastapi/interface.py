"""What the generated package offers to whoever writes services: ports, their methods, and where handlers belong.

It is plain data: `cxc check --code` holds handlers against it, and the mock platform is made from it.
"""

from __future__ import annotations

from typing import NamedTuple

from cxc.model.blueprint import Blueprint
from cxc.model.data import ListType, OptionalType, Parameter
from cxc.model.routes import meant_type, route_of
from cxc.model.service import Operation, Service
from cxc.targets.fastapi.code import Expression, flat, subscript
from cxc.targets.fastapi.fields import Fields
from cxc.targets.fastapi.names import Names
from cxc.targets.fastapi.options import FastApiOptions
from cxc.targets.fastapi.types import Place, Types
from cxc.targets.jsonschema.types import Side
from cxc.targets.openapi.schemas import Schemas

HANDLERS = "handlers"
"""The folder of handlers below that of the developer's code."""
_LONGEST_DEFAULT = 40


class PortParameter(NamedTuple):
    """A parameter of a method: that of the design, its name, annotation and default in Python."""

    parameter: Parameter
    name: str
    type: Expression
    default: str | None

    @property
    def annotation(self) -> str:
        """The annotation on one line: `UUID | None`."""
        return flat(self.type)


class PortMethod(NamedTuple):
    """A method of a port: the operation, its name in Python, parameters, and its result."""

    operation: Operation
    name: str
    parameters: tuple[PortParameter, ...]
    result: Expression
    is_paged: bool

    @property
    def returns(self) -> str:
        """The annotation of the result on one line: `Page[models.Store]`."""
        return flat(self.result)


class ServicePort(NamedTuple):
    """The port of a service: its module and class, and the class and file of its handlers."""

    service: Service
    module: str
    name: str
    handlers: str
    file: str
    methods: tuple[PortMethod, ...]


class Interface(NamedTuple):
    """The name of the package and its ports."""

    package: str
    ports: tuple[ServicePort, ...]
    names: Names


def interface_of(blueprint: Blueprint, options: FastApiOptions | None = None) -> Interface:
    """Return what the generated package of a design offers."""
    names = Names(blueprint, options or FastApiOptions())
    types = Types(blueprint, names, Schemas(blueprint, names.components))
    ports = Ports(Fields(types))
    return Interface(names.package, tuple(ports.of(service, Place()) for service in blueprint.every(Service)), names)


class Ports:
    """Makes the ports of one build."""

    def __init__(self, fields: Fields) -> None:
        self.fields = fields
        self.types = fields.types
        self.names = self.types.names
        self.blueprint = self.types.blueprint

    def of(self, service: Service, place: Place) -> ServicePort:
        """Return the port of a service; `place` takes what its annotations import."""
        module = self.names.module(service)
        methods = tuple(self.method(service, operation, place) for operation in service.operations)
        file = f"{HANDLERS}/{module}.py"
        return ServicePort(service, module, self.names.port(service), self.names.handlers(service), file, methods)

    def method(self, service: Service, operation: Operation, place: Place) -> PortMethod:
        """Return the method of an operation."""
        names = self.names.parameters(operation)
        # What is read-only is never sent in a body.
        unsent = {one.name for one in route_of(service, operation, self.blueprint).in_body if one.readonly}
        given = [one for one in operation.parameters if one.name not in unsent]
        parameters = [self._parameter(one, names[one.name], place) for one in given]
        # Keywords may stand in any order; those that can be left out stand at the end.
        parameters.sort(key=lambda one: one.default is not None)
        is_paged = self.has_pages(operation)
        return PortMethod(
            operation,
            self.names.method(service, operation),
            tuple(parameters),
            self._result(operation, is_paged, place),
            is_paged,
        )

    def has_pages(self, operation: Operation) -> bool:
        """Whether the answer comes in pages; only a list can."""
        return operation.paged and operation.result is not None and self.item(operation) is not None

    def item(self, operation: Operation) -> ListType | None:
        """Return the list that an operation answers with, where it is one."""
        if operation.result is None:
            return None
        meant, _ = meant_type(operation.result, self.blueprint)
        return meant if isinstance(meant, ListType) else None

    def _parameter(self, parameter: Parameter, name: str, place: Place) -> PortParameter:
        type_ = self.types.plain_of_field(parameter, Side.IN, place)
        default = self.fields.default(parameter, place) if parameter.default is not None else None
        text = flat(default.value) if default is not None and default.is_constant else None
        # What is long is not said twice: the router, which always says it, knows the default too.
        text = None if text is not None and len(text) > _LONGEST_DEFAULT else text
        if default is None and isinstance(parameter.type, OptionalType):
            text = "None"
        return PortParameter(parameter, name, type_, text)

    def _result(self, operation: Operation, is_paged: bool, place: Place) -> Expression:
        listed = self.item(operation)
        if is_paged and listed is not None:
            place.imports.name(place.beside("paging"), "Page")
            return subscript("Page", self.types.plain(listed.item, Side.OUT, place))
        return self.types.result(operation.result, Side.OUT, place, travelling=False)
