"""The validators of schemas and events find mistakes: one that passes everything would prove nothing."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
import yaml

Lint = Callable[[Sequence[Path]], list[str]]

SCHEMA = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "$id": "https://shop.example/a/thing.json",
    "type": "object",
    "required": ["day"],
    "properties": {"day": {"type": "string", "format": "date"}, "other": {"$ref": "../b/other.json"}},
    "examples": [{"day": "2026-01-01", "other": 1}],
    "$defs": {"Input": {"type": "integer", "examples": [3]}},
}
OTHER = {"$schema": SCHEMA["$schema"], "$id": "https://shop.example/b/other.json", "type": "integer"}


def judged(folder: Path, judge: Lint, **changes: Any) -> list[str]:
    for name, schema in (("a/thing", {**SCHEMA, **changes}), ("b/other", OTHER)):
        file = folder / f"{name}.json"
        file.parent.mkdir(exist_ok=True)
        file.write_text(json.dumps(schema), encoding="utf-8")
    return judge([folder])


def test_sound_schemas_give_nothing(tmp_path: Path, judge_schemas: Lint) -> None:
    assert judged(tmp_path, judge_schemas) == []


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"examples": [{"day": "2026-13-01"}]}, 'must match format "date"'),
        ({"examples": [{"day": "2026-01-01", "other": "x"}]}, "must be integer"),
        ({"$defs": {"Input": {"type": "integer", "examples": ["x"]}}}, "must be integer"),
        ({"x-own": 1}, 'unknown keyword: "x-own"'),
        ({"type": "thing"}, "type must be"),
        ({"properties": {"day": {"type": "string", "format": "weekday"}}}, 'unknown format "weekday"'),
        ({"required": ["night"]}, "night"),
        ({"properties": {"day": {"$ref": "nowhere.json"}}}, "nowhere.json"),
    ],
)
def test_a_mistake_in_a_schema_is_found(
    tmp_path: Path, judge_schemas: Lint, changes: dict[str, Any], said: str
) -> None:
    assert said in " ".join(judged(tmp_path, judge_schemas, **changes))


def events(**changes: Any) -> dict[str, Any]:
    payload = {"type": "object", "properties": {"at": {"type": "string"}}, "required": ["at"]}
    message = {"name": "sold", "payload": payload, "examples": [{"payload": {"at": "x"}}]}
    return {
        "asyncapi": "3.1.0",
        "info": {"title": "Shop", "version": "1.0.0"},
        "channels": {"sold": {"address": "sold", "messages": {"sold": {**message, **changes}}}},
        "operations": {"sell": {"action": "send", "channel": {"$ref": "#/channels/sold"}}},
    }


def linted(folder: Path, lint: Lint, document: Any) -> str:
    file = folder / "events.yaml"
    file.write_text(yaml.safe_dump(document), encoding="utf-8")
    return " ".join(lint([file]))


def test_a_sound_document_of_events_gives_nothing(tmp_path: Path, lint_asyncapi: Lint) -> None:
    assert linted(tmp_path, lint_asyncapi, events()) == ""


@pytest.mark.parametrize(
    ("document", "said"),
    [
        (events(payload={"type": "thing"}), "error"),
        (events(payload={"$ref": "#/components/schemas/Nothing"}), "error"),
        ({**events(), "asyncapi": "3.0.0"}, "information asyncapi-latest-version"),
        ({**events(), "operations": {"sell": {"action": "sell"}}}, "error"),
    ],
)
def test_a_mistake_in_events_is_found(tmp_path: Path, lint_asyncapi: Lint, document: Any, said: str) -> None:
    assert said in linted(tmp_path, lint_asyncapi, document)
