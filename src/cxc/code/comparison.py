"""Handlers against the design: what nobody wrote yet, what nobody asks for any more, and what no longer fits.

Whether a single handler fits is left to `fitting`.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from cxc.code.fitting import Fitting
from cxc.code.modules import Function, Parts, called_names, members
from cxc.code.ports import Asked, Port
from cxc.code.project import Class, Elsewhere, Project
from cxc.code.reading import Code
from cxc.code.signatures import Written, is_mark, signature, written
from cxc.diagnostics import Diagnostic, Related, Severity, finding
from cxc.diagnostics.suggestion import did_you_mean
from cxc.rules.build import unimplemented_operation

KIND = unimplemented_operation.KIND
_ENDING = "Port"


@dataclass
class _Handlers:
    """What was found for a port: its classes, and each method that may be the handler of an operation."""

    port: Port
    classes: list[Class] = field(default_factory=list)
    all: set[Class] = field(default_factory=set)
    """These classes, and all of the developer's that they descend from."""
    found: dict[str, dict[Function, Class]] = field(default_factory=dict)
    """The methods of each operation, with the classes that they stand in."""
    unclear: set[str] = field(default_factory=set)
    """The operations that something else than a method may answer."""
    late: dict[str, tuple[Function, Class]] = field(default_factory=dict)
    """The methods that come too late, since the port stands before their class."""


class Comparison:
    """Compares all handlers with all ports."""

    def __init__(self, project: Project, ports: Iterable[Port], code: Code) -> None:
        self._project = project
        self._ports = {port.of: port for port in ports}
        self._code = code
        self._fitting = Fitting(project)
        self._called = called_names(module.tree for module in project.own)
        self._classes = [project.class_of(module, node) for module in project.own for node in module.classes]
        self._handlers = {port.of: _Handlers(port) for port in self._ports.values()}
        self._gone: dict[Class, Elsewhere] = {}
        self._made = [bases for module in project.own for bases in _made_classes(module.tree)]
        """The bases of classes that are made as the program runs."""

    def findings(self) -> Iterator[Diagnostic]:
        """Yield everything that does not fit together."""
        for each in self._classes:
            self._sort_in(each)
        absent = [
            one
            for one in self._handlers.values()
            if one.port.operations and not one.classes and not self._may_stand_elsewhere(one.port)
        ]
        for cls, port in self._gone.items():
            yield self._no_service(cls, port, absent)
        for handlers in absent:
            yield self._no_class(handlers.port)
        obsolete = dict(self._obsolete())
        for handlers in self._handlers.values():
            if handlers.classes:
                yield from self._of_port(handlers, obsolete)
        for method, cls in obsolete.items():
            yield self._no_operation(cls, method)

    @property
    def gone(self) -> set[Parts]:
        """The ports of services that are gone, as far as it was told of them."""
        return {base.parts for base in self._gone.values()}

    # ---- whose is what ----------------------------------------------------------------------------------------------

    def _sort_in(self, cls: Class) -> None:
        descent = self._project.descent(cls)
        for base in descent.order:
            if isinstance(base, Elsewhere):
                is_port = self._project.names_package(base.parts) and base.parts[-1].endswith(_ENDING)
                nearer = (one for one in descent.order if isinstance(one, Class) and one is not cls)
                if is_port and not any(base in self._project.descent(one).order for one in nearer):
                    self._gone.setdefault(cls, base)
            elif base in self._handlers:
                self._take(self._handlers[base], cls)

    def _take(self, handlers: _Handlers, cls: Class) -> None:
        descent = self._project.descent(cls)
        handlers.classes.append(cls)
        handlers.all |= {one for one in descent.order if isinstance(one, Class) and not self._is_generated(one)}
        for name in handlers.port.operations:
            holder = next(one for one in descent.order if isinstance(one, Class) and name in one.members)
            method = holder.members[name]
            if holder is handlers.port.of:
                after = (one for one in descent.order if isinstance(one, Class) and one is not holder)
                other = next((one for one in after if name in one.members), None)
                late = other.members[name] if other else None
                if descent.is_open:
                    handlers.unclear.add(name)
                elif other and late and not self._is_generated(other):
                    handlers.late[name] = late, other
            elif method is None:
                handlers.unclear.add(name)
            elif not self._is_generated(holder):
                handlers.found.setdefault(name, {})[method] = holder

    def _may_stand_elsewhere(self, port: Port) -> bool:
        """Whether the class of a port may be in a file that was not understood, or be made as the program runs."""
        unread = any(not source.text or port.name in source.text for source in self._code.unread)
        return unread or any(port.name in bases for bases in self._made)

    def _is_generated(self, cls: Class) -> bool:
        return self._project.is_generated(cls.module)

    # ---- operations of the design -----------------------------------------------------------------------------------

    def _of_port(self, handlers: _Handlers, obsolete: dict[Function, Class]) -> Iterator[Diagnostic]:
        for name, asked in handlers.port.operations.items():
            found = handlers.found.get(name, {})
            states = {method: written(self._project, cls.module, method) for method, cls in found.items()}
            whole = [method for method, state in states.items() if state is Written.WHOLE]
            begun = [method for method, state in states.items() if state not in (Written.WHOLE, Written.ABSTRACT)]
            for method in [*whole, *(one for one in begun if states[one] is not Written.MARKED)]:
                yield from self._fitting.misfits(asked, found[method].module, method)
            if whole or name in handlers.unclear or self._may_stand_elsewhere(handlers.port):
                continue
            for method in begun:
                yield _unwritten(asked, found[method], method, states[method])
            if not begun:
                yield self._no_handler(handlers, asked, obsolete)

    def _no_handler(self, handlers: _Handlers, asked: Asked, obsolete: dict[Function, Class]) -> Diagnostic:
        cls = handlers.classes[0]
        related = [Related(cls.module.name_span(cls.node), "the class it belongs into")]
        help = f"Add `{asked.signature}` to `{cls.name}`."
        if asked.name in handlers.late:
            method, other = handlers.late[asked.name]
            related.append(Related(other.module.name_span(method), "comes too late: the port goes before its class"))
            help = f"Name `{other.name}` before `{handlers.port.name}` in the brackets of `class {cls.name}`."
        elif former := self._former(asked, [one for one, its in obsolete.items() if its in handlers.all]):
            place = obsolete[former].module.name_span(former)
            related.append(Related(place, "perhaps its handler, under another name"))
            help = f"If `{former.name}` is its handler, rename that to `{asked.name}`; else {help[0].lower()}{help[1:]}"
        message = f"`{asked.label}` has no handler"
        return finding(KIND, message, asked.operation.span, related=related, help=help)

    def _former(self, asked: Asked, obsolete: list[Function]) -> Function | None:
        """Return the method that was probably the handler of an operation before it was renamed."""
        alike = [one for one in obsolete if did_you_mean(one.name, [asked.name])]
        wanted = _names(asked.method)
        same = [one for one in obsolete if wanted and _names(one) == wanted]
        found = alike or (same if len(same) == 1 else [])
        return found[0] if found else None

    def _no_class(self, port: Port) -> Diagnostic:
        count = len(port.operations)
        what = "its operation is" if count == 1 else f"its {count} operations are"
        message = f"No class has the handlers of `{port.service.name}`, so {what} not implemented"
        help = f"Write `class {port.handlers}({port.name})`; where there is no `{port.file}`, `cxc build` writes one."
        return finding(KIND, message, port.service.span, help=help)

    # ---- what the design has no more --------------------------------------------------------------------------------

    def _obsolete(self) -> Iterator[tuple[Function, Class]]:
        """Yield the methods that look like handlers, but are those of no operation."""
        for handlers in self._handlers.values():
            for cls in handlers.all:
                known = self._known(cls)
                for name, method in members(cls.node).items():
                    if method is not None and name not in known and self._is_handler(cls, method):
                        yield method, cls

    def _known(self, cls: Class) -> set[str]:
        """Return the operations of every port that a class, or one that descends from it, has the handlers of."""
        return {
            name for handlers in self._handlers.values() if cls in handlers.all for name in handlers.port.operations
        }

    def _is_handler(self, cls: Class, method: Function) -> bool:
        """Whether a method can be nothing but a handler, and is no helper that the handlers call."""
        if method.name.startswith("_") or not isinstance(method, ast.AsyncFunctionDef):
            return False
        if any(is_mark(self._project, cls.module, each) for each in method.decorator_list):
            return True
        how = signature(self._project, cls.module, method)
        if not how.by_position or method.name in self._called:
            return False
        context = how.by_position[0]
        meant = self._project.meaning(cls.module, context.node.annotation) if context.node.annotation else None
        is_context = context.name == "context" or (isinstance(meant, Class) and meant.name == "Context")
        return is_context and len(how.by_position) == 1

    def _no_operation(self, cls: Class, method: Function) -> Diagnostic:
        mine = [handlers for handlers in self._handlers.values() if cls in handlers.all]
        services = " or ".join(f"`{handlers.port.service.name}`" for handlers in mine)
        message = f"`{method.name}` is the handler of no operation of {services}"
        open_ones = [
            asked
            for handlers in mine
            for name, asked in handlers.port.operations.items()
            if name not in handlers.found and name not in handlers.unclear
        ]
        now = next((asked for asked in open_ones if self._former(asked, [method])), None)
        if now is None:
            related = [Related(handlers.port.service.span, "has no such operation") for handlers in mine]
            help = "Remove it, or give it back its operation in the design."
        else:
            related = [Related(now.operation.span, "has no handler")]
            help = f"Did you mean `{now.name}`? Then rename it; else remove it."
        return finding(KIND, message, cls.module.name_span(method), related=related, help=help)

    def _no_service(self, cls: Class, port: Elsewhere, absent: list[_Handlers]) -> Diagnostic:
        name = port.parts[-1].removesuffix(_ENDING)
        services = {handlers.port.service.name: handlers.port for handlers in self._handlers.values()}
        likely = did_you_mean(name, services) or (absent[0].port.service.name if len(absent) == 1 else None)
        message = f"`{cls.name}` has the handlers of `{name}`, and the design has no such service"
        help = "Remove the class, or give it back its service in the design."
        related = []
        if likely:
            now = services[likely]
            related.append(Related(now.service.span, "perhaps its service, under another name"))
            help = f"If the service is `{likely}` by now, derive the class from `{now.name}`; else remove it."
        return finding(KIND, message, cls.module.name_span(cls.node), related=related, help=help)


def _unwritten(asked: Asked, cls: Class, method: Function, state: Written) -> Diagnostic:
    related = [Related(asked.operation.span, "the operation")]
    place = cls.module.name_span(method)
    if state is Written.MARKED_BUT_WHOLE:
        message = f"`{method.name}` is written, but still marked as unimplemented"
        help = "Take `@unimplemented` away, so that the platform starts."
        return finding(KIND, message, place, related=related, help=help)
    if state is Written.RAISES:
        help = "Write what it does."
        found = finding(KIND, f"`{method.name}` does nothing yet", place, related=related, help=help)
        return found.graded(Severity.WARNING)
    help = "Write what it does, and take `@unimplemented` away."
    return finding(KIND, f"`{asked.label}` is not implemented yet", place, related=related, help=help)


def _names(method: Function) -> frozenset[str]:
    arguments = method.args
    return frozenset(each.arg for each in [*arguments.args, *arguments.kwonlyargs] if each.arg not in ("self", "cls"))


def _made_classes(tree: ast.Module) -> Iterator[str]:
    """Yield the bases of classes that a call makes: `type("Handlers", (RefillsPort,), {…})`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and len(node.args) > 1:
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if name in ("type", "new_class"):
                yield ast.unparse(node.args[1])
