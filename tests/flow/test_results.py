"""How results are published: seams, what stands behind steps, facts without those that follow, and rounding."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxc.flow import Flow, flow_of
from cxc.flow.behind import Behind, behind
from cxc.flow.essentials import Essentials
from cxc.flow.repeats import asked_after
from cxc.flow.rounding import rounded_duration, rounded_share
from cxc.flow.seams import seams_of
from cxc.model.blueprint import Blueprint
from cxc.model.journey import Journey
from designs import design

PLACES = """package mill
team Millers
team Carters
persona Farmer
entity Sack { number: int @key; flour: Flour; owner: Owner? }
entity Owner { id: uuid @key; name: string; sacks: [Sack] }
type Flour { kind: FlourKind; made_from: Grain.name }
entity Grain { name: string @key; flour: Flour }
enum FlourKind { white; whole }
channel Door { kind store; owner Millers }
channel Line { kind phone; owner Millers }
system Wheel
capability Milling { capability Grinding { people Millers; system Wheel } }
service Mill {
  owner Millers; realizes Grinding, Milling; masters Sack; runs_on Wheel
  command grind(sack: Sack.number) -> Sack
  command relabel(sack: Sack.number, flour: Sack.flour) -> Sack
}
service Carts { owner Carters; command carry(sack: Sack.number) }
"""


def mill(*steps: str) -> tuple[Blueprint, Flow]:
    journey = 'journey Grind { kind use; persona Farmer; trigger "x"; outcome "y"; phase during {\n'
    blueprint = design(PLACES + journey + "\n".join(steps) + "\n} }")
    return blueprint, flow_of(blueprint.every(Journey)[0], blueprint)


# ---- seams and what stands behind -----------------------------------------------------------------------------------


def test_failures_lead_over_seams_too_and_nothing_before_or_behind_the_journey_does() -> None:
    blueprint, flow = mill(
        "step grind { calls Mill.grind; -> carry carries Sack.number }",
        "step carry { calls Carts.carry; -> grind share 10%; -> end }",
    )
    (seam,) = seams_of(flow.graph, blueprint)
    assert (seam.way.origin.name, seam.left, seam.entered) == ("carry", ("team:mill.Carters",), ("team:mill.Millers",))
    assert seam.teams == ("team:mill.Carters", "team:mill.Millers")


def test_each_thing_behind_a_step_is_named_once() -> None:
    blueprint, flow = mill("step grind { calls Mill.grind, Mill.relabel; capability Grinding }")
    assert behind(flow.journey.steps[0], blueprint) == Behind(
        services=("service:mill.Mill",),
        capabilities=("capability:mill.Grinding", "capability:mill.Milling"),
        people=("team:mill.Millers",),
        processes=(),
        information=(),
        systems=("system:mill.Wheel",),
    )


def test_nothing_stands_behind_a_step_that_calls_nothing() -> None:
    blueprint, flow = mill("step dream")
    assert behind(flow.journey.steps[0], blueprint) == Behind((), (), (), (), (), ())


# ---- what is asked again --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("operation", "lost"),
    [("Carts.carry", ["sack"]), ("Mill.relabel", ["sack"]), ("Carts.carry, Mill.relabel", ["sack"])],
)
def test_a_new_value_is_not_lost_on_a_change_of_channel(operation: str, lost: list[str]) -> None:
    _, flow = mill("step grind { via Door; calls Mill.grind }", f"step after {{ via Line; calls {operation} }}")
    (move,) = flow.states.moves(flow.states.first[0])
    assert list(dict.fromkeys(parameter.name for parameter in asked_after(move, flow.knowledge))) == lost


# ---- facts ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("facts", "essential"),
    [
        (set(), ()),
        ({"until: date", "field:mill.Sack.number"}, ("field:mill.Sack.number", "until: date")),
        ({"entity:mill.Sack", "field:mill.Sack.number"}, ("entity:mill.Sack",)),
        ({"kind: enum:mill.FlourKind", "enum:mill.FlourKind"}, ("kind: enum:mill.FlourKind",)),
        ({"number: field:mill.Sack.number", "field:mill.Sack.number"}, ("field:mill.Sack.number",)),
        ({"field:mill.Owner.id", "entity:mill.Sack"}, ("entity:mill.Sack", "field:mill.Owner.id")),
        ({"field:nowhere.Gone"}, ("field:nowhere.Gone",)),
    ],
)
def test_facts_that_follow_from_others_are_left_out(facts: set[str], essential: tuple[str, ...]) -> None:
    blueprint, _ = mill("step dream")
    assert Essentials(blueprint).of(facts) == essential


def test_of_facts_that_follow_from_each_other_one_is_left() -> None:
    blueprint, _ = mill("step dream")
    essentials = Essentials(blueprint)
    facts = {"type:mill.Flour", "field:mill.Flour.kind", "field:mill.Flour.made_from", "enum:mill.FlourKind"}
    assert essentials.of(facts) == ("type:mill.Flour",)
    assert essentials.of({"entity:mill.Grain", "field:mill.Grain.flour", *facts}) == ("entity:mill.Grain",)


def test_nothing_is_lost_by_leaving_out_what_follows() -> None:
    blueprint, flow = mill("step grind { via Door; calls Mill.grind }", "step after { via Door }")
    knowledge = flow.knowledge
    essentials = Essentials(blueprint)
    for arrival in knowledge.arrival.values():
        facts = set(knowledge.facts(arrival))
        kept = essentials.of(facts)
        follows = {fact for one in kept for fact in essentials.following(one)}
        by_name = {fact for fact in facts if ": field:" in fact}
        assert facts - by_name <= follows


# ---- rounding -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("share", "rounded"),
    [
        (0.0, 0.0),
        (1.0, 1.0),
        (1 / 3, 0.333333),
        (0.1 + 0.2, 0.3),
        (0.9999999, 1.0),
        (0.99999, 0.99999),
    ],
)
def test_shares_have_six_digits(share: float, rounded: float) -> None:
    assert rounded_share(share) == rounded


@given(st.integers(0, 10**7), st.floats(-2e-15, 2e-15))
def test_noise_does_not_turn_the_scale(ten_millionths: int, noise: float) -> None:
    share = ten_millionths / 10**7
    assert rounded_share(share + noise) == rounded_share(share)


@given(st.integers(0, 10**11), st.floats(-2e-5, 2e-5))
def test_durations_are_whole_milliseconds_whatever_the_noise(half_milliseconds: int, noise: float) -> None:
    exact = rounded_duration(half_milliseconds / 2)
    assert rounded_duration(half_milliseconds / 2 + noise) == exact
    assert abs(exact - half_milliseconds / 2) <= 0.5
