"""What handlers have to be like: the ports of the generated package, read as Python like the handlers themselves.

Which ports and methods there are is said by the target's own view; what their annotations mean, by the text that it
writes, also where the workspace lays that out with templates of its own.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePosixPath

from cxc.code.modules import Function, Module
from cxc.code.project import Class, Project
from cxc.code.reading import parsed
from cxc.model.service import Operation, Service
from cxc.source import SourceFile, Span
from cxc.targets import GeneratedFile
from cxc.targets.fastapi.interface import Interface, ServicePort

FOLDER = "python"
"""Where the generated package lies, below the output folder."""


@dataclass(frozen=True, eq=False)
class Asked:
    """What a handler has to be like, and the operation that it is for."""

    name: str
    module: Module
    method: Function
    service: Service
    operation: Operation
    parameters: Mapping[str, Span]
    """Where the design says its parameters, by their names in Python."""

    @property
    def label(self) -> str:
        """The operation as the design names it."""
        return f"{self.service.name}.{self.operation.name}"

    @cached_property
    def signature(self) -> str:
        """What the first line of a handler looks like."""
        result = f" -> {ast.unparse(self.method.returns)}" if self.method.returns else ""
        return f"async def {self.name}({ast.unparse(self.method.args)}){result}"


@dataclass(frozen=True, eq=False)
class Port:
    """A service as the generated package asks for it."""

    name: str
    module: str
    """How the service is called among all, in Python."""
    file: str
    """Where its handlers are usually kept, below the folder of the code."""
    service: Service
    of: Class
    handlers: str
    """How the class of its handlers is usually called."""
    operations: Mapping[str, Asked]


def package_modules(files: Iterable[GeneratedFile]) -> list[Module]:
    """Return the modules of the generated package."""
    found = []
    for file in files:
        path = PurePosixPath(file.path)
        if file.once or path.suffix != ".py" or path.parts[0] != FOLDER:
            continue
        text = file.content if isinstance(file.content, str) else file.content.decode("utf-8", "replace")
        name = path.with_suffix("").parts[1:]
        is_package = name[-1] == "__init__"
        name = name[:-1] if is_package else name
        found.append(Module(name, SourceFile(file.path, text), parsed(text), is_package))
    return found


def ports_of(project: Project, interface: Interface) -> list[Port]:
    """Return the ports of all services, in the order of the design."""
    found = []
    for port in interface.ports:
        module = project.module((interface.package, "ports", port.module))
        node = module.names.get(port.name) if module else None
        if module is None or not isinstance(node, ast.ClassDef):
            continue
        of = project.class_of(module, node)
        operations = dict(_operations(of, port))
        found.append(Port(port.name, port.module, port.file, port.service, of, port.handlers, operations))
    return found


def _operations(of: Class, port: ServicePort) -> Iterator[tuple[str, Asked]]:
    for one in port.methods:
        method = of.members.get(one.name)
        if method is not None:
            places = {parameter.name: parameter.parameter.span for parameter in one.parameters}
            yield one.name, Asked(one.name, of.module, method, port.service, one.operation, places)
