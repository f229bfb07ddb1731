"""Which findings count: settings for all files and for some, and allowances beside what they allow."""

from __future__ import annotations

from datetime import date

import pytest

from cxc.config import Config, load_config
from cxc.diagnostics import Diagnostic, Kind, Severity, finding
from cxc.diagnostics.selection import apply, may_be_ignored, selectors
from cxc.glob import matches
from cxc.rules.planned import known_kinds
from cxc.source import SourceFile, Span
from cxc.syntax.parser import parse

TODAY = date(2026, 6, 15)
KINDS = {kind.code: kind for kind in known_kinds()}
ASKED_TWICE, CONTEXT_LOST, OVERSIZED = KINDS["CXC602"], KINDS["CXC603"], KINDS["CXC411"]
UNAVAILABLE, UNUSED_IMPORT, SYNTAX = KINDS["CXC601"], KINDS["CXC206"], KINDS["CXC101"]


def config(text: str = "") -> Config:
    read, problems = load_config(text)
    assert read is not None, problems
    return read


def found(kind: Kind, file: str = "a.blueprint", line: int = 1) -> Diagnostic:
    return finding(kind, f"{kind.slug} here", Span(file, line, 1, line, 5))


def selected(settings: str, *kinds: Kind, file: str = "a.blueprint") -> dict[str, Severity]:
    kept = apply([found(kind, file) for kind in kinds], {}, config(settings), TODAY)
    return {diagnostic.code: diagnostic.severity for diagnostic in kept}


def applied(text: str, *kinds: Kind, line: int, today: date = TODAY, settings: str = "") -> list[Diagnostic]:
    """Findings on one line of a file, as its comments leave them, and what is wrong with these."""
    source = SourceFile("a.blueprint", text)
    files = {source.path: (source, parse(source).file)}
    return apply([found(kind, line=line) for kind in kinds], files, config(settings), today)


class TestSettings:
    def test_without_any_everything_counts_as_it_is(self) -> None:
        kept = selected("", ASKED_TWICE, OVERSIZED, SYNTAX)
        assert kept == {"CXC602": Severity.WARNING, "CXC411": Severity.HINT, "CXC101": Severity.ERROR}

    @pytest.mark.parametrize("word", ["CXC602", "asked-twice", "CXC6"])
    def test_ignore(self, word: str) -> None:
        assert set(selected(f'lint.ignore = ["{word}"]', ASKED_TWICE, OVERSIZED)) == {"CXC411"}

    def test_ignoring_a_family_of_names_leaves_its_errors(self) -> None:
        assert set(selected('lint.ignore = ["CXC2"]', UNUSED_IMPORT, KINDS["CXC201"])) == {"CXC201"}

    def test_select_leaves_what_guards_all_others(self) -> None:
        assert set(selected('lint.select = ["CXC4"]', ASKED_TWICE, OVERSIZED, SYNTAX)) == {"CXC411", "CXC101"}

    def test_selecting_nothing_is_not_selecting_everything(self) -> None:
        assert set(selected("lint.select = []", ASKED_TWICE, SYNTAX)) == {"CXC101"}

    def test_ignoring_goes_before_selecting(self) -> None:
        assert set(selected('lint.select = ["CXC6"]\nlint.ignore = ["CXC602"]', ASKED_TWICE, CONTEXT_LOST)) == {
            "CXC603"
        }

    @pytest.mark.parametrize("first", ["CXC6", "asked-twice"])
    def test_a_rules_own_severity_goes_before_its_familys(self, first: str) -> None:
        grades = {"CXC6": '"error"', "asked-twice": '"hint"'}
        second = next(word for word in grades if word != first)
        settings = f"[lint.severity]\n{first} = {grades[first]}\n{second} = {grades[second]}\n"
        kept = selected(settings, ASKED_TWICE, CONTEXT_LOST)
        assert kept == {"CXC602": Severity.HINT, "CXC603": Severity.ERROR}

    def test_a_path_has_its_own(self) -> None:
        settings = """
            [lint]
            ignore = ["oversized-journey"]
            severity = { CXC6 = "error" }
            [lint.paths."legacy/**"]
            ignore = ["context-lost"]
            severity = { asked-twice = "hint" }
            """
        kinds = (ASKED_TWICE, CONTEXT_LOST, OVERSIZED)
        assert selected(settings, *kinds) == {"CXC602": Severity.ERROR, "CXC603": Severity.ERROR}
        assert selected(settings, *kinds, file="legacy/x/a.blueprint") == {"CXC602": Severity.HINT}

    def test_a_path_selects_instead_of_the_workspace(self) -> None:
        settings = 'lint.select = ["CXC6"]\n[lint.paths.legacy]\nselect = ["CXC4"]'
        assert set(selected(settings, ASKED_TWICE, OVERSIZED)) == {"CXC602"}
        assert set(selected(settings, ASKED_TWICE, OVERSIZED, file="legacy/a.blueprint")) == {"CXC411"}

    def test_order_is_kept(self) -> None:
        diagnostics = [found(OVERSIZED, line=9), found(ASKED_TWICE, line=3)]
        assert apply(diagnostics, {}, config(), TODAY) == diagnostics


@pytest.mark.parametrize(
    ("path", "glob", "expected"),
    [
        ("legacy/a.blueprint", "legacy/**", True),
        ("legacy/b/c/a.blueprint", "legacy/**", True),
        ("legacy/b/a.blueprint", "legacy/*.blueprint", False),
        ("a.blueprint", "**/*.blueprint", True),
        ("b/c/a.blueprint", "**/*.blueprint", True),
        ("b/c/a.blueprint", "**/c/*.blueprint", True),
        ("bc/a.blueprint", "**/c/*.blueprint", False),
        ("a.blueprint", "?.blueprint", True),
        ("ab.blueprint", "?.blueprint", False),
        ("legacy/b/a.blueprint", "legacy", True),
        ("legacy/b/a.blueprint", "./legacy/", True),
        ("legacy2/a.blueprint", "legacy", False),
        ("a+b(1).blueprint", "a+b(1).blueprint", True),
        ("axblueprint", "a.blueprint", False),
    ],
)
def test_globs(path: str, glob: str, expected: bool) -> None:
    assert matches(path, glob) is expected


def test_what_may_be_ignored_is_all_but_errors_of_text_names_and_build() -> None:
    never = {code for code, kind in KINDS.items() if not may_be_ignored(kind)}
    text = {f"CXC10{n}" for n in range(1, 10)}
    names = {f"CXC20{n}" for n in (1, 2, 3, 4, 5, 7)}
    build = {f"CXC90{n}" for n in range(1, 8)}
    assert never == text | names | build


def test_every_rule_goes_by_its_code_its_slug_and_its_family() -> None:
    for kind in KINDS.values():
        assert selectors()[kind.code] == selectors()[kind.slug] == (kind,)
        assert kind in selectors()[kind.code[:4]]


STEPS = """\
package a
journey J {
  // cxc: allow CXC602 "asked to be sure"
  step one { asks a }
  step two { asks b } // cxc: allow asked-twice "spoken channel" until 2026-06-15
  step three { asks c }
}
"""


class TestAllowances:
    def test_on_a_line_of_its_own_holds_for_the_next_statement(self) -> None:
        (kept,) = applied(STEPS, ASKED_TWICE, line=4)
        assert kept.suppression is not None
        assert (kept.suppression.reason, kept.suppression.until) == ("asked to be sure", None)
        assert kept.suppression.span == Span("a.blueprint", 3, 3, 3, 42)
        assert kept.severity is Severity.WARNING

    def test_at_the_end_of_a_line_holds_for_that_line(self) -> None:
        (kept,) = applied(STEPS, ASKED_TWICE, line=5)
        assert kept.suppression is not None
        assert kept.suppression.until == "2026-06-15"

    @pytest.mark.parametrize("line", [1, 2, 3, 6, 7])
    def test_holds_for_no_other_line(self, line: int) -> None:
        assert applied(STEPS, ASKED_TWICE, line=line) == [found(ASKED_TWICE, line=line)]

    def test_holds_for_no_other_rule(self) -> None:
        assert applied(STEPS, CONTEXT_LOST, line=4) == [found(CONTEXT_LOST, line=4)]

    def test_holds_for_no_other_file(self) -> None:
        source = SourceFile("a.blueprint", STEPS)
        elsewhere = found(ASKED_TWICE, "b.blueprint", 4)
        assert apply([elsewhere], {source.path: (source, parse(source).file)}, config(), TODAY) == [elsewhere]

    def test_passes_over_comments_documentation_and_blank_lines(self) -> None:
        text = (
            "package a\n"
            '// cxc: allow CXC602 "one"\n'
            '// cxc: allow CXC603 "two"\n'
            "// why\n\n"
            "/// Documentation.\n"
            "journey J {\n}\n"
        )
        kept = applied(text, ASKED_TWICE, CONTEXT_LOST, OVERSIZED, line=7)
        assert [d.suppression and d.suppression.reason for d in kept] == ["one", "two", None]

    def test_holds_for_all_lines_of_a_statement_but_not_for_its_block(self) -> None:
        text = '// cxc: allow CXC602 "r"\nstep one via A,\n  B,\n  C {\n  asks a\n}\n'
        for line, holds in ((2, True), (3, True), (4, True), (5, False), (6, False)):
            (kept,) = applied(text, ASKED_TWICE, line=line)
            assert (kept.suppression is not None) is holds, line

    @pytest.mark.parametrize(("line", "held"), [(1, True), (2, True), (3, True), (4, False)])
    def test_behind_a_statement_of_several_lines_holds_for_all_of_them(self, line: int, held: bool) -> None:
        text = 'command c(\n  a: int,\n  b: int) { // cxc: allow CXC602 "why"\n  latency 2s\n}\n'
        (diagnostic,) = applied(text, ASKED_TWICE, line=line)
        assert (diagnostic.suppression is not None) == held

    def test_holds_for_every_statement_that_begins_on_the_line(self) -> None:
        text = '// cxc: allow CXC602 "r"\na b; c d,\n  e\n'
        (kept,) = applied(text, ASKED_TWICE, line=3)
        assert kept.suppression is not None

    def test_may_stand_among_parameters(self) -> None:
        text = 'query find(\n  // cxc: allow CXC601 "r"\n  name: string,\n  id: uuid\n)\n'
        for line, holds in ((3, True), (4, False)):
            (kept,) = applied(text, UNAVAILABLE, line=line)
            assert (kept.suppression is not None) is holds

    @pytest.mark.parametrize("rules", ["CXC602, CXC603", "CXC602,context-lost", "CXC6", "asked-twice , CXC6"])
    def test_several_rules(self, rules: str) -> None:
        kept = applied(f'x y // cxc: allow {rules} "r"', ASKED_TWICE, CONTEXT_LOST, OVERSIZED, line=1)
        assert [d.suppression is not None for d in kept] == [True, True, False]

    @pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
    @pytest.mark.parametrize("before", ["", "\t", "/// 🧭 first\n"])
    def test_whatever_ends_the_lines_and_stands_before(self, ending: str, before: str) -> None:
        text = f'{before}x 1\n// cxc: allow CXC602 "r 🧭"\n\ty 2'.replace("\n", ending)
        (kept,) = applied(text, ASKED_TWICE, line=3 + before.count("\n"))
        assert kept.suppression is not None
        assert kept.suppression.reason == "r 🧭"

    def test_after_a_byte_order_mark_has_the_line_for_itself(self) -> None:
        (kept,) = applied('\ufeff// cxc: allow CXC602 "r"\nx 1\n', ASKED_TWICE, line=2)
        assert kept.suppression is not None

    def test_a_comment_in_a_text_is_no_comment(self) -> None:
        assert applied('x """\n// cxc: allow CXC602 "r"\n"""\ny 1', ASKED_TWICE, line=4) == [found(ASKED_TWICE, line=4)]

    def test_a_comment_that_speaks_of_cxc_is_just_that(self) -> None:
        assert applied("x 1 // cxc allows this, see cxc: allow\n", ASKED_TWICE, line=1) == [found(ASKED_TWICE)]

    def test_that_allows_nothing_is_silent(self) -> None:
        assert applied('x 1 // cxc: allow CXC602 "r"\n', line=1) == []

    def test_with_an_escape_in_its_reason(self) -> None:
        (kept,) = applied('x 1 // cxc: allow CXC602 "the \\"golden\\" hour"', ASKED_TWICE, line=1)
        assert kept.suppression is not None
        assert kept.suppression.reason == 'the "golden" hour'

    def test_keeps_the_severity_that_settings_give(self) -> None:
        (kept,) = applied(STEPS, ASKED_TWICE, line=4, settings='[lint.severity]\nCXC602 = "error"')
        assert (kept.severity, kept.suppression is not None) == (Severity.ERROR, True)


class TestTheLastDay:
    def test_still_holds(self) -> None:
        (kept,) = applied(STEPS, ASKED_TWICE, line=5, today=date(2026, 6, 15))
        assert kept.suppression is not None

    def test_once_past_makes_an_error(self) -> None:
        (kept,) = applied(STEPS, ASKED_TWICE, line=5, today=date(2026, 6, 16))
        assert kept.suppression is None
        assert kept.severity is Severity.ERROR
        (related,) = kept.related
        assert related.message == "allowed until 2026-06-15 here"
        assert related.span.line == 5

    def test_does_not_matter_where_another_allowance_holds(self) -> None:
        text = '// cxc: allow CXC602 "for ever"\nx 1 // cxc: allow CXC602 "until then" until 2020-01-01\n'
        (kept,) = applied(text, ASKED_TWICE, line=2)
        assert kept.suppression is not None
        assert kept.suppression.reason == "for ever"

    def test_does_not_bring_back_what_settings_ignore(self) -> None:
        assert applied(STEPS, ASKED_TWICE, line=5, today=date(2030, 1, 1), settings='lint.ignore = ["CXC6"]') == []


class TestWhatIsWrongWithAnAllowance:
    @pytest.mark.parametrize(
        ("comment", "at", "message"),
        [
            ("// cxc: allow CXC602", "// cxc: allow CXC602", "An allowance needs a reason"),
            ('// cxc: allow CXC602 " "', '// cxc: allow CXC602 " "', "An allowance needs a reason"),
            ('// cxc: allow CXC699 "r"', "CXC699", "No rule is called `CXC699`"),
            ('// cxc: allow CXC603, asked-twise "r"', "asked-twise", "No rule is called `asked-twise`"),
            ('// cxc: allow CXC602 "r" until soon', "soon", "`soon` is not a day"),
            ('// cxc: allow CXC602 "r" until 2026-02-30', "2026-02-30", "`2026-02-30` is not a day"),
            ('// cxc: allow CXC602 "r" until 20260301', "20260301", "`20260301` is not a day"),
            (
                '// cxc: allow CXC101 "r"',
                "CXC101",
                "CXC101 `syntax-error` can be neither ignored nor allowed nor given another severity",
            ),
            ('// cxc: allow CXC9 "r"', "CXC9", "`CXC9` can be neither ignored nor allowed nor given another severity"),
        ],
    )
    def test_is_told_at_its_place(self, comment: str, at: str, message: str) -> None:
        text = f"package a\n  x 1 {comment}\n"
        kept, problem = applied(text, ASKED_TWICE, line=2)
        assert kept.suppression is None
        assert (problem.code, problem.message) == ("CXC901", message)
        assert problem.help
        assert text.splitlines()[1][problem.span.column - 1 : problem.span.end_column - 1] == at

    @pytest.mark.parametrize(
        "comment",
        [
            "// cxc:",
            '// cxc: alow CXC602 "r"',
            "// cxc: allow",
            '// cxc: allow "r"',
            "// cxc: allow CXC602 because of it",
            "// cxc: allow CXC602 “r”",
            '// cxc: allow CXC602 until 2027-01-01 "r"',
            '// cxc: allow CXC602 "r" until',
            '// cxc: allow CXC602 "r" 2027-01-01',
            '// cxc: allow CXC602 CXC603 "r"',
        ],
    )
    def test_is_shown_the_form(self, comment: str) -> None:
        kept, problem = applied(f"x 1 {comment}", ASKED_TWICE, line=1)
        assert kept.suppression is None
        assert problem.code == "CXC901"
        assert problem.help is not None
        assert '`// cxc: allow asked-twice "reason" until 2027-01-01`' in problem.help
        assert problem.span == Span("a.blueprint", 1, 5, 1, 5 + len(comment))

    def test_leaves_the_rules_that_are_sound(self) -> None:
        kept, problem = applied('x 1 // cxc: allow CXC602, CXC699 "r"', ASKED_TWICE, line=1)
        assert kept.suppression is not None
        assert problem.code == "CXC901"

    def test_comes_with_what_was_meant(self) -> None:
        _, problem = applied('x 1 // cxc: allow asked-twise "r"', ASKED_TWICE, line=1)
        assert problem.help == "Did you mean `asked-twice`?"
        assert [edit.text for edit in problem.fix] == ["asked-twice"]

    def test_is_an_error_of_its_own_however_lenient_the_settings(self) -> None:
        (problem,) = applied("x 1 // cxc: allow CXC602", line=1, settings="lint.select = []")
        assert problem.severity is Severity.ERROR

    def test_a_family_allows_only_what_may_be_allowed(self) -> None:
        kept = applied('x 1 // cxc: allow CXC2 "r"', UNUSED_IMPORT, KINDS["CXC201"], line=1)
        assert [d.suppression is not None for d in kept] == [True, False]

    @pytest.mark.parametrize("comment", ['//cxc:allow CXC602 "r"', '//  CXC :  allow\tCXC602 "r"  '])
    def test_blanks_do_not_matter(self, comment: str) -> None:
        (kept,) = applied(f"x 1 {comment}", ASKED_TWICE, line=1)
        assert kept.suppression is not None


def test_a_file_that_cannot_be_parsed_keeps_its_allowances() -> None:
    text = 'x ) y // cxc: allow CXC602 "r"\nteam {{{\n'
    (kept,) = applied(text, ASKED_TWICE, line=1)
    assert kept.suppression is not None


def test_an_error_that_may_be_allowed_is() -> None:
    (kept,) = applied('x 1 // cxc: allow CXC601 "known from the visit"', UNAVAILABLE, line=1)
    assert (kept.severity, kept.suppression is not None) == (Severity.ERROR, True)
