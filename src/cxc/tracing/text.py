"""A trace for people: two trees, what an element depends on and who depends on it, in lines that read as sentences."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from textwrap import wrap
from typing import Any, NamedTuple

from cxc.diagnostics.display import Display
from cxc.flow.dependencies import Link
from cxc.flow.trace import Line, Mark, Trace, reached_by_kind
from cxc.model.base import Named, plural
from cxc.model.blueprint import Blueprint
from cxc.source import Span
from cxc.tracing.names import Names

_LOOKS: dict[str, dict[str, Any]] = {
    "heading": {"bold": True},
    "name": {"bold": True},
    "relation": {"fg": "blue"},
    "kind": {"fg": "cyan"},
    "mark": {"dim": True},
}
_LONGEST_TITLE = 60
_COLUMNS = 80
_MARKS = {Mark.ABOVE: "see above", Mark.BELOW: "see below", Mark.DEPTH: "goes on"}


class _Strokes(NamedTuple):
    """The lines a tree is drawn with, each three columns wide."""

    branch: str
    last: str
    past: str


_BOXES = _Strokes("├─ ", "└─ ", "│  ")
_ASCII = _Strokes("|- ", "`- ", "|  ")


def render(
    trace: Trace,
    blueprint: Blueprint,
    *,
    shown: Callable[[Span], Span],
    colour: bool = False,
    encoding: str | None = None,
) -> Iterator[str]:
    """Yield the lines of the text; what `encoding` lacks is drawn in ASCII, or escaped."""
    writer = _Writer(blueprint, Display(encoding), colour, _strokes(encoding))
    yield writer.element(trace.element, writer.place(shown(trace.element.span)))
    if trace.down is not None:
        yield from writer.tree("Depends on", "It depends on nothing", trace.down, trace.element)
    if trace.up is not None:
        yield from writer.tree("Who depends on it", "Nobody depends on it", trace.up, trace.element)


def _strokes(encoding: str | None) -> _Strokes:
    try:
        "".join(_BOXES).encode(encoding or "utf-8")
    except UnicodeEncodeError:
        return _ASCII
    return _BOXES


class _Writer:
    """Writes elements, links and trees in the same way."""

    def __init__(self, blueprint: Blueprint, display: Display, colour: bool, strokes: _Strokes) -> None:
        self._blueprint = blueprint
        self._display = display
        self._colour = colour
        self._strokes = strokes
        self._names = Names(blueprint)

    def tree(self, heading: str, nothing: str, lines: tuple[Line, ...], root: Named) -> Iterator[str]:
        yield ""
        if not lines:
            yield self._paint("heading", nothing)
            return
        counts = reached_by_kind(lines, root, self._blueprint)
        yield self._paint("heading", heading)
        yield from (self._paint("mark", part) for part in wrap(_counted(counts), _COLUMNS))
        before: list[str] = []
        for line in lines:
            del before[line.depth - 1 :]
            stroke = self._strokes.last if line.last else self._strokes.branch
            yield f"{''.join(before)}{stroke}{self._line(line)}"
            before.append("   " if line.last else self._strokes.past)

    def _line(self, line: Line) -> str:
        element = self._blueprint.elements[line.id]
        words = relation_words(line.link, line.id)
        # `system system Core` says nothing that `system Core` does not.
        relation = "" if words == element.kind else f"{self._paint('relation', words)} "
        mark = self._paint("mark", f" ({_MARKS[line.mark]})") if line.mark else ""
        return f"{relation}{self.element(element)}{mark}"

    def element(self, element: Named, place: str = "") -> str:
        name = self._display.plain(self._names.of(element))
        title = f' "{self._title(element.title)}"' if element.title else ""
        return f"{self._paint('kind', element.kind)} {self._paint('name', name)}{title}{place}"

    def place(self, span: Span) -> str:
        return self._paint("mark", f"  {self._display.plain(str(span))}") if span.file else ""

    def _title(self, title: str) -> str:
        line = " ".join(title.split())
        shown = line if len(line) <= _LONGEST_TITLE else f"{line[: _LONGEST_TITLE - 3]}..."
        return self._display.plain(shown)

    def _paint(self, role: str, text: str) -> str:
        if not self._colour:
            return text
        from click import style

        return style(text, **_LOOKS[role])


def relation_words(link: Link, far_end: str) -> str:
    """Return how a link reads on the way to one of its ends."""
    return link.relation.down if link.dependency == far_end else link.relation.up


def _counted(counts: Mapping[str, int]) -> str:
    return ", ".join(_count(number, kind) for kind, number in counts.items())


def _count(number: int, kind: str) -> str:
    return f"{number} {kind if number == 1 else plural(kind)}"


def lines_of(trace: Trace) -> Iterable[Line]:
    """Return the lines of both trees, what it depends on first."""
    return (*(trace.down or ()), *(trace.up or ()))
