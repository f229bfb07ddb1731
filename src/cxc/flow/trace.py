"""The trace of an element: what it depends on and who depends on it, near and far, as a tree of links.

From a journey it leads over steps, channels, operations and services to capabilities and their people, processes,
information and systems; from a system the same way back, to the steps and journeys that its failure reaches. What
depends on what is said in `cxc.flow.dependencies`.

An element is opened once, where the way to it is shortest; where it is met again, and where a way leads back in a
circle, there is a mark instead. So a trace takes time in proportion to the links of the design, whatever they are like.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from enum import StrEnum
from functools import cache
from typing import NamedTuple

from cxc.flow.dependencies import Link, dependencies_of, is_detail, of_field
from cxc.model.base import Named
from cxc.model.blueprint import Blueprint
from cxc.model.data import DataField


class Mark(StrEnum):
    """Why what follows from an element does not stand beneath it."""

    ABOVE = "above"
    """It stands further up in the tree."""
    BELOW = "below"
    """It stands further down in the tree."""
    DEPTH = "depth"
    """It is further away than was asked for."""


class Line(NamedTuple):
    """A line of the tree: a link, and the element at its far end (by id).

    `depth` counts the links from the element that is traced, `last` says that no line of the same depth follows beneath
    the same element. A mark stands only where there would be something to show.
    """

    depth: int
    link: Link
    id: str
    last: bool
    mark: Mark | None


class Trace(NamedTuple):
    """What an element depends on, and who depends on it; None is a direction that was not asked for."""

    element: Named
    down: tuple[Line, ...] | None
    up: tuple[Line, ...] | None


_Onward = Callable[[str], tuple[Link, ...]]


def trace(
    element: Named, blueprint: Blueprint, *, down: bool = True, up: bool = True, depth: int | None = None
) -> Trace:
    """Return the trace of an element, as far as `depth` links from it."""
    links = dependencies_of(blueprint)

    @cache
    def below(id: str) -> tuple[Link, ...]:
        own = tuple(of_field(element)) if isinstance(element, DataField) and id == element.id else ()
        found = (*own, *links.down.get(id, ()))
        return _worth_showing(found, id == element.id)

    @cache
    def above(id: str) -> tuple[Link, ...]:
        found = links.up.get(id, ())
        # A field that nobody names says no more than the entity around it.
        named = (one for one in found if one.dependent in links.up or not is_detail(blueprint.elements[one.dependent]))
        return _worth_showing(named, id == element.id)

    return Trace(
        element,
        _tree(element.id, below, lambda link: link.dependency, depth) if down else None,
        _tree(element.id, above, lambda link: link.dependent, depth) if up else None,
    )


def _worth_showing(links: Iterable[Link], at_root: bool) -> tuple[Link, ...]:
    """Leave out the mentions that are not those of the element itself."""
    return tuple(link for link in links if at_root or link.relation.followed)


def _tree(root: str, onward: _Onward, far_end: Callable[[Link], str], depth: int | None) -> tuple[Line, ...]:
    opened = _nearest(root, onward, far_end, depth)
    lines: list[Line] = []
    shown = {root}
    waiting = list(reversed(_children(root, onward, 1)))
    while waiting:
        at, link, last = waiting.pop()
        id = far_end(link)
        leads_on = link.relation.followed and bool(onward(id))
        if opened.get(id) == link:
            shown.add(id)
            children = _children(id, onward, at + 1) if depth is None or at < depth else []
            mark = Mark.DEPTH if leads_on and not children else None
            waiting += reversed(children)
        else:
            mark = None if not leads_on else Mark.ABOVE if id in shown else Mark.BELOW
        lines.append(Line(at, link, id, last, mark))
    return tuple(lines)


def _nearest(
    root: str, onward: _Onward, far_end: Callable[[Link], str], depth: int | None
) -> Mapping[str, Link | None]:
    """Return for each element the link under which it is opened: the first on the shortest way to it."""
    opened: dict[str, Link | None] = {root: None}
    nearest = [root]
    steps = 0
    while nearest and (depth is None or steps < depth):
        steps += 1
        following: list[str] = []
        for id in nearest:
            for link in onward(id):
                if link.relation.followed and far_end(link) not in opened:
                    opened[far_end(link)] = link
                    following.append(far_end(link))
        nearest = following
    return opened


def _children(id: str, onward: _Onward, depth: int) -> list[tuple[int, Link, bool]]:
    links = onward(id)
    return [(depth, link, number == len(links)) for number, link in enumerate(links, start=1)]


def reached(lines: Iterable[Line], root: Named) -> Iterator[str]:
    """Yield the ids of the elements that a tree leads to, each once, without those that are only mentioned."""
    seen = {root.id}
    for line in lines:
        if line.link.relation.followed and line.id not in seen:
            seen.add(line.id)
            yield line.id


def reached_by_kind(lines: Iterable[Line], root: Named, blueprint: Blueprint) -> Mapping[str, int]:
    """Return how many elements of each kind a tree leads to, in the order in which they are met."""
    return Counter(blueprint.elements[id].kind for id in reached(lines, root))
