"""Choice: whether customers can go the way that suits them, and get to a person where it does not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from cxc.flow import flow_of
from cxc.flow.promises import called
from cxc.flow.states import State
from cxc.model.blueprint import Blueprint
from cxc.model.channel import ASSISTED_KINDS, Channel
from cxc.model.journey import Journey
from cxc.model.organisation import Persona, Tier
from cxc.score.items import Item, Subject

NOT_DIGITAL = frozenset({"ivr", "phone", "store", "mail", "field"})
"""The kinds of channel that need no screen and no connection."""


def several_channels(subject: Subject) -> Iterator[Item]:
    """Count the steps that channels serve."""
    for step in subject.journey.steps:
        if channels := subject.flow.channels_of(step):
            yield Item(step.id, len(channels) > 1)


def presented(subject: Subject) -> Iterator[Item]:
    """Count the steps on each of their channels."""
    presentations = subject.flow.knowledge.presentations
    for step in subject.journey.steps:
        for channel in subject.flow.channels_of(step):
            yield Item(step.id, State(step.id, channel.id) in presentations, channel.name)


def preferences(subject: Subject) -> Iterator[Item]:
    """Count the channels that the journey's personas prefer."""
    offered = {channel.id for channel in subject.flow.channels}
    for ref in dict.fromkeys(subject.journey.persona):
        persona = subject.blueprint.get(ref)
        if not isinstance(persona, Persona):
            continue
        for preferred in dict.fromkeys(persona.prefers):
            if isinstance(subject.blueprint.get(preferred), Channel):
                yield Item(subject.journey.id, preferred.id in offered, f"{persona.name}: {preferred.name}")


def people(subject: Subject) -> Iterator[Item]:
    """Count the journey, where it has channels."""
    flow = subject.flow
    if flow.channels:
        reached = (step for step in subject.journey.steps if step.id in flow.graph.reached)
        kinds = {channel.sort for step in reached for channel in flow.channels_of(step)}
        yield Item(subject.journey.id, bool(kinds & ASSISTED_KINDS))


def not_only_digital(subject: Subject) -> Iterator[Item]:
    """Count the journey, where it has channels."""
    if channels := subject.flow.channels:
        yield Item(subject.journey.id, any(channel.sort in NOT_DIGITAL for channel in channels))


def tiers(subject: Subject) -> Iterator[Item]:
    """Count the tiers that promise the journey."""
    offered = {channel.id for channel in subject.flow.channels}
    for tier in subject.blueprint.every(Tier):
        if offered and any(ref.id == subject.journey.id for ref in tier.journeys):
            yield Item(subject.journey.id, any(ref.id in offered for ref in tier.channels), tier.name)


def shared_operations(subject: Subject) -> Iterator[Item]:
    """Count the operations that are called in a journey with several channels."""
    if len(subject.flow.channels) > 1:
        users = subject.blueprint.derived(_users)
        for step in subject.journey.steps:
            for operation in called(step, subject.blueprint) if step.via else ():
                yield Item(operation.id, len(users[operation.id]) > 1)


def _users(blueprint: Blueprint) -> Mapping[str, set[str]]:
    """Return for each operation (by its id) who uses it: channels, and processes and events besides."""
    found: dict[str, set[str]] = defaultdict(set)
    for journey in blueprint.every(Journey):
        flow = flow_of(journey, blueprint)
        for step in journey.steps:
            for operation in called(step, blueprint):
                found[operation.id] |= {channel.id for channel in flow.channels_of(step)} or {step.id}
    for use in blueprint.uses:
        if use.used.startswith("operation:") and use.word != "calls":
            found[use.used].add(use.user)
    return found
