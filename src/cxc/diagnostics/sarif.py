"""Findings as SARIF 2.1.0, for code scanning and other services that collect the results of many tools.

All rules are listed, not only those that found something: reports of different workspaces then differ in their results
alone, as GitHub asks, and a rule keeps its index from run to run. What a rule says of itself is left to `explanation`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import PurePosixPath, PureWindowsPath
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from cxc.diagnostics import Diagnostic, Edit, Kind, Severity, Suppression
from cxc.diagnostics.display import Display
from cxc.diagnostics.explanation import Explanation, as_markdown, as_text, explanation
from cxc.diagnostics.fingerprint import Identities, LineHashes
from cxc.diagnostics.frame import bounds, within
from cxc.diagnostics.json import well_formed
from cxc.source import SourceFile, Span
from cxc.version import VERSION

if TYPE_CHECKING:
    from cxc.rules import Rule

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_ROOT = "%SRCROOT%"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.HINT: "note"}
_GITHUB_SEVERITIES = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.HINT: "recommendation"}
_PRECISIONS = {Severity.ERROR: "very-high", Severity.WARNING: "high", Severity.HINT: "medium"}
_LONGEST_DESCRIPTION = 1024
"""What GitHub takes of a description."""
_LONGEST_SNIPPET = 2000

_LINK = re.compile(r"\[(?=[^\[\]]*\]\()")
_PLACEHOLDER = re.compile(r"\{(\d+)\}")

Json = dict[str, Any]


def log(diagnostics: Sequence[Diagnostic], sources: Mapping[str, SourceFile], rules: Iterable[Rule]) -> Json:
    """Return the log of one run; the diagnostics are to be in the order of their places."""
    descriptors = [_descriptor(explanation(rule), rule.kind.severity) for rule in rules]
    indexes = {descriptor["id"]: index for index, descriptor in enumerate(descriptors)}
    for diagnostic in diagnostics:
        # A target of another package may speak codes of its own, which are in no catalogue.
        if diagnostic.code not in indexes:
            indexes[diagnostic.code] = len(descriptors)
            descriptors.append(_unlisted(diagnostic.kind))
    results = _Results(sources, indexes)
    return {
        "$schema": _SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "cxc",
                        "fullName": "cxc, the compiler of customer experience blueprints",
                        "version": VERSION,
                        "semanticVersion": VERSION,
                        "rules": descriptors,
                    }
                },
                "invocations": [{"executionSuccessful": True}],
                "originalUriBaseIds": {_ROOT: {"description": {"text": "The folder that the paths start from."}}},
                "columnKind": "unicodeCodePoints",
                "results": [results.result(diagnostic) for diagnostic in diagnostics],
            }
        ],
    }


def _descriptor(page: Explanation, severity: Severity) -> Json:
    # No `helpUri`: it has to be absolute, and the page is at hand in `help`.
    return {
        "id": page.code,
        "name": _friendly_name(page.slug),
        "shortDescription": {"text": _shortened(page.pattern or page.slug)},
        "fullDescription": {"text": _shortened(page.what or page.pattern or page.slug)},
        "help": {"text": as_text(page), "markdown": as_markdown(page, level=0)},
        "defaultConfiguration": {"level": _LEVELS[severity]},
        "properties": {
            "slug": page.slug,
            "tags": [page.family],
            "precision": _PRECISIONS[severity],
            "problem.severity": _GITHUB_SEVERITIES[severity],
        },
    }


def _unlisted(kind: Kind) -> Json:
    words = kind.slug.replace("-", " ")
    return {
        "id": kind.code,
        "name": _friendly_name(kind.slug),
        "shortDescription": {"text": words},
        "fullDescription": {"text": words},
        "help": {"text": words},
        "defaultConfiguration": {"level": _LEVELS[kind.severity]},
        "properties": {"slug": kind.slug, "problem.severity": _GITHUB_SEVERITIES[kind.severity]},
    }


class _Results:
    """Turns findings into results, one after another; what is computed of a file is kept for its next finding."""

    def __init__(self, sources: Mapping[str, SourceFile], indexes: Mapping[str, int]) -> None:
        self._sources = sources
        self._indexes = indexes
        self._hashes: dict[str, LineHashes] = {}
        self._identities = Identities()

    def result(self, diagnostic: Diagnostic) -> Json:
        related = [
            {"id": number, **self._location(place.span, context=False), "message": {"text": _text(place.message)}}
            for number, place in enumerate(diagnostic.related, start=1)
        ]
        result: Json = {
            "ruleId": diagnostic.code,
            "ruleIndex": self._indexes[diagnostic.code],
            "level": _LEVELS[diagnostic.severity],
            "message": {"text": _message(diagnostic)},
            "locations": [self._location(diagnostic.span)],
            "partialFingerprints": self._fingerprints(diagnostic),
            # Either all results say whether they are suppressed, or none does.
            "suppressions": [self._suppression(diagnostic.suppression)] if diagnostic.suppression else [],
        }
        if related:
            result["relatedLocations"] = related
        if diagnostic.fix:
            result["fixes"] = [self._fix(diagnostic)]
        return result

    def _location(self, span: Span, *, context: bool = True) -> Json:
        source = self._sources.get(span.file)
        if source is None:
            return {"physicalLocation": {"artifactLocation": _artifact(span.file), "region": _region(span)}}
        inside = within(source, span)
        physical: Json = {"artifactLocation": _artifact(span.file), "region": _region(inside)}
        if snippet := _snippet(source, inside):
            physical["region"]["snippet"] = snippet
        around = _around(source, inside)
        if context and around != inside and (snippet := _snippet(source, around)):
            physical["contextRegion"] = {"startLine": around.line, "endLine": around.end_line, "snippet": snippet}
        return {"physicalLocation": physical}

    def _fingerprints(self, diagnostic: Diagnostic) -> dict[str, str]:
        span = diagnostic.span
        source = self._sources.get(span.file)
        if source is None:
            return {"findingIdentity/v1": self._identities.next(diagnostic.code, span.file, "")}
        if span.file not in self._hashes:
            self._hashes[span.file] = LineHashes(source)
        start, end = bounds(source, within(source, span).line)
        line = source.text[start : min(end, start + _LONGEST_SNIPPET)]
        return {
            "primaryLocationLineHash": self._hashes[span.file].of_line(span.line),
            "findingIdentity/v1": self._identities.next(diagnostic.code, span.file, line),
        }

    def _suppression(self, suppression: Suppression) -> Json:
        written: Json = {
            "kind": "inSource",
            "status": "accepted",
            "justification": _text(suppression.reason),
            "location": self._location(suppression.span, context=False),
        }
        if suppression.until:
            written["properties"] = {"until": suppression.until}
        return written

    def _fix(self, diagnostic: Diagnostic) -> Json:
        by_file: dict[str, list[Edit]] = {}
        for edit in diagnostic.fix:
            by_file.setdefault(edit.span.file, []).append(edit)
        return {
            "description": {"text": _text(diagnostic.help or "Mend it.")},
            "artifactChanges": [
                {"artifactLocation": _artifact(file), "replacements": [_replacement(edit) for edit in edits]}
                for file, edits in by_file.items()
            ],
        }


def _replacement(edit: Edit) -> Json:
    return {"deletedRegion": _region(edit.span), "insertedContent": {"text": well_formed(edit.text)}}


def _region(span: Span) -> Json:
    line, column = max(span.line, 1), max(span.column, 1)
    end_line = max(span.end_line, line)
    end_column = max(span.end_column, column if end_line == line else 1)
    return {"startLine": line, "startColumn": column, "endLine": end_line, "endColumn": end_column}


def _around(source: SourceFile, span: Span) -> Span:
    """Return the lines of a span and one more on each side; a span that lies in the file is meant."""
    line = max(span.line - 1, 1)
    end_line = min(span.end_line + 1, len(source.line_starts))
    begin, end = bounds(source, end_line)
    return Span(span.file, line, 1, end_line, end - begin + 1)


def _snippet(source: SourceFile, span: Span) -> Json | None:
    """Return the text of a span that lies in the file, if it has one and is not too long to repeat."""
    start, end = source.offset(span.line, span.column), source.offset(span.end_line, span.end_column)
    text = source.text[start:end] if end - start <= _LONGEST_SNIPPET else ""
    return {"text": well_formed(text)} if text else None


def _artifact(file: str) -> Json:
    """Return where a file is: relative to the folder that the paths start from, wherever that is possible."""
    if PurePosixPath(file).is_absolute():
        return {"uri": f"file://{_quoted(file)}"}
    windows = PureWindowsPath(file)
    if windows.is_absolute():
        return {"uri": f"file:///{windows.drive}{_quoted(windows.as_posix()[len(windows.drive) :])}"}
    return {"uri": _quoted(file) or ".", "uriBaseId": _ROOT}


def _quoted(path: str) -> str:
    try:
        raw = path.encode("utf-8", "surrogateescape")  # the bytes of a file name that is not UTF-8
    except UnicodeEncodeError:
        raw = path.encode("utf-8", "surrogatepass")
    return quote(raw, safe="/")


def _friendly_name(slug: str) -> str:
    return "".join(word.capitalize() for word in slug.split("-"))


def _shortened(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST_DESCRIPTION else text[: _LONGEST_DESCRIPTION - 1] + "…"


def _message(diagnostic: Diagnostic) -> str:
    """Return the message, the advice, and links to the related places, which viewers follow by their `id`."""
    parts = [_sentence(_text(diagnostic.message))]
    if diagnostic.help:
        parts.append(_sentence(_text(diagnostic.help)))
    links = [
        f"[{_label(_text(related.message))}]({number})" for number, related in enumerate(diagnostic.related, start=1)
    ]
    if links:
        parts.append(f"See {', '.join(links)}.")
    return " ".join(parts)


def _text(text: str) -> str:
    """Return a text that a viewer shows as it is: no link, no placeholder, and nothing invisible.

    Braces should be doubled everywhere, but viewers show both; so only those are that would be a placeholder.
    """
    shown = " ".join(map(Display().plain, text.splitlines())) or "-"
    return _PLACEHOLDER.sub(r"{{\1}}", _LINK.sub(r"\\[", shown))


def _label(text: str) -> str:
    return re.sub(r"(?<!\\)([\[\]])", r"\\\1", text)


def _sentence(text: str) -> str:
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."
