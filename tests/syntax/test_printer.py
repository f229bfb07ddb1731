"""Canonical form: what it looks like (`tests/golden/fmt`), what it never changes, and that it is a fixed point."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings

from cxc.source import SourceFile
from cxc.syntax.parser import parse
from cxc.syntax.printer import WIDTH, format_source
from syntax.texts import any_texts, damaged_texts, sound_texts
from syntax.trees import meaning

ROOT = Path(__file__).resolve().parent.parent.parent
GOLDEN = ROOT / "tests" / "golden" / "fmt"
WORKSPACES = sorted((ROOT / "blueprints").rglob("*.blueprint"))


def source(text: str) -> SourceFile:
    return SourceFile("x.blueprint", text)


def formatted(text: str) -> str:
    result, diagnostics = format_source(source(text))
    assert diagnostics == ()
    assert result is not None
    return result


def read(file: Path) -> str:
    # As bytes: line ends and a byte order mark are part of the case.
    return file.read_bytes().decode()


def comments(text: str) -> list[str]:
    return sorted(comment.text.rstrip() for comment in parse(source(text)).file.comments)


@pytest.mark.parametrize("case", [pytest.param(case, id=case.name) for case in sorted(GOLDEN.iterdir())])
def test_form_is_as_recorded(case: Path, record: bool) -> None:
    now = formatted(read(case / "input.blueprint"))
    if record:
        (case / "output.blueprint").write_bytes(now.encode())
    assert sorted(file.name for file in case.iterdir()) == ["input.blueprint", "output.blueprint"]
    assert now == read(case / "output.blueprint")
    assert formatted(now) == now
    assert comments(now) == comments(read(case / "input.blueprint"))


@pytest.mark.parametrize("file", WORKSPACES, ids=lambda file: file.relative_to(ROOT / "blueprints").as_posix())
def test_the_meaning_of_a_real_file_stays(file: Path) -> None:
    text = read(file)
    now = formatted(text)
    assert meaning(parse(source(now)).file) == meaning(parse(source(text)).file)
    assert comments(now) == comments(text)
    assert formatted(now) == now


@settings(max_examples=300)
@given(sound_texts)
def test_the_meaning_of_any_file_stays(text: str) -> None:
    now = formatted(text)
    assert meaning(parse(source(now)).file) == meaning(parse(source(text)).file)
    assert comments(now) == comments(text)


@settings(max_examples=300)
@given(sound_texts)
def test_form_is_a_fixed_point(text: str) -> None:
    now = formatted(text)
    assert formatted(now) == now


@given(sound_texts)
def test_form_has_no_blanks_that_say_nothing(text: str) -> None:
    now = formatted(text)
    assert now == "" or (now.endswith("\n") and not now.endswith("\n\n"))
    assert not now.startswith(("\n", "\ufeff"))
    if '"""' not in now:
        assert "\r" not in now
        assert "\n\n\n" not in now
        assert "{\n\n" not in now
        for line in now.split("\n"):
            assert line == line.rstrip(" \t")
            assert (len(line) - len(line.lstrip(" "))) % 2 == 0


@given(damaged_texts() | any_texts)
def test_a_file_with_errors_is_left_alone(text: str) -> None:
    result, diagnostics = format_source(source(text))
    assert (result is None) == bool(diagnostics)
    assert diagnostics == parse(source(text)).diagnostics


def test_lines_break_only_where_they_are_too_long() -> None:
    values = ", ".join(f"Value{number:02}" for number in range(40))
    lines = formatted(f"masters {values}\ncommand c(a: {'A' * 60}, b: {'B' * 60}) -> X\n").splitlines()
    assert all(len(line) <= WIDTH for line in lines)
    assert lines[0].startswith("masters Value00,")
    assert len(lines[0]) > WIDTH - len(", Value00")
    assert lines[1].startswith("  Value")
    assert lines[-4:] == ["command c(", f"  a: {'A' * 60},", f"  b: {'B' * 60}", ") -> X"]


def test_a_text_that_is_too_long_is_not_broken() -> None:
    text = f'backstage "{"word " * 40}" by people.Team\n'
    assert formatted(text) == text


@pytest.mark.parametrize("text", ["", "\n\n", "\ufeff", "   \t\n"])
def test_an_empty_file_stays_empty(text: str) -> None:
    assert formatted(text) == ""
