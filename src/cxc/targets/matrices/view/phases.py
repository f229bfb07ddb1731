"""Capability × journey phase: where on customers' ways each capability is needed.

The ways themselves, and the channels on them, are left to the other views.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set

from cxc.model.blueprint import Blueprint
from cxc.model.capability import Capability
from cxc.model.journey import Journey, Step
from cxc.model.service import Service
from cxc.targets.escaping import one_line
from cxc.targets.matrices.axes import capability_axis, chain_axis, part
from cxc.targets.matrices.matrix import NONE, Axis, Cell, How, Kind, Matrix, Meaning, Observation, Part, Total

_MOST = 5


def phase_matrix(blueprint: Blueprint) -> Matrix:
    """Return the matrix of the steps that rely on each capability, by the phases of all journeys."""
    journeys = blueprint.every(Journey)
    chains: list[tuple[Part, Part]] = []
    needed: dict[tuple[str, str], dict[str, None]] = defaultdict(dict)
    for journey in journeys:
        for phase, steps in phases_of(journey):
            chains.append((part(journey), phase))
            for step in steps:
                for capability in _relied_on(blueprint, step):
                    # What is relied on is a part of all that is around it.
                    for around in blueprint.line_of_holders(capability):
                        needed[around.id, phase.id][step.id] = None
    rows = capability_axis(blueprint, {capability for capability, _ in needed})
    columns = chain_axis(("journey", "phase"), chains, sections=True)
    moments = {step.id for journey in journeys for step in journey.steps if step.moment_of_truth}
    cells = [[_count(needed.get((row, column)), moments) for column in columns.ids] for row in rows.ids]
    matrix = Matrix(
        name="capability-phase",
        title="Capability × journey phase",
        about="How many steps of each phase rely on a capability: they name it, or call an operation of a service that "
        "realizes it. A step that relies on a capability relies on all that this one is a part of, and counts once.",
        rows=rows,
        columns=columns,
        cells=cells,
        legend=(
            Meaning(Kind.NUMBER, "numbers", "So many steps of the phase rely on the capability."),
            Meaning(Kind.TEXT, _moments(1), "In brackets: so many of them decide what customers think of it all."),
            Meaning(Kind.NONE, "", "No step of the phase relies on it."),
        ),
        observations=(*_observations(blueprint, rows, cells), *_moments_on_nothing(blueprint, journeys)),
        row_total=Total("All phases", How.SUM),
    )
    return matrix.amounts()


def phases_of(journey: Journey) -> Iterator[tuple[Part, tuple[Step, ...]]]:
    """Yield the phases of a journey as parts of headings, with their steps.

    A phase has no name, so its id counts those of the same kind.
    """
    seen: Counter[str] = Counter()
    for phase in journey.phases:
        seen[phase.when] += 1
        name = phase.when if seen[phase.when] == 1 else f"{phase.when}_{seen[phase.when]}"
        title = one_line(phase.title or "")
        label = f"{phase.when.capitalize()}: {title}" if title else phase.when.capitalize()
        yield Part(f"phase:{journey.id.partition(':')[2]}.{name}", name, label), phase.steps


def _relied_on(blueprint: Blueprint, step: Step) -> dict[str, None]:
    """Return the ids of the capabilities a step relies on, each once."""
    found = dict.fromkeys(ref.id for ref in step.capability)
    for call in step.calls or ():
        operation = blueprint.get(call)
        service = blueprint.holder(operation) if operation is not None else None
        if isinstance(service, Service):
            found |= dict.fromkeys(ref.id for ref in service.realizes)
    return found


def _count(steps: Mapping[str, None] | None, moments: Set[str]) -> Cell:
    if not steps:
        return NONE
    deciding = len(steps.keys() & moments)
    return Cell(Kind.NUMBER, len(steps), _moments(deciding) if deciding else "", tuple(steps))


def _observations(blueprint: Blueprint, rows: Axis, cells: Sequence[Sequence[Cell]]) -> Iterator[Observation]:
    leaves, deciding = [], []
    for heading, row in zip(rows.headings, cells, strict=True):
        capability = blueprint[heading.id]
        if isinstance(capability, Capability) and not capability.capabilities:
            leaves.append((sum(int(cell.value) for cell in row if cell.kind is Kind.NUMBER), heading.label))
            if any(cell.detail for cell in row):
                deciding.append(heading.label)
    most = sorted((one for one in leaves if one[0]), key=lambda one: -one[0])[:_MOST]
    if most:
        yield Observation("Relied on most", tuple(f"{label} ({_steps(count)})" for count, label in most))
    if deciding:
        yield Observation("Behind moments of truth", tuple(deciding))
    unused = tuple(label for count, label in leaves if not count)
    if unused:
        yield Observation("Relied on by no step", unused)


def _moments_on_nothing(blueprint: Blueprint, journeys: Iterable[Journey]) -> Iterator[Observation]:
    labels = tuple(
        f"{part(step).label} ({part(journey).label})"
        for journey in journeys
        for step in journey.steps
        if step.moment_of_truth and not _relied_on(blueprint, step)
    )
    if labels:
        yield Observation("Moments of truth that rely on no capability", labels)


def _moments(count: int) -> str:
    return f"{count} moments of truth" if count != 1 else "1 moment of truth"


def _steps(count: int) -> str:
    return f"{count} steps" if count != 1 else "1 step"
