"""Capability × means: with which people, processes, information and systems capabilities work, in one and each apart.

How well it works is left to `maturity`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from cxc.model.base import Named, Ref
from cxc.model.blueprint import Blueprint
from cxc.model.capability import Capability, Process, System
from cxc.model.data import Entity
from cxc.model.organisation import Partner, Team
from cxc.targets.escaping import one_line
from cxc.targets.matrices.axes import capability_axis, chain_axis, flat_axis, own_and_named
from cxc.targets.matrices.matrix import NONE, Axis, Cell, Heading, Kind, Look, Matrix, Meaning, Observation, Part, Total

_IN_WORDS = Part("words", "words", "Only in words")


class _Means(NamedTuple):
    """One of the four: the property that names it, the word of its columns, and what they are."""

    name: str
    word: str
    classes: tuple[type[Named], ...]
    plural: str


_MEANS = (
    _Means("people", "people", (Team, Partner), "teams and partners"),
    _Means("process", "process", (Process,), "processes"),
    _Means("information", "entity", (Entity,), "entities"),
    _Means("system", "system", (System,), "systems"),
)


def means_matrices(blueprint: Blueprint) -> tuple[Matrix, ...]:
    """Return the matrix with one column for each of the four means, and one matrix for each of the four."""
    rows = capability_axis(blueprint)
    capabilities: list[Capability] = [blueprint[id] for id in rows.ids]
    columns = {means.name: _columns(blueprint, means, capabilities) for means in _MEANS}
    single = [_one_means(means, rows, capabilities, columns[means.name]) for means in _MEANS]
    return _all_means(rows, capabilities, columns), *single


def _values(capability: Capability, means: _Means) -> tuple[Any, ...]:
    values: tuple[Any, ...] = getattr(capability, means.name)
    return values


def _named(capability: Capability, means: _Means) -> list[str]:
    """Return the ids of what a capability itself works with, each once."""
    return list(dict.fromkeys(value.id for value in _values(capability, means) if isinstance(value, Ref)))


def _in_words(capability: Capability, means: _Means) -> list[str]:
    return [one_line(value) for value in _values(capability, means) if isinstance(value, str)]


def _columns(blueprint: Blueprint, means: _Means, capabilities: Sequence[Capability]) -> Axis:
    named = {id for capability in capabilities for id in _named(capability, means)}
    return flat_axis(means.word, own_and_named(blueprint, means.classes, named))


# ---- the four together ----------------------------------------------------------------------------------------------


def _all_means(rows: Axis, capabilities: Sequence[Capability], columns: Mapping[str, Axis]) -> Matrix:
    labels = {name: {heading.id: heading.label for heading in axis.headings} for name, axis in columns.items()}
    cells = [[_list_cell(capability, means, labels[means.name]) for means in _MEANS] for capability in capabilities]
    return Matrix(
        name="capability-means",
        title="Capability × means",
        about="With whom, how, with what knowledge and on which systems each capability works, as it says itself. A "
        "capability that is made of others may leave this to them.",
        rows=rows,
        columns=chain_axis(("means",), [(Part(means.name, means.name, means.name.capitalize()),) for means in _MEANS]),
        cells=cells,
        legend=(
            Meaning(Kind.TEXT, "names", "What the capability works with, divided by semicolons."),
            Meaning(Kind.NOT_APPLICABLE, "", "The capability is made of others, and leaves this to them."),
            Meaning(Kind.UNKNOWN, "", "The design does not say."),
        ),
        observations=tuple(
            Observation(f"{means.name.capitalize()} not said", missing)
            for column, means in enumerate(_MEANS)
            if (missing := tuple(_missing(rows, cells, column)))
        ),
    )


def _list_cell(capability: Capability, means: _Means, labels: Mapping[str, str]) -> Cell:
    ids = [id for id in _named(capability, means) if id in labels]
    names = [*(labels[id] for id in ids), *_in_words(capability, means)]
    if names:
        return Cell(Kind.TEXT, "; ".join(names), trace=tuple(ids))
    return Cell(Kind.NOT_APPLICABLE if capability.capabilities else Kind.UNKNOWN)


def _missing(rows: Axis, cells: Sequence[Sequence[Cell]], column: int) -> Iterator[str]:
    for heading, row in zip(rows.headings, cells, strict=True):
        if row[column].kind is Kind.UNKNOWN:
            yield heading.label


# ---- each of the four -----------------------------------------------------------------------------------------------


def _one_means(means: _Means, rows: Axis, capabilities: Sequence[Capability], columns: Axis) -> Matrix:
    own = {capability.id: set(_named(capability, means)) for capability in capabilities}
    below = {capability.id: _through_parts(capability, own) for capability in capabilities}
    has_words = any(_in_words(capability, means) for capability in capabilities)
    if has_words:
        columns = Axis(columns.words, (*columns.headings, Heading((_IN_WORDS,))))
    cells = []
    for capability in capabilities:
        row = [_link(id, own[capability.id], below[capability.id]) for id in columns.ids]
        if has_words:
            words = _in_words(capability, means)
            row[-1] = Cell(Kind.TEXT, "; ".join(words)) if words else NONE
        cells.append(row)
    unused = _unused(columns, cells)
    return Matrix(
        name=f"capability-{means.name}",
        title=f"Capability × {means.name}",
        about=f"Which {means.plural} each capability works with, itself or through the capabilities it is made of.",
        rows=rows,
        columns=columns,
        cells=cells,
        legend=(
            Meaning(Kind.WORD, "direct", "The capability itself names it.", "●", Look.STRONG),
            Meaning(Kind.WORD, "part", "Only a capability that it is made of names it.", "○", Look.WEAK),
            *((Meaning(Kind.TEXT, "words", "What is named only in words, divided by semicolons."),) * has_words),
            Meaning(Kind.NONE, "", "The capability does not work with it."),
        ),
        observations=(Observation("Named by no capability", unused),) if unused else (),
        row_total=Total(means.plural.capitalize()),
        column_total=Total("Capabilities that name it", mark="●"),
    )


def _through_parts(capability: Capability, own: Mapping[str, set[str]]) -> dict[str, list[str]]:
    """Return what the capabilities inside one work with, each with the ids of those that name it."""
    found: dict[str, list[str]] = {}
    for child in capability.capabilities:
        for id in own[child.id]:
            found.setdefault(id, []).append(child.id)
        for id, naming in _through_parts(child, own).items():
            found.setdefault(id, []).extend(naming)
    return found


def _link(id: str, own: set[str], below: Mapping[str, list[str]]) -> Cell:
    if id in own:
        return Cell(Kind.WORD, "direct", trace=tuple(below.get(id, ())))
    return Cell(Kind.WORD, "part", trace=tuple(below[id])) if id in below else NONE


def _unused(columns: Axis, cells: Sequence[Sequence[Cell]]) -> tuple[str, ...]:
    if not cells:
        return ()
    return tuple(
        heading.label
        for heading, column in zip(columns.headings, zip(*cells, strict=True), strict=True)
        if all(cell is NONE for cell in column)
    )
