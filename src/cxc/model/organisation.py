"""The words for who serves and who is served: teams, partners, personas, life events, tiers, purposes."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Literal

from pydantic import Field

from cxc.model.base import Declaration, FreeText, Ref
from cxc.model.values import Duration, Label, LanguageTag

if TYPE_CHECKING:
    from cxc.model.capability import Capability
    from cxc.model.channel import Channel
    from cxc.model.data import Entity
    from cxc.model.journey import Journey


class Team(Declaration):
    """An accountable unit of the organisation."""

    word: ClassVar[str] = "team"
    kind: ClassVar[str] = "team"

    parent: Ref[Team] | None = Field(None, description="The unit it belongs to.")
    sort: Literal["business", "technology", "operations"] | None = Field(
        None, alias="kind", description="What sort of work the team answers for."
    )
    contact: str | None = Field(None, description="How to reach it: an e-mail address or a web page.")


class Partner(Declaration):
    """A third party that provides a part of the experience."""

    word: ClassVar[str] = "partner"
    kind: ClassVar[str] = "partner"

    contact: str | None = Field(None, description="How to reach it: an e-mail address or a web page.")
    provides: tuple[FreeText | Ref[Capability], ...] = Field(
        (), description="What it provides: capabilities, or words for them."
    )


class Persona(Declaration):
    """A kind of customer, with a goal and needs of its own."""

    word: ClassVar[str] = "persona"
    kind: ClassVar[str] = "persona"

    segment: Label | None = Field(None, description="The customer segment it stands for.")
    goal: str | None = Field(None, description="What this customer wants to get done.")
    need: tuple[str, ...] = Field((), description="What this customer needs on the way; may be repeated.")
    prefers: tuple[Ref[Channel], ...] = Field((), description="The channels this customer turns to first.")
    accessibility: tuple[Label, ...] = Field((), description="What makes a channel usable for this customer.")
    language: tuple[LanguageTag, ...] = Field((), description="The languages this customer speaks.")
    entity: Ref[Entity] | None = Field(
        None,
        description="The entity that holds this customer's own record; a channel that identifies customers knows its "
        "key.",
    )


class LifeEvent(Declaration):
    """An event in a customer's life that starts journeys."""

    word: ClassVar[str] = "lifeevent"
    kind: ClassVar[str] = "lifeevent"

    journeys: tuple[Ref[Journey], ...] = Field((), description="The journeys it starts.")


class Tier(Declaration):
    """A service level a customer can choose, from self-service to concierge."""

    word: ClassVar[str] = "tier"
    kind: ClassVar[str] = "tier"

    support: Literal["self_service", "assisted", "concierge"] = Field(
        description="How much help from people the tier includes."
    )
    channels: tuple[Ref[Channel], ...] = Field(min_length=1, description="The channels a customer of the tier may use.")
    journeys: tuple[Ref[Journey], ...] = Field((), description="The journeys the tier promises.")
    response: Duration | None = Field(None, description="How soon a customer of the tier gets an answer.")


class Purpose(Declaration):
    """Why personal data is used."""

    word: ClassVar[str] = "purpose"
    kind: ClassVar[str] = "purpose"

    basis: Literal[
        "consent", "contract", "legal_obligation", "vital_interest", "public_task", "legitimate_interest"
    ] = Field(description="The lawful basis for it (GDPR, Article 6(1)).")
