"""The names of a design, read off the syntax trees before anything is resolved: who declares what, where, in which scope.

What a name in use refers to is found by `cxc.bind.names`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from cxc.bind.plan import Plan, declaring_words, plan_of
from cxc.model.base import Element, Named, Naming, Place, Shape
from cxc.model.file import ImportNames, ImportPackage, PackageStatement
from cxc.source import SourceFile, Span
from cxc.syntax import tree


class Symbol:
    """A declared name: the element it will be, and the names of its members."""

    __slots__ = ("file", "id", "kind", "members", "name", "opens", "span", "word")

    def __init__(self, kind: str, word: str, id: str, name: str, span: Span, file: FileNames | None) -> None:
        self.kind = kind
        self.word = word
        self.id = id
        self.name = name
        self.span = span
        self.file = file
        self.members: dict[str, Symbol] = {}
        self.opens: list[str] = []
        """Names whose members are known inside this element (`Place.SCOPE`)."""

    @property
    def qualified_name(self) -> str:
        """The name with its package: what stands behind the kind in the id."""
        return self.id.partition(":")[2]

    @property
    def holder_name(self) -> str:
        """The qualified name of what holds it: a package or a declaration."""
        return self.qualified_name.rpartition(".")[0]


class Imported(NamedTuple):
    """A package, or one name of it, that a file imports; `span` is where the import says so."""

    package: str
    name: str | None
    span: Span


class Duplicate(NamedTuple):
    """A name that is declared twice in one scope."""

    first: Symbol
    second: Symbol


class FileNames:
    """What one file declares and imports, and the names in statements that could not be read."""

    def __init__(self, source: SourceFile, file: tree.File) -> None:
        self.source = source
        self.tree = file
        self.package = ""
        self.package_span: Span | None = None
        self.imports: list[Imported] = []
        self.symbols: list[Symbol] = []
        self.duplicates: list[Duplicate] = []
        self.mentions: set[str] = set()
        _Indexer(self).index()


class _Indexer:
    """Walks one file's tree by the plans of the model classes."""

    def __init__(self, names: FileNames) -> None:
        self.names = names
        self.span = names.source.span
        self.prefix = ""

    def index(self) -> None:
        words = declaring_words()
        for statement in self._readable(self.names.tree.statements):
            if type(statement) is tree.Node:
                if statement.word == PackageStatement.word:
                    self._package(statement)
                elif statement.word == ImportPackage.word:
                    for value in statement.values:
                        if isinstance(value, tree.Name):
                            self._import(value, None)
                elif statement.word == ImportNames.word:
                    self._import_names(statement)
        self.prefix = f"{self.names.package}." if self.names.package else ""
        for statement in self.names.tree.statements:
            if type(statement) is tree.Node and statement.word in words:
                self._declare(statement, words[statement.word])

    def _readable(self, statements: tuple[tree.Statement, ...]) -> Iterator[tree.Statement]:
        for statement in statements:
            if type(statement) is tree.Spoiled:
                self._mention(statement)
            else:
                yield statement

    def _mention(self, spoiled: tree.Spoiled) -> None:
        self.names.mentions.update(spoiled.names)
        if spoiled.block:
            for statement in spoiled.block.statements:
                self.names.mentions.update(names_in(statement))

    def _package(self, node: tree.Node) -> None:
        if not self.names.package and node.values and isinstance(node.values[0], tree.Name):
            self.names.package = node.values[0].text
            self.names.package_span = self.span(node.values[0].start, node.values[0].end)

    def _import(self, package: tree.Name, name: tree.Name | None) -> None:
        at = name or package
        self.names.imports.append(
            Imported(package.text, name.text if name else None, self.span(at.start, at.name_end))
        )

    def _import_names(self, node: tree.Node) -> None:
        if not node.values or not isinstance(node.values[0], tree.Name):
            return
        for clause in node.clauses:
            for value in clause.values:
                if isinstance(value, tree.Name):
                    self._import(node.values[0], value)

    def _declare(self, node: tree.Node, cls: type[Element]) -> None:
        name = node.values[0] if node.values else None
        if not isinstance(name, tree.Name) or "." in name.text:
            self.names.mentions.update(names_in(node))
            return
        symbol = self._symbol(cls, name.text, self.prefix, name.start, name.name_end)
        self.names.symbols.append(symbol)
        if node.block:
            self._members(node.block.statements, plan_of(cls), symbol)

    def _symbol(self, cls: type[Element], name: str, prefix: str, start: int, end: int) -> Symbol:
        assert issubclass(cls, Named)
        id = f"{cls.kind}:{prefix}{name}"
        return Symbol(cls.kind, cls.word or cls.kind, id, name, self.span(start, end), self.names)

    def _member(self, holder: Symbol, cls: type[Element], name: str, start: int, end: int) -> Symbol:
        prefix = holder.id.partition(":")[2] + "."
        symbol = self._symbol(cls, name, prefix, start, end)
        first = holder.members.setdefault(name, symbol)
        if first is not symbol:
            self.names.duplicates.append(Duplicate(first, symbol))
        return symbol

    def _members(self, statements: tuple[tree.Statement, ...], plan: Plan, holder: Symbol) -> None:
        for statement in self._readable(statements):
            kind = type(statement)
            if kind is tree.Node:
                self._node(statement, plan, holder)  # type: ignore[arg-type]
            elif kind is tree.Field and Shape.FIELD in plan.shapes:
                assert isinstance(statement, tree.Field)
                start = statement.start
                self._member(
                    holder, plan.shapes[Shape.FIELD][1], statement.name, start, start + len(statement.name)
                )
            elif kind is tree.Operation:
                assert isinstance(statement, tree.Operation)
                self._operation(statement, plan, holder)

    def _node(self, node: tree.Node, plan: Plan, holder: Symbol) -> None:
        slot, cls = plan.words.get(node.word) or (None, None)
        if slot is None:
            if plan.any_word and issubclass(plan.any_word[1], Named):
                self._member(holder, plan.any_word[1], node.word, node.start, node.start + len(node.word))
            return
        if cls is None:
            if Place.SCOPE in slot.places:
                holder.opens += [value.text for value in node.values if isinstance(value, tree.Name)]
            return
        if cls.naming is Naming.PACKAGE:
            self._declare(node, cls)
            return
        inside = holder
        if cls.naming is Naming.MEMBER:
            name = node.values[0] if node.values else None
            if not isinstance(name, tree.Name):
                return
            inside = self._member(holder, cls, name.text, name.start, name.name_end)
            value = plan_of(cls).by_place.get(Place.VALUE)
            if value is not None and Place.SCOPE in value.places:
                inside.opens.append(name.text)
        if node.block:
            self._members(node.block.statements, plan_of(cls), inside)

    def _operation(self, operation: tree.Operation, plan: Plan, holder: Symbol) -> None:
        _, cls = plan.words.get(operation.word) or (None, None)
        if cls is None or cls.shape is not Shape.OPERATION:
            return
        symbol = self._member(holder, cls, operation.name.text, operation.name.start, operation.name.end)
        parameter = plan_of(cls).shapes[Shape.FIELD][1]
        for field in operation.parameters:
            self._member(symbol, parameter, field.name, field.start, field.start + len(field.name))


def names_in(part: object) -> Iterator[str]:
    """Yield every name, and part of a dotted name, that a piece of syntax tree holds."""
    if isinstance(part, tree.Name):
        yield from part.text.split(".")
    elif isinstance(part, tree.NamedType):
        yield from part.name.split(".")
    elif isinstance(part, tree.Spoiled):
        yield from part.names
    elif isinstance(part, tree.Field):
        yield part.name
    if isinstance(part, tuple):
        for item in part:
            if isinstance(item, tuple):
                yield from names_in(item)


class SymbolTable:
    """All names of a workspace and of its dependencies, by package."""

    def __init__(self, files: list[FileNames], external: list[tuple[str, Symbol]]) -> None:
        self.packages: dict[str, dict[str, Symbol]] = defaultdict(dict)
        self.duplicates: list[Duplicate] = []
        self.mentions: set[str] = set()
        self.scopes: dict[int, object] = {}
        self.unreadable = any(names.tree.unreadable for names in files)
        for package, symbol in external:
            self.packages[package].setdefault(symbol.name, symbol)
        for names in files:
            package_names = self.packages[names.package]
            self.mentions |= names.mentions
            self.duplicates += names.duplicates
            for symbol in names.symbols:
                first = package_names.setdefault(symbol.name, symbol)
                if first is not symbol:
                    self.duplicates.append(Duplicate(first, symbol))

    def excuses(self, text: str) -> bool:
        """Whether a name may stand in what could not be read, so that its absence proves nothing."""
        return self.unreadable or any(part in self.mentions for part in text.split("."))
