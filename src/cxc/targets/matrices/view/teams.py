"""Team × journey: for how many steps each team answers, and the seams between it and others.

Who stands behind a capability is left to `means`.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from cxc.flow import flow_of
from cxc.flow.seams import Seam, seams_of
from cxc.flow.teams import teams_of
from cxc.model.blueprint import Blueprint
from cxc.model.journey import Journey, Step
from cxc.model.organisation import Partner, Team
from cxc.targets.matrices.axes import flat_axis, own_and_named, part
from cxc.targets.matrices.matrix import NONE, Axis, Cell, How, Kind, Matrix, Meaning, Observation, Total

_MOST = 5


@dataclass
class _Share:
    """What a team has to do with a journey: the steps that it answers for, and the seams it has part in."""

    steps: list[str] = field(default_factory=list)
    seams: list[Seam] = field(default_factory=list)


def team_matrix(blueprint: Blueprint) -> Matrix:
    """Return the matrix of the steps of each journey that teams answer for, with their seams."""
    journeys = blueprint.every(Journey)
    seams = {journey.id: tuple(seams_of(flow_of(journey, blueprint).graph, blueprint)) for journey in journeys}
    shares: dict[tuple[str, str], _Share] = defaultdict(_Share)
    without: list[tuple[Journey, Step]] = []
    for journey in journeys:
        for step in journey.steps:
            teams = teams_of(step, blueprint)
            for team in teams:
                shares[team, journey.id].steps.append(step.id)
            if not teams:
                without.append((journey, step))
        for seam in seams[journey.id]:
            for team in seam.teams:
                shares[team, journey.id].seams.append(seam)
    rows = flat_axis("team", _teams(blueprint, {team for team, _ in shares}))
    columns = flat_axis("journey", journeys)
    matrix = Matrix(
        name="team-journey",
        title="Team × journey",
        about="For how many steps of each journey a team or partner answers: it owns a service that the step calls, "
        "or, where the step calls none, works backstage or owns the process there. A seam is a way to a step of other "
        "teams on which nothing is carried, so that customers must explain themselves again.",
        rows=rows,
        columns=columns,
        cells=[[_cell(shares.get((team, journey))) for journey in columns.ids] for team in rows.ids],
        legend=(
            Meaning(Kind.NUMBER, "numbers", "The team answers for so many steps of the journey."),
            Meaning(Kind.TEXT, "2 seams", "In brackets: so many seams lead from its steps to other teams, or to them."),
            Meaning(Kind.NONE, "", "The team answers for no step of the journey."),
        ),
        observations=tuple(_observations(blueprint, rows, columns, shares, seams, without)),
        row_total=Total("All journeys", How.SUM),
    )
    return matrix.amounts()


def _teams(blueprint: Blueprint, answering: set[str]) -> list[Team | Partner]:
    """Return all teams, and the partners that answer for a step."""
    elements: list[Team | Partner] = own_and_named(blueprint, (Team, Partner), answering)
    return [element for element in elements if isinstance(element, Team) or element.id in answering]


def _cell(share: _Share | None) -> Cell:
    if share is None:
        return NONE
    return Cell(Kind.NUMBER, len(share.steps), _counted(share.seams) if share.seams else "", tuple(share.steps))


def _counted(seams: Sequence[Seam]) -> str:
    return f"{len(seams)} seams" if len(seams) != 1 else "1 seam"


# ---- what strikes ---------------------------------------------------------------------------------------------------


def _observations(
    blueprint: Blueprint,
    rows: Axis,
    columns: Axis,
    shares: Mapping[tuple[str, str], _Share],
    seams: Mapping[str, Sequence[Seam]],
    without: Iterable[tuple[Journey, Step]],
) -> Iterator[Observation]:
    journeys = {heading.id: heading.label for heading in columns.headings}
    teams = {heading.id: heading.label for heading in rows.headings}
    places = {id: place for place, id in enumerate(teams)}
    pairs = Counter(
        tuple(sorted((one, other), key=places.__getitem__))
        for found in seams.values()
        for seam in found
        for one in seam.left
        for other in seam.entered
    )
    most = sorted(((found, journeys[id]) for id, found in seams.items() if found), key=lambda one: -len(one[0]))
    made_of_others = {team.parent.id for team in blueprint.every(Team) if team.parent is not None}
    answering = {team for team, _ in shares}
    for text, labels in (
        ("Journeys with most seams", [f"{label} ({_counted(found)})" for found, label in most[:_MOST]]),
        (
            "Teams with most seams between them",
            [f"{teams[one]} and {teams[other]} ({count})" for (one, other), count in pairs.most_common(_MOST)],
        ),
        ("Answer for no step", [label for id, label in teams.items() if id not in answering | made_of_others]),
        (
            "Steps that no team answers for",
            [f"{part(step).label} ({journeys[journey.id]})" for journey, step in without],
        ),
    ):
        if labels:
            yield Observation(text, tuple(labels))
