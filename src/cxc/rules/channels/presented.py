"""Which journeys the experiences of a workspace present, and which of their presentations tell something."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from cxc.flow import Flow, flow_of
from cxc.flow.known import Knowledge
from cxc.flow.states import State
from cxc.model.blueprint import Blueprint
from cxc.model.channel import Channel, Experience, Presentation
from cxc.model.journey import Journey, Step


class Presented(NamedTuple):
    """A step that customers get to on a channel which serves it, and how it is presented there."""

    knowledge: Knowledge
    state: State
    step: Step
    channel: Channel
    presentation: Presentation


def presented_journeys(blueprint: Blueprint) -> Iterator[Flow]:
    """Yield the workspace's own journeys, and those of others that its experiences present."""
    journeys = {journey.id: journey for journey in blueprint.every(Journey)}
    for experience in blueprint.every(Experience):
        found = blueprint.get(experience.journey)
        if isinstance(found, Journey):
            journeys[found.id] = found
    for journey in journeys.values():
        yield flow_of(journey, blueprint)


def presented_steps(blueprint: Blueprint) -> Iterator[Presented]:
    """Yield what was understood of how steps are presented, where no step of the journey was lost."""
    if blueprint.unreadable:
        return
    for flow in presented_journeys(blueprint):
        steps = flow.graph.steps
        if len(steps) < len(flow.journey.steps) or not blueprint.is_complete(flow.journey):
            continue
        knowledge = flow.knowledge
        for state in flow.states.all:
            step, channel = steps[state.step], blueprint.get(state.channel or "")
            if not isinstance(channel, Channel) or channel.id not in flow.states.via[step.id]:
                continue
            for presentation in knowledge.presentations.get(state, ()):
                if blueprint.is_complete(step) and blueprint.is_complete(presentation):
                    yield Presented(knowledge, state, step, channel, presentation)
