"""The target `arazzo`: every journey as an Arazzo workflow over the OpenAPI document of the platform.

| module | what it makes |
| --- | --- |
| `options` | `[targets.arazzo]` of the settings |
| `calls` | a journey as calls of operations, and where it goes on after each |
| `pointers` | where in an answer each thing that is known from it stands |
| `values` | where the value of each parameter comes from |
| `inputs` | what a workflow must be given: names and schemas |
| `steps` | step objects |
| `documents` | the files |

What is known where is said in `cxc.flow.known`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cxc.targets import Emitted, Target
from cxc.targets.arazzo.options import ArazzoOptions

if TYPE_CHECKING:
    from cxc.model.blueprint import Blueprint
    from cxc.targets.templates import Templates


def _emit(blueprint: Blueprint, options: ArazzoOptions, templates: Templates) -> Emitted:
    from cxc.targets.arazzo.documents import emit

    return emit(blueprint, options)


TARGET = Target(
    name="arazzo",
    summary="Arazzo 1.0 workflows: each journey as calls of the platform, with data passed on as it is known.",
    emit=_emit,
    options=ArazzoOptions,
    judged_by="Redocly's recommended rules; the schema of the Arazzo specification",
    templates=False,
)
