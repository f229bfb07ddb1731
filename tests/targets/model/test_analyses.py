"""What a published design says of the ways through its journeys."""

import json
from typing import Any

import pytest

from cxc.model.blueprint import Blueprint
from cxc.model.journey import Journey
from cxc.targets.json import json_text
from cxc.targets.model.analysing import analyses_of
from cxc.targets.model.document import Document
from cxc.targets.model.reading import load_blueprint
from cxc.targets.model.writing import document_text
from designs import EXAMPLES, design, example

PLACES = """package ferry
team Desk
team Crew
persona Guest { entity Traveller }
entity Traveller { id: uuid @key }
entity Booking { code: string @key; deck: Deck }
enum Deck { upper; lower }
error Full
channel Site { kind web; identity identified; owner Desk }
channel App { kind mobile; identity identified; owner Desk }
channel Line { kind phone; owner Desk }
channel Quay { kind store; owner Crew }
system Till
process Counting { owner Crew }
capability Selling { people Desk; process "Words", Counting; information Booking; system Till }
capability Waving
service Tickets {
  owner Desk; realizes Selling; runs_on Till; availability 99%
  command book(deck: Deck, places: int(1..9)) -> Booking { fails Full; latency 1500ms }
  query booking(code: Booking.code) -> Booking
}
service Boats { owner Crew; command board(code: Booking.code) }
"""


def cross(*steps: str) -> Blueprint:
    journey = 'journey Cross { kind use; persona Guest; trigger "x"; outcome "y"; phase during {\n'
    return design(PLACES + journey + "\n".join(steps) + "\n} }")


def analysis(*steps: str) -> dict[str, Any]:
    return analyses_of(cross(*steps))["journey:ferry.Cross"]


def step(found: dict[str, Any], name: str) -> dict[str, Any]:
    found = found["steps"][f"step:ferry.Cross.{name}"]
    return found


# ---- the document ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_analyses_of_examples_read_as_the_classes_say(name: str) -> None:
    blueprint = example(name)
    document = Document.model_validate_json(document_text(blueprint))
    journeys = blueprint.every(Journey)
    assert list(document.analyses) == [journey.id for journey in journeys]
    for journey in journeys:
        assert list(document.analyses[journey.id].steps) == [step.id for step in journey.steps]
    assert all(id in blueprint.elements for id in _ids(document.model_dump(mode="json")["analyses"]))


def _ids(value: Any) -> set[str]:
    """Return the texts inside a value that are ids and no facts; facts may be names."""
    if isinstance(value, dict):
        inner = [value[key] for key in value if key != "known"]
        return set().union(*map(_ids, inner))
    if isinstance(value, list | tuple):
        return set().union(*map(_ids, value))
    return {value} if isinstance(value, str) and ":" in value else set()


@pytest.mark.parametrize("name", EXAMPLES)
def test_what_has_its_default_is_left_out(name: str) -> None:
    written = json.loads(document_text(example(name)))["analyses"]
    read = Document.model_validate_json(document_text(example(name)))
    again = read.model_dump(mode="json", by_alias=True, exclude_defaults=True)["analyses"]
    assert json.loads(json.dumps(again)) == written


@pytest.mark.parametrize(
    "analyses", [None, {}, [], 3, {"journey:one.Nothing": {}}, {"no id": {"steps": 3}}, {"new": {"more": True}}]
)
def test_readers_do_not_look_at_the_analyses(analyses: Any) -> None:
    blueprint = cross("step ask")
    written = json.loads(document_text(blueprint)) | {"analyses": analyses}
    assert load_blueprint(json_text(written), "x.json") == load_blueprint(document_text(blueprint), "x.json")
    assert load_blueprint(json_text(written), "x.json")[1] == ()


def test_a_document_from_before_there_were_analyses_is_read() -> None:
    written = json.loads(document_text(cross("step ask")))
    del written["analyses"]
    declarations, found = load_blueprint(json_text(written), "x.json")
    assert declarations
    assert found == ()


# ---- journeys -------------------------------------------------------------------------------------------------------


def test_what_is_as_usual_is_not_said() -> None:
    assert analysis("step ask") == {
        "self_service": 1.0,
        "expected_duration": "PT0S",
        "longest_duration": "PT0S",
        "steps": {"step:ferry.Cross.ask": {"ways": [{"to": "end", "share": 1.0}], "known": {"none": []}}},
    }


def test_steps_that_are_not_reached_or_lead_nowhere() -> None:
    found = analysis("step ask { -> end }", "step swim { wait 1h; -> swim }")
    assert found["unreached"] == found["endless"] == ["step:ferry.Cross.swim"]
    assert found["loops"] == [["step:ferry.Cross.swim"]]
    assert "known" not in step(found, "swim")
    assert found["expected_duration"] == "PT0S"


def test_a_loop_with_a_wait_has_no_bound() -> None:
    found = analysis("step ask { wait 90s; -> ask share 1/3; -> end }".replace("1/3", "33.333333333%"))
    assert found["unbounded"] is True
    assert "longest_duration" not in found
    assert found["expected_duration"] == "PT2M15S"


def test_where_some_never_come_to_an_end_nothing_is_expected() -> None:
    found = analysis("step ask { -> turn share 10%; -> end }", "step turn { wait 1m; -> turn }")
    assert not {"self_service", "expected_duration"} & found.keys()
    assert found["unbounded"] is True


def test_nobody_does_without_help_is_said_though_it_is_nothing() -> None:
    assert analysis("step ask { via Line }")["self_service"] == 0.0


def test_shares_have_six_digits_and_those_that_add_up_to_less_are_taken_in_proportion() -> None:
    found = analysis('step ask { -> go share 20% ; -> end share 10%; -> end when "else" share 30% }', "step go")
    assert [way["share"] for way in step(found, "ask")["ways"]] == [0.333333, 0.166667, 0.5]


# ---- steps ----------------------------------------------------------------------------------------------------------


def test_what_stands_behind_a_step() -> None:
    found = analysis("step ask { via Line; calls Tickets.book, Tickets.booking; capability Waving }")
    assert {key: step(found, "ask")[key] for key in ("teams", "assisted", "availability", "latency", "behind")} == {
        "teams": ["team:ferry.Desk"],
        "assisted": True,
        "availability": 0.99,
        "latency": "PT1.5S",
        "behind": {
            "services": ["service:ferry.Tickets"],
            "capabilities": ["capability:ferry.Selling", "capability:ferry.Waving"],
            "people": ["team:ferry.Desk"],
            "processes": ["process:ferry.Counting"],
            "information": ["entity:ferry.Booking"],
            "systems": ["system:ferry.Till"],
        },
    }


def test_known_are_the_facts_from_which_the_others_follow() -> None:
    found = analysis("step ask { via Site; calls Tickets.book }", "step go { via Site }")
    assert step(found, "ask")["known"] == {"channel:ferry.Site": ["field:ferry.Traveller.id"]}
    assert step(found, "go")["known"] == {
        "channel:ferry.Site": [
            "deck: enum:ferry.Deck",
            "entity:ferry.Booking",
            "field:ferry.Traveller.id",
            "places: int(1..9)",
        ]
    }


def test_a_step_on_no_channel_leaves_customers_where_they_are() -> None:
    found = analysis("step dream { via none }", "step ask { via Line }", "step wait_there { via none }")
    assert list(step(found, "dream")["known"]) == ["none"]
    assert list(step(found, "wait_there")["known"]) == ["channel:ferry.Line"]


def test_a_failure_has_no_share() -> None:
    found = analysis("step ask { calls Tickets.book; on Full -> end }")
    assert step(found, "ask")["ways"] == [
        {"to": "end", "share": 1.0},
        {"to": "end", "errors": ["error:ferry.Full"]},
    ]


# ---- ways -----------------------------------------------------------------------------------------------------------


def test_changes_of_channel_on_which_the_same_is_lost_are_one() -> None:
    (way,) = step(
        analysis("step ask { via Site, App; calls Tickets.book }", "step go { via Line, Quay; calls Boats.board }"),
        "ask",
    )["ways"]
    assert way == {
        "to": "step:ferry.Cross.go",
        "share": 1.0,
        "changes": [
            {
                "from": ["channel:ferry.Site", "channel:ferry.App"],
                "to": ["channel:ferry.Line", "channel:ferry.Quay"],
                "lost": ["parameter:ferry.Boats.board.code"],
            }
        ],
        "seam": True,
    }


def test_what_is_carried_is_not_lost_and_no_seam() -> None:
    found = analysis(
        "step ask { via Site; calls Tickets.book; -> go carries Booking.code }",
        "step go { via Quay; calls Boats.board }",
    )
    (way,) = step(found, "ask")["ways"]
    assert way["changes"] == [{"from": ["channel:ferry.Site"], "to": ["channel:ferry.Quay"]}]
    assert "seam" not in way


def test_channels_that_lose_different_things_are_kept_apart() -> None:
    found = analysis(
        "step look { via Site, App; -> book share 50%; -> board }",
        "step book { via Site; calls Tickets.book; -> board }",
        "step board { via Quay, App; calls Boats.board }",
    )
    (way,) = step(found, "book")["ways"]
    assert [change["from"] for change in way["changes"]] == [["channel:ferry.Site"]]
    ways = step(found, "look")["ways"]
    assert ways[0]["changes"] == [{"from": ["channel:ferry.App"], "to": ["channel:ferry.Site"]}]
    assert ways[1]["changes"] == [{"from": ["channel:ferry.Site"], "to": ["channel:ferry.Quay", "channel:ferry.App"]}]
