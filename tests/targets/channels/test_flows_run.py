"""Flows run in XState: every state is reached, every end too, and customers go exactly where the design says.

What is compared with the design is what XState did when it was sent each event in each state. The design's side is
computed by `channel_files.OnChannel`, from the text of the language alone.
"""

import json
import random
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from channel_files import OnChannel, channel_files, written
from cxc.model.blueprint import Blueprint
from cxc.model.journey import Journey
from designs import EXAMPLES, design, example
from hostile import DEVICES, KEYWORDS, TEXTS, design_of_names, quoted

Run = Callable[[Sequence[Path]], list[dict[str, Any]]]

ASIDE = {"person.wanted", "channel.closed"}
"""Events that may come at any time, of which a journey says nothing."""


@pytest.mark.parametrize("name", EXAMPLES)
def test_flows_of_examples_follow_the_design(name: str, tmp_path: Path, run_flows: Run) -> None:
    assert_follows([example(name)], tmp_path, run_flows)


def test_flows_of_any_names_follow_the_design(tmp_path: Path, run_flows: Run) -> None:
    # Names of devices are left to the paths: they are files of other names.
    assert_follows([design(design_of_names([*KEYWORDS, *DEVICES]))], tmp_path, run_flows)


def test_flows_of_any_texts_follow_the_design(tmp_path: Path, run_flows: Run) -> None:
    ways = "\n".join(f"-> rest when {quoted(text)}" for text in TEXTS)
    steps = "\n".join(f"step s{at} {quoted(text)} {{ via Site }}" for at, text in enumerate(TEXTS))
    steps = f"step first {{ via Site\n{ways}\n-> end }}\nstep rest {{ via Site }}\n{steps}"
    text = f"{PLACES}journey Go {{ {HEAD}\nphase during {{\n{steps}\n}} }}"
    assert_follows([design(text)], tmp_path, run_flows)


@pytest.mark.parametrize("seed", range(4))
def test_flows_of_any_journeys_follow_the_design(seed: int, tmp_path: Path, run_flows: Run) -> None:
    chance = random.Random(seed)
    assert_follows([design(PLACES + journey(chance)) for _ in range(40)], tmp_path, run_flows)


def assert_follows(designs: Sequence[Blueprint], folder: Path, run: Run) -> None:
    """Fail where a flow is no sound machine, or leads customers elsewhere than the design does."""
    files = [
        (blueprint, file)
        for number, blueprint in enumerate(designs)
        for file in written(folder / str(number), channel_files(blueprint, "/flow/"))
    ]
    assert files
    for (blueprint, file), told in zip(files, run([file for _, file in files]), strict=True):
        assert told["problems"] == [], file
        assert told["unreachable"] == [], file
        meta = told["nodes"][""]
        journey = blueprint[meta["journey"]]
        assert isinstance(journey, Journey)
        compare(told, OnChannel(journey, meta["channel"], blueprint), str(file))


def compare(told: dict[str, Any], meant: OnChannel, file: str) -> None:
    edges = [edge for edge in told["edges"] if edge[1] not in ASIDE and not edge[1].endswith("!")]
    leads = {node: [edge for edge in edges if edge[0] == node] for node in told["nodes"]}
    kinds = {node: (meta or {}).get("kind") for node, meta in told["nodes"].items()}
    steps = {meta["step"]: node for node, meta in told["nodes"].items() if kinds[node] in ("step", "unseen")}

    # What customers do in a step on the channel.
    for step, node in steps.items():
        assert (kinds[node] == "step") == meant.serves(step), file
        assert sorted(ways_told(leads[node], told["nodes"])) == sorted(ways_meant(meant, step)), (file, step)

    # Where they come to the channel, come back to it, and what becomes of them elsewhere.
    arrivals = {edge[2] for edge in leads["arriving"]}
    begins = (meant.first, meant.channel) in meant.all_states()
    assert {edge[2] for edge in leads["arriving"] if edge[1] == "start"} == (
        {steps[meant.first]} if meant.channel in meant.via[meant.first] else set()
    ), file
    assert begins or "start" not in {edge[1] for edge in leads["arriving"]}
    assert {steps[step] for step in meant.arrivals()} <= arrivals, file
    for node, kind in kinds.items():
        if kind == "hand-off":
            returns, ends = meant.elsewhere(told["nodes"][node]["to"]["id"])
            assert {edge[2] for edge in leads[node]} == {steps[step] for step in returns} | (
                {"done"} if ends else set()
            )
            assert {steps[step] for step in returns} <= arrivals, file

    # Every step that customers get to and the channel serves has its state, and every end is reached.
    reached = {step for step, _ in meant.all_states()}
    assert {step for step in reached if meant.serves(step)} == {step for step in steps if meant.serves(step)}, file
    assert told["end"] is not None or not any(
        way.target is None
        or (meant.via[way.target] and not meant.serves(way.target) and meant.elsewhere(way.target)[1])
        for step in steps
        for way in meant.ways[step]
    ), file
    remembered = [action.get("params", {"keys": []}) for edge in edges for action in edge[3]]
    assert {key for params in remembered for key in params["keys"]} <= set(told["context"]), file


def ways_told(edges: Sequence[Any], nodes: dict[str, Any]) -> Iterator[str]:
    """Yield where events lead from a step; a way of several failures has an event for each."""
    for _, _, target, _, meta in edges:
        where = place(nodes[target])
        said = meta or {}
        errors: list[str | None] = [error["id"] for error in said.get("errors", ())]
        for error in errors or [None]:
            yield json.dumps([said.get("when"), error, where])


def place(meta: dict[str, Any]) -> list[str]:
    """Return what a state stands for, so that it can be compared."""
    if meta["kind"] == "hand-off":
        channels, carried = ([one["id"] for one in meta[part]] for part in ("channels", "carries"))
        return [meta["to"]["id"], *channels, *carried]
    return ["end"] if meta["kind"] == "done" else [meta["step"]]


def ways_meant(meant: OnChannel, step: str) -> Iterator[str]:
    for way in meant.ways[step]:
        if way.target is None:
            where = ["end"]
        elif meant.after(step, meant.channel, way.target) == {meant.channel}:
            where = [way.target]
        else:
            where = [way.target, *meant.via[way.target], *way.carries]
        # An event is told for each error of a way, and each names them all.
        errors: list[str | None] = [*sorted(way.errors)] * len(way.errors)
        for error in errors or [None]:
            yield json.dumps([way.when, error, where])


# ---- designs ----------------------------------------------------------------------------------------------------

HEAD = 'kind use; persona Someone; trigger "t"; outcome "o"'

PLACES = """package one
team Crew
persona Someone
error Full { status 409 }
error Gone { status 410 }
entity Thing { id: string @key; size: int }
service Things { owner Crew; masters Thing
  query find(id: Thing.id) -> Thing { fails Full, Gone }
  command take(id: Thing.id, size: Thing.size) { fails Full }
}
channel Site { kind web; owner Crew; hours "Mo-Fr 09:00-17:00" }
channel App { kind mobile; identity identified; owner Crew }
channel Wall { kind tv; owner Crew }
channel Phone { kind phone; owner Crew; hours "Mo-Sa 08:00-20:00" }
channel Letters { kind mail; owner Crew }
"""


def journey(chance: random.Random) -> str:
    """Return a journey of any shape: with loops, dead ends, steps that nobody gets to, and work that nobody sees."""
    names = [f"s{at}" for at in range(chance.randint(1, 7))]
    steps = []
    for name in names:
        channels = chance.sample(["Site", "App", "Wall", "Phone", "Letters"], chance.choice([0, 1, 1, 1, 2, 3]))
        lines = [f"via {', '.join(channels) or 'none'}"]
        if chance.random() < 0.5:
            lines.append(f"calls {chance.choice(['Things.find', 'Things.take', 'Things.find, Things.take'])}")
            if chance.random() < 0.6:
                lines.append(f"on {chance.choice(['Full', 'Gone', 'Full, Gone'])} -> {where(chance, names)}")
        for at in range(chance.choice([0, 0, 1, 2, 3])):
            lines.append(f"-> {where(chance, names)}" + chance.choice(["", f' when "it is {at}"', f' when "{at}?"']))
        joined = "\n".join(dict.fromkeys(lines))
        steps.append(f"step {name} {{\n{joined}\n}}")
    joined = "\n".join(steps)
    return f"journey Go {{ {HEAD}\nphase during {{\n{joined}\n}} }}"


def where(chance: random.Random, names: Sequence[str]) -> str:
    target = chance.choice([*names, "end"])
    return target + chance.choice(["", " carries Thing.id", " carries Thing.id, Thing.size"])
