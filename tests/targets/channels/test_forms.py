"""Forms are JSON Schema and JSON Forms to those who know both, and say of each value whose it is."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from channel_files import channel_files, documents, written
from designs import EXAMPLES, design, example
from hostile import DEVICES, KEYWORDS, TEXTS, design_of_names, quoted

Judge = Callable[[Sequence[Path]], list[str]]

PLACES = """package one
team Crew
persona Someone
channel Site { kind web; owner Crew }
channel Phone { kind phone; owner Crew }
tier Gold { support self_service; channels Site }
enum Size { small "Small"; large "Large" }
type Address { street: string; parts: [Part]? }
type Part { name: string; whole: Address? }
"""


def of_step(parameters: str, more: str = "", calls: str = "S.act") -> dict[str, Any]:
    """Return the forms of a step that calls an operation with some parameters."""
    text = (
        f"{PLACES}service S {{ owner Crew\n command act({parameters})\n command also(size: Size) }}\n"
        'journey Go { kind use; persona Someone; trigger "a"; outcome "b"\n'
        f'phase during {{ step fill "Fill it in" {{ via Site, Phone; calls {calls} }} }} }}\n{more}'
    )
    found: dict[str, Any] = documents(design(text), "/forms/")["Site/forms/Go/fill"]
    return found


def form(parameters: str, more: str = "", calls: str = "S.act") -> dict[str, Any]:
    (found,) = of_step(parameters, more, calls)["forms"]
    return dict(found)


@pytest.mark.parametrize("name", EXAMPLES)
def test_forms_of_examples_pass_their_judges(name: str, tmp_path: Path, judge_forms: Judge) -> None:
    files = written(tmp_path, channel_files(example(name), "/forms/"))
    assert files
    assert judge_forms(files) == []


def test_forms_of_any_names_pass_their_judges(tmp_path: Path, judge_forms: Judge) -> None:
    files = written(tmp_path, channel_files(design(design_of_names([*KEYWORDS, *DEVICES])), "/forms/"))
    assert len(files) > 100
    assert judge_forms(files) == []


def test_forms_of_any_texts_pass_their_judges(tmp_path: Path, judge_forms: Judge) -> None:
    parameters = ", ".join(f"p{at}: string = {quoted(text)}" for at, text in enumerate(TEXTS))
    choices = "; ".join(f"c{at} {quoted(text)}" for at, text in enumerate(TEXTS))
    experience = "experience E { journey Go; channel Site\nstep fill { screen '/x'; asks %s } }".replace("'", '"')
    asks = ", ".join(f"S.act.p{at}" for at in range(len(TEXTS)))
    more = f"enum Words {{ {choices} }}\n{experience % (asks + ', S.act.words')}"
    text = json.dumps(of_step(f"{parameters}, words: Words", more))
    assert judge_forms(written(tmp_path, {"form.json": text})) == []


def test_a_mistake_in_a_form_is_found(tmp_path: Path, judge_forms: Judge) -> None:
    sound = json.dumps(of_step("name: string, size: Size"))
    mistakes = [
        ("#/properties/name", "#/properties/other", "leads to no schema"),
        ('"type": "string"', '"type": "text"', "type must be"),
        ('"required": [', '"needed": [', "unknown keyword"),
        ('"VerticalLayout"', '"Vertical"', "no layout"),
        ('"Control"', '"Kontrol"', "not every property has a control"),
    ]
    assert all(old in sound for old, _, _ in mistakes)
    files = {f"{at}.json": sound.replace(old, new) for at, (old, new, _) in enumerate(mistakes)}
    found = judge_forms(written(tmp_path, {**files, "sound.json": sound}))
    assert not [text for text in found if "sound.json" in text]
    for at, (_, _, said) in enumerate(mistakes):
        assert said in " ".join(text for text in found if f"/{at}.json: " in text)


def test_a_form_asks_what_is_needed_and_not_known() -> None:
    found = form("name: string(1..40), size: Size, note: text?, count: int(1..9) = 3")
    assert found["schema"]["required"] == ["name", "size"]
    assert found["schema"]["properties"] == {
        "name": {"title": "Name", "type": "string", "minLength": 1, "maxLength": 40},
        "size": {
            "title": "Size",
            "type": "string",
            "oneOf": [{"const": "small", "title": "Small"}, {"const": "large", "title": "Large"}],
        },
    }
    assert found["schema"]["title"] == "Fill it in"
    assert found["derived"] is True


def test_controls_suit_what_they_ask() -> None:
    found = form("size: Size, story: string(0..400), at: time, name: string")
    options = [control["options"] for control in found["uischema"]["elements"]]
    assert options == [
        {"known": False, "format": "radio"},
        {"known": False, "multi": True},
        {"known": False, "format": "time"},
        {"known": False},
    ]


def test_values_by_one_name_are_told_apart_by_their_operations() -> None:
    found = form("size: int", calls="S.act, S.also")
    assert list(found["schema"]["properties"]) == ["act_size", "also_size"]
    assert [(one["property"], one["id"]) for one in found["parameters"]] == [
        ("act_size", "parameter:one.S.act.size"),
        ("also_size", "parameter:one.S.also.size"),
    ]


def test_structured_types_come_with_the_form() -> None:
    schema = form("address: Address")["schema"]
    assert schema["properties"]["address"]["$ref"] == "#/$defs/one.Address"
    assert list(schema["$defs"]) == ["one.Address", "one.Part"]
    validator = jsonschema.Draft202012Validator(schema)
    validator.validate({"address": {"street": "x", "parts": [{"name": "y", "whole": {"street": "z"}}]}})
    assert not validator.is_valid({"address": {"street": "x", "parts": [{"name": 3}]}})


EXPERIENCES = """
experience Plain { journey Go; channel Site; step fill { screen "/fill"; asks S.act.name } }
experience Golden { journey Go; channel Site; tier Gold; step fill { screen "/gold"; asks S.act.name, S.act.note } }
"""


def test_each_way_to_present_a_step_has_its_form() -> None:
    plain, golden = of_step("name: string, note: text?", EXPERIENCES)["forms"]
    assert (plain["presentation"], plain["tiers"], plain["derived"]) == ("presentation:one.Plain.fill", [], False)
    assert (golden["screen"], golden["tiers"]) == ("/gold", ["tier:one.Gold"])
    assert list(plain["schema"]["properties"]) == ["name"]
    assert list(golden["schema"]["properties"]) == ["name", "note"]
    assert golden["schema"]["required"] == ["name"]


def test_a_step_that_asks_nothing_has_no_form() -> None:
    text = (
        f'{PLACES}journey Go {{ kind use; persona Someone; trigger "a"; outcome "b"\n'
        "phase during { step look { via Site } } }"
    )
    assert documents(design(text), "/forms/") == {}


def test_only_channels_with_screens_have_forms() -> None:
    found = {path.split("/")[1] for path in channel_files(example("pharmacy"), "/forms/")}
    assert found == {"MobileApp", "Web"}


@pytest.mark.parametrize("name", EXAMPLES)
def test_what_flows_call_forms_are_there(name: str) -> None:
    files = channel_files(example(name))
    for path, flow in documents(example(name), "/flow/").items():
        folder = path.split("/")[0]
        for state in flow["states"]["open"]["states"].values():
            for shown in state.get("meta", {}).get("presentations", ()):
                assert "form" not in shown or f"channels/{folder}/{shown['form']}" in files
