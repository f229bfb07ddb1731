"""The cards for people, in 80 columns: bars and levels, what is counted, and where something is missing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction
from typing import Any, NamedTuple

from cxc.diagnostics import Diagnostic
from cxc.diagnostics.display import Display
from cxc.model.base import Named
from cxc.model.blueprint import Blueprint
from cxc.model.journey import Journey
from cxc.score import LEVELS, Card, Counted, Dimension
from cxc.score.items import Item
from cxc.source import Span
from cxc.tracing.names import Names

COLUMNS = 80
_BAR = 24
_LOOKS: dict[str, dict[str, Any]] = {
    "heading": {"bold": True},
    "place": {"dim": True},
    "level 5": {"fg": "green", "bold": True},
    "level 4": {"fg": "green"},
    "level 3": {"fg": "yellow"},
    "level 2": {"fg": "yellow", "bold": True},
    "level 1": {"fg": "red", "bold": True},
}
NOT_APPLICABLE = "not applicable"


class Signs(NamedTuple):
    """The characters of a card that not every encoding has."""

    full: str
    empty: str
    times: str
    point: str


_SIGNS = Signs("█", "░", "×", "·")
_ASCII = Signs("#", ".", "x", "-")


def render(
    organisation: Card | None,
    journeys: Iterable[Card],
    blueprint: Blueprint,
    *,
    shown: Callable[[Span], Span],
    colour: bool = False,
    encoding: str | None = None,
) -> Iterator[str]:
    """Yield the lines of the cards; a single journey is shown with all that is missing and where."""
    writer = _Writer(blueprint, Display(encoding), _signs(encoding), colour, shown)
    if organisation is not None:
        yield from writer.card(organisation, in_full=False)
        yield ""
    for card in journeys:
        yield from writer.card(card, in_full=organisation is None)
        yield ""
    yield from _legend()
    if organisation is not None:
        yield "`cxc score --journey NAME` shows what is missing, and where."


def _legend() -> Iterator[str]:
    steps = ", ".join(f"{level} from {percent}%" for level, percent in sorted(LEVELS.items()) if percent)
    yield f"Levels: 1 below {LEVELS[2]}%, {steps}."
    yield "A dimension is the mean of its criteria; docs/score.md says what they count."


def _signs(encoding: str | None) -> Signs:
    try:
        "".join(_SIGNS).encode(encoding or "utf-8")
    except UnicodeEncodeError:
        return _ASCII
    return _SIGNS


class _Writer:
    """Writes one card after another in the same way."""

    def __init__(
        self, blueprint: Blueprint, display: Display, signs: Signs, colour: bool, shown: Callable[[Span], Span]
    ) -> None:
        self._blueprint = blueprint
        self._display = display
        self._signs = signs
        self._colour = colour
        self._shown = shown
        self._names = Names(blueprint)

    def card(self, card: Card, *, in_full: bool) -> Iterator[str]:
        yield from self._heading(card)
        for dimension in card.dimensions:
            yield self._bar(dimension)
        for dimension in card.dimensions:
            criteria = [one for one in dimension.criteria if in_full or one.missing or one.findings]
            if criteria:
                yield ""
                yield f"  {self._paint('heading', dimension.name.capitalize())}"
            for counted in criteria:
                yield self._criterion(counted)
                if in_full:
                    yield from self._missing(counted)

    def _heading(self, card: Card) -> Iterator[str]:
        journey = card.journey
        title = " ".join((journey.label if journey else self._blueprint.title).split())
        level = f"level {card.level}" if card.level else NOT_APPLICABLE
        room = COLUMNS - len(level) - 2
        title = self._display.plain(title if len(title) <= room else f"{title[: room - 3]}...")
        looks = level if card.level else "place"
        gap = " " * max(2, COLUMNS - len(title) - len(level))
        yield f"{self._paint('heading', title)}{gap}{self._paint(looks, level)}"
        if journey:
            yield self._paint("place", f"{journey.name}, {self._place(journey)}")
        else:
            count = len(self._blueprint.every(Journey))
            yield self._paint("place", f"the organisation: {count} journey{'s' * (count != 1)}")
        if not card.certain:
            yield "Something here could not be understood, and is not counted."
        yield ""

    def _bar(self, dimension: Dimension) -> str:
        name = f"  {dimension.name.capitalize():<12}"
        share, level = dimension.share, dimension.level
        if share is None or level is None:
            return f"{name}{NOT_APPLICABLE}"
        applicable = dimension.applicable
        full = sum(not one.missing for one in applicable)
        bar = self._paint(f"level {level}", self._drawn(share))
        return (
            f"{name}{bar} {percent(share):>4}  {self._paint(f'level {level}', f'level {level}')}"
            f"  {full} of {len(applicable)} criteria in full"
        )

    def _drawn(self, share: Fraction) -> str:
        """Return a bar that is full only for all, and empty only for nothing."""
        full = max(int(share * _BAR), 1 if share else 0)
        return self._signs.full * full + self._signs.empty * (_BAR - full)

    def _criterion(self, counted: Counted) -> str:
        count = f"{counted.met} of {counted.counted}" if counted.counted else NOT_APPLICABLE
        return f"    {counted.criterion.name:<20}{count:<16}{self._codes(counted.findings)}".rstrip()

    def _codes(self, findings: Iterable[Diagnostic]) -> str:
        """Return how many findings there are of each code, and how many of them are allowed."""
        numbers = Counter(found.code for found in findings)
        allowed = Counter(found.code for found in findings if found.suppression)
        return ", ".join(
            f"{code} {self._signs.times}{number}{f' ({allowed[code]} allowed)' if allowed[code] else ''}"
            for code, number in numbers.items()
        )

    def _missing(self, counted: Counted) -> Iterator[str]:
        for item in counted.missing:
            yield f"      {self._signs.point} {self._item(item)}"
        for found in counted.findings:
            allowed = " (allowed)" if found.suppression else ""
            place = self._display.plain(str(self._shown(found.span)))
            yield f"      {self._paint('place', f'{found.code}{allowed} {place}')}"

    def _item(self, item: Item) -> str:
        element: Named | None = self._blueprint.get(item.element)
        name = self._names.of(element) if element is not None else ""
        what = " ".join(item.what.split())
        text = self._display.plain(": ".join(part for part in (name, what) if part))
        place = self._place(element) if element is not None else ""
        return f"{text}  {self._paint('place', place)}".rstrip()

    def _place(self, element: Named) -> str:
        return self._display.plain(str(self._shown(element.span))) if element.span.file else ""

    def _paint(self, role: str, text: str) -> str:
        if not self._colour or not text:
            return text
        from click import style

        return style(text, **_LOOKS[role])


def percent(share: Fraction) -> str:
    """Return a share in whole percent, rounded down: 100% is all, and nothing less."""
    return f"{int(share * 100)}%"
