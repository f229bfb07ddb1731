"""The files: one schema for each entity, type, enum, event and error, which refers to the others by their files.

What a schema says is left to `types` and `problems`.
"""

from __future__ import annotations

import posixpath
from typing import Any

from cxc.diagnostics import Diagnostic, Related, finding
from cxc.model.base import Declaration
from cxc.model.blueprint import Blueprint
from cxc.model.data import Entity, EnumType, Error, Event, ValueType
from cxc.model.event_types import schema_path
from cxc.output.portable import same_file_key
from cxc.rules.build import name_collision
from cxc.targets import Emitted, GeneratedFile
from cxc.targets.json import json_text
from cxc.targets.jsonschema.dialects import EXTENDED, STRICT, Dialect
from cxc.targets.jsonschema.examples import Examples
from cxc.targets.jsonschema.options import JsonSchemaOptions
from cxc.targets.jsonschema.problems import error_schema, misnamed_fields
from cxc.targets.jsonschema.types import Side, TypeSchemas, Uses
from cxc.targets.jsonschema.values import MONEY_SCHEMA, Schema
from cxc.targets.schema import DIALECT

FOLDER = "schemas"
# With a hyphen, so that no package has the same name.
MONEY_PATH = "built-in/money.json"
INPUT = "Input"

DESCRIBED = (ValueType, Entity, EnumType, Event, Error)
"""The kinds of declaration that have a schema."""


def emit(blueprint: Blueprint, options: JsonSchemaOptions) -> Emitted:
    """Turn a design into JSON Schemas of its data."""
    return _Files(blueprint, options).all()


class _FileSchemas(TypeSchemas):
    """Makes the schemas of the files in one folder; they refer to others by the way from there."""

    def __init__(self, blueprint: Blueprint, dialect: Dialect, folder: str) -> None:
        super().__init__(blueprint, dialect)
        self.folder = folder

    def refer_to(self, declaration: Any, side: Side, uses: Uses) -> Schema:
        """Return a reference to the file of a declaration, or to what is said there of values that are sent."""
        uses["schemas", declaration.id] = None
        found = self._way_to(schema_path(declaration))
        return {"$ref": f"{found}#/$defs/{INPUT}" if side is Side.IN else found}

    def money(self, uses: Uses) -> Schema:
        """Return a reference to the file on amounts with a currency."""
        uses["schemas", MONEY_PATH] = None
        return {"$ref": self._way_to(MONEY_PATH)}

    def _way_to(self, path: str) -> str:
        return posixpath.relpath(path, self.folder or ".")


class _Files:
    def __init__(self, blueprint: Blueprint, options: JsonSchemaOptions) -> None:
        self.blueprint = blueprint
        self.options = options
        self.diagnostics: list[Diagnostic] = []
        self._folders: dict[str, tuple[_FileSchemas, Examples]] = {}

    def all(self) -> Emitted:
        files: dict[str, GeneratedFile] = {}
        taken: dict[str, Declaration] = {}
        waiting = [one.id for one in self.blueprint.declarations if isinstance(one, DESCRIBED)]
        known = set(waiting)
        # What comes from dependencies is described as far as it is referred to: `waiting` grows on the way.
        for id in waiting:
            if id == MONEY_PATH:
                files[id] = self._money()
                continue
            declaration = self.blueprint[id]
            first = taken.setdefault(same_file_key(schema_path(declaration)), declaration)
            if first is not declaration:
                self.diagnostics.append(_same_file(declaration, first))
                continue
            uses: Uses = {}
            files[id] = self._file(declaration, uses)
            found = [name for _, name in uses if name not in known]
            waiting += found
            known |= set(found)
        return Emitted(tuple(files.values()), tuple(self.diagnostics))

    def _file(self, declaration: Any, uses: Uses) -> GeneratedFile:
        path = schema_path(declaration)
        schemas, examples = self._in_folder(posixpath.dirname(path))
        if isinstance(declaration, Error):
            self.diagnostics += misnamed_fields(declaration, self.blueprint)
            schema = error_schema(declaration, self.options.problems, schemas, uses)
            example = examples.of_error(declaration, self.options.problems)
        else:
            schema = schemas.of_declaration(declaration, Side.OUT, uses)
            example = examples.of(declaration)
        whole = self._head(path, declaration.label, str(declaration.span), schema) | _shown(example)
        if isinstance(declaration, (ValueType, Entity)) and schemas.has_two_sides(declaration.id):
            sent = schemas.of_fields(declaration.fields, Side.IN, uses)
            description = "What is sent to the service: without what only it sets."
            whole["$defs"] = {INPUT: {"description": description, **sent, **_shown(examples.of(declaration, Side.IN))}}
        return GeneratedFile(f"{FOLDER}/{path}", json_text(whole), declaration.id)

    def _in_folder(self, folder: str) -> tuple[_FileSchemas, Examples]:
        if folder not in self._folders:
            schemas = _FileSchemas(self.blueprint, EXTENDED if self.options.extensions else STRICT, folder)
            self._folders[folder] = schemas, Examples(schemas)
        return self._folders[folder]

    def _head(self, path: str, title: str, source: str, schema: Schema) -> Schema:
        """Return a schema with what stands at the beginning of its file."""
        generated = f"Generated by cxc from {source}: change the design, not this file."
        notes = [generated, schema["$comment"]] if "$comment" in schema else [generated]
        return {
            "$schema": DIALECT,
            "$id": f"{self.options.base}{path}",
            "$comment": " ".join(notes),
            "title": schema.get("title", title),
            **{key: value for key, value in schema.items() if key not in ("$comment", "title")},
        }

    def _money(self) -> GeneratedFile:
        name = self.blueprint.name
        whole = self._head(MONEY_PATH, "Money", "the blueprint language", MONEY_SCHEMA)
        example = {key: part["examples"][0] for key, part in MONEY_SCHEMA["properties"].items()}
        schema = {**whole, **_shown(example)}
        return GeneratedFile(f"{FOLDER}/{MONEY_PATH}", json_text(schema), f"workspace:{name}")


def _shown(example: Any | None) -> Schema:
    return {} if example is None else {"examples": [example]}


def _same_file(declaration: Declaration, first: Declaration) -> Diagnostic:
    return finding(
        name_collision.KIND,
        f"The schemas of `{first.name}` and `{declaration.name}` would be written to one file",
        declaration.span,
        related=[Related(first.span, "the other one stands here")],
        help="Rename one of them.",
    )
