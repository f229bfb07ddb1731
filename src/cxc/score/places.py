"""What a finding is about: the element it stands in, and the journey that is in, or that it points into."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence

from cxc.diagnostics import Diagnostic
from cxc.model.base import Named
from cxc.model.blueprint import Blueprint
from cxc.model.channel import Experience
from cxc.model.journey import Journey
from cxc.source import Span


class Findings:
    """The findings of a run by what they are about."""

    def __init__(self, blueprint: Blueprint, diagnostics: Iterable[Diagnostic]) -> None:
        self._blueprint = blueprint
        self._begin: dict[str, list[tuple[int, int, str]]] = defaultdict(list)
        for element in blueprint.every(Named):
            self._begin[element.span.file].append((element.span.line, element.span.column, element.id))
        for places in self._begin.values():
            places.sort()
        self.all = tuple(diagnostics)
        self._at: dict[str, list[Diagnostic]] = defaultdict(list)
        self._in_journey: dict[str, list[Diagnostic]] = defaultdict(list)
        for found in self.all:
            around = self._around(found.span)
            for element in around:
                self._at[element.id].append(found)
            near = [*around, *(element for other in found.related for element in self._around(other.span))]
            for journey in dict.fromkeys(id for element in near if (id := _journey(element))):
                self._in_journey[journey].append(found)

    def about(self, journey: Journey, elements: Iterable[str]) -> Sequence[Diagnostic]:
        """Return the findings in a journey and its experiences, that point there, or that stand in some elements."""
        found = [*self._in_journey.get(journey.id, ()), *(one for id in elements for one in self._at.get(id, ()))]
        return list(dict.fromkeys(found))

    def _around(self, span: Span) -> list[Named]:
        """Return the element that a place is in, and what holds it: the last that begins before the place."""
        places = self._begin.get(span.file, [])
        at = bisect_right(places, (span.line, span.column, "\U0010ffff"))
        return list(self._blueprint.line_of_holders(places[at - 1][2])) if at else []


def _journey(element: Named) -> str:
    """Return the journey (by id) that an element is, or is a presentation of; an empty text where it is neither."""
    if isinstance(element, Journey):
        return element.id
    return element.journey.id if isinstance(element, Experience) else ""
