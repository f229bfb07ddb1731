"""Routes and web manifests name the screens that experiences give, else those that follow from the journey."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from channel_files import channel_files, documents, written
from cxc.output.portable import collisions, unportable
from designs import EXAMPLES, design, example
from hostile import DEVICES, KEYWORDS, TEXTS, design_of_names, documentation, quoted

Judge = Callable[[Sequence[Path]], list[str]]

DESIGN = """package one
team Crew
persona Someone
service S { owner Crew
  command act(name: string) }
/// Where **things** are
/// done.
///
/// More than that.
channel Site "The site of all things" { kind web; language "de", "en"; owner Crew }
channel Wall { kind tv; owner Crew }
journey Go "Go there" { kind use; persona Someone; trigger "Wants to"; outcome "b"
  phase during {
    step ask "Asks" { via Site; calls S.act }
    step look "Looks" { via Site, Wall; -> end }
    step lost { via Site; -> end }
  }
}
experience There { journey Go; channel Site; step ask { screen "/ask/:name"; asks S.act.name } }
"""


def test_routes_are_those_of_experiences_else_derived() -> None:
    routes = documents(design(DESIGN), "Site/routes")["Site/routes"]["routes"]
    assert [(route["path"], route["derived"]) for route in routes] == [
        ("/ask/:name", False),
        ("/go/look", True),
        ("/go/lost", True),
    ]
    assert routes[0] == {
        "path": "/ask/:name",
        "title": "Asks",
        "derived": False,
        "tiers": [],
        "journey": "journey:one.Go",
        "step": "step:one.Go.ask",
        "presentation": "presentation:one.There.ask",
        "flow": "flow/Go.json",
        "form": "forms/Go/ask.json",
    }


def test_a_screen_that_nobody_gets_to_belongs_to_no_flow() -> None:
    *_, lost = documents(design(DESIGN), "Site/routes")["Site/routes"]["routes"]
    assert "flow" not in lost


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_step_with_a_screen_has_its_routes(name: str) -> None:
    routes = documents(example(name), "/routes.json")
    flows = documents(example(name), "/flow/")
    assert routes
    for path, document in routes.items():
        folder = path.split("/")[0]
        assert all(route["path"].startswith("/") for route in document["routes"])
        # A screen without a flow is one that nobody gets to; one of the examples has such steps.
        led = [route["flow"] for route in document["routes"] if "flow" in route]
        assert len(led) == len(document["routes"]) or name == "airline"
        assert {f"{folder}/{flow.removesuffix('.json')}" for flow in led} <= flows.keys()


def manifest(text: str = DESIGN) -> dict[str, Any]:
    found = channel_files(design(text), ".webmanifest")
    document: dict[str, Any] = json.loads(found["channels/Site/manifest.webmanifest"])
    return document


def test_a_manifest_says_what_the_design_says() -> None:
    found = manifest()
    assert next(iter(found)) == "cxc_comment"
    assert (found["name"], found["short_name"]) == ("The site of all things", "Site")
    assert (found["description"], found["lang"]) == ("Where **things** are done.", "de")


def test_shortcuts_lead_to_where_journeys_begin() -> None:
    assert "shortcuts" not in manifest()
    assert manifest(DESIGN.replace("/:name", ""))["shortcuts"] == [
        {"name": "Go there", "url": "/ask", "description": "Wants to"}
    ]


@pytest.mark.parametrize("screen", ["//evil.example/x", "https://evil.example", "javascript:alert(1)", "/a b", "x"])
def test_no_shortcut_leads_out_of_the_site(screen: str) -> None:
    assert "shortcuts" not in manifest(DESIGN.replace("/ask/:name", screen))


def test_only_web_channels_have_a_manifest() -> None:
    assert list(channel_files(design(DESIGN), ".webmanifest")) == ["channels/Site/manifest.webmanifest"]


def test_manifests_of_examples_pass_their_judges(tmp_path: Path, judge_web_manifests: Judge) -> None:
    files = [
        file for name in EXAMPLES for file in written(tmp_path / name, channel_files(example(name), ".webmanifest"))
    ]
    assert len(files) == 7
    assert judge_web_manifests(files) == []


def test_manifests_of_any_names_and_texts_pass_their_judges(tmp_path: Path, judge_web_manifests: Judge) -> None:
    channels = [
        f"{documentation(text)}\nchannel C{at} {quoted(text)} {{ kind web; owner Crew }}"
        for at, text in enumerate(TEXTS)
    ]
    channels += [f"channel {name} {{ kind web; owner Crew }}" for name in KEYWORDS if name.lower() != "crew"]
    text = "package one\nteam Crew\n" + "\n".join(dict.fromkeys(channels))
    files = {path: text for path, text in channel_files(design(text), ".webmanifest").items()}
    assert judge_web_manifests(written(tmp_path, {f"{at}.json": one for at, one in enumerate(files.values())})) == []


def test_a_mistake_in_a_manifest_is_found(tmp_path: Path, judge_web_manifests: Judge) -> None:
    mistakes: list[tuple[dict[str, Any], str]] = [
        ({"display": "wide"}, "display"),
        ({"shortcuts": [{"name": "x"}]}, "Property 'url' is missing"),
        ({"colour": "red"}, "colour"),
        ({"start_url": 3}, "not assignable"),
        ({"name": "", "short_name": ""}, "has no name"),
    ]
    files = {f"{at}.json": json.dumps({**manifest(), **change}) for at, (change, _) in enumerate(mistakes)}
    found = judge_web_manifests(written(tmp_path, files))
    for at, (_, said) in enumerate(mistakes):
        assert said in " ".join(text for text in found if f"/{at}.json: " in text)


def test_files_of_any_names_can_be_written_everywhere() -> None:
    paths = list(channel_files(design(design_of_names([*KEYWORDS, *DEVICES]))))
    assert [path for path in paths if unportable(path)] == []
    assert collisions(paths) == []
