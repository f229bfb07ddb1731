"""Where the values of a workflow come from: what is known is passed on, and everything else is an input."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from arazzo_documents import documents, faults, platform
from designs import design
from known import journey_of


def workflow(case: str, persona: str = "P") -> Any:
    """Return the workflow of a case in which all that it names exists."""
    # One step a line, and no type that contains itself: here, what is built must be sound.
    text = journey_of(case.replace("} step", "}\nstep"), persona).replace("child: Branch;", "child: Branch?;")
    blueprint = design(text)
    document = documents(blueprint)["J"]
    assert faults(document, platform(blueprint)) == []
    (found,) = document["workflows"]
    return found


def sent(case: str, persona: str = "P") -> dict[str, dict[str, str]]:
    """Return what each step sends, without the token."""
    found = {}
    for step in workflow(case, persona)["steps"]:
        given = {one["name"]: one["value"] for one in step.get("parameters", ()) if one["in"] != "header"}
        found[step["stepId"]] = given | step.get("requestBody", {}).get("payload", {})
    return found


@pytest.mark.parametrize(
    ("case", "expected"),
    [
        # The channel knows who it is.
        ("step a { via App; calls S.mine }", {"a": {"customer": "$inputs.customer_id"}}),
        # It knows nobody, and asks.
        ("step a { via Web; calls S.mine }", {"a": {"customer": "$inputs.customer"}}),
        # What was answered is known.
        (
            "step a { via App; calls S.open } step b { via App; calls S.pay }",
            {"a": {}, "b": {"order": "$steps.a.outputs.id"}},
        ),
        # Within a step, too.
        ("step a { via App; calls S.open, S.pay }", {"a-open": {}, "a-pay": {"order": "$steps.a-open.outputs.id"}}),
        # What was asked before is not asked again.
        (
            "step a { via Web; calls S.find } step b { via Web; calls S.pay }",
            {"a": {"order": "$inputs.order"}, "b": {"order": "$inputs.order"}},
        ),
        # It is lost where the customer goes to another channel, and must be said again.
        (
            "step a { via App; calls S.open } step b { via Phone; calls S.pay }",
            {"a": {}, "b": {"order": "$inputs.order"}},
        ),
        # Unless it is carried along.
        (
            "step a { via App; calls S.open; -> b carries Order.id } step b { via Phone; calls S.pay }",
            {"a": {}, "b": {"order": "$steps.a.outputs.id"}},
        ),
        # A step that calls nothing passes on what is known.
        (
            "step a { via App; calls S.open } step c { via App } step b { via App; calls S.pay }",
            {"a": {}, "b": {"order": "$steps.a.outputs.id"}},
        ),
        # Of several, the customer says which one.
        (
            "step a { via App; calls S.mine } step b { via App; calls S.pay }",
            {"a": {"customer": "$inputs.customer_id"}, "b": {"order": "$inputs.order"}},
        ),
        # Where nobody is asked, the first one is taken.
        (
            "step a { via App; calls S.mine } step b { calls S.pay }",
            {"a": {"customer": "$inputs.customer_id"}, "b": {"order": "$steps.a.outputs.0_id"}},
        ),
        (
            "step a { via App; calls S.mine, S.pay }--- experience E { journey J; channel App; step a { } }",
            {"a-mine": {"customer": "$inputs.customer_id"}, "a-pay": {"order": "$steps.a-mine.outputs.0_id"}},
        ),
        # What may be missing is sent where it is known, and where it is asked.
        ("step a { via App; calls S.maybe }", {"a": {}}),
        ("step a { via App; calls S.open, S.maybe }", {"a-open": {}, "a-maybe": {"order": "$steps.a-open.outputs.id"}}),
        (
            "step a { via App; calls S.maybe }--- experience E { journey J; channel App; step a { asks order } }",
            {"a": {"order": "$inputs.order"}},
        ),
        # A field of what is known.
        (
            "step a { via App; calls S.open } step b { via App; calls S.shop }",
            {"a": {}, "b": {"store": "$steps.a.outputs.store"}},
        ),
        # The whole of it.
        (
            "step a { via App; calls S.open } step b { via App; calls S.file }",
            {"a": {}, "b": {"order": "$steps.a.outputs.body"}},
        ),
        # Two of one meaning cannot be told apart.
        (
            "step a { via App; calls S.moved, S.carry }",
            {"a-moved": {}, "a-carry": {"from": "$inputs.from", "to": "$inputs.to"}},
        ),
        # A new value is asked although the old one is known.
        (
            "step a { via App; calls S.rename } step b { via App; calls S.rename } step c { via App; calls S.greet }",
            {
                "a": {"customer": "$inputs.customer_id", "name": "$inputs.a_name"},
                "b": {"customer": "$inputs.customer_id", "name": "$inputs.b_name"},
                "c": {"name": "$inputs.b_name"},
            },
        ),
        # By name and type, where there is no meaning.
        (
            "step a { via App; calls S.rate } step b { via App; calls S.rate } step c { via App; calls S.code, S.pin }",
            {
                "a": {"score": "$inputs.score"},
                "b": {"score": "$inputs.score"},
                "c-code": {"code": "$inputs.c_code_code"},
                "c-pin": {"code": "$inputs.c_pin_code"},
            },
        ),
        # A list is not one of its items, nor the other way round.
        (
            "step a { via App; calls S.open } step b { calls S.sort } step c { calls S.only }",
            {"a": {}, "b": {"items": "$steps.a.outputs.items"}, "c": {"item": "$steps.a.outputs.items_0"}},
        ),
    ],
)  # fmt: skip
def test_values_come_from_where_they_are_known(case: str, expected: dict[str, dict[str, str]]) -> None:
    assert sent(case) == expected


def test_after_a_failure_only_what_was_given_is_known() -> None:
    case = """
    step a { via App; calls S.open; on Failed -> c }
    step b { via App; calls S.pay; on Failed -> c; -> end }
    step c { via App; calls S.find }
    """
    found = sent(case)
    assert found["b"] == {"order": "$steps.a.outputs.id"}
    assert found["c"] == {"order": "$inputs.order"}


def test_where_ways_bring_different_values_the_step_stands_there_once_for_each() -> None:
    case = """
    step a { via App; calls S.open; -> b when "New"; -> c }
    step b { via App; calls S.open; -> c }
    step c { calls S.pay; on Failed -> end }
    step d { via App; calls S.find }
    step e { via App; calls S.rate }
    """
    found = sent(case)
    assert [found["c"], found["c--2"]] == [{"order": f"$steps.{id}.outputs.id"} for id in "ab"]
    assert [*found] == ["a", "b", "c", "c--2", "d", "d--2", "e"]
    assert found["d"] == found["c"] and found["d--2"] == found["c--2"]


def test_where_there_would_be_too_many_the_value_is_an_input() -> None:
    steps = "".join(f'step s{n} {{ via App; calls S.open; -> z when "Enough"; -> s{n + 1} }}\n' for n in range(6))
    found = sent(f"{steps} step s6 {{ via App; calls S.rate; -> end }} step z {{ calls S.pay }}")
    assert found["z"] == {"order": "$inputs.order"}
    assert len(found) == 8


def test_who_makes_no_choice_leaves_each_loop() -> None:
    case = """
    step a { via App; calls S.rate; -> b }
    step b { via App; calls S.rate; -> a; -> c when "Enough" }
    step c { via App; -> a; -> d when "Really" }
    step d { via App; calls S.rate }
    """
    steps = {step["stepId"]: step for step in workflow(case)["steps"]}
    at, path = "a", []
    while at is not None and len(path) < 10:
        path.append(at)
        at = steps[at]["onSuccess"][-1].get("stepId")
    assert path == ["a", "b", "d"]


def test_customers_who_are_nobody_s_record_are_asked() -> None:
    assert sent("step a { via App; calls S.mine }", persona="Stranger") == {"a": {"customer": "$inputs.customer"}}


def test_only_what_is_needed_by_those_who_choose_nothing_is_required() -> None:
    case = """
    step a { via Web; calls S.find; on Failed -> c; -> b when "Pays"; -> end }
    step b { via Web; calls S.rate }
    step c { via Web; calls S.code }
    """
    inputs = workflow(case.replace("S.find", "S.pay"))["inputs"]
    assert inputs["required"] == ["order"]
    assert [*inputs["properties"]] == ["order", "score", "code", "after_a"]


OPERATIONS = (
    "find",
    "mine",
    "open",
    "pay",
    "shop",
    "pick",
    "rate",
    "maybe",
    "rename",
    "file",
    "sort",
    "only",
    "parcel",
)
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["App", "Web", "Phone", "App, Web", "Desk, Phone", ""]),
        st.lists(st.sampled_from(OPERATIONS), max_size=2, unique=True),
        st.lists(
            st.tuples(st.integers(0, 8), st.booleans(), st.sampled_from(["", "Order.id", "Customer.id"])),
            max_size=3,
        ),
        st.none() | st.integers(0, 8),
    ),
    min_size=1,
    max_size=8,
)


@settings(max_examples=30, suppress_health_check=[HealthCheck.too_slow])
@given(STEPS)
def test_any_journey_gives_a_workflow_in_which_all_is_there(steps: list[Any]) -> None:
    def target(number: int) -> str:
        return f"s{number}" if number < len(steps) else "end"

    lines = []
    for number, (via, calls, ways, failing) in enumerate(steps):
        parts = [f"via {via}"] if via else []
        parts += [f"calls {', '.join(f'S.{one}' for one in calls)}"] if calls else []
        parts += [f"on Failed -> {target(failing)}"] if failing is not None and {"open", "pay"} & {*calls} else []
        parts += [
            f"-> {target(to)}" + (' when "x"' if when else "") + (f" carries {carried}" if carried else "")
            for to, when, carried in {target(way[0]): way for way in ways}.values()
        ]
        lines.append(f"step s{number} {{ {'; '.join(parts)} }}")
    blueprint = design(journey_of("\n".join(lines)).replace("child: Branch;", "child: Branch?;"))
    openapi = platform(blueprint)
    for document in documents(blueprint).values():
        assert faults(document, openapi) == []
