"""The words for how well it works: metrics, and principles that every build checks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, ClassVar, Literal

from pydantic import Field

from cxc.model.base import Declaration, Facet, FreeText, Ref
from cxc.model.expression import Expression
from cxc.model.values import Amount, Label, Target

if TYPE_CHECKING:
    from cxc.model.capability import System


class Metric(Declaration):
    """A measure of how customers fare."""

    word: ClassVar[str] = "metric"
    kind: ClassVar[str] = "metric"

    sort: Literal["nps", "csat", "ces", "fcr", "containment", "completion", "duration", "custom"] = Field(
        alias="kind",
        description="What is measured: net promoter score, satisfaction, effort, first-contact resolution, "
        "containment, completion, duration, or a measure of your own.",
    )
    target: Target | None = Field(None, description="The value it is to reach.")
    unit: Label | None = Field(None, description="The unit of the value.")
    baseline: Amount | None = Field(None, description="The value it has today.")
    source: FreeText | Ref[System] | None = Field(None, description="Where the value comes from: a system, or words.")


class Principle(Declaration):
    """A rule of the design, checked at every build."""

    word: ClassVar[str] = "principle"
    kind: ClassVar[str] = "principle"

    require: Annotated[tuple[Expression, ...], Facet.FLOW] = Field(
        min_length=1, description="What must hold, in the Common Expression Language (CEL) over the model."
    )
    because: str | None = Field(None, description="Why the organisation holds to it.")
