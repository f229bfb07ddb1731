"""A mistake in an expression is shown at its place in the file, however the text in quotes is written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxc.diagnostics import Diagnostic
from cxc.source import SourceFile
from cxc.syntax.strings import origins_of, value_of
from findings import found_in, shown

HEAD = "package a\nprinciple P {\n"


def found_at(require: str, *, newline: str = "\n") -> list[str]:
    """Return the pieces of source that the findings in a principle point at."""
    text = f"{HEAD}  require {require}\n}}\n".replace("\n", newline)
    source = SourceFile("design.blueprint", text)
    return [_text(source, finding) for finding in found_in({"design.blueprint": text})]


def _text(source: SourceFile, finding: Diagnostic) -> str:
    span = finding.span
    return source.text[source.offset(span.line, span.column) : source.offset(span.end_line, span.end_column)]


PLACES = {
    "plain": ('"journies.size() > 0"', ["journies"]),
    "behind an escaped quote": (r'"\"a\" == \"b\" || journies.size() > 0"', ["journies"]),
    "an escaped quote in it": (r'"\"a\" == 1"', [r"\"a\" == 1"]),
    "behind a character by number": (r'"\u{22}é\u{22} == 1 || x"', [r"\u{22}é\u{22} == 1", "x"]),
    "behind a tab": ('"true ||\tx"', ["x"]),
    "behind an escaped tab and line": (r'"true ||\t\n x"', ["x"]),
    "behind characters of all sizes": ("\"'é中😀' == 'a' || x\"", ["x"]),
    "a second text on the line": ('"true", "x"', ["x"]),
    "in a long text on one line": ('"""true || x"""', ["x"]),
    "in a long text": ('"""\n    true\n      || x || y\n    """', ["x", "y"]),
    "in a long text that begins on its first line": ('"""true\n    || x\n  || y"""', ["x", "y"]),
    "in a long text with an empty line": ('"""\n\n    true\n\n      || x\n    """', ["x"]),
    "in a long text with tabs": ('"""\n\t\ttrue\n\t\t|| x\n\t\t"""', ["x"]),
    "in a long text with escapes": ('"""\n    \\"a\\" == 1\n    || x\n    """', ['\\"a\\" == 1', "x"]),
    "over lines": ('"""\n    [1\n    ].size()\n    """', ["[1\n    ].size()"]),
    "behind a comment in it": ('"""\n    true // what else?\n    || x\n    """', ["x"]),
    "at the end": ('"true ||"', ['"']),
    "at the end of a long text": ('"""\n    true ||\n    """', ['"']),
    "nothing in it": ('""', ['"']),
}


@pytest.mark.parametrize(("require", "pieces"), PLACES.values(), ids=PLACES)
def test_a_mistake_is_shown_at_its_place(require: str, pieces: list[str]) -> None:
    assert found_at(require) == pieces


@pytest.mark.parametrize("newline", ["\r\n", "\r"])
def test_a_mistake_is_shown_at_its_place_with_other_line_ends(newline: str) -> None:
    for require, pieces in PLACES.values():
        assert found_at(require, newline=newline) == [piece.replace("\n", newline) for piece in pieces]


def test_the_line_and_column_are_those_of_the_file() -> None:
    (finding,) = found_in(HEAD + '  require """\n    true\n\n    || é.x\n    """\n}\n')
    assert finding.span[1:] == (6, 8, 6, 9)


def test_a_text_that_never_ends_is_no_expression() -> None:
    assert {finding.code for finding in found_in(HEAD + '  require "journies\n}\n')} == {"CXC102"}


def test_what_is_no_text_is_reported_as_everywhere() -> None:
    assert [finding.code for finding in found_in(HEAD + "  require journeys, true\n}\n")] == ["CXC108", "CXC108"]


PIECES = st.sampled_from(["a", "é", "😀", " ", "  ", "\t", r"\n", r"\"", r"\\", r"\u{41}", "b c"])
LINES = st.lists(st.lists(PIECES).map("".join), min_size=1, max_size=6)


@given(LINES, st.sampled_from(["\n", "\r\n", "\r"]))
def test_each_character_knows_where_it_stands(lines: list[str], newline: str) -> None:
    raw = f'"""{newline.join(lines)}"""'
    assert len(origins_of(raw)) == len(value_of(raw)) + 1
    for char, (start, end) in zip(value_of(raw), origins_of(raw), strict=False):
        if not char.isspace():
            assert value_of(f'"{raw[start:end]}"') == char


def test_each_mistake_of_each_expression_is_reported() -> None:
    found = found_in(HEAD + '  require "x || y", "channels.all(c, c.kin == \'web\' && c.nam == 1)", "z +", "true"\n}\n')
    assert [finding.code for finding in found] == ["CXC805"] * 5, shown(found)
