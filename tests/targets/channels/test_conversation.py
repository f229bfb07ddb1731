"""What a chat understands and says agrees with its flow: every event that customers decide on has its words."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from channel_files import written
from channel_output import hostile, output, output_of_example, output_of_vet
from designs import EXAMPLES


def conversations(files: dict[str, str]) -> dict[str, tuple[dict[str, Any], dict[str, Any]]]:
    """Return each conversation with the flow it belongs to."""
    found = {}
    for path, text in files.items():
        if "/conversation/" in path:
            flow = files[path.replace("/conversation/", "/flow/")]
            found[path] = (json.loads(text), json.loads(flow))
    return found


def agrees(conversation: dict[str, Any], flow: dict[str, Any]) -> None:
    states = flow["states"]
    assert {one["event"] for one in conversation["arriving"]} == set(states["arriving"]["on"])
    shown = {one["step"]: one for one in conversation["steps"]}
    serving = [one for one in states["open"]["states"].values() if one.get("meta", {}).get("kind") == "step"]
    assert set(shown) == {one["meta"]["step"] for one in serving}
    for state in serving:
        step = shown[state["meta"]["step"]]
        decided = {event for event in state["on"] if not event.startswith("failed.")}
        assert {one["event"] for one in step["intents"]} == decided
        assert all(intent["utterances"] for intent in step["intents"])
        assert all(presentation["prompts"] for presentation in step["presentations"])
    if "person" in states:
        assert conversation["person"]["event"] in states["open"]["on"]
        assert conversation["not_understood"]["then"] in states["open"]["on"]


@pytest.mark.parametrize("name", EXAMPLES)
def test_conversations_of_examples_agree_with_their_flows(name: str) -> None:
    for conversation, flow in conversations(output_of_example(name)).values():
        agrees(conversation, flow)


@pytest.mark.parametrize("kind", ["chat", "chatbot"])
def test_conversations_of_hostile_designs_agree_with_their_flows(kind: str) -> None:
    for blueprint in hostile(kind):
        found = conversations(output(blueprint))
        assert found
        for conversation, flow in found.values():
            agrees(conversation, flow)


def test_xstate_runs_the_flows_of_conversations(
    tmp_path: Path, run_flows: Callable[[Sequence[Path]], list[dict[str, Any]]]
) -> None:
    flows = {
        f"{name}/{path}": json.dumps(flow)
        for name in EXAMPLES
        for path, (_, flow) in conversations(output_of_example(name)).items()
    }
    for told in run_flows(written(tmp_path, flows)):
        assert (told["problems"], told["unreachable"]) == ([], [])


def test_examples_have_conversations() -> None:
    assert sum(len(conversations(output_of_example(name))) for name in EXAMPLES) > 3


def test_what_is_understood_and_said_comes_from_the_experience() -> None:
    conversation, _ = conversations(output_of_vet())["channels/Bot/conversation/VisitUs.json"]
    (start,) = [one for one in conversation["arriving"] if one["event"] == "start"]
    assert [one["text"] for one in start["utterances"]] == ["book a {kind}", "termin"]
    assert start["utterances"][0]["entities"][0]["field"] == "parameter:vet.Visits.book.kind"
    assert not start["derived"]
    (step,) = conversation["steps"]
    (presentation,) = step["presentations"]
    assert presentation["prompts"] == ["Woof, {Client.name}! What can I do?"]
    assert [asked["parameter"].rpartition(".")[2] for asked in presentation["asks"]] == ["kind", "day"]


def test_without_an_experience_everything_is_derived_and_marked() -> None:
    conversation, _ = conversations(output_of_vet())["channels/Chat/conversation/VisitUs.json"]
    assert all(one["derived"] for step in conversation["steps"] for one in step["presentations"])
    (book,) = [one for one in conversation["steps"] if one["step"].endswith(".book")]
    assert book["presentations"][0]["prompts"] == ["Offers the next free times"]
    assert all(one["derived"] for one in conversation["arriving"])
    assert conversation["not_understood"]["tries"] == 3
