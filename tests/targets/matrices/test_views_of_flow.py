"""What the matrices say of the ways through journeys: changes of channel, teams and seams, tiers, promises."""

import pytest

from cxc.targets.matrices.matrix import Cell, Kind, Matrix
from cxc.targets.matrices.view import matrices_of
from designs import design

PLACES = """package ferry
team Desk "Ticket desk"
team Crew "Crew"
team Office "Head office"
team Sales { parent Office }
partner Taxi "Island taxi"
persona Guest { entity Traveller }
metric Ease { kind ces }
entity Traveller { id: uuid @key; name: string }
entity Booking { code: string @key; deck: int; seats: int }
channel Site "Website" { kind web; identity identified; owner Desk }
channel App "App" { kind mobile; owner Desk }
channel Quay "On the quay" { kind store; owner Crew }
channel Line "By telephone" { kind phone; owner Desk }
service Tickets {
  owner Desk
  masters Booking
  availability 99%
  query find(code: Booking.code) -> Booking
  command book(traveller: Traveller.id, deck: int) -> Booking
  command change(code: Booking.code, deck: Booking.deck) -> Booking
}
service Boats { owner Crew; availability 98%; command board(code: Booking.code) }
"""


def matrix(text: str, name: str) -> Matrix:
    return next(one for one in matrices_of(design(PLACES + text)) if one.name == name)


def row(matrix: Matrix, name: str) -> list[Cell]:
    """Return the cells of a row, by the last part of its id."""
    return list(matrix.cells[[id.rpartition(".")[2] for id in matrix.rows.ids].index(name)])


def cell(matrix: Matrix, of: str, column: str) -> Cell:
    return row(matrix, of)[[id.rpartition(".")[2] for id in matrix.columns.ids].index(column)]


def observed(matrix: Matrix) -> dict[str, tuple[str, ...]]:
    return {one.text: one.about for one in matrix.observations}


def journey(*steps: str, name: str = "Cross", says: str = "") -> str:
    return f"""
      journey {name} {{
        kind use; persona Guest; trigger "The island calls"; outcome "On the island"
        {says}
        phase during {{
          {"; ".join(steps)}
        }}
      }}
    """


# ---- how customers arrive -------------------------------------------------------------------------------------------


def arriving(*steps: str, more: str = "") -> dict[str, list[tuple[str | int | float, str]]]:
    found = matrix(journey(*steps) + more, "step-channel")
    return {
        heading.parts[-1].name: [(cell.shown, cell.detail) for cell in cells]
        for heading, cells in zip(found.rows.headings, found.cells, strict=True)
    }


NO = ("not offered", "")


def test_customers_stay_on_a_channel_and_change_where_it_does_not_serve_the_next_step() -> None:
    assert arriving("step ask { via Site, App }", "step pay { via Site, Line }", "step go { via Quay }") == {
        "ask": [("served", ""), ("served", ""), NO, NO],
        "pay": [("served", "also by change"), NO, NO, ("served by people", "by change")],
        "go": [NO, NO, ("served by people", "by change"), NO],
    }


def test_some_come_by_a_change_and_some_do_not() -> None:
    found = arriving("step ask { via Site, Line }", "step pay { via Line }")
    assert found["pay"] == [NO, NO, NO, ("served by people", "also by change")]


def test_a_channel_that_serves_a_step_may_have_nobody_come_to_it() -> None:
    found = matrix(journey("step ask { via Site }", "step pay { via Site, App }"), "step-channel")
    assert cell(found, "pay", "App").detail == "nobody"
    assert observed(found)["Served where nobody arrives"] == ("Pay (Cross): App",)
    assert "Where customers change the channel" not in observed(found)


def test_a_step_that_no_way_leads_to_has_nobody_on_any_channel() -> None:
    found = arriving("step ask { via Site; -> end }", "step pay { via Site }")
    assert found["pay"][0] == ("served", "nobody")


def test_to_come_to_a_first_channel_is_no_change() -> None:
    found = arriving("step dream { via none }", "step pay { via App }")
    assert found["dream"] == [("not applicable", "")] * 4
    assert found["pay"][1] == ("served", "")


@pytest.mark.parametrize(("carries", "detail"), [("carries Booking.code", "by change"), ("", "by change, asked again")])
def test_what_is_lost_on_a_change_must_be_said_again(carries: str, detail: str) -> None:
    steps = (
        f"step book {{ via Site; calls Tickets.book; -> go {carries} }}",
        "step go { via Quay; calls Boats.board }",
    )
    found = matrix(journey(*steps), "step-channel")
    assert cell(found, "go", "Quay").detail == detail
    assert ("Where a change of channel loses what is needed" in observed(found)) is ("again" in detail)


def test_the_steps_that_customers_come_from_are_in_the_trace() -> None:
    experience = 'experience Boarding { journey Cross; channel Quay; step go { script "Welcome aboard" } }'
    found = matrix(journey("step ask { via Site, Quay }", "step go { via Quay }") + experience, "step-channel")
    assert cell(found, "go", "Quay") == Cell(
        Kind.WORD,
        "presented by people",
        "also by change",
        ("presentation:ferry.Boarding.go", "step:ferry.Cross.ask"),
    )


# ---- teams ----------------------------------------------------------------------------------------------------------


def test_teams_answer_for_the_steps_that_call_their_services() -> None:
    steps = (
        "step ask { calls Tickets.find }",
        "step book { calls Tickets.find, Boats.board }",
        'step go { backstage "Ropes" by Crew }',
        "step dream",
    )
    found = matrix(journey(*steps), "team-journey")
    assert [
        (heading.label, cells[0].shown) for heading, cells in zip(found.rows.headings, found.cells, strict=True)
    ] == [
        ("Ticket desk", 2),
        ("Crew", 2),
        ("Head office", ""),
        ("Sales", ""),
    ]
    assert cell(found, "Crew", "Cross").trace == ("step:ferry.Cross.book", "step:ferry.Cross.go")
    assert observed(found) == {
        "Answer for no step": ("Sales",),
        "Steps that no team answers for": ("Dream (Cross)",),
    }


def test_a_partner_has_a_row_where_it_answers_for_a_step() -> None:
    found = matrix(journey('step ride { backstage "Drives" by Taxi }'), "team-journey")
    assert cell(found, "Taxi", "Cross").value == 1


@pytest.mark.parametrize(
    ("steps", "seams"),
    [
        (("step a { calls Tickets.find }", "step b { calls Boats.board }"), 1),
        (("step a { calls Tickets.find; -> b carries Booking.code }", "step b { calls Boats.board }"), 0),
        (("step a { calls Tickets.find }", "step b { calls Tickets.find }"), 0),
        (("step a { calls Tickets.find, Boats.board }", "step b { calls Boats.board }"), 0),
        (("step a { calls Tickets.find }", "step b", "step c { calls Boats.board }"), 0),
        (("step a { calls Tickets.find; -> b share 50%; -> b }", "step b { calls Boats.board; -> a }"), 3),
    ],
)
def test_a_seam_is_a_way_to_another_team_that_carries_nothing(steps: tuple[str, ...], seams: int) -> None:
    found = matrix(journey(*steps), "team-journey")
    said = f"{seams} seams" if seams > 1 else "1 seam" if seams else ""
    assert {cells[0].detail for cells in found.cells if cells[0].kind is Kind.NUMBER} == {said}
    observations = observed(found)
    assert observations.get("Journeys with most seams", ()) == ((f"Cross ({said})",) if seams else ())
    between = observations.get("Teams with most seams between them", ())
    assert between == ((f"Ticket desk and Crew ({seams})",) if seams else ())


# ---- capabilities and measures --------------------------------------------------------------------------------------


def test_moments_of_truth_are_marked_where_capabilities_are_needed() -> None:
    text = (
        "capability Sailing { capability Boarding }\nservice Pier { owner Crew; realizes Boarding; command dock() }\n"
    )
    steps = ("step go { calls Pier.dock; moment_of_truth }", "step sail { capability Boarding }", "step wave")
    found = matrix(text + journey(*steps, "step kiss { moment_of_truth }"), "capability-phase")
    assert [(cells[0].shown, cells[0].detail) for cells in found.cells] == [(2, "1 moment of truth")] * 2
    assert observed(found)["Behind moments of truth"] == ("1.1 Boarding",)
    assert observed(found)["Moments of truth that rely on no capability"] == ("Kiss (Cross)",)


def test_a_metric_is_taken_before_during_or_after() -> None:
    text = """
    journey Cross {
      kind use; persona Guest; trigger "The island calls"; outcome "On the island"; measures Ease
      phase before { step ask { measures Ease } }
      phase during { step go; step land }
      phase after "At home" { step tell { measures Ease } }
      phase after "Later" { step tell_again { measures Ease } }
    }
    """
    found = matrix(text, "metric-journey")
    assert found.cells[0][0] == Cell(
        Kind.WORD,
        "journey and step",
        "before, 2 after",
        ("step:ferry.Cross.ask", "step:ferry.Cross.tell", "step:ferry.Cross.tell_again"),
    )
    assert observed(found) == {}


# ---- tiers ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("steps", "shown", "detail"),
    [
        (("step a { via Site }", "step b { via App, Quay }"), "full", ""),
        (('step a { via Site; -> end when "done"; -> b }', "step b { via Quay }"), "partial", "1 of 2"),
        (("step a { via Site }", "step b { via Quay }"), "dead end", "1 of 2"),
        (("step a { via Quay }", "step b { via Site }"), "dead end", "1 of 2"),
        (("step a { via Quay }", "step b { via Line }"), "not offered", ""),
        (("step a { via Site }", "step b { via none }"), "full", ""),
        (("step a { via none }",), "not applicable", ""),
        (("step a",), "unknown", ""),
    ],
)
def test_all_channels_of_a_tier_lead_to_an_end_or_not(steps: tuple[str, ...], shown: str, detail: str) -> None:
    tier = "tier Self { support self_service; channels Site, App; journeys Cross }"
    found = matrix(journey(*steps) + tier, "tier-channel-journey")
    assert found.columns.headings[0].label == "All of them together"
    assert (found.cells[0][0].shown, found.cells[0][0].detail) == (shown, detail)
    broken = {text for text in observed(found) if text.startswith("Self promises")}
    expected = {
        "dead end": {"Self promises, but its channels do not lead to an end of"},
        "not offered": {"Self promises, but none of its channels serves"},
    }
    assert broken == expected.get(shown, set())


# ---- promises -------------------------------------------------------------------------------------------------------


def promised(*steps: str, says: str = "", more: str = "") -> dict[str, tuple[str | int | float, str]]:
    found = matrix(journey(*steps, says=says) + more, "journey-promises")
    return {id: (cell.shown, cell.detail) for id, cell in zip(found.columns.ids, found.cells[0], strict=True)}


def test_what_is_promised_is_held_against_what_is_worked_out() -> None:
    steps = (
        "step ask { via Site; calls Tickets.find; wait 10m..1h; -> call share 25%; -> go }",
        "step call { via Line; wait 1h..2d; -> go }",
        "step go { via Site; calls Boats.board }",
    )
    found = promised(*steps, says="target { self_service 80%; duration 1d; availability 97% }")
    assert found == {
        "steps": (3, ""),
        "self_service": (75, "missed"),
        "self_service_target": (80, ""),
        "expected_duration": (0.4167, "kept"),
        "longest_duration": (49, "missed"),
        "duration_target": (24, ""),
        "availability": (97.02, "kept"),
        "availability_target": (97, ""),
        "promises": ("missed", "self-service, duration at most"),
        "seams": (1, ""),
        "asked_again": (0, ""),
        "loops": (0, ""),
    }


def test_a_journey_that_promises_nothing_is_not_judged() -> None:
    found = promised("step ask { via Site; wait 30s }")
    assert found["promises"] == ("", "")
    assert found["self_service"] == (100, "")
    assert found["expected_duration"] == (0.0083, "")


def test_where_the_design_says_too_little_it_is_unknown() -> None:
    found = promised("step ask", says="target { duration 1d; availability 90% }")
    assert [found[id][0] for id in ("expected_duration", "longest_duration", "availability", "promises")] == [
        "unknown"
    ] * 4
    assert found["duration_target"] == (24, "")


def test_where_customers_never_arrive_nothing_is_expected() -> None:
    found = promised("step ask { wait 1m; -> ask }")
    assert found["self_service"][0] == found["expected_duration"][0] == "unknown"
    assert found["longest_duration"] == ("no bound", "")
    assert found["loops"] == (1, "")


def test_a_promise_about_a_loop_without_bound_is_judged_by_what_is_expected() -> None:
    found = promised("step ask { wait 1m; -> ask share 50%; -> end }", says="target { duration 2m }")
    assert found["expected_duration"] == (0.0333, "kept")
    assert found["promises"] == ("kept", "")


@pytest.mark.parametrize(
    ("asks", "count"),
    [
        ("traveller", 1),  # the channel knows it
        ("deck", 0),
        ("traveller, deck", 1),
    ],
)
def test_what_the_channel_knows_is_asked_again(asks: str, count: int) -> None:
    experience = f'experience Booking_online {{ journey Cross; channel Site; step book {{ screen "/"; asks {asks} }} }}'
    assert promised("step book { via Site; calls Tickets.book }", more=experience)["asked_again"] == (count, "")


def test_a_new_value_for_a_record_is_not_asked_again() -> None:
    steps = ("step book { via Site; calls Tickets.book }", "step change { via Site; calls Tickets.change }")
    experience = """
    experience Online {
      journey Cross
      channel Site
      step book { screen "/"; asks deck }
      step change { screen "/c"; asks ASKED }
    }
    """
    assert promised(*steps, more=experience.replace("ASKED", "deck"))["asked_again"] == (0, "")
    assert promised(*steps, more=experience.replace("ASKED", "code"))["asked_again"] == (1, "")


def test_promises_are_seen_at_a_glance() -> None:
    text = (
        journey("step ask { via Line }", says="target { self_service 10% }")
        + journey("step ask { via Site; wait 1m; -> ask share 10%; -> end }", name="Wonder")
        + journey("step a { calls Tickets.find }", "step b { calls Boats.board }", name="Board")
    )
    assert observed(matrix(text, "journey-promises")) == {
        "Promises missed": ("Cross (self-service)",),
        "Journeys that promise nothing": ("Wonder", "Board"),
        "Journeys that may take without end": ("Wonder",),
        "Most seams": ("Board (1)",),
    }
