"""Findings as annotations of a pull request, in the workflow commands that GitHub's runner reads from the output.

Annotations carry no source: GitHub shows them at the line itself. Findings that are allowed in place are only counted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from cxc.diagnostics import Diagnostic, Severity
from cxc.diagnostics.display import Display
from cxc.diagnostics.summary import summarise
from cxc.source import Span

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.HINT: "notice"}


def render(diagnostics: Iterable[Diagnostic], encoding: str | None = None) -> Iterator[str]:
    """Yield one command for each finding, and the summary, which is for readers of the log."""
    found = list(diagnostics)
    display = Display(encoding)
    for diagnostic in found:
        if not diagnostic.suppression:
            yield _command(diagnostic, display)
    yield str(summarise(found))


def _command(diagnostic: Diagnostic, display: Display) -> str:
    properties = {"file": display.plain(diagnostic.span.file), **_place(diagnostic.span)}
    properties["title"] = f"{diagnostic.code} {diagnostic.slug}"
    written = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    lines = [diagnostic.message, *(diagnostic.help or "").splitlines()]
    lines += [f"{related.message}: {related.span.file}:{related.span.line}" for related in diagnostic.related]
    message = "\n".join(map(display.plain, lines))
    return f"::{_COMMANDS[diagnostic.severity]} {written}::{_data(message)}"


def _place(span: Span) -> dict[str, str]:
    place = {"line": str(span.line), "endLine": str(max(span.end_line, span.line))}
    # The runner drops the columns of an annotation that spans several lines, with a complaint in its log.
    if span.end_line <= span.line:
        place |= {"col": str(span.column), "endColumn": str(max(span.end_column, span.column))}
    return place


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
