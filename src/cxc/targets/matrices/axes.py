"""Elements of the design as the headings of rows and columns, in the order of the source, each under a name of its own.

What stands where two headings meet is left to `view`.
"""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

from cxc.model.base import Named, words
from cxc.model.blueprint import Blueprint
from cxc.model.capability import Capability
from cxc.targets.escaping import one_line
from cxc.targets.matrices.matrix import Axis, Heading, Part

N = TypeVar("N", bound=Named)


def part(element: Named) -> Part:
    """Return an element as a part of a heading; a title that shows nothing gives way to the name."""
    return Part(element.id, element.name, one_line(element.label) or words(element.name))


def own_and_named(blueprint: Blueprint, classes: type[N] | tuple[type[N], ...], named: Collection[str]) -> list[N]:
    """Return the workspace's own declarations of some classes, then those of other workspaces that are `named`."""
    own = [element for element in blueprint.declarations if isinstance(element, classes)]
    others = [element for element in blueprint.external if isinstance(element, classes) and element.id in named]
    return [*own, *others]


def flat_axis(word: str, elements: Iterable[Named]) -> Axis:
    """Return the headings of elements that stand side by side."""
    return chain_axis((word,), [(part(element),) for element in elements])


def chain_axis(words: tuple[str, ...], chains: Sequence[tuple[Part, ...]], *, sections: bool = False) -> Axis:
    """Return headings of several levels; each level's labels are made unique within the one around it."""
    labels: dict[tuple[str, ...], str] = {}
    for depth in range(len(words)):
        siblings: dict[tuple[str, ...], dict[str, Part]] = defaultdict(dict)
        for chain in chains:
            siblings[tuple(outer.id for outer in chain[:depth])].setdefault(chain[depth].id, chain[depth])
        for around, parts in siblings.items():
            for id, label in unique_labels(list(parts.values())).items():
                labels[(*around, id)] = label
    return Axis(words, tuple(Heading(tuple(_relabelled(chain, labels))) for chain in chains), sections=sections)


def _relabelled(chain: tuple[Part, ...], labels: Mapping[tuple[str, ...], str]) -> Iterator[Part]:
    for depth, one in enumerate(chain):
        yield one._replace(label=labels[tuple(part.id for part in chain[: depth + 1])])


def capability_axis(blueprint: Blueprint, named: Collection[str] = ()) -> Axis:
    """Return the numbered tree of capabilities; from other workspaces those that are `named`, with what holds them."""
    rows: list[tuple[Capability, str, int, str]] = []

    def add(capability: Capability, number: str, level: int, parent: str, wanted: Callable[[Capability], bool]) -> None:
        rows.append((capability, number, level, parent))
        inner = [child for child in capability.capabilities if wanted(child)]
        for index, child in enumerate(inner, start=1):
            add(child, f"{number}.{index}", level + 1, capability.id, wanted)

    def is_needed(capability: Capability) -> bool:
        return capability.id in named or any(map(is_needed, capability.capabilities))

    own = [(top, lambda _: True) for top in blueprint.declarations if isinstance(top, Capability)]
    others = [(top, is_needed) for top in blueprint.external if isinstance(top, Capability) and is_needed(top)]
    for index, (top, wanted) in enumerate([*own, *others], start=1):
        add(top, str(index), 1, "", wanted)
    parts = [part(capability) for capability, *_ in rows]
    labels = unique_labels(parts)
    headings = [
        Heading((one._replace(label=labels[one.id]),), number, level, parent)
        for one, (_, number, level, parent) in zip(parts, rows, strict=True)
    ]
    return Axis(("capability",), tuple(headings), tree=True)


def unique_labels(parts: Sequence[Part]) -> dict[str, str]:
    """Return a label for each id; what reads alike gets its package in brackets, else its name, else a number.

    Labels that differ only in case, or only in how the same letters are encoded, read alike.
    """
    labels = {one.id: one.label for one in parts}
    for one in _alike(parts, labels):
        labels[one.id] = f"{one.label} ({_package(one)})"
    for one in _alike(parts, labels):
        labels[one.id] = f"{one.label} ({one.name})"
    # Names may differ only in case, and a title may be made to read as another one with its package or name.
    while alike := _alike(parts, labels):
        for number, one in enumerate(alike, start=1):
            labels[one.id] += f" ({number})"
    return labels


def _alike(parts: Sequence[Part], labels: Mapping[str, str]) -> list[Part]:
    """Return the parts whose label another one has too."""
    folded = {id: unicodedata.normalize("NFKC", label).casefold() for id, label in labels.items()}
    counts = Counter(folded.values())
    return [one for one in parts if counts[folded[one.id]] > 1]


def _package(one: Part) -> str:
    return one.id.partition(":")[2].rpartition(".")[0]
