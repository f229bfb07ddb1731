"""Emitted JSON Schemas as plain data, and all that is wrong with them and with their examples."""

from __future__ import annotations

import json
import posixpath
from collections.abc import Iterator, Mapping
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import SchemaError
from referencing import Registry, Resource
from referencing.exceptions import Unresolvable

from cxc.model.blueprint import Blueprint
from cxc.targets import Emitted
from cxc.targets.jsonschema import TARGET
from cxc.targets.templates import Templates

Schemas = Mapping[str, Any]
"""Schemas by the paths of their files below `schemas/`."""


def emitted(blueprint: Blueprint, **options: Any) -> Emitted:
    return TARGET.emit(blueprint, TARGET.options.model_validate(options), Templates.of("jsonschema"))


def schemas_of(blueprint: Blueprint, **options: Any) -> dict[str, Any]:
    made = emitted(blueprint, **options)
    assert made.diagnostics == ()
    return {file.path.removeprefix("schemas/"): json.loads(file.content) for file in made.files}


def faults(schemas: Schemas) -> list[str]:
    """Return what is wrong with schemas that refer to one another, and with the examples and defaults in them."""
    registry: Registry[Any] = Registry().with_resources(
        [(schema["$id"], Resource.from_contents(schema)) for schema in schemas.values()]
    )
    found = []
    for path, schema in schemas.items():
        try:
            Draft202012Validator.check_schema(schema)
        except SchemaError as error:
            found.append(f"{path}: {error.message}")
        for pointer, part in parts(schema):
            whole = {"$schema": schema["$schema"], "$ref": f"{schema['$id']}#{pointer}"}
            validator = Draft202012Validator(
                whole, registry=registry, format_checker=Draft202012Validator.FORMAT_CHECKER
            )
            values = [*part.get("examples", ()), *([part["default"]] if "default" in part else [])]
            try:
                found += [f"{path}#{pointer}: {e.message}" for value in values for e in validator.iter_errors(value)]
            except Unresolvable as error:
                found.append(f"{path}#{pointer}: {error}")
    return found + [f"{path}: {ref} is no file" for path, ref in lost_files(schemas)]


def lost_files(schemas: Schemas) -> Iterator[tuple[str, str]]:
    """Yield the references that lead to no file, from the folder where they stand."""
    for path, schema in schemas.items():
        for _, part in parts(schema):
            ref = part.get("$ref", "").partition("#")[0]
            if ref and posixpath.normpath(posixpath.join(posixpath.dirname(path), ref)) not in schemas:
                yield path, ref


def parts(schema: Any, pointer: str = "") -> Iterator[tuple[str, Any]]:
    """Yield a schema and all schemas in it, with the JSON Pointers to them."""
    yield pointer, schema
    for word in ("properties", "$defs"):
        for name, part in schema.get(word, {}).items():
            yield from parts(part, f"{pointer}/{word}/{name}")
    for word in ("items", "additionalProperties"):
        if word in schema:
            yield from parts(schema[word], f"{pointer}/{word}")
    for word in ("anyOf", "allOf"):
        for number, part in enumerate(schema.get(word, ())):
            yield from parts(part, f"{pointer}/{word}/{number}")
