"""What different kinds of document allow in a JSON Schema, and how a schema says there what is not allowed.

What a schema says is left to `types`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from cxc.targets.jsonschema.values import STANDARD_FORMATS, Schema

_EXTENSION = "x-"
_CHOICES = "x-enumDescriptions"
_TRACE = "x-cxc-trace"


@dataclass(frozen=True, slots=True)
class Dialect:
    """What a kind of document allows in its schemas.

    `extensions` are keywords that begin with `x-`; without them a comment says the same. `registered_formats` are those
    of OpenAPI's registry. `siblings` are keywords beside `$ref`, which older drafts of JSON Schema ignore.
    """

    extensions: bool = True
    registered_formats: bool = True
    siblings: bool = True

    def written(self, schema: Schema) -> Schema:
        """Return a schema as these documents may have it; schemas inside of it are left as they are."""
        if not self.registered_formats and schema.get("format", "date") not in STANDARD_FORMATS:
            schema = {key: value for key, value in schema.items() if key != "format"}
        if not self.siblings and "$ref" in schema and len(schema) > 1:
            schema = {("allOf" if key == "$ref" else key): value for key, value in schema.items()}
            schema["allOf"] = [{"$ref": schema["allOf"]}]
        if not self.extensions and any(key.startswith(_EXTENSION) for key in schema):
            schema = _in_words(schema)
        return schema


OPENAPI = Dialect()
"""OpenAPI 3.1: JSON Schema 2020-12 with extensions and more formats."""
ASYNCAPI = Dialect(siblings=False)
"""AsyncAPI 3.0: a superset of JSON Schema's draft 7."""
STRICT = Dialect(extensions=False, registered_formats=False)
"""JSON Schema 2020-12 and nothing else."""
EXTENDED = Dialect(registered_formats=False)
"""JSON Schema 2020-12 with keywords of our own."""


def _in_words(schema: Schema) -> Schema:
    """Return a schema that says in its description and in a comment what it said in extensions."""
    plain = {key: value for key, value in schema.items() if not key.startswith(_EXTENSION)}
    if choices := schema.get(_CHOICES):
        listed = "\n".join(f"- `{name}`: {text}" for name, text in choices.items())
        text = f"{schema['description']}\n\n{listed}" if "description" in schema else listed
        plain = {"description": text, **{key: value for key, value in plain.items() if key != "description"}}
    said = {key: value for key, value in schema.items() if key.startswith(_EXTENSION) and key not in (_CHOICES, _TRACE)}
    parts = [plain.get("$comment")] + [_note(key, value) for key, value in {**said, **schema.get(_TRACE, {})}.items()]
    if comment := "; ".join(filter(None, parts)):
        plain["$comment"] = comment
    return plain


def _note(key: str, value: Any) -> str:
    """Return one thing that is said of a schema; an id says itself of what kind it is."""
    name = key.removeprefix("x-cxc-").removeprefix("x-")
    text = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
    return text if text.startswith(f"{name}:") else f"{name}: {text}"
