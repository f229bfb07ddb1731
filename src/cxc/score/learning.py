"""Learning: whether the organisation finds out how customers fare, and has something to hold it against."""

from __future__ import annotations

from collections.abc import Iterator

from cxc.model.journey import Journey, Step
from cxc.model.measure import Metric
from cxc.score.items import Item, Subject

FELT = ("nps", "csat", "ces")
"""The kinds of metric for which customers are asked."""
_TOLERANCE = 1e-9


def measured(subject: Subject) -> Iterator[Item]:
    """Count the journey."""
    yield Item(subject.journey.id, bool(_refs(subject)))


def followed_up(subject: Subject) -> Iterator[Item]:
    """Count the journey."""
    after = (phase for phase in subject.journey.phases if phase.when == "after")
    yield Item(subject.journey.id, any(step.measures for phase in after for step in phase.steps))


def asked_how_it_was(subject: Subject) -> Iterator[Item]:
    """Count the journey, where it is measured."""
    if metrics := _metrics(subject):
        yield Item(subject.journey.id, any(metric.sort in FELT for metric in metrics))


def with_target(subject: Subject) -> Iterator[Item]:
    """Count the metrics of the journey."""
    for metric in _metrics(subject):
        yield Item(metric.id, metric.target is not None)


def with_baseline(subject: Subject) -> Iterator[Item]:
    """Count the metrics of the journey."""
    for metric in _metrics(subject):
        yield Item(metric.id, metric.baseline is not None)


def with_source(subject: Subject) -> Iterator[Item]:
    """Count the metrics of the journey."""
    for metric in _metrics(subject):
        yield Item(metric.id, metric.source is not None)


def promises(subject: Subject) -> Iterator[Item]:
    """Count the promises of the journey that can be worked out."""
    target, flow, id = subject.journey.target, subject.flow, subject.journey.id
    if target is None:
        return
    longest = flow.longest_duration if flow.longest_duration is not None else flow.expected_duration
    if target.duration is not None and longest is not None:
        yield Item(id, longest <= target.duration, "duration")
    if target.self_service is not None and flow.self_service is not None:
        yield Item(id, flow.self_service >= target.self_service - _TOLERANCE, "self_service")
    if target.availability is not None and flow.availability is not None:
        yield Item(id, flow.availability >= target.availability - _TOLERANCE, "availability")


def pains_answered(subject: Subject) -> Iterator[Item]:
    """Count the steps with pains."""
    for step in subject.journey.steps:
        if step.pains:
            yield Item(step.id, bool(step.opportunity))


def _refs(subject: Subject) -> list[str]:
    parts: list[Journey | Step] = [subject.journey, *subject.journey.steps]
    return list(dict.fromkeys(ref.id for part in parts for ref in part.measures))


def _metrics(subject: Subject) -> list[Metric]:
    found = (subject.blueprint.get(id) for id in _refs(subject))
    return [metric for metric in found if isinstance(metric, Metric)]
