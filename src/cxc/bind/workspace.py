"""All files of a workspace to one blueprint: names first, then each file's elements, then what only the whole shows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from cxc.bind.elements import bind_file
from cxc.bind.frame import BoundFile
from cxc.bind.names import scope_of
from cxc.bind.symbols import FileNames, Imported, Symbol, SymbolTable
from cxc.diagnostics import Diagnostic, Edit, Related, finding
from cxc.diagnostics.suggestion import did_you_mean
from cxc.model.base import Declaration, Named
from cxc.model.blueprint import Blueprint, Use, members
from cxc.model.file import PackageStatement
from cxc.rules.names import duplicate_name, unconventional_name, unknown_package, unknown_reference, unused_import
from cxc.rules.text import misplaced_statement
from cxc.source import SourceFile, Span
from cxc.syntax import tree


class Identity(NamedTuple):
    """What a workspace says of itself in `cxc.toml`."""

    name: str
    title: str
    version: str
    language: str


class Bound(NamedTuple):
    """The design, and what was wrong with its names, words and values."""

    blueprint: Blueprint
    diagnostics: tuple[Diagnostic, ...]


def bind(
    identity: Identity,
    files: Sequence[tuple[SourceFile, tree.File]],
    external: Sequence[Declaration] = (),
    watch: Callable[[str, Sequence[Any]], Iterable[Any]] = lambda _, items: items,
) -> Bound:
    """Bind the files of a workspace; `external` are the declarations of its dependencies."""
    names = [FileNames(source, file) for source, file in files]
    names.sort(key=lambda file: (file.package, file.source.path))
    table = SymbolTable(names, [named for declaration in external for named in _external_symbols(declaration)])
    bound = [bind_file(file.source, file.tree, scope_of(table, file)) for file in watch("Resolving", names)]
    diagnostics = [found for file in bound for found in file.diagnostics]
    diagnostics += _duplicates(table)
    for file, elements in zip(names, bound, strict=True):
        diagnostics += _package_place(file)
        diagnostics += _package_custom(file)
        diagnostics += _imports(table, file, elements)
    return Bound(_blueprint(identity, names, table, bound, tuple(external)), tuple(diagnostics))


def _blueprint(
    identity: Identity,
    names: list[FileNames],
    table: SymbolTable,
    bound: list[BoundFile],
    external: tuple[Declaration, ...],
) -> Blueprint:
    uses: tuple[Use, ...] = tuple(use for file in bound for use in file.uses)
    return Blueprint(
        name=identity.name,
        title=identity.title,
        version=identity.version,
        language=identity.language,
        declarations=_distinct(declaration for file in bound for declaration in file.declarations),
        external=external,
        uses=uses,
        incomplete=frozenset().union(*(file.incomplete for file in bound)),
        mentions=frozenset(table.mentions).union(
            _meant_by_imports(names, table),
            (duplicate.second.name for duplicate in table.duplicates),
            *(file.mentions for file in bound),
        ),
        unreadable=table.unreadable,
        unresolved=tuple(name for file in bound for name in file.unresolved),
        imported=frozenset(_imported(names, table)),
        places={id: places for file in bound for id, places in file.places.items()},
        packages=_package_docs(names),
    )


def _imported(names: list[FileNames], table: SymbolTable) -> Iterator[str]:
    """Yield the ids of the declarations that files import by name."""
    for file in names:
        for imported in file.imports:
            if imported.name is not None and imported.package in table.packages:
                symbol = table.packages[imported.package].get(imported.name)
                if symbol is not None:
                    yield symbol.id


def _meant_by_imports(names: list[FileNames], table: SymbolTable) -> Iterator[str]:
    """Yield the names that imports which lead nowhere were probably meant for."""
    for file in names:
        for imported in file.imports:
            package = table.packages.get(imported.package) if imported.package in table.packages else None
            if imported.name is not None and package is not None and imported.name not in package:
                yield did_you_mean(imported.name, package) or imported.name


def _distinct(declarations: Iterable[Declaration]) -> tuple[Declaration, ...]:
    """Keep the first of declarations with the same id; the second has been reported."""
    unique: dict[str, Declaration] = {}
    for declaration in declarations:
        unique.setdefault(declaration.id, declaration)
    return tuple(unique.values())


def _package_docs(names: list[FileNames]) -> Mapping[str, str | None]:
    """Return the packages of the workspace with the documentation above their first `package` statement."""
    docs: dict[str, str | None] = {}
    for file in names:
        first = file.tree.statements[0] if file.tree.statements else None
        doc = "\n".join(first.doc) if isinstance(first, tree.Node) and file.package and first.doc else None
        docs[file.package] = docs.get(file.package) or doc
    return docs


def _external_symbols(declaration: Declaration) -> Iterator[tuple[str, Symbol]]:
    """Yield the package and the symbol of a declaration of a dependency, and of the declarations inside it."""
    yield declaration.package, _external_symbol(declaration)
    for member in members(declaration):
        if isinstance(member, Declaration):
            yield from _external_symbols(member)


def _external_symbol(element: Named) -> Symbol:
    """Return the symbol of an element of a dependency, with its members."""
    word = type(element).word or element.kind
    symbol = Symbol(element.kind, word, element.id, element.name, element.span, None)
    for member in members(element):
        if not isinstance(member, Declaration):
            symbol.members[member.name] = _external_symbol(member)
    return symbol


def _duplicates(table: SymbolTable) -> list[Diagnostic]:
    found = []
    for first, second in table.duplicates:
        where = "this package" if "." not in second.holder_name else f"`{second.holder_name.rpartition('.')[2]}`"
        found.append(
            finding(
                duplicate_name.KIND,
                f"The name `{second.name}` is declared twice"
                + ("" if first.kind == second.kind else f", as {first.word} and as {second.word}"),
                second.span,
                related=[Related(first.span, "first declared here")],
                help=f"Give one of them another name; in {where} a name stands for one thing.",
            )
        )
    return found


def _package_place(file: FileNames) -> list[Diagnostic]:
    """Report a package statement that does not come first; a second one has been reported already."""
    word = PackageStatement.word
    readable = [statement for statement in file.tree.statements if not isinstance(statement, tree.Spoiled)]
    places = [place for place, found in enumerate(readable) if isinstance(found, tree.Node) and found.word == word]
    if not places or places[0] == 0:
        return []
    start = readable[places[0]].start
    message = f"`{word}` comes first in a file"
    span = file.source.span(start, start + len(word))
    return [finding(misplaced_statement.KIND, message, span, help="Move it to the top of the file.")]


def _package_custom(file: FileNames) -> list[Diagnostic]:
    """Report a package whose name has capital letters."""
    if file.package_span is None or file.package == file.package.lower() or not file.is_placed:
        return []
    message = f"`{file.package}` has capital letters, which the names of packages have not"
    advice = f"Write `{file.package.lower()}`, here and wherever it is imported."
    return [finding(unconventional_name.KIND, message, file.package_span, help=advice)]


def _imports(table: SymbolTable, file: FileNames, bound: BoundFile) -> list[Diagnostic]:
    """Report imports of packages and names that do not exist, and those the file does not use."""
    found: list[Diagnostic] = []
    scope = scope_of(table, file)
    for imported in file.imports:
        package = table.packages.get(imported.package) if imported.package in table.packages else None
        if package is None:
            if not table.unreadable:
                found.append(_unknown_package(imported, table))
        elif imported.name is not None and imported.name not in package:
            if not table.excuses(imported.name):
                found.append(_unknown_import(imported.package, imported.name, list(package), imported.span))
        elif imported not in scope.used_imports and not _may_be_used(imported, package, table, file, bound):
            what = imported.name or imported.package
            message = f"`{what}` is imported and not used"
            found.append(finding(unused_import.KIND, message, imported.span, help="Remove the import."))
    return list(dict.fromkeys(found))


def _may_be_used(
    imported: Imported, package: Mapping[str, Symbol], table: SymbolTable, file: FileNames, bound: BoundFile
) -> bool:
    """Whether a statement of the file that could not be understood or resolved may have used an import."""
    names = [imported.name] if imported.name else [imported.package.rpartition(".")[2], *package]
    mentions = file.mentions | bound.mentions
    if table.unreadable or any(name in mentions for name in names):
        return True
    kinds = {kind for name in bound.unresolved if name.suggestion is None for kind in name.kinds}
    return any(
        not kinds.isdisjoint((symbol.kind, *(member.kind for member in symbol.members.values())))
        for symbol in ([package[imported.name]] if imported.name else package.values())
    )


def _unknown_package(imported: Imported, table: SymbolTable) -> Diagnostic:
    suggestion = did_you_mean(imported.package, [name for name in table.packages if name])
    advice = "Correct the name, or add the workspace that holds it to [dependencies] in cxc.toml."
    return finding(
        unknown_package.KIND,
        f"There is no package named `{imported.package}`",
        imported.package_span,
        help=f"Did you mean `{suggestion}`?" if suggestion else advice,
        fix=[Edit(imported.package_span, suggestion)] if suggestion else (),
    )


def _unknown_import(package: str, name: str, allowed: list[str], span: Span) -> Diagnostic:
    suggestion = did_you_mean(name, allowed)
    return finding(
        unknown_reference.KIND,
        f"The package `{package}` declares nothing named `{name}`",
        span,
        help=f"Did you mean `{suggestion}`?" if suggestion else "Correct the name, or remove the import.",
        fix=[Edit(span, suggestion)] if suggestion else (),
    )
