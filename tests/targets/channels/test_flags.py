"""Flags say of each tier what it may use, and of each moment whether a channel is open, as flagd evaluates them."""

import json
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import referencing

from channel_output import hostile, output, output_of_example, output_of_vet
from designs import EXAMPLES

FLAGS_CJS = Path(__file__).resolve().parents[2] / "conformance" / "flags.cjs"


def flags(files: dict[str, str]) -> dict[str, str]:
    return {path.split("/")[1]: text for path, text in files.items() if path.endswith("/flags.json")}


@pytest.fixture(scope="session")
def validator(shared_schemas: Path) -> Any:
    found = {
        name: json.loads((shared_schemas / "flagd" / name).read_text()) for name in ("flags.json", "targeting.json")
    }
    # In draft 7 an `$id` beside a `$ref` means nothing, so the other file is known by its place.
    targeting = referencing.Resource.from_contents(found["targeting.json"])
    registry: Any = referencing.Registry().with_resource("./targeting.json", targeting)
    return jsonschema.Draft7Validator(found["flags.json"], registry=registry)


@pytest.mark.parametrize("name", EXAMPLES)
def test_flags_of_examples_follow_the_schema_of_flagd(name: str, validator: Any) -> None:
    found = flags(output_of_example(name))
    assert found
    for text in found.values():
        assert list(validator.iter_errors(json.loads(text))) == []


def test_flags_of_hostile_designs_follow_the_schema_of_flagd(validator: Any) -> None:
    for blueprint in hostile("store"):
        for text in flags(output(blueprint)).values():
            assert list(validator.iter_errors(json.loads(text))) == []


def test_the_schema_finds_mistakes(validator: Any) -> None:
    wrong = {"flags": {"a": {"state": "ON", "variants": {"on": True}, "defaultVariant": "on"}}}
    assert list(validator.iter_errors(wrong))


@pytest.fixture(scope="session")
def evaluate(node_tools: Path) -> Any:
    """A function that has flagd's own evaluation answer: a flags file, and keys with their contexts."""

    def evaluate(text: str, asked: Sequence[tuple[str, dict[str, Any]]]) -> list[Any]:
        given = [{"flags": text, "asked": [{"key": key, "context": context} for key, context in asked]}]
        done = subprocess.run(
            [shutil.which("node") or "node", FLAGS_CJS],
            input=json.dumps(given),
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )
        assert done.returncode == 0, done.stderr
        told: list[Any] = json.loads(done.stdout)[0]
        return told

    return evaluate


@pytest.mark.parametrize("name", EXAMPLES)
def test_flagd_evaluates_every_flag(name: str, evaluate: Any) -> None:
    for text in flags(output_of_example(name)).values():
        keys = list(json.loads(text)["flags"])
        assert len(evaluate(text, [(key, {}) for key in keys])) == len(keys)


@pytest.mark.parametrize(
    ("day", "yesterday", "minute", "expected"),
    [
        ("Monday", "Sunday", 449, False),
        ("Monday", "Sunday", 450, True),
        ("Friday", "Thursday", 1139, True),
        ("Friday", "Thursday", 1140, False),
        ("Saturday", "Friday", 1199, False),
        ("Saturday", "Friday", 1439, True),
        ("Sunday", "Saturday", 119, True),
        ("Sunday", "Saturday", 120, False),
        ("PublicHolidays", "Monday", 600, False),
        ("PublicHolidays", "Monday", 1300, True),
        ("Tuesday", "PublicHolidays", 60, True),
        ("Tuesday", "Monday", 60, False),
    ],
)
def test_a_channel_is_open_in_its_hours(day: str, yesterday: str, minute: int, expected: bool, evaluate: Any) -> None:
    text = flags(output_of_vet())["Line"]
    context = {"day": day, "yesterday": yesterday, "minute": minute}
    assert evaluate(text, [("channel:vet.Line/open", context)]) == [expected]


def test_without_hours_a_channel_is_always_open(evaluate: Any) -> None:
    assert evaluate(flags(output_of_vet())["Bot"], [("channel:vet.Bot/open", {})]) == [True]


def test_without_a_time_a_channel_with_hours_counts_as_closed(evaluate: Any) -> None:
    assert evaluate(flags(output_of_vet())["House"], [("channel:vet.House/open", {})]) == [False]


def test_tiers_may_use_their_channels_and_nobody_else_those_that_are_not_for_all(evaluate: Any) -> None:
    some, herd, none = {"tier": "tier:vet.Everybody"}, {"tier": "tier:vet.Herd"}, {"tier": "tier:vet.Other"}
    asked = [("channel:vet.Chat/entitled", context) for context in (some, herd, none, {})]
    assert evaluate(flags(output_of_vet())["Chat"], asked) == [False, True, False, False]
    asked = [("channel:vet.Line/entitled", context) for context in (some, herd, {})]
    assert evaluate(flags(output_of_vet())["Line"], asked) == [True, True, True]


def test_a_tier_that_promises_nothing_in_particular_is_offered_every_journey(evaluate: Any) -> None:
    key = "channel:vet.Line/journey:vet.VisitUs"
    asked = [(key, {"tier": tier}) for tier in ("tier:vet.Everybody", "tier:vet.Herd")]
    assert evaluate(flags(output_of_vet())["Line"], asked) == [True, True]


def test_tiers_get_their_help_and_their_experience(evaluate: Any) -> None:
    text = flags(output_of_vet())["Line"]
    some, herd = {"tier": "tier:vet.Everybody"}, {"tier": "tier:vet.Herd"}
    support, shown = "channel:vet.Line/support", "channel:vet.Line/journey:vet.VisitUs/experience"
    assert evaluate(text, [(support, some), (support, herd), (support, {})]) == ["self_service", "concierge", "none"]
    assert evaluate(text, [(shown, some), (shown, herd)]) == [
        "experience:vet.ByVoice",
        "experience:vet.ByVoiceForFarms",
    ]
