"""Service × channel and operation × channel: what of the platform customers can do where.

Which steps of a journey a channel serves is left to `steps`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from cxc.model.blueprint import Blueprint
from cxc.model.service import Operation, Service
from cxc.targets.matrices.axes import chain_axis, flat_axis, own_and_named, part
from cxc.targets.matrices.matrix import Axis, Cell, Kind, Look, Matrix, Meaning, Observation, Total
from cxc.targets.matrices.view.reach import ASSISTED_ON, Reach, assisted_channels, channel_axis, reach_of, who_assists

_NOT_CALLED = Cell(Kind.NOT_APPLICABLE)


class _Offer(NamedTuple):
    """A service, and those of its operations that have a row."""

    service: Service
    operations: tuple[Operation, ...]


def service_matrices(blueprint: Blueprint) -> tuple[Matrix, Matrix]:
    """Return the matrices of the channels on which services, and single operations, are offered."""
    reach = reach_of(blueprint)
    offers = _services(blueprint, reach)
    channels = channel_axis(blueprint)
    assisted = assisted_channels(blueprint, channels)
    return _by_service(offers, channels, reach, assisted), _by_operation(offers, channels, reach, assisted)


def _services(blueprint: Blueprint, reach: Reach) -> list[_Offer]:
    """Return the workspace's services with all operations, and those of others with the operations that are called."""
    called = [blueprint.get(operation) for operation in (*reach.steps, *reach.unsaid)]
    holding = {blueprint.holders[operation.id] for operation in called if operation is not None}
    own = {service.id for service in blueprint.every(Service)}
    return [
        _Offer(service, tuple(one for one in service.operations if service.id in own or one.id in reach))
        for service in own_and_named(blueprint, Service, holding)
    ]


# ---- services -------------------------------------------------------------------------------------------------------


def _by_service(offers: Sequence[_Offer], channels: Axis, reach: Reach, assisted: frozenset[str]) -> Matrix:
    cells = []
    for offer in offers:
        used = [operation.id for operation in offer.operations if operation.id in reach]
        cells.append([_service_cell(used, channel, reach, channel in assisted) for channel in channels.ids])
    rows = flat_axis("service", [offer.service for offer in offers])
    return Matrix(
        name="service-channel",
        title="Service × channel",
        about="How much of each service customers reach on each channel. What counts are the operations that steps of "
        "journeys call; a channel offers an operation where a step that it serves calls it.",
        rows=rows,
        columns=channels,
        cells=cells,
        legend=(
            Meaning(
                Kind.WORD, "full", "Customers reach all operations of the service that journeys call.", "", Look.STRONG
            ),
            Meaning(
                Kind.WORD,
                "partial",
                "They reach some of these operations; how many stands in brackets.",
                "",
                Look.MEDIUM,
            ),
            Meaning(
                Kind.WORD,
                "assisted",
                f"They reach all, or as many as stand in brackets, and {ASSISTED_ON}.",
                "",
                Look.OTHER,
            ),
            Meaning(Kind.NOT_OFFERED, "", "Journeys call operations of the service, but none on this channel."),
            Meaning(Kind.NOT_APPLICABLE, "", "No journey calls an operation of the service on any channel."),
            Meaning(Kind.UNKNOWN, "", "The steps that call its operations do not say their channels."),
        ),
        observations=(*who_assists(channels, assisted), *_observations(rows, cells)),
        row_total=Total("Channels"),
        column_total=Total("Services reached"),
    )


def _service_cell(used: Sequence[str], channel: str, reach: Reach, assisted: bool) -> Cell:
    if not used:
        return _NOT_CALLED
    offered = [operation for operation in used if channel in reach.steps.get(operation, ())]
    if not offered:
        unsaid = [operation for operation in used if operation in reach.unsaid]
        return Cell(Kind.UNKNOWN, trace=tuple(unsaid)) if unsaid else Cell(Kind.NOT_OFFERED)
    word = "assisted" if assisted else "full" if len(offered) == len(used) else "partial"
    return Cell(Kind.WORD, word, f"{len(offered)} of {len(used)}" if len(offered) < len(used) else "", tuple(offered))


# ---- operations -----------------------------------------------------------------------------------------------------


def _by_operation(offers: Sequence[_Offer], channels: Axis, reach: Reach, assisted: frozenset[str]) -> Matrix:
    chains = [(part(offer.service), part(operation)) for offer in offers for operation in offer.operations]
    rows = chain_axis(("service", "operation"), chains)
    cells = [
        [_operation_cell(operation, channel, reach, channel in assisted) for channel in channels.ids]
        for operation in rows.ids
    ]
    return Matrix(
        name="operation-channel",
        title="Operation × channel",
        about="On which channels customers reach each operation: a channel offers it where a step that the channel "
        "serves calls it.",
        rows=rows,
        columns=channels,
        cells=cells,
        legend=(
            Meaning(Kind.WORD, "offered", "A step that the channel serves calls the operation.", "", Look.STRONG),
            Meaning(Kind.WORD, "assisted", f"The same, and {ASSISTED_ON}.", "", Look.OTHER),
            Meaning(Kind.NOT_OFFERED, "", "Steps call the operation, but none on this channel."),
            Meaning(Kind.NOT_APPLICABLE, "", "No step calls the operation on any channel."),
            Meaning(Kind.UNKNOWN, "", "The steps that call it do not say their channels."),
        ),
        observations=(*who_assists(channels, assisted), *_observations(rows, cells)),
        row_total=Total("Channels"),
        column_total=Total("Operations reached"),
    )


def _operation_cell(operation: str, channel: str, reach: Reach, assisted: bool) -> Cell:
    if operation not in reach:
        return _NOT_CALLED
    steps = reach.steps.get(operation, {}).get(channel)
    if not steps:
        unsaid = reach.unsaid.get(operation)
        return Cell(Kind.UNKNOWN, trace=tuple(unsaid)) if unsaid else Cell(Kind.NOT_OFFERED)
    return Cell(Kind.WORD, "assisted" if assisted else "offered", trace=tuple(steps))


# ---- both -----------------------------------------------------------------------------------------------------------


def _observations(rows: Axis, cells: Sequence[Sequence[Cell]]) -> Iterator[Observation]:
    one_channel, by_people, not_called = [], [], []
    for heading, row in zip(rows.headings, cells, strict=True):
        words = [cell.value for cell in row if cell.kind is Kind.WORD]
        label = heading.label if len(heading.parts) == 1 else f"{heading.label} ({heading.parts[0].label})"
        if len(words) == 1 and len(row) > 1:
            one_channel.append(label)
        if words and all(word == "assisted" for word in words):
            by_people.append(label)
        if row and all(cell is _NOT_CALLED for cell in row):
            not_called.append(label)
    for text, labels in (
        ("On one channel only", one_channel),
        ("By people only", by_people),
        ("Called by no journey", not_called),
    ):
        if labels:
            yield Observation(text, tuple(labels))
