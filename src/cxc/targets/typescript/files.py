"""The files of the client: what the design says, and the modules that are the same for every design.

What the parts say is left to `models`, `problems` and `services`, what stands around them to the templates.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from cxc.model.blueprint import Blueprint
from cxc.model.routes import kebab_case
from cxc.model.service import Service
from cxc.targets import Emitted, GeneratedFile
from cxc.targets.escaping import one_line
from cxc.targets.templates import TemplateFailure, Templates
from cxc.targets.typescript import layout
from cxc.targets.typescript.models import Models, import_lines
from cxc.targets.typescript.options import TypeScriptOptions
from cxc.targets.typescript.problems import misnamed, problem_model
from cxc.targets.typescript.services import OperationModel, ServiceModel, Services
from cxc.targets.typescript.types import Types, Uses

_FOLDER = "typescript"
_RUNTIME = ("connection", "operation", "paging", "problem", "result", "retry", "scalars", "transport")
"""The modules that are the same for every design."""
_VERSION = re.compile(r"(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(?:-[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?")


def emit(blueprint: Blueprint, options: TypeScriptOptions, templates: Templates) -> Emitted:
    """Turn the services of a design into a client."""
    services = [service for service in blueprint.every(Service) if service.operations]
    if not services:
        return Emitted(())
    client = _Client(blueprint, options, templates)
    try:
        files = tuple(client.files(services))
    except TemplateFailure as failure:
        return Emitted((), (failure.diagnostic,))
    diagnostics = (*client.types.components.diagnostics, *misnamed(client.errors(services), client.types))
    return Emitted(files, diagnostics)


class _Client:
    def __init__(self, blueprint: Blueprint, options: TypeScriptOptions, templates: Templates) -> None:
        self.blueprint = blueprint
        self.options = options
        self.templates = templates
        self.types = Types(blueprint)
        self.models = Models(self.types)
        self.package = options.package or f"{kebab_case(blueprint.name)}-client"

    def errors(self, services: list[Service]) -> list[Any]:
        """Return the errors that operations may end with, in the order of the source."""
        refs = [ref for service in services for operation in service.operations for ref in operation.fails]
        return sorted(self.types.errors(refs), key=lambda error: self.types.rank(error.id))

    def files(self, services: list[Service]) -> Iterator[GeneratedFile]:
        """Yield all files; raise `TemplateFailure` where a template cannot be rendered."""
        made = Services(self.types, self.models)
        written = [made.make(service) for service in services]
        uses = Uses()
        problems = [problem_model(error, self.types, self.options.problems, uses) for error in self.errors(services)]
        self.models.need(uses)
        modules = self.models.modules()
        whole = f"workspace:{self.blueprint.name}"
        yield self._file("package.json", "package.json.j2", whole, content=self._manifest())
        yield self._file("tsconfig.json", "tsconfig.json.j2", whole)
        yield self._file("README.md", "README.md.j2", whole, package=self.package, **_example(written))
        entries = [layout.entry(one.member, one.name, "connection", 4) for one in written]
        yield self._file("src/index.ts", "index.ts.j2", whole, services=written, modules=modules)
        yield self._file("src/client.ts", "client.ts.j2", whole, services=written, entries=entries)
        for name in _RUNTIME:
            yield self._file(f"src/{name}.ts", f"runtime/{name}.ts.j2", whole)
        imports = import_lines({**self.models.imported(uses, "./"), "./problem.ts": ["Problem", "ProblemKind"]})
        beginning = self.options.problems
        yield self._file(
            "src/problems.ts", "problems.ts.j2", whole, problems=problems, imports=imports, beginning=beginning
        )
        for module in modules:
            path = f"src/models/{module.file}.ts"
            yield self._file(path, "models.ts.j2", f"package:{module.package}", module=module)
        for service in written:
            yield self._file(f"src/services/{service.file}.ts", "service.ts.j2", service.id, service=service)

    def _file(self, path: str, template: str, subject: str, **values: Any) -> GeneratedFile:
        title = one_line(self.blueprint.title)
        return GeneratedFile(f"{_FOLDER}/{path}", self.templates.render(template, title=title, **values), subject)

    def _manifest(self) -> dict[str, Any]:
        """Return what `package.json` says."""
        version = self.blueprint.version

        def built(name: str) -> dict[str, str]:
            return {"types": f"./dist/{name}.d.ts", "default": f"./dist/{name}.js"}

        return {
            "//": "Generated by cxc. Change the blueprint and build again; changes made here are lost.",
            "name": self.package,
            "version": version if _VERSION.fullmatch(version) else "0.0.0",
            "description": f"Client of {one_line(self.blueprint.title)}",
            "license": "UNLICENSED",
            "type": "module",
            "sideEffects": False,
            "exports": {".": built("index"), "./services/*": built("services/*")},
            "files": ["dist", "src"],
            "engines": {"node": ">=20.3"},
            "scripts": {"build": "tsc", "prepare": "tsc"},
            "devDependencies": {"typescript": ">=5.9"},
            "prettier": {"printWidth": layout.WIDTH},
        }


def _example(services: list[ServiceModel]) -> dict[str, Any]:
    """Return the operations that the README shows: one that may fail in a way of its own, and one with pages."""
    shown = [(service, operation) for service in services for operation in service.operations]
    plain = [one for one in shown if not one[1].is_paged]
    failing = next((one for one in plain if one[1].failures), None)
    paged = next((one for one in shown if one[1].is_paged), None)
    return {"example": _shown(*(failing or (plain or shown)[0])), "paged": _shown(*paged) if paged else None}


def _shown(service: ServiceModel, operation: OperationModel) -> dict[str, str]:
    return {
        "member": service.member,
        "method": operation.method,
        "given": "parameters" if operation.parameters else "",
        "problem": operation.failures[0] if operation.failures else "",
        "failure": operation.failure,
        "file": service.file,
        "class": service.name,
    }
