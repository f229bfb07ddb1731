"""Where the schema of each declaration stands, below the folder or the address of all schemas.

The way is that of the package: `northwind/pharmacy/RefillRequested.json`. A name that some file system takes for
another one, or for a device, gets a number, which no name of a design has behind a hyphen.
"""

from __future__ import annotations

from collections import Counter

from cxc.model.blueprint import Blueprint
from cxc.model.data import Entity, EnumType, Error, Event, ValueType
from cxc.output.portable import same_file_key, unportable

DESCRIBED = (ValueType, Entity, EnumType, Event, Error)
"""The kinds of declaration that have a schema."""


def schema_path(id: str, blueprint: Blueprint) -> str:
    """Return where the schema of a declaration stands: `northwind/pharmacy/RefillRequested.json`."""
    return blueprint.derived(_paths)[id]


def _paths(blueprint: Blueprint) -> dict[str, str]:
    found: dict[str, str] = {}
    taken = Counter[str]()
    for declaration in (*blueprint.declarations, *blueprint.external):
        if isinstance(declaration, DESCRIBED):
            stem = declaration.id.partition(":")[2].replace(".", "/")
            key = same_file_key(stem)
            taken[key] += 1
            is_plain = taken[key] == 1 and unportable(f"{declaration.name}.json") is None
            found[declaration.id] = f"{stem}.json" if is_plain else f"{stem}-{taken[key]}.json"
    return found
