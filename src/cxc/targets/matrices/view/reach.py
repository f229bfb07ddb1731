"""Which operations customers reach on which channels: what the steps of the journeys say of both.

The matrices that show it are `services`, `steps` and `tiers`.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from cxc.model.blueprint import Blueprint
from cxc.model.channel import ASSISTED_KINDS, Channel
from cxc.model.journey import Journey
from cxc.targets.matrices.axes import flat_axis, own_and_named
from cxc.targets.matrices.matrix import Axis, Observation

ASSISTED_ON = f"people serve on the channel (kinds {', '.join(sorted(ASSISTED_KINDS))})"
"""What makes a channel an assisted one, for legends."""


@dataclass
class Reach:
    """The steps that call each operation, by operation and channel; and those that do not say their channels.

    A step with `via none` reaches no customer by itself, so what only such steps call is not in here.
    """

    steps: dict[str, dict[str, list[str]]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(list)))
    unsaid: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def __contains__(self, operation: str) -> bool:
        return operation in self.steps or operation in self.unsaid


def reach_of(blueprint: Blueprint) -> Reach:
    """Return where the journeys of a design call each operation."""
    reach = Reach()
    for journey in blueprint.every(Journey):
        for step in journey.steps:
            for operation in dict.fromkeys(step.calls or ()):
                if step.via is None:
                    reach.unsaid[operation.id].append(step.id)
                for channel in dict.fromkeys(step.via or ()):
                    reach.steps[operation.id][channel.id].append(step.id)
    return reach


def channel_axis(blueprint: Blueprint) -> Axis:
    """Return the channels of the workspace, and those of other workspaces that it names."""
    named = {use.used for use in blueprint.uses}
    return flat_axis("channel", own_and_named(blueprint, Channel, named))


def assisted_channels(blueprint: Blueprint, channels: Axis) -> frozenset[str]:
    """Return the ids of the channels on which people serve."""
    return frozenset(id for id in channels.ids if blueprint[id].sort in ASSISTED_KINDS)


def who_assists(channels: Axis, assisted: frozenset[str]) -> tuple[Observation, ...]:
    """Say on which channels people serve, so that `assisted` can be understood."""
    labels = tuple(heading.label for heading in channels.headings if heading.id in assisted)
    return (Observation("Channels on which people serve", labels),) if labels else ()
