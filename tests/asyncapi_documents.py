"""Emitted AsyncAPI documents as plain data, and what is wrong with the examples in them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import yaml
from jsonschema import Draft7Validator

from cxc.model.blueprint import Blueprint
from cxc.targets import Emitted
from cxc.targets.asyncapi import TARGET
from cxc.targets.templates import Templates
from designs import design


def emitted(blueprint: Blueprint, **options: Any) -> Emitted:
    return TARGET.emit(blueprint, TARGET.options.model_validate(options), Templates.of("asyncapi"))


def documents(blueprint: Blueprint, **options: Any) -> dict[str, Any]:
    """Return each document by the name of its file."""
    made = emitted(blueprint, **options)
    assert made.diagnostics == ()
    return {file.path.removeprefix("asyncapi/"): yaml.load(file.content, yaml.CSafeLoader) for file in made.files}


HEAD = 'package shop\nteam T "Sales" { contact "sales@shop.example" }\n'


def platform(text: str, **options: Any) -> Any:
    """Return the platform's document of declarations in the package `shop`, in which `T` is a team."""
    return documents(design(HEAD + text), **options)["platform.yaml"]


def faults(document: Any) -> list[str]:
    """Return where examples and defaults do not fit their schemas: AsyncAPI's parser does not look at them."""
    found = []
    components = document["components"]
    places = [(name, part) for name, schema in components["schemas"].items() for part in parts(schema)]
    for name, schema in places:
        values = [*schema.get("examples", ()), *([schema["default"]] if "default" in schema else [])]
        found += [f"{name}: {error}" for value in values for error in errors(schema, value, components)]
    for name, message in components["messages"].items():
        for example in message.get("examples", ()):
            found += [f"{name}: {e}" for e in errors(message["payload"], example["payload"], components)]
    return found


def errors(schema: Any, value: Any, components: Any) -> list[str]:
    whole = {"allOf": [schema], "components": components}
    validator = Draft7Validator(whole, format_checker=Draft7Validator.FORMAT_CHECKER)
    return [error.message for error in validator.iter_errors(value)]


def parts(schema: Any) -> Iterator[Any]:
    """Yield a schema and all schemas in it."""
    yield schema
    inside = [*schema.get("properties", {}).values(), *schema.get("allOf", ()), *schema.get("anyOf", ())]
    for part in [*inside, *(schema[word] for word in ("items", "additionalProperties") if word in schema)]:
        yield from parts(part)
