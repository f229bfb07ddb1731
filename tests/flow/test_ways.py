"""The ways of a journey are those that are written, and those the language leaves unsaid."""

from cxc.flow import flow_of
from cxc.flow.ways import Way, Ways, ways_of
from cxc.model.journey import Journey
from designs import design


def ways(steps: str) -> Ways:
    blueprint = design(
        f"""package one
        persona Someone
        error Broken
        error Closed
        team Crew
        service Desk {{ owner Crew; command ask() fails Broken, Closed }}
        entity Case {{ id: uuid @key }}
        journey Go {{
          kind use; persona Someone; trigger "Now"; outcome "Then"
          phase before {{ {steps} }}
          phase after {{ step last }}
        }}"""
    )
    return ways_of(blueprint.every(Journey)[0], blueprint)


def shown(found: tuple[Way, ...]) -> list[str]:
    return [f"{way.origin.name} → {way.target.name if way.target else 'end'}" for way in found]


def test_without_a_transition_a_step_leads_to_the_next_one_and_the_last_one_ends() -> None:
    found = ways("step first; step second")
    assert [shown(onward) for onward in found.onward.values()] == [
        ["first → second"],
        ["second → last"],
        ["last → end"],
    ]
    assert not any(way.written for onward in found.onward.values() for way in onward)
    assert [shown(inward) for inward in found.inward.values()] == [[], ["first → second"], ["second → last"]]


def test_written_transitions_take_the_place_of_the_unwritten_one() -> None:
    found = ways('step first { -> last when "In a hurry" share 20% carries Case.id; -> end }; step second')
    first, second = found.onward["step:one.Go.first"]
    assert (first.when, first.share, first.written) == ("In a hurry", 0.2, True)
    assert [ref.id for ref in first.carries] == ["field:one.Case.id"]
    assert (second.target, second.when, second.written) == (None, None, True)


def test_what_leads_on_after_a_failure_comes_besides() -> None:
    found = ways("step first { calls Desk.ask; on Broken, Closed -> last; on Closed -> end }; step second")
    onward = found.onward["step:one.Go.first"]
    assert shown(onward) == ["first → second", "first → last", "first → end"]
    assert [[ref.name for ref in way.errors] for way in onward] == [[], ["Broken", "Closed"], ["Closed"]]
    assert shown(found.inward["step:one.Go.last"]) == ["first → last", "second → last"]


def test_a_way_into_another_journey_ends_this_one() -> None:
    blueprint = design(
        """package one
        persona Someone
        journey Go {
          kind use; persona Someone; trigger "Now"; outcome "Then"
          phase during { step first { -> Back.home }; step second { -> first } }
        }
        journey Back {
          kind use; persona Someone; trigger "Now"; outcome "Then"
          phase during { step home }
        }"""
    )
    go, _ = blueprint.every(Journey)
    graph = flow_of(go, blueprint).graph
    assert [shown(onward) for onward in graph.ways.onward.values()] == [["first → end"], ["second → first"]]
    assert [[step.name for step in component] for component in graph.components] == [["first"], ["second"]]


def test_a_journey_without_steps_has_no_ways() -> None:
    journey = 'journey Go { kind use; persona Someone; trigger "Now"; outcome "Then"; phase during }'
    blueprint = design(f"package one\npersona Someone\n{journey}")
    (go,) = blueprint.every(Journey)
    flow = flow_of(go, blueprint)
    assert ways_of(go, blueprint) == Ways({}, {})
    assert (flow.self_service, flow.expected_duration, flow.longest_duration) == (None, None, None)
