"""What a run came to, in numbers and in one line.

What it came to in particular is said by the reports; whether it fails, by the command.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from cxc.diagnostics import Diagnostic, Severity


class Summary(NamedTuple):
    """How many findings of each severity there are and in how many files, and how many more are allowed in place."""

    errors: int
    warnings: int
    hints: int
    allowed: int
    files: int

    def __str__(self) -> str:
        counts = ((self.errors, "error"), (self.warnings, "warning"), (self.hints, "hint"))
        found = ", ".join(_count(number, word) for number, word in counts if number)
        sentence = f"{found} in {_count(self.files, 'file')}" if found else "No findings"
        return f"{sentence} ({self.allowed} allowed)" if self.allowed else sentence


def summarise(diagnostics: Iterable[Diagnostic]) -> Summary:
    """Return the numbers of findings; one that is allowed counts as allowed only."""
    severities: Counter[Severity] = Counter()
    files: set[str] = set()
    allowed = 0
    for diagnostic in diagnostics:
        if diagnostic.suppression:
            allowed += 1
        else:
            severities[diagnostic.severity] += 1
            files.add(diagnostic.span.file)
    return Summary(
        errors=severities[Severity.ERROR],
        warnings=severities[Severity.WARNING],
        hints=severities[Severity.HINT],
        allowed=allowed,
        files=len(files),
    )


def _count(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"
