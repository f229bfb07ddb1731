"""What a channel asks for, and what it is handed, follows from what is known on the way through a journey."""

from typing import Any

import pytest

from cxc.targets.channels.configuration import Configurations
from designs import design

PLACES = """package ferry
team Desk
persona Guest { entity Traveller }
entity Traveller { id: uuid @key }
entity Pier { name: string @key }
entity Booking { code: string @key; deck: int(1..3) }
error Full
channel Site { kind web; identity identified; owner Desk }
channel Kiosk { kind kiosk; owner Desk }
channel Quay { kind store; owner Desk }
service Tickets {
  owner Desk
  masters Booking
  query piers() -> [Pier]
  command book(traveller: Traveller.id, from: Pier.name, to: Pier.name, meal: bool?) -> Booking { fails Full }
  command change(code: Booking.code, deck: Booking.deck) -> Booking
  command board(code: Booking.code)
}
"""


def channel(name: str, *steps: str, more: str = "") -> dict[str, Any]:
    """Return the journey as a channel serves it."""
    journey = 'journey Cross { kind use; persona Guest; trigger "x"; outcome "y"; phase during {\n'
    made = Configurations(design(PLACES + journey + "\n".join(steps) + "\n} }\n" + more))
    (found,) = [one for one in made.channels() if one.name == name]
    (view,) = made.document(found)["journeys"]
    served: dict[str, Any] = view
    return served


def asks(journey: dict[str, Any], step: str) -> dict[str, bool]:
    """Return the names of what is asked in a step, with whether it is known already."""
    steps = {found["name"]: found for phase in journey["phases"] for found in phase["steps"]}
    (presentation,) = steps[step]["presentations"]
    return {asked["name"]: asked["known"] for asked in presentation["asks"]}


def hand_offs(journey: dict[str, Any], side: str) -> list[tuple[str, str, list[str], list[str]]]:
    return [
        (
            found["from"]["id"].rpartition(".")[2],
            found["to"]["id"].rpartition(".")[2],
            [other["title"] for other in found["channels"]],
            [asked["id"].rpartition(".")[2] for asked in found["asks_again"]],
        )
        for found in journey[side]
    ]


BOOK = "step book { via Site, Kiosk; calls Tickets.book }"


def test_what_is_derived_asks_for_what_is_needed_and_not_known() -> None:
    assert asks(channel("Site", BOOK), "book") == {"from": False, "to": False}
    assert asks(channel("Kiosk", BOOK), "book") == {"traveller": False, "from": False, "to": False}


def test_what_was_returned_before_is_not_asked_for() -> None:
    steps = (BOOK, "step board { via Site, Kiosk; calls Tickets.board }")
    assert asks(channel("Kiosk", *steps), "board") == {}


def test_what_an_operation_of_the_step_returned_is_not_asked_for() -> None:
    assert asks(channel("Site", "step go { via Site; calls Tickets.book, Tickets.board }"), "go") == {
        "from": False,
        "to": False,
    }


def test_one_of_several_values_must_be_chosen() -> None:
    found = channel("Site", "step look { via Site; calls Tickets.piers }", BOOK)
    assert asks(found, "book") == {"from": False, "to": False}


def test_what_is_known_on_some_ways_only_is_asked_for() -> None:
    steps = (
        "step look { via Kiosk; -> book share 50%; -> board }",
        BOOK,
        "step board { via Kiosk; calls Tickets.board }",
    )
    assert asks(channel("Kiosk", *steps), "board") == {"code": False}


def test_a_new_value_for_a_record_is_asked_for() -> None:
    steps = (BOOK, "step change { via Site, Kiosk; calls Tickets.change }")
    assert asks(channel("Site", *steps), "change") == {"deck": False}


@pytest.mark.parametrize(("carries", "expected"), [("carries Booking.code", {}), ("", {"code": False})])
def test_only_what_is_carried_is_known_on_another_channel(carries: str, expected: dict[str, bool]) -> None:
    steps = (
        f"step book {{ via Site; calls Tickets.book; -> board {carries} }}",
        "step board { via Quay; calls Tickets.board }",
    )
    assert asks(channel("Quay", *steps), "board") == expected
    again = [] if carries else ["code"]
    assert hand_offs(channel("Quay", *steps), "hand_offs_in") == [("book", "board", ["Site"], again)]
    assert hand_offs(channel("Site", *steps), "hand_offs_out") == [("book", "board", ["Quay"], again)]


def test_what_is_carried_and_was_never_known_is_asked_for() -> None:
    steps = ("step look { via Site; -> board carries Booking.code }", "step board { via Quay; calls Tickets.board }")
    assert asks(channel("Quay", *steps), "board") == {"code": False}


def test_where_nobody_arrives_only_the_channel_knows_something() -> None:
    steps = ("step look { via Site; -> end }", BOOK)
    assert asks(channel("Site", *steps), "book") == {"from": False, "to": False}


def test_what_an_experience_asks_for_although_it_is_known_can_be_filled_in() -> None:
    experience = 'experience Online { journey Cross; channel Site; step book { screen "/"; asks traveller, from, to } }'
    assert asks(channel("Site", BOOK, more=experience), "book") == {"traveller": True, "from": False, "to": False}


def test_customers_change_the_channel_behind_a_step_that_no_channel_serves() -> None:
    steps = ("step book { via Site }", "step print { via none }", "step board { via Quay }")
    assert hand_offs(channel("Site", *steps), "hand_offs_out") == [("print", "board", ["Quay"], [])]
    assert hand_offs(channel("Quay", *steps), "hand_offs_in") == [("print", "board", ["Site"], [])]


def test_hand_offs_stand_in_the_order_of_the_text() -> None:
    steps = (
        "step look { via Site, Kiosk; -> book share 50%; -> board }",
        "step book { via Site; -> end }",
        "step board { via Quay }",
    )
    assert [found[:2] for found in hand_offs(channel("Kiosk", *steps), "hand_offs_out")] == [
        ("look", "book"),
        ("look", "board"),
    ]
