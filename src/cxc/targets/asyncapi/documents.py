"""The documents: one for the whole platform, and one for each service that takes part in events.

What the parts say is left to `messages`, `operations` and `components`, what stands around them to the template.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from cxc.diagnostics import Diagnostic, Related, finding
from cxc.model.blueprint import Blueprint
from cxc.model.data import Event
from cxc.model.event_types import MEDIA_TYPE
from cxc.model.routes import kebab_case
from cxc.model.service import Service
from cxc.rules.build import name_collision
from cxc.targets import Emitted, GeneratedFile
from cxc.targets.asyncapi.components import CHAIN, Components
from cxc.targets.asyncapi.messages import Messages
from cxc.targets.asyncapi.operations import Operations
from cxc.targets.asyncapi.options import AsyncApiOptions
from cxc.targets.asyncapi.parties import Parties, Party
from cxc.targets.escaping import one_line, plain_as_markdown, safe_markdown
from cxc.targets.jsonschema.types import Uses
from cxc.targets.jsonschema.values import Schema
from cxc.targets.openapi.documents import contact_of
from cxc.targets.templates import TemplateFailure, Templates

TEMPLATE = "document.yaml.j2"
_FOLDER = "asyncapi"
_PLATFORM = "platform"
_ENVELOPES = "Every event is a message of CloudEvents 1.0 in JSON, with the event as `data` (structured mode)."
_CORRELATION: Schema = {
    "description": "The request, or the first event, that everything in a chain of events goes back to.",
    "location": "$message.payload#/correlationid",
}


def emit(blueprint: Blueprint, options: AsyncApiOptions, templates: Templates) -> Emitted:
    """Turn a design into AsyncAPI documents of its events; one without events gives none."""
    parties = Parties(blueprint)
    events = parties.events()
    if not events:
        return Emitted(())
    try:
        return _Documents(blueprint, options, templates, parties).all(events)
    except TemplateFailure as failure:
        return Emitted((), (failure.diagnostic,))


class _Documents:
    def __init__(self, blueprint: Blueprint, options: AsyncApiOptions, templates: Templates, parties: Parties) -> None:
        self.blueprint = blueprint
        self.options = options
        self.templates = templates
        self.parties = parties
        self.components = Components(blueprint)
        self.messages = Messages(blueprint, self.components, parties, options.schemas)
        self.operations = Operations(blueprint, self.components)

    def all(self, events: Sequence[Event]) -> Emitted:
        parties: dict[str, list[Party]] = {}
        for party in self.parties.all:
            parties.setdefault(party.service.id, []).append(party)
        diagnostics: list[Diagnostic] = []
        taken: dict[str, Service] = {}
        made = []
        for own in parties.values():
            service = own[0].service
            name = kebab_case(service.name)
            if (first := taken.setdefault(name, service)) is not service or name == _PLATFORM:
                diagnostics.append(_same_file(service, first, name))
                continue
            concerned = list({party.event.id: party.event for party in own}.values())
            document = self._document(concerned, own, self._service_info(service, len(concerned)), [service])
            made.append(GeneratedFile(f"{_FOLDER}/{name}.yaml", document, service.id))
        document = self._document(events, self.parties.all, self._platform_info(events), events)
        made.append(GeneratedFile(f"{_FOLDER}/{_PLATFORM}.yaml", document, f"workspace:{self.blueprint.name}"))
        return Emitted(tuple(made), (*self.operations.diagnostics, *diagnostics))

    # ---- what it is about -------------------------------------------------------------------------------------------

    def _service_info(self, service: Service, events: int) -> Schema:
        doc = (
            safe_markdown(service.doc)
            if service.doc
            else f"What {plain_as_markdown(service.label)} has to tell and to hear."
        )
        owner = self.blueprint.get(service.owner)
        return self._info(service.label, doc, contact_of(owner) if owner else self._contact())

    def _platform_info(self, events: Sequence[Event]) -> Schema:
        many = f"The {len(events)} events" if len(events) != 1 else "The one event"
        return self._info(
            self.blueprint.title, f"{many} of {plain_as_markdown(self.blueprint.title)}.", self._contact()
        )

    def _contact(self) -> Schema | None:
        return self.options.contact.model_dump(exclude_none=True) if self.options.contact else None

    def _info(self, title: str, description: str, contact: Schema | None) -> Schema:
        info: Schema = {"title": one_line(title), "version": self.blueprint.version}
        info["description"] = f"{description}\n\n{_ENVELOPES}"
        if contact:
            info["contact"] = contact
        return info | {"license": self.options.license.model_dump(exclude_none=True)}

    # ---- documents --------------------------------------------------------------------------------------------------

    def _document(self, events: Sequence[Event], parties: Sequence[Party], info: Schema, sources: Iterable[Any]) -> str:
        uses: Uses = {}
        name = self.components.name
        messages = {name(event.id): self.messages.message(event, uses) for event in events}
        channels = {name(event.id): self.messages.channel(event, self._tags(event)) for event in events}
        operations = {self.operations.id(party): self.operations.operation(party) for party in parties}
        tags = {tag["name"]: tag for party in parties for tag in self.operations.tags(party.service)}
        return self.templates.render(
            TEMPLATE,
            version=self.options.version,
            sources=[{"name": source.name, "place": str(source.span)} for source in sources],
            info=info | ({"tags": list(tags.values())} if tags else {}),
            content_type=MEDIA_TYPE,
            servers={key: _server(server) for key, server in self.options.servers.items()},
            channels=channels,
            operations=operations,
            components={
                "messages": messages,
                "schemas": self.components.needed_by(uses),
                "correlationIds": {CHAIN: _CORRELATION},
            },
        )

    def _tags(self, event: Event) -> list[Schema]:
        """Return the tags of the services that send an event, and of those who answer for them."""
        senders = [party for party in self.parties.of_event[event.id] if party.action == "send"]
        return list({tag["name"]: tag for party in senders for tag in self.operations.tags(party.service)}.values())


def _server(server: Any) -> Schema:
    found: Schema = server.model_dump(exclude_none=True)
    if "description" in found:
        found["description"] = plain_as_markdown(found["description"])
    return found


def _same_file(service: Service, first: Service, name: str) -> Diagnostic:
    file = f"{_FOLDER}/{name}.yaml"
    if first is service:
        message = f"The document of `{service.name}` would be `{file}`, which holds the whole platform"
        return finding(name_collision.KIND, message, service.span, help="Give the service another name.")
    return finding(
        name_collision.KIND,
        f"`{first.name}` and `{service.name}` both give the file `{file}`",
        service.span,
        related=[Related(first.span, "the other one stands here")],
        help="Rename one of them.",
    )
