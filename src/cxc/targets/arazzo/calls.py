"""A journey as calls of operations, and where it goes on after each.

A step that calls nothing has no place in a workflow: a way to it leads on to wherever its own ways lead. What is said
of the ways that were joined is kept with them. Which values calls are made with is left to `values`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from cxc.flow import Flow
from cxc.flow.promises import called
from cxc.flow.teams import service_of
from cxc.flow.ways import Way
from cxc.model.blueprint import Blueprint
from cxc.model.data import Error
from cxc.model.journey import Step
from cxc.model.service import Operation, Service


class Call(NamedTuple):
    """A call of an operation in a step; `id` is unique in the journey."""

    id: str
    step: Step
    operation: Operation
    service: Service


Path = tuple[Way, ...]
"""Ways one after another, by steps that call nothing."""


class Onward(NamedTuple):
    """Where a customer goes on: to a step that calls something (its id), or to the end (None).

    `paths` lead there: the shortest from each way out of the step before, and the one of those who choose nothing.
    """

    target: str | None
    paths: tuple[Path, ...]


class Choice(NamedTuple):
    """The places where a customer may go on; whoever chooses nothing goes to the `usual` one, by `usual_path`.

    `error` is the failure that leads there, None where all went well.
    """

    onward: tuple[Onward, ...]
    usual: Onward
    usual_path: Path
    error: Error | None = None


class Calls:
    """The calls of one journey."""

    def __init__(self, flow: Flow, blueprint: Blueprint) -> None:
        self.flow = flow
        self.blueprint = blueprint
        self.graph = flow.graph
        own = {service.id for service in blueprint.every(Service)}
        self.of_step: Mapping[str, tuple[Call, ...]] = {
            id: calls for id, step in self.graph.steps.items() if (calls := tuple(self._calls(step, own)))
        }
        self._usual = _usual_ways(flow)
        self._after: dict[str, Choice] = {}
        self._failing: dict[str, tuple[Choice, ...]] = {}

    def _calls(self, step: Step, own: set[str]) -> Iterator[Call]:
        """Yield the calls of a step; what other workspaces offer is in no document of this one."""
        found = [
            (operation, service)
            for operation in called(step, self.blueprint)
            if (service := service_of(operation, self.blueprint)) is not None and service.id in own
        ]
        taken: dict[str, int] = {}
        for operation, service in found:
            name = step.name if len(found) == 1 else f"{step.name}-{operation.name}"
            taken[name] = number = taken.get(name, 0) + 1
            yield Call(name if number == 1 else f"{name}-{number}", step, operation, service)

    def elsewhere(self) -> tuple[Operation, ...]:
        """Return the operations of other workspaces that the journey calls, each once."""
        here = {call.operation.id for calls in self.of_step.values() for call in calls}
        found = {one.id: one for step in self.graph.steps.values() for one in called(step, self.blueprint)}
        return tuple(operation for id, operation in found.items() if id not in here)

    # ---- where it begins and goes on --------------------------------------------------------------------------------

    def entries(self) -> tuple[str, ...]:
        """Return the steps (by id) with the calls that a journey may begin with, the usual one first."""
        first = next(iter(self.graph.steps), None)
        if first is None or first in self.of_step:
            return () if first is None else (first,)
        choice = self._choice(self._well(first), self._usual[first])
        found = [choice.usual.target, *(one.target for one in choice.onward)]
        return tuple(dict.fromkeys(id for id in found if id is not None))

    def after(self, step: str) -> Choice:
        """Return where customers go on once all calls of a step went well."""
        if step not in self._after:
            self._after[step] = self._choice(self._well(step), self._usual[step])
        return self._after[step]

    def failing(self, step: str) -> tuple[Choice, ...]:
        """Return where each failure leads that the step is prepared for, in the order of the text."""
        if step not in self._failing:
            self._failing[step] = tuple(self._failures(step))
        return self._failing[step]

    def _failures(self, step: str) -> Iterator[Choice]:
        for way in self.graph.ways.onward[step]:
            for ref in way.errors:
                error = self.blueprint.get(ref)
                if isinstance(error, Error):
                    yield self._choice([way], way)._replace(error=error)

    def fails_with(self, call: Call, error: Error) -> bool:
        """Whether a call may end with an error: it says so, or no call of its step does."""
        saying = {
            one.operation.id
            for one in self.of_step[call.step.id]
            if any(ref.id == error.id for ref in one.operation.fails)
        }
        return not saying or call.operation.id in saying

    # ---- through steps that call nothing ----------------------------------------------------------------------------

    def _well(self, step: str) -> list[Way]:
        return [way for way in self.graph.ways.onward[step] if not way.errors]

    def _choice(self, ways: Sequence[Way], usual: Way) -> Choice:
        found: dict[str | None, list[Path]] = {}
        for way in ways:
            for target, path in self._through(way):
                found.setdefault(target, []).append(path)
        usual_path = self._usual_path(usual)
        target = self._target(usual_path)
        if usual_path not in found.setdefault(target, []):
            found[target].append(usual_path)
        onward = {target: Onward(target, tuple(paths)) for target, paths in found.items()}
        return Choice(tuple(onward.values()), onward[target], usual_path)

    def _through(self, way: Way) -> Iterator[tuple[str | None, Path]]:
        """Yield where a way leads, each place once and by as few steps that call nothing as can be."""
        waiting: list[Path] = [(way,)]
        seen: set[str | None] = set()
        for path in waiting:
            target = path[-1].target
            id = None if target is None else target.id
            if id in seen:
                continue
            seen.add(id)
            if id is None or id in self.of_step:
                yield id, path
            else:
                waiting += [(*path, following) for following in self._well(id)]

    def _usual_path(self, way: Way) -> Path:
        path = [way]
        seen: set[str] = set()
        while way.target is not None and way.target.id not in self.of_step and way.target.id not in seen:
            seen.add(way.target.id)
            way = self._usual[way.target.id]
            path.append(way)
        return tuple(path)

    def _target(self, path: Path) -> str | None:
        """Return where a path leads; where it goes round for ever and nothing is called, that is the end."""
        target = path[-1].target
        return target.id if target is not None and target.id in self.of_step else None


def _usual_ways(flow: Flow) -> dict[str, Way]:
    """Return the way from each step that customers go who choose nothing: the one without a condition.

    Of several the likeliest. Where these ways go round in a loop, the step of it that is nearest to an end leaves it.
    """
    usual: dict[str, Way] = {}
    for id, onward in flow.chances.items():
        plain = [one for one in onward if one.way.when is None] or onward
        usual[id] = max(plain, key=lambda one: one.share).way
    distance = _distances(flow)
    while loop := _loop(usual):
        leaving = [id for id in loop if id in distance and _nearest(flow, id, distance) is not usual[id]]
        if not leaving:
            break
        first = min(leaving, key=distance.__getitem__)
        usual[first] = _nearest(flow, first, distance)
    return usual


def _nearest(flow: Flow, step: str, distance: Mapping[str, int]) -> Way:
    ways = [way for way in flow.graph.ways.onward[step] if not way.errors]
    return min(ways, key=lambda way: _length(way, distance))


def _length(way: Way, distance: Mapping[str, int]) -> float:
    """Return how many ways it is to an end by a way."""
    return 1 if way.target is None else 1 + distance.get(way.target.id, float("inf"))


def _distances(flow: Flow) -> dict[str, int]:
    """Return for each step (by id) how many ways it is from an end, where all goes well."""
    well = flow.graph.going_well.ways
    found = {id: 1 for id, ways in well.onward.items() if any(way.target is None for way in ways)}
    waiting = list(found)
    for id in waiting:
        for way in well.inward.get(id, ()):
            if way.origin.id not in found:
                found[way.origin.id] = found[id] + 1
                waiting.append(way.origin.id)
    return found


def _loop(usual: Mapping[str, Way]) -> list[str]:
    """Return the steps of a loop that the usual ways go round in; none where they lead to an end from everywhere."""
    done: set[str] = set()
    for first in usual:
        path: dict[str, None] = {}
        at: str | None = first
        while at is not None and at not in done and at not in path:
            path[at] = None
            target = usual[at].target
            at = None if target is None else target.id
        if at is not None and at in path:
            steps = list(path)
            return steps[steps.index(at) :]
        done |= path.keys()
    return []
