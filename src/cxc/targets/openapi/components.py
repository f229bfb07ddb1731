"""The components of documents: each written once, and which of them a document needs.

What a schema or response says is left to `schemas` and `problems`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from cxc.model.data import Error
from cxc.targets.jsonschema.types import Side, Uses
from cxc.targets.jsonschema.values import MONEY_SCHEMA, Schema
from cxc.targets.openapi.names import MONEY, OWN, ComponentNames
from cxc.targets.openapi.operations import PARAMETERS
from cxc.targets.openapi.options import OpenApiOptions
from cxc.targets.openapi.problems import Problems
from cxc.targets.openapi.schemas import Schemas
from cxc.targets.yaml import YamlWriter

_INDENT = 4
_SECTIONS = ("schemas", "responses", "parameters", "securitySchemes")
_IDENTITIES = (
    "The role says how well the customer must be known: `identified` (someone says who it is, as on the telephone), "
    "`authenticated` (proved by a log-in) or `verified` (proved by a second means, or in person)."
)

Key = tuple[str, str]
"""A component's section and name."""


class Components:
    """Writes components at their first use and keeps their text, which is the same in every document."""

    def __init__(self, schemas: Schemas, problems: Problems, options: OpenApiOptions, writer: YamlWriter) -> None:
        self.schemas = schemas
        self.problems = problems
        self.options = options
        self.writer = writer
        self._written: dict[Key, tuple[str, Uses]] = {}

    def needed_by(self, uses: Iterable[Key]) -> set[Key]:
        """Return the components that something uses, directly or by way of others."""
        found: set[Key] = set()
        waiting = list(uses)
        while waiting:
            key = waiting.pop()
            if key not in found:
                found.add(key)
                waiting += (self._written.get(key) or self._write(key))[1]
        return found

    def text(self, keys: Iterable[Key]) -> str:
        """Return the sections with these components, which were needed before, without the line `components:`."""
        names: ComponentNames = self.schemas.names
        chosen: dict[str, list[str]] = {section: [] for section in _SECTIONS}
        for key in sorted(keys, key=lambda key: (names.rank(key[1]), key[1])):
            chosen[key[0]].append(self._written[key][0])
        return "".join(f"  {section}:\n{''.join(texts)}" for section, texts in chosen.items() if texts)

    def _write(self, key: Key) -> tuple[str, Uses]:
        uses: Uses = {}
        made = self._make(*key, uses)
        self._written[key] = written = self.writer.lines({key[1]: made}, _INDENT), uses
        return written

    def _make(self, section: str, name: str, uses: Uses) -> Schema:
        if section == "parameters":
            return PARAMETERS[name]
        if section == "securitySchemes":
            return self._security_scheme()
        id, side = self.schemas.declared.get(name, (None, Side.OUT))
        declaration: Any = self.schemas.blueprint[id] if id else None
        if section == "responses":
            return self.problems.response(name, declaration if isinstance(declaration, Error) else None, uses)
        if name == MONEY:
            return MONEY_SCHEMA
        if name in OWN:
            return self.problems.general_schema(name)
        if isinstance(declaration, Error):
            return self.problems.of_error(declaration, uses)
        return self.schemas.of_declaration(declaration, side, uses)

    def _security_scheme(self) -> Schema:
        if self.options.openid_connect:
            return {
                "type": "openIdConnect",
                "description": _IDENTITIES,
                "openIdConnectUrl": self.options.openid_connect,
            }
        return {"type": "http", "scheme": "bearer", "description": _IDENTITIES}
