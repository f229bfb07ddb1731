"""Every mistake of text and names, planted in a sound design: it is found in its place, and nothing else is.

The design is `town_library/`. The mistakes stand in `mistakes.txt`, each with its code, the lines it replaces and the
lines that take their place, with `§` where the finding begins.
"""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import NamedTuple

import pytest

from cxc.rules import all_rules
from cxc.source import SourceFile
from findings import found_in, shown

_HERE = Path(__file__).parent
LIBRARY = {file.name: file.read_text(encoding="utf-8") for file in sorted((_HERE / "town_library").iterdir())}


class Mistake(NamedTuple):
    code: str
    file: str
    old: str
    new: str


def _mistakes() -> list[Mistake]:
    text = (_HERE / "mistakes.txt").read_text(encoding="utf-8")
    found = []
    for head, body in re.findall(r"^@@ (.*)\n((?:[-+].*\n)+)", text, re.MULTILINE):
        code, file = head.split()
        lines = body.splitlines(keepends=True)
        old, new = ("".join(line[1:] for line in lines if line[0] == sign) for sign in "-+")
        found.append(Mistake(code, file, old, new))
    return found


MISTAKES = _mistakes()


def test_the_design_in_which_mistakes_are_planted_is_sound() -> None:
    assert shown(found_in(LIBRARY)) == []


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda mistake: f"{mistake.code} {mistake.new.strip()}")
def test_a_planted_mistake_is_found_in_its_place_and_nothing_else(mistake: Mistake) -> None:
    text = LIBRARY[mistake.file]
    assert text.count(mistake.old) == 1, "the lines to replace do not stand once in the design"
    marked = text.replace(mistake.old, mistake.new)
    place = SourceFile(mistake.file, marked).position(marked.index("§"))
    findings = found_in(LIBRARY | {mistake.file: marked.replace("§", "")})
    found_at = [(found.code, found.span.file, (found.span.line, found.span.column)) for found in findings]
    assert found_at == [(mistake.code, mistake.file, place)], "\n".join(shown(findings))


TOGETHER = [
    ("CXC101", "  §book Book.isbn"),
    ("CXC104", "  §owner DigitalTeam"),
    ("CXC105", "    §purpos people.Lending"),
    ("CXC106", "  §-> renew"),
    ("CXC107", "process §Repair"),
    ("CXC108", "latency §fast"),
    ("CXC201", "shows §Book.titel"),
    ("CXC202", "running; returned; §running"),
    ("CXC203", "emits §data.AlreadyLent"),
    ("CXC206", "from town.channels import §Desk"),
    ("CXC208", "principle §one_visit"),
    ("CXC305", "decimal(3, §5)"),
]


def test_all_mistakes_of_a_design_are_found_in_one_run() -> None:
    files = dict(LIBRARY)
    for code, beginning in TOGETHER:
        (mistake,) = [m for m in MISTAKES if m.code == code and beginning.replace("§", "") in m.new.replace("§", "")]
        files[mistake.file] = files[mistake.file].replace(mistake.old, mistake.new)
    places = {
        (file, SourceFile(file, text).position(match.start())[0])
        for file, text in files.items()
        for match in re.finditer("§", text)
    }
    findings = found_in({file: text.replace("§", "") for file, text in files.items()})
    assert {(found.span.file, found.span.line) for found in findings} == places, "\n".join(shown(findings))
    assert sorted(found.code for found in findings) == sorted(code for code, _ in TOGETHER)


def test_every_rule_of_text_and_names_has_mistakes_of_several_kinds() -> None:
    planted = Counter(mistake.code for mistake in MISTAKES)
    elsewhere = {
        "CXC103",  # not text at all: with the tests of reading
        "CXC109",  # below, and with the tests of reading
        "CXC205",  # needs several workspaces
        "CXC207",  # below: needs two packages with the same name
    }
    spoken = {rule.kind.code for rule in all_rules() if rule.check is None and rule.kind.code < "CXC3"}
    assert {code for code in spoken if planted[code] < 3} == elsewhere


AMBIGUOUS = """\
// file: shops.blueprint
package town.shops
type Shelf { width: int }
type Aisle { number: int }
// file: books.blueprint
package town.books
type Shelf { subject: string(1..80) }
// file: use.blueprint
package town.use
from town.books import Shelf
from town.shops import Aisle, Shelf
type Case { stands_in: Shelf; beside: Shelf; near: Aisle }
"""


def test_an_ambiguous_name_is_reported_once_where_it_is_first_used() -> None:
    assert [(found.code, str(found.span), found.span.column) for found in found_in(AMBIGUOUS)] == [
        ("CXC207", "use.blueprint:4", 24)
    ]


def test_a_package_before_the_dot_ends_the_ambiguity() -> None:
    imported = AMBIGUOUS.replace("from town.books import Shelf", "import town.books")
    assert shown(found_in(imported.replace("beside: Shelf", "beside: books.Shelf"))) == []


def test_a_capability_on_the_fourth_level_is_reported_once() -> None:
    nested = "package a\ncapability A { capability B { capability C { capability D { capability E } } } }\n"
    assert [(found.code, found.span.column) for found in found_in(nested, "12")] == [("CXC109", 57)]
