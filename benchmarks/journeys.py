"""Writes the workload of one long journey: N steps, three transitions a step, twelve channels, all of it presented.

Two shapes. In `forward` the transitions lead on, and every tenth step has one back to the step before it; in `tangled`
they lead anywhere, so that nearly all steps are one loop: the worst that the analyses of a journey can meet.
"""

from __future__ import annotations

import random
from typing import Literal

Shape = Literal["forward", "tangled"]
SHAPES: tuple[Shape, ...] = ("forward", "tangled")

_CHANNELS = (
    ("Web", "web"), ("Mobile", "mobile"), ("Kiosk", "kiosk"), ("Screen", "tv"), ("Car", "car"), ("Line", "ivr"),
    ("Phone", "phone"), ("Chat", "chat"), ("Bot", "chatbot"), ("Mail", "mail"), ("Store", "store"), ("Visit", "field"),
)  # fmt: skip
_SERVED_BY = 4
_ENTITIES = 40
_FARTHEST = 12

_HEAD = """package northwind.marathon

team Runners

persona Runner { entity Customer; prefers Web }

system Track { lifecycle live }

capability Running { people Runners; process "Step by step"; system Track }

metric Effort { kind ces; target <= 2 }

entity Customer { id: uuid @key }
"""


def journey_files(shape: Shape, steps: int) -> dict[str, str]:
    """Write the workspace of one journey of `steps` steps: path below its folder to text."""
    draw = random.Random(f"{shape} {steps}")
    entities = [f"Stage{number}" for number in range(_ENTITIES)]
    via = [draw.sample([name for name, _ in _CHANNELS], _SERVED_BY) for _ in range(steps)]
    settings = f'name = "marathon"\ntitle = "One long journey, {shape}"\n\n[lint]\nignore = ["oversized-journey"]\n'
    return {
        "cxc.toml": settings,
        "platform.blueprint": "\n".join([_HEAD, _data(entities), _service(entities), _channels()]),
        "journey.blueprint": _journey(shape, via, entities, draw),
        "experiences.blueprint": _experiences(via, entities),
    }


def _data(entities: list[str]) -> str:
    return "\n".join(f"entity {name} {{ id: uuid @key; state: string(1..40); count: int }}" for name in entities)


def _service(entities: list[str]) -> str:
    operations = "\n".join(f"  command to_{name.lower()}(customer: Customer.id) -> {name}" for name in entities)
    head = f"service Stages {{\n  owner Runners\n  realizes Running\n  masters Customer, {', '.join(entities)}"
    return f"{head}\n  runs_on Track\n  availability 99.99%\n{operations}\n}}\n"


def _channels() -> str:
    return "\n".join(
        f"channel {name} {{ kind {kind}; identity authenticated; owner Runners }}" for name, kind in _CHANNELS
    )


def _journey(shape: Shape, via: list[list[str]], entities: list[str], draw: random.Random) -> str:
    lines = [
        "package northwind.marathon\n\njourney Marathon {\n  kind use\n  persona Runner",
        '  trigger "The start"\n  outcome "The finish"\n  measures Effort\n\n  phase during {',
    ]
    for number in range(len(via)):
        entity = entities[number % _ENTITIES]
        lines += [
            f"    step s{number} {{",
            f"      via {', '.join(via[number])}",
            f"      calls Stages.to_{entity.lower()}",
            f'      frontstage "Shows stage {number}"\n      backstage none\n      evidence none',
            f"      wait {1 + number % 9}m..{10 + number % 9}m",
        ]
        for target in _targets(shape, number, len(via), draw):
            lines.append(f'      -> s{target} when "Condition {target}" share 15% carries {entity}.id')
        lines.append(f"      -> {f's{number + 1}' if number + 1 < len(via) else 'finish'} carries {entity}.id\n    }}")
    lines.append("  }\n  phase after {\n    step finish {\n      via Web, Phone\n      capability Running")
    lines.append('      frontstage "Asks how it was"\n      backstage none\n      evidence none')
    lines.append("      measures Effort\n    }\n  }\n}\n")
    return "\n".join(lines)


def _targets(shape: Shape, number: int, steps: int, draw: random.Random) -> list[int]:
    if shape == "tangled":
        return draw.sample(range(steps), 2)
    further = [number + distance for distance in draw.sample(range(2, _FARTHEST), 2)]
    if number and number % 10 == 0:
        further[0] = number - 1
    return [target for target in further if target < steps]


def _experiences(via: list[list[str]], entities: list[str]) -> str:
    lines = ["package northwind.marathon\n"]
    for name, _ in _CHANNELS:
        lines.append(f"experience On{name} {{\n  journey Marathon\n  channel {name}")
        for number, channels in enumerate(via):
            if name in channels:
                lines.append(f'  step s{number} {{ screen "/s{number}"; shows {entities[number % _ENTITIES]}.state }}')
        if name in ("Web", "Phone"):
            lines.append('  step finish { screen "/finish" }')
        lines.append("}\n")
    return "\n".join(lines)
