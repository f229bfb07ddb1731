"""What an operation answers when it fails: problem details (RFC 9457), one schema for each error of the design.

Which operation fails with what is left to `operations`.
"""

from __future__ import annotations

from collections.abc import Sequence

from cxc.diagnostics import Diagnostic
from cxc.model.data import Error
from cxc.source import Span
from cxc.targets.escaping import plain_as_markdown, safe_markdown
from cxc.targets.jsonschema.problems import (
    OPTIONAL,
    REQUIRED,
    STATUS,
    TITLE,
    TYPE,
    error_schema,
    members,
    misnamed_fields,
)
from cxc.targets.jsonschema.types import Side, Uses
from cxc.targets.jsonschema.values import Schema
from cxc.targets.openapi.names import INVALID_REQUEST, PROBLEM
from cxc.targets.openapi.schemas import Schemas, refer

MEDIA_TYPE = "application/problem+json"
# With a hyphen, so that no error of a design has the same name.
OTHER_RESPONSE = "other-problem"
INVALID_RESPONSE = "invalid-request"
UNAUTHENTICATED_RESPONSE = "not-authenticated"
FORBIDDEN_RESPONSE = "not-allowed"
KEY_IN_USE_RESPONSE = "key-in-use"

_RESPONSES: dict[str, tuple[str, str]] = {
    INVALID_RESPONSE: (INVALID_REQUEST, "The request does not have the form that is described here."),
    UNAUTHENTICATED_RESPONSE: (PROBLEM, "The request does not say who asks, or says it wrongly."),
    FORBIDDEN_RESPONSE: (PROBLEM, "Who asks is known, but not well enough, or may not do this."),
    KEY_IN_USE_RESPONSE: (PROBLEM, "The idempotency key belongs to another request, or to one still at work."),
    OTHER_RESPONSE: (PROBLEM, "Something else went wrong."),
}
"""The responses that belong to no error of the design: the schema and the description of each."""


class Problems:
    """Makes the schemas and responses of failures; `beginning` is that of each problem's `type`."""

    def __init__(self, schemas: Schemas, beginning: str) -> None:
        self.schemas = schemas
        self.beginning = beginning
        self.diagnostics: dict[Span, Diagnostic] = {}

    # ---- schemas ----------------------------------------------------------------------------------------------------

    def general_schema(self, name: str) -> Schema:
        """Return the schema of a problem that belongs to no error of the design."""
        if name == PROBLEM:
            return {
                "description": "What went wrong (RFC 9457).",
                "type": "object",
                "required": REQUIRED,
                "properties": {
                    "type": {**TYPE, "default": "about:blank"},
                    "title": TITLE,
                    "status": STATUS,
                    **OPTIONAL,
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
        general = members(f"{self.beginning}invalid-request", 400)
        return {
            "description": "The request does not have the described form.",
            "type": "object",
            "required": REQUIRED,
            "properties": {**general, "errors": errors},
        }

    def of_error(self, error: Error, uses: Uses) -> Schema:
        """Return the component schema of an error; its fields are members beside those of every problem."""
        self.diagnostics |= {found.span: found for found in misnamed_fields(error, self.schemas.blueprint)}
        return error_schema(error, self.beginning, self.schemas, uses)

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
