"""The files that the target `channels` makes of a design, and journeys on channels as the language describes them.

`OnChannel` is written from the language alone, without the analyses that flows are made with: it says, for each step
that customers are in while on a channel, where they go from there.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from cxc.model.base import Ref
from cxc.model.blueprint import Blueprint
from cxc.model.channel import Channel
from cxc.model.journey import Journey, Step
from cxc.targets.channels.configuration import Configurations
from cxc.targets.channels.kinds import MAKERS


def channel_files(blueprint: Blueprint, part: str = "") -> dict[str, str]:
    """Return the files of data that channels have beside their configurations, by their paths.

    `part` is a text that the paths must have in them, such as `/flow/`.
    """
    made = Configurations(blueprint)
    found: dict[str, str] = {}
    for channel in made.channels():
        for maker in MAKERS.get(channel.sort, ()):
            for file in maker(blueprint, channel, made.view(channel)):
                assert file.path not in found
                found[file.path] = str(file.content)
    return {path: text for path, text in found.items() if part in path}


def documents(blueprint: Blueprint, part: str) -> dict[str, Any]:
    """Return the same as values, by what stands behind `channels/` in their paths and without an ending."""
    files = channel_files(blueprint, part)
    return {path[9:].rpartition(".")[0]: json.loads(text) for path, text in files.items()}


def written(folder: Path, files: dict[str, str]) -> list[Path]:
    """Write files below a folder, and return where they are."""
    found = []
    for path, text in files.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        found.append(file)
    return found


class WayOn(NamedTuple):
    """A way on from a step: on what condition or failures, to which step (None: the end), and what it carries."""

    when: str | None
    errors: frozenset[str]
    target: str | None
    carries: tuple[str, ...]


class OnChannel:
    """A journey and one channel."""

    def __init__(self, journey: Journey, channel: str, blueprint: Blueprint) -> None:
        self.channel = channel
        self.names = {step.id: step.name for step in journey.steps}
        self.via = {
            step.id: tuple(dict.fromkeys(ref.id for ref in step.via or () if isinstance(blueprint.get(ref), Channel)))
            for step in journey.steps
        }
        self.ways = {step.id: list(_ways(step, following)) for step, following in _pairs(journey)}
        self.first = journey.steps[0].id

    def serves(self, step: str) -> bool:
        return self.channel in self.via[step]

    def after(self, step: str, channel: str | None, target: str) -> set[str | None]:
        """Return the channels that customers are on once they have gone from one step to another."""
        via = self.via[target]
        return {channel} if not via or channel in via else set(via)

    def all_states(self) -> set[tuple[str, str | None]]:
        """Return all steps that customers get to, with the channel they are on there."""
        return self._reached({(self.first, channel) for channel in self.via[self.first] or (None,)})

    def _reached(self, first: set[tuple[str, str | None]]) -> set[tuple[str, str | None]]:
        seen, waiting = set(first), list(first)
        while waiting:
            step, channel = waiting.pop()
            for way in self.ways[step]:
                for next_ in self.after(step, channel, way.target) if way.target else ():
                    state = (way.target or "", next_)
                    if state not in seen:
                        seen.add(state)
                        waiting.append(state)
        return seen

    def arrivals(self) -> set[str]:
        """Return the steps in which customers come to the channel from another one, or from none."""
        return {
            way.target
            for step, channel in self.all_states()
            for way in self.ways[step]
            if channel != self.channel
            and way.target
            and self.serves(way.target)
            and self.channel in self.after(step, channel, way.target)
        }

    def elsewhere(self, step: str) -> tuple[set[str], bool]:
        """Return where customers may come back that change to other channels for a step, and whether some end there."""
        seen = {(step, channel) for channel in self.via[step]}
        waiting = list(seen)
        returns: set[str] = set()
        ends = False
        while waiting:
            at, channel = waiting.pop()
            for way in self.ways[at]:
                ends = ends or way.target is None
                for next_ in self.after(at, channel, way.target) if way.target else ():
                    state = (way.target or "", str(next_))
                    if next_ == self.channel:
                        returns.add(way.target or "")
                    elif state not in seen:
                        seen.add(state)
                        waiting.append(state)
        return returns, ends


def _pairs(journey: Journey) -> Iterator[tuple[Step, Step | None]]:
    return zip(journey.steps, (*journey.steps[1:], None), strict=True)


def _ways(step: Step, following: Step | None) -> Iterator[WayOn]:
    if not step.transitions:
        yield WayOn(None, frozenset(), following.id if following else None, ())
    for transition in step.transitions:
        yield WayOn(transition.when, frozenset(), _id(transition.target), tuple(ref.id for ref in transition.carries))
    for route in step.failures:
        errors = frozenset(ref.id for ref in route.errors)
        yield WayOn(None, errors, _id(route.target), tuple(ref.id for ref in route.carries))


def _id(target: Ref[Step] | str) -> str | None:
    return target.id if isinstance(target, Ref) else None
