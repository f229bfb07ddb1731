"""Generated server packages: emitted, written into a folder, and imported under a name of their own."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

from cxc.model.blueprint import Blueprint
from cxc.targets import Emitted
from cxc.targets.fastapi import TARGET
from cxc.targets.templates import Templates


def emitted(blueprint: Blueprint, **options: Any) -> Emitted:
    return TARGET.emit(blueprint, TARGET.options.model_validate(options), Templates.of("fastapi"))


def files_of(blueprint: Blueprint, **options: Any) -> Mapping[str, str]:
    """Return the text of each file by its path; those that are written once below `code/`."""
    made = emitted(blueprint, **options)
    assert made.diagnostics == ()
    return {f"code/{file.path}" if file.once else file.path: str(file.content) for file in made.files}


def written(blueprint: Blueprint, folder: Path, **options: Any) -> Path:
    """Write all files below a folder, as a workspace has them, and return it."""
    for path, text in files_of(blueprint, **options).items():
        file = folder / (path if path.startswith("code/") else f"generated/{path}")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return folder


class Package:
    """A generated package that can be imported."""

    def __init__(self, name: str) -> None:
        self.name = name

    def module(self, name: str) -> Any:
        module: ModuleType = import_module(f"{self.name}.{name}")
        return module


@contextmanager
def imported(folder: Path, name: str) -> Iterator[Package]:
    """Give the package of a workspace that was written, and forget it afterwards."""
    path = str(folder / "generated" / "python")
    sys.path.insert(0, path)
    try:
        yield Package(name)
    finally:
        sys.path.remove(path)
        for module in [one for one in sys.modules if one == name or one.startswith(f"{name}.")]:
            del sys.modules[module]
