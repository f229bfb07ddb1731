"""The words for what a customer sets out to do: journeys, phases, steps and the lanes of a service blueprint."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, ClassVar, Literal

from pydantic import Field

from cxc.model.base import Declaration, Element, Facet, FreeText, Member, Place, Ref, Shape
from cxc.model.values import Duration, DurationRange, Percent

if TYPE_CHECKING:
    from cxc.model.capability import Capability, Process, System
    from cxc.model.channel import Channel
    from cxc.model.data import DataField, Error
    from cxc.model.measure import Metric
    from cxc.model.organisation import LifeEvent, Partner, Persona, Team
    from cxc.model.service import Operation, Service


class Backstage(Element):
    """What employees do out of the customer's sight."""

    word: ClassVar[str] = "backstage"

    what: Annotated[FreeText | Ref[Process], Place.VALUE] = Field(description="The work: a process, or words.")
    by: Ref[Team | Partner] | None = Field(None, description="The team that does it.")
    within: Duration | None = Field(None, description="How long it may take.")


class Support(Element):
    """What a partner, service or system contributes behind the scenes."""

    word: ClassVar[str] = "support"

    by: Annotated[Ref[Partner | Service | System], Place.VALUE] = Field(description="Who or what contributes.")
    what: Annotated[str | None, Place.TITLE] = Field(None, description="What it contributes.")


class Pain(Element):
    """What hurts customers in this step today."""

    word: ClassVar[str] = "pain"

    text: Annotated[str, Place.VALUE] = Field(description="What hurts.")
    severity: Literal["low", "medium", "high"] | None = Field(None, description="How much.")


class FailureRoute(Element):
    """Where a customer goes on when a called operation fails."""

    word: ClassVar[str] = "on"

    errors: Annotated[tuple[Ref[Error], ...], Place.VALUE] = Field(description="The errors.")
    target: Annotated[Ref[Step] | Literal["end"], Place.ARROW] = Field(description="The step, or `end`.")
    carries: tuple[Ref[DataField], ...] = Field((), description="What is handed over, so that nobody asks again.")


class Transition(Element):
    """Where a customer goes on."""

    shape: ClassVar[Shape] = Shape.TRANSITION

    target: Annotated[Ref[Step] | Literal["end"], Place.ARROW] = Field(description="The step, or `end`.")
    when: Annotated[str | None, Facet.FLOW] = Field(None, description="On what condition, in words; without one, else.")
    share: Percent | None = Field(None, description="The share of customers who go this way.")
    carries: tuple[Ref[DataField], ...] = Field((), description="What is handed over, so that nobody asks again.")


class Step(Member):
    """One touchpoint, with the lanes of a service blueprint (Shostack, 1984; Bitner, Ostrom and Morgan, 2008)."""

    word: ClassVar[str] = "step"
    kind: ClassVar[str] = "step"

    via: tuple[Ref[Channel], ...] | None = Field(None, description="The channels that serve it.")
    calls: Annotated[tuple[Ref[Operation], ...] | None, Place.SCOPE] = Field(
        None, description="The operations of the platform it calls, in order."
    )
    frontstage: tuple[str, ...] | None = Field(None, description="What the customer sees the organisation do.")
    backstage: tuple[Backstage, ...] | None = Field(None, description="What employees do out of sight.")
    support: tuple[Support, ...] | None = Field(None, description="What partners, services and systems contribute.")
    evidence: tuple[str, ...] | None = Field(None, description="What the customer has in hand afterwards.")
    moment_of_truth: bool = Field(False, description="It decides what the customer thinks of the organisation.")
    wait: DurationRange | None = Field(None, description="How long the customer waits: expected, or expected..longest.")
    emotion: Annotated[int, Field(ge=-2, le=2)] | None = Field(
        None, description="How the customer feels, from -2 (very bad) to +2 (very good)."
    )
    pains: tuple[Pain, ...] = Field((), description="What hurts customers today.")
    opportunity: tuple[str, ...] = Field((), description="What could be better.")
    measures: tuple[Ref[Metric], ...] = Field((), description="The metrics taken here.")
    capability: tuple[Ref[Capability], ...] = Field(
        (), description="The capability behind it, where it calls no operation."
    )
    failures: tuple[FailureRoute, ...] = Field((), description="Where it goes on when an operation fails.")
    transitions: tuple[Transition, ...] = Field((), description="Where it goes on; without any, to the next step.")


class Phase(Element):
    """A part of the journey: before, during or after what the customer came for."""

    word: ClassVar[str] = "phase"

    when: Annotated[Literal["before", "during", "after"], Place.VALUE] = Field(description="Which part.")
    title: Annotated[str | None, Place.TITLE] = Field(None, description="What this part is about.")
    doc: Annotated[str | None, Place.DOC] = Field(None, description="The documentation above it, in Markdown.")
    steps: tuple[Step, ...] = Field((), description="Its steps, in order.")


class JourneyTarget(Element):
    """What the journey promises."""

    word: ClassVar[str] = "target"

    duration: Duration | None = Field(None, description="How long it takes at most.")
    self_service: Percent | None = Field(None, description="The share of customers who need no help from people.")
    availability: Percent | None = Field(None, description="The share of time in which it can be done.")


class Journey(Declaration):
    """What a customer sets out to do, from the trigger to the outcome."""

    word: ClassVar[str] = "journey"
    kind: ClassVar[str] = "journey"

    sort: Literal["learn", "buy", "provision", "use", "bill", "pay", "support"] = Field(
        alias="kind", description="Its place in the customer lifecycle."
    )
    persona: tuple[Ref[Persona], ...] = Field(min_length=1, description="Whose journey it is.")
    trigger: str = Field(description="What makes the customer set out.")
    outcome: str = Field(description="What the customer has in the end.")
    lifeevent: tuple[Ref[LifeEvent], ...] = Field((), description="The life events it belongs to.")
    state: Literal["current", "target"] | None = Field(None, description="Whether it shows today or the aim.")
    replaces: Ref[Journey] | None = Field(None, description="The journey it takes over from.")
    measures: tuple[Ref[Metric], ...] = Field((), description="The metrics that tell whether it works.")
    target: JourneyTarget | None = Field(None, description="What it promises.")
    phases: tuple[Phase, ...] = Field(min_length=1, description="Its phases.")

    @property
    def steps(self) -> tuple[Step, ...]:
        """All steps, in the order of the file."""
        return tuple(step for phase in self.phases for step in phase.steps)
