"""The words for the shared platform: services, their operations, rules and subscriptions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, ClassVar, Literal

from pydantic import Field

from cxc.model.base import Alternative, Declaration, Element, Facet, Member, Place, Ref, Shape
from cxc.model.data import Parameter, Type
from cxc.model.values import Duration, Percent, Route

if TYPE_CHECKING:
    from cxc.model.capability import Capability, System
    from cxc.model.data import Entity, Error, Event
    from cxc.model.organisation import Partner, Purpose, Team

Identity = Literal["anonymous", "identified", "authenticated", "verified"]
"""How well a customer is known, in rising order."""

IDENTITIES: tuple[Identity, ...] = ("anonymous", "identified", "authenticated", "verified")


class Rule(Element):
    """A rule of the business that the platform keeps, in words."""

    word: ClassVar[str] = "rule"
    facet: ClassVar[Facet] = Facet.CONTRACT

    text: Annotated[str, Place.VALUE] = Field(description="The rule.")
    on: tuple[Ref[Error], ...] = Field((), description="The errors that answer whoever breaks it.")


class Subscription(Element):
    """What a service does when an event happens."""

    word: ClassVar[str] = "on"

    event: Annotated[Ref[Event], Place.VALUE] = Field(description="The event.")
    operation: Annotated[Ref[Operation], Place.ARROW] = Field(description="The operation that reacts to it.")


class Operation(Member, Alternative):
    """Something a service can be asked to do."""

    shape: ClassVar[Shape] = Shape.OPERATION
    kind: ClassVar[str] = "operation"
    facet: ClassVar[Facet] = Facet.CONTRACT
    told_by: ClassVar[tuple[str, str]] = ("sort", "kind")

    parameters: tuple[Parameter, ...] = Field((), description="What it is asked with.")
    result: Annotated[Type | None, Place.TYPE] = Field(None, description="What it answers with.")
    fails: tuple[Ref[Error], ...] = Field((), description="The errors it may end with.")
    emits: tuple[Ref[Event], ...] = Field((), description="The events it causes.")
    latency: Duration | None = Field(None, description="How long an answer takes at most (95th percentile).")
    availability: Percent | None = Field(None, description="The share of time in which it answers.")
    idempotent: bool = Field(False, description="Asking twice with the same key does no more than asking once.")
    paged: bool = Field(False, description="The answer comes in pages.")
    http: Route | None = Field(None, description="Its HTTP method and path, where the derived one will not do.")
    identity: Identity | None = Field(None, description="How well a customer must be known to use it.")
    purpose: tuple[Ref[Purpose], ...] = Field((), description="Why it uses personal data.")
    rules: tuple[Rule, ...] = Field((), description="The rules it keeps.")


class Query(Operation):
    """An operation that changes nothing."""

    word: ClassVar[str] = "query"
    sort: Annotated[Literal["query"], Place.DERIVED] = Field("query", alias="kind", description="It is a query.")


class Command(Operation):
    """An operation that changes something."""

    word: ClassVar[str] = "command"
    sort: Annotated[Literal["command"], Place.DERIVED] = Field("command", alias="kind", description="It is a command.")


class Service(Declaration):
    """A core service of the shared platform."""

    word: ClassVar[str] = "service"
    kind: ClassVar[str] = "service"

    owner: Ref[Team | Partner] = Field(description="The team that answers for it.")
    realizes: tuple[Ref[Capability], ...] = Field((), description="The capabilities it carries out.")
    masters: Annotated[tuple[Ref[Entity], ...], Facet.CONTRACT] = Field(
        (), description="The entities it keeps; each entity has one master."
    )
    runs_on: tuple[Ref[System], ...] = Field((), description="The systems it runs on.")
    availability: Annotated[Percent | None, Facet.CONTRACT] = Field(
        None, description="The share of time in which it answers."
    )
    operations: Annotated[tuple[Annotated[Query | Command, Field(discriminator="sort")], ...], Facet.CONTRACT] = Field(
        (), description="What it can be asked to do."
    )
    subscriptions: tuple[Subscription, ...] = Field((), description="The events it reacts to.")
    rules: Annotated[tuple[Rule, ...], Facet.CONTRACT] = Field((), description="The rules all its operations keep.")
