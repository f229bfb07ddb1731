"""Which findings count and how much: the `[lint]` settings, and `// cxc: allow` comments beside the design.

Reading `cxc.toml` is left to `cxc.config`, and what day it is to the caller.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from cxc.diagnostics import Diagnostic, Edit, Kind, Related, Severity, Suppression, finding
from cxc.diagnostics.suggestion import did_you_mean
from cxc.glob import matches
from cxc.source import SourceFile
from cxc.syntax import tree

if TYPE_CHECKING:
    from cxc.config import Config, PathLint


# ---- words for rules ---------------------------------------------------------------------------------------


@cache
def selectors() -> Mapping[str, tuple[Kind, ...]]:
    """Return what settings and allowances may call rules by: code, family (`CXC6`) or slug, and the rules it means."""
    from cxc.rules import FAMILIES
    from cxc.rules.planned import known_kinds

    kinds = known_kinds()
    families = {f"CXC{digit}": tuple(k for k in kinds if k.code[3] == digit) for digit in FAMILIES}
    return families | {k.code: (k,) for k in kinds} | {k.slug: (k,) for k in kinds}


def may_be_ignored(kind: Kind) -> bool:
    """Whether findings of a kind may be ignored, allowed or given another severity.

    Errors of text, names and build may not: everything after them builds on what they guard.
    """
    return kind.code[3] in "345678" or kind.severity is not Severity.ERROR


class Objection(NamedTuple):
    """Why a word cannot stand for a rule, in one sentence, what to do, and the word that was meant, if one is near."""

    message: str
    help: str
    instead: str | None = None


def objection(word: str, *, to_suppress: bool) -> Objection | None:
    """Return what is wrong with a word for a rule, `to_suppress` or change its findings, or None."""
    kinds = selectors().get(word)
    if kinds is None:
        instead = did_you_mean(word, selectors())
        meant = f"Did you mean `{instead}`?" if instead else None
        return Objection(
            f"No rule is called `{word}`",
            meant or "Write a code (`CXC602`), a family (`CXC6`) or a slug (`asked-twice`).",
            instead,
        )
    if to_suppress and not any(may_be_ignored(kind) for kind in kinds):
        name = f"`{word}`" if len(kinds) > 1 else f"{kinds[0].code} `{kinds[0].slug}`"
        return Objection(
            f"{name} can be neither ignored nor allowed nor given another severity",
            "Remove it and correct what it finds: errors of text, names and build always count.",
        )
    return None


# ---- settings ----------------------------------------------------------------------------------------------


def _codes(words: Iterable[str]) -> frozenset[str]:
    """Return the codes that words mean, as far as settings have a say in them."""
    known = selectors()
    return frozenset(kind.code for word in words for kind in known.get(word, ()) if may_be_ignored(kind))


class _Settings(NamedTuple):
    """The settings that hold for one file, by code."""

    selected: frozenset[str] | None
    ignored: frozenset[str]
    severities: Mapping[str, Severity]

    @classmethod
    def of(cls, tables: Iterable[PathLint]) -> _Settings:
        """Put tables together, the general one first: a later `select` or severity replaces, `ignore` adds."""
        selected: frozenset[str] | None = None
        ignored: frozenset[str] = frozenset()
        severities: dict[str, Severity] = {}
        for table in tables:
            selected = selected if table.select is None else _codes(table.select)
            ignored |= _codes(table.ignore)
            # The rule's own name says more than its family's.
            for word in sorted(table.severity, key=lambda word: -len(_codes([word]))):
                severities |= dict.fromkeys(_codes([word]), table.severity[word])
        return cls(selected, ignored, severities)

    def applied(self, found: Diagnostic) -> Diagnostic | None:
        if not may_be_ignored(found.kind):
            return found
        if found.code in self.ignored or (self.selected is not None and found.code not in self.selected):
            return None
        return found.graded(self.severities.get(found.code, found.severity))


class _Lint:
    """The `[lint]` table, put together once for each file."""

    def __init__(self, config: Config) -> None:
        self._lint = config.lint
        self._by_file: dict[str, _Settings] = {}

    def settings(self, file: str) -> _Settings:
        if file not in self._by_file:
            near = [table for glob, table in self._lint.paths.items() if matches(file, glob)]
            self._by_file[file] = _Settings.of([self._lint, *near])
        return self._by_file[file]


# ---- allowances --------------------------------------------------------------------------------------------

_MARK = re.compile(r"//[ \t]*cxc[ \t]*:[ \t]*", re.IGNORECASE)
_ALLOWANCE = re.compile(
    r'allow\s+(?P<rules>[\w-]+(?:\s*,\s*[\w-]+)*)(?:\s+(?P<reason>"(?:[^"\\]|\\.)*"))?(?:\s+until\s+(?P<until>\S+))?\s*'
)
_BLANK = " \t\f\ufeff"
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_FORM = '`// cxc: allow asked-twice "reason" until 2027-01-01`'


@dataclass(frozen=True, slots=True)
class _Allowance:
    """A sound `// cxc: allow`: the codes it allows, why, and its last day."""

    codes: frozenset[str]
    suppression: Suppression
    until: date | None


class _Allowances:
    """The allowances of one file and what is wrong with others of them."""

    def __init__(self, source: SourceFile, file: tree.File) -> None:
        self._source = source
        self._file = file
        self._statement_lines: list[tuple[int, int]] | None = None
        self._first_lines: dict[int, int] = {}
        self._by_line: dict[int, list[_Allowance]] = {}
        self.problems: list[Diagnostic] = []
        for comment in file.comments:
            if mark := _MARK.match(comment.text):
                self._read(comment, mark.end())

    def _read(self, comment: tree.Comment, after_mark: int) -> None:
        matched = _ALLOWANCE.fullmatch(comment.text, after_mark)
        whole = (comment.start, comment.end)
        if matched is None:
            self._wrong("This comment is addressed to cxc, but is no allowance", whole, f"Write {_FORM}.")
            return
        words = self._known_words(comment, matched)
        raw = matched["reason"]
        reason = tree.Text(raw, 0, len(raw)).value.strip() if raw else ""
        if not reason:
            self._wrong("An allowance needs a reason", whole, f"Write why, in double quotes: {_FORM}.")
        written = matched["until"]
        until = _day(written) if written else None
        if written and not until:
            start, end = matched.span("until")
            place = (comment.start + start, comment.start + end)
            self._wrong(f"`{written}` is not a day", place, "Write year, month and day, as in `2027-01-31`.")
        elif words and reason:
            suppression = Suppression(reason, until.isoformat() if until else None, self._source.span(*whole))
            allowance = _Allowance(_codes(words), suppression, until)
            for line in self._lines(comment):
                self._by_line.setdefault(line, []).append(allowance)

    def covering(self, found: Diagnostic) -> list[_Allowance]:
        """Return the allowances that hold for a finding, in the order of the text."""
        return [allowance for allowance in self._by_line.get(found.span.line, ()) if found.code in allowance.codes]

    def _known_words(self, comment: tree.Comment, matched: re.Match[str]) -> list[str]:
        """Return the words for rules that may be allowed, and report the others where they stand."""
        words: list[str] = []
        start = comment.start + matched.start("rules")
        for found in re.finditer(r"[\w-]+", matched["rules"]):
            if wrong := objection(found[0], to_suppress=True):
                place = (start + found.start(), start + found.end())
                self._wrong(wrong.message, place, wrong.help, wrong.instead)
            else:
                words.append(found[0])
        return words

    def _wrong(self, message: str, place: tuple[int, int], help: str | None = None, instead: str | None = None) -> None:
        from cxc.rules.build import invalid_config

        span = self._source.span(*place)
        fix = (Edit(span, instead),) if instead else ()
        self.problems.append(finding(invalid_config.KIND, message, span, help=help, fix=fix))

    def _lines(self, comment: tree.Comment) -> range:
        """Return the lines an allowance holds for.

        Where it has its line for itself, those of the next statement; else those of the statement it ends, or its own.
        """
        line, column = self._source.position(comment.start)
        if self._statement_lines is None:
            # Several statements may begin on one line, or end: the longest says how far it goes.
            lines = sorted(_statement_lines(self._source, self._file.statements))
            self._statement_lines = list(dict(lines).items())
            self._first_lines = {last: first for first, last in reversed(lines)}
        if self._source.line(line)[: column - 1].strip(_BLANK):
            return range(self._first_lines.get(line, line), line + 1)
        following = bisect_right(self._statement_lines, (line + 1, 0))
        if following == len(self._statement_lines):
            return range(0)
        first, last = self._statement_lines[following]
        return range(first, last + 1)


def _statement_lines(source: SourceFile, statements: Iterable[tree.Statement]) -> Iterator[tuple[int, int]]:
    """Yield the first and last line of each statement; what stands in its block counts for itself."""
    for statement in statements:
        block = None if isinstance(statement, tree.Field) else statement.block
        head_end = block.start if block else max(statement.start, statement.end - 1)
        yield source.position(statement.start)[0], source.position(head_end)[0]
        if isinstance(statement, tree.Operation):
            yield from _statement_lines(source, statement.parameters)
        if block:
            yield from _statement_lines(source, block.statements)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if _DAY.fullmatch(text) else None
    except ValueError:
        return None


def _allowed(found: Diagnostic, covering: list[_Allowance], today: date) -> Diagnostic:
    """Return a finding as its allowances make it: suppressed, or an error where the last of them has run out."""
    for allowance in covering:
        if allowance.until is None or today <= allowance.until:
            return replace(found, suppression=allowance.suppression)
    if not covering:
        return found
    over = tuple(Related(a.suppression.span, f"allowed until {a.suppression.until} here") for a in covering)
    return replace(found, severity=Severity.ERROR, related=found.related + over)


# ---- all of it ---------------------------------------------------------------------------------------------


def apply(
    diagnostics: Iterable[Diagnostic],
    files: Mapping[str, tuple[SourceFile, tree.File]],
    config: Config,
    today: date,
) -> list[Diagnostic]:
    """Return the findings that count, in their order and graded, and then what is wrong with allowances (CXC901).

    `files` are by path, as spans and the `paths` of `cxc.toml` name them. An allowance holds up to and including its
    last day; a finding that it no longer covers is an error.
    """
    lint = _Lint(config)
    allowances = {path: _Allowances(*pair) for path, pair in files.items() if pair[1].comments}
    kept = []
    for found in diagnostics:
        graded = lint.settings(found.span.file).applied(found)
        if graded is None:
            continue
        near = allowances.get(found.span.file)
        kept.append(_allowed(graded, near.covering(graded), today) if near else graded)
    return kept + [problem for near in allowances.values() for problem in near.problems]
