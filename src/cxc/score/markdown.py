"""The cards as a Markdown page, for a wiki or a pull request."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from cxc.model.blueprint import Blueprint
from cxc.score import LEVELS, Card, Counted
from cxc.score.items import Item
from cxc.score.text import NOT_APPLICABLE, percent
from cxc.source import Span
from cxc.targets.escaping import markdown_cell, plain_as_markdown
from cxc.tracing.names import Names


def render(
    organisation: Card | None, journeys: Sequence[Card], blueprint: Blueprint, *, shown: Callable[[Span], Span]
) -> Iterator[str]:
    """Yield the lines of the page."""
    writer = _Writer(blueprint, shown)
    steps = ", ".join(f"{level} from {least}%" for level, least in sorted(LEVELS.items()) if least)
    yield f"# Score of {plain_as_markdown(blueprint.title)}"
    yield ""
    yield f"Levels: 1 below {LEVELS[2]}%, {steps}. A dimension is the mean of its criteria, each of the same weight."
    if organisation is not None and journeys:
        yield ""
        yield from _overview([organisation, *journeys], blueprint)
    for card in [*([organisation] if organisation else []), *journeys]:
        yield ""
        yield from writer.card(card)


def _overview(cards: Sequence[Card], blueprint: Blueprint) -> Iterator[str]:
    names = [dimension.name.capitalize() for dimension in cards[0].dimensions]
    yield f"| | Level | {' | '.join(names)} |"
    yield f"| --- | ---: |{' ---: |' * len(names)}"
    for card in cards:
        shares = [
            NOT_APPLICABLE if dimension.share is None else f"{percent(dimension.share)} ({dimension.level})"
            for dimension in card.dimensions
        ]
        title = card.journey.label if card.journey else "The organisation"
        yield f"| {markdown_cell(title)} | {card.level or NOT_APPLICABLE} | {' | '.join(shares)} |"


class _Writer:
    """Writes one card after another in the same way."""

    def __init__(self, blueprint: Blueprint, shown: Callable[[Span], Span]) -> None:
        self._blueprint = blueprint
        self._shown = shown
        self._names = Names(blueprint)

    def card(self, card: Card) -> Iterator[str]:
        yield f"## {plain_as_markdown(card.journey.label) if card.journey else 'The organisation'}"
        if not card.certain:
            yield ""
            yield "Something here could not be understood, and is not counted."
        for dimension in card.dimensions:
            yield ""
            share = dimension.share
            result = NOT_APPLICABLE if share is None else f"{percent(share)}, level {dimension.level}"
            yield f"### {dimension.name.capitalize()}: {result}"
            yield ""
            yield "| Criterion | Met | Findings |"
            yield "| --- | ---: | --- |"
            for counted in dimension.criteria:
                count = f"{counted.met} of {counted.counted}" if counted.counted else NOT_APPLICABLE
                yield f"| {counted.criterion.name} | {count} | {self._findings(counted)} |"
            yield from self._missing(dimension.criteria)

    def _findings(self, counted: Counted) -> str:
        return "<br>".join(
            f"{found.code}{' (allowed)' if found.suppression else ''} {markdown_cell(str(self._shown(found.span)))}"
            for found in counted.findings
        )

    def _missing(self, criteria: Iterable[Counted]) -> Iterator[str]:
        lines = [f"- {counted.criterion.name}: {self._item(item)}" for counted in criteria for item in counted.missing]
        if lines:
            yield ""
            yield "What is missing:"
            yield ""
            yield from lines

    def _item(self, item: Item) -> str:
        element = self._blueprint.get(item.element)
        name = self._names.of(element) if element is not None else ""
        text = plain_as_markdown(": ".join(part for part in (name, item.what) if part))
        place = ""
        if element is not None and element.span.file:
            place = f" ({plain_as_markdown(str(self._shown(element.span)))})"
        return f"{text}{place}"
