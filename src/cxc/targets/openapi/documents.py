"""The documents: one for each service, and one for the whole platform, joined from parts that are written once.

What the parts say is left to `operations` and `components`, what stands around them to the template.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

from cxc.diagnostics import Diagnostic, Related, finding
from cxc.model.blueprint import Blueprint
from cxc.model.organisation import Partner, Team
from cxc.model.routes import HttpRoute, kebab_case, operation_id
from cxc.model.service import Operation, Service
from cxc.rules.build import name_collision
from cxc.targets import Emitted, GeneratedFile
from cxc.targets.addresses import is_address, is_email
from cxc.targets.escaping import one_line, plain_as_markdown, safe_markdown
from cxc.targets.jsonschema.types import Uses
from cxc.targets.jsonschema.values import Schema
from cxc.targets.openapi.components import Components, Key
from cxc.targets.openapi.names import ComponentNames
from cxc.targets.openapi.operations import Operations, rules_data
from cxc.targets.openapi.options import OpenApiOptions
from cxc.targets.openapi.problems import Problems
from cxc.targets.openapi.schemas import Schemas
from cxc.targets.templates import TemplateFailure, Templates
from cxc.targets.yaml import Shared, YamlWriter

TEMPLATE = "document.yaml.j2"
_FOLDER = "openapi"
_PLATFORM = "platform"

Paths = dict[str, list[str]]
"""By path, in the order of the source: the line with the path, and the text of each operation."""


@dataclass
class _Written:
    """What a service adds to a document."""

    service: Service
    paths: Paths = field(default_factory=dict)
    needs: set[Key] = field(default_factory=set)
    tag: Shared = field(default_factory=lambda: Shared({}))


def emit(blueprint: Blueprint, options: OpenApiOptions, templates: Templates) -> Emitted:
    """Turn a design into its OpenAPI documents."""
    services = blueprint.every(Service)
    if not services:
        return Emitted(())
    try:
        return _Documents(blueprint, options, templates).all(services)
    except TemplateFailure as failure:
        return Emitted((), (failure.diagnostic,))


class _Documents:
    def __init__(self, blueprint: Blueprint, options: OpenApiOptions, templates: Templates) -> None:
        self.blueprint = blueprint
        self.options = options
        self.templates = templates
        self.writer = YamlWriter()
        self.names = ComponentNames(blueprint)
        schemas = Schemas(blueprint, self.names)
        self.problems = Problems(schemas, options.problems)
        self.operations = Operations(blueprint, schemas, self.problems, self.writer)
        self.components = Components(schemas, self.problems, options, self.writer)
        self.routes = _Routes()

    def all(self, services: Sequence[Service]) -> Emitted:
        files: dict[str, Service] = {}
        written = []
        diagnostics: list[Diagnostic] = []
        for service in services:
            name = kebab_case(service.name)
            if (first := files.setdefault(name, service)) is not service or name == _PLATFORM:
                diagnostics.append(_same_file(service, first, name))
                continue
            written.append(self._write(service))
        made = [
            GeneratedFile(
                f"{_FOLDER}/{kebab_case(one.service.name)}.yaml",
                self._document([one], self._service_info(one.service)),
                one.service.id,
            )
            for one in written
        ]
        platform = GeneratedFile(
            f"{_FOLDER}/{_PLATFORM}.yaml",
            self._document(written, self._platform_info(written)),
            f"workspace:{self.blueprint.name}",
        )
        diagnostics += [*self.names.diagnostics, *self.routes.diagnostics, *self.problems.diagnostics.values()]
        return Emitted((*made, platform), tuple(diagnostics))

    # ---- parts ------------------------------------------------------------------------------------------------------

    def _write(self, service: Service) -> _Written:
        written = _Written(service, tag=self._tag(service))
        uses: Uses = {}
        for operation in service.operations:
            route, text = self.operations.write(service, operation, uses)
            if self.routes.take(route, operation, operation_id(service, operation)):
                line = f"  {self.writer.scalar(route.path)}:\n"
                written.paths.setdefault(route.path, [line]).append(text)
        written.needs = self.components.needed_by(uses)
        return written

    def _tag(self, service: Service) -> Shared:
        tag: Schema = {"name": service.name, "x-displayName": one_line(service.label)}
        tag["description"] = self._service_description(service)
        tag |= {"x-cxc-service": service.id, "x-cxc-owner": service.owner.id}
        if service.availability is not None:
            tag["x-cxc-availability"] = float(service.availability)
        if service.rules:
            tag["x-cxc-rules"] = rules_data(service)
        if service.since:
            tag["x-cxc-since"] = service.since
        return Shared(tag)

    def _service_description(self, service: Service) -> str:
        doc = safe_markdown(service.doc) if service.doc else f"The operations of {plain_as_markdown(service.label)}."
        parts = [doc]
        if service.deprecated:
            parts.append(f"Deprecated: {plain_as_markdown(service.deprecated)}")
        if service.rules:
            rules = "\n".join(f"- {plain_as_markdown(rule.text)}" for rule in service.rules)
            parts.append(f"Rules of all operations:\n\n{rules}")
        if service.availability is not None:
            parts.append(f"Answers {service.availability.text} of the time.")
        return "\n\n".join(parts)

    # ---- documents --------------------------------------------------------------------------------------------------

    def _service_info(self, service: Service) -> Schema:
        contact = self.options.contact.model_dump(exclude_none=True) if self.options.contact else None
        owner: Team | Partner | None = self.blueprint.get(service.owner)
        return self._info(service.label, self._service_description(service), contact_of(owner) if owner else contact)

    def _platform_info(self, written: Sequence[_Written]) -> Schema:
        contact = self.options.contact.model_dump(exclude_none=True) if self.options.contact else None
        many = f"{len(written)} services" if len(written) != 1 else "one service"
        title = plain_as_markdown(self.blueprint.title)
        return self._info(self.blueprint.title, f"All operations of {title}, by {many}.", contact)

    def _info(self, title: str, description: str, contact: Schema | None) -> Schema:
        info: Schema = {"title": one_line(title), "version": self.blueprint.version, "description": description}
        if contact:
            info["contact"] = contact
        info["license"] = self.options.license.model_dump(exclude_none=True)
        return info

    def _document(self, parts: Sequence[_Written], info: Schema) -> str:
        paths: Paths = {}
        for part in parts:
            for path, texts in part.paths.items():
                paths[path] = [*paths[path], *texts[1:]] if path in paths else texts
        needs = parts[0].needs if len(parts) == 1 else set().union(*(part.needs for part in parts))
        return self.templates.render(
            TEMPLATE,
            sources=[{"name": part.service.name, "place": str(part.service.span)} for part in parts],
            info=info,
            servers=[{"url": server} for server in self.options.servers],
            tags=[part.tag for part in parts],
            paths="".join(chain.from_iterable(paths.values())),
            components=self.components.text(needs),
        )


class _Routes:
    """Sees that each route and each operation id is taken once, in all documents."""

    def __init__(self) -> None:
        self.diagnostics: list[Diagnostic] = []
        self._taken: dict[tuple[str, str], Operation] = {}
        self._paths: dict[str, tuple[str, Operation]] = {}
        self._ids: dict[str, Operation] = {}

    def take(self, route: HttpRoute, operation: Operation, id: str) -> bool:
        """Return whether an operation may have its route and id; what is in the way is reported."""
        path, first = self._paths.setdefault(route.shape, (route.path, operation))
        if path != route.path:
            message = f"`{first.name}` and `{operation.name}` have the same path with other names in it: `{path}`"
            self._report(message, operation, first, f"Write the same names in braces: `{path}`.")
            return False
        same = self._taken.setdefault((route.method, route.path), operation)
        if same is not operation:
            message = f"`{same.name}` and `{operation.name}` have the same route `{route.method} {route.path}`"
            self._report(message, operation, same, "Give one of them another name, or another path behind `http`.")
            return False
        same = self._ids.setdefault(id, operation)
        if same is not operation:
            message = f"`{same.name}` and `{operation.name}` both give the operation id `{id}`"
            self._report(message, operation, same, "Give one of them another name.")
            return False
        return True

    def _report(self, message: str, operation: Operation, first: Operation, help: str) -> None:
        related = [Related(first.span, "the other one stands here")]
        self.diagnostics.append(finding(name_collision.KIND, message, operation.span, related=related, help=help))


def _same_file(service: Service, first: Service, name: str) -> Diagnostic:
    file = f"{_FOLDER}/{name}.yaml"
    if first is service:
        message = f"The document of `{service.name}` would be `{file}`, which holds the whole platform"
        return finding(name_collision.KIND, message, service.span, help="Give the service another name.")
    return finding(
        name_collision.KIND,
        f"`{first.name}` and `{service.name}` both give the file `{file}`",
        service.span,
        related=[Related(first.span, "the other one stands here")],
        help="Rename one of them.",
    )


def contact_of(owner: Team | Partner) -> dict[str, Any]:
    """Return whom to ask about a service: its owner, by what is said of how to reach it."""
    contact = {"name": one_line(owner.label)}
    if owner.contact and is_email(owner.contact):
        contact["email"] = owner.contact
    elif owner.contact and is_address(owner.contact):
        contact["url"] = owner.contact
    return contact
