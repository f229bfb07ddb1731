"""The target `fastapi`: a server package for the platform, and the code around it that a developer goes on with.

| module | what it makes |
| --- | --- |
| `options` | `[targets.fastapi]` of the settings |
| `identifiers` | names as Python may have them |
| `names` | what everything is called |
| `code` | expressions, docstrings and imports, laid out as `ruff format` does |
| `types`, `defaults`, `fields` | types, defaults and attributes in Python |
| `models` | the modules of data: models, errors, events |
| `interface` | ports, methods and handlers as plain data, for whoever wants to know |
| `services`, `routers` | the modules of services |
| `files` | the files |
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cxc.targets import Emitted, Target
from cxc.targets.fastapi.options import FastApiOptions

if TYPE_CHECKING:
    from cxc.model.blueprint import Blueprint
    from cxc.targets.templates import Templates


def _emit(blueprint: Blueprint, options: FastApiOptions, templates: Templates) -> Emitted:
    from cxc.targets.fastapi.files import emit

    return emit(blueprint, options, templates)


TARGET = Target(
    name="fastapi",
    summary="A FastAPI server: models, ports, routers, errors and events in Python; handlers and tests to begin with.",
    emit=_emit,
    options=FastApiOptions,
    judged_by="`mypy --strict`; `ruff`; requests by `httpx` and Schemathesis",
    by_default=False,
)
