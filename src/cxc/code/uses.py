"""What the developer's code takes from the generated package besides: names that it has no more, services at the start.

Whether handlers fit is left to `comparison`.
"""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator, Sequence

from cxc.code.modules import Module, Parts
from cxc.code.ports import Port
from cxc.code.project import Class, Elsewhere, Project
from cxc.diagnostics import Diagnostic, Related, finding
from cxc.diagnostics.suggestion import did_you_mean
from cxc.rules.build import unimplemented_operation
from cxc.source import Span

KIND = unimplemented_operation.KIND
ALL_PORTS = "Ports"
"""The class that takes the handlers of all services, in `ports` of the generated package."""


class Uses:
    """Finds what the code asks of the generated package in vain."""

    def __init__(self, project: Project, ports: Sequence[Port]) -> None:
        self._project = project
        self._ports = {port.module: port for port in ports}

    def findings(self, told: Collection[Span], gone: Collection[Parts]) -> Iterator[Diagnostic]:
        """Yield what does not fit; nothing more is said of the places and names that were told of already."""
        for module in self._project.own:
            for node in ast.walk(module.tree):
                if isinstance(node, ast.ImportFrom):
                    yield from self._imported_from(module, node, gone)
                elif isinstance(node, ast.Import):
                    yield from self._imported(module, node)
                elif isinstance(node, ast.Attribute) and module.span(node) not in told:
                    yield from self._attribute(module, node)
                elif isinstance(node, ast.Call):
                    yield from self._started(module, node)

    # ---- names ------------------------------------------------------------------------------------------------------

    def _imported_from(self, module: Module, node: ast.ImportFrom, gone: Collection[Parts]) -> Iterator[Diagnostic]:
        origin = module.origin(node)
        for alias in node.names:
            if alias.name != "*" and (*origin, alias.name) not in gone:
                yield from self._name(module, (*origin, alias.name), module.span(alias))

    def _imported(self, module: Module, node: ast.Import) -> Iterator[Diagnostic]:
        for alias in node.names:
            yield from self._name(module, tuple(alias.name.split(".")), module.span(alias))

    def _attribute(self, module: Module, node: ast.Attribute) -> Iterator[Diagnostic]:
        if _root(node) in module.local_names:
            return
        found = self._project.meaning(module, node)
        # Of a name in what is missing itself, the missing one says enough.
        if isinstance(found, Elsewhere) and self._project.module(found.parts[:-1]):
            yield from self._name(module, found.parts, module.span(node))

    def _name(self, module: Module, parts: Parts, span: Span) -> Iterator[Diagnostic]:
        if not self._project.names_package(parts) or self._project.module(parts) or parts[-1].startswith("__"):
            return
        holder = self._project.module(parts[:-1])
        if holder is not None and (parts[-1] in holder.names or holder.stars):
            return
        shown = ".".join(parts[1:]) or parts[0]
        likely = did_you_mean(parts[-1], (name for name in holder.names if name[0] != "_")) if holder else None
        help = f"Did you mean `{likely}`?" if likely else "It was removed from the design, or has another name there."
        yield finding(KIND, f"There is no `{shown}` in the package `{parts[0]}` any more", span, help=help)

    # ---- services ---------------------------------------------------------------------------------------------------

    def _started(self, module: Module, call: ast.Call) -> Iterator[Diagnostic]:
        """Yield the services that are missing, or too many, where the handlers of all are put together."""
        found = self._project.meaning(module, call.func)
        is_it = isinstance(found, Class) and found.name == ALL_PORTS and self._project.is_generated(found.module)
        if not is_it or call.args:
            return
        given = {keyword.arg: keyword for keyword in call.keywords}
        for name, keyword in given.items():
            if name is not None and name not in self._ports:
                place = module.span(keyword)._replace(end_line=keyword.lineno)
                place = place._replace(end_column=place.column + len(name))
                likely = did_you_mean(name, self._ports)
                help = f"Did you mean `{likely}`?" if likely else "Remove it."
                yield finding(KIND, f"`{ALL_PORTS}` takes no `{name}`: there is no such service", place, help=help)
        for name, port in self._ports.items():
            if name not in given and None not in given:
                related = [Related(port.service.span, "the service")]
                help = f"Add `{name}={port.handlers}()`."
                message = f"`{ALL_PORTS}` is not given the handlers of `{port.service.name}`"
                yield finding(KIND, message, module.span(call.func), related=related, help=help)


def _root(node: ast.Attribute) -> str:
    """Return the name that an expression such as `errors.TooLate` begins with."""
    value: ast.expr = node
    while isinstance(value, ast.Attribute):
        value = value.value
    return value.id if isinstance(value, ast.Name) else ""
