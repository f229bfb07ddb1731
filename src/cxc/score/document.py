"""The cards for programs: one JSON document, whose schema is derived from the classes here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Annotated, Any, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field

from cxc.diagnostics import Diagnostic, Severity
from cxc.diagnostics.json import well_formed
from cxc.flow.rounding import rounded_share
from cxc.model.base import id_pattern
from cxc.model.blueprint import Blueprint
from cxc.score import LEVELS, Card, Counted, Dimension
from cxc.score.criteria import DIMENSIONS
from cxc.score.items import Item
from cxc.source import Span
from cxc.targets.schema import published_schema

SchemaId = Literal["urn:cxc:schema:score:1"]
"""The schema of the documents, with the version of their format."""

SCHEMA_ID: str = get_args(SchemaId)[0]

Id = Annotated[str, Field(pattern=id_pattern())]
Level = Annotated[int, Field(ge=1, le=5)]
Share = Annotated[float, Field(ge=0, le=1)]
Shown = Callable[[Span], Span]
"""Names the file of a place as seen from the current folder."""


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Missing(_Part):
    """Something that was counted and is not met."""

    element: Id | None = Field(None, description="About which element; left out where it is about the whole design.")
    what: str | None = Field(None, description="What about it, where several things about it are counted.")
    span: Span | None = Field(None, description="Where the element stands.")


class RestsOn(_Part):
    """A finding that says more about what is not met."""

    code: str = Field(description="The code of the rule.")
    slug: str = Field(description="The name of the rule.")
    severity: Severity = Field(description="How much it matters in this run.")
    allowed: bool = Field(description="Whether it is allowed in place; it counts here all the same.")
    message: str = Field(description="What it says.")
    span: Span = Field(description="Where it stands.")


class CriterionScore(_Part):
    """What one criterion comes to. Where nothing is counted, it does not apply."""

    name: str = Field(description="Its name, under which `docs/score.md` explains it.")
    counts: str = Field(description="What is counted, and when it is met.")
    codes: tuple[str, ...] = Field(description="The codes of the findings it rests on.")
    counted: int = Field(ge=0, description="How much there is to count.")
    met: int = Field(ge=0, description="How much of it is met.")
    missing: tuple[Missing, ...] = Field(description="What is not met.")
    findings: tuple[RestsOn, ...] = Field(description="The findings of this run with these codes, allowed ones too.")


class DimensionScore(_Part):
    """What one dimension comes to. Share and level are left out where none of its criteria applies."""

    name: Literal["coverage", "continuity", "choice", "capability", "learning"] = Field(description="Its name.")
    share: Share | None = Field(None, description="The mean of the shares of its criteria, to six digits.")
    level: Level | None = Field(None, description="The level that the share, before rounding, reaches.")
    criteria: tuple[CriterionScore, ...] = Field(description="All its criteria.")


class ScoreCard(_Part):
    """The five dimensions of a journey or of the organisation."""

    id: Id | None = Field(None, description="The journey; left out on the organisation's card.")
    title: str = Field(description="What to call it before people.")
    certain: bool = Field(description="False where something could not be understood, and more might be counted.")
    level: Level | None = Field(None, description="The lowest level of its dimensions; left out where none applies.")
    dimensions: tuple[DimensionScore, ...] = Field(min_length=len(DIMENSIONS), description="The five dimensions.")


class ScoreDocument(_Part):
    """How mature a design is by what can be counted, as `cxc score --format json` writes it.

    What does not apply is left out: it is neither 0 nor 1.
    """

    model_config = ConfigDict(title="Score")

    schema_id: SchemaId = Field(
        alias="$schema", description="The schema that describes the document, with the version of its format."
    )
    workspace: str = Field(description="The name of the workspace.")
    errors: int = Field(ge=0, description="How many errors the design has.")
    levels: dict[str, int] = Field(description="From how many percent on a dimension has each level.")
    organisation: ScoreCard | None = Field(
        None, description="All journeys together, each thing counted once; left out where one journey was asked for."
    )
    journeys: tuple[ScoreCard, ...] = Field(description="The journeys, in the order of the source.")


def document(
    organisation: Card | None, journeys: Sequence[Card], blueprint: Blueprint, *, errors: int, shown: Shown
) -> dict[str, Any]:
    """Return the cards as plain values for JSON."""
    writer = _Writer(blueprint, shown)
    found = ScoreDocument(
        schema_id=SCHEMA_ID,
        workspace=well_formed(blueprint.name),
        errors=errors,
        levels={str(level): percent for level, percent in LEVELS.items()},
        organisation=writer.card(organisation) if organisation else None,
        journeys=tuple(map(writer.card, journeys)),
    )
    return found.model_dump(mode="json", by_alias=True, exclude_none=True)


def schema() -> dict[str, Any]:
    """Return the JSON Schema of the cards."""
    return published_schema(ScoreDocument, SCHEMA_ID)


class _Writer:
    """Turns cards and what is on them into the classes of the document."""

    def __init__(self, blueprint: Blueprint, shown: Shown) -> None:
        self._blueprint = blueprint
        self._shown = shown

    def card(self, card: Card) -> ScoreCard:
        journey = card.journey
        return ScoreCard(
            id=journey.id if journey else None,
            title=well_formed(journey.label if journey else self._blueprint.title),
            certain=card.certain,
            level=card.level,
            dimensions=tuple(map(self._dimension, card.dimensions)),
        )

    def _dimension(self, dimension: Dimension) -> DimensionScore:
        share = dimension.share
        return DimensionScore(
            name=dimension.name,
            share=None if share is None else rounded_share(float(share)),
            level=dimension.level,
            criteria=tuple(map(self._criterion, dimension.criteria)),
        )

    def _criterion(self, counted: Counted) -> CriterionScore:
        return CriterionScore(
            name=counted.criterion.name,
            counts=counted.criterion.met,
            codes=counted.criterion.codes,
            counted=counted.counted,
            met=counted.met,
            missing=tuple(map(self._missing, counted.missing)),
            findings=tuple(map(self._finding, counted.findings)),
        )

    def _missing(self, item: Item) -> Missing:
        element = self._blueprint.get(item.element)
        return Missing(
            element=item.element or None,
            what=well_formed(item.what) or None,
            span=self._shown(element.span) if element is not None and element.span.file else None,
        )

    def _finding(self, found: Diagnostic) -> RestsOn:
        return RestsOn(
            code=found.code,
            slug=found.slug,
            severity=found.severity,
            allowed=found.suppression is not None,
            message=well_formed(found.message),
            span=self._shown(found.span),
        )
