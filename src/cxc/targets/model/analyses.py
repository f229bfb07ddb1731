"""What a published design says that follows from the ways through its journeys, as the classes of its JSON Schema.

How it is worked out is said in `cxc.flow`; filling it in is left to `analysing`.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from cxc.model.base import id_pattern
from cxc.model.values import Duration
from cxc.targets.model.parts import ChannelId, Id, Part, Share, StepId

NO_CHANNEL = "none"
"""Stands for the channel of customers who are on none yet."""

ChannelOrNone = Annotated[str, Field(pattern=f"{id_pattern('channel')}|^{NO_CHANNEL}$")]


class ChannelChange(Part):
    """Customers change the channel on a way, for the next step is not served on theirs."""

    origins: tuple[ChannelId, ...] = Field(alias="from", description="The channels they come from.")
    targets: tuple[ChannelId, ...] = Field(alias="to", description="The channels they may go on with.")
    lost: tuple[Id, ...] = Field(
        (),
        description="The parameters of the next step's operations that were known before, and that customers must give "
        "again, for the way does not carry them.",
    )


class WayAnalysis(Part):
    """A way on from a step: as a transition says, to the next step where there is none, or after a failure."""

    to: StepId | Literal["end"] = Field(description="The step it leads to, or `end`.")
    share: Share | None = Field(
        None, description="The share of the customers in the step who go this way; left out where a failure leads."
    )
    errors: tuple[Id, ...] = Field((), description="The errors that lead this way; none where all went well.")
    changes: tuple[ChannelChange, ...] = Field((), description="The changes of channel on it.")
    seam: bool = Field(False, description="It leads to other teams, and nothing is carried.")


class BehindStep(Part):
    """What stands behind a step: whatever it calls and names, and what that works with."""

    services: tuple[Id, ...] = Field((), description="The services whose operations it calls.")
    capabilities: tuple[Id, ...] = Field((), description="What these services realize, and what the step names itself.")
    people: tuple[Id, ...] = Field((), description="The teams and partners of the capabilities.")
    processes: tuple[Id, ...] = Field((), description="The processes of the capabilities.")
    information: tuple[Id, ...] = Field((), description="The entities of the capabilities.")
    systems: tuple[Id, ...] = Field((), description="What the services run on, and the systems of the capabilities.")


class StepAnalysis(Part):
    """What follows for one step."""

    ways: tuple[WayAnalysis, ...] = Field(description="The ways on from it, in the order of the text.")
    known: dict[ChannelOrNone, tuple[str, ...]] = Field(
        {},
        description="For each channel on which customers arrive at the step: what is known for certain then. A fact is "
        "the id of a field or of a declaration, of which a value is known, or `name: type`. Facts that follow from "
        "another one are left out: who knows an entity knows its fields, and what these mean. The channel is `none` "
        "for customers who are on no channel yet.",
    )
    teams: tuple[Id, ...] = Field((), description="The teams and partners that answer for it.")
    assisted: bool = Field(False, description="Only people serve it.")
    availability: Share | None = Field(
        None, description="The share of time in which all that it calls is at work; left out where nothing tells."
    )
    latency: Duration | None = Field(
        None, description="How long all that it calls takes to answer; left out where nothing tells."
    )
    behind: BehindStep = Field(BehindStep(), description="What stands behind it.")


class JourneyAnalysis(Part):
    """What follows from the ways through one journey.

    Shares are rounded to six digits, durations to milliseconds, so that the same design gives the same text everywhere.
    """

    channels: tuple[ChannelId, ...] = Field((), description="The channels it is offered on.")
    unreached: tuple[StepId, ...] = Field(
        (), description="The steps that no way leads to from the first one; all others are reached."
    )
    endless: tuple[StepId, ...] = Field((), description="The steps from which no way leads to an end.")
    loops: tuple[tuple[StepId, ...], ...] = Field(
        (), description="The sets of steps that customers can go round in, failures included."
    )
    self_service: Share | None = Field(
        None,
        description="The share of customers who come to an end without a step that only people serve; left out where "
        "some may never come to an end.",
    )
    expected_duration: Duration | None = Field(
        None,
        description="How long customers wait on the way, on average; left out where some may never come to an end.",
    )
    longest_duration: Duration | None = Field(
        None, description="How long customers wait on the way at most; left out where it is `unbounded`."
    )
    unbounded: bool = Field(False, description="Customers may wait in a loop without bound.")
    availability: Share | None = Field(
        None,
        description="The share of customers who find all that their steps call at work; left out where nothing tells.",
    )
    steps: dict[StepId, StepAnalysis] = Field(description="What follows for each step.")
