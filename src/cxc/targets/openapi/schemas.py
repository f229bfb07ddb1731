"""Schemas as components of OpenAPI documents: each referred to by its name.

What a type is in JSON Schema is said in `cxc.targets.jsonschema.types`; names are left to `names`.
"""

from __future__ import annotations

from typing import Any

from cxc.model.blueprint import Blueprint
from cxc.targets.jsonschema.types import Side, TypeSchemas, Uses
from cxc.targets.jsonschema.values import Schema
from cxc.targets.openapi.names import MONEY, ComponentNames


def refer(section: str, name: str, uses: Uses) -> Schema:
    """Return a reference to a component, and note it in `uses`."""
    uses[section, name] = None
    return {"$ref": f"#/components/{section}/{name}"}


class Schemas(TypeSchemas):
    """Makes the schemas of one build."""

    def __init__(self, blueprint: Blueprint, names: ComponentNames) -> None:
        super().__init__(blueprint)
        self.names = names
        self.declared: dict[str, tuple[str, Side]] = {}
        """For each component that was referred to, the declaration and the side it is for."""

    def refer_to(self, declaration: Any, side: Side, uses: Uses) -> Schema:
        """Return a reference to the component of a declaration."""
        name = self.names.of(declaration.id, side)
        self.declared[name] = declaration.id, side
        return refer("schemas", name, uses)

    def money(self, uses: Uses) -> Schema:
        """Return a reference to the component of an amount with its currency."""
        return refer("schemas", MONEY, uses)
