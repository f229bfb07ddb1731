"""The words for what the organisation can do and with what: capabilities, processes, systems."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, ClassVar, Literal

from pydantic import Field

from cxc.model.base import Declaration, Element, Facet, FreeText, Place, Ref
from cxc.model.values import DurationRange, Label

if TYPE_CHECKING:
    from cxc.model.data import Entity
    from cxc.model.organisation import Partner, Team
    from cxc.model.service import Operation

Level = Annotated[int, Field(ge=1, le=5)]
"""A maturity from 1 (initial) to 5 (optimising)."""


class System(Declaration):
    """An existing application or tool."""

    word: ClassVar[str] = "system"
    kind: ClassVar[str] = "system"

    owner: Ref[Team] | None = Field(None, description="The team that answers for it.")
    vendor: FreeText | Ref[Partner] | None = Field(None, description="Who makes or runs it: a partner, or a name.")
    lifecycle: Literal["planned", "live", "sunset", "retired"] | None = Field(
        None, description="Where it stands in its life."
    )
    replaced_by: Ref[System] | None = Field(None, description="The system that takes over from it.")
    cost: Label | float | None = Field(None, description="What it costs in a year: a number, or words.")


class Process(Declaration):
    """A way of working behind the line of visibility."""

    word: ClassVar[str] = "process"
    kind: ClassVar[str] = "process"

    owner: Ref[Team | Partner] = Field(description="The team that answers for it.")
    does: tuple[Ref[Operation], ...] = Field((), description="The operations it carries out, in order.")
    duration: DurationRange | None = Field(None, description="How long it takes.")
    document: str | None = Field(None, description="Where it is written down.")


class Maturity(Element):
    """How well a capability works today and how well it should, from 1 (initial) to 5 (optimising)."""

    word: ClassVar[str] = "maturity"

    current: Annotated[Level, Place.VALUE] = Field(description="The level it has today.")
    target: Annotated[Level | None, Place.ARROW] = Field(None, description="The level it is to reach.")


class FrameworkReference(Element):
    """The identifier of a capability in a reference framework."""

    word: ClassVar[str] = "ref"

    framework: Annotated[Label, Place.VALUE] = Field(description="The framework: APQC, BIAN, eTOM, …")
    identifier: Annotated[str | None, Place.TITLE, Facet.FLOW] = Field(
        None, description="The identifier in that framework."
    )


class Capability(Declaration):
    """What the organisation must be able to do; nests to three levels."""

    word: ClassVar[str] = "capability"
    kind: ClassVar[str] = "capability"
    levels: ClassVar[int | None] = 3

    importance: Literal["strategic", "core", "supporting"] | None = Field(
        None, description="What it means for the organisation's success."
    )
    people: tuple[Ref[Team | Partner], ...] = Field((), description="The teams and partners that carry it.")
    process: tuple[FreeText | Ref[Process], ...] = Field((), description="The processes behind it, or words for them.")
    information: tuple[Ref[Entity], ...] = Field((), description="The entities it works with.")
    system: tuple[Ref[System], ...] = Field((), description="The systems it runs on.")
    maturity: Maturity | None = Field(None, description="How well it works today and how well it should.")
    status: Literal["existing", "planned", "proposed"] | None = Field(
        None, description="Whether the organisation has it."
    )
    proposed_by: FreeText | Ref[Team | Partner] | None = Field(None, description="Who proposed it.")
    references: tuple[FrameworkReference, ...] = Field((), description="Its identifiers in reference frameworks.")
    capabilities: tuple[Capability, ...] = Field((), description="The capabilities it is made of.")
