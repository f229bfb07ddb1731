"""The services as classes: one method for each operation, with its parameters and the problems it may end with.

How a request is sent is in the templates; types are left to `types`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from cxc.model.data import ListType, Parameter, without_optional
from cxc.model.routes import HttpRoute, is_simple, kebab_case, meant_type, operation_id, route_of
from cxc.model.service import Operation, Service
from cxc.targets.escaping import plain_as_markdown
from cxc.targets.jsonschema.types import Side
from cxc.targets.openapi.trace import Traces, operation_identity
from cxc.targets.typescript import comments, identifiers, layout
from cxc.targets.typescript.identifiers import Names, camel, pascal
from cxc.targets.typescript.models import Files, Models, heading, import_lines
from cxc.targets.typescript.problems import INVALID_REQUEST
from cxc.targets.typescript.types import Lines, Property, Types, Uses, is_required, or_null

_OTHER = "OtherProblem"
_REPEATABLE_BY_NATURE = frozenset({"PUT", "DELETE"})
_KEYED = frozenset({"POST", "PATCH"})
_PAGING = ("cursor", "limit")


@dataclass(frozen=True)
class OperationModel:
    """An operation: its method, its parameters, its problems, and how it is asked."""

    method: str
    parameters: str | None
    members: list[Property]
    failure: str
    problem: Lines
    definition: Lines
    doc: Lines
    head: Lines
    call: Lines
    failures: list[str]
    is_paged: bool


@dataclass(frozen=True)
class ServiceModel:
    """A service: its module and class, and the name it has in the client."""

    id: str
    file: str
    name: str
    member: str
    source: str
    label: str
    doc: Lines
    imports: Lines
    operations: list[OperationModel]


@dataclass
class _Module:
    """A service as far as it is made: the names that are given out in its module, and what that refers to."""

    service: Service
    names: Names
    uses: Uses = field(default_factory=Uses)
    problems: set[str] = field(default_factory=set)


class Services:
    """Makes the services of one client."""

    def __init__(self, types: Types, models: Models) -> None:
        self.types = types
        self.models = models
        self.traces = Traces(types.blueprint)
        self._files = Files()
        self._members = identifiers.of_members()

    def make(self, service: Service) -> ServiceModel:
        """Return a service that has operations."""
        name = self.types.names.take(f"{pascal(service.name)}Api")
        # Names of a module are told from all that it might import, so that no other declaration changes them.
        module = _Module(service, self.types.names.inner())
        methods = identifiers.of_members()
        operations = [
            self._operation(module, operation, methods.take(camel(operation.name))) for operation in service.operations
        ]
        self.models.need(module.uses)
        return ServiceModel(
            id=service.id,
            file=self._files.take(kebab_case(service.name)),
            name=name,
            member=self._members.take(camel(service.name)),
            source=str(service.span),
            label=service.label,
            doc=comments.block([*heading(service), *_rules(service)], comments.deprecated(service.deprecated)),
            imports=self._imports(module, [operation.is_paged for operation in operations]),
            operations=operations,
        )

    def _imports(self, module: _Module, paged: list[bool]) -> Lines:
        types = self.models.imported(module.uses, "../")
        types["../connection.ts"] = ["ApiConnection"]
        types["../operation.ts"] = ["ApiOperation"]
        types["../problem.ts"] = [_OTHER]
        if not all(paged):
            types["../connection.ts"].append("CallOptions")
            types["../result.ts"] = ["ApiResult"]
        if any(paged):
            types["../paging.ts"] = ["ApiPages", "PagedCallOptions"]
        return import_lines(types, {"../problems.ts": module.problems})

    def _operation(self, module: _Module, operation: Operation, method: str) -> OperationModel:
        route = route_of(module.service, operation, self.types.blueprint)
        base = pascal(operation.name)
        members = self._members_of(operation, route, module.uses)
        parameters = module.names.take(f"{base}Parameters") if members else None
        failure, constant = module.names.take(f"{base}Problem"), module.names.take(camel(operation.name))
        failures = [self.types.name_of(error.id) for error in self.types.errors(operation.fails)]
        is_paged = self._pages(operation) is not None
        declared = [*failures, INVALID_REQUEST] if operation.parameters or is_paged else failures
        module.problems |= set(declared)
        asked = self._asked(module.service, operation, route) + layout.items("problems: ", declared, ",", 2)
        given = f"parameters{'' if any(needed for needed, _ in members) else '?'}: {parameters}" if parameters else None
        return OperationModel(
            method=method,
            parameters=parameters,
            members=[member for _, member in members],
            failure=failure,
            problem=layout.union(f"export type {failure} =", [*declared, _OTHER]),
            definition=layout.constant(f"const {constant}: ApiOperation<{failure}>", asked),
            doc=self._doc(module.service, operation),
            head=self._head(operation, method, given, failure, module.uses),
            call=layout.call(
                f"return this.#connection.{'pages' if is_paged else 'call'}",
                [constant, "parameters" if parameters else "{}", "options"],
                4,
            ),
            failures=failures,
            is_paged=is_paged,
        )

    # ---- what it is asked with --------------------------------------------------------------------------------------

    def _members_of(self, operation: Operation, route: HttpRoute, uses: Uses) -> list[tuple[bool, Property]]:
        """Return the parameters, each with whether it is needed; nobody sends one that is read-only in a body."""
        found = []
        in_path, in_body = ({one.name for one in place} for place in (route.in_path, route.in_body))
        for parameter in operation.parameters:
            if parameter.name in in_body and parameter.readonly:
                continue
            needed = parameter.name in in_path or is_required(parameter, Side.IN)
            found.append((needed, self.types.property(parameter, Side.IN, uses, is_required=needed)))
        return found

    def _asked(self, service: Service, operation: Operation, route: HttpRoute) -> Lines:
        """Return what an operation is called by its client, as members of an object."""
        identity = operation_identity(operation, self.traces.channels(operation))
        sent = [parameter for parameter in route.in_body if not parameter.readonly]
        own = {parameter.name for parameter in (*route.in_query, *route.in_path)}
        paging = [name for name in _PAGING if name not in own] if self._pages(operation) else []
        structured = [
            parameter
            for parameter in (*route.in_path, *route.in_query)
            if not is_simple(parameter.type, self.types.blueprint)
        ]
        lines = [f'id: "{operation_id(service, operation)}",', f'method: "{route.method}",', f'path: "{route.path}",']
        lines += _listed("query", _quoted(route.in_query)) + _listed("paging", [f'"{name}"' for name in paging])
        lines += layout.items("body: ", _quoted(sent), ",", 2) if route.in_body else []
        lines += _listed("json", _quoted(structured))
        lines += [f'identity: "{identity}",'] if identity != "anonymous" else []
        keyed = operation.idempotent and route.method in _KEYED
        repeatable = keyed or operation.word == "query" or route.method in _REPEATABLE_BY_NATURE
        lines += ["repeatable: true,"] if repeatable else []
        lines += ["keyed: true,"] if keyed else []
        lines += [f"latency: {int(operation.latency)},"] if operation.latency is not None else []
        return lines

    def _pages(self, operation: Operation) -> ListType | None:
        """Return the list that is answered with in pages; only a list can be."""
        if not operation.paged or operation.result is None:
            return None
        meant, _ = meant_type(operation.result, self.types.blueprint)
        return meant if isinstance(meant, ListType) else None

    # ---- its method -------------------------------------------------------------------------------------------------

    def _head(self, operation: Operation, method: str, given: str | None, failure: str, uses: Uses) -> Lines:
        first = [given] if given else []
        listed = self._pages(operation)
        if listed is not None:
            item = f"{self.types.of(listed.item, Side.OUT, uses)}{or_null(listed.item)}"
            return layout.method(method, [*first, "options?: PagedCallOptions"], ("ApiPages", [item, failure]), 2)
        result = "Promise<ApiResult", [self._value(operation, uses), failure]
        return layout.method(method, [*first, "options?: CallOptions"], result, 2)

    def _value(self, operation: Operation, uses: Uses) -> str:
        if operation.result is None:
            return "undefined"
        value = self.types.of(operation.result, Side.OUT, uses)
        return value if without_optional(operation.result) is operation.result else f"{value} | undefined"

    def _doc(self, service: Service, operation: Operation) -> Lines:
        identity = operation_identity(operation, self.traces.channels(operation))
        said = [*heading(operation), *_rules(operation)]
        if identity != "anonymous":
            said.append(f"The customer must be {identity}.")
        if operation.latency is not None:
            said.append(f"Answers within {operation.latency.text} (95th percentile).")
        return comments.block(said, comments.deprecated(operation.deprecated or service.deprecated))


def _rules(holder: Operation | Service) -> list[str]:
    rules = "\n".join(f"- {plain_as_markdown(rule.text)}" for rule in holder.rules)
    return [f"Rules:\n\n{rules}"] if rules else []


def _quoted(parameters: Iterable[Parameter]) -> list[str]:
    return [f'"{parameter.name}"' for parameter in parameters]


def _listed(word: str, names: list[str]) -> Lines:
    return layout.items(f"{word}: ", names, ",", 2) if names else []
