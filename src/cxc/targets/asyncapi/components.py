"""The components of documents: the schemas of the data, the envelope around it, and the names of all components.

What a type is in JSON Schema is said in `cxc.targets.jsonschema.types`; messages are left to `messages`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from cxc.model.blueprint import Blueprint
from cxc.model.event_types import DATA_MEDIA_TYPE, REQUIRED, SPEC_VERSION
from cxc.targets.jsonschema.dialects import ASYNCAPI
from cxc.targets.jsonschema.paths import DESCRIBED
from cxc.targets.jsonschema.types import Side, TypeSchemas, Uses
from cxc.targets.jsonschema.values import MONEY_SCHEMA, Schema

# With a hyphen, so that no declaration has the same name.
ENVELOPE = "cloud-event"
MONEY = "money-amount"
CHAIN = "chain-of-events"

_TEXT: Schema = {"type": "string", "minLength": 1}
ENVELOPE_SCHEMA: Schema = {
    "description": "The envelope of every event: CloudEvents 1.0 in JSON, with the event as `data` (structured mode).",
    "type": "object",
    "required": list(REQUIRED),
    "properties": {
        "specversion": {"description": "The version of CloudEvents.", "type": "string", "const": SPEC_VERSION},
        "id": {"description": "Names this message; it is unique together with `source`.", **_TEXT},
        "source": {"description": "The service it comes from.", **_TEXT, "format": "uri-reference"},
        "type": {"description": "Which event it is.", **_TEXT},
        "subject": {"description": "The thing that it is about.", **_TEXT},
        "time": {"description": "When it happened.", "type": "string", "format": "date-time"},
        "datacontenttype": {
            "description": "The media type of `data`.",
            "type": "string",
            "const": DATA_MEDIA_TYPE,
        },
        "dataschema": {"description": "The JSON Schema of `data`.", "type": "string", "format": "uri"},
        "correlationid": {
            "description": "The request, or the first event, that everything in a chain goes back to.",
            **_TEXT,
        },
        "causationid": {"description": "The `id` of the event that was reacted to.", **_TEXT},
        "data": {"description": "The event itself."},
    },
}


class Components(TypeSchemas):
    """Makes the component schemas of one build, each at its first use."""

    def __init__(self, blueprint: Blueprint) -> None:
        super().__init__(blueprint, ASYNCAPI)
        described = [one for one in (*blueprint.declarations, *blueprint.external) if isinstance(one, DESCRIBED)]
        count = Counter(one.name for one in described)
        self._names = {one.id: one.name if count[one.name] == 1 else one.id.partition(":")[2] for one in described}
        self._ids = {name: id for id, name in self._names.items()}
        self._rank = {name: index for index, name in enumerate((*self._names.values(), MONEY, ENVELOPE))}
        self._made: dict[str, tuple[Schema, Uses]] = {}

    def name(self, id: str) -> str:
        """Return the name of a declaration among components and channels: short where the workspace has it once."""
        return self._names[id]

    def refer_to(self, declaration: Any, side: Side, uses: Uses) -> Schema:
        """Return a reference to the component of a declaration."""
        return self.refer(self._names[declaration.id], uses)

    def money(self, uses: Uses) -> Schema:
        """Return a reference to the component of an amount with its currency."""
        return self.refer(MONEY, uses)

    def refer(self, name: str, uses: Uses) -> Schema:
        """Return a reference to a component schema, and note it in `uses`."""
        uses["schemas", name] = None
        return {"$ref": f"#/components/schemas/{name}"}

    def needed_by(self, uses: Iterable[tuple[str, str]]) -> dict[str, Schema]:
        """Return the component schemas that something uses, directly or by way of others."""
        found: dict[str, Schema] = {}
        waiting = [name for _, name in uses]
        while waiting:
            name = waiting.pop()
            if name not in found:
                found[name], own = self._made.get(name) or self._make(name)
                waiting += [used for _, used in own]
        return dict(sorted(found.items(), key=lambda item: self._rank[item[0]]))

    def _make(self, name: str) -> tuple[Schema, Uses]:
        uses: Uses = {}
        if name in (MONEY, ENVELOPE):
            schema = MONEY_SCHEMA if name == MONEY else ENVELOPE_SCHEMA
        else:
            schema = self.of_declaration(self.blueprint[self._ids[name]], Side.OUT, uses)
        self._made[name] = schema, uses
        return schema, uses
