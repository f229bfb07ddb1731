"""The stages of a compilation, in order: parse, bind, check by rules, select, emit. Each is a pure function elsewhere.

Reading is done before (`cxc.workspace`), writing after (`cxc.output`), and what day it is comes from the caller.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from cxc.bind.workspace import Identity, bind
from cxc.diagnostics import Diagnostic, Severity, in_order
from cxc.diagnostics.selection import apply
from cxc.model.base import Declaration
from cxc.model.blueprint import Blueprint
from cxc.source import SourceFile
from cxc.syntax import tree
from cxc.syntax.parser import parse
from cxc.workspace import Workspace

if TYPE_CHECKING:
    from cxc.targets import GeneratedFile, Target


Watch = Callable[[str, Sequence[Any]], Iterable[Any]]
"""Passes the items of a stage on, so that whoever runs it can show how far it is."""


def unwatched(stage: str, items: Sequence[Any]) -> Iterable[Any]:
    """Pass items on and show nothing."""
    return items


@dataclass(frozen=True)
class Checked:
    """A design and all that was found in it; `blueprint` is there even where there are errors, as far as it goes."""

    blueprint: Blueprint
    diagnostics: tuple[Diagnostic, ...]
    sources: Mapping[str, SourceFile]

    @property
    def errors(self) -> tuple[Diagnostic, ...]:
        """The errors that nothing allows."""
        return tuple(d for d in self.diagnostics if d.severity is Severity.ERROR and d.suppression is None)


class Built(NamedTuple):
    """The files of a build, each with the target it belongs to, and what the targets found wrong."""

    files: tuple[tuple[str, GeneratedFile], ...]
    diagnostics: tuple[Diagnostic, ...]


def check(workspace: Workspace, today: date, watch: Watch = unwatched) -> Checked:
    """Compile a workspace as far as the checked design."""
    sources = {source.path: source for source in workspace.sources}
    if workspace.config_source:
        sources[workspace.config_source.path] = workspace.config_source
    external, found, theirs = _dependencies(workspace, today)
    found += workspace.diagnostics
    files: list[tuple[SourceFile, tree.File]] = []
    for source in watch("Parsing", workspace.sources):
        parsed = parse(source)
        files.append((source, parsed.file))
        found += parsed.diagnostics
    # A file that could not be read may declare anything: say so to the binder by an empty, unreadable one.
    files += [(SourceFile(path, ""), tree.File((), (), unreadable=True)) for path in workspace.unread]
    bound = bind(_identity(workspace), files, external, watch)
    found += bound.diagnostics
    if workspace.is_sound:
        from cxc.rules import check as check_rules

        found += check_rules(bound.blueprint)
    syntax = {source.path: (source, file) for source, file in files}
    diagnostics = in_order(apply(found, syntax, workspace.config, today))
    return Checked(bound.blueprint, tuple(diagnostics), theirs | sources)


def emit(
    workspace: Workspace, checked: Checked, targets: Sequence[Target], watch: Watch = unwatched
) -> Built:
    """Turn a checked design into files, target by target."""
    from cxc.config import target_options
    from cxc.targets.templates import Templates

    files: list[tuple[str, GeneratedFile]] = []
    diagnostics: list[Diagnostic] = []
    for target in watch("Generating", targets):
        options, problems = target_options(workspace.config, target)
        diagnostics += problems
        if options is None:
            continue
        emitted = target.emit(checked.blueprint, options, Templates.of(target.name, _template_folder(workspace)))
        diagnostics += emitted.diagnostics
        files += [(target.name, file) for file in emitted.files]
    return Built(tuple(files), tuple(in_order(diagnostics)))


def _template_folder(workspace: Workspace) -> str | None:
    """Return the folder of the workspace's own templates, where it has one."""
    folder = workspace.root / (workspace.config.build.templates or "templates")
    return str(folder) if folder.is_dir() else None


def _identity(workspace: Workspace) -> Identity:
    config = workspace.config
    return Identity(config.name, config.title or config.name, config.version, config.language)


def _dependencies(
    workspace: Workspace, today: date
) -> tuple[list[Declaration], list[Diagnostic], dict[str, SourceFile]]:
    """Return the declarations of all dependencies, each once, the errors in them, and their texts."""
    declarations: dict[str, Declaration] = {}
    found: list[Diagnostic] = []
    sources: dict[str, SourceFile] = {}
    for name, dependency in workspace.dependencies.items():
        if isinstance(dependency, SourceFile):
            from cxc.targets.model.reading import load_blueprint

            published, problems = load_blueprint(dependency.text, dependency.path)
            found += problems
            for declaration in published:
                declarations.setdefault(declaration.id, declaration)
            continue
        inner = check(dependency, today)
        sources |= {f"{dependency.path}/{path}": source for path, source in inner.sources.items()}
        found += [_seen_from(d, dependency, name) for d in inner.errors]
        for declaration in (*inner.blueprint.external, *inner.blueprint.declarations):
            declarations.setdefault(declaration.id, declaration)
    return list(declarations.values()), found, sources


def _seen_from(diagnostic: Diagnostic, dependency: Workspace, name: str) -> Diagnostic:
    """Return an error of a dependency with the path as the dependent workspace sees it."""
    from dataclasses import replace

    span = diagnostic.span._replace(file=f"{dependency.path}/{diagnostic.span.file}")
    return replace(diagnostic, span=span, message=f"In the dependency `{name}`: {diagnostic.message}", related=())
