"""How mature a design is, by counting: a card for each journey and one for the organisation, in five dimensions.

A criterion counts something in the design and how much of it is as it should be; what, and why, is said in
`cxc.score.criteria` and `docs/score.md`. A dimension is the mean of its criteria: each weighs the same, so that much of
one thing hides nothing of another. Where there is nothing to count, a criterion or dimension does not apply; what could
not be understood counts as neither.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from cxc.diagnostics import Diagnostic
from cxc.flow import flow_of
from cxc.model.blueprint import Blueprint
from cxc.model.journey import Journey
from cxc.score.criteria import CRITERIA, DIMENSIONS, Criterion, Item, Subject
from cxc.score.places import Findings

LEVELS: Mapping[int, int] = {5: 100, 4: 90, 3: 75, 2: 50, 1: 0}
"""From how many percent on a dimension has each level."""


@dataclass(frozen=True)
class Counted:
    """What a criterion comes to: how much there is to count, what of it is not met, and the findings about that."""

    criterion: Criterion
    counted: int
    missing: tuple[Item, ...]
    findings: tuple[Diagnostic, ...]

    @property
    def met(self) -> int:
        return self.counted - len(self.missing)

    @property
    def share(self) -> Fraction | None:
        """The share that is met, from 0 to 1; None where there is nothing to count."""
        return Fraction(self.met, self.counted) if self.counted else None


@dataclass(frozen=True)
class Dimension:
    """One of the five, with all its criteria, those included that do not apply."""

    name: str
    criteria: tuple[Counted, ...]

    @property
    def applicable(self) -> tuple[Counted, ...]:
        """The criteria that have something to count."""
        return tuple(one for one in self.criteria if one.counted)

    @property
    def share(self) -> Fraction | None:
        """The mean of the shares of its criteria; None where none applies. It is exact: 89.99% are not 90%."""
        shares = [one.share for one in self.criteria if one.share is not None]
        return sum(shares, Fraction()) / len(shares) if shares else None

    @property
    def level(self) -> int | None:
        """The level from 1 to 5 that the share reaches."""
        share = self.share
        return None if share is None else next(level for level, least in LEVELS.items() if share * 100 >= least)


@dataclass(frozen=True)
class Card:
    """The five dimensions of a journey, or, without one, of the organisation.

    `certain` is false where something could not be understood: what is counted may then not be all there is.
    """

    journey: Journey | None
    dimensions: tuple[Dimension, ...]
    certain: bool

    @property
    def level(self) -> int | None:
        """The lowest level of its dimensions: customers meet the weakest of them too."""
        levels = [one.level for one in self.dimensions if one.level is not None]
        return min(levels, default=None)


@dataclass(frozen=True)
class Score:
    """The cards of a design, those of the journeys in the order of the source."""

    organisation: Card
    journeys: tuple[Card, ...]


def score_of(blueprint: Blueprint, diagnostics: Iterable[Diagnostic]) -> Score:
    """Return the cards of a design; `diagnostics` are what a run found in it."""
    findings = Findings(blueprint, diagnostics)
    together: dict[str, list[Item]] = {criterion.name: [] for criterion in CRITERIA}
    cards: list[Card] = []
    for journey in blueprint.every(Journey):
        subject = Subject(journey, flow_of(journey, blueprint), blueprint)
        own = {one.name: _distinct(_countable(one.count(subject), subject)) for one in CRITERIA if one.count}
        for name, items in own.items():
            together[name] += items
        near = {name: findings.about(journey, (item.element for item in items)) for name, items in own.items()}
        cards.append(Card(journey, _dimensions(own, near), subject.flow.is_certain))
    for criterion in CRITERIA:
        if criterion.count_all:
            together[criterion.name] = list(criterion.count_all(blueprint))
    everything = {name: _distinct(items) for name, items in together.items()}
    certain = not blueprint.unreadable and all(card.certain for card in cards)
    anywhere = dict.fromkeys(everything, findings.all)
    return Score(Card(None, _dimensions(everything, anywhere), certain), tuple(cards))


def _countable(items: Iterable[Item], subject: Subject) -> Iterable[Item]:
    """Leave out what seems not to be met, and may stand in what could not be understood."""
    blueprint = subject.blueprint
    for item in items:
        element = blueprint.elements[item.element]
        is_told = subject.flow.is_certain if element is subject.journey else blueprint.is_complete(element)
        if item.met or is_told:
            yield item


def _distinct(items: Iterable[Item]) -> list[Item]:
    """Return each thing once: a capability behind two steps is one capability, met only where it is met for both."""
    found: dict[tuple[str, str], Item] = {}
    for item in items:
        key = (item.element, item.what)
        if key not in found or not item.met:
            found[key] = item
    return list(found.values())


def _dimensions(
    items: Mapping[str, Sequence[Item]], findings: Mapping[str, Sequence[Diagnostic]]
) -> tuple[Dimension, ...]:
    counted = [_counted(one, items[one.name], findings[one.name]) for one in CRITERIA if one.name in items]
    return tuple(
        Dimension(name, tuple(one for one in counted if one.criterion.dimension == name)) for name in DIMENSIONS
    )


def _counted(criterion: Criterion, items: Sequence[Item], findings: Iterable[Diagnostic]) -> Counted:
    found = tuple(one for one in findings if one.code in criterion.codes)
    return Counted(criterion, len(items), tuple(item for item in items if not item.met), found)
