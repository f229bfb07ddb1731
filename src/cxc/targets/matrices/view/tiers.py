"""Tier × channel × journey: how much of each journey the customers of a tier can do on each of its channels.

Whether a tier keeps its promise on the way through the journey is an analysis, and not done here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from cxc.model.blueprint import Blueprint
from cxc.model.channel import Experience
from cxc.model.journey import Journey
from cxc.model.organisation import Tier
from cxc.targets.matrices.axes import chain_axis, own_and_named, part
from cxc.targets.matrices.matrix import Axis, Cell, Kind, Matrix, Meaning, Observation
from cxc.targets.matrices.view.reach import ASSISTED_ON, assisted_channels, channel_axis, who_assists

_NOT_INCLUDED = Cell(Kind.NOT_APPLICABLE)
_Experiences = Mapping[tuple[str, str], list[Experience]]


def tier_matrix(blueprint: Blueprint) -> Matrix:
    """Return the matrix of what the channels of each tier serve of each journey."""
    tiers = blueprint.every(Tier)
    promised = {ref.id for tier in tiers for ref in tier.journeys}
    journeys = own_and_named(blueprint, Journey, promised)
    pairs = [(tier, journey) for tier in tiers for journey in journeys]
    rows = chain_axis(("tier", "journey"), [(part(tier), part(journey)) for tier, journey in pairs], sections=True)
    columns = channel_axis(blueprint)
    assisted = assisted_channels(blueprint, columns)
    experiences = _experiences(blueprint)
    cells = [
        [
            _cell(tier, journey, channel, experiences.get((journey.id, channel), ()), channel in assisted)
            for channel in columns.ids
        ]
        for tier, journey in pairs
    ]
    return Matrix(
        name="tier-channel-journey",
        title="Tier × channel × journey",
        about="What customers of each tier can do of each journey on the channels of their tier. What counts are the "
        "steps that happen on a channel at all.",
        rows=rows,
        columns=columns,
        cells=cells,
        legend=(
            Meaning(Kind.WORD, "full", "The channel serves every step of the journey."),
            Meaning(Kind.WORD, "partial", "The channel serves some steps of it; how many stands in brackets."),
            Meaning(Kind.WORD, "assisted", f"It serves all, or as many as stand in brackets, and {ASSISTED_ON}."),
            Meaning(Kind.NOT_OFFERED, "", "The channel serves no step of it, or presents it to other tiers only."),
            Meaning(Kind.NOT_APPLICABLE, "", "The tier does not include the channel, or no step happens on a channel."),
            Meaning(Kind.UNKNOWN, "", "The steps of the journey do not say their channels."),
        ),
        observations=(*who_assists(columns, assisted), *_broken_promises(pairs, rows, cells)),
    )


def _experiences(blueprint: Blueprint) -> _Experiences:
    found: dict[tuple[str, str], list[Experience]] = defaultdict(list)
    for experience in blueprint.every(Experience):
        found[experience.journey.id, experience.channel.id].append(experience)
    return found


def _cell(tier: Tier, journey: Journey, channel: str, experiences: Sequence[Experience], assisted: bool) -> Cell:
    steps = [step for step in journey.steps if step.via is None or step.via]
    if all(ref.id != channel for ref in tier.channels) or not steps:
        return _NOT_INCLUDED
    if experiences and not any(_is_for(experience, tier) for experience in experiences):
        return Cell(Kind.NOT_OFFERED, trace=tuple(experience.id for experience in experiences))
    served = [step.id for step in steps if any(ref.id == channel for ref in step.via or ())]
    if not served:
        unsaid = tuple(step.id for step in steps if step.via is None)
        return Cell(Kind.UNKNOWN, trace=unsaid) if unsaid else Cell(Kind.NOT_OFFERED)
    word = "assisted" if assisted else "full" if len(served) == len(steps) else "partial"
    return Cell(Kind.WORD, word, f"{len(served)} of {len(steps)}" if len(served) < len(steps) else "", tuple(served))


def _is_for(experience: Experience, tier: Tier) -> bool:
    return not experience.tier or any(ref.id == tier.id for ref in experience.tier)


def _broken_promises(
    pairs: Sequence[tuple[Tier, Journey]], rows: Axis, cells: Sequence[Sequence[Cell]]
) -> Iterator[Observation]:
    """Yield for each tier the journeys it promises and none of its channels serves."""
    broken: dict[str, list[str]] = defaultdict(list)
    for (tier, journey), heading, row in zip(pairs, rows.headings, cells, strict=True):
        is_promised = any(ref.id == journey.id for ref in tier.journeys)
        kinds = {cell.kind for cell in row}
        if is_promised and Kind.NOT_OFFERED in kinds and not kinds & {Kind.WORD, Kind.UNKNOWN}:
            broken[heading.parts[0].label].append(heading.label)
    for tier_label, labels in broken.items():
        yield Observation(f"{tier_label} promises, but none of its channels serves", tuple(labels))
