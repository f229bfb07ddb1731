"""Emitted TypeScript clients: as texts, and as folders that the tools of others judge."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from cxc.model.blueprint import Blueprint
from cxc.targets import Emitted
from cxc.targets.templates import Templates
from cxc.targets.typescript import TARGET


def emitted(blueprint: Blueprint, **options: Any) -> Emitted:
    return TARGET.emit(blueprint, TARGET.options.model_validate(options), Templates.of("typescript"))


def files(blueprint: Blueprint, **options: Any) -> dict[str, str]:
    """Return each file by its path below the folder of the client."""
    made = emitted(blueprint, **options)
    assert made.diagnostics == ()
    return {file.path.removeprefix("typescript/"): str(file.content) for file in made.files}


def written(clients: Mapping[str, Blueprint], folder: Path) -> None:
    """Write several clients side by side, with settings that hold for all of them."""
    settings = ""
    for name, blueprint in clients.items():
        for path, text in files(blueprint).items():
            place = folder / name / path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(text, encoding="utf-8")
            settings = text if path == "tsconfig.json" else settings
    whole = settings.replace('"rootDir": "src"', '"rootDir": "."').replace('["src"]', '["*/src"]')
    assert whole.count('"."') == whole.count('"*/src"') == 1
    (folder / "tsconfig.json").write_text(whole, encoding="utf-8")
    (folder / "package.json").write_text(json.dumps({"type": "module"}), encoding="utf-8")


def compiled(clients: Mapping[str, Blueprint], folder: Path, tools: Path) -> str:
    """Write several clients, compile them at once, and return what the compiler finds; `dist` holds what it makes."""
    written(clients, folder)
    ran = subprocess.run(
        [tools / "tsc", "--project", folder], capture_output=True, text=True, encoding="utf-8", timeout=300
    )
    return ran.stdout + ran.stderr
