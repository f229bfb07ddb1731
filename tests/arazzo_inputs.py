"""What a workflow is given in the tests: who the customer of a mock is, what is there, and else what schemas allow."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random
from typing import Any

from cxc.mock.patterns import matching
from cxc.mock.platform import Mock
from cxc.mock.tokens import token
from cxc.model.data import Entity

_VALUES = {
    "date": "2026-03-14",
    "date-time": "2026-03-14T09:30:00Z",
    "time-local": "09:30:00",
    "duration": "PT30M",
    "uuid": "5f0c3a52-8d1e-4b7a-9c64-2e1f7d90ab13",
    "email": "someone@example.org",
    "uri": "https://example.org/",
}


def inputs_for(workflow: Any, document: Any, mock: Mock) -> dict[str, Any]:
    """Return a value for each input of a workflow but for the choices: of the first customer, and of their things."""
    schema = workflow.get("inputs", {})
    entity = mock.relations.customer()
    customer = mock.data.all(entity)[0] if entity else {}
    key = str(customer[entity.key[0].name]) if entity else "somebody"
    found: dict[str, Any] = {}
    for name, one in schema.get("properties", {}).items():
        if name.startswith("after_"):
            continue
        known = _there(one.get("x-cxc-field"), mock, key)
        found[name] = token(key) if one.get("writeOnly") else known if known is not None else value(one, document)
    return found


def _there(id: str | None, mock: Mock, customer: str) -> Any:
    """Return the value of a field in a thing that is there, in one of the customer's own if there is."""
    field = mock.blueprint.get(id) if id else None
    holder = mock.blueprint.holder(field) if field is not None else None
    if not isinstance(holder, Entity):
        return None
    records = mock.data.all(holder)
    own = [record for record in records if customer in map(str, record.values())]
    return next((record[field.name] for record in (*own, *records) if record.get(field.name) is not None), None)


def value(schema: Any, document: Any) -> Any:
    """Return a value that a schema allows."""
    if "$ref" in schema:
        return value(document["components"]["inputs"][schema["$ref"].rpartition("/")[2]], document)
    for word in ("examples", "enum", "anyOf"):
        if word in schema:
            return value(schema[word][0], document) if word == "anyOf" else schema[word][0]
    match schema.get("type"):
        case "object":
            return {name: value(schema["properties"][name], document) for name in schema.get("required", ())}
        case "array":
            return [value(schema["items"], document)]
        case "boolean":
            return True
        case "integer" | "number":
            return schema.get("minimum", schema.get("maximum", 1))
    return _VALUES.get(schema.get("format", ""), _text(schema))


def _text(schema: Mapping[str, Any]) -> str:
    if "pattern" in schema:
        found = matching(schema["pattern"], Random(1))
        assert found is not None, schema["pattern"]
        return found
    return "something"[: schema.get("maxLength")].ljust(schema.get("minLength", 0), "x")
