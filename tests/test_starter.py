"""What `cxc init` writes: nothing is found in it, its form is canonical, and it shows what the rules ask for."""

from pathlib import Path

from command_line import all_in, cxc
from cxc.flow import flow_of
from cxc.model.capability import Capability
from cxc.model.journey import Journey
from designs import design


def test_nothing_is_found_in_the_starter(tmp_path: Path) -> None:
    assert cxc("init", cwd=tmp_path).code == 0
    ran = cxc("check", "--strict", cwd=tmp_path)
    assert (ran.output, ran.code) == ("No findings\n", 0)
    assert cxc("fmt", "--check", cwd=tmp_path).code == 0


def test_the_starter_builds(tmp_path: Path) -> None:
    assert cxc("init", "my-design", cwd=tmp_path).code == 0
    assert cxc("build", cwd=tmp_path / "my-design").code == 0
    assert cxc("build", "--check", cwd=tmp_path / "my-design").code == 0


def test_nothing_is_written_over(tmp_path: Path) -> None:
    (tmp_path / "library.blueprint").write_text("package mine\n", encoding="utf-8")
    before = all_in(tmp_path)
    assert cxc("init", cwd=tmp_path).code == 2
    assert all_in(tmp_path) == before


def test_the_starter_shows_the_remedies(tmp_path: Path) -> None:
    """People to turn to on every step, follow-up that is measured, presentations, capabilities with their means."""
    cxc("init", cwd=tmp_path)
    blueprint = design((tmp_path / "library.blueprint").read_text(encoding="utf-8"))
    (journey,) = blueprint.every(Journey)
    flow = flow_of(journey, blueprint)
    assert all("Desk" in [channel.name for channel in flow.channels_of(step)] for step in journey.steps)
    assert [phase.when for phase in journey.phases] == ["before", "during", "after"]
    assert any(step.measures for step in journey.phases[-1].steps)
    served = {(step.id, channel.id) for step in journey.steps for channel in flow.channels_of(step)}
    assert {(state.step, state.channel) for state in flow.knowledge.presentations} == served
    assert all(one.people and one.process and one.system for one in blueprint.every(Capability))
    assert any(way.carries for way in flow.graph.ways.onward[journey.steps[1].id])
