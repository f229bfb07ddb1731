"""What `blueprint.json` says follows its published schema, and is the same whenever it is written."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from cxc.bind.plan import declaring_words
from cxc.model import vocabulary
from cxc.schemas import schema
from cxc.targets.model.document import SCHEMA_ID, Document
from cxc.targets.model.writing import document_of, document_text
from designs import EXAMPLES, design, example

GOLDEN = Path(__file__).resolve().parent.parent.parent / "golden" / "model"
RECORDED = sorted(GOLDEN.glob("*/output/blueprint.json"))
SCHEMA = schema("blueprint")
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)


@pytest.mark.parametrize("path", RECORDED, ids=lambda path: path.parents[1].name)
def test_recorded_documents_follow_the_schema(path: Path) -> None:
    assert list(VALIDATOR.iter_errors(json.loads(path.read_text(encoding="utf-8")))) == []


@pytest.mark.parametrize("name", EXAMPLES)
def test_documents_of_examples_follow_the_schema(name: str) -> None:
    assert list(VALIDATOR.iter_errors(document_of(example(name)))) == []


@pytest.mark.parametrize("name", EXAMPLES)
def test_maps_are_each_other_the_other_way_round(name: str) -> None:
    document = document_of(example(name))
    down = {(child, parent) for child, parents in document["parent_map"].items() for parent in parents}
    up = {(child, parent) for parent, children in document["child_map"].items() for child in children}
    assert down == up
    assert all(len(set(ids)) == len(ids) for side in ("parent_map", "child_map") for ids in document[side].values())


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_named_element_is_in_the_document(name: str) -> None:
    blueprint = example(name)
    document = document_of(blueprint)
    held = {*document["child_map"], *_ids(document["external"])}
    assert {id for ids in document["parent_map"].values() for id in ids} <= held
    assert document["holders"].items() <= dict(blueprint.holders).items()


def _ids(value: Any) -> set[str]:
    if isinstance(value, dict):
        own = {value["id"]} if "id" in value else set()
        return own.union(*(_ids(inner) for inner in value.values()))
    return set().union(*map(_ids, value)) if isinstance(value, list) else set()


def test_the_schema_describes_every_word_with_the_sentences_of_the_model() -> None:
    for cls in declaring_words().values():
        described = SCHEMA["$defs"][cls.__name__]
        assert described["properties"]["id"]["pattern"].startswith(f"^{cls.kind}:")  # type: ignore[attr-defined]
        for name, info in cls.model_fields.items():
            if not info.exclude:
                assert described["properties"][info.alias or name]["description"] == info.description
    assert {cls.__name__ for cls in vocabulary().values() if cls.word} - set(SCHEMA["$defs"]) <= _WORDS_OF_FILES


_WORDS_OF_FILES = {"PackageStatement", "ImportPackage", "ImportNames"}


def test_the_schema_has_a_version() -> None:
    assert SCHEMA["$id"] == SCHEMA_ID == SCHEMA["properties"]["$schema"]["const"]
    assert Document.model_config["extra"] == "forbid"


def test_a_declaration_of_another_kind_is_no_match() -> None:
    document = document_of(design("package one\nteam Crew { kind technology }"))
    document["declarations"][0]["id"] = "persona:one.Crew"
    assert not VALIDATOR.is_valid(document)


def test_the_same_design_gives_the_same_bytes() -> None:
    text = 'package one\nteam Crew\nteam Others { parent Crew }\nsystem Tool { owner Others; vendor "Crew" }'
    assert document_text(design(text)) == document_text(design(text))
