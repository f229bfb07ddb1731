"""Whether a handler fits its operation: its parameters, their types and defaults, and what it returns.

A handler may take more than it is asked for and give less than it may; only what cannot work, or does something else
than the design says, is a misfit. What cannot be decided is none.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from cxc.code.modules import Function, Module
from cxc.code.ports import Asked
from cxc.code.project import Project
from cxc.code.signatures import Parameter, Signature, returns, signature
from cxc.code.types import Types
from cxc.diagnostics import Diagnostic, Related, Severity, finding
from cxc.diagnostics.suggestion import did_you_mean
from cxc.rules.build import unimplemented_operation
from cxc.source import Span

_LONGEST_TYPE = 120


class Fitting:
    """Compares handlers with what is asked of them."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._types = Types(project)

    def misfits(self, asked: Asked, module: Module, method: Function) -> Iterator[Diagnostic]:
        """Yield everything in which a handler does not fit its operation."""
        handler = _Handler(asked, module, method, signature(self._project, module, method))
        wanted = signature(self._project, asked.module, asked.method)
        yield from self._context(handler, wanted)
        yield from self._parameters(handler, wanted)
        if handler.signature.is_certain:
            yield from _not_awaited(handler)
            yield from self._result(handler)

    # ---- parameters -------------------------------------------------------------------------------------------------

    def _context(self, handler: _Handler, wanted: Signature) -> Iterator[Diagnostic]:
        own = handler.signature
        if not wanted.by_position:
            return
        if not own.by_position:
            if not own.any_position and own.is_certain:
                help = "Write `context: Context, /` as its first parameter after `self`."
                yield handler.says(f"`{handler.name}` takes no context, which comes first", handler.name_span, help)
            return
        yield from self._retyped(handler, own.by_position[0], wanted.by_position[0], "the context")

    def _parameters(self, handler: _Handler, wanted: Signature) -> Iterator[Diagnostic]:
        own = handler.signature
        asked = {each.name: each for each in wanted.parameters if not each.by_position}
        # The context comes by position, whatever the handler calls it.
        rest = own.parameters[1:] if own.by_position else own.parameters
        given = {each.name: each for each in rest}
        missing = {} if own.any_name else {name: each for name, each in asked.items() if name not in given}
        extra = {name: each for name, each in given.items() if name not in asked}
        renamed = self._renamed(handler, missing, extra)
        for name, parameter in given.items():
            if name in renamed:
                yield handler.renamed(parameter, renamed[name])
            elif name in extra:
                yield from _too_many(handler, parameter)
            elif not parameter.by_name:
                help = f"Write `{name}` behind `/` or `*`: parameters are given by name."
                message = f"`{name}` can only be given by its position, but is given by name"
                yield handler.says(message, handler.span(parameter), help, name)
            if wants := asked.get(renamed.get(name, name)):
                yield from self._retyped(handler, parameter, wants, f"`{name}`")
                yield from self._default(handler, parameter, wants)
        for name, parameter in missing.items():
            if name not in renamed.values():
                yield handler.lacks(parameter)

    def _renamed(
        self, handler: _Handler, missing: Mapping[str, Parameter], extra: Mapping[str, Parameter]
    ) -> dict[str, str]:
        """Return what parameters are called by now that had another name before."""
        found: dict[str, str] = {}
        for name in extra:
            now = did_you_mean(name, [each for each in missing if each not in found.values()])
            if now is not None:
                found[name] = now
        left = [each for each in missing if each not in found.values()], [each for each in extra if each not in found]
        if len(left[0]) == len(left[1]) == 1:
            now, before = left[0][0], left[1][0]
            if self._fits(handler, extra[before], missing[now]) is True and missing[now].node.annotation:
                found[before] = now
        return found

    def _fits(self, handler: _Handler, own: Parameter, wanted: Parameter) -> bool | None:
        """Return whether what the design gives is taken."""
        given = self._types.read(handler.asked.module, wanted.node.annotation)
        return self._types.fits(given, self._types.read(handler.module, own.node.annotation))

    def _retyped(self, handler: _Handler, own: Parameter, wanted: Parameter, what: str) -> Iterator[Diagnostic]:
        if self._fits(handler, own, wanted) is False:
            now, here = _said(wanted.node.annotation), _said(own.node.annotation)
            message = f"{_capital(what)} is `{now}` in the design, which `{here}` does not take"
            place = own.node.annotation or own.node
            help = f"Write `{own.name}: {now}`, and see to what is done with it."
            yield handler.says(message, handler.module.span(place), help, wanted.name)

    def _default(self, handler: _Handler, own: Parameter, wanted: Parameter) -> Iterator[Diagnostic]:
        if wanted.default is None:
            return
        now = ast.unparse(wanted.default)
        if own.default is None:
            message = f"`{own.name}` may be left out, but has no default here"
            yield handler.says(message, handler.span(own), f"Write `= {now}` behind it.", wanted.name)
        elif self._differ(handler, own.default, wanted.default):
            here = ast.unparse(own.default)
            message = f"Where `{own.name}` is left out, it is `{now}` in the design, but `{here}` here"
            found = handler.says(message, handler.module.span(own.default), f"Write `{now}`.", wanted.name)
            yield found.graded(Severity.WARNING)

    def _differ(self, handler: _Handler, own: ast.expr, wanted: ast.expr) -> bool:
        """Whether two defaults are certainly not the same."""
        try:
            one, other = ast.literal_eval(own), ast.literal_eval(wanted)
        except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
            pass
        else:
            return bool(one != other or isinstance(one, bool) is not isinstance(other, bool))
        if not (isinstance(own, ast.Attribute) and isinstance(wanted, ast.Attribute)) or own.attr == wanted.attr:
            return False
        holders = (
            self._project.meaning(handler.module, own.value),
            self._project.meaning(handler.asked.module, wanted.value),
        )
        return holders[0] is not None and holders[0] == holders[1]

    # ---- the result -------------------------------------------------------------------------------------------------

    def _result(self, handler: _Handler) -> Iterator[Diagnostic]:
        own, wanted = handler.method.returns, handler.asked.method.returns
        if own is None or not isinstance(handler.method, ast.AsyncFunctionDef):
            return
        given = self._types.read(handler.module, own)
        if self._types.fits(given, self._types.read(handler.asked.module, wanted)) is False:
            now = _said(wanted)
            message = f"`{handler.name}` returns `{_said(own)}`, but answers with `{now}` in the design"
            help = f"Write `-> {now}`, and see to what is returned."
            yield handler.says(message, handler.module.span(own), help)


@dataclass(frozen=True)
class _Handler:
    """A method, and the operation it is for."""

    asked: Asked
    module: Module
    method: Function
    signature: Signature

    @property
    def name(self) -> str:
        return self.method.name

    @property
    def name_span(self) -> Span:
        return self.module.name_span(self.method)

    def span(self, parameter: Parameter) -> Span:
        """Return where the name of a parameter stands."""
        span = self.module.span(parameter.node)
        return replace_end(span, len(parameter.name))

    def says(self, message: str, span: Span, help: str, parameter: str | None = None) -> Diagnostic:
        """Return a finding about the handler, with its place in the design."""
        place = self.asked.parameters.get(parameter or "", self.asked.operation.span)
        related = Related(place, "what the design says")
        return finding(unimplemented_operation.KIND, message, span, related=[related], help=help)

    def renamed(self, parameter: Parameter, now: str) -> Diagnostic:
        """Return the finding about a parameter that has another name in the design."""
        message = f"`{parameter.name}` is called `{now}` in the design"
        return self.says(message, self.span(parameter), f"Rename it to `{now}`, wherever it is used here.", now)

    def lacks(self, parameter: Parameter) -> Diagnostic:
        """Return the finding about a parameter that the handler does not have."""
        typed = f": {_said(parameter.node.annotation)}" if parameter.node.annotation else ""
        default = f" = {ast.unparse(parameter.default)}" if parameter.default else ""
        message = f"`{self.name}` does not take `{parameter.name}`, which `{self.asked.label}` is asked with"
        help = f"Add `{parameter.name}{typed}{default}` to its parameters."
        found = self.says(message, self.name_span, help, parameter.name)
        if self.signature.is_certain:
            return found
        # Hardly any decorator takes a parameter away, but one may.
        return replace(found, message=f"{message}, unless a decorator does").graded(Severity.WARNING)


def replace_end(span: Span, width: int) -> Span:
    """Return the beginning of a span, so many characters of it."""
    return span._replace(end_line=span.line, end_column=span.column + width)


def _too_many(handler: _Handler, parameter: Parameter) -> Iterator[Diagnostic]:
    """Yield the finding about a parameter that the design does not have.

    One of the developer's own, with a default that is made or named elsewhere, is fine; so is what a decorator gives.
    """
    name = parameter.name
    message = f"`{handler.asked.label}` has no parameter `{name}`"
    if not handler.signature.is_certain:
        return
    if parameter.default is None:
        help = "Remove it, and what is done with it: nobody gives it any more."
        yield handler.says(message, handler.span(parameter), help)
    elif isinstance(parameter.default, ast.Constant):
        help = "Remove it, and what is done with it: it always has its default."
        yield handler.says(message, handler.span(parameter), help).graded(Severity.WARNING)


def _not_awaited(handler: _Handler) -> Iterator[Diagnostic]:
    """Yield the finding about a method that cannot be awaited: no `async`, and not what another one gives either."""
    method = handler.method
    if isinstance(method, ast.AsyncFunctionDef):
        return
    if method.returns is not None:
        written = ast.unparse(method.returns)
        hands_on = any(word in written for word in ("Awaitable", "Coroutine", "Future", "Task", "Any"))
    else:
        hands_on = any(isinstance(each.value, ast.Call | ast.Name) for each in returns(method))
    if not hands_on:
        help = f"Write `async def {handler.name}`."
        yield handler.says(f"`{handler.name}` is no `async def`, but is awaited", handler.name_span, help)


class _Plain(ast.NodeTransformer):
    """Leaves out of annotations what is no type: the constraints of `Annotated`, and quotes."""

    def visit_Subscript(self, node: ast.Subscript) -> ast.AST:
        """Return what is annotated."""
        name = ast.unparse(node.value).rpartition(".")[2]
        if name == "Annotated" and isinstance(node.slice, ast.Tuple):
            return self.visit(node.slice.elts[0])  # type: ignore[no-any-return]
        return self.generic_visit(node)


def _said(annotation: ast.expr | None) -> str:
    """Return a type as it is written, without what is no type."""
    if annotation is None:
        return "None"
    if isinstance(annotation, ast.Constant) and isinstance(annotation.value, str):
        return annotation.value
    text = ast.unparse(_Plain().visit(ast.parse(ast.unparse(annotation), mode="eval").body))
    return text if len(text) <= _LONGEST_TYPE else f"{text[: _LONGEST_TYPE - 1]}…"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
