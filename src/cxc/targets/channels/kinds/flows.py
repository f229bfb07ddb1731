"""`flow/<Journey>.json`: a journey on a channel as a state machine that XState v5 runs, in JSON alone.

| state | what it stands for |
| --- | --- |
| `arriving` | a customer comes: to begin, or from another channel |
| `open` | the channel serves: a state for each step, and for work between them that no customer sees |
| `elsewhere` | a state for each hand-off to other channels: which, what it carries, how customers come back |
| `person` | people help |
| `closed` | the channel does not serve: which others do |
| `done` | the journey has ended |

Whoever runs a flow provides the guard `isOpen`, which is given opening hours, and the action `remember`, which keeps
what an event brings for the context: what customers bring along when they come to a step, and what the step has found
out, whose keys it is given. All else stands in `meta`. What the events are called is said in `events`, what the context
holds in `context`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import Any

from cxc.flow import Flow, flow_of
from cxc.flow.repeats import asked_after
from cxc.flow.states import Move, State
from cxc.flow.ways import Way
from cxc.model.blueprint import Blueprint
from cxc.model.channel import ASSISTED_KINDS, Channel
from cxc.model.journey import Journey, Step
from cxc.targets import GeneratedFile
from cxc.targets.channels.kinds import events
from cxc.targets.channels.kinds.context import Context
from cxc.targets.channels.kinds.course import Course
from cxc.targets.channels.kinds.forms import form_paths
from cxc.targets.channels.kinds.paths import file_names, folder_of
from cxc.targets.channels.kinds.step_meta import StepMeta
from cxc.targets.channels.operations import Operations, field_references, references
from cxc.targets.channels.types import FormSchemas
from cxc.targets.channels.view import ChannelView, JourneyView
from cxc.targets.json import json_text

LAST = "where-left"
"""The state that leads back to the step in which customers were; no name of a step has a hyphen."""

_ASKED_AT_ANY_TIME = ASSISTED_KINDS - {"mail", "field"}
"""Where customers find people of their own accord."""


def flows(blueprint: Blueprint, channel: Channel, view: ChannelView) -> Iterator[GeneratedFile]:
    """Yield the flow of each journey that customers do on the channel."""
    names = file_names((journey.id, journey.name) for journey in view.journeys)
    paths = form_paths(view)
    for journey in view.journeys:
        document = flow_document(journey, channel, view, blueprint, paths)
        if document is not None:
            yield GeneratedFile(f"{folder_of(channel)}/flow/{names[journey.id]}.json", json_text(document), journey.id)


def flow_document(
    journey: JourneyView,
    channel: Channel,
    view: ChannelView,
    blueprint: Blueprint,
    forms: Mapping[tuple[str, str], str] | None = None,
) -> dict[str, Any] | None:
    """Return the flow of a journey as plain values; None where no customer gets to a step that the channel serves.

    `forms` are the paths of the channel's forms, by the ids of journey and step.
    """
    found = blueprint[journey.id]
    if not isinstance(found, Journey) or not found.steps:
        return None
    machine = _Machine(found, journey, channel, view, blueprint, forms or {})
    return machine.document() if machine.course.steps else None


class _Machine:
    def __init__(
        self,
        journey: Journey,
        shown: JourneyView,
        channel: Channel,
        view: ChannelView,
        blueprint: Blueprint,
        forms: Mapping[tuple[str, str], str],
    ) -> None:
        self.journey = journey
        self.shown = shown
        self.channel = channel
        self.view = view
        self.blueprint = blueprint
        self.flow: Flow = flow_of(journey, blueprint)
        self.course = Course(self.flow, channel.id)
        self.context = Context(self.flow, channel.id, self.course.steps, blueprint)
        self.meta = StepMeta(shown, view, self.context, forms)
        self.operations = Operations(blueprint, FormSchemas(blueprint))
        self.steps = self.flow.graph.steps
        self.keys = dict(
            zip(self.course.steps, map(_key, (self.steps[id].name for id in self.course.steps)), strict=True)
        )
        self._elsewhere: dict[str, dict[str, Any]] = {}
        self._is_done_reached = False

    def document(self) -> dict[str, Any]:
        """Return the whole flow."""
        serving = self._open()
        states = {
            "arriving": self._arriving(),
            "open": serving,
            **({"elsewhere": {"states": self._elsewhere}} if self._elsewhere else {}),
            **({"person": self._person()} if self._escalation else {}),
            "closed": self._closed(),
        }
        if self._elsewhere:
            states["elsewhere"] = {"initial": next(iter(self._elsewhere)), **states["elsewhere"]}
        if self._is_done_reached:
            states["done"] = {"type": "final", "meta": {"kind": "done", "outcome": self.journey.outcome}}
        return {
            "description": f"Generated by cxc from {self.journey.span}: change the design, not this file.",
            "id": self.journey.name,
            "initial": "arriving",
            "context": dict.fromkeys(self.context.keys),
            "meta": {
                "kind": "journey",
                "journey": self.journey.id,
                "channel": self.channel.id,
                "title": self.journey.label,
                "data": list(self.context.described()),
            },
            "states": states,
        }

    # ---- arriving ---------------------------------------------------------------------------------------------------

    def _arriving(self) -> dict[str, Any]:
        found: dict[str, Any] = {}
        if self.course.begins:
            first = next(iter(self.steps))
            found[events.START] = self._entered(first, {"trigger": self.journey.trigger})
        arrivals = {*self.course.handed_over, *self.course.own_accord}
        by_step = defaultdict(list)
        for hand_off in self.shown.hand_offs_in:
            by_step[hand_off.to.id].append(hand_off)
        for step in (id for id in self.course.steps if id in arrivals):
            meta = {"hand_offs": _dumped(by_step[step])}
            found[events.arriving(self.steps[step].name)] = self._entered(step, meta)
        return {"meta": {"kind": "arriving"}, "on": found}

    def _entered(self, step: str, meta: dict[str, Any]) -> list[dict[str, Any]]:
        entered = {
            "target": f"open.{self.keys[step]}",
            "meta": {"step": step, **meta},
        }
        hours = self.view.hours
        if hours.always_open:
            return [entered]
        hours_given = [period.model_dump(mode="json", by_alias=True) for period in hours.specification]
        guard = {"type": "isOpen", "params": {"openingHoursSpecification": hours_given}}
        return [{"guard": guard, **entered}, {"target": "closed.before", "meta": {"step": step}}]

    # ---- steps ------------------------------------------------------------------------------------------------------

    def _open(self) -> dict[str, Any]:
        first = self.keys[self.course.steps[0]]
        states: dict[str, Any] = {self.keys[id]: self._step(self.steps[id]) for id in self.course.steps}
        states[LAST] = {"type": "history", "target": first}
        on: dict[str, Any] = {}
        if self._escalation:
            on[events.PERSON_WANTED] = {"target": "person"}
        on[events.CLOSED] = {"target": "closed.midway"}
        return {"initial": first, "meta": {"kind": "open"}, "on": on, "states": states}

    def _step(self, step: Step) -> dict[str, Any]:
        ways = self.flow.graph.ways.onward[step.id]
        return {
            "description": step.label,
            "meta": self.meta.of(step),
            **({"entry": [{"type": "remember"}]} if self.course.serves(step.id) else {}),
            "on": {name: self._transition(way, name) for name, way in events.events_of(ways)},
        }

    def _transition(self, way: Way, event: str) -> dict[str, Any]:
        learnt = self.context.learnt(way.origin.id, way)
        meta: dict[str, Any] = {}
        if way.when is not None:
            meta["when"] = way.when
        if way.share is not None:
            meta["share"] = way.share
        if way.errors:
            meta["errors"] = _dumped(references(way.errors, self.blueprint))
        return {
            "target": self._target(way),
            **({"description": way.when} if way.when is not None else {}),
            **_remembering(learnt),
            **({"meta": meta} if meta else {}),
        }

    def _target(self, way: Way) -> str:
        if way.target is None:
            return self._done()
        if self.course.stays(way):
            return self.keys[way.target.id]
        return f"#{self.journey.name}.elsewhere.{self._hand_off(way, way.target)}"

    def _done(self) -> str:
        self._is_done_reached = True
        return f"#{self.journey.name}.done"

    # ---- other channels ---------------------------------------------------------------------------------------------

    def _hand_off(self, way: Way, target: Step) -> str:
        """Return the key of the state for customers who go a way to other channels."""
        key, number = f"{way.origin.name}-{target.name}", 1
        meta = self._hand_off_meta(way, target)
        while (found := self._elsewhere.get(key)) is not None and found["meta"] != meta:
            number += 1
            key = f"{way.origin.name}-{target.name}-{number}"
        if found is None:
            outcome = self.course.elsewhere(target.id)
            on: dict[str, Any] = {
                events.returning(self.steps[step].name): f"#{self.journey.name}.open.{self.keys[step]}"
                for step in outcome.returns
            }
            if outcome.ends:
                on[events.ENDED] = {"target": self._done()}
            self._elsewhere[key] = {"description": f"Elsewhere: {target.label}", "meta": meta, "on": on}
        return key

    def _hand_off_meta(self, way: Way, target: Step) -> dict[str, Any]:
        others = self.flow.channels_of(target)
        state = State(way.origin.id, self.channel.id)
        again: dict[str, dict[str, Any]] = {}
        if state in self.flow.knowledge.arrival:
            for other in others:
                move = Move(state, way, State(target.id, other.id), True)
                for parameter in asked_after(move, self.flow.knowledge):
                    again[parameter.id] = {"id": parameter.id, "title": self.operations.title(parameter)}
        return {
            "kind": "hand-off",
            "from": {"id": way.origin.id, "title": way.origin.label},
            "to": {"id": target.id, "title": target.label},
            "channels": [self._channel(other) for other in others],
            "carries": _dumped(field_references(way.carries, self.blueprint)),
            "asks_again": list(again.values()),
        }

    def _channel(self, channel: Channel) -> dict[str, Any]:
        return {"id": channel.id, "title": channel.label, "kind": channel.sort, "hours": list(channel.hours)}

    @cached_property
    def _escalation(self) -> list[dict[str, Any]]:
        """The channels where people can take over; where the journey has none, those of the design are assumed."""
        given = _dumped(self.shown.escalation)
        if given:
            return [{**channel, "derived": False} for channel in given]
        others = (channel for channel in self.blueprint.every(Channel) if channel.id != self.channel.id)
        return [
            {**self._channel(channel), "steps": [], "derived": True}
            for channel in others
            if channel.sort in _ASKED_AT_ANY_TIME
        ]

    def _person(self) -> dict[str, Any]:
        """Return the state in which people help: the customer goes on where they were, or the journey ends there."""
        return {
            "meta": {"kind": "person", "channels": self._escalation, "carries": list(self.context.keys)},
            "on": {
                events.PERSON_DONE: {"target": f"open.{LAST}"},
                events.ENDED: {"target": self._done()},
            },
        }

    def _closed(self) -> dict[str, Any]:
        fallback = self._fallback()
        midway = {events.OPENED: {"target": f"#{self.journey.name}.open.{LAST}"}}
        if fallback:
            midway[events.ENDED] = {"target": self._done()}
        states: dict[str, Any] = {} if self.view.hours.always_open else {
            "before": {"on": {events.OPENED: {"target": f"#{self.journey.name}.arriving"}}}
        }  # fmt: skip
        states["midway"] = {"on": midway}
        return {
            "initial": next(iter(states)),
            "meta": {
                "kind": "closed",
                "hours": list(self.view.hours.text),
                "always_open": self.view.hours.always_open,
                "fallback": fallback,
            },
            "states": states,
        }

    def _fallback(self) -> list[dict[str, Any]]:
        """Return the other channels that serve steps of this one, with these."""
        serving: dict[str, list[str]] = {}
        for id in self.course.steps:
            for channel in self.flow.channels_of(self.steps[id]) if self.course.serves(id) else ():
                serving.setdefault(channel.id, []).append(id)
        serving.pop(self.channel.id, None)
        return [
            {**self._channel(channel), "steps": serving[channel.id]}
            for channel in self.flow.channels
            if channel.id in serving
        ]


def _key(name: str) -> str:
    """Return the key of a step's state: its name, but for the one that JavaScript takes for something else."""
    return name if name != "__proto__" else "__proto__-"


def _remembering(keys: list[str]) -> dict[str, Any]:
    return {"actions": [{"type": "remember", "params": {"keys": keys}}]} if keys else {}


def _dumped(views: Iterable[Any]) -> list[dict[str, Any]]:
    return [view.model_dump(mode="json", by_alias=True, exclude_none=True) for view in views]
