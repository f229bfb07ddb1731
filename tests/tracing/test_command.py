"""`cxc trace`: names, directions, formats and what it says where there is nothing to show."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from command_line import cxc, cxc_process, write_all
from cxc.model.base import plural
from cxc.schemas import schema

DESIGN = """
package town

team Desk "Front desk"
system Core "Core \u2013 \u202ereversed"
purpose Lending { basis contract }
persona Reader { entity Card; prefers Site }
entity Card { id: uuid @key }
capability Loans { people Desk; process "Lending"; system Core }
service Lending2 { owner Desk; realizes Loans; masters Card; runs_on Core; query card(card: Card.id) -> Card }
channel Site { kind web; identity authenticated; owner Desk }
journey Borrow "Borrow a book" {
  kind use; persona Reader; trigger "Wants to read"; outcome "Reads"
  phase during {
    step find "Finds it" { via Site; calls Lending2.card }
    step Core { via Site; calls Lending2.card }
  }
}
experience BorrowOnSite { journey Borrow; channel Site; step find { screen "/find" }; step Core { screen "/core" } }
"""


@pytest.fixture
def town(tmp_path: Path) -> Path:
    return write_all(tmp_path, {"cxc.toml": 'name = "town"\n', "town.blueprint": DESIGN})


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("Borrow", "journey Borrow"),
        ("town.Borrow", "journey Borrow"),
        ("journey:town.Borrow", "journey Borrow"),
        ("journey:Borrow", "journey Borrow"),
        ("Borrow.find", "step Borrow.find"),
        ("find", "step Borrow.find"),
        ("BorrowOnSite.find", "presentation BorrowOnSite.find"),
        ("Lending2.card", "operation Lending2.card"),
        ("card", "operation Lending2.card"),
        ("parameter:card", "parameter Lending2.card.card"),
        ("Core", "system Core"),
        ("step:Core", "step Borrow.Core"),
        ("Lending", "purpose Lending"),
    ],
)
def test_names(town: Path, name: str, meant: str) -> None:
    ran = cxc("trace", name, cwd=town)
    assert ran.output.splitlines()[0].startswith(meant), ran.said


def test_the_text_is_a_tree(town: Path) -> None:
    ran = cxc("trace", "Site", ".", "--no-color", cwd=town)
    assert ran.output.splitlines() == [
        "channel Site  town.blueprint:11",
        "",
        "Depends on",
        "1 team",
        '└─ owner team Desk "Front desk"',
        "",
        "Who depends on it",
        "1 persona, 2 steps, 1 journey, 1 experience, 2 presentations",
        "├─ preferred by persona Reader",
        '├─ serves step Borrow.find "Finds it"',
        '│  ├─ part of journey Borrow "Borrow a book"',
        "│  │  ├─ serves persona Reader",
        "│  │  └─ presented by experience BorrowOnSite",
        "│  └─ presented by presentation BorrowOnSite.find",
        "│     └─ part of experience BorrowOnSite",
        "├─ serves step Borrow.Core",
        '│  ├─ part of journey Borrow "Borrow a book" (see above)',
        "│  └─ presented by presentation BorrowOnSite.Core",
        "│     └─ part of experience BorrowOnSite",
        "└─ used by experience BorrowOnSite",
    ]
    assert ran.code == 0


def test_one_direction_and_a_depth(town: Path) -> None:
    below = cxc("trace", "Borrow", "--down", "--depth", "1", cwd=town).output
    assert "Who depends" not in below
    assert "has step Borrow.Core (goes on)" in below
    above = cxc("trace", "Borrow", "--up", cwd=town).output
    assert "Depends on" not in above
    assert "serves persona Reader" in above
    assert cxc("trace", "Borrow", "--up", "--down", cwd=town).output == cxc("trace", "Borrow", cwd=town).output
    assert cxc("trace", "Borrow", "--depth", "0", cwd=town).code == 2


def test_nothing_is_said(town: Path) -> None:
    ran = cxc("trace", "Reader", cwd=town)
    assert "Nobody depends on it" not in cxc("trace", "Site", cwd=town).output
    assert "Nobody depends on it" in ran.output
    assert "It depends on nothing" in cxc("trace", "Desk", cwd=town).output


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("borrow", "Did you mean `Borrow`?"),
        ("town.Borow", "Did you mean `town.Borrow`?"),
        ("Borrow.fnd", "Did you mean `Borrow.find`?"),
        ("journey:Borow", "Did you mean `journey:Borrow`?"),
        ("Xyzzy", "Nothing in the design is named `Xyzzy`.\n"),
        ("", "Nothing in the design is named ``.\n"),
    ],
)
def test_a_name_that_is_not_there(town: Path, name: str, said: str) -> None:
    ran = cxc("trace", name, cwd=town)
    assert ran.code == 2
    assert said in ran.errors
    assert not ran.output


def test_a_name_that_means_several(tmp_path: Path) -> None:
    parts = {f"{name}.blueprint": f"package {name}\nteam Desk\nteam Other{name}" for name in ("north", "south")}
    folder = write_all(tmp_path, {"cxc.toml": 'name = "two"\n', **parts})
    ran = cxc("trace", "Desk", cwd=folder)
    assert ran.code == 2
    assert "  team:north.Desk\n  team:south.Desk\n" in ran.errors
    # Where names are shared, they are shown with their packages.
    assert cxc("trace", "south.Desk", cwd=folder).output.startswith("team south.Desk")
    assert cxc("trace", "Othernorth", cwd=folder).output.startswith("team Othernorth")


def test_json_follows_its_schema(town: Path) -> None:
    for arguments in (("Borrow",), ("Site", "--up"), ("Borrow.find", "--depth", "2"), ("Card.id",)):
        document = json.loads(cxc("trace", *arguments, "--format", "json", cwd=town).output)
        jsonschema.Draft202012Validator(schema("trace")).validate(document)
        for direction in ("depends_on", "depended_on_by"):
            for link in document.get(direction, {"links": []})["links"]:
                assert link["dependent"] in document["elements"]
                assert link["dependency"] in document["elements"]
    document = json.loads(cxc("trace", "Site", "--format", "json", "--up", "--depth", "1", cwd=town).output)
    assert document["element"] == "channel:town.Site"
    assert document["depth"] == 1
    assert document["errors"] == 0
    assert "depends_on" not in document
    assert document["elements"]["step:town.Borrow.find"] == {
        "kind": "step",
        "name": "Borrow.find",
        "title": "Finds it",
        "span": {"file": "town.blueprint", "line": 15, "column": 10, "end_line": 15, "end_column": 14},
    }
    assert document["depended_on_by"]["links"][1] == {
        "depth": 1,
        "dependent": "step:town.Borrow.find",
        "relation": "via",
        "dependency": "channel:town.Site",
        "followed": True,
        "mark": "depth",
    }


def test_a_design_with_errors_is_traced_as_far_as_it_goes(town: Path) -> None:
    (town / "town.blueprint").write_text(DESIGN.replace("runs_on Core", "runs_on Cor"), encoding="utf-8")
    ran = cxc("trace", "Lending2", cwd=town)
    assert ran.code == 1
    assert "realizes capability Loans" in ran.output
    assert "1 error in 1 file" in ran.errors
    assert json.loads(cxc("trace", "Loans", "--format", "json", cwd=town).output)["errors"] == 1
    missing = cxc("trace", "Nowhere", cwd=town)
    assert missing.code == 2
    assert "has errors" in missing.errors


def test_other_workspaces_and_standard_input(town: Path, tmp_path: Path) -> None:
    other = write_all(
        tmp_path / "other",
        {
            "cxc.toml": 'name = "other"\n[dependencies]\ntown = ".."\n',
            "o.blueprint": "package other\nfrom town import Core\nprocess P { owner Desk2 }\nteam Desk2\n"
            "capability C { system Core; process P }",
        },
    )
    ran = cxc("trace", "Core", other, "--up")
    assert "system of capability C" in ran.output
    # What the other workspace does with its own is known too.
    assert "runs service Lending2" in ran.output
    assert cxc("trace", "Borrow", "-", stdin=DESIGN.encode()).output.startswith("journey Borrow")


def test_a_terminal_without_box_drawing(town: Path) -> None:
    ran = cxc_process("trace", "Site", cwd=town, env={"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"})
    assert "|- serves step" in ran.output
    assert "`- used by" in ran.output
    assert ran.output.isascii()


def test_titles_play_no_tricks(town: Path) -> None:
    ran = cxc("trace", "Core", cwd=town)
    assert "\u202e" not in ran.output
    assert "<U+202E>reversed" in ran.output


def test_colour_is_asked_for(town: Path) -> None:
    assert "\x1b[" not in cxc("trace", "Site", cwd=town).output
    assert "\x1b[1mSite\x1b[0m" in cxc("trace", "Site", "--color", cwd=town).output


def test_kinds_are_counted_in_proper_words(tmp_path: Path) -> None:
    write_all(tmp_path, {"x.blueprint": "package a\nteam T\nsystem X { owner T }\nsystem Y { owner T }\n"})
    assert "2 systems" in cxc("trace", "T", "x.blueprint", cwd=tmp_path).output
    assert [plural(word) for word in ("journey", "capability", "process")] == ["journeys", "capabilities", "processes"]
