"""What follows from the ways through the journeys of a design, as plain values.

What each of them means is said in `cxc.targets.model.analyses`. What has its default is left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from cxc.flow import Flow, flow_of
from cxc.flow.behind import behind
from cxc.flow.essentials import Essentials
from cxc.flow.promises import step_availability, step_latency
from cxc.flow.repeats import asked_after
from cxc.flow.rounding import rounded_duration, rounded_share
from cxc.flow.seams import seams_of
from cxc.flow.states import Move, State
from cxc.flow.teams import teams_of
from cxc.flow.ways import Way
from cxc.model.base import Named
from cxc.model.blueprint import Blueprint
from cxc.model.journey import Journey, Step
from cxc.model.values import Duration
from cxc.targets.model.analyses import NO_CHANNEL


def analyses_of(blueprint: Blueprint) -> dict[str, dict[str, Any]]:
    """Return for each journey of the workspace what follows from its ways: the input of `JourneyAnalysis`."""
    return {journey.id: _Analysis(journey, blueprint).journey() for journey in blueprint.every(Journey)}


class _Analysis:
    """Writes down the analyses of one journey."""

    def __init__(self, journey: Journey, blueprint: Blueprint) -> None:
        self.flow: Flow = flow_of(journey, blueprint)
        self.blueprint = blueprint
        self._essentials = blueprint.derived(Essentials)
        self._seams = {id(seam.way) for seam in seams_of(self.flow.graph, blueprint)}
        self._arriving: dict[str, list[State]] = {step: [] for step in self.flow.graph.steps}
        for state in self.flow.states.all:
            self._arriving[state.step].append(state)

    def journey(self) -> dict[str, Any]:
        """Return what follows for the journey."""
        flow, graph = self.flow, self.flow.graph
        longest = flow.longest_duration
        return _given(
            channels=_ids(flow.channels),
            unreached=[id for id in graph.steps if id not in graph.reached],
            endless=[id for id in graph.steps if id not in graph.ending],
            loops=[_ids(loop) for loop in graph.loops],
            self_service=_share(flow.self_service),
            expected_duration=_duration(flow.expected_duration),
            longest_duration=_duration(longest),
            unbounded=longest is None and bool(graph.steps),
            availability=_share(flow.availability),
        ) | {"steps": {id: self._step(step) for id, step in graph.steps.items()}}

    def _step(self, step: Step) -> dict[str, Any]:
        latency = step_latency(step, self.blueprint)
        return {"ways": [self._way(way, share) for way, share in self._ways(step)]} | _given(
            known={state.channel or NO_CHANNEL: self._known(state) for state in self._arriving[step.id]},
            teams=list(teams_of(step, self.blueprint)),
            assisted=self.flow.is_assisted(step),
            availability=_share(step_availability(step, self.blueprint)),
            latency=Duration(latency).iso if latency is not None else None,
            behind=_given(**{name: list(ids) for name, ids in behind(step, self.blueprint)._asdict().items()}),
        )

    def _known(self, state: State) -> list[str]:
        knowledge = self.flow.knowledge
        return list(self._essentials.of(knowledge.facts(knowledge.arrival[state])))

    # ---- ways -------------------------------------------------------------------------------------------------------

    def _ways(self, step: Step) -> Iterator[tuple[Way, float | None]]:
        """Yield the ways on from a step with their shares, which the ways of failures have none of."""
        shares = iter(self.flow.chances[step.id])
        for way in self.flow.graph.ways.onward[step.id]:
            yield way, None if way.errors else next(shares).share

    def _way(self, way: Way, share: float | None) -> dict[str, Any]:
        return {"to": way.target.id if way.target is not None else "end"} | _given(
            share=_share(share),
            errors=[ref.id for ref in way.errors],
            changes=self._changes(way),
            seam=id(way) in self._seams,
        )

    def _changes(self, way: Way) -> list[dict[str, Any]]:
        """Return the changes of channel on a way; those on which the same is lost are one."""
        if way.target is None:
            return []
        targets: dict[tuple[str, tuple[str, ...]], list[str]] = {}
        for state in self._arriving[way.origin.id]:
            for target in self.flow.states.after(state, way):
                if self.flow.states.changes(state, target):
                    move = Move(state, way, target, changes=True)
                    lost = tuple(parameter.id for parameter in asked_after(move, self.flow.knowledge))
                    targets.setdefault((str(state.channel), lost), []).append(str(target.channel))
        origins: dict[tuple[tuple[str, ...], tuple[str, ...]], list[str]] = {}
        for (origin, lost), to in targets.items():
            origins.setdefault((tuple(to), lost), []).append(origin)
        return [{"from": those, "to": list(to)} | _given(lost=list(lost)) for (to, lost), those in origins.items()]


def _given(**values: Any) -> dict[str, Any]:
    """Return what says something: an empty list, `False` and nothing are what stands where it is left out."""
    return {name: value for name, value in values.items() if value or (value == 0 and type(value) is float)}


def _ids(elements: Iterable[Named]) -> list[str]:
    return [element.id for element in elements]


def _share(share: float | None) -> float | None:
    return None if share is None else rounded_share(share)


def _duration(milliseconds: float | None) -> str | None:
    return None if milliseconds is None else rounded_duration(milliseconds).iso
