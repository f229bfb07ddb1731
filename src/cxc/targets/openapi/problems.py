"""What an operation answers when it fails: problem details (RFC 9457), one schema for each error of the design.

Which operation fails with what is left to `operations`.
"""

from __future__ import annotations

from collections.abc import Sequence

from cxc.diagnostics import Diagnostic, finding
from cxc.model.data import BuiltinType, Error
from cxc.model.routes import meant_type
from cxc.rules.build import name_collision
from cxc.targets.escaping import plain_as_markdown, safe_markdown
from cxc.targets.openapi.names import INVALID_REQUEST, PROBLEM, Side
from cxc.targets.openapi.schemas import Schemas, Uses, ending, heading, refer
from cxc.targets.openapi.values import Schema

MEDIA_TYPE = "application/problem+json"
# With a hyphen, so that no error of a design has the same name.
OTHER_RESPONSE = "other-problem"
INVALID_RESPONSE = "invalid-request"
UNAUTHENTICATED_RESPONSE = "not-authenticated"
FORBIDDEN_RESPONSE = "not-allowed"

_TYPE: Schema = {"description": "What kind of problem it is.", "type": "string", "format": "uri-reference"}
_TITLE: Schema = {"description": "The kind of problem in words.", "type": "string"}
_STATUS: Schema = {"description": "The HTTP status.", "type": "integer", "minimum": 400, "maximum": 599}
_OPTIONAL: Schema = {
    "detail": {"description": "What went wrong this time.", "type": "string"},
    "instance": {"description": "What names this occurrence.", "type": "string", "format": "uri-reference"},
}
_REQUIRED = ["type", "title", "status"]
_MEMBERS = {"type", "status", "title", *_OPTIONAL}
_WORDED = {"title", "detail"}
"""The members that a field of an error may be itself, if it is a text."""

_RESPONSES: dict[str, tuple[str, str]] = {
    INVALID_RESPONSE: (INVALID_REQUEST, "The request does not have the form that is described here."),
    UNAUTHENTICATED_RESPONSE: (PROBLEM, "The request does not say who asks, or says it wrongly."),
    FORBIDDEN_RESPONSE: (PROBLEM, "Who asks is known, but not well enough, or may not do this."),
    OTHER_RESPONSE: (PROBLEM, "Something else went wrong."),
}
"""The responses that belong to no error of the design: the schema and the description of each."""


def problem_type(error: Error, beginning: str) -> str:
    """Return the URI that tells an error from all others: `urn:problem:northwind.pharmacy:NotRefillable`."""
    return beginning + ":".join(filter(None, (error.package, error.name)))


class Problems:
    """Makes the schemas and responses of failures; `beginning` is that of each problem's `type`."""

    def __init__(self, schemas: Schemas, beginning: str) -> None:
        self.schemas = schemas
        self.beginning = beginning
        self.diagnostics: dict[str, Diagnostic] = {}

    # ---- schemas ----------------------------------------------------------------------------------------------------

    def general_schema(self, name: str) -> Schema:
        """Return the schema of a problem that belongs to no error of the design."""
        if name == PROBLEM:
            return {
                "description": "What went wrong (RFC 9457).",
                "type": "object",
                "required": _REQUIRED,
                "properties": {
                    "type": {**_TYPE, "default": "about:blank"},
                    "title": _TITLE,
                    "status": _STATUS,
                    **_OPTIONAL,
                },
            }
        place = {
            "detail": {"description": "What is wrong there.", "type": "string"},
            "pointer": {"description": "Where in the body, as a JSON Pointer (RFC 6901).", "type": "string"},
            "parameter": {"description": "The parameter, where it is not the body.", "type": "string"},
        }
        errors = {
            "description": "Everything that is wrong.",
            "type": "array",
            "items": {"type": "object", "required": ["detail"], "properties": place},
        }
        members = self._members(f"{self.beginning}invalid-request", 400)
        return {
            "description": "The request does not have the described form.",
            "type": "object",
            "required": _REQUIRED,
            "properties": {**members, "errors": errors},
        }

    def _members(self, type_: str, status: int) -> Schema:
        return {
            "type": {"description": _TYPE["description"], "type": "string", "const": type_},
            "title": _TITLE,
            "status": {"description": _STATUS["description"], "type": "integer", "const": status},
            **_OPTIONAL,
        }

    def of_error(self, error: Error, uses: Uses) -> Schema:
        """Return the component schema of an error; its fields are members beside those of every problem."""
        fields = self.schemas.of_fields(error.fields, Side.OUT, uses)
        for field in error.fields:
            meant, _ = meant_type(field.type, self.schemas.blueprint)
            worded = isinstance(meant, BuiltinType) and meant.name in ("string", "text")
            if field.name in _MEMBERS and not (worded and field.name in _WORDED):
                self.diagnostics[field.id] = finding(
                    name_collision.KIND,
                    f"The field `{field.name}` of `{error.name}` has the name of a member of every problem (RFC 9457)",
                    field.span,
                    help="Give the field another name.",
                )
        required = dict.fromkeys([*_REQUIRED, *fields.get("required", ())])
        members = self._members(problem_type(error, self.beginning), error.status)
        members["title"] = {**_TITLE, "examples": [error.label]}
        return {
            **heading(error),
            "type": "object",
            "required": list(required),
            "properties": {**members, **fields["properties"]},
            **ending(error),
            "x-cxc-trace": {"error": error.id},
        }

    # ---- responses --------------------------------------------------------------------------------------------------

    def response(self, name: str, error: Error | None, uses: Uses) -> Schema:
        """Return the component response of one error of the design, or of a general problem."""
        if error is not None:
            return {"description": _said(error), "content": self._content(refer("schemas", name, uses))}
        schema, description = _RESPONSES[name]
        return {"description": description, "content": self._content(refer("schemas", schema, uses))}

    def either(self, errors: Sequence[Error], general: str | None, uses: Uses) -> Schema:
        """Return the response for several problems with one status."""
        names = [self.schemas.names.of(error.id) for error in errors]
        described = [f"- `{error.name}`: {_said(error)}" for error in errors]
        for name, error in zip(names, errors, strict=True):
            self.schemas.declared[name] = error.id, Side.OUT
        alternatives = [refer("schemas", name, uses) for name in names]
        if general:
            schema, description = _RESPONSES[general]
            described.append(f"- {description}")
            alternatives.append(refer("schemas", schema, uses))
        # Each error has a `type` of its own; the general problem may have any.
        keyword = "anyOf" if general and _RESPONSES[general][0] == PROBLEM else "oneOf"
        return {
            "description": "One of these:\n\n" + "\n".join(described),
            "content": self._content({keyword: alternatives}),
        }

    def _content(self, schema: Schema) -> Schema:
        return {MEDIA_TYPE: {"schema": schema}}


def _said(error: Error) -> str:
    """Return what an error is, on one line."""
    sentence = plain_as_markdown(error.label).rstrip(".") + "."
    doc = safe_markdown(" ".join(error.doc.split())) if error.doc else ""
    return f"{sentence} {doc}".rstrip()
