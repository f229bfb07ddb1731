"""Dialogs by voice are VoiceXML 2.1, lead callers through the whole journey, and never leave them without a way on."""

import json
import re
import shutil
import subprocess
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from channel_files import OnChannel
from channel_output import hostile, output, output_of_example, output_of_vet, read, saying, vet
from cxc.model.blueprint import Blueprint
from cxc.model.channel import Channel
from cxc.model.journey import Journey
from cxc.pipeline import check
from cxc.source import SourceFile
from cxc.workspace import load_workspace
from designs import EXAMPLES, TODAY, design, example
from hostile import TEXTS
from voice_dialogs import Dialogs, Left

NS = "{http://www.w3.org/2001/vxml}"
BLUEPRINTS = Path(__file__).resolve().parents[3] / "blueprints"


def dialogs(files: dict[str, str]) -> dict[str, str]:
    return {path: text for path, text in files.items() if path.endswith(".vxml")}


def all_dialogs(name: str) -> list[tuple[Blueprint, dict[str, str]]]:
    if name == "vet":
        return [(vet(), dialogs(output_of_vet()))]
    if name == "hostile":
        return [(blueprint, dialogs(output(blueprint))) for blueprint in (*hostile("ivr"), *hostile("phone"))]
    return [(example(name), dialogs(output_of_example(name))), spoken(name)]


@cache
def spoken(name: str) -> tuple[Blueprint, dict[str, str]]:
    """Return an example with lines of the telephone where it has screens, for most examples have none."""
    workspace = load_workspace(BLUEPRINTS / name)
    sources = [
        SourceFile(file.path, re.sub(r"\bkind (web|mobile|chatbot|kiosk)\b", "kind ivr", file.text))
        for file in workspace.sources
    ]
    blueprint = check(replace(workspace, sources=tuple(sources)), TODAY).blueprint
    return blueprint, dialogs(output(blueprint))


NAMES = [*EXAMPLES, "vet", "hostile"]


# ---- form -----------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def schema(shared_schemas: Path) -> Any:
    etree = pytest.importorskip("lxml.etree", reason="needs lxml, which is not installed")
    return etree.XMLSchema(etree.parse(shared_schemas / "voicexml21" / "vxml.xsd"))


def faults(schema: Any, text: str) -> list[str]:
    from lxml import etree

    document = etree.fromstring(text.encode())
    schema.validate(document)
    return [f"{error.line}: {error.message}" for error in schema.error_log]


@pytest.mark.parametrize("name", NAMES)
def test_dialogs_follow_the_schema_of_the_w3c(name: str, schema: Any) -> None:
    for _, found in all_dialogs(name):
        for text in found.values():
            assert faults(schema, text) == []


def test_the_schema_finds_mistakes(schema: Any) -> None:
    (text,) = dialogs(output_of_vet()).values()
    assert faults(schema, text.replace('<field name="entry">', '<field name="entry" when="x">'))
    assert faults(schema, text.replace("<disconnect/>", "<hangup/>"))


@pytest.mark.parametrize("name", NAMES)
def test_every_script_and_expression_is_ecmascript(name: str) -> None:
    node = shutil.which("node")
    if node is None:
        pytest.skip("needs Node.js, which is not installed")
    parts = []
    for _, found in all_dialogs(name):
        for text in found.values():
            root = ElementTree.fromstring(text)
            scripts = "\n".join(script.text or "" for script in root.findall(f"{NS}script"))
            names = ("cond", "expr", "srcexpr", "destexpr", "aaiexpr")
            expressions = [one.get(name) for one in root.iter() for name in names if one.get(name)]
            inner = [script.text for form in root.iter(f"{NS}form") for script in form.iter(f"{NS}script")]
            parts.append({"scripts": scripts, "expressions": expressions, "inner": inner})
    program = """
      for (const { scripts, expressions, inner } of JSON.parse(require("fs").readFileSync(0, "utf8"))) {
        new Function("application", scripts + "; return is_open")({});
        for (const one of expressions) new Function("return (" + one + ");");
        for (const one of inner) new Function(one);
      }
      console.log("sound")"""
    done = subprocess.run(
        [node, "-e", program], input=json.dumps(parts), capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert (done.stdout.strip(), done.stderr) == ("sound", "")


# ---- walks ----------------------------------------------------------------------------------------------------------


def served(blueprint: Blueprint, path: str) -> tuple[Journey, Channel]:
    folder, file = path.split("/")[1:3]
    name = file.removesuffix(".vxml")
    (channel,) = [one for one in blueprint.every(Channel) if one.name == folder]
    (journey,) = [one for one in blueprint.every(Journey) if one.name == name]
    return journey, channel


@pytest.mark.parametrize("name", NAMES)
def test_a_call_may_come_to_every_dialog_and_to_every_step_of_the_journey(name: str) -> None:
    for blueprint, found in all_dialogs(name):
        for path, text in found.items():
            document = Dialogs(text)
            reached = document.reached()
            # Lines that never close need not say so.
            assert set(document.forms) - {"closed"} <= set(reached)
            journey, channel = served(blueprint, path)
            there = {step for step, on in OnChannel(journey, channel.id, blueprint).all_states() if on == channel.id}
            steps = {f"step_{step.name}" for step in journey.steps if step.id in there}
            assert steps <= set(reached)
            assert {form.partition(".")[0] for form in document.forms if form.startswith("step_")} >= steps


@pytest.mark.parametrize("name", NAMES)
def test_steps_lead_where_the_journey_leads(name: str) -> None:
    for blueprint, found in all_dialogs(name):
        for path, text in found.items():
            journey, channel = served(blueprint, path)
            model = OnChannel(journey, channel.id, blueprint)
            for form, ways in Dialogs(text).reached().items():
                if not form.startswith("step_"):
                    continue
                step = next(step for step in journey.steps if f"step_{step.name}" == form.partition(".")[0])
                targets = {
                    "#end"
                    if way.target is None
                    else f"#step_{model.names[way.target]}"
                    if not model.via[way.target] or model.serves(way.target)
                    else "elsewhere"
                    for way in model.ways[step.id]
                    # An error that no operation of the step fails with leads nowhere.
                    if not way.errors or model.serves(step.id)
                }
                gone = {_kind(left.target) for left in ways if left.target != "#person"}
                assert {target for target in gone if target.partition(".")[0] != f"#{form}"} <= targets
                plain = {
                    target
                    for way, target in zip(model.ways[step.id], _targets(model, step.id), strict=True)
                    if not way.errors
                }
                assert plain <= gone


def _kind(target: str) -> str:
    return "elsewhere" if target.startswith("#elsewhere_") else target


def _targets(model: OnChannel, step: str) -> list[str]:
    return [
        "#end"
        if way.target is None
        else f"#step_{model.names[way.target]}"
        if not model.via[way.target] or model.serves(way.target)
        else "elsewhere"
        for way in model.ways[step]
    ]


def walks() -> dict[str, list[Left]]:
    (text,) = dialogs(output_of_vet()).values()
    return Dialogs(text).reached()


def test_a_line_that_is_closed_says_so_and_what_is_open() -> None:
    found = walks()
    assert "#closed" in {left.target for left in found["start"] if left.answers == ("false",)}
    assert all(left.target == "disconnect" for left in found["closed"])
    said = " ".join(next(left.said for left in found["closed"] if "false" not in left.answers))
    assert "Monday to Friday from 7:30 to 19:00" in said
    assert "The practice by telephone is open now." in said


def test_who_is_not_heard_or_understood_three_times_comes_to_a_person() -> None:
    for form, ways in walks().items():
        for trouble in ("noinput", "nomatch", "operator"):
            for left in (left for left in ways if left.answers[-1:] == (trouble,)):
                assert left.target == "#person", form
    (left,) = [left for left in walks()["start"] if left.answers == ("true", "noinput")]
    assert [text for text in left.said if "hear you" in text] == [
        "I did not hear you.",
        "I still do not hear you. Speak after the tone, or say operator for a person.",
    ]


def test_a_question_is_asked_again_in_more_words() -> None:
    (left,) = [left for left in walks()["step_book"] if left.answers == ("false", "nomatch")]
    question = "What is it about? Say check-up, vaccination or operation."
    assert left.said.count(question) == 3
    assert any(text.startswith("I need: Kind.") for text in left.said)


def test_where_nobody_takes_the_call_it_is_said_who_is_there_when() -> None:
    found = walks()
    targets = {left.answers: left.target for left in found["person"]}
    assert targets[("true", "far_end_disconnect")] == "exit"
    assert {targets[("true", answer)] for answer in ("busy", "noanswer", "no address")} == {"#unreachable"}
    assert targets[("false",)] == "#unreachable"
    (left,) = found["unreachable"]
    assert "Monday to Friday from 8:00 to 18:00" in left.said[0]


def test_tiers_have_their_own_dialog() -> None:
    assert "#step_book.2" in {left.target for left in walks()["step_book"] if left.answers == ("true",)}
    assert "Good morning. Which day shall the vet come?" in walks()["step_book.2"][0].said


# ---- texts ----------------------------------------------------------------------------------------------------------


def test_what_is_handed_over_is_what_the_journey_carries() -> None:
    (text,) = dialogs(output_of_example("pharmacy")).values()
    root = ElementTree.fromstring(text)
    handed = {}
    for form in root.findall(f"{NS}form"):
        if str(form.get("id")).startswith("elsewhere"):
            (given,) = [one.get("expr") or "" for one in form.iter(f"{NS}assign") if one.get("name") == "handed_over"]
            request, names = re.fullmatch(r"hand_over\((\{.*\}), (\[.*\])\)", given).groups()  # type: ignore[union-attr]
            handed[json.loads(request)["step"].rpartition(".")[2]] = json.loads(names)
    assert handed == {
        "ask_pharmacist": ["Prescription.id"],
        "told_ready": ["RefillOrder.id", "RefillOrder.code"],
        "receive": ["RefillOrder.id", "RefillOrder.code"],
    }


def test_utterances_become_grammars_in_which_places_take_anything() -> None:
    (text,) = dialogs(output_of_example("pharmacy")).values()
    root = ElementTree.fromstring(text)
    (form,) = [form for form in root.findall(f"{NS}form") if form.get("id") == "step_request"]
    (field,) = [field for field in form.findall(f"{NS}field") if field.get("name") == "given_1_prescription"]
    items = [ElementTree.tostring(item, encoding="unicode") for item in field.iter(f"{NS}item")]
    assert ["the same as last time" in item for item in items] == [True, False, False]
    assert "GARBAGE" in items[1] and "refill " in items[1]


def test_what_no_experience_says_is_marked() -> None:
    (text,) = dialogs(output_of_vet()).values()
    assert "<!-- Asks what to do (derived: no experience presents this step here) -->" in text
    assert "<!-- Asks for a time -->" in text
    assert text.index("<!-- derived: how callers are asked -->") > 0


def test_our_own_words_are_english_in_a_line_of_another_language() -> None:
    text = """package one
    team Crew
    persona Someone
    channel Only { kind ivr; owner Crew; language cy, en }
    journey Go { kind use; persona Someone; trigger "Now"; outcome "Then"; phase during { step one { via Only } } }
    """
    (made,) = dialogs(output(design(text))).values()
    root = ElementTree.fromstring(made)
    assert root.get("{http://www.w3.org/XML/1998/namespace}lang") == "cy"
    assert '<prompt xml:lang="en">I did not hear you.</prompt>' in made


def test_texts_are_said_and_never_obeyed() -> None:
    (text,) = dialogs(output(saying("ivr"))).values()
    forms = {str(form.get("id")): form for form in ElementTree.fromstring(text).iter(f"{NS}form")}
    for number, words in enumerate(TEXTS):
        (prompt,) = forms[f"step_s{number}"].iter(f"{NS}prompt")
        (value, *_) = [*prompt.iter(f"{NS}value"), None]
        said = read("".join(prompt.itertext()))
        assert said == read(words).replace("{HOME}", "" if value is not None else "{HOME}"), words
