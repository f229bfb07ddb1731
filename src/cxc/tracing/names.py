"""From a name on the command line to an element: by name, as `Declaration.member`, with its package, or by id."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from cxc.diagnostics.suggestion import did_you_mean
from cxc.flow.dependencies import short_name
from cxc.model.base import Declaration, Named
from cxc.model.blueprint import Blueprint
from cxc.model.journey import Step
from cxc.model.service import Operation


class Found(NamedTuple):
    """The elements that a name may mean; where there are none, what was probably meant."""

    elements: tuple[Named, ...]
    suggestion: str | None = None


def find(name: str, blueprint: Blueprint, kinds: Iterable[type[Named]] = (Named,)) -> Found:
    """Return what a name means among the elements of some kinds.

    The whole name with its package comes first; then declarations before steps and operations, these before other
    members: a step is meant rather than the way an experience presents it.
    """
    kind, colon, wanted = name.rpartition(":")
    allowed = tuple(kinds)
    ranked: dict[int, list[Named]] = {}
    for id, element in blueprint.elements.items():
        if isinstance(element, allowed) and (not colon or id.startswith(f"{kind}:")):
            qualified = id.partition(":")[2]
            if qualified == wanted or qualified.endswith(f".{wanted}"):
                ranked.setdefault(0 if qualified == wanted else _rank(element), []).append(element)
    if ranked:
        return Found(tuple(ranked[min(ranked)]))
    return Found((), did_you_mean(name, _candidates(name, blueprint, allowed)))


def _rank(element: Named) -> int:
    return 1 if isinstance(element, Declaration) else 2 if isinstance(element, (Step, Operation)) else 3


def _candidates(name: str, blueprint: Blueprint, kinds: tuple[type[Named], ...]) -> Iterator[str]:
    """Yield the names of elements, written as long as the one that leads nowhere."""
    parts = name.rpartition(":")[2].count(".") + 1
    for id, element in blueprint.elements.items():
        if isinstance(element, kinds):
            kind, _, qualified = id.partition(":")
            suffix = ".".join(qualified.split(".")[-parts:])
            yield f"{kind}:{suffix}" if ":" in name else suffix


class Names:
    """What to call elements before people: by their short names, as far as these are clear."""

    def __init__(self, blueprint: Blueprint) -> None:
        self._blueprint = blueprint
        seen: set[str] = set()
        self._shared: set[str] = set()
        for element in blueprint.elements.values():
            if isinstance(element, Declaration):
                (self._shared if element.name in seen else seen).add(element.name)

    def of(self, element: Named) -> str:
        """Return the shortest clear name of an element."""
        short = short_name(element, self._blueprint)
        return element.id.partition(":")[2] if short.partition(".")[0] in self._shared else short


def listed(elements: Sequence[Named], most: int = 12) -> str:
    """Return the ids of elements, one a line, and how many more there are."""
    lines = [f"  {element.id}" for element in elements[:most]]
    if len(elements) > most:
        lines.append(f"  and {len(elements) - most} more")
    return "\n".join(lines)
