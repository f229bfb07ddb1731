"""The stages of a compilation, in order: parse, bind, check by rules, select, emit. Each is a pure function elsewhere.

Reading is done before (`cxc.workspace`), writing after (`cxc.output`), and what day it is comes from the caller.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from cxc.bind.workspace import Identity, bind
from cxc.diagnostics import Diagnostic, Severity, in_order
from cxc.diagnostics.selection import apply
from cxc.model.base import Declaration
from cxc.model.blueprint import Blueprint, with_members
from cxc.parallel import Aside
from cxc.source import SourceFile
from cxc.syntax import tree
from cxc.syntax.parser import Parsed, parse
from cxc.workspace import Workspace

if TYPE_CHECKING:
    from cxc.targets import GeneratedFile, Target


Watch = Callable[[str, Sequence[Any]], Iterable[Any]]
"""Passes the items of a stage on, so that whoever runs it can show how far it is."""


def unwatched(stage: str, items: Sequence[Any]) -> Iterable[Any]:
    """Pass items on and show nothing."""
    return items


_WORTH_DIVIDING = 5_000
"""From how many references on a design is large enough for its rules to be checked aside."""
_WORTH_PARSING_ASIDE = 500_000
"""From how many characters on files are parsed in two processes."""


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
    understood = _understand(workspace, today, watch)
    return _judge(workspace, today, understood, _rules(workspace, understood))


def build(
    workspace: Workspace, today: date, targets: Sequence[Target], watch: Watch = unwatched
) -> tuple[Checked, Built]:
    """Compile a workspace as far as its files; where the design has errors, there are none.

    The rules of a large design are checked aside while its files are made: neither needs the other.
    """
    understood = _understand(workspace, today, watch)
    is_large = len(understood.blueprint.uses) > _WORTH_DIVIDING
    if not is_large or any(found.severity is Severity.ERROR for found in understood.diagnostics):
        checked = _judge(workspace, today, understood, _rules(workspace, understood))
        return checked, Built((), ()) if checked.errors else emit(workspace, checked.blueprint, targets, watch)
    rules = Aside(lambda: _rules(workspace, understood))
    try:
        built = emit(workspace, understood.blueprint, targets, watch)
    finally:
        checked = _judge(workspace, today, understood, rules.result())
    return checked, Built((), ()) if checked.errors else built


class _Understood(NamedTuple):
    """A design as far as its names, words and values make sense, and what was found so far."""

    blueprint: Blueprint
    diagnostics: tuple[Diagnostic, ...]
    syntax: Mapping[str, tuple[SourceFile, tree.File]]
    sources: Mapping[str, SourceFile]
    external: Mapping[int, str]
    """For the span of each element of a dependency, by its identity: what to put before its file's name."""


def _understand(workspace: Workspace, today: date, watch: Watch) -> _Understood:
    """Parse and bind."""
    sources = {source.path: source for source in workspace.sources}
    if workspace.config_source:
        sources[workspace.config_source.path] = workspace.config_source
    external, found, theirs, places = _dependencies(workspace, today)
    unread = (*workspace.unread, *_unread_dependencies(workspace, found))
    found += workspace.diagnostics
    files: list[tuple[SourceFile, tree.File]] = []
    for source, parsed in zip(workspace.sources, _parse_all(workspace.sources, watch), strict=True):
        files.append((source, parsed.file))
        found += parsed.diagnostics
    # A file that could not be read may declare anything: say so to the binder by an empty, unreadable one.
    files += [(SourceFile(path, ""), tree.File((), (), unreadable=True)) for path in unread]
    bound = bind(_identity(workspace), files, external, watch)
    found += bound.diagnostics
    syntax = {source.path: (source, file) for source, file in files}
    return _Understood(bound.blueprint, tuple(found), syntax, theirs | sources, places)


def _parse_all(sources: Sequence[SourceFile], watch: Watch) -> list[Parsed]:
    """Parse files; of many, the last third aside, which is what takes as long with the way back as the others here."""
    total = sum(len(source.text) for source in sources)
    here, size = len(sources), 0
    if total > _WORTH_PARSING_ASIDE:
        for here, source in enumerate(sources):  # noqa: B007 - the index is what is sought
            size += len(source.text)
            if size > total * 0.62:
                break
    # The tables are made once, before a child could inherit them.
    parse(SourceFile("", ""))
    there = sources[here:]
    aside = Aside(lambda: [parse(source) for source in there]) if there else None
    parsed = [parse(source) for source in watch("Parsing", sources[:here])]
    return parsed + (aside.result() if aside else [])


def _rules(workspace: Workspace, understood: _Understood) -> list[Diagnostic]:
    """Return what the rules find, and what is wrong with the options of targets."""
    if not workspace.is_sound:
        return []
    from cxc.rules import check as check_rules

    by_rules = (_seen_from_here(found, understood.external) for found in check_rules(understood.blueprint))
    return [*by_rules, *_wrong_options(workspace)]


def _seen_from_here(diagnostic: Diagnostic, external: Mapping[int, str]) -> Diagnostic:
    """Return a finding whose related places in dependencies are named as this workspace sees them."""
    if not any(id(other.span) in external for other in diagnostic.related):
        return diagnostic
    related = tuple(
        replace(other, span=other.span._replace(file=f"{external.get(id(other.span), '')}{other.span.file}"))
        for other in diagnostic.related
    )
    return replace(diagnostic, related=related)


def _judge(workspace: Workspace, today: date, understood: _Understood, by_rules: Sequence[Diagnostic]) -> Checked:
    """Put together what was found, as the settings and the allowances in the files have it."""
    found = [*understood.diagnostics, *by_rules]
    diagnostics = in_order(apply(found, understood.syntax, workspace.config, today))
    return Checked(understood.blueprint, tuple(diagnostics), understood.sources)


def emit(workspace: Workspace, blueprint: Blueprint, targets: Sequence[Target], watch: Watch = unwatched) -> Built:
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
        emitted = target.emit(blueprint, options, Templates.of(target.name, *_template_folder(workspace)))
        diagnostics += emitted.diagnostics
        files += [(target.name, file) for file in emitted.files]
    return Built(tuple(files), tuple(in_order(diagnostics)))


def _template_folder(workspace: Workspace) -> tuple[str | None, str]:
    """Return the folder of the workspace's own templates, where it has one, and how reports name it."""
    shown = workspace.config.build.templates or "templates"
    folder = workspace.root / shown
    return str(folder) if folder.is_dir() else None, shown


def _wrong_options(workspace: Workspace) -> Iterator[Diagnostic]:
    """Yield what is wrong with the options of targets; targets without options are not even loaded."""
    if not workspace.config.targets:
        return
    from cxc.config import target_options
    from cxc.targets import load_target

    for name in workspace.config.targets:
        _, problems = target_options(workspace.config, load_target(name))
        yield from problems


def _identity(workspace: Workspace) -> Identity:
    config = workspace.config
    return Identity(config.name, config.title or config.name, config.version, config.language)


def _dependencies(
    workspace: Workspace, today: date
) -> tuple[list[Declaration], list[Diagnostic], dict[str, SourceFile], dict[int, str]]:
    """Return the declarations of all dependencies, each once, the errors in them, their texts, and what tells them."""
    declarations: dict[str, Declaration] = {}
    found: list[Diagnostic] = []
    sources: dict[str, SourceFile] = {}
    places: dict[int, str] = {}

    def take(given: Iterable[Declaration], place: str | None) -> None:
        for declaration in given:
            if declarations.setdefault(declaration.id, declaration) is declaration and place is not None:
                places.update((id(element.span), place) for element in with_members(declaration))

    for name, dependency in workspace.dependencies.items():
        if isinstance(dependency, SourceFile):
            from cxc.targets.model.reading import load_blueprint

            published, problems = load_blueprint(dependency.text, dependency.path)
            found += problems
            # Its files are not at hand: named is the document that tells of them.
            take(published, f"{dependency.path}: ")
            continue
        inner = check(dependency, today)
        seen = [SourceFile(f"{dependency.path}/{path}", source.text) for path, source in inner.sources.items()]
        sources |= {source.path: source for source in seen}
        found += [_seen_from(d, dependency, name) for d in inner.errors]
        take(inner.blueprint.external, None)
        take(inner.blueprint.declarations, f"{dependency.path}/")
    return list(declarations.values()), found, sources, places


def _unread_dependencies(workspace: Workspace, found: Sequence[Diagnostic]) -> Iterator[str]:
    """Yield the dependencies that are not there or that, as `found` says, cannot be read."""
    problems = {diagnostic.span.file for diagnostic in found}
    for name, path in workspace.config.dependencies.items():
        dependency = workspace.dependencies.get(name)
        if dependency is None or (isinstance(dependency, SourceFile) and dependency.path in problems):
            yield path


def _seen_from(diagnostic: Diagnostic, dependency: Workspace, name: str) -> Diagnostic:
    """Return an error of a dependency with the path as the dependent workspace sees it."""
    span = diagnostic.span._replace(file=f"{dependency.path}/{diagnostic.span.file}")
    return replace(diagnostic, span=span, message=f"In the dependency `{name}`: {diagnostic.message}", related=())
