"""What a principle can ask of journeys, phases, steps and how they are presented, besides what is written there.

Each function is a property: its name, the type of what it returns and its description are those of the property.
"""

from __future__ import annotations

from datetime import timedelta

from cxc.flow import Flow, flow_of
from cxc.flow.known import experiences_of, presentations_of
from cxc.flow.promises import called, step_availability, step_latency
from cxc.flow.repeats import asked_again
from cxc.flow.seams import seams_of
from cxc.flow.teams import service_of, teams_of
from cxc.model.base import Ref
from cxc.model.capability import Capability
from cxc.model.channel import ASSISTED_KINDS, Channel, Experience, Presentation
from cxc.model.journey import Journey, Phase, Step
from cxc.model.organisation import LifeEvent, Partner, Team, Tier
from cxc.model.service import Operation, Service
from cxc.principles.scene import Scene, once
from cxc.principles.view import told

_NOISE = 12
"""The digits of a calculated share that count: 0.9 is 0.9, however it was added up."""


def _flow(journey: Journey, scene: Scene) -> Flow:
    """Return the flow of a journey for what is read off its steps and the ways between them."""
    flow = flow_of(journey, scene.blueprint)
    scene.doubt(not flow.is_understood)
    return flow


def _share(value: float | None) -> float | None:
    return None if value is None else round(value, _NOISE)


def _duration(milliseconds: float | None) -> timedelta | None:
    return None if milliseconds is None else timedelta(milliseconds=round(milliseconds, 3))


# ---- journeys -------------------------------------------------------------------------------------------------------


@told(Journey)
def steps(journey: Journey, scene: Scene) -> list[Step]:
    """Its steps in the order of the text, of all phases."""
    return list(journey.steps)


@told(Journey)
def self_service(journey: Journey, scene: Scene) -> float | None:
    """The share of customers, from 0 to 1, who reach an end without a step that only people serve."""
    flow = _flow(journey, scene)
    scene.require(channel for step in journey.steps for channel in flow.channels_of(step))
    return _share(flow.self_service)


@told(Journey)
def expected_duration(journey: Journey, scene: Scene) -> timedelta | None:
    """How long customers wait on the way as a rule, from the waits of its steps; missing where they never arrive."""
    return _duration(_flow(journey, scene).expected_duration)


@told(Journey)
def longest_duration(journey: Journey, scene: Scene) -> timedelta | None:
    """How long customers wait on the way at most; missing where a loop with a wait in it has no bound."""
    return _duration(_flow(journey, scene).longest_duration)


@told(Journey)
def availability(journey: Journey, scene: Scene) -> float | None:
    """The share of customers, from 0 to 1, who find all that their steps call at work; missing where nothing says."""
    flow = _flow(journey, scene)
    scene.require(service for step in journey.steps for service in services_of(step, scene))
    return _share(flow.availability)


@told(Journey)
def channels(journey: Journey, scene: Scene) -> list[Channel]:
    """The channels that serve any of its steps."""
    return list(_flow(journey, scene).channels)


@told(Journey)
def services(journey: Journey, scene: Scene) -> list[Service]:
    """The services that its steps call."""
    return once(service for step in _flow(journey, scene).journey.steps for service in services_of(step, scene))


@told(Journey)
def operations(journey: Journey, scene: Scene) -> list[Operation]:
    """The operations that its steps call."""
    return once(one for step in _flow(journey, scene).journey.steps for one in called(step, scene.blueprint))


@told(Journey)
def capabilities(journey: Journey, scene: Scene) -> list[Capability]:
    """The capabilities behind its steps: those they name, and those that the services they call realize."""
    return once(one for step in _flow(journey, scene).journey.steps for one in capabilities_of(step, scene))


@told(Journey)
def teams(journey: Journey, scene: Scene) -> list[Team | Partner]:
    """The teams and partners that answer for its steps."""
    return once(team for step in _flow(journey, scene).journey.steps for team in answering(step, scene))


@told(Journey)
def experiences(journey: Journey, scene: Scene) -> list[Experience]:
    """How channels present it."""
    scene.doubt(scene.blueprint.may_be_meant(journey, "journey"))
    return list(experiences_of(journey, scene.blueprint))


@told(Journey)
def lifeevents(journey: Journey, scene: Scene) -> list[LifeEvent]:
    """The life events that start it, whichever side says so."""
    named = scene.get(journey.lifeevent, LifeEvent)
    return once([*named, *scene.users(journey, LifeEvent, "journeys")])


@told(Journey)
def tiers(journey: Journey, scene: Scene) -> list[Tier]:
    """The tiers that promise it."""
    return scene.users(journey, Tier, "journeys")


@told(Journey)
def seams(journey: Journey, scene: Scene) -> int:
    """How many ways lead from one team to another with nothing carried over."""
    flow = _flow(journey, scene)
    scene.require(service for step in journey.steps for service in services_of(step, scene))
    return sum(1 for _ in seams_of(flow.graph, scene.blueprint))


@told(Journey)
def asked_twice(journey: Journey, scene: Scene) -> int:
    """How many times its experiences ask for what is known already."""
    flow = flow_of(journey, scene.blueprint)
    scene.doubt(not flow.is_certain)
    found = asked_again(flow.knowledge)
    return len({(repeat.presentation.id, repeat.asked.id) for repeat in found})


@told(Journey)
def loops(journey: Journey, scene: Scene) -> int:
    """How many groups of steps there are that customers can go round in."""
    return len(_flow(journey, scene).graph.loops)


@told(Journey)
def moments_of_truth(journey: Journey, scene: Scene) -> list[Step]:
    """Its moments of truth."""
    return [step for step in _flow(journey, scene).journey.steps if step.moment_of_truth]


@told(Journey)
def has_follow_up(journey: Journey, scene: Scene) -> bool:
    """Whether a step after what the customer came for takes a metric."""
    _flow(journey, scene)
    return any(step.measures for phase in journey.phases if phase.when == "after" for step in phase.steps)


@told(Journey)
def measured(journey: Journey, scene: Scene) -> bool:
    """Whether it, or any of its steps, takes a metric."""
    _flow(journey, scene)
    return bool(journey.measures) or any(step.measures for step in journey.steps)


# ---- phases and steps -----------------------------------------------------------------------------------------------


@told(Phase, "journey")
def phase_journey(phase: Phase, scene: Scene) -> Journey:
    """The journey that it is a part of."""
    return scene.blueprint.derived(_journeys_of_phases)[id(phase)]


def _journeys_of_phases(blueprint: object) -> dict[int, Journey]:
    from cxc.model.blueprint import Blueprint

    assert isinstance(blueprint, Blueprint)
    journeys = [one for one in blueprint.elements.values() if isinstance(one, Journey)]
    return {id(phase): journey for journey in journeys for phase in journey.phases}


def _journey_of(step: Step, scene: Scene) -> Journey | None:
    holder = scene.blueprint.holder(step)
    return holder if isinstance(holder, Journey) else None


def services_of(step: Step, scene: Scene) -> list[Service]:
    """Return the services that a step calls, each once."""
    found = (service_of(operation, scene.blueprint) for operation in called(step, scene.blueprint))
    return once(service for service in found if service is not None)


def capabilities_of(step: Step, scene: Scene) -> list[Capability]:
    """Return the capabilities behind a step, each once."""
    behind = services_of(step, scene)
    scene.require(behind)
    refs: list[Ref[Capability]] = [*step.capability, *(ref for service in behind for ref in service.realizes)]
    return scene.get(refs, Capability)


def answering(step: Step, scene: Scene) -> list[Team | Partner]:
    """Return the teams and partners that answer for a step."""
    scene.require(services_of(step, scene))
    found = (scene.blueprint.get(id) for id in teams_of(step, scene.blueprint))
    return [one for one in found if isinstance(one, (Team, Partner))]


@told(Step, "journey")
def step_journey(step: Step, scene: Scene) -> Journey | None:
    """The journey that it is a step of."""
    return _journey_of(step, scene)


@told(Step, "phase")
def step_phase(step: Step, scene: Scene) -> Phase | None:
    """The phase that it stands in."""
    journey = _journey_of(step, scene)
    phases = journey.phases if journey else ()
    return next((phase for phase in phases if any(one is step for one in phase.steps)), None)


@told(Step, "channels")
def step_channels(step: Step, scene: Scene) -> list[Channel]:
    """The channels that serve it, as `via` says."""
    return scene.get(step.via or (), Channel)


@told(Step, "operations")
def step_operations(step: Step, scene: Scene) -> list[Operation]:
    """The operations that it calls, as `calls` says."""
    return once(called(step, scene.blueprint))


@told(Step, "services")
def step_services(step: Step, scene: Scene) -> list[Service]:
    """The services whose operations it calls."""
    return services_of(step, scene)


@told(Step, "capabilities")
def step_capabilities(step: Step, scene: Scene) -> list[Capability]:
    """The capabilities behind it: those it names, and those that the services it calls realize."""
    return capabilities_of(step, scene)


@told(Step, "teams")
def step_teams(step: Step, scene: Scene) -> list[Team | Partner]:
    """The teams and partners that answer for it: who owns the services it calls, else who works backstage."""
    return answering(step, scene)


@told(Step, "assisted")
def step_assisted(step: Step, scene: Scene) -> bool:
    """Whether only people serve it: it has channels, and they serve on each of them."""
    found = scene.get(step.via or (), Channel)
    scene.require(found)
    return bool(found) and all(channel.sort in ASSISTED_KINDS for channel in found)


@told(Step, "reached")
def step_reached(step: Step, scene: Scene) -> bool:
    """Whether some way leads a customer to it."""
    journey = _journey_of(step, scene)
    return journey is not None and step.id in _flow(journey, scene).graph.reached


@told(Step, "next")
def step_next(step: Step, scene: Scene) -> list[Step]:
    """The steps that ways lead to from it, also those that failures take."""
    journey = _journey_of(step, scene)
    ways = _flow(journey, scene).graph.ways.onward.get(step.id, ()) if journey else ()
    return once(way.target for way in ways if way.target is not None)


@told(Step, "availability")
def step_availability_behind(step: Step, scene: Scene) -> float | None:
    """The share of time, from 0 to 1, in which all that it calls is at work; missing where nothing says."""
    scene.require(services_of(step, scene))
    return _share(step_availability(step, scene.blueprint))


@told(Step, "latency")
def step_latency_behind(step: Step, scene: Scene) -> timedelta | None:
    """How long all that it calls takes to answer, one after the other; missing where nothing says."""
    return _duration(step_latency(step, scene.blueprint))


@told(Step, "presentations")
def step_presentations(step: Step, scene: Scene) -> list[Presentation]:
    """How channels present it."""
    journey = _journey_of(step, scene)
    scene.doubt(journey is not None and not flow_of(journey, scene.blueprint).is_certain)
    found = presentations_of(journey, scene.blueprint) if journey else {}
    return [one for state, presentations in found.items() if state.step == step.id for one in presentations]


# ---- experiences ----------------------------------------------------------------------------------------------------


@told(Presentation, "experience")
def presentation_experience(presentation: Presentation, scene: Scene) -> Experience | None:
    """The experience that it is a part of."""
    holder = scene.blueprint.holder(presentation)
    return holder if isinstance(holder, Experience) else None


@told(Presentation, "channel")
def presentation_channel(presentation: Presentation, scene: Scene) -> Channel | None:
    """The channel that presents the step so."""
    holder = presentation_experience(presentation, scene)
    found = scene.blueprint.get(holder.channel) if holder else None
    return found if isinstance(found, Channel) else None
