"""Coverage: whether the design reaches over all of what customers go through, on the stage and behind it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args

from cxc.flow.promises import called
from cxc.flow.ways import share_given
from cxc.model.base import Ref
from cxc.model.blueprint import Blueprint
from cxc.model.journey import Journey, Phase
from cxc.model.organisation import Persona
from cxc.score.items import Item, Subject

LIFECYCLE: tuple[str, ...] = get_args(Journey.model_fields["sort"].annotation)
PHASES: tuple[str, ...] = get_args(Phase.model_fields["when"].annotation)


def lifecycle(blueprint: Blueprint) -> Iterator[Item]:
    """Count the kinds of journey; a design about one kind alone is one about that part of the lifecycle."""
    journeys = blueprint.every(Journey)
    there = {one.sort for one in (*journeys, *blueprint.external) if isinstance(one, Journey)}
    if len({journey.sort for journey in journeys}) > 1:
        for kind in LIFECYCLE:
            yield Item("", kind in there, kind)


def personas(blueprint: Blueprint) -> Iterator[Item]:
    """Count the personas."""
    served = {ref.id for journey in blueprint.every(Journey) for ref in journey.persona}
    for persona in blueprint.every(Persona):
        yield Item(persona.id, persona.id in served or blueprint.may_be_meant(persona))


def phases(subject: Subject) -> Iterator[Item]:
    """Count before, during and after."""
    there = {phase.when for phase in subject.journey.phases if phase.steps}
    for when in PHASES:
        yield Item(subject.journey.id, when in there, when)


def paths(subject: Subject) -> Iterator[Item]:
    """Count the steps."""
    graph = subject.flow.graph
    for id in graph.steps:
        yield Item(id, id in graph.reached and id in graph.ending)


def branches(subject: Subject) -> Iterator[Item]:
    """Count the steps with written transitions."""
    for step in subject.journey.steps:
        ways = step.transitions
        if not ways:
            continue
        has_else = any(way.when is None and way.share is None for way in ways)
        given = share_given(ways)
        all_shared = given == 1 and all(way.share is not None for way in ways)
        yield Item(step.id, given <= 1 and (has_else or all_shared))


def failures(subject: Subject) -> Iterator[Item]:
    """Count the ways in which what the steps call may fail."""
    for step in subject.journey.steps:
        handled = {error.id for route in step.failures for error in route.errors}
        for operation in called(step, subject.blueprint):
            for error in operation.fails:
                yield Item(step.id, error.id in handled, f"{operation.name}: {error.name}")


def frontstage(subject: Subject) -> Iterator[Item]:
    """Count the steps that customers come to."""
    for step in subject.journey.steps:
        if step.via != ():
            yield Item(step.id, step.frontstage is not None)


def backstage(subject: Subject) -> Iterator[Item]:
    """Count the steps with something to see."""
    for step in subject.journey.steps:
        if step.frontstage:
            yield Item(step.id, step.backstage is not None)


def work_owned(subject: Subject) -> Iterator[Item]:
    """Count the pieces of work backstage."""
    for step in subject.journey.steps:
        for number, work in enumerate(step.backstage or (), start=1):
            what = work.what.name if isinstance(work.what, Ref) else work.what
            yield Item(step.id, work.by is not None or isinstance(work.what, Ref), f"{number}: {what}")


def evidence(subject: Subject) -> Iterator[Item]:
    """Count the steps that customers come to."""
    for step in subject.journey.steps:
        if step.via != ():
            yield Item(step.id, step.evidence is not None)
