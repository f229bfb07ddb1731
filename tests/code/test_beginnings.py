"""What `cxc build` writes to begin with: of any design, it only lacks what is to be written."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from cxc.code import check_code
from cxc.config import Config
from cxc.diagnostics import Diagnostic
from cxc.model.blueprint import Blueprint
from cxc.model.service import Operation
from cxc.pipeline import emit
from cxc.targets import load_target
from cxc.workspace import Workspace
from designs import EXAMPLES, design, example
from hostile import KEYWORDS, TEXTS, design_of_names, design_of_services, design_of_texts, told_apart

SERVICES = [name for name in told_apart(KEYWORDS) if name.lower() != "platform"]
"""That one is the name of the OpenAPI document of all services."""
DESIGNS = {name: lambda name=name: example(name) for name in EXAMPLES} | {
    "names": lambda: design(design_of_names(told_apart(KEYWORDS))),
    "services": lambda: design(design_of_services(SERVICES).partition("// file: q.")[0]),
    "texts": lambda: design(design_of_texts(TEXTS)),
}


def _found(blueprint: Blueprint, root: Path, *changes: tuple[str, str]) -> list[Diagnostic]:
    workspace = Workspace(root, "", Config(), ())
    built = emit(workspace, blueprint, [load_target("fastapi")])
    assert built.diagnostics == ()
    for _, file in built.files:
        if file.once:
            text = file.content
            assert isinstance(text, str)
            for before, after in changes:
                text = text.replace(before, after)
            place = root / "code" / file.path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(text, encoding="utf-8")
    return list(check_code(workspace, blueprint, root / "code").diagnostics)


@pytest.mark.parametrize("name", DESIGNS)
def test_each_operation_is_told_of_once(name: str, tmp_path: Path) -> None:
    blueprint: Any = DESIGNS[name]()
    found = _found(blueprint, tmp_path)
    operations = sorted(one.span for one in blueprint.every(Operation))
    assert operations
    assert sorted(one.related[0].span for one in found) == operations
    assert {one.message.rpartition("` ")[2] for one in found} == {"is not implemented yet"}


@pytest.mark.parametrize("name", DESIGNS)
def test_nothing_is_told_of_what_is_written(name: str, tmp_path: Path) -> None:
    written = ("    @unimplemented\n", ""), ("raise NotImplementedError", "return await self.answered()")
    assert _found(DESIGNS[name](), tmp_path, *written) == []
