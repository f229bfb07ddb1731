"""The module of subscribers: which service does what when an event happens.

An event tells an operation what has the same name and type in both; where that is not enough, the developer says how.
"""

from __future__ import annotations

from typing import Any

from cxc.model.blueprint import Blueprint
from cxc.model.data import Event, OptionalType
from cxc.model.routes import kebab_case
from cxc.model.service import Operation, Service, Subscription
from cxc.targets.fastapi.code import Expression, Group, docstring, laid
from cxc.targets.fastapi.fields import bullets
from cxc.targets.fastapi.identifiers import distinct
from cxc.targets.fastapi.interface import PortParameter, Ports
from cxc.targets.fastapi.types import Place
from cxc.targets.jsonschema.types import Side

_FUNCTION = 4
_INNER = 8
_TAKEN = frozenset("CloudEvent Ports Transport event events ports subscribe transport".split())
View = dict[str, Any]


class Subscribers:
    """Makes the view of the subscribers of one build."""

    def __init__(self, ports: Ports) -> None:
        self.ports = ports
        self.names = ports.names
        self.blueprint: Blueprint = ports.blueprint

    def view(self) -> View:
        """Return the view of `streaming/subscribers.py`."""
        found, by_hand = [], []
        for service in self.blueprint.every(Service):
            for subscription in service.subscriptions:
                event, operation = self.blueprint.get(subscription.event), self.blueprint.get(subscription.operation)
                if event is None or operation is None:
                    continue
                arguments = self._arguments(service, event, operation)
                if arguments is None:
                    by_hand.append(f"{service.name}.{operation.name} on `events.{self.names.event(event.id)}`")
                else:
                    found.append(self._subscriber(subscription, service, event, operation, arguments))
        names = distinct((one["name"] for one in found), _TAKEN, "operation")
        imports = Place(root="..").imports
        imports.name("..ports", "Ports")
        imports.name(".transport", "Transport")
        if found:
            imports.name("..", "events")
            imports.name("..events", "CloudEvent")
        return {
            "imports": imports.text(),
            "module_doc": docstring([_HEAD, bullets(_BY_HAND, by_hand)], 0),
            "subscribers": [{**one, "name": names[one["name"]]} for one in found],
        }

    def _subscriber(
        self,
        subscription: Subscription,
        service: Service,
        event: Event,
        operation: Operation,
        arguments: list[Expression],
    ) -> View:
        module, method = self.names.module(service), self.names.method(service, operation)
        cls = self.names.event(event.id)
        return {
            "place": str(subscription.span),
            "decorator": laid(Group("@transport.subscriber", (f"events.{cls}", f"ports.{module}")), _FUNCTION),
            "name": f"{module}_{method}_on_{kebab_case(event.name).replace('-', '_')}",
            "event": cls,
            "call": laid(
                Group(
                    f"await ports.{module}.{method}",
                    (Group("transport.context", (f"ports.{module}", "event")), *arguments),
                ),
                _INNER,
            ),
        }

    def _arguments(self, service: Service, event: Event, operation: Operation) -> list[Expression] | None:
        """Return what an operation is asked with, or None where the event does not say all of it."""
        attributes = self.names.fields(event.fields, "event")
        types = self.ports.types
        known = {
            field.name: (attributes[field.name], types.plain_of_field(field, Side.OUT, Place()))
            for field in types.schemas.travelling(event.fields, Side.OUT)
        }
        found: list[Expression] = []
        for parameter in self.ports.method(service, operation, Place()).parameters:
            attribute, type_ = known.get(parameter.parameter.name, (None, None))
            if attribute is not None and type_ is not None and _fits(type_, parameter):
                found.append(f"{parameter.name}=event.data.{attribute}")
            elif parameter.default is None:
                return None
        return found


def _fits(type_: Expression, parameter: PortParameter) -> bool:
    is_optional = isinstance(parameter.parameter.type, OptionalType)
    return type_ == parameter.type or (is_optional and f"{type_} | None" == parameter.annotation)


_HEAD = "Which service does what when an event happens."
_BY_HAND = "These reactions need more than their events say, so they are yours to subscribe:"
