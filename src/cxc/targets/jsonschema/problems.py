"""The errors of a design as JSON Schema: problem details (RFC 9457), each told from the others by its `type`.

Which operation ends with which error, and the problems that belong to no error of the design, are left to the targets.
"""

from __future__ import annotations

from collections.abc import Iterator

from cxc.diagnostics import Diagnostic, finding
from cxc.model.blueprint import Blueprint
from cxc.model.data import BuiltinType, Error
from cxc.model.routes import meant_type
from cxc.rules.build import name_collision
from cxc.targets.jsonschema.types import Side, TypeSchemas, Uses, ending, heading
from cxc.targets.jsonschema.values import Schema

PROBLEMS = "urn:problem:"
"""What the `type` of each problem begins with, where the settings say nothing."""

TYPE: Schema = {"description": "What kind of problem it is.", "type": "string", "format": "uri-reference"}
TITLE: Schema = {"description": "The kind of problem in words.", "type": "string"}
STATUS: Schema = {"description": "The HTTP status.", "type": "integer", "minimum": 400, "maximum": 599}
OPTIONAL: Schema = {
    "detail": {"description": "What went wrong this time.", "type": "string"},
    "instance": {"description": "What names this occurrence.", "type": "string", "format": "uri-reference"},
}
REQUIRED = ["type", "title", "status"]
_MEMBERS = {"type", "status", "title", *OPTIONAL}
_WORDED = {"title", "detail"}
"""The members that a field of an error may be itself, if it is a text."""


def problem_type(error: Error, beginning: str) -> str:
    """Return the URI that tells an error from all others: `urn:problem:northwind.pharmacy:NotRefillable`."""
    return beginning + ":".join(filter(None, (error.package, error.name)))


def members(type_: str, status: int) -> Schema:
    """Return the members of every problem, for a kind of problem with one type and status."""
    return {
        "type": {"description": TYPE["description"], "type": "string", "const": type_},
        "title": TITLE,
        "status": {"description": STATUS["description"], "type": "integer", "const": status},
        **OPTIONAL,
    }


def error_schema(error: Error, beginning: str, schemas: TypeSchemas, uses: Uses) -> Schema:
    """Return the schema of an error; its fields are members beside those of every problem."""
    fields = schemas.of_fields(error.fields, Side.OUT, uses)
    required = dict.fromkeys([*REQUIRED, *fields.get("required", ())])
    properties = members(problem_type(error, beginning), error.status)
    properties["title"] = {**TITLE, "examples": [error.label]}
    return schemas.dialect.written(
        {
            **heading(error),
            "type": "object",
            "required": list(required),
            "properties": {**properties, **fields["properties"]},
            **ending(error),
            "x-cxc-trace": {"error": error.id},
        }
    )


def misnamed_fields(error: Error, blueprint: Blueprint) -> Iterator[Diagnostic]:
    """Yield the fields of an error that cannot stand beside the members of every problem (CXC904)."""
    for field in error.fields:
        meant, _ = meant_type(field.type, blueprint)
        worded = isinstance(meant, BuiltinType) and meant.name in ("string", "text")
        if field.name in _MEMBERS and not (worded and field.name in _WORDED):
            yield finding(
                name_collision.KIND,
                f"The field `{field.name}` of `{error.name}` has the name of a member of every problem (RFC 9457)",
                field.span,
                help="Give the field another name.",
            )
