"""Workflows are judged by the specification's schema, by Redocly, and by a check of ours that what they name exists."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from arazzo_documents import documents, emitted, faults, platform
from cxc.model.journey import Journey
from cxc.targets.arazzo import TARGET
from designs import EXAMPLES, design, example
from hostile import DEVICES, KEYWORDS, TEXTS, design_of_names, design_of_texts

GOLDEN = Path(__file__).resolve().parents[2] / "golden" / "arazzo"
RECORDED = sorted(GOLDEN.glob("*/output/arazzo/*.yaml"))
HOSTILE = {"names": design_of_names([*KEYWORDS, *DEVICES]), "texts": design_of_texts(TEXTS)}


def read(file: Path) -> Any:
    return yaml.load(file.read_text(encoding="utf-8"), yaml.CSafeLoader)


def written(folder: Path, hostile: dict[str, str]) -> list[Path]:
    """Write the workflows of all examples and of hostile designs, beside those that are recorded."""
    designs = {name: example(name) for name in EXAMPLES} | {name: design(text) for name, text in hostile.items()}
    found = [*RECORDED]
    for name, blueprint in designs.items():
        for file in emitted(blueprint).files:
            path = folder / name / file.path
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(str(file.content), encoding="utf-8")
            found.append(path)
    return found


# ---- all of them ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", EXAMPLES)
def test_all_that_the_workflows_of_the_examples_name_exists(name: str) -> None:
    blueprint = example(name)
    openapi = platform(blueprint)
    found = documents(blueprint)
    assert {journey: faults(document, openapi) for journey, document in found.items()} == {
        journey: [] for journey in found
    }


@pytest.mark.parametrize("name", EXAMPLES)
def test_each_journey_that_calls_the_platform_has_a_workflow_with_all_steps_that_do(name: str) -> None:
    blueprint = example(name)
    found = documents(blueprint)
    for journey in blueprint.every(Journey):
        calling = {step.id for step in journey.steps if step.calls}
        steps = [
            step
            for workflow in found.get(journey.name, {"workflows": []})["workflows"]
            for step in workflow["steps"]
            if "--" not in step["stepId"]
        ]
        assert {step["x-cxc-trace"]["step"] for step in steps} == calling
        called = [ref.id for step in journey.steps for ref in step.calls or ()]
        assert sorted(step["x-cxc-trace"]["operation"] for step in steps) == sorted(called)


@pytest.mark.parametrize("which", HOSTILE)
def test_any_names_and_texts_give_workflows_in_which_all_is_there(which: str) -> None:
    blueprint = design(HOSTILE[which])
    found = documents(blueprint)
    assert [*found] == ["Trip"]
    assert faults(found["Trip"], platform(blueprint)) == []


def test_workflows_are_what_the_specification_says(tmp_path: Path, shared_schemas: Path) -> None:
    validator = Draft202012Validator(json.loads((shared_schemas / "arazzo-1.0.json").read_text(encoding="utf-8")))
    for file in written(tmp_path, HOSTILE):
        assert [error.message for error in validator.iter_errors(read(file))] == [], file


def test_a_linter_finds_nothing(tmp_path: Path, lint_openapi: Callable[[Sequence[Path]], list[str]]) -> None:
    # Redocly asks what it reads for its own `hasOwnProperty`, so it cannot read data with that name in it.
    names = design_of_names([name for name in (*KEYWORDS, *DEVICES) if name != "hasOwnProperty"])
    assert lint_openapi(written(tmp_path, {**HOSTILE, "names": names})) == []


# ---- the judges -----------------------------------------------------------------------------------------------------

SMALL = """package shop
team T
persona P { entity Customer }
channel Web { kind web; identity authenticated; owner T }
entity Customer { id: uuid @key }
entity Order { id: uuid @key; note: text }
error Gone { status 410 }
service S {
  owner T; masters Customer, Order
  command open(customer: Customer.id) -> Order { fails Gone }
  query read(order: Order.id) -> Order
  command pay(order: Order.id, sum: decimal)
}
journey Buy { kind buy; persona P; trigger "t"; outcome "o"; phase during {
  step open { via Web; calls S.open; on Gone -> end; -> read when "Wants to" }
  step pay { via Web; calls S.pay; -> end }
  step read { via Web; calls S.read; -> pay }
} }
"""


BRANCHED = SMALL.replace('when "Wants to"', 'when "Wants to"; -> pay')


def test_our_own_check_finds_nothing_in_a_sound_workflow() -> None:
    blueprint = design(BRANCHED)
    assert faults(documents(blueprint)["Buy"], platform(blueprint)) == []


MISTAKES = r"""
operationId: s_open ~ operationId: s_close ~ open: no operation s_close
- stepId: open ~ - stepId: pay ~ two steps pay
- stepId: read ~ - stepId: reed ~ open: read goes to read, which is no step
type: goto\n            stepId: pay\n        outputs ~ type: goto\n        outputs ~ read: pay goes nowhere
- name: pay\n ~ - name: read\n ~ open: two actions read
customer: $inputs ~ person: $inputs ~ open: sends person, which is not taken
customer: $inputs ~ person: $inputs ~ open: does not send customer
- name: Authorization ~ - name: Token ~ open: ('header', 'Token') is no parameter
- name: Authorization ~ - name: Token ~ open: says who asks where nobody wants to know, or the other way round
in: query ~ in: path ~ read: lacks ('query', 'order')
id: $response.body#/id ~ id: $response.body#/key ~ open: the output id is nowhere in the answer
id: $response ~ key: $response ~ pay: $steps.open.outputs.id is not kept
order: $steps.open.outputs ~ order: $steps.read.outputs ~ pay: $steps.read.outputs.id is not always there
sum: $inputs.sum ~ sum: $inputs.price ~ pay: $inputs.price is no input
sum: $inputs.sum ~ sum: $inputs.price ~ the input sum is not used
sum: $inputs.sum ~ sum: $url ~ pay: $url is no expression that we know
$statusCode == 204 ~ $statusCode == 200 ~ pay: takes {'200'} for success
$statusCode == 410 ~ $statusCode == 411 ~ open: the status 411 is not declared
shop:Gone' ~ shop:Lost' ~ open: the problem urn:problem:shop:Lost is not declared
after_open == 'read' ~ after_open == 'reed' ~ open: reed cannot be chosen by $inputs.after_open
stepId: read\n            criteria ~ stepId: pay\n            criteria ~ nobody reaches read
- sum\n ~ - price\n ~ needs price, which is no input
application/json ~ text/plain ~ open: sends a body that is not taken
arazzo: "1.0.1" ~ arazzo: "1.1.0" ~ version 1.1.0
"""


@pytest.mark.parametrize("mistake", MISTAKES.strip().split("\n"))
def test_our_own_check_finds_each_mistake(mistake: str) -> None:
    old, new, fault = (part.replace("\\n", "\n") for part in mistake.split(" ~ "))
    blueprint = design(BRANCHED)
    text = str(emitted(blueprint).files[0].content)
    assert old in text
    found = faults(yaml.load(text.replace(old, new, 1), yaml.CSafeLoader), platform(blueprint))
    assert fault in [one.removeprefix("Buy: ") for one in found]


def test_our_own_check_finds_out_that_a_step_goes_on_where_it_should_not() -> None:
    blueprint = design(BRANCHED)
    document = documents(blueprint)["Buy"]
    document["workflows"][0]["steps"][0]["onSuccess"].pop()
    fault = "Buy: open: whoever chooses nothing goes on with the next step in the file"
    assert fault in faults(document, platform(blueprint))


# ---- single properties ----------------------------------------------------------------------------------------------


def test_a_document_says_that_it_is_generated_and_from_what() -> None:
    (file,) = emitted(design(SMALL)).files
    first, second, third, *_ = str(file.content).split("\n")
    assert "generated by cxc" in first
    assert (second, third) == ("# Buy: design.blueprint:14", 'arazzo: "1.0.1"')
    assert (file.path, file.subject) == ("arazzo/Buy.yaml", "journey:shop.Buy")


def test_settings_are_followed() -> None:
    document = documents(design(SMALL), openapi="https://api.shop.example/v1.yaml", problems="https://shop.example/p#")
    assert document["Buy"]["sourceDescriptions"][0]["url"] == "https://api.shop.example/v1.yaml"
    assert "'https://shop.example/p#shop:Gone'" in str(document)


@pytest.mark.parametrize("setting", [{"openapi": "a b"}, {"openapi": ""}, {"openapi": "x\n"}, {"problems": "x"}])
def test_settings_that_are_none_are_refused(setting: dict[str, str]) -> None:
    with pytest.raises(ValueError):
        TARGET.options.model_validate(setting)


def test_the_same_design_gives_the_same_bytes() -> None:
    assert emitted(design(SMALL)) == emitted(design(SMALL))
