"""What the compiler has to say: the diagnostic, its parts, and the order in which a report lists them.

How a report looks is said in the sibling modules (`text`, `json`, `sarif`, `github`); when a diagnostic is due, by the
stages and rules.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from enum import StrEnum

from cxc.source import Span


class Severity(StrEnum):
    """How much a finding matters: only errors, and warnings under `--strict`, make a run fail."""

    ERROR = "error"
    WARNING = "warning"
    HINT = "hint"


@dataclass(frozen=True, slots=True)
class Kind:
    """What all diagnostics of one code share: the code, its slug (named for the bad pattern) and its usual severity."""

    code: str
    slug: str
    severity: Severity


@dataclass(frozen=True, slots=True)
class Related:
    """Another place that explains the finding, with the words to put beside it (`first declared here`)."""

    span: Span
    message: str


@dataclass(frozen=True, slots=True)
class Edit:
    """Text to put in the place of a span; an empty span inserts."""

    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Suppression:
    """Why a finding is allowed: the reason and the last day (ISO 8601), both from `// cxc: allow`."""

    reason: str
    until: str | None
    span: Span


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding: one sentence that names the thing, where it stands, and what to write instead.

    `help` says what to do in words; `fix` does it, where the editor can. A suppressed finding stays in every report.
    """

    kind: Kind
    message: str
    span: Span
    related: tuple[Related, ...] = ()
    help: str | None = None
    fix: tuple[Edit, ...] = ()
    severity: Severity = field(default=Severity.ERROR)
    suppression: Suppression | None = None

    @property
    def code(self) -> str:
        return self.kind.code

    @property
    def slug(self) -> str:
        return self.kind.slug

    def graded(self, severity: Severity) -> Diagnostic:
        """Return the same finding with another severity."""
        return self if severity is self.severity else replace(self, severity=severity)


def finding(
    kind: Kind,
    message: str,
    span: Span,
    *,
    related: Iterable[Related] = (),
    help: str | None = None,
    fix: Iterable[Edit] = (),
) -> Diagnostic:
    """Return a diagnostic of `kind` with its usual severity; what it quotes is cut to a readable length."""
    message = _brief(message)
    help = _brief(help) if help else help
    return Diagnostic(kind, message, span, tuple(related), help, tuple(fix), kind.severity)


_LONG_QUOTE = re.compile(r"`([^`]{160})[^`]*`")


def _brief(text: str) -> str:
    """Return a sentence in which no quote is longer than anyone would read: names may have millions of letters."""
    return _LONG_QUOTE.sub(r"`\1…`", text) if len(text) > 160 else text


def in_order(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Return the diagnostics by file, place and code, each once."""
    unique = dict.fromkeys(diagnostics)
    return sorted(unique, key=lambda d: (d.span, d.code, d.message))
