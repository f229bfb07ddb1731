"""Capability: whether the organisation can do what the journey promises, above all where it is decisive."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from cxc.flow.promises import called
from cxc.flow.states import channels_of
from cxc.flow.teams import service_of, teams_of
from cxc.flow.ways import Way
from cxc.model.base import Ref
from cxc.model.blueprint import Blueprint
from cxc.model.capability import Capability, System
from cxc.model.channel import ASSISTED_KINDS
from cxc.model.journey import Step
from cxc.model.service import Service
from cxc.score.items import Item, Subject

MEANS = ("people", "process", "system")
ENDING = ("sunset", "retired")


def behind(step: Step, blueprint: Blueprint) -> list[Capability]:
    """Return the capabilities that the called services realize and those that the step names, each once."""
    refs = [ref for service in _services(step, blueprint) for ref in service.realizes] + list(step.capability)
    found = (blueprint.get(id) for id in dict.fromkeys(ref.id for ref in refs))
    return [capability for capability in found if isinstance(capability, Capability)]


def named(subject: Subject) -> Iterator[Item]:
    """Count the steps."""
    for step in subject.journey.steps:
        yield Item(step.id, bool(behind(step, subject.blueprint)))


def means(subject: Subject) -> Iterator[Item]:
    """Count people, process and system of each capability without parts behind the journey."""
    for capability in _behind_all(subject.journey.steps, subject.blueprint):
        for leaf in _leaves(capability):
            for word in MEANS:
                yield Item(leaf.id, bool(getattr(leaf, word)), word)


def in_place(subject: Subject) -> Iterator[Item]:
    """Count the capabilities behind the journey."""
    for capability in _behind_all(subject.journey.steps, subject.blueprint):
        around = (one for one in subject.blueprint.line_of_holders(capability.id) if isinstance(one, Capability))
        status = next((one.status for one in around if one.status is not None), None)
        yield Item(capability.id, status != "proposed")


def systems(subject: Subject) -> Iterator[Item]:
    """Count the systems behind the journey, each for the service, capability or step that names it."""
    blueprint = subject.blueprint
    users: dict[str, tuple[Ref[System], ...]] = {}
    for step in subject.journey.steps:
        users |= {service.id: service.runs_on for service in _services(step, blueprint)}
        users |= {one.id: one.system for one in behind(step, blueprint)}
        users[step.id] = tuple(support.by for support in step.support or ())  # type: ignore[misc]
    for user, refs in users.items():
        beside = {ref.id for ref in refs}
        for ref in refs:
            system = blueprint.get(ref)
            if isinstance(system, System):
                successor = system.replaced_by is not None and system.replaced_by.id in beside
                yield Item(user, system.lifecycle not in ENDING or successor, system.name)


def moments_protected(subject: Subject) -> Iterator[Item]:
    """Count owner, metric and recovery of each moment of truth."""
    for step in _moments(subject):
        yield Item(step.id, bool(teams_of(step, subject.blueprint)), "owner")
        yield Item(step.id, bool(step.measures or subject.journey.measures), "metric")
        yield Item(step.id, _recovers(step, subject.flow.graph.ways.onward[step.id], subject.blueprint), "recovery")


def maturity_known(subject: Subject) -> Iterator[Item]:
    """Count the capabilities behind moments of truth."""
    for capability in _behind_all(_moments(subject), subject.blueprint):
        maturity = capability.maturity
        yield Item(capability.id, maturity is not None and maturity.target is not None)


def at_target(subject: Subject) -> Iterator[Item]:
    """Count the capabilities behind moments of truth that have a target for their maturity."""
    for step in _moments(subject):
        for capability in behind(step, subject.blueprint):
            maturity = capability.maturity
            if maturity is not None and maturity.target is not None:
                yield Item(step.id, maturity.current >= maturity.target, capability.name)


def _moments(subject: Subject) -> list[Step]:
    return [step for step in subject.journey.steps if step.moment_of_truth]


def _services(step: Step, blueprint: Blueprint) -> list[Service]:
    found = (service_of(operation, blueprint) for operation in called(step, blueprint))
    return list({service.id: service for service in found if service is not None}.values())


def _behind_all(steps: Iterable[Step], blueprint: Blueprint) -> Iterable[Capability]:
    return {one.id: one for step in steps for one in behind(step, blueprint)}.values()


def _leaves(capability: Capability) -> Iterator[Capability]:
    if not capability.capabilities:
        yield capability
    for child in capability.capabilities:
        yield from _leaves(child)


def _recovers(step: Step, ways: Iterable[Way], blueprint: Blueprint) -> bool:
    """Whether there is a way out when it goes wrong: for failures, on a condition, or to people."""
    steps = [step, *(way.target for way in ways if way.target is not None)]
    return any(way.errors or way.when is not None for way in ways) or any(
        channel.sort in ASSISTED_KINDS for one in steps for channel in channels_of(one, blueprint)
    )
