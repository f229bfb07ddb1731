"""Ports for the generated package, made from the design at run time: what they are asked is done by `behaviour`."""

from __future__ import annotations

import base64
from collections.abc import Awaitable, Callable, Mapping
from enum import Enum
from typing import Any, get_type_hints

from pydantic import BaseModel, Secret, SecretBytes, SecretStr, TypeAdapter
from pydantic_core import to_jsonable_python
from starlette.exceptions import HTTPException

from cxc.mock.asked import Asked, Failed, NotRead, NotThere
from cxc.mock.behaviour import Behaviour
from cxc.mock.calls import FAIL, Call, current
from cxc.mock.package import Package
from cxc.mock.simulation import Simulation, Unavailable
from cxc.model.data import BuiltinType, Error, Event
from cxc.model.routes import meant_type
from cxc.model.service import Operation, Service
from cxc.targets.fastapi.interface import Interface, PortMethod, ServicePort

Method = Callable[..., Awaitable[Any]]


class Answers:
    """Answers for all ports of a package."""

    def __init__(
        self, package: Package, interface: Interface, behaviour: Behaviour, simulation: Simulation | None
    ) -> None:
        self.package = package
        self.interface = interface
        self.behaviour = behaviour
        self.simulation = simulation
        self.blueprint = behaviour.blueprint
        self._results: dict[str, TypeAdapter[Any]] = {}

    def ports(self) -> Any:
        """Return the ports, as the application wants them."""
        made = {port.module: self._port(port) for port in self.interface.ports}
        return self.package.get("ports", "Ports")(**made)

    def _port(self, port: ServicePort) -> Any:
        base = self.package.get(f"ports.{port.module}", port.name)
        methods = {method.name: self._method(port, method, base) for method in port.methods}
        return type(port.handlers, (base,), methods)()

    def _method(self, port: ServicePort, method: PortMethod, base: type) -> Method:
        result = get_type_hints(getattr(base, method.name))["return"]
        self._results[method.operation.id] = TypeAdapter(result)
        names = {parameter.name: parameter.parameter.name for parameter in method.parameters}

        async def answer(_: Any, context: Any, /, **arguments: Any) -> Any:
            given = {names[name]: as_json(value) for name, value in arguments.items() if value is not None}
            return await self.answer(port.service, method, context, given)

        return answer

    # ---- one request ------------------------------------------------------------------------------------------------

    async def answer(self, service: Service, method: PortMethod, context: Any, arguments: Mapping[str, Any]) -> Any:
        """Do what an operation is asked to do, and tell what happened."""
        operation = method.operation
        asked = Asked(service, operation, arguments, context.customer.id)
        call = current.get() or Call()
        try:
            # Nobody waits for a reaction, and its failure would be nobody's.
            if self.simulation is not None and context.cause is None:
                await self.simulation.before(service, operation)
            self._provoke(asked, call)
            result = self.behaviour.do(asked)
            answer = self._answer(method, context, result)
        except Unavailable:
            call.failure, call.why = "503", "simulated"
            raise HTTPException(503, "The mock simulates the promised availability") from None
        except Failed as failed:
            call.failure, call.why = failed.error.name, failed.why
            raise self._error(failed, asked) from None
        except NotThere as missing:
            call.failure, call.why = "404", "not there"
            name = self.interface.names.components.of(missing.entity.id)
            raise HTTPException(404, f"{missing.detail}; /_mock/data/{name} lists those that are there") from None
        except NotRead as unread:
            invalid = self.package.get("problems", "InvalidRequest")
            raise invalid.in_parameter(unread.parameter, unread.detail) from None
        for ref in dict.fromkeys(operation.emits):
            if (event := self.blueprint.get(ref)) is not None:
                await context.publish(self._event(event, asked, result))
        return answer

    def _answer(self, method: PortMethod, context: Any, result: Any) -> Any:
        """Return a result as the port promises it."""
        if result is None:
            return None
        if method.is_paged:
            result = _page(result, context.page.cursor, context.page.limit)
        elif method.operation.result is not None:
            meant, _ = meant_type(method.operation.result, self.blueprint)
            if isinstance(meant, BuiltinType) and meant.name == "bytes":
                return base64.b64decode(result)
        return self._results[method.operation.id].validate_python(result)

    def _event(self, event: Event, asked: Asked, result: Any) -> Any:
        cls = self.package.get("events", self.interface.names.event(event.id))
        return cls.model_validate(self.behaviour.event(event, asked, result))

    def _error(self, failed: Failed, asked: Asked) -> Exception:
        cls = self.package.get("errors", self.interface.names.error(failed.error.id))
        said = self.behaviour.problem(failed.error, asked)
        error: Exception = TypeAdapter(cls).validate_python({**said, "detail": failed.detail})
        return error

    # ---- failures that are asked for --------------------------------------------------------------------------------

    def _provoke(self, asked: Asked, call: Call) -> None:
        """Fail as the header of the request wants."""
        wanted = call.fail
        if wanted is None:
            return
        declared = self.behaviour.failures.declared(asked.operation)
        for error in declared:
            if wanted in (error.name, error.id, error.id.partition(":")[2]):
                raise Failed(error, "The request asked for this failure", FAIL)
        if len(wanted) == 3 and wanted.isascii() and wanted.isdigit() and "400" <= wanted <= "599":
            call.failure, call.why = wanted, FAIL
            raise HTTPException(int(wanted), "The request asked for this failure")
        raise NotRead(FAIL, _unknown(asked.operation, asked.service, declared))

    # ---- reactions --------------------------------------------------------------------------------------------------

    def arguments(self, operation: Operation, event: Event, data: Mapping[str, Any]) -> dict[str, Any] | None:
        """Return what an operation is asked with that reacts to an event, or None where the event does not say it."""
        relations = self.behaviour.relations
        found = {}
        for parameter in operation.parameters:
            meanings = [one.id for one in relations.meanings(parameter.type)]
            alike = [
                field
                for field in event.fields
                if (field.name == parameter.name and relations.same_type(field.type, parameter.type))
                or (meanings and [one.id for one in relations.meanings(field.type)][-1:] == meanings[-1:])
            ]
            alike.sort(key=lambda field: field.name != parameter.name)
            value = data.get(alike[0].name) if alike else None
            if value is not None:
                found[parameter.name] = value
            elif parameter.default is None and parameter.type.form != "optional":
                return None
        return found


def _unknown(operation: Operation, service: Service, declared: list[Error]) -> str:
    names = ", ".join(error.name for error in declared) or "none"
    return f"{service.name}.{operation.name} declares {names}; a status from 400 to 599 may stand here as well"


def _page(items: list[Any], cursor: str | None, limit: int) -> dict[str, Any]:
    begin = 0 if cursor is None else _place(cursor)
    if begin is None or (begin and begin >= len(items)):
        raise HTTPException(404, "There is no page that begins at this cursor")
    page: dict[str, Any] = {"items": items[begin : begin + limit]}
    if begin + limit < len(items):
        page["next_cursor"] = base64.urlsafe_b64encode(f"item {begin + limit}".encode()).decode()
    return page


def _place(cursor: str) -> int | None:
    try:
        word, _, number = base64.urlsafe_b64decode(cursor.encode()).decode("ascii").partition(" ")
    except ValueError:
        return None
    return int(number) if word == "item" and number.isdecimal() and len(number) < 10 else None


def as_json(value: Any) -> Any:
    """Return a value of Python as JSON has it."""
    if isinstance(value, BaseModel):
        return {name: as_json(one) for name, one in _members(value) if one is not None}
    if isinstance(value, (SecretStr, SecretBytes, Secret)):
        return as_json(value.get_secret_value())
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    if isinstance(value, (list, tuple)):
        return [as_json(one) for one in value]
    if isinstance(value, dict):
        return {str(key): as_json(one) for key, one in value.items()}
    if type(value).__name__ == "Decimal":
        return f"{value:f}"
    return to_jsonable_python(value, timedelta_mode="iso8601")


def _members(model: BaseModel) -> list[tuple[str, Any]]:
    fields = type(model).model_fields
    return [(field.alias or name, getattr(model, name)) for name, field in fields.items()]
