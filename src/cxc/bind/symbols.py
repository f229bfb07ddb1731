"""The names of a design, read off the syntax trees before anything is resolved: who declares what, and in which scope.

What a name in use refers to is found by `cxc.bind.names`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from cxc.bind.plan import NONE, Plan, Slot, declaring_words, plan_of
from cxc.diagnostics.suggestion import did_you_mean
from cxc.model.base import Element, Named, Naming, Place, Shape
from cxc.model.file import File, ImportNames, ImportPackage, PackageStatement
from cxc.source import SourceFile, Span
from cxc.syntax import tree

_PACKAGE = re.compile(r"\w+(?:\.\w+)*", re.ASCII)


class Symbol:
    """A declared name: the element it will be, and the names of its members."""

    __slots__ = ("file", "id", "is_doubtful", "is_partial", "kind", "members", "name", "opens", "span", "word")

    def __init__(self, kind: str, word: str, id: str, name: str, span: Span, file: FileNames | None) -> None:
        self.kind = kind
        self.word = word
        self.id = id
        self.name = name
        self.span = span
        self.file = file
        self.members: dict[str, Symbol] = {}
        self.opens: dict[str, tuple[str, ...]] = {}
        """Names whose members are known inside this element (`Place.SCOPE`), and the kinds they must be of."""
        self.is_doubtful = False
        """Whether a statement that may have opened another one was lost."""
        self.is_partial = False
        """Whether a statement that may have declared a member was lost."""

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
    package_span: Span


class Duplicate(NamedTuple):
    """A name that is declared twice in one scope."""

    first: Symbol
    second: Symbol


class FileNames:
    """What one file declares and imports, and the names in statements that could not be read.

    `mentions` are all names in such statements, `perhaps` those that may be declared there. `is_placed` is
    false where the statement that says which package the file belongs to was lost.
    """

    def __init__(self, source: SourceFile, file: tree.File) -> None:
        self.source = source
        self.tree = file
        self.package = ""
        self.package_span: Span | None = None
        self.imports: list[Imported] = []
        self.symbols: list[Symbol] = []
        self.duplicates: list[Duplicate] = []
        self.mentions: set[str] = set()
        self.perhaps: set[str] = set()
        self.is_placed = True
        self.has_lost_import = False
        _Indexer(self).index()


class _Indexer:
    """Walks one file's tree by the plans of the model classes."""

    def __init__(self, names: FileNames) -> None:
        self.names = names
        self.span = names.source.span
        self.prefix = ""

    def index(self) -> None:
        statements = self.names.tree.statements
        for statement in statements:
            if type(statement) is tree.Node:
                if statement.word == PackageStatement.word:
                    self._package(statement)
                elif statement.word == ImportPackage.word:
                    self._import_packages(statement)
                elif statement.word == ImportNames.word:
                    self._import_names(statement)
        self.prefix = f"{self.names.package}." if self.names.package else ""
        words = plan_of(File).words
        declaring = declaring_words()
        for statement in statements:
            if type(statement) is tree.Node and statement.word in declaring:
                self._declare(statement, declaring[statement.word])
            elif type(statement) is not tree.Node or statement.word not in words:
                self._lose(statement)
                self.names.has_lost_import = True
        first = statements[0] if statements else None
        if self.names.package and not _PACKAGE.fullmatch(self.names.package):
            self.names.is_placed = False
        elif first is not None and not self.names.package:
            self.names.is_placed = (
                type(first) is tree.Node and first.word in words and first.word != PackageStatement.word
            )

    def _lose(self, statement: tree.Statement) -> None:
        """Keep the names in a statement that cannot be understood, and those it may declare."""
        self.names.mentions.update(names_in(statement))
        self.names.perhaps.update(_perhaps_declared(statement))

    def _lose_inside(self, statement: tree.Node | tree.Spoiled, plan: Plan, holder: Symbol) -> None:
        """Keep the names in a lost statement of a block, and whether it may have opened a scope."""
        word = statement.word or ""
        meant = word if word in plan.words else did_you_mean(word, plan.words)
        slot, cls = plan.words.get(meant or "") or (None, None)
        if slot is not None and (cls is None or cls.naming is Naming.NONE):
            self.names.mentions.update(names_in(statement))
            for inner in statement.block.statements if statement.block else ():
                self.names.perhaps.update(_perhaps_declared(inner))
        else:
            self._lose(statement)
            holder.is_partial = True
        opens_any = any(Place.SCOPE in one.places for one in plan.slots)
        if Place.SCOPE in slot.places if slot is not None else opens_any:
            holder.is_doubtful = True

    def _package(self, node: tree.Node) -> None:
        if not self.names.package and node.values and isinstance(node.values[0], tree.Name):
            self.names.package = node.values[0].text
            self.names.package_span = self.span(node.values[0].start, node.values[0].end)

    def _import(self, package: tree.Name, name: tree.Name | None) -> None:
        package_span = self.span(package.start, package.name_end)
        span = self.span(name.start, name.name_end) if name else package_span
        self.names.imports.append(Imported(package.text, name.text if name else None, span, package_span))

    def _import_packages(self, node: tree.Node) -> None:
        packages = [value for value in node.values if isinstance(value, tree.Name)]
        for package in packages:
            self._import(package, None)
        self.names.has_lost_import |= not packages or len(packages) < len(node.values)

    def _import_names(self, node: tree.Node) -> None:
        package = node.values[0] if node.values else None
        values = [value for clause in node.clauses for value in clause.values]
        names = [value for value in values if isinstance(value, tree.Name)]
        if isinstance(package, tree.Name):
            for name in names:
                self._import(package, name)
        self.names.has_lost_import |= not isinstance(package, tree.Name) or not names or len(names) < len(values)

    def _declare(self, node: tree.Node, cls: type[Element]) -> None:
        name = node.values[0] if node.values else None
        if not isinstance(name, tree.Name) or "." in name.text:
            self._lose(node)
            return
        symbol = self._symbol(cls, name.text, self.prefix, name.start, name.name_end)
        self.names.symbols.append(symbol)
        plan = plan_of(cls)
        if node.block:
            self._members(node.block.statements, plan, symbol)
        if not symbol.opens and any(Place.SCOPE in slot.places for slot in plan.required):
            symbol.is_doubtful = True

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
        for statement in statements:
            if isinstance(statement, tree.Node):
                self._node(statement, plan, holder)
            elif isinstance(statement, tree.Field) and Shape.FIELD in plan.shapes:
                start = statement.start
                cls = plan.shapes[Shape.FIELD][1]
                self._member(holder, cls, statement.name, start, start + len(statement.name))
            elif isinstance(statement, tree.Operation):
                self._operation(statement, plan, holder)
            elif isinstance(statement, tree.Spoiled):
                self._lose_inside(statement, plan, holder)
            elif not isinstance(statement, tree.Transition):
                self._lose(statement)
                holder.is_partial = True

    def _node(self, node: tree.Node, plan: Plan, holder: Symbol) -> None:
        slot, cls = plan.words.get(node.word) or (None, None)
        if slot is None:
            if plan.any_word and issubclass(plan.any_word[1], Named):
                self._member(holder, plan.any_word[1], node.word, node.start, node.start + len(node.word))
            else:
                self._lose_inside(node, plan, holder)
            return
        if cls is None:
            if Place.SCOPE in slot.places:
                self._open(holder, slot, node.values)
                holder.is_doubtful |= not node.values or not all(isinstance(value, tree.Name) for value in node.values)
            return
        if cls.naming is Naming.PACKAGE:
            self._declare(node, cls)
            return
        inside = holder
        if cls.naming is Naming.MEMBER:
            name = node.values[0] if node.values else None
            if not isinstance(name, tree.Name):
                self._lose(node)
                holder.is_partial = True
                return
            inside = self._member(holder, cls, name.text, name.start, name.name_end)
            value = plan_of(cls).value
            if value is not None and Place.SCOPE in value.places:
                self._open(inside, value, (name,))
        if node.block:
            self._members(node.block.statements, plan_of(cls), inside)

    @staticmethod
    def _open(symbol: Symbol, slot: Slot, values: Iterable[tree.Value]) -> None:
        """Keep that an element sees the members of what its values name."""
        kinds = slot.kinds.kinds if slot.kinds else ()
        for value in values:
            if isinstance(value, tree.Name) and value.text != NONE:
                symbol.opens[value.text] = kinds

    def _operation(self, operation: tree.Operation, plan: Plan, holder: Symbol) -> None:
        _, cls = plan.words.get(operation.word) or (None, None)
        if cls is None or cls.shape is not Shape.OPERATION:
            self._lose(operation)
            holder.is_partial = True
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


def _perhaps_declared(statement: tree.Statement) -> Iterator[str]:
    """Yield the names that a statement may have been meant to declare."""
    if isinstance(statement, tree.Node):
        yield statement.word
        first = statement.values[0] if statement.values else None
        if isinstance(first, tree.Name) and "." not in first.text:
            yield first.text
    elif isinstance(statement, tree.Field):
        yield statement.name
        return
    elif isinstance(statement, tree.Operation):
        yield statement.name.text
        yield from (parameter.name for parameter in statement.parameters)
    elif isinstance(statement, tree.Spoiled):
        yield from statement.names
    for inner in statement.block.statements if statement.block else ():
        yield from _perhaps_declared(inner)


class SymbolTable:
    """All names of a workspace and of its dependencies, by package."""

    def __init__(self, files: list[FileNames], external: list[tuple[str, Symbol]]) -> None:
        self.packages: dict[str, dict[str, Symbol]] = defaultdict(dict)
        self.duplicates: list[Duplicate] = []
        self.mentions: set[str] = set()
        self.scopes: dict[int, object] = {}
        self.unreadable = any(names.tree.unreadable or not names.is_placed for names in files)
        self._perhaps: set[str] = set()
        self._further: dict[tuple[str, str], list[Symbol]] = defaultdict(list)
        for package, symbol in external:
            self.packages[package].setdefault(symbol.name, symbol)
        for names in files:
            package_names = self.packages[names.package]
            self.mentions |= names.mentions
            self._perhaps |= names.perhaps
            self.duplicates += names.duplicates
            for symbol in names.symbols:
                first = package_names.setdefault(symbol.name, symbol)
                if first is not symbol:
                    self.duplicates.append(Duplicate(first, symbol))
                    self._further[names.package, symbol.name].append(symbol)

    def named(self, package: str, name: str) -> Iterator[Symbol]:
        """Yield what a package declares by a name: at most one thing, except where that has been reported."""
        symbol = self.packages[package].get(name) if package in self.packages else None
        if symbol is not None:
            yield symbol
            if self._further:
                yield from self._further.get((package, name), ())

    def excuses(self, text: str) -> bool:
        """Whether a name may be declared in what could not be read, so that its absence proves nothing."""
        return self.unreadable or any(part in self._perhaps for part in text.split("."))
