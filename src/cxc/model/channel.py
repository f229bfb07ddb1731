"""The words for where customers meet the service: channels, and how a channel presents a journey."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, ClassVar, Literal

from pydantic import Field

from cxc.model.base import Declaration, Facet, Member, Place, Ref
from cxc.model.service import Identity
from cxc.model.values import Duration, Label, LanguageTag, OpeningHours, Percent

if TYPE_CHECKING:
    from cxc.model.data import DataField, Parameter
    from cxc.model.journey import Journey, Step
    from cxc.model.organisation import Partner, Team, Tier


ASSISTED_KINDS = frozenset({"phone", "chat", "social", "store", "mail", "field"})
"""The kinds of channel on which people of the organisation serve; on the others customers serve themselves."""

SENDING_KINDS = frozenset({"email", "sms", "push", "mail"})
"""The kinds of channel that bring something to customers, wherever those are."""


class Channel(Declaration):
    """A place where customers meet the service."""

    word: ClassVar[str] = "channel"
    kind: ClassVar[str] = "channel"
    facet: ClassVar[Facet] = Facet.CONTRACT

    sort: Literal[
        "web", "mobile", "kiosk", "tv", "car", "ivr", "phone", "chat", "chatbot", "email", "sms", "push", "social",
        "community", "store", "mail", "field", "partner_site",
    ] = Field(alias="kind", description="What sort of channel it is.")  # fmt: skip
    identity: Identity = Field("anonymous", description="How well the channel knows the customer.")
    hours: tuple[OpeningHours, ...] = Field((), description="When it is open; without hours, always.")
    language: tuple[LanguageTag, ...] = Field((), description="The languages it is offered in.")
    owner: Annotated[Ref[Team | Partner], Facet.FLOW] = Field(description="The team that answers for it.")
    latency: Duration | None = Field(None, description="How long a customer waits at most for an answer on it.")
    availability: Percent | None = Field(None, description="The share of its hours in which it works.")
    devices: tuple[Label, ...] = Field((), description="The devices it is made for.")


class Presentation(Member):
    """How a channel presents one step of a journey."""

    word: ClassVar[str] = "step"
    kind: ClassVar[str] = "presentation"

    step: Annotated[Ref[Step], Place.VALUE, Place.SCOPE] = Field(description="The step.")
    screen: Annotated[str | None, Facet.FLOW] = Field(None, description="The route of the screen.")
    say: tuple[str, ...] = Field((), description="The prompt of a voice or chat channel.")
    intent: tuple[str, ...] = Field((), description="What a customer may say to get here.")
    asks: tuple[Ref[Parameter], ...] = Field((), description="The parameters of the called operations it asks for.")
    shows: tuple[Ref[DataField], ...] = Field((), description="The fields of what the operations return that it shows.")
    message: str | None = Field(None, description="The template of an e-mail, text message or push notification.")
    script: tuple[str, ...] = Field((), description="The words for staff in an assisted channel.")
    offline: bool | str = Field(False, description="That it works without a connection, and how.")


class Experience(Declaration):
    """How one channel presents one journey."""

    word: ClassVar[str] = "experience"
    kind: ClassVar[str] = "experience"

    journey: Annotated[Ref[Journey], Place.SCOPE] = Field(description="The journey.")
    channel: Ref[Channel] = Field(description="The channel.")
    tier: tuple[Ref[Tier], ...] = Field((), description="The tiers it is for; without one, all.")
    steps: tuple[Presentation, ...] = Field((), description="How it presents each step.")
