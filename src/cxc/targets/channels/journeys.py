"""A journey as one channel serves it: its steps there, hand-offs to and from other channels, and who can take over.

How the channel presents a step is left to `presentations`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from cxc.flow.ways import Way, Ways
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
    StepView,
    Wait,
    WayOn,
)


class JourneyOnChannel:
    """Makes the view of one journey on one channel; `experiences` are those of this channel for this journey."""

    def __init__(
        self,
        journey: Journey,
        ways: Ways,
        experiences: tuple[Experience, ...],
        presentations: Presentations,
        operations: Operations,
    ) -> None:
        self.journey = journey
        self.ways = ways
        self.experiences = experiences
        self.presentations = presentations
        self.operations = operations
        self.channel: Channel = presentations.channel
        self.blueprint: Blueprint = presentations.blueprint

    def view(self) -> JourneyView:
        """Return the view of the journey."""
        journey, blueprint, target = self.journey, self.blueprint, self.journey.target
        ways = [way for onward in self.ways.onward.values() for way in onward]
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
            hand_offs_in=tuple(found for way in ways if (found := self._hand_off_in(way))),
            hand_offs_out=tuple(found for way in ways if (found := self._hand_off_out(way))),
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
            ways_on=tuple(self._way_on(way) for way in self.ways.onward[step.id]),
            fallback=tuple(self._others(step.via or ())),
            capabilities=tuple(references(step.capability, blueprint)),
            measures=tuple(references(step.measures, blueprint)),
        )

    def _presented(self, step: Step) -> tuple[PresentationView, ...]:
        written = [
            self.presentations.written(experience, presentation)
            for experience in self.experiences
            for presentation in experience.steps
            if presentation.step.id == step.id
        ]
        return tuple(written) or (self.presentations.derived(self.journey, step, self.ways.inward[step.id]),)

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

    def _others(self, refs: Iterable[Ref[Channel]]) -> Iterator[ChannelReference]:
        for channel in self._channels(refs):
            yield ChannelReference(id=channel.id, title=channel.label, kind=channel.sort)

    def _channels(self, refs: Iterable[Ref[Channel]]) -> Iterator[Channel]:
        """Yield the channels of references other than this one, each once."""
        seen = {self.channel.id}
        for ref in refs:
            channel = self.blueprint.get(ref)
            if channel is not None and channel.id not in seen:
                seen.add(channel.id)
                yield channel

    def _hand_off_in(self, way: Way) -> HandOff | None:
        """Return the hand-off from the channels that serve the way's origin and not its target, where this one does."""
        if way.target is None or not self._serves(way.target):
            return None
        staying = set(way.target.via or ())
        leaving = [ref for ref in way.origin.via or () if ref not in staying]
        return self._hand_off(way, way.target, leaving) if leaving else None

    def _hand_off_out(self, way: Way) -> HandOff | None:
        """Return the hand-off to the channels of the way's target, where this one serves only its origin."""
        if way.target is None or self._serves(way.target) or not self._serves(way.origin):
            return None
        return self._hand_off(way, way.target, way.target.via or ())

    def _hand_off(self, way: Way, target: Step, channels: Iterable[Ref[Channel]]) -> HandOff:
        return HandOff(
            origin=reference(way.origin),
            to=reference(target),
            channels=tuple(self._others(channels)),
            when=way.when,
            share=way.share,
            errors=tuple(references(way.errors, self.blueprint)),
            carries=tuple(field_references(way.carries, self.blueprint)),
        )

    def _escalation(self) -> Iterator[Escalation]:
        steps = self.journey.steps
        for channel in self._channels(ref for step in steps for ref in step.via or ()):
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
