"""The declared failures: an interface for each error of the design, and what tells it from the others.

Which operation fails with what is left to `services`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from cxc.diagnostics import Diagnostic
from cxc.model.data import Error
from cxc.targets.jsonschema.problems import misnamed_fields, problem_type
from cxc.targets.jsonschema.types import Side
from cxc.targets.typescript import comments, layout
from cxc.targets.typescript.models import heading
from cxc.targets.typescript.types import Lines, Property, Types, Uses, is_required

INVALID_REQUEST = "InvalidRequest"
_RESERVED = frozenset({"type", "status", "instance"})


@dataclass(frozen=True)
class ProblemModel:
    """An error: its interface, and the constant of its kind."""

    name: str
    doc: Lines
    type: str
    status: int
    members: list[Property]
    definition: Lines


def problem_model(error: Error, types: Types, beginning: str, uses: Uses) -> ProblemModel:
    """Return the interface of an error; its fields are members beside those of every problem."""
    uri = problem_type(error, beginning)
    fields = tuple(field for field in types.schemas.travelling(error.fields, Side.OUT) if field.name not in _RESERVED)
    required = [f'["{field.name}", "{types.kind_of(field.type)}"]' for field in fields if is_required(field, Side.OUT)]
    kind = [f'type: "{uri}",', f"status: {error.status},"]
    kind += layout.items("required: ", required, ",", 2, apart=len(required) > 1)
    doc = comments.block(heading(error), comments.deprecated(error.deprecated))
    members = types.properties(fields, Side.OUT, uses)
    name = types.name_of(error.id)
    definition = layout.constant(f"export const {name}: ProblemKind<{name}>", kind)
    return ProblemModel(name, doc, uri, error.status, members, definition)


def misnamed(errors: Iterable[Error], types: Types) -> list[Diagnostic]:
    """Return the fields of errors that cannot stand beside the members of every problem (CXC904)."""
    return [found for error in errors for found in misnamed_fields(error, types.blueprint)]
