import csv
import io

import pytest

from cxc.targets.escaping import comment, csv_cell, markdown_cell, one_line, plain_as_markdown, safe_markdown


def test_one_line_shows_what_would_be_obeyed() -> None:
    assert one_line("a\n b\t\u202ec\x1b") == "a b \\u202ec\\u001b"


@pytest.mark.parametrize("text", ["a\nb", "a */ b", "a --> b", "a --!> b", "a\rb", "a\u2028b"])
def test_a_comment_is_not_ended_by_its_text(text: str) -> None:
    written = comment(text)
    assert not any(end in written for end in ("\n", "\r", "\u2028", "*/", "-->", "--!>"))


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("self_service is 1.5 - 2 times #1", "self_service is 1.5 - 2 times #1"),
        ("*a* _b_ [c](d)", "\\*a\\* \\_b\\_ \\[c\\](d)"),
        ("# a", "\\# a"),
        ("- a", "\\- a"),
        ("12. a", "12\\. a"),
        ("12.", "12\\."),
        ("2.1 a", "2.1 a"),
        ("<b> & &lt;", "&lt;b> & &amp;lt;"),
        ("a < b", "a < b"),
        ("use `a_b*` now", "use `a_b*` now"),
        ("a ` b", "a \\` b"),
        ("C:\\x", "C:\\\\x"),
    ],
)
def test_plain_text_is_shown_as_it_is(text: str, written: str) -> None:
    assert plain_as_markdown(text) == written


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("**bold** `<code>` [a](https://b.example)", "**bold** `<code>` [a](https://b.example)"),
        ("<https://b.example> a < b", "<https://b.example> a < b"),
        ("<script>alert(1)</script>", "&lt;script>alert(1)&lt;/script>"),
        ('<img onerror="x()">', '&lt;img onerror="x()">'),
        ("```\n<script>\n```", "```\n&lt;script>\n```"),
        ("[a](javascript:x)", "[a]\\(javascript:x)"),
        ("[a]: javascript:x", "[a]\\: javascript:x"),
        ("[a]( JavaScript:x)", "[a]\\( JavaScript:x)"),
    ],
)
def test_markdown_runs_nothing(text: str, written: str) -> None:
    assert safe_markdown(text) == written


def test_a_cell_of_a_table_stays_one_cell() -> None:
    assert markdown_cell("a | b\nc") == "a \\| b c"


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@A1", "\tx", "\rx"])
def test_a_spreadsheet_calculates_nothing(text: str) -> None:
    assert csv_cell(text) == f'"\'{text}"'


@pytest.mark.parametrize("text", ["", "plain", 'with "quotes"', "a,b", "two\nlines"])
def test_a_csv_cell_comes_back_as_it_was(text: str) -> None:
    assert next(csv.reader(io.StringIO(csv_cell(text), newline=""))) == [text]
