"""A trace for programs: one JSON document, whose schema is derived from the classes here."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Annotated, Any, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field

from cxc.flow.dependencies import short_name
from cxc.flow.trace import Line, Mark, Trace, reached_by_kind
from cxc.model.base import Named, id_pattern
from cxc.model.blueprint import Blueprint
from cxc.source import Span
from cxc.targets.schema import published_schema

SchemaId = Literal["urn:cxc:schema:trace:1"]
"""The schema of the documents, with the version of their format."""

SCHEMA_ID: str = get_args(SchemaId)[0]

Id = Annotated[str, Field(pattern=id_pattern())]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class TracedElement(_Part):
    """An element of the design that the trace leads to."""

    kind: str = Field(description="What it is: the part of its id before the colon.")
    name: str = Field(description="Its name; a member's with that of the declaration around it.")
    title: str | None = Field(None, description="Its name as people read it.")
    span: Span | None = Field(None, description="Where it stands; left out where that is not known.")


class TracedLink(_Part):
    """A line of the tree: one element depends on another."""

    depth: int = Field(ge=1, description="How many links it is away from the element that is traced.")
    dependent: Id = Field(description="Who depends on the other.")
    relation: str = Field(
        pattern="^[a-z_]+$",
        description="How: the language's word where it has one (`calls`, `via`, `runs_on`), else a word like it.",
    )
    dependency: Id = Field(description="What it depends on.")
    followed: bool = Field(
        description="False for what is worth a mention only: where customers go next, what takes over from what."
    )
    mark: Mark | None = Field(
        None,
        description="Why nothing stands beneath it although more follows: it stands `above` or `below`, where the way "
        "to it is shortest, or further away than the `depth` that was asked for.",
    )


class Direction(_Part):
    """One of the two trees."""

    elements: dict[str, int] = Field(description="How many elements it leads to, by their kind.")
    links: tuple[TracedLink, ...] = Field(
        description="Its lines from top to bottom: beneath a line of some depth stand those of the next depth."
    )


class TraceDocument(_Part):
    """What an element depends on and who depends on it, near and far, as `cxc trace --format json` writes it.

    Links point from the one that depends to what it depends on in both trees. What is not known is left out.
    """

    model_config = ConfigDict(title="Trace")

    schema_id: SchemaId = Field(
        alias="$schema", description="The schema that describes the document, with the version of its format."
    )
    element: Id = Field(description="The element that is traced.")
    depth: int | None = Field(None, description="How far the trace goes; all the way where it is left out.")
    errors: int = Field(ge=0, description="How many errors the design has: what they spoil may be missing here.")
    elements: dict[Id, TracedElement] = Field(description="The element and all that the trace leads to, by id.")
    depends_on: Direction | None = Field(None, description="What it depends on; left out where not asked for.")
    depended_on_by: Direction | None = Field(None, description="Who depends on it; left out where not asked for.")


def document(
    trace: Trace, blueprint: Blueprint, *, depth: int | None, errors: int, shown: Callable[[Span], Span]
) -> dict[str, Any]:
    """Return a trace as plain values for JSON."""
    ids = [trace.element.id, *(line.id for lines in (trace.down, trace.up) for line in lines or ())]
    found = TraceDocument(
        schema_id=SCHEMA_ID,
        element=trace.element.id,
        depth=depth,
        errors=errors,
        elements={id: _element(blueprint.elements[id], blueprint, shown) for id in dict.fromkeys(ids)},
        depends_on=None if trace.down is None else _direction(trace.down, trace, blueprint),
        depended_on_by=None if trace.up is None else _direction(trace.up, trace, blueprint),
    )
    return found.model_dump(mode="json", by_alias=True, exclude_none=True)


def schema() -> dict[str, Any]:
    """Return the JSON Schema of a trace."""
    return published_schema(TraceDocument, SCHEMA_ID)


def _element(element: Named, blueprint: Blueprint, shown: Callable[[Span], Span]) -> TracedElement:
    span = shown(element.span) if element.span.file else None
    return TracedElement(kind=element.kind, name=short_name(element, blueprint), title=element.title, span=span)


def _direction(lines: Iterable[Line], trace: Trace, blueprint: Blueprint) -> Direction:
    lines = tuple(lines)
    return Direction(
        elements=dict(reached_by_kind(lines, trace.element, blueprint)),
        links=tuple(
            TracedLink(
                depth=line.depth,
                dependent=line.link.dependent,
                relation=line.link.relation.name,
                dependency=line.link.dependency,
                followed=line.link.relation.followed,
                mark=line.mark,
            )
            for line in lines
        ),
    )
