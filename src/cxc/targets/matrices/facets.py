"""By what the headings of matrices can be chosen: the teams, channels and importance that an element has to do with.

What is done with it is left to `page`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from cxc.flow.teams import service_of, teams_of
from cxc.model.base import Named
from cxc.model.blueprint import Blueprint
from cxc.model.capability import Capability
from cxc.model.channel import Channel
from cxc.model.data import Entity
from cxc.model.journey import Journey, Step
from cxc.model.measure import Metric
from cxc.model.organisation import Partner, Team, Tier
from cxc.model.service import Operation, Service
from cxc.targets.matrices.matrix import Heading


@dataclass
class Facets:
    """Ids of teams and partners, ids of channels, and levels of importance, each once and in order of appearance."""

    teams: dict[str, None] = field(default_factory=dict)
    channels: dict[str, None] = field(default_factory=dict)
    importance: dict[str, None] = field(default_factory=dict)

    def add(self, other: Facets) -> None:
        self.teams |= other.teams
        self.channels |= other.channels
        self.importance |= other.importance


class FacetsOf:
    """The facets of all elements that stand in headings, each made when it is asked for and kept."""

    def __init__(self, blueprint: Blueprint) -> None:
        self._blueprint = blueprint
        self._known: dict[str, Facets] = {}
        self._relying: dict[str, list[Step]] = {}
        self._calling: dict[str, list[Step]] = {}
        self._measured: dict[str, list[Named]] = {}
        self._mastering: dict[str, list[Service]] = {}
        for service in blueprint.every(Service):
            for ref in service.masters:
                self._mastering.setdefault(ref.id, []).append(service)
        for journey in blueprint.every(Journey):
            for metric in journey.measures:
                self._measured.setdefault(metric.id, []).append(journey)
            for step in journey.steps:
                self._note(step)

    def _note(self, step: Step) -> None:
        """Remember by what a step is found again: its measures, calls and capabilities, with all these are part of."""
        for metric in step.measures:
            self._measured.setdefault(metric.id, []).append(step)
        for call in dict.fromkeys(step.calls or ()):
            self._calling.setdefault(call.id, []).append(step)
        relied_on = (around.id for id in self._relied_on(step) for around in self._blueprint.line_of_holders(id))
        for capability in dict.fromkeys(relied_on):
            self._relying.setdefault(capability, []).append(step)

    def heading(self, heading: Heading) -> Facets:
        """Return the facets of what a heading stands for: of its innermost part that is an element of the design."""
        inner = next((part.id for part in reversed(heading.parts) if self._blueprint.get(part.id)), None)
        facets = self.element(inner) if inner else Facets()
        tier = self._blueprint.get(heading.parts[0].id)
        if len(heading.parts) > 1 and isinstance(tier, Tier):
            # A journey in a tier is there on the channels of the tier.
            reached = {ref.id for ref in tier.channels} & facets.channels.keys()
            return Facets(facets.teams, {id: None for id in facets.channels if id in reached}, facets.importance)
        return facets

    def element(self, id: str) -> Facets:
        """Return the facets of an element."""
        if id not in self._known:
            self._known[id] = self._made(self._blueprint.get(id))
        return self._known[id]

    def _made(self, element: Named | None) -> Facets:
        match element:
            case Step():
                return self._of_step(element)
            case Journey():
                return self._all(element.steps)
            case Capability():
                return self._of_capability(element)
            case Operation():
                return self._of_operation(element)
            case Service():
                facets = self._all(element.operations)
                facets.add(self._owned(element))
                return facets
            case Entity():
                return self._all(self._mastering.get(element.id, ()))
            case Metric():
                return self._all(self._measured.get(element.id, ()))
            case Team() | Partner():
                return Facets(teams={element.id: None})
            case Channel():
                return Facets(channels={element.id: None})
            case Tier():
                return Facets(channels={ref.id: None for ref in element.channels})
            case _:
                return Facets()

    def _all(self, elements: Iterable[Named]) -> Facets:
        facets = Facets()
        for element in elements:
            facets.add(self.element(element.id))
        return facets

    # ---- what customers do ------------------------------------------------------------------------------------------

    def _of_step(self, step: Step) -> Facets:
        return Facets(
            dict.fromkeys(teams_of(step, self._blueprint)),
            {ref.id: None for ref in step.via or ()},
            self._importance(self._relied_on(step)),
        )

    def _relied_on(self, step: Step) -> dict[str, None]:
        """Return the ids of the capabilities that a step names, or that a service it calls realizes."""
        found = {ref.id: None for ref in step.capability}
        for call in step.calls or ():
            service = service_of(call, self._blueprint)
            found |= {ref.id: None for ref in service.realizes} if service is not None else {}
        return found

    def _channels(self, steps: Sequence[Step]) -> dict[str, None]:
        return {ref.id: None for step in steps for ref in step.via or ()}

    # ---- what stands behind it --------------------------------------------------------------------------------------

    def _of_operation(self, operation: Operation) -> Facets:
        service = service_of(operation, self._blueprint)
        facets = self._owned(service) if service is not None else Facets()
        facets.channels |= self._channels(self._calling.get(operation.id, ()))
        return facets

    def _owned(self, service: Service) -> Facets:
        importance = self._importance(ref.id for ref in service.realizes)
        return Facets(teams={service.owner.id: None}, importance=importance)

    def _of_capability(self, capability: Capability) -> Facets:
        """Return the facets of a capability: whose people and importance are not said, is as what is around it."""
        around = [one for one in self._blueprint.line_of_holders(capability.id) if isinstance(one, Capability)]
        people = next((one.people for one in around if one.people), ())
        return Facets(
            {ref.id: None for ref in people},
            self._channels(self._relying.get(capability.id, ())),
            self._importance([capability.id]),
        )

    def _importance(self, capabilities: Iterable[str]) -> dict[str, None]:
        found: dict[str, None] = {}
        for id in capabilities:
            if self._blueprint.get(id) is None:
                continue
            for one in self._blueprint.line_of_holders(id):
                if isinstance(one, Capability) and one.importance is not None:
                    found[one.importance] = None
                    break
        return found
