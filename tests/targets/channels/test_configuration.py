"""Every channel's configuration follows the published schema, says only what the design says, and traces it by ids."""

import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, get_args

import jsonschema
import pytest

from cxc.model.base import id_pattern
from cxc.model.channel import Channel
from cxc.schemas import schema
from cxc.targets import load_target
from cxc.targets.channels.configuration import Configurations
from designs import EXAMPLES, design, example

GOLDEN = Path(__file__).resolve().parent.parent.parent / "golden" / "channels"
RECORDED = sorted(GOLDEN.glob("*/output/channels/*/channel.json"))
KINDS = get_args(Channel.model_fields["sort"].annotation)

VALIDATOR = jsonschema.Draft202012Validator(schema("channel"))


@cache
def configurations(name: str) -> dict[str, Any]:
    made = Configurations(example(name))
    return {channel.id: made.document(channel) for channel in made.channels()}


def parts(value: Any) -> Iterator[dict[str, Any]]:
    """Yield every object in a document."""
    if isinstance(value, dict):
        yield value
        for inner in value.values():
            yield from parts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from parts(inner)


@pytest.mark.parametrize("path", RECORDED, ids=lambda path: f"{path.parents[3].name}/{path.parent.name}")
def test_recorded_configurations_follow_the_schema(path: Path) -> None:
    assert list(VALIDATOR.iter_errors(json.loads(path.read_text(encoding="utf-8")))) == []


@pytest.mark.parametrize("name", EXAMPLES)
def test_configurations_of_examples_follow_the_schema(name: str) -> None:
    for document in configurations(name).values():
        assert list(VALIDATOR.iter_errors(document)) == []


@pytest.mark.parametrize("name", EXAMPLES)
def test_ids_lead_back_to_the_design(name: str) -> None:
    known = example(name).elements
    for document in configurations(name).values():
        found = [part["id"] for part in parts(document) if "id" in part]
        found += [value for part in parts(document) for value in part.values() if _is_id(value)]
        assert [id for id in found if id not in known] == []


def _is_id(value: Any) -> bool:
    # A prompt may look like an id at most by chance; none of the examples has such a one.
    return isinstance(value, str) and re.fullmatch(id_pattern(), value) is not None and not value.startswith("urn:")


@pytest.mark.parametrize("name", EXAMPLES)
def test_schemas_inside_are_sound_and_hold_for_their_examples(name: str) -> None:
    for document in configurations(name).values():
        for part in parts(document):
            described = part.get("schema")
            if isinstance(described, dict):
                jsonschema.Draft202012Validator.check_schema(described)
                validator = jsonschema.Draft202012Validator({**described, "schemas": document["schemas"]})
                for value in (
                    *described.get("examples", ()),
                    *([described["default"]] if "default" in described else []),
                ):
                    validator.validate(value)


@pytest.mark.parametrize("name", EXAMPLES)
def test_hand_offs_have_two_ends(name: str) -> None:
    def ends(side: str) -> set[tuple[str, ...]]:
        return {
            (*((id, other["id"]) if side == "hand_offs_out" else (other["id"], id)), *_way(hand_off))
            for id, document in configurations(name).items()
            for journey in document["journeys"]
            for hand_off in journey[side]
            for other in hand_off["channels"]
        }

    assert ends("hand_offs_out") == ends("hand_offs_in")
    assert ends("hand_offs_out")


def _way(hand_off: dict[str, Any]) -> tuple[str, ...]:
    carried = [field["id"] for field in hand_off["carries"]]
    return (hand_off["from"]["id"], hand_off["to"]["id"], hand_off.get("when", ""), *carried)


@pytest.mark.parametrize("name", EXAMPLES)
def test_each_served_step_is_presented_once_or_as_experiences_say(name: str) -> None:
    for document in configurations(name).values():
        for journey in document["journeys"]:
            for step in (step for phase in journey["phases"] for step in phase["steps"]):
                presentations = step["presentations"]
                assert presentations
                if any(presentation["derived"] for presentation in presentations):
                    assert len(presentations) == 1
                    assert "experience" not in presentations[0]


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_of_channel_has_one_way_to_present_a_step(kind: str) -> None:
    blueprint = design(
        f"""package one
        team Crew
        persona Someone
        channel Only {{ kind {kind}; owner Crew }}
        journey Go {{
          kind use; persona Someone; trigger "Now"; outcome "Then"
          phase during {{ step say_it {{ via Only; frontstage "Says it" }} }}
        }}"""
    )
    made = Configurations(blueprint)
    (step,) = made.document(made.channels()[0])["journeys"][0]["phases"][0]["steps"]
    (presentation,) = step["presentations"]
    ways = [key for key in ("screen", "prompts", "message", "scripts") if presentation.get(key)]
    assert len(ways) == 1
    assert presentation[ways[0]] in ("/go/say-it", "Says it", ["Says it"])


def test_channels_that_would_share_a_folder_are_refused() -> None:
    target = load_target("channels")
    blueprint = design(
        "package one\nteam Crew\nchannel App { kind web; owner Crew }\nchannel APP { kind tv; owner Crew }"
    )
    files, (found,) = target.emit(blueprint, target.options(), None)  # type: ignore[arg-type]
    assert files == ()
    assert (found.code, found.span.line, found.related[0].span.line) == ("CXC904", 4, 3)
