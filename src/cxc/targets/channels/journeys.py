"""A journey as one channel serves it: its steps there, hand-offs to and from other channels, and who can take over.

How the channel presents a step is left to `presentations`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from cxc.flow import Flow
from cxc.flow.repeats import asked_after
from cxc.flow.states import Move
from cxc.flow.ways import Way
from cxc.model.base import Ref
from cxc.model.blueprint import Blueprint
from cxc.model.channel import ASSISTED_KINDS, Channel, Experience
from cxc.model.journey import Journey, Step
from cxc.model.values import Duration
from cxc.targets.channels.operations import Operations, field_references, reference, references
from cxc.targets.channels.presentations import Presentations
from cxc.targets.channels.view import (
    ChannelReference,
    Escalation,
    ExperienceView,
    HandOff,
    JourneyPromises,
    JourneyView,
    PhaseView,
    PresentationView,
    Reference,
    StepView,
    Wait,
    WayOn,
)


class JourneyOnChannel:
    """Makes the view of one journey on one channel.

    `changes` holds the changes of channel on each way, by the way's identity; `experiences` are those of this channel
    for this journey.
    """

    def __init__(
        self,
        journey: Journey,
        flow: Flow,
        changes: Mapping[int, Sequence[Move]],
        experiences: tuple[Experience, ...],
        presentations: Presentations,
        operations: Operations,
    ) -> None:
        self.journey = journey
        self.flow = flow
        self.changes = changes
        self.experiences = experiences
        self.presentations = presentations
        self.operations = operations
        self.channel: Channel = presentations.channel
        self.blueprint: Blueprint = presentations.blueprint

    def view(self) -> JourneyView:
        """Return the view of the journey."""
        journey, blueprint, target = self.journey, self.blueprint, self.journey.target
        return JourneyView(
            id=journey.id,
            title=journey.label,
            name=journey.name,
            doc=journey.doc,
            kind=journey.sort,
            state=journey.state,
            personas=tuple(references(journey.persona, blueprint)),
            trigger=journey.trigger,
            outcome=journey.outcome,
            promises=JourneyPromises(
                duration=_iso(target.duration) if target else None,
                self_service=target.self_service if target else None,
                availability=target.availability if target else None,
            ),
            experiences=tuple(
                ExperienceView(id=found.id, title=found.label, tiers=tuple(ref.id for ref in found.tier))
                for found in self.experiences
            ),
            phases=tuple(self._phases()),
            hand_offs_in=tuple(self._hand_offs_in()),
            hand_offs_out=tuple(self._hand_offs_out()),
            escalation=tuple(self._escalation()),
            measures=tuple(references(journey.measures, blueprint)),
        )

    def _serves(self, step: Step | None) -> bool:
        return step is not None and any(ref.id == self.channel.id for ref in step.via or ())

    def _phases(self) -> Iterator[PhaseView]:
        for phase in self.journey.phases:
            served = [step for step in phase.steps if self._serves(step)]
            if served:
                yield PhaseView(when=phase.when, title=phase.title, steps=tuple(self._step(step) for step in served))

    # ---- steps ------------------------------------------------------------------------------------------------------

    def _step(self, step: Step) -> StepView:
        blueprint = self.blueprint
        called = (blueprint.get(ref) for ref in step.calls or ())
        return StepView(
            id=step.id,
            title=step.label,
            name=step.name,
            doc=step.doc,
            moment_of_truth=step.moment_of_truth,
            frontstage=step.frontstage or (),
            evidence=step.evidence or (),
            wait=Wait(expected=step.wait.expected.iso, longest=_iso(step.wait.longest)) if step.wait else None,
            presentations=self._presented(step),
            operations=tuple(self.operations.call(operation) for operation in called if operation is not None),
            ways_on=tuple(self._way_on(way) for way in self.flow.graph.ways.onward[step.id]),
            fallback=tuple(self._references(step.via or ())),
            capabilities=tuple(references(step.capability, blueprint)),
            measures=tuple(references(step.measures, blueprint)),
        )

    def _presented(self, step: Step) -> tuple[PresentationView, ...]:
        written = [
            self.presentations.written(experience, presentation, self.flow.knowledge)
            for experience in self.experiences
            for presentation in experience.steps
            if presentation.step.id == step.id
        ]
        return tuple(written) or (self.presentations.derived(self.journey, step, self.flow.knowledge),)

    def _way_on(self, way: Way) -> WayOn:
        return WayOn(
            to=way.target.id if way.target else "end",
            title=way.target.label if way.target else None,
            when=way.when,
            share=way.share,
            errors=tuple(references(way.errors, self.blueprint)),
            carries=tuple(field_references(way.carries, self.blueprint)),
            stays=way.target is None or self._serves(way.target),
            derived=not way.written,
        )

    # ---- other channels ---------------------------------------------------------------------------------------------

    def _references(self, channels: Iterable[Ref[Channel] | str]) -> Iterator[ChannelReference]:
        for channel in self._others(channels):
            yield ChannelReference(id=channel.id, title=channel.label, kind=channel.sort)

    def _others(self, channels: Iterable[Ref[Channel] | str]) -> Iterator[Channel]:
        """Yield the channels among some other than this one, each once."""
        seen = {self.channel.id}
        for named in channels:
            channel = self.blueprint.get(named)
            if channel is not None and channel.id not in seen:
                seen.add(channel.id)
                yield channel

    def _hand_offs_in(self) -> Iterator[HandOff]:
        """Yield the ways on which customers come to this channel from others."""
        for moves in self.changes.values():
            mine = [move for move in moves if move.target.channel == self.channel.id]
            if mine:
                yield self._hand_off(mine, [move.origin.channel for move in mine])

    def _hand_offs_out(self) -> Iterator[HandOff]:
        """Yield the ways on which customers go from this channel to others."""
        for moves in self.changes.values():
            mine = [move for move in moves if move.origin.channel == self.channel.id]
            if mine:
                yield self._hand_off(mine, [move.target.channel for move in mine])

    def _hand_off(self, moves: Sequence[Move], others: Iterable[str | None]) -> HandOff:
        way = moves[0].way
        again = {found.id: found for move in moves for found in asked_after(move, self.flow.knowledge)}
        return HandOff(
            origin=reference(way.origin),
            to=reference(self.flow.graph.steps[moves[0].target.step]),
            channels=tuple(self._references(dict.fromkeys(id for id in others if id is not None))),
            when=way.when,
            share=way.share,
            errors=tuple(references(way.errors, self.blueprint)),
            carries=tuple(field_references(way.carries, self.blueprint)),
            asks_again=tuple(Reference(id=id, title=self.operations.title(found)) for id, found in again.items()),
        )

    def _escalation(self) -> Iterator[Escalation]:
        steps = self.journey.steps
        for channel in self._others(ref for step in steps for ref in step.via or ()):
            if channel.sort in ASSISTED_KINDS:
                yield Escalation(
                    id=channel.id,
                    title=channel.label,
                    kind=channel.sort,
                    hours=tuple(channel.hours),
                    steps=tuple(step.id for step in steps if any(ref.id == channel.id for ref in step.via or ())),
                )


def _iso(duration: Duration | None) -> str | None:
    return duration.iso if duration is not None else None
