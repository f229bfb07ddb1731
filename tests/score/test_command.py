"""`cxc score`: the card in its formats, one journey of it, and the level that is asked for."""

from __future__ import annotations

import json
import re
from pathlib import Path

import jsonschema
import pytest

from command_line import cxc, cxc_process, write_all
from conftest import ROOT
from cxc.rules import all_rules
from cxc.rules.planned import PLANNED
from cxc.schemas import schema
from cxc.score import LEVELS
from cxc.score.criteria import CRITERIA, DIMENSIONS

DESIGN = """
package shop
team Desk
persona Buyer
capability Trade
channel Site { kind web; owner Desk }
channel Shop { kind store; owner Desk }
journey Buy "Buy | a *bed* <b>" {
  kind buy; persona Buyer; trigger "No bed"; outcome "A bed"
  phase during {
    step choose "Chooses" { via Site, Shop; capability Trade; frontstage "Beds"; backstage none }
    step pay { via Site; capability Trade; frontstage none; evidence "Receipt" }
  }
}
journey Return {
  kind support; persona Buyer; trigger "Wrong bed"; outcome "Another"
  phase during { step hidden { via none; capability Trade; backstage "Swaps" by Desk } }
}
"""


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    return write_all(tmp_path, {"cxc.toml": 'name = "shop"\ntitle = "The shop"\n', "shop.blueprint": DESIGN})


def test_the_card_of_a_journey(shop: Path) -> None:
    ran = cxc("score", "--journey", "Buy", "--no-color", cwd=shop)
    assert ran.code == 0
    lines = ran.output.splitlines()
    assert lines[:9] == [
        "Buy | a *bed* <b>                                                        level 1",
        "Buy, shop.blueprint:8",
        "",
        "  Coverage    ██████████████████░░░░░░  76%  level 3  3 of 5 criteria in full",
        "  Continuity  ████████████████████████ 100%  level 5  1 of 1 criteria in full",
        "  Choice      ███████████████░░░░░░░░░  62%  level 2  2 of 4 criteria in full",
        "  Capability  ████████████████░░░░░░░░  66%  level 2  2 of 3 criteria in full",
        "  Learning    ░░░░░░░░░░░░░░░░░░░░░░░░   0%  level 1  0 of 2 criteria in full",
        "",
    ]
    assert "    preferences         not applicable" in lines
    assert "    evidence            1 of 2          CXC504 ×1" in lines
    assert "      · Buy.choose  shop.blueprint:11" in lines
    assert "      CXC504 shop.blueprint:11" in lines


def test_it_fits_in_80_columns(shop: Path) -> None:
    ran = cxc("score", "--no-color", cwd=shop)
    assert max(map(len, ran.output.splitlines())) <= 80
    assert ran.output.startswith("The shop  ")
    assert "the organisation: 2 journeys" in ran.output
    assert "Return" in ran.output


def test_without_block_characters(shop: Path) -> None:
    ran = cxc_process("score", cwd=shop, env={"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"})
    assert ran.output.isascii()
    assert re.search(r"Coverage    #+\.+ ", ran.output)
    assert "CXC504 x1" in ran.output


def test_colour_and_number(shop: Path) -> None:
    assert "\x1b[31m\x1b[1mlevel 1" in cxc("score", "--color", cwd=shop).output
    assert "\x1b[" not in cxc("score", cwd=shop).output


def test_json_follows_its_schema(shop: Path) -> None:
    validator = jsonschema.Draft202012Validator(schema("score"))
    whole = json.loads(cxc("score", "--format", "json", cwd=shop).output)
    one = json.loads(cxc("score", "--format", "json", "--journey", "Return", cwd=shop).output)
    for document in (whole, one):
        validator.validate(document)
    assert [card["id"] for card in whole["journeys"]] == ["journey:shop.Buy", "journey:shop.Return"]
    assert "organisation" not in one
    assert "id" not in whole["organisation"]
    continuity = one["journeys"][0]["dimensions"][1]
    assert continuity["name"] == "continuity"
    assert "share" not in continuity
    assert "level" not in continuity
    evidence = next(
        criterion for criterion in whole["journeys"][0]["dimensions"][0]["criteria"] if criterion["name"] == "evidence"
    )
    assert (evidence["met"], evidence["counted"]) == (1, 2)
    assert evidence["missing"][0]["element"] == "step:shop.Buy.choose"
    assert evidence["findings"][0]["code"] == "CXC504"
    assert evidence["findings"][0]["allowed"] is False
    assert evidence["findings"][0]["span"]["file"] == "shop.blueprint"
    assert whole["levels"] == {"1": 0, "2": 50, "3": 75, "4": 90, "5": 100}


def test_markdown(shop: Path) -> None:
    page = cxc("score", "--format", "markdown", cwd=shop).output
    assert page.startswith("# Score of The shop\n")
    assert "| Buy \\| a \\*bed\\* &lt;b> | 1 |" in page
    assert "## The organisation" in page
    assert "| evidence | 1 of 2 | CXC504 shop.blueprint:11 |" in page
    assert "- evidence: Buy.choose (shop.blueprint:11)" in page


def test_a_level_can_be_asked_for(shop: Path) -> None:
    ran = cxc("score", "--at-least", "3", cwd=shop)
    assert ran.code == 1
    assert "Below level 3: learning of Buy is at level 1." in ran.errors
    assert "continuity" not in ran.errors
    assert cxc("score", "--at-least", "1", cwd=shop).code == 0
    assert cxc("score", "--at-least", "6", cwd=shop).code == 2


def test_a_design_with_errors_has_a_score_and_passes_no_gate(shop: Path) -> None:
    (shop / "shop.blueprint").write_text(DESIGN.replace("frontstage none;", "frontstag none;"), encoding="utf-8")
    ran = cxc("score", cwd=shop)
    assert ran.code == 0
    assert "1 error in 1 file" in ran.errors
    assert "could not be understood" in ran.output
    gate = cxc("score", "--at-least", "1", cwd=shop)
    assert gate.code == 1
    assert "Not certain: Buy" in gate.errors
    assert json.loads(cxc("score", "--format", "json", cwd=shop).output)["errors"] == 1


def test_another_journey_is_none(shop: Path) -> None:
    ran = cxc("score", "--journey", "buy", cwd=shop)
    assert ran.code == 2
    assert "Did you mean `Buy`?" in ran.errors
    assert cxc("score", "--journey", "Desk", cwd=shop).code == 2


def test_nothing_to_score(tmp_path: Path) -> None:
    folder = write_all(tmp_path, {"cxc.toml": 'name = "empty"\n', "a.blueprint": "team Desk"})
    ran = cxc("score", "--at-least", "5", folder)
    assert ran.code == 0
    assert ran.output.count("not applicable") == 6


def test_wrong_settings_are_wrong_usage(shop: Path) -> None:
    (shop / "cxc.toml").write_text('name = "shop"\nnonsense = 1\n', encoding="utf-8")
    assert cxc("score", cwd=shop).code == 2


def test_the_page_is_in_step_with_the_criteria() -> None:
    page = (ROOT / "docs" / "score.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `([a-z-]+)` \| (.+?) \| (.+?) \| (.+?) \|$", page, re.MULTILINE)
    assert [name for name, *_ in rows] == [criterion.name for criterion in CRITERIA]
    for (name, met, codes, source), criterion in zip(rows, CRITERIA, strict=True):
        assert met == criterion.met, name
        assert tuple(re.findall(r"\[(CXC\d{3})\]\(diagnostics/\1\.md\)", codes)) == criterion.codes, name
        # What stands in the table stands among the sources, by name and year.
        for cited in source.split("; "):
            author, year = re.match(r"([\w ]+?)(?: &| et al\.|,| \d|$)", cited), re.search(r"\d{4}", cited)
            assert author is not None
            assert re.search(rf"^- {re.escape(author[1])}.*{year[0] if year else ''}", page, re.MULTILINE), cited
    for dimension in DIMENSIONS:
        assert f"## {dimension.capitalize()}\n" in page
    assert f"5 from {LEVELS[5]}%, 4 from {LEVELS[4]}%, 3 from {LEVELS[3]}%, 2 from {LEVELS[2]}%" in page


def test_the_codes_are_those_of_rules() -> None:
    known = {rule.kind.code for rule in all_rules()} | {kind.code for kind in PLANNED}
    assert {code for criterion in CRITERIA for code in criterion.codes} <= known
