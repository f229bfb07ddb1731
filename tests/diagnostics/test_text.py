"""What a reader of a terminal sees, as it stands there."""

import re
from collections.abc import Iterable
from dataclasses import replace
from textwrap import dedent

import pytest
from wcwidth import width

from cxc.diagnostics import Diagnostic, Edit, Kind, Related, Severity, Suppression, finding
from cxc.diagnostics.text import render
from cxc.source import SourceFile, Span

UNKNOWN = Kind("CXC201", "unknown-reference", Severity.ERROR)
DUPLICATE = Kind("CXC202", "duplicate-name", Severity.ERROR)
ASKED_TWICE = Kind("CXC602", "asked-twice", Severity.WARNING)
LARGE = Kind("CXC411", "oversized-journey", Severity.HINT)


def shown(diagnostic: Diagnostic, *sources: SourceFile, **options: object) -> str:
    *lines, blank, summary = render([diagnostic], {source.path: source for source in sources}, **options)
    assert blank == "" and "in 1 file" in summary
    return "\n".join(lines)


def same(found: str, expected: str) -> bool:
    return found == dedent(expected).strip("\n")


def test_a_name_with_a_suggestion_and_a_fix(marked) -> None:
    source, [span] = marked("journey Refill {\n\n      via «MobleApp», Web, Ivr\n}\n")
    diagnostic = finding(
        UNKNOWN,
        "There is no channel `MobleApp`",
        span,
        help="Did you mean `MobileApp`?",
        fix=[Edit(span, "MobileApp")],
    )
    assert same(
        shown(diagnostic, source),
        """
        error CXC201 unknown-reference: There is no channel `MobleApp`
         --> shop.blueprint:3:11
          |
        3 |       via MobleApp, Web, Ivr
          |           ^^^^^^^^
          |
          = help: Did you mean `MobileApp`?
          = write this instead: via MobileApp, Web, Ivr
        """,
    )


def test_a_related_place_in_the_same_file_shares_the_frame(marked) -> None:
    source, [first, second] = marked("entity «Order» {}\n\n\nenum Order2 {}\nentity «Order» {}\n")
    diagnostic = finding(
        DUPLICATE, "`Order` is declared twice", second, related=[Related(first, "first declared here")]
    )
    assert same(
        shown(diagnostic, source),
        """
        error CXC202 duplicate-name: `Order` is declared twice
         --> shop.blueprint:5:8
          |
        1 | entity Order {}
          |        ----- first declared here
        ...
        5 | entity Order {}
          |        ^^^^^
        """,
    )


def test_a_single_line_between_two_marks_is_shown_rather_than_left_out(marked) -> None:
    source, [first, second] = marked("entity «Order» {}\n// between\nentity «Order» {}\n")
    found = shown(finding(DUPLICATE, "Twice", second, related=[Related(first, "first")]), source)
    assert "2 | // between\n3 |" in found
    assert "..." not in found


def test_two_marks_in_one_line_have_a_row_each(marked) -> None:
    source, [first, second] = marked("via «Web», «Web»\n")
    diagnostic = finding(DUPLICATE, "`Web` stands here twice", second, related=[Related(first, "also here")])
    assert same(
        shown(diagnostic, source),
        """
        error CXC202 duplicate-name: `Web` stands here twice
         --> shop.blueprint:1:10
          |
        1 | via Web, Web
          |     --- also here
          |          ^^^
        """,
    )


def test_a_related_place_in_another_file_has_a_frame_of_its_own(marked) -> None:
    source, [second] = marked("entity «Order» {}\n")
    other, [first] = marked("//\n" * 11 + "entity «Order» {}", path="data/order.blueprint")
    diagnostic = finding(
        DUPLICATE, "`Order` is declared twice", second, related=[Related(first, "first declared here")]
    )
    assert same(
        shown(diagnostic, source, other),
        """
        error CXC202 duplicate-name: `Order` is declared twice
          --> shop.blueprint:1:8
           |
         1 | entity Order {}
           |        ^^^^^
          --> data/order.blueprint:12:8
           |
        12 | entity Order {}
           |        ----- first declared here
        """,
    )


def test_a_file_that_cannot_be_read_is_named_without_a_frame() -> None:
    diagnostic = finding(
        UNKNOWN,
        "There is no package `a`",
        Span("cxc.toml", 3, 1, 3, 4),
        related=[Related(Span("../payments/blueprint.json", 1, 1, 1, 1), "the published design")],
        help="First line.\nSecond line.",
        fix=[Edit(Span("cxc.toml", 3, 1, 3, 4), "b")],
    )
    assert same(
        shown(diagnostic),
        """
        error CXC201 unknown-reference: There is no package `a`
         --> cxc.toml:3:1
         --> ../payments/blueprint.json:1:1: the published design
          = help: First line.
                  Second line.
        """,
    )


def test_a_span_of_several_lines_is_underlined_in_each(marked) -> None:
    source, [span] = marked("a «{\n\t  b\n\n}» c\n")
    assert same(
        shown(finding(LARGE, "A block", span), source),
        """
        hint CXC411 oversized-journey: A block
         --> shop.blueprint:1:3
          |
        1 | a {
          |   ^
        2 |       b
          |       ^
        3 |
        4 | } c
          | ^
        """,
    )


def test_of_a_long_span_the_middle_is_left_out_and_the_label_stands_at_its_end(marked) -> None:
    source, [span, place] = marked("«a {\n" + "  b\n" * 20 + "}»\n«x»\n")
    found = shown(finding(LARGE, "A block", place, related=[Related(span, "this block")]), source)
    assert same(
        found,
        """
        hint CXC411 oversized-journey: A block
          --> shop.blueprint:23:1
           |
         1 | a {
           | ---
         2 |   b
           |   -
        ...
        21 |   b
           |   -
        22 | }
           | - this block
        23 | x
           | ^
        """,
    )


def test_a_span_up_to_the_next_line_does_not_show_that_line(marked) -> None:
    source, [span] = marked("«a b\n»c\n")
    found = shown(finding(LARGE, "A line", span), source)
    assert "1 | a b\n  | ^^^" in found
    assert "2 |" not in found


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r", ""], ids=["LF", "CRLF", "CR", "none"])
def test_line_endings_leave_no_trace(marked, ending: str) -> None:
    source, [span] = marked(f"a{ending or ' '}b «wrong»{ending}")
    found = shown(finding(UNKNOWN, "No", span), source)
    assert found.endswith(" b wrong\n  |   ^^^^^" if ending else " a b wrong\n  |     ^^^^^")
    assert "<U+" not in found


def test_the_place_behind_the_last_character_can_be_meant(marked) -> None:
    source, [span] = marked("entity Order {«»")
    assert shown(finding(UNKNOWN, "No end", span), source).endswith("1 | entity Order {\n  |               ^")


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        pytest.param("\t\tvia «Web»", ["        via Web", "            ^^^"], id="tabs"),
        pytest.param("ab\t«c»", ["ab  c", "    ^"], id="a tab in the line"),
        pytest.param("a «\t» b", ["a    b", "  ^^"], id="a tab is meant"),
        pytest.param('"注文" «x»', ['"注文" x', "       ^"], id="wide characters before"),
        pytest.param('"«注文»"', ['"注文"', " ^^^^"], id="wide characters meant"),
        pytest.param('"Café" «x»', ['"Café" x', "       ^"], id="an accented letter"),
        pytest.param('"Cafe\u0301" «x»', ['"Cafe\u0301" x', "       ^"], id="a letter and its accent"),
        pytest.param('"e«\u0301»"', ['"e\u0301"', " ^"], id="an accent is meant: with its letter"),
        pytest.param("«\u0301»x", ["<U+0301>x", "^^^^^^^^"], id="an accent without a letter"),
        pytest.param('"💊" «x»', ['"💊" x', "     ^"], id="astral"),
        pytest.param('"❤\ufe0f" «x»', ['"❤\ufe0f" x', "     ^"], id="an emoji of two code points"),
        pytest.param('"🇬🇧" «x»', ['"🇬🇧" x', "     ^"], id="a flag"),
        pytest.param('"한" «x»', ['"한" x', "     ^"], id="Hangul"),
        pytest.param("a«\u202e»b", ["a<U+202E>b", " ^^^^^^^^"], id="a bidi override"),
        pytest.param("a\u2066b «x»", ["a<U+2066>b x", "           ^"], id="a bidi isolate before"),
        pytest.param("a\0«x»", ["a<U+0000>x", "         ^"], id="NUL"),
        pytest.param("a\u00a0«x»", ["a<U+00A0>x", "         ^"], id="a blank that is none"),
        pytest.param("a\u3164«x»", ["a<U+3164>x", "         ^"], id="a letter that nobody sees"),
        pytest.param("a\x1b[31m«x»", ["a<U+001B>[31mx", "             ^"], id="a terminal's command"),
        pytest.param("a\ud800«x»", ["a<U+D800>x", "         ^"], id="a lone surrogate"),
        pytest.param("a\u2028«x»", ["a<U+2028>x", "         ^"], id="a line separator ends no line"),
    ],
)
def test_what_is_meant_is_what_is_underlined(marked, line: str, expected: list[str]) -> None:
    source, [span] = marked(line + "\n")
    found = shown(finding(UNKNOWN, "No", span), source).split("\n")
    assert found[3:] == [f"1 | {expected[0]}", f"  | {expected[1]}"]


def test_a_letter_under_a_tower_of_accents_does_not_flood_the_report(marked) -> None:
    source, [span] = marked("e" + "\u0301" * 5000 + " «x»\n")
    assert len(shown(finding(UNKNOWN, "No", span), source)) < 2000


def test_a_long_line_is_cut_around_what_is_meant(marked) -> None:
    source, [span] = marked("a" * 500 + " «wrong» " + "b" * 500)
    found = shown(finding(UNKNOWN, "No", span), source, columns=50).split("\n")
    assert found[3:] == [
        "1 | ...aaaaaaaaaaaa wrong bbbbbbbbbbbbbbbbbbbbb...",
        "  |                 ^^^^^",
    ]


@pytest.mark.parametrize("columns", [60, 100])
def test_no_line_of_a_frame_is_wider_than_the_terminal(marked, columns: int) -> None:
    source, [span, related] = marked(
        "//\n" * 99 + "注" * 300 + " «wrong» " + "b" * 500 + "\n" + "x" * 300 + "«x»" + "y" * 99
    )
    found = shown(finding(UNKNOWN, "No", span, related=[Related(related, "")]), source, columns=columns)
    assert max(map(width, found.split("\n"))) in range(columns - 2, columns + 1)


def test_the_end_of_a_long_line_is_not_cut(marked) -> None:
    source, [span] = marked("a" * 500 + " «wrong»")
    found = shown(finding(UNKNOWN, "No", span), source, columns=40).split("\n")
    assert found[3:] == ["1 | ...aaaaaaaaaaaaaaaaaaaaaaaa wrong", "  |                             ^^^^^"]


def test_a_span_longer_than_what_is_shown_is_underlined_as_far(marked) -> None:
    source, [span] = marked("a «" + "b" * 500 + "» c")
    found = shown(finding(UNKNOWN, "No", span), source, columns=40).split("\n")
    assert found[3:] == [f"1 | a {'b' * 28}...", f"  |   {'^' * 28}"]


def test_marks_far_apart_in_one_line_show_it_twice(marked) -> None:
    source, [first, second] = marked("«Web»" + " " * 300 + "«Web»")
    found = shown(finding(DUPLICATE, "Twice", second, related=[Related(first, "first")]), source, columns=40)
    assert [row[4:] for row in found.split("\n")[3:]] == [
        f"Web{' ' * 27}...",
        "--- first",
        f"...{' ' * 27}Web",
        f"   {' ' * 27}^^^",
    ]


def test_text_from_the_source_in_a_message_or_path_is_made_visible_too(marked) -> None:
    source, [span] = marked("«x»", path="a\u202eb\n.blueprint")
    diagnostic = finding(
        UNKNOWN, "There is no `a\u202e\n`", span, help="Write `\x07`.", related=[Related(span, "\x1b[0m")]
    )
    found = shown(diagnostic, source)
    assert found.split("\n")[:2] == [
        "error CXC201 unknown-reference: There is no `a<U+202E><U+000A>`",
        " --> a<U+202E>b<U+000A>.blueprint:1:1",
    ]
    assert "- <U+001B>[0m" in found
    assert "= help: Write `<U+0007>`." in found


def test_what_an_encoding_lacks_is_escaped_so_that_the_underline_stays_right(marked) -> None:
    source, [span] = marked('"é注" «x»')
    found = shown(finding(UNKNOWN, "“Nein”", span), source, encoding="latin-1").split("\n")
    assert found[0].endswith(": <U+201C>Nein<U+201D>")
    assert found[3:] == ['1 | "é<U+6CE8>" x', "  |             ^"]


@pytest.mark.parametrize(
    ("line", "texts", "expected"),
    [
        pytest.param("  a «b» c", ["xx"], "write this instead: a xx c", id="replaces"),
        pytest.param("  a« b»", [""], "write this instead: a", id="removes"),
        pytest.param("  a «»b", ["@key "], "write this instead: a @key b", id="inserts"),
        pytest.param("«a» b «c»", ["xx", "y"], "write this instead: xx b y", id="in two places"),
        pytest.param("  «a b»", [""], "fix: remove this line", id="leaves nothing"),
        pytest.param("a «b»", ["\u202e"], "write this instead: a <U+202E>", id="shows what it writes"),
        pytest.param("a «b»", ["c\nd"], None, id="several lines to write"),
        pytest.param("a «b\nc»", ["d"], None, id="several lines to replace"),
        pytest.param("«a «b» c»", ["x", "y"], None, id="edits within each other"),
    ],
)
def test_a_fix_within_one_line_is_written_out(marked, line: str, texts: list[str], expected: str | None) -> None:
    source, spans = marked(f"{line}\n")
    edits = [Edit(span, text) for span, text in zip(spans, texts, strict=True)]
    found = shown(finding(UNKNOWN, "No", spans[0], fix=reversed(edits)), source)
    notes = re.findall(r"^ *= (.*)", found, re.MULTILINE)
    assert notes == ([expected] if expected else [])


def allowed(diagnostic: Diagnostic, until: str | None = "2027-01-01") -> Diagnostic:
    return replace(diagnostic, suppression=Suppression("Known", until, Span("shop.blueprint", 2, 1, 2, 9)))


def test_an_allowed_finding_is_counted_and_shown_on_demand(marked) -> None:
    source, [span] = marked("asks «name»")
    diagnostic = allowed(finding(ASKED_TWICE, "`name` is known", span))
    sources = {source.path: source}
    assert list(render([diagnostic], sources)) == ["No findings (1 allowed)"]
    assert same(
        "\n".join(render([diagnostic], sources, show_allowed=True)),
        """
        allowed warning CXC602 asked-twice: `name` is known
         --> shop.blueprint:1:6
          |
        1 | asks name
          |      ^^^^
          |
          = allowed: Known until 2027-01-01 (shop.blueprint:2)

        No findings (1 allowed)
        """,
    )
    assert "= allowed: Known (shop" in "\n".join(render([allowed(diagnostic, None)], sources, show_allowed=True))


def findings(kinds: Iterable[Kind], file: str) -> list[Diagnostic]:
    return [finding(kind, "No", Span(file, line, 1, line, 1)) for line, kind in enumerate(kinds, start=1)]


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        pytest.param([], "No findings", id="none"),
        pytest.param(findings([UNKNOWN], "a"), "1 error in 1 file", id="one"),
        pytest.param(
            [
                *findings([UNKNOWN, UNKNOWN, ASKED_TWICE], "a"),
                *findings([LARGE, LARGE, LARGE], "b"),
                *map(allowed, findings([UNKNOWN], "c")),
            ],
            "2 errors, 1 warning, 3 hints in 2 files (1 allowed)",
            id="of each kind",
        ),
    ],
)
def test_the_last_line_counts(found: list[Diagnostic], expected: str) -> None:
    assert list(render(found, {}))[-1] == expected


def test_severity_is_that_of_the_finding_not_of_its_rule(marked) -> None:
    source, [span] = marked("«x»")
    regraded = finding(ASKED_TWICE, "No", span).graded(Severity.ERROR)
    assert shown(regraded, source).startswith("error CXC602 asked-twice: No")


def test_colour_adds_looks_and_changes_nothing_else(marked) -> None:
    source, [first, second] = marked("entity «Order» {}\n\u202e entity «Order» {}\n")
    diagnostic = finding(
        DUPLICATE, "Twice", second, related=[Related(first, "first")], help="No", fix=[Edit(second, "Order2")]
    )
    plain = shown(diagnostic, source)
    coloured = shown(diagnostic, source, colour=True)
    assert "\x1b" not in plain
    assert re.sub(r"\x1b\[[\d;]*m", "", coloured) == plain
    assert coloured.startswith("\x1b[31m\x1b[1merror CXC202 duplicate-name\x1b[0m: ")
    assert "\x1b[7m<U+202E>\x1b[0m" in coloured
