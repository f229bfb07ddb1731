"""Findings for programs: one JSON object, whose schema is derived from the classes here.

The schema is a promise: fields may be added, and `version` goes up when one changes its meaning or goes. What a finding
means is left to the catalogue of rules.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, Literal, TextIO

from pydantic import BaseModel, ConfigDict, Field

from cxc.diagnostics import Diagnostic, Severity, Suppression
from cxc.diagnostics.summary import summarise
from cxc.source import Span
from cxc.version import VERSION


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class RelatedPlace(_Part):
    """Another place that explains the finding."""

    span: Span = Field(description="Where it stands.")
    message: str = Field(description="What is to be seen there, for example `first declared here`.")


class Replacement(_Part):
    """Text to put in the place of a span; an empty span inserts."""

    span: Span = Field(description="What to replace.")
    text: str = Field(description="What to write in its place.")


class Allowance(_Part):
    """The comment by which a finding is allowed in place."""

    reason: str = Field(description="Why it is allowed, in the words of the comment.")
    until: str | None = Field(description="The last day on which it is allowed (ISO 8601), if the comment names one.")
    span: Span = Field(description="Where the comment stands.")


class Finding(_Part):
    """One thing that a rule found."""

    code: str = Field(
        description="The code of the rule, for example `CXC201`; codes are never used again for another rule."
    )
    slug: str = Field(description="The name of the rule, for example `unknown-reference`.")
    severity: Severity = Field(description="How much it matters in this run, after the settings of the workspace.")
    message: str = Field(description="One sentence that says what is wrong.")
    span: Span = Field(
        description="Where it stands: lines and columns from 1, columns in Unicode code points, the end exclusive."
    )
    related: tuple[RelatedPlace, ...] = Field(description="Other places that explain it.")
    help: str | None = Field(description="What to do, in words.")
    fix: tuple[Replacement, ...] = Field(
        description="Edits that mend it when all of them are made; empty where none are known."
    )
    suppression: Allowance | None = Field(description="By what it is allowed in place; null where it counts.")


class Totals(_Part):
    """The numbers of findings; one that is allowed in place counts as allowed only."""

    errors: int = Field(ge=0)
    warnings: int = Field(ge=0)
    hints: int = Field(ge=0)
    allowed: int = Field(ge=0)
    files: int = Field(ge=0, description="In how many files the findings stand, without the allowed ones.")


class Tool(_Part):
    """What wrote the report."""

    name: Literal["cxc"] = "cxc"
    version: str


class Report(_Part):
    """All findings of one run of cxc, those included that are allowed in place."""

    version: Literal[1] = Field(default=1, description="The version of this format.")
    tool: Tool
    summary: Totals
    findings: tuple[Finding, ...] = Field(description="In the order of files, places and codes.")


def document(diagnostics: Iterable[Diagnostic]) -> dict[str, Any]:
    """Return the report as plain values for JSON."""
    found = list(diagnostics)
    report = Report(
        tool=Tool(version=VERSION),
        summary=Totals(**summarise(found)._asdict()),
        findings=tuple(map(_finding, found)),
    )
    return report.model_dump(mode="json")


def schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of the report."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema"} | Report.model_json_schema(mode="serialization")


def well_formed(text: str) -> str:
    """Return the text with U+FFFD for lone surrogates, which many readers of JSON refuse."""
    return text if text.isascii() else text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def write_document(document: dict[str, Any], stream: TextIO) -> None:
    """Write a document as JSON in ASCII: it passes through any encoding, and no character in it can play tricks."""
    json.dump(document, stream, ensure_ascii=True, indent=2)
    stream.write("\n")


def _finding(diagnostic: Diagnostic) -> Finding:
    return Finding(
        code=diagnostic.code,
        slug=diagnostic.slug,
        severity=diagnostic.severity,
        message=well_formed(diagnostic.message),
        span=_span(diagnostic.span),
        related=tuple(
            RelatedPlace(span=_span(related.span), message=well_formed(related.message))
            for related in diagnostic.related
        ),
        help=None if diagnostic.help is None else well_formed(diagnostic.help),
        fix=tuple(Replacement(span=_span(edit.span), text=well_formed(edit.text)) for edit in diagnostic.fix),
        suppression=_allowance(diagnostic.suppression) if diagnostic.suppression else None,
    )


def _allowance(suppression: Suppression) -> Allowance:
    return Allowance(reason=well_formed(suppression.reason), until=suppression.until, span=_span(suppression.span))


def _span(span: Span) -> Span:
    return span._replace(file=well_formed(span.file))
