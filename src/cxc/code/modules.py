"""One Python file as it is written: what its names stand for, its classes, and their methods. Nothing is ever run.

What a name means across files is left to `project`.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from cxc.source import SourceFile, Span

Parts = tuple[str, ...]
"""A dotted name, part by part."""
_DEFINED = re.compile(r"\b(?:def|class)\s+(\w+)")
Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True, slots=True)
class Import:
    """A name that stands for a module, or for what a module calls `name`."""

    module: Parts
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Alias:
    """A name for what an expression stands for, such as another type."""

    value: ast.expr


Binding = Import | Alias | ast.ClassDef | Function | None
"""What a name stands for; None where that is not known."""


@dataclass(frozen=True, eq=False)
class Module:
    """A Python file: its dotted name, its text, and what was read in it."""

    name: Parts
    source: SourceFile
    tree: ast.Module
    is_package: bool = False
    stars: list[Parts] = field(default_factory=list)
    """The modules of which it takes every name."""

    @cached_property
    def names(self) -> dict[str, Binding]:
        """What the names of the module stand for, those that are imported in functions and conditions too."""
        found: dict[str, Binding] = {}
        for node in ast.walk(self.tree):
            for name, binding in self._imported(node):
                found.setdefault(name, binding)
        for node in _statements(self.tree.body):
            found |= dict(_bound(node))
        for inner in self.classes:
            found.setdefault(inner.name, inner)
        return found

    @cached_property
    def classes(self) -> list[ast.ClassDef]:
        """Every class of the file, wherever it stands."""
        return [node for node in ast.walk(self.tree) if isinstance(node, ast.ClassDef)]

    @cached_property
    def local_names(self) -> frozenset[str]:
        """The names that mean something else somewhere: parameters, and whatever is assigned."""
        nodes = list(ast.walk(self.tree))
        parameters = {node.arg for node in nodes if isinstance(node, ast.arg)}
        assigned = {node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
        caught = {node.name for node in nodes if isinstance(node, ast.ExceptHandler | ast.MatchAs | ast.MatchStar)}
        return frozenset(parameters | assigned | {name for name in caught if name})

    def _imported(self, node: ast.AST) -> Iterator[tuple[str, Binding]]:
        if isinstance(node, ast.Import):
            for alias in node.names:
                parts = tuple(alias.name.split("."))
                yield (alias.asname, Import(parts)) if alias.asname else (parts[0], Import(parts[:1]))
        elif isinstance(node, ast.ImportFrom):
            origin = self.origin(node)
            for alias in node.names:
                if alias.name != "*":
                    yield alias.asname or alias.name, Import(origin, alias.name)
                elif origin not in self.stars:
                    self.stars.append(origin)

    def origin(self, node: ast.ImportFrom) -> Parts:
        """Return the module that names are imported from."""
        named = tuple(node.module.split(".")) if node.module else ()
        if not node.level:
            return named
        up = node.level - (1 if self.is_package else 0)
        return (*self.name[: len(self.name) - up], *named)

    # ---- places -----------------------------------------------------------------------------------------------------

    def span(self, node: ast.expr | ast.arg | ast.alias | ast.keyword) -> Span:
        """Return where a node stands."""
        end_line, end = node.end_lineno or node.lineno, node.end_col_offset or node.col_offset
        start = self._column(node.lineno, node.col_offset)
        return Span(self.source.path, node.lineno, start, end_line, self._column(end_line, end))

    def name_span(self, node: ast.ClassDef | Function) -> Span:
        """Return where the name of a class or function stands that is defined."""
        line = self.source.line(node.lineno)
        found = _DEFINED.search(line, self._column(node.lineno, node.col_offset) - 1)
        start, end = found.span(1) if found else (0, len(line))
        return Span(self.source.path, node.lineno, start + 1, node.lineno, end + 1)

    def _column(self, line: int, offset: int) -> int:
        """Return the column, in characters, of an offset in bytes."""
        text = self.source.line(line)
        mark = 1 if line == 1 and text.startswith("\ufeff") else 0
        return len(text[mark:].encode()[:offset].decode("utf-8", "ignore")) + 1 + mark


def _statements(body: Sequence[ast.stmt]) -> Iterator[ast.stmt]:
    """Yield statements and those inside conditions, which may or may not be carried out."""
    for node in body:
        yield node
        for inner in ("body", "orelse", "finalbody"):
            if isinstance(node, ast.If | ast.Try | ast.With | ast.For | ast.While):
                yield from _statements(getattr(node, inner, []))
        if isinstance(node, ast.Try):
            for handler in node.handlers:
                yield from _statements(handler.body)


def _bound(node: ast.stmt) -> Iterator[tuple[str, Binding]]:
    """Yield the names that a statement gives a meaning, imports aside."""
    if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
        yield node.name, node
    elif isinstance(node, ast.Assign):
        for target in node.targets:
            yield from _assigned(target, node.value)
    elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and node.value:
        yield node.target.id, Alias(node.value)
    elif type(node).__name__ == "TypeAlias":  # since Python 3.12
        name, value = getattr(node, "name", None), getattr(node, "value", None)
        if isinstance(name, ast.Name) and isinstance(value, ast.expr):
            yield name.id, None if getattr(node, "type_params", None) else Alias(value)


def _assigned(target: ast.expr, value: ast.expr) -> Iterator[tuple[str, Binding]]:
    if isinstance(target, ast.Name):
        yield target.id, Alias(value)
    elif isinstance(target, ast.Tuple | ast.List):
        for inner in ast.walk(target):
            if isinstance(inner, ast.Name):
                yield inner.id, None


def members(node: ast.ClassDef) -> dict[str, Function | None]:
    """Return what a class itself defines by name: its methods, and None for anything else that stands there."""
    found: dict[str, Function | None] = {}
    for statement in _statements(node.body):
        for name, binding in _bound(statement):
            is_method = isinstance(binding, ast.FunctionDef | ast.AsyncFunctionDef)
            found[name] = binding if is_method else None  # type: ignore[assignment]
        if isinstance(statement, ast.Import | ast.ImportFrom):
            found |= {alias.asname or alias.name: None for alias in statement.names}
    return found


def called_names(trees: Iterable[ast.Module]) -> set[str]:
    """Return the names of all methods that some code calls, as in `self.load(…)`."""
    return {
        node.func.attr
        for tree in trees
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    }
