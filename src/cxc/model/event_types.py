"""How an event travels between services: its type and address, its source, and what its CloudEvents envelope says.

It is the same for every output: the description of the messages, and the servers that send and receive them. What the
event itself holds is said by its fields.

| attribute | what it holds |
| --- | --- |
| `type` | the qualified name: `northwind.pharmacy.RefillRequested`; also the address (topic, queue) |
| `source` | the service: `/services/northwind.pharmacy.Prescriptions` |
| `subject` | the thing it is about: the value of the event's first field that is the key of an entity |
| `dataschema` | where its JSON Schema is published, if anywhere |
| `correlationid` | the request, or the first event, that everything in a chain goes back to |
| `causationid` | the `id` of the event that was reacted to |

The last two are CloudEvents' extension *Correlation*.
"""

from __future__ import annotations

from typing import Any

from cxc.model.blueprint import Blueprint
from cxc.model.data import BuiltinType, DataField, Entity, EnumType, Event, OptionalType
from cxc.model.routes import is_secret, meant_type
from cxc.model.service import Service

SPEC_VERSION = "1.0"
"""The version of CloudEvents."""
MEDIA_TYPE = "application/cloudevents+json"
"""The whole message: the envelope with the event in it (structured mode)."""
DATA_MEDIA_TYPE = "application/json"
"""What `datacontenttype` says of `data`."""

REQUIRED = ("specversion", "id", "source", "type", "time", "datacontenttype", "data")
"""The attributes of every message; those that CloudEvents asks for, and those that ours have besides."""
OPTIONAL = ("subject", "dataschema", "correlationid", "causationid")
"""The attributes a message has where there is something to say."""

_STRUCTURED = frozenset({"money", "bytes"})


def event_type(event: Event) -> str:
    """Return what tells an event from all others: `northwind.pharmacy.RefillRequested`."""
    return event.id.partition(":")[2]


def event_address(event: Event) -> str:
    """Return the topic or queue by which an event travels: each has its own, named like its type."""
    return event_type(event)


def event_source(service: Service) -> str:
    """Return the `source` of what a service sends, a URI reference: `/services/northwind.pharmacy.Prescriptions`."""
    return f"/services/{service.id.partition(':')[2]}"


def subject_field(event: Event, blueprint: Blueprint) -> DataField | None:
    """Return the field whose value is the `subject`: the first that is the only key of an entity, if there is one.

    A subject is seen by all that pass a message on, so it is no field with personal or secret data.
    """
    return next((field for field in event.fields if _names_one_thing(field, blueprint)), None)


def _names_one_thing(field: DataField, blueprint: Blueprint) -> bool:
    meant, meaning = meant_type(field.type, blueprint)
    if meaning is None or not meaning.key or isinstance(field.type, OptionalType) or is_secret(field, blueprint):
        return False
    holder = blueprint.holder(meaning)
    is_only_key = isinstance(holder, Entity) and len(holder.key) == 1
    return is_only_key and not (field.personal or meaning.personal) and _is_plain(meant, blueprint)


def _is_plain(type_: Any, blueprint: Blueprint) -> bool:
    """Whether a value is one text or number, which can be written as a text."""
    if isinstance(type_, BuiltinType):
        return type_.name not in _STRUCTURED
    ref = getattr(type_, "ref", None)
    return ref is not None and isinstance(blueprint.get(ref), EnumType)
