"""What a channel's configuration holds, as the classes that its JSON Schema comes from.

How it is filled from a design is left to the sibling modules.
"""

from __future__ import annotations

from typing import Any, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field

SchemaId = Literal["urn:cxc:schema:channel:1"]
"""The schema of the configurations, with its version: what software for an older one cannot read gets the next one."""

SCHEMA_ID: str = get_args(SchemaId)[0]


class _View(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Reference(_View):
    """An element of the design."""

    id: str = Field(description="Its stable id.")
    title: str = Field(description="Its name as people read it.")


class ChannelReference(Reference):
    """Another channel."""

    kind: str = Field(description="What sort of channel it is.")


class FieldReference(Reference):
    """A field of the customer data."""

    name: str = Field(description="The field as the design writes it: `Entity.field`.")


# ---- the channel itself ---------------------------------------------------------------------------------------------


class OpeningHoursSpecification(_View):
    """Opening hours of some days (https://schema.org/OpeningHoursSpecification)."""

    type: Literal["OpeningHoursSpecification"] = Field("OpeningHoursSpecification", alias="@type")
    days: tuple[str, ...] = Field(alias="dayOfWeek", description="The days, as members of schema.org's DayOfWeek.")
    opens: str = Field(pattern=r"^\d\d:\d\d$", description="When it opens.")
    closes: str = Field(
        pattern=r"^\d\d:\d\d$",
        description="When it closes; `24:00` is the end of the day, a time not after `opens` is on the next day.",
    )


class Hours(_View):
    """When the channel is open."""

    text: tuple[str, ...] = Field(description="The hours as the design writes them; empty where it gives none.")
    always_open: bool = Field(description="It never closes.")
    specification: tuple[OpeningHoursSpecification, ...] = Field(
        alias="openingHoursSpecification", description="The hours by days, in schema.org's form."
    )


class Promises(_View):
    """What the channel promises."""

    latency: str | None = Field(
        None, description="How long a customer waits at most for an answer, as an ISO 8601 duration."
    )
    availability: float | None = Field(None, description="The share of its hours in which it works, from 0 to 1.")


class TierAccess(Reference):
    """A service level whose customers may use the channel."""

    support: str = Field(description="How much help from people it includes.")
    response: str | None = Field(None, description="How soon its customers get an answer, as an ISO 8601 duration.")
    journeys: tuple[Reference, ...] = Field(description="The journeys it promises that this channel serves.")


# ---- operations -----------------------------------------------------------------------------------------------------


class ParameterView(Reference):
    """What an operation is asked with."""

    name: str = Field(description="Its name in the request.")
    location: Literal["path", "query", "body"] = Field(alias="in", description="Where in the request it travels.")
    required: bool = Field(description="It must be given.")
    type: dict[str, Any] = Field(alias="schema", description="Its type as JSON Schema 2020-12.")
    meaning: FieldReference | None = Field(None, description="The field whose value it is.")
    personal: tuple[str, ...] = Field(description="The categories of personal data it holds.")


class OperationView(Reference):
    """An operation of the platform."""

    operation_id: str = Field(description="Its `operationId` in the OpenAPI documents.")
    kind: Literal["query", "command"] = Field(description="A query changes nothing.")
    service: Reference = Field(description="The service it belongs to.")
    method: str = Field(description="The HTTP method.")
    path: str = Field(description="The path below the platform's server; `{name}` stands for a parameter.")
    parameters: tuple[ParameterView, ...] = Field(description="What it is asked with.")
    returns: tuple[Reference, ...] = Field(description="The declarations its answer is made of.")
    fails: tuple[Reference, ...] = Field(description="The errors it may end with.")
    identity: str | None = Field(None, description="How well a customer must be known to use it.")
    idempotent: bool = Field(description="It may be sent again with the same idempotency key.")
    paged: bool = Field(description="The answer comes in pages.")
    latency: str | None = Field(None, description="How long an answer takes at most, as an ISO 8601 duration.")
    availability: float | None = Field(None, description="The share of time in which it answers, from 0 to 1.")
    capabilities: tuple[Reference, ...] = Field(description="The capabilities that its service realises.")


class OperationCall(Reference):
    """An operation that a step calls; all about it stands in `operations`."""

    method: str = Field(description="The HTTP method.")
    path: str = Field(description="The path below the platform's server; `{name}` stands for a parameter.")


# ---- what a channel presents ----------------------------------------------------------------------------------------


class Asked(Reference):
    """A parameter that customers are asked for."""

    name: str = Field(description="Its name in the request.")
    operation: str = Field(description="The id of the operation it is for.")
    required: bool = Field(description="It must be given.")
    type: dict[str, Any] = Field(alias="schema", description="Its type as JSON Schema 2020-12.")
    personal: tuple[str, ...] = Field(description="The categories of personal data it holds.")
    known: bool = Field(
        description="Its value is known for certain when customers come to the step: it can be filled in for them."
    )


class Shown(FieldReference):
    """A field that customers are shown."""

    type: dict[str, Any] = Field(alias="schema", description="Its type as JSON Schema 2020-12.")
    personal: tuple[str, ...] = Field(description="The categories of personal data it holds.")


class Offline(_View):
    """Whether a step works without a connection."""

    works: bool = Field(description="It works without a connection.")
    how: str | None = Field(None, description="How, in words.")


class PresentationView(_View):
    """How the channel presents a step."""

    derived: bool = Field(
        description="No experience presents the step on this channel: what stands here was derived from the journey."
    )
    id: str | None = Field(None, description="The id of the presentation in the design.")
    experience: str | None = Field(None, description="The id of the experience it belongs to.")
    tiers: tuple[str, ...] = Field(description="The ids of the tiers it is for; empty for all.")
    screen: str | None = Field(None, description="The route of the screen.")
    prompts: tuple[str, ...] = Field(description="What a voice or chat channel says.")
    intents: tuple[str, ...] = Field(description="What a customer may say to get here.")
    asks: tuple[Asked, ...] = Field(description="What customers are asked for.")
    shows: tuple[Shown, ...] = Field(description="What customers are shown.")
    message: str | None = Field(None, description="The template of an e-mail, text message or push notification.")
    scripts: tuple[str, ...] = Field(description="The words for staff.")
    offline: Offline = Field(description="Whether it works without a connection.")


# ---- journeys -------------------------------------------------------------------------------------------------------


class WayOn(_View):
    """Where a customer goes on."""

    to: str = Field(description="The id of the step, or `end`.")
    title: str | None = Field(None, description="The step as people read it.")
    when: str | None = Field(None, description="On what condition, in words; without one, else.")
    share: float | None = Field(None, description="The share of customers who go this way, from 0 to 1.")
    errors: tuple[Reference, ...] = Field(description="The errors that lead this way; none where all went well.")
    carries: tuple[FieldReference, ...] = Field(description="What is handed over, so that nobody asks again.")
    stays: bool = Field(description="The channel serves that step too, or the journey ends there.")
    derived: bool = Field(description="It is not written: a step without a transition leads to the next one.")


class Wait(_View):
    """How long a customer waits."""

    expected: str = Field(description="As a rule, as an ISO 8601 duration.")
    longest: str | None = Field(None, description="At most, as an ISO 8601 duration.")


class StepView(Reference):
    """A step that the channel serves."""

    name: str = Field(description="Its name in the design.")
    doc: str | None = Field(None, description="What it is about, in Markdown.")
    moment_of_truth: bool = Field(description="It decides what the customer thinks of the organisation.")
    frontstage: tuple[str, ...] = Field(description="What the customer sees the organisation do.")
    evidence: tuple[str, ...] = Field(description="What the customer has in hand afterwards.")
    wait: Wait | None = Field(None, description="How long the customer waits.")
    presentations: tuple[PresentationView, ...] = Field(
        description="How the channel presents it: one for each experience that does."
    )
    operations: tuple[OperationCall, ...] = Field(description="The operations it calls, in order.")
    ways_on: tuple[WayOn, ...] = Field(description="Where it goes on.")
    fallback: tuple[ChannelReference, ...] = Field(description="The other channels that serve the step.")
    capabilities: tuple[Reference, ...] = Field(description="The capabilities behind a step without operations.")
    measures: tuple[Reference, ...] = Field(description="The metrics taken here.")


class PhaseView(_View):
    """A part of the journey, with the steps in it that the channel serves."""

    when: Literal["before", "during", "after"] = Field(description="Which part.")
    title: str | None = Field(None, description="What this part is about.")
    steps: tuple[StepView, ...] = Field(description="Its steps that the channel serves, in order.")


class HandOff(_View):
    """A way between two steps on which customers change between this channel and others.

    A customer stays on a channel as long as the next step is served there, or happens on no channel.
    """

    origin: Reference = Field(alias="from", description="The step the customer comes from.")
    to: Reference = Field(description="The step the customer goes to.")
    channels: tuple[ChannelReference, ...] = Field(description="The channels on the other side.")
    when: str | None = Field(None, description="On what condition, in words.")
    share: float | None = Field(None, description="The share of customers who go this way, from 0 to 1.")
    errors: tuple[Reference, ...] = Field(description="The errors that lead this way; none where all went well.")
    carries: tuple[FieldReference, ...] = Field(description="The context that is handed over.")
    asks_again: tuple[Reference, ...] = Field(
        description="The parameters of the operations there that customers must give again: they were known before the "
        "change of channel, and are not handed over."
    )


class Escalation(ChannelReference):
    """An assisted channel of the journey: people who can take over."""

    hours: tuple[str, ...] = Field(description="When it is open, as the design writes it; empty for always.")
    steps: tuple[str, ...] = Field(description="The ids of the journey's steps that it serves.")


class ExperienceView(Reference):
    """How the channel presents the journey, for some tiers or all."""

    tiers: tuple[str, ...] = Field(description="The ids of the tiers it is for; empty for all.")


class JourneyPromises(_View):
    """What the journey promises."""

    duration: str | None = Field(None, description="How long it takes at most, as an ISO 8601 duration.")
    self_service: float | None = Field(None, description="The share of customers who need no help from people.")
    availability: float | None = Field(None, description="The share of time in which it can be done.")


class JourneyView(Reference):
    """A journey that is offered on the channel."""

    name: str = Field(description="Its name in the design.")
    doc: str | None = Field(None, description="What it is about, in Markdown.")
    kind: str = Field(description="Its place in the customer lifecycle.")
    state: str | None = Field(None, description="Whether it shows today or the aim.")
    personas: tuple[Reference, ...] = Field(description="Whose journey it is.")
    trigger: str = Field(description="What makes the customer set out.")
    outcome: str = Field(description="What the customer has in the end.")
    promises: JourneyPromises = Field(description="What it promises.")
    experiences: tuple[ExperienceView, ...] = Field(description="How this channel presents it.")
    phases: tuple[PhaseView, ...] = Field(description="Its phases with steps that the channel serves.")
    hand_offs_in: tuple[HandOff, ...] = Field(description="Where customers come from other channels.")
    hand_offs_out: tuple[HandOff, ...] = Field(description="Where customers go on to other channels.")
    escalation: tuple[Escalation, ...] = Field(description="The other channels of the journey where people serve.")
    measures: tuple[Reference, ...] = Field(description="The metrics that tell whether it works.")


class ChannelView(_View):
    """The configuration of one channel: what it offers to whom, and what it needs for that from the platform.

    What is not known is left out. Objects in `schema` refer to `schemas` at the end of the document.
    """

    model_config = ConfigDict(title="Channel configuration")

    schema_id: SchemaId = Field(alias="$schema", description="The schema that describes the document.")
    comment: str = Field(alias="$comment", description="That the document is generated, and from what.")
    id: str = Field(description="Its stable id.")
    name: str = Field(description="Its name in the design.")
    title: str = Field(description="Its name as people read it.")
    doc: str | None = Field(None, description="What it is about, in Markdown.")
    since: str | None = Field(None, description="The version of the design in which it first appeared.")
    deprecated: str | None = Field(None, description="Why it should no longer be used, and what to use instead.")
    kind: str = Field(description="What sort of channel it is.")
    assisted: bool = Field(description="People of the organisation serve on it.")
    identity: str = Field(description="How well it knows the customer.")
    hours: Hours = Field(description="When it is open.")
    languages: tuple[str, ...] = Field(description="The languages it is offered in, by their BCP 47 tags.")
    owner: Reference = Field(description="The team or partner that answers for it.")
    devices: tuple[str, ...] = Field(description="The devices it is made for.")
    promises: Promises = Field(description="What it promises.")
    tiers: tuple[TierAccess, ...] = Field(description="The service levels whose customers may use it.")
    journeys: tuple[JourneyView, ...] = Field(description="The journeys it is offered on.")
    operations: tuple[OperationView, ...] = Field(description="The operations that its steps call, in their order.")
    schemas: dict[str, dict[str, Any]] = Field(
        description="The structured types that parameters and fields refer to, as JSON Schema 2020-12 by name."
    )

    @property
    def document(self) -> dict[str, Any]:
        """The configuration as plain values."""
        return self.model_dump(mode="json", by_alias=True, exclude_none=True)
