"""The developer's handlers beside the design: `check_code` says what no longer fits, and runs none of it.

| module | what it knows |
| --- | --- |
| `reading` | which Python files there are, and why one cannot be read |
| `modules` | one file: its names, classes and methods |
| `project` | all files: what a name means, how classes descend |
| `types` | whether one type is taken where another one is asked for |
| `ports` | what the generated package asks for |
| `signatures` | how a method is called, and whether it is written |
| `fitting` | whether a handler fits its operation |
| `comparison` | what is missing, and what is no longer asked for |
| `uses` | names and services that the generated package has no more |
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from cxc.diagnostics import Diagnostic
from cxc.source import SourceFile

if TYPE_CHECKING:
    from cxc.code.modules import Module
    from cxc.model.blueprint import Blueprint
    from cxc.targets.fastapi.interface import Interface
    from cxc.workspace import Workspace


class CodeChecked(NamedTuple):
    """What was found in the developer's code (CXC906), and its files, named as seen from the workspace."""

    diagnostics: tuple[Diagnostic, ...]
    sources: Mapping[str, SourceFile]


class Expected(NamedTuple):
    """What a design asks of code: the generated package as Python, and which of it is what."""

    package: tuple[Module, ...]
    interface: Interface


def check_code(workspace: Workspace, blueprint: Blueprint, place: Path) -> CodeChecked:
    """Compare the handlers in a folder, or in a single file, with a design that has no errors."""
    asked = expected(workspace, blueprint)
    return compared(asked, workspace, place) if isinstance(asked, Expected) else CodeChecked(asked, {})


def expected(workspace: Workspace, blueprint: Blueprint) -> Expected | tuple[Diagnostic, ...]:
    """Return what a design asks of code, or why the package cannot be made."""
    from cxc.code.ports import package_modules
    from cxc.config import target_options
    from cxc.pipeline import emit
    from cxc.targets import load_target
    from cxc.targets.fastapi.interface import interface_of
    from cxc.targets.fastapi.options import FastApiOptions

    target = load_target("fastapi")
    options, problems = target_options(workspace.config, target)
    built = emit(workspace, blueprint, [target])
    if not isinstance(options, FastApiOptions) or problems or built.diagnostics:
        return (*problems, *built.diagnostics)
    package = package_modules(file for _, file in built.files)
    return Expected(tuple(package), interface_of(blueprint, options))


def compared(asked: Expected, workspace: Workspace, place: Path) -> CodeChecked:
    """Compare the code at a place of a workspace with what is asked of it."""
    from cxc.code.comparison import Comparison
    from cxc.code.ports import ports_of
    from cxc.code.project import Project
    from cxc.code.reading import read_code
    from cxc.code.uses import Uses

    code = read_code(place, workspace.root, [workspace.root / workspace.config.build.out])
    folder = place if place.is_dir() else place.parent
    project = Project(code.modules, asked.package, asked.interface.package, folder.resolve().parts)
    ports = ports_of(project, asked.interface)
    comparison = Comparison(project, ports, code)
    found = [*code.diagnostics, *comparison.findings()]
    found += Uses(project, ports).findings({each.span for each in found}, comparison.gone)
    # Of a file of which nothing could be read, there is nothing to show.
    return CodeChecked(tuple(found), {source.path: source for source in code.sources if source.text})
