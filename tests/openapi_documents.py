"""Emitted OpenAPI documents as plain data."""

from typing import Any

import yaml

from cxc.model.blueprint import Blueprint
from cxc.targets import Emitted
from cxc.targets.openapi import TARGET
from cxc.targets.templates import Templates
from designs import design


def emitted(blueprint: Blueprint, **options: Any) -> Emitted:
    return TARGET.emit(blueprint, TARGET.options.model_validate(options), Templates.of("openapi"))


def documents(blueprint: Blueprint, **options: Any) -> dict[str, Any]:
    """Return each document by the name of its file."""
    made = emitted(blueprint, **options)
    assert made.diagnostics == ()
    return {file.path.removeprefix("openapi/"): yaml.load(file.content, yaml.CSafeLoader) for file in made.files}


HEAD = 'package shop\nteam T "Sales" { contact "sales@shop.example" }\n'


def platform(text: str, **options: Any) -> Any:
    """Return the platform's document of declarations in the package `shop`, in which `T` is a team."""
    return documents(design(HEAD + text), **options)["platform.yaml"]


def operation(text: str, before: str = "", **options: Any) -> Any:
    """Return the operation object of one operation, and the document it stands in."""
    document = platform(f"{before}\nservice S {{ owner T\n{text}\n}}", **options)
    (item,) = document["paths"].values()
    (made,) = item.values()
    return made, document
