"""What a flow says: its events by name, hand-offs, closed channels, people who take over, and what is known."""

import json
from typing import Any

import pytest

from channel_files import documents
from cxc.targets.channels.kinds.events import slug
from designs import design
from hostile import TEXTS

PLACES = """package one
team Crew
persona Someone { entity Customer }
entity Customer { id: string @key }
entity Order { id: string @key; code: string }
error Full { status 409 }
error Gone { status 410 }
service Orders { owner Crew; masters Order
  command order(customer: Customer.id, what: string) -> Order { fails Full, Gone }
  command pay(order: Order.id) { fails Full }
}
channel Site { kind web; identity identified; owner Crew; hours "Mo-Fr 09:00-17:00" }
channel App { kind mobile; owner Crew }
channel Phone { kind phone; owner Crew; hours "Mo-Sa 08:00-20:00" }
channel Letters { kind mail; owner Crew }
"""


def flow(steps: str, channel: str = "Site", places: str = PLACES) -> dict[str, Any]:
    """Return the flow of a journey `Go` with some steps."""
    head = 'kind use; persona Someone; trigger "Now"; outcome "Then"'
    found = documents(design(f"{places}journey Go {{ {head}\nphase during {{\n{steps}\n}} }}"), "/flow/")
    document: dict[str, Any] = found[f"{channel}/flow/Go"]
    return document


def step(document: dict[str, Any], name: str) -> dict[str, Any]:
    found: dict[str, Any] = document["states"]["open"]["states"][name]
    return found


def targets(document: dict[str, Any], name: str) -> dict[str, str]:
    return {event: way["target"] for event, way in step(document, name)["on"].items()}


# ---- events ---------------------------------------------------------------------------------------------------------


def test_a_way_without_a_condition_is_the_next_one() -> None:
    found = flow("step first { via Site }\nstep last { via Site }")
    assert targets(found, "first") == {"next": "last"}
    assert targets(found, "last") == {"next": "#Go.done"}


def test_a_condition_names_its_event_and_stands_there_in_words() -> None:
    found = flow('step first { via Site; -> last when "Wants it now, please"; -> end }\nstep last { via Site }')
    assert targets(found, "first") == {"when.wants-it-now-please": "last", "next": "#Go.done"}
    way = step(found, "first")["on"]["when.wants-it-now-please"]
    assert (way["description"], way["meta"]) == ("Wants it now, please", {"when": "Wants it now, please"})


def test_conditions_of_the_same_letters_are_told_apart() -> None:
    found = flow('step first { via Site; -> last when "Yes!"; -> end when "yes?"; -> end }\nstep last { via Site }')
    assert targets(found, "first") == {"when.yes": "last", "when.yes-2": "#Go.done", "next": "#Go.done"}


def test_conditions_without_letters_are_named_for_where_they_lead() -> None:
    found = flow('step first { via Site; -> last when "?"; -> end when "!"; -> end }\nstep last { via Site }')
    assert targets(found, "first") == {"to.last": "last", "to.end": "#Go.done", "next": "#Go.done"}


def test_ways_by_share_alone_are_named_for_where_they_lead() -> None:
    found = flow("step first { via Site; -> last share 60%; -> end share 40% }\nstep last { via Site }")
    assert targets(found, "first") == {"to.last": "last", "to.end": "#Go.done"}
    assert step(found, "first")["on"]["to.last"]["meta"] == {"share": 0.6}


def test_each_failure_has_its_event() -> None:
    found = flow("step first { via Site; calls Orders.order; on Full, Gone -> again }\nstep again { via Site; -> end }")
    assert targets(found, "first") == {"next": "again", "failed.Full": "again", "failed.Gone": "again"}
    errors = [error["id"] for error in step(found, "first")["on"]["failed.Full"]["meta"]["errors"]]
    assert errors == ["error:one.Full", "error:one.Gone"]


@pytest.mark.parametrize("text", TEXTS)
def test_a_name_made_of_any_words_is_short_and_plain(text: str) -> None:
    found = slug(text)
    assert len(found) <= 48
    assert not set(found) & set(" .*#\\\"'\n\t\u202e")
    assert found == slug(found)


def test_long_words_end_between_two_of_them() -> None:
    assert slug("one " * 40) == "-".join(["one"] * 12)
    assert slug("Ünïcode Straße 3") == "ünïcode-strasse-3"


# ---- arriving, other channels, and the way back ---------------------------------------------------------------------

ACROSS = """
step choose { via Site, App; calls Orders.order; -> advise when "Needs advice" carries Order.id; -> settle }
step advise { via Phone; -> settle carries Order.id; -> end when "No" }
step settle { via Site, App; calls Orders.pay }
"""


def test_a_hand_off_says_where_to_what_it_carries_and_how_to_come_back() -> None:
    found = flow(ACROSS)
    assert targets(found, "choose") == {
        "when.needs-advice": "#Go.elsewhere.choose-advise",
        "next": "settle",
    }
    there = found["states"]["elsewhere"]["states"]["choose-advise"]
    assert there["meta"] == {
        "kind": "hand-off",
        "from": {"id": "step:one.Go.choose", "title": "Choose"},
        "to": {"id": "step:one.Go.advise", "title": "Advise"},
        "channels": [{"id": "channel:one.Phone", "title": "Phone", "kind": "phone", "hours": ["Mo-Sa 08:00-20:00"]}],
        "carries": [{"id": "field:one.Order.id", "title": "Id", "name": "Order.id"}],
        "asks_again": [],
    }
    assert there["on"] == {"return.settle": "#Go.open.settle", "journey.ended": {"target": "#Go.done"}}
    assert step(found, "settle")["entry"] == [{"type": "remember"}]


def test_customers_arrive_to_begin_and_from_other_channels() -> None:
    arriving = flow(ACROSS, "App")["states"]["arriving"]["on"]
    assert [way[0]["target"] for way in arriving.values()] == ["open.choose", "open.settle"]
    assert arriving["start"][0]["meta"] == {"step": "step:one.Go.choose", "trigger": "Now"}
    (hand_off,) = arriving["arrive.settle"][0]["meta"]["hand_offs"]
    assert (hand_off["from"]["id"], hand_off["carries"][0]["name"]) == ("step:one.Go.advise", "Order.id")


def test_what_no_way_leads_to_is_open_to_who_comes_of_their_own_accord() -> None:
    # Whoever begins on the phone stays there; the site serves the second step all the same.
    found = flow("step ask { via Phone }\nstep look { via Phone, Site }")
    assert found["states"]["arriving"]["on"].keys() == {"arrive.look"}
    assert found["states"]["arriving"]["on"]["arrive.look"][0]["meta"]["hand_offs"] == []


def test_whoever_comes_back_may_come_there_from_elsewhere_too() -> None:
    # Nobody is at the window, but those who come to the site of their own accord may go on there.
    places = PLACES + "channel Window { kind store; owner Crew }\n"
    steps = "step ask { via Phone }\nstep look { via Phone, Site }\nstep talk { via Phone, Window }\n"
    found = flow(f"{steps}step settle {{ via Phone, Site }}", places=places)["states"]
    assert found["elsewhere"]["states"]["look-talk"]["on"].keys() == {"return.settle", "journey.ended"}
    assert found["arriving"]["on"].keys() == {"arrive.look", "arrive.settle"}


def test_work_that_no_customer_sees_is_a_state_of_its_own() -> None:
    found = flow("step ask { via Site }\nstep pack { via none }\nstep look { via Site }")
    assert targets(found, "ask") == {"next": "pack"}
    assert step(found, "pack")["meta"] == {
        "kind": "unseen",
        "step": "step:one.Go.pack",
        "title": "Pack",
        "known": [],
    }
    assert targets(found, "pack") == {"next": "look"}


def test_steps_that_nobody_gets_to_have_no_state() -> None:
    found = flow("step ask { via Site; -> end }\nstep lost { via Site }")
    assert list(found["states"]["open"]["states"]) == ["ask", "where-left"]


def test_a_channel_that_nobody_gets_to_has_no_flow() -> None:
    blueprint = design(
        PLACES + 'journey Go { kind use; persona Someone; trigger "a"; outcome "b"\n'
        "phase during { step ask { via App; -> end }\nstep lost { via Site } } }"
    )
    assert list(documents(blueprint, "/flow/")) == ["App/flow/Go"]


def test_journeys_whose_names_differ_by_case_have_files_of_their_own() -> None:
    journey = (
        'journey {0} {{ kind use; persona Someone; trigger "a"; outcome "b"\nphase during {{ step a {{ via App }} }} }}'
    )
    found = documents(design(PLACES + "\n".join(journey.format(name) for name in ("Go", "GO"))), "/flow/")
    assert [(path, flow["id"]) for path, flow in found.items()] == [("App/flow/Go", "Go"), ("App/flow/GO-2", "GO")]


# ---- closed channels, and people ------------------------------------------------------------------------------------


def test_a_channel_with_hours_asks_whether_it_is_open() -> None:
    found = flow("step ask { via Site, Phone }")
    entered, closed = found["states"]["arriving"]["on"]["start"]
    assert entered["guard"]["type"] == "isOpen"
    (hours,) = entered["guard"]["params"]["openingHoursSpecification"]
    assert (hours["opens"], hours["closes"], len(hours["dayOfWeek"])) == ("09:00", "17:00", 5)
    assert closed["target"] == "closed.before"
    meta = found["states"]["closed"]["meta"]
    assert (meta["hours"], meta["always_open"]) == (["Mo-Fr 09:00-17:00"], False)
    assert [(channel["id"], channel["steps"]) for channel in meta["fallback"]] == [
        ("channel:one.Phone", ["step:one.Go.ask"])
    ]


def test_a_channel_that_never_closes_may_still_fail() -> None:
    found = flow("step ask { via App }", "App")
    assert len(found["states"]["arriving"]["on"]["start"]) == 1
    assert list(found["states"]["closed"]["states"]) == ["midway"]
    assert found["states"]["closed"]["meta"]["fallback"] == []
    assert list(found["states"]["closed"]["states"]["midway"]["on"]) == ["channel.opened"]


def test_people_of_the_journey_take_over() -> None:
    found = flow(ACROSS)["states"]
    assert found["open"]["on"]["person.wanted"] == {"target": "person"}
    (people,) = found["person"]["meta"]["channels"]
    assert (people["id"], people["steps"], people["derived"]) == ("channel:one.Phone", ["step:one.Go.advise"], False)


def test_where_a_journey_knows_no_people_those_of_the_design_are_assumed() -> None:
    (people,) = flow("step ask { via Site }")["states"]["person"]["meta"]["channels"]
    assert (people["id"], people["steps"], people["derived"]) == ("channel:one.Phone", [], True)


def test_without_people_anywhere_nobody_is_promised() -> None:
    places = "".join(line for line in PLACES.splitlines(keepends=True) if not line.startswith("channel Phone"))
    found = flow("step ask { via Site }", places=places)["states"]
    assert "person" not in found
    assert list(found["open"]["on"]) == ["channel.closed"]


# ---- steps, and what is known ---------------------------------------------------------------------------------------


def test_what_no_experience_says_is_marked_as_derived() -> None:
    (shown,) = step(flow(ACROSS), "choose")["meta"]["presentations"]
    assert shown == {
        "derived": True,
        "tiers": [],
        "screen": "/go/choose",
        "form": "forms/Go/choose.json",
        "asks": ["parameter:one.Orders.order.what"],
        "shows": ["field:one.Order.id", "field:one.Order.code"],
    }


def test_an_experience_is_followed() -> None:
    experience = (
        '\nexperience Here { journey Go; channel Site\nstep choose { screen "/choose/it"; '
        "asks Orders.order.customer, Orders.order.what; offline true } }"
    )
    places = PLACES.replace("channel Letters", f"{experience}\nchannel Letters")
    (shown,) = step(flow(ACROSS, places=places), "choose")["meta"]["presentations"]
    assert (shown["derived"], shown["id"], shown["screen"]) == (False, "presentation:one.Here.choose", "/choose/it")
    assert shown["asks"] == ["parameter:one.Orders.order.customer", "parameter:one.Orders.order.what"]


def test_the_context_holds_what_operations_need_and_says_where_it_is_known() -> None:
    found = flow(ACROSS)
    customer, what, order = "field:one.Customer.id", "what: string", "field:one.Order.id"
    assert found["context"] == {customer: None, what: None, order: None}
    assert [one["name"] for one in found["meta"]["data"]] == ["Customer.id", "order.what", "Order.id"]
    assert step(found, "choose")["meta"]["known"] == [customer]
    assert step(found, "settle")["meta"]["known"] == [customer, order]
    assert step(found, "choose")["on"]["next"]["actions"] == [{"type": "remember", "params": {"keys": [what, order]}}]


def test_a_step_names_its_operations_as_the_platform_does() -> None:
    assert step(flow(ACROSS), "settle")["meta"]["operations"] == [
        {"id": "operation:one.Orders.pay", "operationId": "orders_pay"}
    ]


def test_a_flow_says_that_it_is_generated_and_from_what() -> None:
    found = flow(ACROSS)
    assert next(iter(found)) == "description"
    assert found["description"].startswith("Generated by cxc from design.blueprint:")


def test_flows_are_the_same_each_time() -> None:
    assert json.dumps(flow(ACROSS)) == json.dumps(flow(ACROSS))
