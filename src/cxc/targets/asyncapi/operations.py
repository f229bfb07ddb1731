"""What a service does with an event as an operation that sends or receives, traced to journeys and capabilities."""

from __future__ import annotations

from cxc.diagnostics import Diagnostic, Related, finding
from cxc.model.blueprint import Blueprint
from cxc.model.organisation import Partner, Team
from cxc.model.routes import operation_id
from cxc.model.service import Operation, Service
from cxc.rules.build import name_collision
from cxc.targets.asyncapi.components import Components
from cxc.targets.asyncapi.messages import described
from cxc.targets.asyncapi.parties import Party
from cxc.targets.escaping import one_line, plain_as_markdown
from cxc.targets.jsonschema.values import Schema
from cxc.targets.openapi.trace import Traces
from cxc.targets.yaml import Shared


class Operations:
    """Makes the operations of one build, and the tags by which they are grouped."""

    def __init__(self, blueprint: Blueprint, components: Components) -> None:
        self.blueprint = blueprint
        self.components = components
        self.traces = Traces(blueprint)
        self.diagnostics: list[Diagnostic] = []
        self._ids: dict[str, Operation] = {}
        self._tags: dict[str, list[Schema]] = {}

    def id(self, party: Party) -> str:
        """Return the name of an operation; it begins with the one that the operation has in the OpenAPI documents."""
        id = operation_id(party.service, party.operation)
        same = self._ids.setdefault(id, party.operation)
        if same is not party.operation:
            self.diagnostics.append(_same_id(id, party.operation, same))
        return f"{id}-{party.action}s-{self.components.name(party.event.id)}"

    def operation(self, party: Party) -> Schema:
        """Return the operation of one service on one event."""
        event = self.components.name(party.event.id)
        does, happened = one_line(party.operation.label), one_line(party.event.label)
        sends = party.action == "send"
        return {
            "action": party.action,
            "channel": {"$ref": f"#/channels/{event}"},
            "title": f"{does} → {happened}" if sends else f"{happened} → {does}",
            "summary": _summary(party),
            **described(party.operation),
            "messages": [{"$ref": f"#/channels/{event}/messages/{event}"}],
            "tags": self.tags(party.service),
            "x-cxc-trace": {"operation": party.operation.id, "event": party.event.id}
            | self.traces.of(party.service, party.operation),
        }

    def tags(self, service: Service) -> list[Schema]:
        """Return the tags of a service and of who answers for it."""
        if service.id not in self._tags:
            owner: Team | Partner | None = self.blueprint.get(service.owner)
            tagged = [service] if owner is None else [service, owner]
            self._tags[service.id] = [
                Shared({"name": one.id, "description": plain_as_markdown(one.label)}) for one in tagged
            ]
        return self._tags[service.id]


def _summary(party: Party) -> str:
    service, operation = plain_as_markdown(party.service.label), party.operation.name
    if party.action == "send":
        return f"{service} sends it when `{operation}` was done."
    return f"When it arrives, {service} does `{operation}`."


def _same_id(id: str, operation: Operation, first: Operation) -> Diagnostic:
    # In the words of the target `openapi`, so that it is told once.
    return finding(
        name_collision.KIND,
        f"`{first.name}` and `{operation.name}` both give the operation id `{id}`",
        operation.span,
        related=[Related(first.span, "the other one stands here")],
        help="Give one of them another name.",
    )
