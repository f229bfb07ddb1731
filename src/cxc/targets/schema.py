"""JSON Schemas of the documents that targets write, derived from the classes that describe these documents.

Which schemas there are is asked of the targets by `cxc.schemas`.
"""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

DIALECT = "https://json-schema.org/draft/2020-12/schema"


class _AsWritten(GenerateJsonSchema):
    """Describes documents in which nothing is null: what is not there is left out.

    Left out of the schema are titles that only repeat the names of properties, and words that only OpenAPI knows.
    """

    def field_title_should_be_set(self, schema: Any) -> bool:
        return False

    def get_title_from_name(self, name: str) -> str:
        return ""

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        return self.generate_inner(schema["schema"])

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        described = super().default_schema(schema)
        if described.get("default", ...) is None:
            del described["default"]
        return described

    def tagged_union_schema(self, schema: core_schema.TaggedUnionSchema) -> JsonSchemaValue:
        described = super().tagged_union_schema(schema)
        described.pop("discriminator", None)
        return described

    def dict_schema(self, schema: core_schema.DictSchema) -> JsonSchemaValue:
        described = super().dict_schema(schema)
        if "patternProperties" in described:
            described["additionalProperties"] = False
        return described


def published_schema(
    cls: type[BaseModel], id: str, mode: Literal["validation", "serialization"] = "validation"
) -> dict[str, Any]:
    """Return the JSON Schema of a document's class.

    In the mode `validation` what has a default may be left out, in the mode `serialization` it is always there.
    """
    cls.model_rebuild()
    schema = cls.model_json_schema(by_alias=True, schema_generator=_AsWritten, mode=mode)
    definitions = schema.pop("$defs", {})
    written: dict[str, Any] = _without_empty_titles({"$schema": DIALECT, "$id": id, **schema, "$defs": definitions})
    return written


def _without_empty_titles(schema: Any) -> Any:
    if isinstance(schema, dict):
        return {key: _without_empty_titles(part) for key, part in schema.items() if (key, part) != ("title", "")}
    return [_without_empty_titles(part) for part in schema] if isinstance(schema, list) else schema
