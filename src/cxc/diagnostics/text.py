"""Findings for people: what is wrong, where it stands in the source, and what to write instead.

Whether the output can show colours, and how wide it is, is for the command to know.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from cxc.diagnostics import Diagnostic, Edit, Suppression
from cxc.diagnostics.display import Display
from cxc.diagnostics.frame import Excerpt, Frame, Mark, Paint, bounds, within
from cxc.diagnostics.summary import summarise
from cxc.source import SourceFile, Span

_LOOKS: dict[str, dict[str, Any]] = {
    "error": {"fg": "red", "bold": True},
    "warning": {"fg": "yellow", "bold": True},
    "hint": {"fg": "cyan", "bold": True},
    "message": {"bold": True},
    "place": {"fg": "blue", "bold": True},
    "related": {"fg": "blue", "bold": True},
    "note": {"bold": True},
    "fix": {"fg": "green"},
    "escape": {"reverse": True},
}
_LONGEST_FIXED_LINE = 2000
_BESIDE_A_FIX = 36
"""Columns that a line number, `= write this instead:` and the signs that the line is cut may take."""
_NARROWEST_FIX = 40


def render(
    diagnostics: Iterable[Diagnostic],
    sources: Mapping[str, SourceFile],
    *,
    colour: bool = False,
    show_allowed: bool = False,
    columns: int = 100,
    encoding: str | None = None,
) -> Iterator[str]:
    """Yield the lines of the report, the summary last.

    A finding that is allowed in place is counted, and shown only with `show_allowed`. `columns` is how wide the frames
    are; characters that `encoding` lacks are escaped.
    """
    found = list(diagnostics)
    writer = _Writer(sources, Display(encoding), _painted if colour else _plain, columns)
    for diagnostic in found:
        if show_allowed or not diagnostic.suppression:
            yield from writer.diagnostic(diagnostic)
            yield ""
    yield str(summarise(found))


def _plain(role: str, text: str) -> str:
    return text


def _painted(role: str, text: str) -> str:
    from click import style

    return style(text, **_LOOKS[role]) if text else text


class _Writer:
    """Writes one finding after another in the same way."""

    def __init__(self, sources: Mapping[str, SourceFile], display: Display, paint: Paint, columns: int) -> None:
        self._sources = sources
        self._display = display
        self._paint = paint
        self._columns = columns

    def diagnostic(self, diagnostic: Diagnostic) -> Iterator[str]:
        marks = [Mark(diagnostic.span, diagnostic.severity, "^")]
        marks += [Mark(related.span, "related", "-", related.message) for related in diagnostic.related]
        frame = Frame(self._display, self._paint, self._margin(marks), self._columns)
        yield self._title(diagnostic)
        by_file: dict[str, list[Mark]] = {}
        for mark in marks:
            by_file.setdefault(mark.span.file, []).append(mark)
        framed = False
        for file, of_file in by_file.items():
            source = self._sources.get(file)
            framed = source is not None
            if source is None:
                yield from (self._arrow(frame, mark.span, mark.label) for mark in of_file)
            else:
                yield self._arrow(frame, of_file[0].span)
                yield frame.row()
                yield from frame.draw(source, of_file)
        notes = list(self._notes(diagnostic))
        if framed and notes:
            yield frame.row()
        for word, text in notes:
            yield from self._note(frame, word, text)

    def _title(self, diagnostic: Diagnostic) -> str:
        severity = diagnostic.severity
        allowed = "allowed " if diagnostic.suppression else ""
        head = self._paint(severity, self._display.plain(f"{allowed}{severity} {diagnostic.code} {diagnostic.slug}"))
        return f"{head}: {self._paint('message', self._display.plain(diagnostic.message))}"

    def _arrow(self, frame: Frame, span: Span, label: str = "") -> str:
        place = self._display.plain(f"{span.file}:{span.line}:{span.column}")
        words = f": {self._paint('related', self._display.plain(label))}" if label else ""
        return f"{frame.indent}{self._paint('place', '-->')} {place}{words}"

    def _margin(self, marks: list[Mark]) -> int:
        """Return the width of the widest line number that the frames show."""
        shown = [
            within(source, mark.span).end_line
            for mark in marks
            if (source := self._sources.get(mark.span.file)) is not None
        ]
        return len(str(max(shown, default=1)))

    def _notes(self, diagnostic: Diagnostic) -> Iterator[tuple[str, str]]:
        """Yield what is said beneath the frame, as it can be shown, by the word that introduces it."""
        if diagnostic.help:
            yield "help", "\n".join(map(self._display.plain, diagnostic.help.splitlines()))
        if diagnostic.fix:
            yield from self._fixed(diagnostic.fix)
        if diagnostic.suppression:
            yield "allowed", self._reason(diagnostic.suppression)

    def _note(self, frame: Frame, word: str, text: str) -> Iterator[str]:
        first, *more = text.split("\n")
        head = f"{frame.indent} {self._paint('place', '=')} {self._paint('note', word + ':')} "
        yield f"{head}{first}".rstrip()
        indent = " " * len(f"{frame.indent} = {word}: ")
        yield from (f"{indent}{line}".rstrip() for line in more)

    def _reason(self, suppression: Suppression) -> str:
        until = f" until {suppression.until}" if suppression.until else ""
        place = f"{suppression.span.file}:{suppression.span.line}"
        return self._display.plain(f"{suppression.reason or 'no reason given'}{until} ({place})")

    def _fixed(self, fix: tuple[Edit, ...]) -> Iterator[tuple[str, str]]:
        """Yield how the line reads after a fix; nothing where the fix is not within one line."""
        source = self._sources.get(fix[0].span.file)
        fixed = _fixed_line(source, fix) if source else None
        if fixed is None:
            return
        line, at = fixed
        if not line.strip():
            yield "fix", "remove this line"
            return
        indent = len(line) - len(line.lstrip())
        columns = max(self._columns - _BESIDE_A_FIX, _NARROWEST_FIX)
        excerpt = Excerpt(self._display, line, (indent, len(line.rstrip())), max(at, indent), columns)
        yield "write this instead", self._paint("fix", excerpt.shown(_plain))


def _fixed_line(source: SourceFile, fix: tuple[Edit, ...]) -> tuple[str, int] | None:
    """Return the line after the edits and where the first begins; nothing where they reach over several lines."""
    number = fix[0].span.line
    if not 1 <= number <= len(source.line_starts):
        return None
    begin, end = bounds(source, number)
    if end - begin > _LONGEST_FIXED_LINE:
        return None
    old, new, at = source.text[begin:end], "", 0
    edits = sorted(fix, key=lambda edit: (edit.span.column, edit.span.end_column))
    for span, text in ((edit.span, edit.text) for edit in edits):
        one_line = (
            span.file == fix[0].span.file and span.line == span.end_line == number and len(text.splitlines()) <= 1
        )
        if not one_line or not at <= span.column - 1 <= span.end_column - 1 <= len(old) or text.endswith(("\n", "\r")):
            return None
        new += old[at : span.column - 1] + text
        at = span.end_column - 1
    return new + old[at:], edits[0].span.column - 1
