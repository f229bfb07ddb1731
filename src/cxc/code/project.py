"""Several Python files together: what a name means, also where it comes from another file, and how classes descend.

What cannot be followed is None, and nothing is concluded from it.
"""

from __future__ import annotations

import ast
import builtins
import sys
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from cxc.code.modules import Alias, Function, Import, Module, Parts, members

_DEEPEST = 40
"""How many imports and aliases are followed from one to the next."""
_HARMLESS = {
    ("object",), ("abc", "ABC"), ("typing", "Protocol"), ("typing", "Generic"), ("typing_extensions", "Protocol"),
}  # fmt: skip
"""Classes elsewhere that bring no methods which could be a handler."""
_KEEPING = {
    ("dataclasses", "dataclass"), ("typing", "final"), ("typing_extensions", "final"), ("attrs", "define"),
    ("attrs", "frozen"), ("attr", "s"), ("attr", "define"), ("abc", "ABCMeta"),
}  # fmt: skip
"""Decorators and metaclasses that leave the methods of a class as they are."""


@dataclass(frozen=True, eq=False)
class Class:
    """A class in one of the files."""

    module: Module
    node: ast.ClassDef

    @property
    def name(self) -> str:
        return self.node.name

    @cached_property
    def members(self) -> dict[str, Function | None]:
        return members(self.node)


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """What a dotted name stands for that is in none of the files."""

    parts: Parts


@dataclass(frozen=True, slots=True)
class Meant:
    """An expression, and the module whose names it uses."""

    module: Module
    value: ast.expr


Meaning = Class | Elsewhere | Meant | Function | None


@dataclass(frozen=True)
class Descent:
    """A class and all it descends from, in the order in which methods are looked up."""

    order: tuple[Class | Elsewhere, ...]
    is_open: bool
    """Whether it may have methods that stand in none of the files."""


class Project:
    """The developer's files, and the generated package that they import."""

    def __init__(self, own: Sequence[Module], package: Sequence[Module], name: str, around: Parts = ()) -> None:
        self.own = own
        self._package = {module.name: module for module in package}
        self._name = name
        self._own = {module.name: module for module in own}
        self._around = around
        self._ending: dict[str, list[Module]] = {}
        for module in own:
            if module.name:
                self._ending.setdefault(module.name[-1], []).append(module)
        self._classes: dict[ast.ClassDef, Class] = {}
        self._descents: dict[Class, Descent] = {}

    def class_of(self, module: Module, node: ast.ClassDef) -> Class:
        """Return a class; the same one for the same node."""
        return self._classes.setdefault(node, Class(module, node))

    @cached_property
    def _package_functions(self) -> set[int]:
        return {id(node) for module in self._package.values() for node in module.names.values()}

    def is_of_package(self, function: Function) -> bool:
        """Whether a function stands in the generated package."""
        return id(function) in self._package_functions

    def is_generated(self, module: Module) -> bool:
        """Whether a module is one of the generated package."""
        return self._package.get(module.name) is module

    def names_package(self, parts: Parts) -> bool:
        """Whether a dotted name leads into the generated package, or would if there were such a thing in it."""
        return parts[:1] == (self._name,)

    # ---- names ------------------------------------------------------------------------------------------------------

    def module(self, name: Parts, seen_from: Module | None = None) -> Module | None:
        """Return the module of a dotted name; which folder Python begins at is not known, so endings count too."""
        if found := self._package.get(name) or self._own.get(name):
            return found
        if not name or name[0] in sys.stdlib_module_names:
            return None
        if seen_from is not None and (found := self._own.get((*seen_from.name[:-1], *name))):
            return found
        whole = [each for each in self._ending.get(name[-1], ()) if (*self._around, *each.name)[-len(name) :] == name]
        return whole[0] if len(whole) == 1 and len(name) > 1 else None

    def meaning(self, module: Module, expression: ast.expr, depth: int = 0) -> Meaning:
        """Return what a name, or a name in a module, stands for."""
        if depth > _DEEPEST:
            return None
        if isinstance(expression, ast.Name):
            return self._named(module, expression.id, depth)
        if isinstance(expression, ast.Attribute):
            holder = self.meaning(module, expression.value, depth + 1)
            if isinstance(holder, Elsewhere):
                return self._inside(holder.parts, expression.attr, module, depth)
        return None

    def _named(self, module: Module, name: str, depth: int) -> Meaning:
        if name not in module.names:
            return self._from_stars(module, name, depth)
        binding = module.names[name]
        if isinstance(binding, Import):
            if binding.name is None:
                return Elsewhere(binding.module)
            return self._inside(binding.module, binding.name, module, depth)
        if isinstance(binding, ast.ClassDef):
            return self.class_of(module, binding)
        if isinstance(binding, Alias):
            same = isinstance(binding.value, ast.Name | ast.Attribute)
            return self.meaning(module, binding.value, depth + 1) if same else Meant(module, binding.value)
        return binding

    def _from_stars(self, module: Module, name: str, depth: int) -> Meaning:
        for star in module.stars:
            inner = self.module(star, module)
            if inner is None or depth > _DEEPEST:
                return None
            if inner is not module and (name in inner.names or inner.stars):
                return self._named(inner, name, depth + 1)
        return Elsewhere((name,)) if hasattr(builtins, name) else None

    def _inside(self, path: Parts, name: str, seen_from: Module, depth: int) -> Meaning:
        """Return what a module calls by a name: something in it, or a module below it."""
        inner = self.module(path, seen_from)
        if inner is not None and (name in inner.names or inner.stars) and depth <= _DEEPEST:
            return self._named(inner, name, depth + 1)
        return Elsewhere((*(inner.name if inner else path), name))

    # ---- classes ----------------------------------------------------------------------------------------------------

    def descent(self, of: Class) -> Descent:
        """Return what a class descends from."""
        if of not in self._descents:
            # A class that descends from itself cannot be; whoever writes such a thing learns it from Python.
            self._descents[of] = Descent((of,), True)
            self._descents[of] = self._descent(of)
        return self._descents[of]

    def _descent(self, of: Class) -> Descent:
        is_open = not self._is_plain(of)
        bases: list[Class | Elsewhere] = []
        orders: list[list[Class | Elsewhere]] = []
        for expression in of.node.bases:
            base = self.meaning(of.module, expression.value if isinstance(expression, ast.Subscript) else expression)
            if isinstance(base, Class):
                inner = self.descent(base)
                is_open = is_open or inner.is_open
                bases.append(base)
                orders.append(list(inner.order))
            elif isinstance(base, Elsewhere):
                is_open = is_open or base.parts not in _HARMLESS
                bases.append(base)
                orders.append([base])
            else:
                is_open = True
        return Descent((of, *_merged([*orders, list(bases)])), is_open)

    def _is_plain(self, of: Class) -> bool:
        """Whether neither a decorator nor a metaclass may give a class other methods."""
        metaclasses = [keyword.value for keyword in of.node.keywords if keyword.arg in ("metaclass", None)]
        decorators = [each.func if isinstance(each, ast.Call) else each for each in of.node.decorator_list]
        return all(self.is_one_of(of.module, each, _KEEPING) for each in (*metaclasses, *decorators))

    def is_one_of(self, module: Module, expression: ast.expr, known: Collection[Parts]) -> bool:
        """Whether an expression is the name of something known from elsewhere."""
        found = self.meaning(module, expression)
        return isinstance(found, Elsewhere) and found.parts in known


def _merged(orders: Iterable[list[Class | Elsewhere]]) -> list[Class | Elsewhere]:
    """Merge the orders of several bases as Python does (C3); where that is impossible, one after the other."""
    left = [list(order) for order in orders if order]
    merged: list[Class | Elsewhere] = []
    while left:
        heads = (order[0] for order in left)
        chosen = next((head for head in heads if not any(head in order[1:] for order in left)), left[0][0])
        merged.append(chosen)
        left = [kept for order in left if (kept := [each for each in order if each != chosen])]
    return merged
