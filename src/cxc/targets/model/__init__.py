"""The target `model`: the whole resolved design as one document, for other tools and for workspaces that build on it.

What the document holds is said in `cxc.targets.model.document`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cxc.targets import Emitted, GeneratedFile, Target, TargetOptions

if TYPE_CHECKING:
    from cxc.model.blueprint import Blueprint
    from cxc.targets.templates import Templates


def _emit(blueprint: Blueprint, options: TargetOptions, templates: Templates) -> Emitted:
    from cxc.targets.model.document import FILE_NAME
    from cxc.targets.model.writing import document_text

    return Emitted((GeneratedFile(FILE_NAME, document_text(blueprint), f"workspace:{blueprint.name}"),))


def _schema() -> dict[str, Any]:
    from cxc.targets.model.document import document_schema

    return document_schema()


TARGET = Target(
    name="model",
    summary="The whole resolved design and what follows from it, as one document with stable ids, for other tools and "
    "dependent workspaces.",
    emit=_emit,
    judged_by="jsonschema, against `cxc schema blueprint`",
    schemas={"blueprint": _schema},
    templates=False,
)
