"""Which elements name which: both ways for the whole design, and what of other workspaces a design stands on.

How it is written down is left to `cxc.targets.model.writing`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from cxc.model.base import Declaration, Element, Named, Ref
from cxc.model.blueprint import Blueprint, with_members


class Relations(NamedTuple):
    """For each id the ids it names (`parents`) and those that name it (`children`), each once, as the text has them."""

    parents: Mapping[str, list[str]]
    children: Mapping[str, list[str]]


def relations(blueprint: Blueprint, own: Mapping[str, Named]) -> Relations:
    """Return who names whom; `own` holds the elements that have an entry even where it is empty."""
    parents: dict[str, dict[str, None]] = {id: {} for id in own}
    children: dict[str, dict[str, None]] = {id: {} for id in own}
    for use in blueprint.uses:
        if use.user in parents:
            parents[use.user][use.used] = None
            children.setdefault(use.used, {})[use.user] = None
    return Relations(
        {id: list(named) for id, named in parents.items()}, {id: list(naming) for id, naming in children.items()}
    )


def references(element: Element) -> Iterator[str]:
    """Yield the ids that an element, and what is in it, names."""
    return _ids(vars(element).values())


def _ids(values: Any) -> Iterator[str]:
    for value in values:
        if type(value) is Ref:
            yield value.id
        elif type(value) is tuple:
            yield from _ids(value)
        elif isinstance(value, Element):
            yield from _ids(vars(value).values())


def foundations(blueprint: Blueprint) -> list[Declaration]:
    """Return the declarations of other workspaces that the design names, and those that they name in turn.

    With them a published design can be read without the workspaces it depends on.
    """
    if not blueprint.external:
        return []
    holding = {member.id: top for top in blueprint.external for member in with_members(top)}
    needed: set[str] = set()
    waiting = [use.used for use in blueprint.uses]
    while waiting:
        top = holding.get(waiting.pop())
        if top is not None and top.id not in needed:
            needed.add(top.id)
            waiting += references(top)
    return [declaration for declaration in blueprint.external if declaration.id in needed]
