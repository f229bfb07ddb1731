"""The names of component schemas: short where the workspace has a name once, else with the package before it (CXC904).

What the schemas say is left to `schemas`.
"""

from __future__ import annotations

from collections import Counter

from cxc.diagnostics import Diagnostic, Related, finding
from cxc.model.base import Declaration
from cxc.model.blueprint import Blueprint
from cxc.model.data import Entity, EnumType, Error, ValueType
from cxc.rules.build import name_collision
from cxc.targets.jsonschema.types import Side

MONEY = "Money"
PROBLEM = "Problem"
INVALID_REQUEST = "InvalidRequest"
OWN = (MONEY, PROBLEM, INVALID_REQUEST)
"""The schemas every document may have; a declaration of such a name gets its package before it."""

Structured = (ValueType, Entity, EnumType, Error)


class ComponentNames:
    """The component name of each type, entity, enum and error, the same in all documents of a build."""

    def __init__(self, blueprint: Blueprint) -> None:
        declared = [d for d in (*blueprint.external, *blueprint.declarations) if isinstance(d, Structured)]
        count = Counter(declaration.name for declaration in declared)
        taken: dict[str, Declaration] = {}
        self.diagnostics: list[Diagnostic] = []
        self._names: dict[str, str] = {}
        for declaration in declared:
            name = declaration.name
            if count[name] > 1 or name in OWN:
                name = "_".join([*declaration.package.split("."), name]).lstrip("_")
            first = taken.setdefault(name, declaration)
            if first is not declaration or name in OWN:
                self.diagnostics.append(_collision(name, declaration, first))
            self._names[declaration.id] = name
        self._inputs = {
            id: f"{name}Input" if f"{name}Input" not in taken else f"{name}_Input" for id, name in self._names.items()
        }
        self._rank = {name: index for index, name in enumerate((*self._names.values(), *OWN))}
        self._rank |= {self._inputs[id]: self._rank[name] for id, name in self._names.items()}

    def of(self, id: str, side: Side = Side.OUT) -> str:
        """Return the name of a declaration's schema; `Side.IN` names the one for what is sent to the service."""
        return (self._names if side is Side.OUT else self._inputs)[id]

    def rank(self, name: str) -> int:
        """Return where a schema stands among all: in the order of the source, with the general ones at the end."""
        return self._rank.get(name, len(self._rank))


def _collision(name: str, declaration: Declaration, first: Declaration) -> Diagnostic:
    if first is declaration:
        message = f"`{declaration.name}` has the name of a schema that every OpenAPI document has"
        return finding(name_collision.KIND, message, declaration.span, help="Give it another name, or a package.")
    return finding(
        name_collision.KIND,
        f"`{declaration.name}` and `{first.name}` both give the OpenAPI schema `{name}`",
        declaration.span,
        related=[Related(first.span, "the other one stands here")],
        help="Rename one of them.",
    )
