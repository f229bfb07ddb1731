"""What a principle can ask of the organisation and its customers, besides what is written there.

Each function is a property: its name, the type of what it returns and its description are those of the property.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from cxc.flow.teams import teams_of
from cxc.model.base import Named, Ref
from cxc.model.blueprint import Blueprint
from cxc.model.capability import Capability, Maturity, Process, System
from cxc.model.channel import Channel
from cxc.model.data import DataField
from cxc.model.journey import Journey, Step
from cxc.model.measure import Metric
from cxc.model.organisation import Partner, Persona, Purpose, Team, Tier
from cxc.model.service import Operation, Service
from cxc.principles.platform import journeys_of, service_steps
from cxc.principles.scene import Scene, once
from cxc.principles.view import told

# ---- every element --------------------------------------------------------------------------------------------------


@told(Named)
def word(element: Named, scene: Scene) -> str:
    """What it is: the kind of element, such as `team` or `partner`."""
    return element.kind


@told(Named)
def label(element: Named, scene: Scene) -> str:
    """What to call it before people: its title, or its name in words."""
    return element.label


@told(Named)
def package(element: Named, scene: Scene) -> str:
    """The package of a declaration; of a part of one, the declaration with its package."""
    return element.package


# ---- teams and partners ---------------------------------------------------------------------------------------------


def _steps_by_team(blueprint: Blueprint) -> Mapping[str, list[Step]]:
    found: dict[str, list[Step]] = defaultdict(list)
    for step in blueprint.every(Step):
        for team in teams_of(step, blueprint):
            found[team].append(step)
    return found


def _steps(owner: Named, scene: Scene) -> list[Step]:
    scene.doubt(bool(scene.blueprint.incomplete) and scene.blueprint.may_be_meant(owner))
    return list(scene.blueprint.derived(_steps_by_team).get(owner.id, ()))


@told(Team, "steps")
def team_steps(team: Team, scene: Scene) -> list[Step]:
    """The steps that it answers for."""
    return _steps(team, scene)


@told(Team, "journeys")
def team_journeys(team: Team, scene: Scene) -> list[Journey]:
    """The journeys with a step that it answers for."""
    return journeys_of(_steps(team, scene), scene)


@told(Team, "services")
def team_services(team: Team, scene: Scene) -> list[Service]:
    """The services that it answers for."""
    return scene.users(team, Service, "owner")


@told(Team, "channels")
def team_channels(team: Team, scene: Scene) -> list[Channel]:
    """The channels that it answers for."""
    return scene.users(team, Channel, "owner")


@told(Team, "processes")
def team_processes(team: Team, scene: Scene) -> list[Process]:
    """The processes that it answers for."""
    return scene.users(team, Process, "owner")


@told(Team, "systems")
def team_systems(team: Team, scene: Scene) -> list[System]:
    """The systems that it answers for."""
    return scene.users(team, System, "owner")


@told(Team, "capabilities")
def team_capabilities(team: Team, scene: Scene) -> list[Capability]:
    """The capabilities that it carries."""
    return scene.users(team, Capability, "people")


@told(Partner, "steps")
def partner_steps(partner: Partner, scene: Scene) -> list[Step]:
    """The steps that it answers for or supports."""
    return once([*_steps(partner, scene), *scene.users(partner, Step)])


@told(Partner, "services")
def partner_services(partner: Partner, scene: Scene) -> list[Service]:
    """The services that it answers for."""
    return scene.users(partner, Service, "owner")


@told(Partner, "capabilities")
def partner_capabilities(partner: Partner, scene: Scene) -> list[Capability]:
    """The capabilities that it carries or provides."""
    provided = scene.get((one for one in partner.provides if isinstance(one, Ref)), Capability)
    return once([*scene.users(partner, Capability, "people"), *provided])


# ---- customers ------------------------------------------------------------------------------------------------------


@told(Persona, "journeys")
def persona_journeys(persona: Persona, scene: Scene) -> list[Journey]:
    """The journeys that are this customer's."""
    return scene.users(persona, Journey, "persona")


@told(Tier)
def reachable(tier: Tier, scene: Scene) -> list[Journey]:
    """The journeys with a step on any of its channels."""
    steps = (step for channel in scene.get(tier.channels, Channel) for step in scene.users(channel, Step, "via"))
    return journeys_of(steps, scene)


@told(Purpose, "operations")
def purpose_operations(purpose: Purpose, scene: Scene) -> list[Operation]:
    """The operations that use personal data for it."""
    return scene.users(purpose, Operation, "purpose")


@told(Metric, "journeys")
def metric_journeys(metric: Metric, scene: Scene) -> list[Journey]:
    """The journeys that take it, as a whole or in a step."""
    return once([*scene.users(metric, Journey, "measures"), *journeys_of(metric_steps(metric, scene), scene)])


@told(Metric, "steps")
def metric_steps(metric: Metric, scene: Scene) -> list[Step]:
    """The steps that take it."""
    return scene.users(metric, Step, "measures")


# ---- capabilities ---------------------------------------------------------------------------------------------------


@told(Maturity)
def gap(maturity: Maturity, scene: Scene) -> int | None:
    """How many levels it is below the one it is to reach."""
    return None if maturity.target is None else max(0, maturity.target - maturity.current)


@told(Capability)
def parent(capability: Capability, scene: Scene) -> Capability | None:
    """The capability that it is a part of."""
    holder = scene.blueprint.holder(capability)
    return holder if isinstance(holder, Capability) else None


@told(Capability)
def level(capability: Capability, scene: Scene) -> int:
    """How deep it stands: 1 at the top."""
    return sum(1 for _ in scene.blueprint.line_of_holders(capability.id))


@told(Capability)
def means(capability: Capability, scene: Scene) -> list[str]:
    """Which of `people`, `process` and `system` it has."""
    scene.require([capability])
    present = {"people": capability.people, "process": capability.process, "system": capability.system}
    return [name for name, found in present.items() if found]


@told(Capability, "services")
def capability_services(capability: Capability, scene: Scene) -> list[Service]:
    """The services that realize it or a part of it."""
    return once(service for part in _below(capability) for service in scene.users(part, Service, "realizes"))


def _below(capability: Capability) -> list[Capability]:
    return [capability, *(part for one in capability.capabilities for part in _below(one))]


@told(Capability, "steps")
def capability_steps(capability: Capability, scene: Scene) -> list[Step]:
    """The steps that it stands behind: they name it or a part of it, or call a service that realizes it."""
    named = (step for part in _below(capability) for step in scene.users(part, Step, "capability"))
    called = (step for service in capability_services(capability, scene) for step in service_steps(service, scene))
    return once([*named, *called])


@told(Capability, "journeys")
def capability_journeys(capability: Capability, scene: Scene) -> list[Journey]:
    """The journeys that it stands behind."""
    return journeys_of(capability_steps(capability, scene), scene)


@told(DataField)
def holder(field: DataField, scene: Scene) -> str | None:
    """The name of what it is a part of."""
    found = scene.blueprint.holder(field)
    return found.name if isinstance(found, Named) else None
