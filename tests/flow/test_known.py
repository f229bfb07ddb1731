"""What is known about a customer in each state, how certain it is, and where it comes from."""

from __future__ import annotations

from pathlib import Path

from cxc.config import Config
from cxc.flow import flow_of
from cxc.flow.known import Knowledge, Known
from cxc.flow.origins import gap, source
from cxc.flow.states import Move, State
from cxc.model.journey import Journey
from cxc.model.service import Operation
from cxc.pipeline import check
from cxc.source import SourceFile
from cxc.workspace import Workspace
from designs import TODAY
from known import journey_of

ORDER, STORE, CUSTOMER = "field:a.Order.id", "field:a.Store.id", "field:a.Customer.id"


def knowledge(case: str, persona: str = "P") -> Knowledge:
    text = journey_of(case, persona)
    checked = check(Workspace(Path(), "", Config(), (SourceFile("design.blueprint", text),)), TODAY)
    assert [one for one in checked.diagnostics if one.code < "CXC210"] == []
    blueprint = checked.blueprint
    return flow_of(blueprint.every(Journey)[0], blueprint).knowledge


def at(step: str, channel: str) -> State:
    return State(f"step:a.J.{step}", f"channel:a.{channel}")


def certainty(found: Knowledge, known: Known, fact: str) -> str:
    if found.is_sure(fact, known):
        return "sure"
    return "likely" if known.likely & found.bit(fact) else "unknown"


def on_arrival(found: Knowledge, state: State, *facts: str) -> list[str]:
    return [certainty(found, found.arrival[state], fact) for fact in facts]


def test_what_a_list_holds_is_likely_until_an_operation_is_called_with_it() -> None:
    found = knowledge(
        """
  step a { via App; calls S.mine }
  step b { via App; calls S.pay }
  step c { via App; calls none }
---
experience E { journey J; channel App; step b { screen "/b" } }
"""
    )
    assert on_arrival(found, at("b", "App"), ORDER, "declaration of nothing") == ["likely", "unknown"]
    assert on_arrival(found, at("c", "App"), ORDER, STORE) == ["sure", "likely"]


def test_a_greatest_fixed_point_keeps_in_a_loop_what_was_known_before_it() -> None:
    found = knowledge(
        """
  step a { via App; calls S.open }
  step b { via App; calls none; -> c when "x"; -> end }
  step c { via App; calls S.shop; -> b }
"""
    )
    assert on_arrival(found, at("b", "App"), ORDER, STORE, "score: int") == ["sure", "sure", "unknown"]


def test_each_channel_has_its_own_knowledge() -> None:
    found = knowledge(
        """
  step a { via App, Phone, Desk; calls S.open; -> b carries Order.id }
  step b { via App, Web; calls none }
"""
    )
    assert on_arrival(found, at("a", "App"), CUSTOMER) == ["sure"]
    assert on_arrival(found, at("a", "Phone"), CUSTOMER) == ["unknown"]
    assert on_arrival(found, at("b", "App"), CUSTOMER, ORDER, STORE) == ["sure", "sure", "unknown"]
    assert on_arrival(found, at("b", "Web"), CUSTOMER, ORDER, STORE) == ["unknown", "sure", "unknown"]


def test_a_failure_leaves_what_was_returned_before_it() -> None:
    found = knowledge(
        """
  step a { via App; calls S.branch, S.open, S.rate; on Failed -> b; on Told -> c; -> end }
  step b { via App; calls none; -> end }
  step c { via App; calls none; -> end }
"""
    )
    assert on_arrival(found, at("b", "App"), "entity:a.Branch", ORDER) == ["sure", "unknown"]
    assert on_arrival(found, at("c", "App"), "entity:a.Branch", ORDER) == ["sure", "sure"]


def test_types_that_lead_back_to_themselves_mean_the_same_from_wherever_one_begins() -> None:
    both = ["entity:a.Tree", "entity:a.Branch", "field:a.Tree.store", "field:a.Branch.tree", STORE]
    for calls in ("S.branch", "S.branch, S.moved", "S.moved, S.branch"):
        found = knowledge(f"\n step a {{ via App; calls {calls} }}\n step b {{ via App; calls none }}\n")
        assert on_arrival(found, at("b", "App"), *both) == ["sure"] * 5


def test_what_is_known_to_some_personas_is_not_known_to_all() -> None:
    case = "\n step a { via App; calls S.mine }\n"
    for persona, expected in (
        ("P", "sure"),
        ("P, Q", "sure"),
        ("P, Stranger", "likely"),
        ("Stranger, P", "likely"),
        ("Stranger", "unknown"),
        ("P, Member", "unknown"),
        ("Member", "unknown"),
    ):
        found = knowledge(case, persona)
        known = certainty(found, found.arrival[at("a", "App")], CUSTOMER)
        assert known == expected, persona


def test_only_steps_that_are_reached_have_states() -> None:
    found = knowledge("\n step a { via App; -> end }\n step b { via App }\n")
    assert list(found.arrival) == [at("a", "App")]


def test_a_fact_comes_from_the_nearest_place_that_gives_it() -> None:
    found = knowledge(
        """
  step a { via Web; calls S.find }
  step b { via Web; calls S.rate }
  step c { via Web; calls S.mine }
  step d { via Web; calls S.pay }
---
experience E { journey J; channel Web
  step a { asks order }
  step c { asks customer }
}
"""
    )
    origin = source(found, at("d", "Web"), ORDER)
    assert origin is not None
    assert (origin.state, origin.how) == (at("a", "Web"), "asked"), "a list in between is no answer"
    assert source(found, at("a", "Web"), ORDER) is None
    shop = source(found, at("d", "Web"), STORE)
    assert shop is not None
    assert (shop.how, shop.by) == ("returned", "find")


def test_why_a_need_is_not_met() -> None:
    found = knowledge(
        """
  step a { via App, Web; calls S.find; -> b when "x"; -> c }
  step b { via Phone; calls S.mine; -> end }
  step c { via Phone; calls S.pay; -> d }
  step d { via Web, Phone; calls S.rate }
"""
    )
    operations = {operation.name: operation for operation in found.blueprint.every(Operation)}

    def why(step: str, channel: str, operation: str) -> str:
        return gap(found, at(step, channel), found.need(operations[operation].parameters[0])).why

    assert why("c", "Phone", "pay") == "lost"
    assert why("b", "Phone", "mine") == "lost"
    assert why("a", "Web", "mine") == "anonymous"
    assert why("a", "Web", "rate") == "never"


def test_moves_that_lose_something_name_it() -> None:
    found = knowledge(
        """
  step a { via App, Phone; calls S.find }
  step b { via Phone; calls S.pay }
"""
    )
    lost: dict[bool, list[str]] = {}
    for state in found.states.all:
        for move in found.states.moves(state):
            assert isinstance(move, Move)
            lost[move.changes] = [parameter.name for _, parameter in found.lost(move)]
    assert lost == {True: ["order"], False: []}
