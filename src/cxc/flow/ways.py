"""The ways from step to step of a journey, with those that the language leaves unsaid.

What follows from them (what is reached, known, promised) is left to the analyses that walk them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from math import fsum
from typing import NamedTuple

from cxc.model.base import Ref
from cxc.model.blueprint import Blueprint
from cxc.model.data import DataField, Error
from cxc.model.journey import Journey, Step, Transition
from cxc.model.values import Percent
from cxc.source import Span

Target = Ref[Step] | str
"""What a transition names: a step, or `end`."""


class Way(NamedTuple):
    """A way on from a step; `target` is None where the journey ends, or the customer goes on in another one.

    `errors` are those that lead this way, none where all went well. `written` is false for the way to the next step in
    the text, which a step without a transition takes. `span` is where it is written, else where its step stands.
    """

    origin: Step
    target: Step | None
    when: str | None = None
    share: Percent | None = None
    carries: tuple[Ref[DataField], ...] = ()
    errors: tuple[Ref[Error], ...] = ()
    written: bool = True
    span: Span | None = None


class Ways(NamedTuple):
    """All ways of a journey: from each step (by its id), and into each; in the order of the text."""

    onward: Mapping[str, tuple[Way, ...]]
    inward: Mapping[str, tuple[Way, ...]]


def share_given(ways: Iterable[Way | Transition]) -> float:
    """Return what the shares of some ways add up to, without the noise that adding decimals brings."""
    return round(fsum(way.share for way in ways if way.share is not None), 9)


def leave_none_behind(transitions: Sequence[Transition]) -> bool:
    """Whether the transitions of a step have a way for every customer.

    They have where shares take all of them, or one has no condition: that is the way of all others.
    """
    if all(transition.share is not None for transition in transitions):
        return not transitions or share_given(transitions) >= 1
    return any(transition.when is None for transition in transitions)


def ways_of(journey: Journey, blueprint: Blueprint) -> Ways:
    """Return the ways of a journey."""
    steps = journey.steps
    inside = {step.id for step in steps}
    onward = {
        step.id: _ways_from(step, following, lambda target: _step(target, inside, blueprint))
        for step, following in zip(steps, (*steps, None)[1:], strict=True)
    }
    inward: dict[str, list[Way]] = {step.id: [] for step in steps}
    for ways in onward.values():
        for way in ways:
            if way.target is not None:
                inward.setdefault(way.target.id, []).append(way)
    return Ways(onward, {id: tuple(ways) for id, ways in inward.items()})


def _ways_from(step: Step, following: Step | None, target_of: Callable[[Target], Step | None]) -> tuple[Way, ...]:
    ways = [
        Way(
            step,
            target_of(transition.target),
            transition.when,
            transition.share,
            transition.carries,
            span=transition.span,
        )
        for transition in step.transitions
    ]
    if not ways:
        ways.append(Way(step, following, written=False, span=step.span))
    ways += [
        Way(step, target_of(route.target), carries=route.carries, errors=route.errors, span=route.span)
        for route in step.failures
    ]
    return tuple(ways)


def _step(target: Target, inside: Set[str], blueprint: Blueprint) -> Step | None:
    found = blueprint.get(target) if isinstance(target, Ref) else None
    return found if isinstance(found, Step) and found.id in inside else None
