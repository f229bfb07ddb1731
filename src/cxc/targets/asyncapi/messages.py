"""One event as a message and a channel of its own: the CloudEvents envelope, what is in it, and an example.

Which attributes the envelope has is said in `cxc.model.event_types`.
"""

from __future__ import annotations

from typing import Any

from cxc.model.base import Named
from cxc.model.blueprint import Blueprint
from cxc.model.data import Event
from cxc.model.event_types import (
    DATA_MEDIA_TYPE,
    MEDIA_TYPE,
    SPEC_VERSION,
    event_address,
    event_source,
    event_type,
    subject_field,
)
from cxc.model.service import Service
from cxc.targets.asyncapi.components import CHAIN, ENVELOPE, Components
from cxc.targets.asyncapi.parties import Action, Parties
from cxc.targets.escaping import one_line, plain_as_markdown, safe_markdown
from cxc.targets.jsonschema.examples import Examples
from cxc.targets.jsonschema.paths import schema_path
from cxc.targets.jsonschema.types import Side, Uses
from cxc.targets.jsonschema.values import Schema

_ID = "9f2d7c1e-54b0-4a86-8f3b-6d1c0e7a2b95"
_REQUEST = "c41b8e0a-7d25-4f6e-93a1-2b5f8c9d0e17"
_TIME = "2026-03-14T09:30:00Z"
_WAYS: tuple[tuple[str, Action], ...] = (("from", "send"), ("to", "receive"))


class Messages:
    """Makes the messages and channels of one build; `schemas` is where schemas are published, if anywhere."""

    def __init__(self, blueprint: Blueprint, components: Components, parties: Parties, schemas: str | None) -> None:
        self.blueprint = blueprint
        self.components = components
        self.parties = parties
        self.schemas = schemas
        self.examples = Examples(components)

    def channel(self, event: Event, tags: list[Schema]) -> Schema:
        """Return the channel on which an event travels."""
        name = self.components.name(event.id)
        return {
            "address": event_address(event),
            "title": one_line(event.label),
            **self._way(event),
            **described(event),
            "messages": {name: {"$ref": f"#/components/messages/{name}"}},
            **({"tags": tags} if tags else {}),
            "x-cxc-trace": {"event": event.id},
        }

    def _way(self, event: Event) -> Schema:
        """Return between whom an event travels, in words."""
        parts = [
            f"{word} {_and(names)}"
            for word, action in _WAYS
            if (names := [plain_as_markdown(one.label) for one in self._services(event, action)])
        ]
        return {"summary": f"{_capital(' '.join(parts))}."} if parts else {}

    def _services(self, event: Event, action: Action) -> list[Service]:
        found = [party.service for party in self.parties.of_event[event.id] if party.action == action]
        return list({service.id: service for service in found}.values())

    def message(self, event: Event, uses: Uses) -> Schema:
        """Return the message of an event."""
        made: Schema = {
            "name": event_type(event),
            "title": one_line(event.label),
            **described(event),
            "contentType": MEDIA_TYPE,
            "correlationId": {"$ref": f"#/components/correlationIds/{CHAIN}"},
            "payload": self._payload(event, uses),
        }
        if example := self._example(event):
            made["examples"] = [{"name": "example", "summary": "As it may arrive.", "payload": example}]
        if event.deprecated:
            made["x-cxc-deprecated"] = event.deprecated
        if event.since:
            made["x-cxc-since"] = event.since
        return made | {"x-cxc-trace": self._trace(event)}

    def _payload(self, event: Event, uses: Uses) -> Schema:
        properties: Schema = {"type": {"type": "string", "const": event_type(event)}}
        required = []
        if sources := self._sources(event):
            properties["source"] = {"type": "string", "examples": sources}
        if subject := subject_field(event, self.blueprint):
            properties["subject"] = {"description": f"The value of `{subject.name}`.", "type": "string"}
            required.append("subject")
        if self.schemas:
            properties["dataschema"] = {"type": "string", "const": self._schema(event)}
        properties["data"] = self.components.refer_to(event, Side.OUT, uses)
        own = {"type": "object", **({"required": required} if required else {}), "properties": properties}
        return {"allOf": [self.components.refer(ENVELOPE, uses), own]}

    def _sources(self, event: Event) -> list[str]:
        return [event_source(service) for service in self._services(event, "send")]

    def _schema(self, event: Event) -> str:
        return f"{self.schemas}{schema_path(event.id, self.blueprint)}"

    def _example(self, event: Event) -> Schema | None:
        data = self.examples.of(event)
        subject = subject_field(event, self.blueprint)
        # A subject that is empty is no subject, and without one the example would not be whole.
        if data is None or (subject and not _text(data[subject.name])):
            return None
        source = next(iter(self._sources(event)), f"/services/{event.package}" if event.package else "/services")
        return {
            "specversion": SPEC_VERSION,
            "id": _ID,
            "source": source,
            "type": event_type(event),
            **({"subject": _text(data[subject.name])} if subject else {}),
            "time": _TIME,
            "datacontenttype": DATA_MEDIA_TYPE,
            **({"dataschema": self._schema(event)} if self.schemas else {}),
            "correlationid": _REQUEST,
            "data": data,
        }

    def _trace(self, event: Event) -> Schema:
        trace: Schema = {"event": event.id}
        for word, action in (("sent_by", "send"), ("received_by", "receive")):
            parties = [party.operation.id for party in self.parties.of_event[event.id] if party.action == action]
            if parties:
                trace[word] = list(dict.fromkeys(parties))
        return trace


def described(element: Named) -> Schema:
    """Return the description of an element, in Markdown, if it has one."""
    parts = [safe_markdown(element.doc)] if element.doc else []
    if element.deprecated:
        parts.append(f"Deprecated: {plain_as_markdown(element.deprecated)}")
    return {"description": "\n\n".join(parts)} if parts else {}


def _and(words: list[str]) -> str:
    *others, last = words
    return f"{', '.join(others)} and {last}" if others else last


def _capital(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]


def _text(value: Any) -> str:
    return (
        value if isinstance(value, str) else ("true" if value else "false") if isinstance(value, bool) else str(value)
    )
