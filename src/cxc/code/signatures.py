"""How a method can be called, whether anybody has written it yet, and what may have been done to it by decorators."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

from cxc.code.modules import Function, Module
from cxc.code.project import Elsewhere, Project

MARK = "unimplemented"
"""The decorator of the generated package for what nobody wrote yet."""

_TRANSPARENT = {
    ("typing", "override"), ("typing_extensions", "override"), ("typing", "final"), ("typing_extensions", "final"),
}  # fmt: skip
_ABSTRACT = {("abc", "abstractmethod")}
_WITHOUT_SELF = {("staticmethod",)}
_WITH_CLASS = {("classmethod",)}


class Written(Enum):
    """How far a method is written."""

    WHOLE = auto()
    MARKED = auto()
    """It is not, and says so by the mark."""
    MARKED_BUT_WHOLE = auto()
    RAISES = auto()
    """It has no mark, but only raises `NotImplementedError`."""
    ABSTRACT = auto()


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a method."""

    node: ast.arg
    default: ast.expr | None
    by_position: bool
    by_name: bool

    @property
    def name(self) -> str:
        return self.node.arg


@dataclass(frozen=True)
class Signature:
    """How a method is called, without what stands for its object."""

    parameters: tuple[Parameter, ...]
    any_position: bool
    any_name: bool
    is_certain: bool
    """Whether the method is called as it is written: no decorator is known to leave others so."""

    @property
    def by_position(self) -> list[Parameter]:
        return [each for each in self.parameters if each.by_position]


def signature(project: Project, module: Module, method: Function) -> Signature:
    """Return how a method is called."""
    arguments = method.args
    by_position = [*arguments.posonlyargs, *arguments.args]
    defaults: list[ast.expr | None] = [None] * (len(by_position) - len(arguments.defaults))
    defaults += arguments.defaults
    found = [
        Parameter(node, default, by_position=True, by_name=index >= len(arguments.posonlyargs))
        for index, (node, default) in enumerate(zip(by_position, defaults, strict=True))
    ]
    found += [
        Parameter(node, default, by_position=False, by_name=True)
        for node, default in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True)
    ]
    decorators = [_name(each) for each in method.decorator_list]
    is_static = any(project.is_one_of(module, each, _WITHOUT_SELF) for each in decorators)
    known = _TRANSPARENT | _ABSTRACT | _WITHOUT_SELF | _WITH_CLASS
    certain = all(project.is_one_of(module, each, known) or is_mark(project, module, each) for each in decorators)
    without_object = found if is_static or not by_position else found[1:]
    return Signature(tuple(without_object), bool(arguments.vararg), bool(arguments.kwarg), certain)


def written(project: Project, module: Module, method: Function) -> Written:
    """Return how far a method is written."""
    decorators = [_name(each) for each in method.decorator_list]
    if any(project.is_one_of(module, each, _ABSTRACT) for each in decorators):
        return Written.ABSTRACT
    only_raises = _only_raises(method)
    if any(is_mark(project, module, each) for each in decorators):
        return Written.MARKED if only_raises else Written.MARKED_BUT_WHOLE
    return Written.RAISES if only_raises else Written.WHOLE


def is_mark(project: Project, module: Module, decorator: ast.expr) -> bool:
    """Whether a decorator is the mark of the generated package."""
    found = project.meaning(module, decorator)
    if isinstance(found, ast.FunctionDef):
        return found.name == MARK and project.is_of_package(found)
    return isinstance(found, Elsewhere) and found.parts[-1] == MARK and project.names_package(found.parts)


def _name(decorator: ast.expr) -> ast.expr:
    return decorator.func if isinstance(decorator, ast.Call) else decorator


def _only_raises(method: Function) -> bool:
    body = [each for each in method.body if not _is_text(each)]
    if all(isinstance(each, ast.Pass) or _is_ellipsis(each) for each in body):
        # Nothing at all, or `pass`, may be all that there is to do.
        return any(map(_is_ellipsis, body))
    last = body[-1]
    if not isinstance(last, ast.Raise) or last.exc is None or len(body) > 1:
        return False
    raised = last.exc.func if isinstance(last.exc, ast.Call) else last.exc
    return isinstance(raised, ast.Name) and raised.id == "NotImplementedError"


def _is_text(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)


def _is_ellipsis(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and node.value.value is ...


def returns(method: Function) -> Iterator[ast.Return]:
    """Yield the places where a method itself returns something; those of functions inside it are none of its own."""
    waiting: list[ast.AST] = list(method.body)
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.Return):
            yield node
        elif not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Lambda):
            waiting += ast.iter_child_nodes(node)
