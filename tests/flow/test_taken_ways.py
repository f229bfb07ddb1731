"""The ways of a journey that customers go, and those that nobody does."""

import pytest

from cxc.flow import flow_of
from cxc.flow.graph import Graph
from cxc.flow.ways import leave_none_behind, share_given
from cxc.model.journey import Journey
from designs import design


def graph(steps: str) -> Graph:
    blueprint = design(
        f"""package one
        persona Someone
        error Broken
        team Crew
        service Desk {{ owner Crew; command ask() fails Broken }}
        journey Go {{
          kind use; persona Someone; trigger "Now"; outcome "Then"
          phase during {{ {steps}; step last }}
        }}"""
    )
    return flow_of(blueprint.every(Journey)[0], blueprint).graph


def ways(found: Graph) -> list[str]:
    return [
        f"{way.origin.name} → {way.target.name if way.target else 'end'}"
        for onward in found.ways.onward.values()
        for way in onward
    ]


@pytest.mark.parametrize(
    ("steps", "taken"),
    [
        ("step first { -> last share 0%; -> end share 100% }", "first → end, last → end"),
        ("step first { -> first share 100%; -> last; calls Desk.ask }", "first → first, last → end"),
        ("step first { -> first share 90%; -> last }", "first → first, first → last, last → end"),
        (
            "step first { -> end share 70%; -> first share 40%; -> last }",
            "first → end, first → first, first → last, last → end",
        ),
        (
            "step first { calls Desk.ask; on Broken -> last; -> end share 100% }",
            "first → end, first → last, last → end",
        ),
    ],
)
def test_a_way_of_0_percent_is_not_taken_be_it_said_or_left(steps: str, taken: str) -> None:
    found = graph(steps).taken
    assert ", ".join(ways(found)) == taken
    inward = [way for ways in found.ways.inward.values() for way in ways]
    assert all(way in found.ways.onward[way.origin.id] for way in inward)
    assert len(inward) == sum(way.target is not None for ways in found.ways.onward.values() for way in ways)


def test_shares_add_up_without_the_noise_of_floating_point() -> None:
    found = graph("step first { -> end share 10%; -> last share 20%; -> first share 70% }")
    assert share_given(found.ways.onward["step:one.Go.first"]) == 1
    assert share_given(found.ways.onward["step:one.Go.last"]) == 0


def test_behind_a_step_are_all_that_ways_lead_to() -> None:
    found = graph("step first { -> last }; step second { -> third }; step third { -> second; -> end }")
    assert sorted(found.reached) == ["step:one.Go.first", "step:one.Go.last"]
    assert sorted(found.behind(["step:one.Go.third"])) == ["step:one.Go.second", "step:one.Go.third"]


def test_an_endless_loop_is_one_that_customers_get_into_and_nobody_out_of() -> None:
    found = graph("step first { -> second }; step second { -> first share 100%; -> last }; step third { -> third }")
    assert [[step.name for step in loop] for loop in found.endless] == [["first", "second"]]
    assert [[step.name for step in loop] for loop in found.loops] == [["first", "second"], ["third"]]
    assert graph("step first { -> first share 90%; -> last }").endless == ()


@pytest.mark.parametrize(
    ("transitions", "behind"),
    [
        ("", False),
        ("-> last", False),
        ('-> last when "x"', True),
        ('-> last when "x"; -> end', False),
        ('-> last when "x" share 40%; -> end when "y" share 60%', False),
        ('-> last when "x" share 40%; -> end when "y"', True),
        ('-> last when "x"; -> end share 60%', False),
        ("-> last share 40%; -> end share 59.9%", True),
        ("-> last share 40%; -> end", False),
    ],
)
def test_transitions_leave_none_behind_where_there_is_a_way_for_all(transitions: str, behind: bool) -> None:
    first = next(iter(graph(f"step first {{ {transitions} }}").steps.values()))
    assert leave_none_behind(first.transitions) is not behind
