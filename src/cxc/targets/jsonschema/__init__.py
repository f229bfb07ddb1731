"""The target `jsonschema`: JSON Schema 2020-12 of the design's data, a file for each declaration.

It is also the place where all targets find what a type of the design is in JSON Schema.

| module | what it makes |
| --- | --- |
| `options` | `[targets.jsonschema]` of the settings |
| `values` | builtin types |
| `types` | types, fields and declarations |
| `dialects` | what different kinds of document allow in a schema |
| `problems` | errors as problem details (RFC 9457) |
| `samples`, `examples` | values that are valid against the schemas |
| `paths`, `files` | the files |
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cxc.targets import Emitted, Target
from cxc.targets.jsonschema.options import JsonSchemaOptions

if TYPE_CHECKING:
    from cxc.model.blueprint import Blueprint
    from cxc.targets.templates import Templates


def _emit(blueprint: Blueprint, options: JsonSchemaOptions, templates: Templates) -> Emitted:
    from cxc.targets.jsonschema.files import emit

    return emit(blueprint, options)


TARGET = Target(
    name="jsonschema",
    summary="JSON Schema 2020-12 of entities, types, enums, events and errors, one file each.",
    emit=_emit,
    options=JsonSchemaOptions,
    judged_by="the metaschema, by jsonschema; Ajv in strict mode",
    templates=False,
)
