"""Tier × channel × journey: how much of each journey the customers of a tier can do, on each channel and on all.

That a tier promises a journey which none of its channels serves is reported by the rules.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence

from cxc.flow import flow_of
from cxc.flow.graph import Graph
from cxc.model.blueprint import Blueprint
from cxc.model.channel import Experience
from cxc.model.journey import Journey, Step
from cxc.model.organisation import Tier
from cxc.targets.matrices.axes import chain_axis, own_and_named, part
from cxc.targets.matrices.matrix import Axis, Cell, Kind, Look, Matrix, Meaning, Observation, Part
from cxc.targets.matrices.view.reach import ASSISTED_ON, assisted_channels, channel_axis, who_assists

_ALL = Part("all", "all", "All of them together")
_DEAD_END = "dead end"
_NOT_INCLUDED = Cell(Kind.NOT_APPLICABLE)
_Experiences = Mapping[tuple[str, str], list[Experience]]


def tier_matrix(blueprint: Blueprint) -> Matrix:
    """Return the matrix of what the channels of each tier serve of each journey."""
    tiers = blueprint.every(Tier)
    promised = {ref.id for tier in tiers for ref in tier.journeys}
    journeys = own_and_named(blueprint, Journey, promised)
    pairs = [(tier, journey) for tier in tiers for journey in journeys]
    rows = chain_axis(("tier", "journey"), [(part(tier), part(journey)) for tier, journey in pairs], sections=True)
    channels = channel_axis(blueprint)
    assisted = assisted_channels(blueprint, channels)
    experiences = _experiences(blueprint)
    cells = [
        list(_row(tier, journey, channels, assisted, experiences, flow_of(journey, blueprint).graph))
        for tier, journey in pairs
    ]
    return Matrix(
        name="tier-channel-journey",
        title="Tier × channel × journey",
        about="What customers of each tier can do of each journey on the channels of their tier, on each and on all "
        "of them together. What counts are the steps that happen on a channel at all.",
        rows=rows,
        columns=_with_all(channels),
        cells=cells,
        legend=(
            Meaning(Kind.WORD, "full", "The channel serves every step of the journey.", "", Look.STRONG),
            Meaning(
                Kind.WORD,
                "partial",
                "The channel serves some steps of it; how many stands in brackets.",
                "",
                Look.MEDIUM,
            ),
            Meaning(
                Kind.WORD,
                "assisted",
                f"It serves all, or as many as stand in brackets, and {ASSISTED_ON}.",
                "",
                Look.OTHER,
            ),
            Meaning(
                Kind.WORD,
                _DEAD_END,
                "The channels serve as many steps as stand in brackets, and customers who keep to them come to no end.",
                "",
                Look.BAD,
            ),
            Meaning(Kind.NOT_OFFERED, "", "The channel serves no step of it, or presents it to other tiers only."),
            Meaning(Kind.NOT_APPLICABLE, "", "The tier does not include the channel, or no step happens on a channel."),
            Meaning(Kind.UNKNOWN, "", "The steps of the journey do not say their channels."),
        ),
        observations=(*who_assists(channels, assisted), *_broken_promises(pairs, rows, cells)),
    )


def _with_all(channels: Axis) -> Axis:
    """Return the channels behind a column for all of them together, where there are any."""
    if not channels.headings:
        return channels
    return chain_axis(channels.words, [(_ALL,), *(heading.parts for heading in channels.headings)])


def _experiences(blueprint: Blueprint) -> _Experiences:
    found: dict[tuple[str, str], list[Experience]] = defaultdict(list)
    for experience in blueprint.every(Experience):
        found[experience.journey.id, experience.channel.id].append(experience)
    return found


def _row(
    tier: Tier,
    journey: Journey,
    channels: Axis,
    assisted: Collection[str],
    experiences: _Experiences,
    graph: Graph,
) -> Iterator[Cell]:
    steps = [step for step in journey.steps if step.via is None or step.via]
    included = {ref.id for ref in tier.channels}
    elsewhere = {
        channel: tuple(experience.id for experience in found)
        for channel in channels.ids
        if (found := experiences.get((journey.id, channel))) and not any(_is_for(one, tier) for one in found)
    }
    if channels.ids:
        yield _together(steps, included - elsewhere.keys(), graph)
    for channel in channels.ids:
        if channel not in included or not steps:
            yield _NOT_INCLUDED
        elif channel in elsewhere:
            yield Cell(Kind.NOT_OFFERED, trace=elsewhere[channel])
        else:
            yield _cell(steps, {channel}, "assisted" if channel in assisted else "")


def _is_for(experience: Experience, tier: Tier) -> bool:
    return not experience.tier or any(ref.id == tier.id for ref in experience.tier)


def _together(steps: Sequence[Step], channels: Collection[str], graph: Graph) -> Cell:
    """Return what all channels of a tier serve: customers change freely among them, but to no other."""
    if not steps:
        return _NOT_INCLUDED
    return _cell(steps, channels, "" if _leads_to_an_end(graph, channels) else _DEAD_END)


def _cell(steps: Sequence[Step], channels: Collection[str], word: str) -> Cell:
    """Return how many of the steps the channels serve; a `word` stands for what else there is to say of it."""
    served = tuple(step.id for step in steps if _serves(step, channels))
    if not served:
        unsaid = tuple(step.id for step in steps if step.via is None)
        return Cell(Kind.UNKNOWN, trace=unsaid) if unsaid else Cell(Kind.NOT_OFFERED)
    is_full = len(served) == len(steps)
    detail = "" if is_full else f"{len(served)} of {len(steps)}"
    return Cell(Kind.WORD, word or ("full" if is_full else "partial"), detail, served)


def _serves(step: Step, channels: Collection[str]) -> bool:
    return any(ref.id in channels for ref in step.via or ())


def _leads_to_an_end(graph: Graph, channels: Collection[str]) -> bool:
    """Whether some way leads from the first step to an end through steps on these channels, or on none."""
    waiting = list(graph.steps.values())[:1]
    seen = {step.id for step in waiting}
    while waiting:
        step = waiting.pop()
        if step.via and not _serves(step, channels):
            continue
        for way in graph.ways.onward[step.id]:
            if way.target is None:
                return True
            if way.target.id not in seen:
                seen.add(way.target.id)
                waiting.append(way.target)
    return False


def _broken_promises(
    pairs: Sequence[tuple[Tier, Journey]], rows: Axis, cells: Sequence[Sequence[Cell]]
) -> Iterator[Observation]:
    """Yield for each tier the journeys it promises and its channels do not serve, or not to an end."""
    unserved: dict[str, list[str]] = defaultdict(list)
    unfinished: dict[str, list[str]] = defaultdict(list)
    for (tier, journey), heading, (together, *_) in zip(pairs, rows.headings, cells, strict=True):
        if any(ref.id == journey.id for ref in tier.journeys):
            if together.kind is Kind.NOT_OFFERED:
                unserved[heading.parts[0].label].append(heading.label)
            elif together.value == _DEAD_END:
                unfinished[heading.parts[0].label].append(heading.label)
    for tier_label, labels in unserved.items():
        yield Observation(f"{tier_label} promises, but none of its channels serves", tuple(labels))
    for tier_label, labels in unfinished.items():
        yield Observation(f"{tier_label} promises, but its channels do not lead to an end of", tuple(labels))
