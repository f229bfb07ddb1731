"""Regular expressions that would keep a matcher busy for ever: each is told, and the run ends at once."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from command_line import cxc, write_all

EVIL_TEXT = "a" * 45 + "!"
ENOUGH = 10.0
"""Seconds; the expressions below take a matcher years."""


def check(folder: Path, pattern: str, text: str = EVIL_TEXT) -> tuple[list[str], str]:
    written = pattern.replace("/", "\\/")
    declared = f'package p\n\ntype T {{ value: string(/{written}/) @example("{text}") }}\n'
    write_all(folder, {"x.blueprint": declared})
    began = time.monotonic()
    ran = cxc("check", "x.blueprint", cwd=folder)
    assert time.monotonic() - began < ENOUGH
    errors = [line for line in ran.output.splitlines() if line.startswith("error ")]
    assert ran.code == (1 if errors else 0)
    return [code for code in ran.codes if code != "CXC210"], "\n".join(errors)


@pytest.mark.parametrize(
    "pattern",
    [
        "(a+)+",
        "(a+)+$",
        "(a*)*b",
        "((a*)*)*b",
        "(a|a)*b",
        "(a|aa)+$",
        "(a|b|ab)*c",
        "([a-zA-Z]+)*$",
        r"(\w+\s?)*$",
        "(x+x+)+y",
        "^(([a-z])+.)+[A-Z]([a-z])+$",
        "(.*a){20}",
        "(a{1,50}){1,50}b",
        "(?:a?){30}a{30}",
        "(?:a?){20,}b",
        "(?=(a+)+b)a",
        "(?:a|[a-c]|.)+b",
        "(" * 50 + "a*" + ")*" * 50,
    ],
)
def test_what_can_match_in_endlessly_many_ways_is_told(tmp_path: Path, pattern: str) -> None:
    codes, said = check(tmp_path, pattern)
    assert codes == ["CXC305"]
    assert "can match one text in very many ways" in said


@pytest.mark.parametrize(
    "pattern",
    [
        "a?" * 25 + "a" * 25,
        "a?" * 300 + "a" * 300,
        "(?:(?:a?){5}){5}a{25}",
        "(a{0,3}){5}(a{0,3}){5}(a{0,3}){5}",
        "a*a*a*a*a*a*a*a*a*b",
        ".*.*.*.*.*.*.*.*.*x",
        "(?=" + "a?" * 25 + "a" * 25 + ")b",
    ],
)
def test_a_text_with_very_many_ways_through_it_is_told(tmp_path: Path, pattern: str) -> None:
    codes, said = check(tmp_path, pattern)
    assert codes == ["CXC306"]
    assert "through which there are very many ways" in said


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        ("[", "unterminated"),
        ("(a", "unterminated"),
        ("a)", "unbalanced"),
        ("*a", "nothing to repeat"),
        ("a{99999999999}", "too large"),
        ("(" * 400 + "a" + ")" * 400, ""),
        (r"\p{L}+", "bad escape"),
        ("a" * 1001, "longer than 1000 characters"),
        ("(?<=a+)b", "look-behind"),
        (r"\2(a)", "invalid group reference"),
    ],
)
def test_what_is_no_expression_is_told(tmp_path: Path, pattern: str, words: str) -> None:
    codes, said = check(tmp_path, pattern)
    assert codes in (["CXC305"], ["CXC306"])
    assert words in said


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("[0-9]{13}", "9780141036144"),
        ("[a-z]+(-[a-z]+)*", "a-bc-def"),
        ("(ab+c)+", "abcabbc"),
        (r"[^@ ]+@[^@ ]+\.[a-z]{2,}", "mair@example.org"),
        ("[A-Z]{2}[0-9]{2}( ?[A-Z0-9]{4}){2,7}( ?[A-Z0-9]{1,3})?", "GB29 NWBK 6016 1331 9268 19"),
        ("a{1,999}", "a" * 500),
        (".*", "x" * 2000),
        (".*-.*-.*", "x" * 60 + "-y-z"),
    ],
)
def test_what_people_write_is_sound(tmp_path: Path, pattern: str, text: str) -> None:
    codes, said = check(tmp_path, pattern, text)
    assert (codes, said) == ([], "")
