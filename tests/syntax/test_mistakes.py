"""What architects write instead of the language, and what they are told: `tests/golden/mistakes/*.txt`.

A case is a name behind `==`, a text up to `--`, and what was found: code, place and message, the help, and the lines
that the suggested fix changes. `pytest --record` writes what stands behind `--` again. Each text holds one mistake, so
one finding is expected, and what follows the mistake must still be understood.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

import pytest

from cxc.diagnostics import Diagnostic
from cxc.source import SourceFile
from cxc.syntax.parser import parse
from syntax.trees import Name, declared, fixed

GOLDEN = Path(__file__).resolve().parent.parent / "golden" / "mistakes"
FOLLOWING = "\nevent After { at: date }\n"


class Mistake(NamedTuple):
    name: str
    text: str
    noted: str

    @property
    def source(self) -> SourceFile:
        return SourceFile("x.blueprint", self.text if "After" in self.text else self.text + FOLLOWING)


def mistakes(file: Path) -> list[Mistake]:
    found = []
    for part in re.split(r"(?m)^== ", file.read_text(encoding="utf-8"))[1:]:
        name, _, rest = part.partition("\n")
        text, _, noted = rest.partition("--\n")
        found.append(Mistake(name, text, noted.strip()))
    return found


FILES = sorted(GOLDEN.glob("*.txt"))
MISTAKES = [pytest.param(mistake, id=f"{file.stem}: {mistake.name}") for file in FILES for mistake in mistakes(file)]


def noted(source: SourceFile, found: Diagnostic) -> str:
    span = found.span
    lines = [
        f"{found.code} {span.line}:{span.column}-{span.end_line}:{span.end_column} {found.message}",
        f"help: {found.help}",
    ]
    if found.fix:
        before, after = source.text.split("\n"), fixed(source, found).split("\n")
        lines += [f"fix: {line.strip()}" for line in after if line.strip() and line not in before]
    return "\n".join(lines)


@pytest.mark.parametrize("file", [pytest.param(file, id=file.stem) for file in FILES])
def test_each_mistake_is_found_and_explained(file: Path, record: bool) -> None:
    cases = mistakes(file)
    found = ["\n".join(noted(case.source, one) for one in parse(case.source).diagnostics) for case in cases]
    if record:
        texts = [f"== {case.name}\n{case.text}--\n{now}\n" for case, now in zip(cases, found, strict=True)]
        file.write_text("\n".join(texts), encoding="utf-8")
    for case, now in zip(mistakes(file), found, strict=True):
        assert now == case.noted, case.name


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_reported_once_with_advice_and_spoils_nothing_else(mistake: Mistake) -> None:
    parsed = parse(mistake.source)
    assert len(parsed.diagnostics) == 1
    assert parsed.diagnostics[0].help
    # Only a text that runs to the end of the file, and cannot be told from what follows, takes that with it.
    assert Name("event", "After") in declared(parsed.file) or mistake.name == "long text without indentation"


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_suggested_fix_mends_the_text(mistake: Mistake) -> None:
    for found in parse(mistake.source).diagnostics:
        if found.fix:
            left = parse(SourceFile("x.blueprint", fixed(mistake.source, found))).diagnostics
            assert len(left) == mistake.name.endswith("with another mistake")


def test_there_are_mistakes_of_every_kind() -> None:
    assert len(MISTAKES) > 170
    names = [parameter.id for parameter in MISTAKES]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        ('team\u00a0A "a" { kind business }\n', (1, 5), "There is an invisible character here, U+00A0"),
        ('team A\0\0 "a" { kind business }\n', (1, 7), "There is an invisible character here, U+0000"),
        ('team A\u200b "a" { kind business }\n', (1, 7), "There is an invisible character here, U+200B"),
        ("team A \ud800 { kind business }\n", (1, 8), "There is an invisible character here, U+D800"),
    ],
)
def test_a_character_that_cannot_be_seen_is_named(text: str, place: tuple[int, int], message: str) -> None:
    source = SourceFile("x.blueprint", text + FOLLOWING)
    (found,) = parse(source).diagnostics
    assert (found.code, found.span.line, found.span.column, found.message) == ("CXC101", *place, message)
    assert parse(SourceFile("x.blueprint", fixed(source, found))).diagnostics == ()
