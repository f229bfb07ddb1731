"""Who takes part in the events of a design: the operations that emit each, and those that a service does on it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Literal, NamedTuple

from cxc.model.blueprint import Blueprint
from cxc.model.data import Event
from cxc.model.service import Operation, Service

Action = Literal["send", "receive"]


class Party(NamedTuple):
    """A service that sends or receives an event by one of its operations."""

    action: Action
    service: Service
    operation: Operation
    event: Event


class Parties:
    """The parties of one design, in the order of the source."""

    def __init__(self, blueprint: Blueprint) -> None:
        self.blueprint = blueprint
        self.all: list[Party] = []
        self.of_event: dict[str, list[Party]] = defaultdict(list)
        for service in blueprint.every(Service):
            for party in dict.fromkeys(self._of(service)):
                self.all.append(party)
                self.of_event[party.event.id].append(party)

    def events(self) -> list[Event]:
        """Return the workspace's own events, and those of other workspaces that its services send or receive."""
        own = {event.id: event for event in self.blueprint.every(Event)}
        return list({**own, **{party.event.id: party.event for party in self.all}}.values())

    def _of(self, service: Service) -> Iterator[Party]:
        for operation in service.operations:
            for ref in operation.emits:
                event = self.blueprint.get(ref)
                if isinstance(event, Event):
                    yield Party("send", service, operation, event)
        for subscription in service.subscriptions:
            event, reaction = self.blueprint.get(subscription.event), self.blueprint.get(subscription.operation)
            if isinstance(event, Event) and isinstance(reaction, Operation):
                yield Party("receive", service, reaction, event)
