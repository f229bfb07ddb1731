"""Capability × maturity: how well each capability works, how well it should, and where the difference weighs most.

With what it works is left to `means`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cxc.model.blueprint import Blueprint
from cxc.model.capability import Capability
from cxc.targets.matrices.axes import capability_axis, chain_axis
from cxc.targets.matrices.matrix import (
    Axis,
    Cell,
    Difference,
    How,
    Kind,
    Look,
    Matrix,
    Meaning,
    Observation,
    Part,
    Ramp,
    Scale,
    Total,
    Weighted,
)

IMPORTANCE_WEIGHTS = {"strategic": 3, "core": 2, "supporting": 1}
"""What a level of maturity counts in the score, by the importance of the capability."""

_MEASURES = ("current", "target", "gap", "importance", "score")
_LARGEST = 5


def maturity_matrix(blueprint: Blueprint) -> Matrix:
    """Return the matrix of current and target maturity, gap, importance and score."""
    rows = capability_axis(blueprint)
    cells = [_row(blueprint, blueprint[id]) for id in rows.ids]
    return Matrix(
        name="capability-maturity",
        title="Capability × maturity",
        about="How well each capability works today and is to work, from 1 (initial) to 5 (optimising). The gap is the "
        "target less the current level; the score is the gap times the weight of the importance (strategic "
        f"{IMPORTANCE_WEIGHTS['strategic']}, core {IMPORTANCE_WEIGHTS['core']}, supporting "
        f"{IMPORTANCE_WEIGHTS['supporting']}). A capability without an importance has that of the one around it.",
        rows=rows,
        columns=chain_axis(("measure",), [(Part(name, name, name.capitalize()),) for name in _MEASURES]),
        cells=cells,
        legend=(
            Meaning(Kind.NUMBER, "numbers", "A level, the difference of two levels, or the score."),
            Meaning(
                Kind.WORD,
                "strategic",
                f"Decides the organisation's success; weight {_weight('strategic')}.",
                "",
                Look.STRONG,
            ),
            Meaning(
                Kind.WORD, "core", f"Needed for what the organisation does; weight {_weight('core')}.", "", Look.MEDIUM
            ),
            Meaning(
                Kind.WORD, "supporting", f"Helps the other capabilities; weight {_weight('supporting')}.", "", Look.WEAK
            ),
            Meaning(Kind.NOT_APPLICABLE, "", "The capability is made of others, and only these have a maturity."),
            Meaning(Kind.UNKNOWN, "", "The design does not say, or not what is needed to work it out."),
        ),
        observations=tuple(_observations(rows, cells)),
        scales={
            "current": Scale(Ramp.LEVEL, 1, 5),
            "target": Scale(Ramp.LEVEL, 1, 5),
            "gap": Scale(Ramp.RISK, 0, 4),
            "score": Scale(Ramp.RISK, 0, 4 * max(IMPORTANCE_WEIGHTS.values())),
        },
        derived={
            "gap": Difference("target", "current"),
            "score": Weighted("gap", "importance", IMPORTANCE_WEIGHTS),
        },
        column_total=Total("Average", How.AVERAGE, columns=("current", "target", "gap", "score")),
    )


def _weight(importance: str) -> int:
    return IMPORTANCE_WEIGHTS[importance]


def _row(blueprint: Blueprint, capability: Capability) -> list[Cell]:
    importance = _importance(blueprint, capability)
    maturity = capability.maturity
    if maturity is None:
        nothing = Cell(Kind.NOT_APPLICABLE if capability.capabilities else Kind.UNKNOWN)
        return [nothing, nothing, nothing, importance, nothing]
    current = Cell(Kind.NUMBER, maturity.current)
    if maturity.target is None:
        return [current, Cell(Kind.UNKNOWN), Cell(Kind.UNKNOWN), importance, Cell(Kind.UNKNOWN)]
    gap = maturity.target - maturity.current
    known = importance.kind is Kind.WORD
    score = Cell(Kind.NUMBER, gap * _weight(str(importance.value))) if known else Cell(Kind.UNKNOWN)
    return [current, Cell(Kind.NUMBER, maturity.target), Cell(Kind.NUMBER, gap), importance, score]


def _importance(blueprint: Blueprint, capability: Capability) -> Cell:
    """Return the importance of a capability, or else that of the nearest one around it that has one."""
    for around in blueprint.line_of_holders(capability.id):
        if isinstance(around, Capability) and around.importance is not None:
            return Cell(Kind.WORD, around.importance, trace=() if around is capability else (around.id,))
    return Cell(Kind.UNKNOWN)


def _observations(rows: Axis, cells: Sequence[Sequence[Cell]]) -> Iterator[Observation]:
    scored = [
        (int(row[-1].value), heading.label)
        for heading, row in zip(rows.headings, cells, strict=True)
        if row[-1].kind is Kind.NUMBER and int(row[-1].value) > 0
    ]
    # Sorting is stable: what scores alike stays in the order of the source.
    largest = sorted(scored, key=lambda one: -one[0])[:_LARGEST]
    if largest:
        yield Observation("Largest scores", tuple(f"{label} ({score})" for score, label in largest))
    for text, column in (("Maturity not said", 0), ("Target not said", 1)):
        # Where the level of today is not said either, that is said once.
        labels = tuple(
            heading.label
            for heading, row in zip(rows.headings, cells, strict=True)
            if next((at for at, cell in enumerate(row) if cell.kind is Kind.UNKNOWN), None) == column
        )
        if labels:
            yield Observation(text, labels)
