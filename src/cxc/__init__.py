"""The public API, whole: compile a workspace from Python, read the design, write a target.

    from datetime import date
    from pathlib import Path

    import cxc

    checked = cxc.check(cxc.load_workspace(Path("blueprints/pharmacy")), date.today())
    for service in checked.blueprint.every(cxc.model.service.Service):
        print(service.label, [operation.name for operation in service.operations])

Everything else is internal and may change. Names are loaded at their first use, so that `import cxc` costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from cxc.version import VERSION as __version__

if TYPE_CHECKING:
    from cxc import model
    from cxc.diagnostics import Diagnostic, Severity
    from cxc.model.base import Ref
    from cxc.model.blueprint import Blueprint
    from cxc.pipeline import Built, Checked, build, check, emit
    from cxc.source import SourceFile, Span
    from cxc.targets import Emitted, GeneratedFile, Target, TargetOptions, load_target
    from cxc.workspace import Workspace, load_workspace

_HOMES = {
    "Blueprint": "cxc.model.blueprint",
    "Built": "cxc.pipeline",
    "Checked": "cxc.pipeline",
    "Diagnostic": "cxc.diagnostics",
    "Emitted": "cxc.targets",
    "GeneratedFile": "cxc.targets",
    "Ref": "cxc.model.base",
    "Severity": "cxc.diagnostics",
    "SourceFile": "cxc.source",
    "Span": "cxc.source",
    "Target": "cxc.targets",
    "TargetOptions": "cxc.targets",
    "Workspace": "cxc.workspace",
    "build": "cxc.pipeline",
    "check": "cxc.pipeline",
    "emit": "cxc.pipeline",
    "load_target": "cxc.targets",
    "load_workspace": "cxc.workspace",
}

__all__ = [
    "Blueprint",
    "Built",
    "Checked",
    "Diagnostic",
    "Emitted",
    "GeneratedFile",
    "Ref",
    "Severity",
    "SourceFile",
    "Span",
    "Target",
    "TargetOptions",
    "Workspace",
    "__version__",
    "build",
    "check",
    "emit",
    "load_target",
    "load_workspace",
    "model",
]


def __getattr__(name: str) -> Any:
    if name == "model":
        return import_module("cxc.model")
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
