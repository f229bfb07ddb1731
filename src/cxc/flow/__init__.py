"""A journey as a graph, and what follows from it: what is known where, who needs help, how long it takes, what is kept.

`flow_of` gives all of it for one journey. What is right or wrong about it is said in `cxc.rules`.
"""

from __future__ import annotations

from functools import cached_property

from cxc.flow.chances import Chances, chances_of, expected
from cxc.flow.durations import expected_durations, longest_durations
from cxc.flow.graph import Graph
from cxc.flow.known import Knowledge, experiences_of
from cxc.flow.promises import step_availability
from cxc.flow.states import States, channels_of
from cxc.flow.ways import ways_of
from cxc.model.base import Named
from cxc.model.blueprint import Blueprint
from cxc.model.channel import ASSISTED_KINDS, Channel
from cxc.model.journey import Journey, Step


class Flow:
    """What follows from the graph of one journey; each part is computed when it is first asked for."""

    def __init__(self, journey: Journey, blueprint: Blueprint) -> None:
        self.journey = journey
        self._blueprint = blueprint

    @cached_property
    def graph(self) -> Graph:
        """The steps and the ways between them."""
        return Graph(self.journey, ways_of(self.journey, self._blueprint))

    @cached_property
    def states(self) -> States:
        """Where customers get: in which steps, on which channels."""
        return States(self.graph, self._blueprint)

    @cached_property
    def knowledge(self) -> Knowledge:
        """What is known about a customer in each state."""
        return Knowledge(self.states, self._blueprint)

    @cached_property
    def chances(self) -> Chances:
        """The share of customers who go each way."""
        return chances_of(self.graph)

    @cached_property
    def channels(self) -> tuple[Channel, ...]:
        """The channels that the journey is offered on, in the order of its steps."""
        found = {channel.id: channel for step in self.journey.steps for channel in self.channels_of(step)}
        return tuple(found.values())

    def channels_of(self, step: Step) -> tuple[Channel, ...]:
        """Return the channels that serve a step."""
        return channels_of(step, self._blueprint)

    def is_assisted(self, step: Step) -> bool:
        """Whether only people serve the step: it has channels, and people serve on each of them."""
        channels = self.channels_of(step)
        return bool(channels) and all(channel.sort in ASSISTED_KINDS for channel in channels)

    @cached_property
    def self_service(self) -> float | None:
        """The share of customers who reach an end without a step that only people serve; None where none may."""
        return self._at_start(
            expected(
                self.graph,
                self.chances,
                gain=lambda _: 0.0,
                factor=lambda step: 0.0 if self.is_assisted(step) else 1.0,
                at_end=1.0,
            )
        )

    @cached_property
    def expected_duration(self) -> float | None:
        """How long a customer waits on the way as a rule, in milliseconds."""
        return self._at_start(expected_durations(self.graph, self.chances))

    @cached_property
    def longest_duration(self) -> float | None:
        """How long a customer waits on the way at most, in milliseconds; None where a loop has no bound."""
        return self._at_start(longest_durations(self.graph))

    @cached_property
    def availability(self) -> float | None:
        """The share of customers who find all that their steps call at work; None where nothing tells.

        Each step is another moment: what is called in two steps must be at work twice.
        """
        shares = {step.id: step_availability(step, self._blueprint) for step in self.journey.steps}
        if all(share is None for share in shares.values()):
            return None

        def share_of(step: Step) -> float:
            share = shares[step.id]
            return 1.0 if share is None else share

        return self._at_start(expected(self.graph, self.chances, gain=lambda _: 0.0, factor=share_of, at_end=1.0))

    def _at_start(self, found: dict[str, float | None]) -> float | None:
        first = self.journey.steps[:1]
        return found[first[0].id] if first else None

    @cached_property
    def is_understood(self) -> bool:
        """Whether all that the journey itself says was understood, and no two steps have one name.

        Else absence in its graph proves nothing: what was lost may have been a step or a way.
        """
        parts: list[Named] = [self.journey, *self.journey.steps]
        is_unique = len({part.id for part in parts}) == len(parts)
        return is_unique and all(self._blueprint.is_complete(part) for part in parts)

    @cached_property
    def is_certain(self) -> bool:
        """Whether all of the journey, its channels and how they present it was understood.

        Else absence proves nothing.
        """
        blueprint = self._blueprint
        if blueprint.unreadable or not self.is_understood:
            return False
        parts: list[Named] = [*self.channels]
        for experience in experiences_of(self.journey, blueprint):
            parts += [experience, *experience.steps]
        return all(blueprint.is_complete(part) for part in parts)


def flow_of(journey: Journey, blueprint: Blueprint) -> Flow:
    """Return what follows from the graph of a journey; it is computed once for each design."""
    flows = blueprint.derived(_flows)
    if journey.id not in flows:
        flows[journey.id] = Flow(journey, blueprint)
    return flows[journey.id]


def _flows(blueprint: Blueprint) -> dict[str, Flow]:
    return {}
