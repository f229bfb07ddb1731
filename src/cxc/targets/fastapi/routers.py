"""The modules of routers: each operation as FastAPI serves it, by the route that the OpenAPI document says.

Where a parameter travels is said by `cxc.model.routes`, what it is in Python by `types`.
"""

from __future__ import annotations

from typing import Any

from cxc.model.data import DataField, OptionalType, Parameter, without_optional
from cxc.model.routes import HttpRoute, is_simple, route_of
from cxc.model.service import Operation, Service
from cxc.targets.fastapi.code import (
    Expression,
    Group,
    Pieces,
    call,
    docstring,
    flat,
    laid,
    literal,
    or_none,
    subscript,
)
from cxc.targets.fastapi.fields import Fields, sentence
from cxc.targets.fastapi.identifiers import BUILTINS, distinct, identifier
from cxc.targets.fastapi.interface import PortMethod, Ports
from cxc.targets.fastapi.types import Place
from cxc.targets.jsonschema.types import Side
from cxc.targets.openapi.operations import takes_key
from cxc.targets.openapi.trace import Traces, operation_identity

_FUNCTION = 4
_MODULE_TAKEN = BUILTINS | frozenset(
    """Annotated Any APIRouter Context Cursor DEFAULT_LIMIT Decimal Depends Field Identity Json Limit OperationRoute
    Page PageRequest Path Query Request Response Secret SecretStr UUID dt idempotent json_body known models platform_of
    router service values""".split()
)
_FUNCTION_TAKEN = frozenset("Response PageRequest body context port result".split())
View = dict[str, Any]


class Routers:
    """Makes the views of routers of one build."""

    def __init__(self, ports: Ports) -> None:
        self.ports = ports
        self.fields: Fields = ports.fields
        self.types = ports.types
        self.names = ports.names
        self.blueprint = ports.blueprint
        self.traces = Traces(ports.blueprint)

    def router(self, service: Service) -> View:
        """Return the view of `routers/<service>.py`."""
        place = Place(root="..")
        port = self.ports.of(service, Place())
        bodies = self._bodies(service, port.methods)
        taken = {*_MODULE_TAKEN, port.name, *bodies.values()}
        functions = distinct((method.name for method in port.methods), taken, "operation")
        operations = [
            self._operation(service, method, functions[method.name], bodies.get(method.name), place)
            for method in port.methods
        ]
        self._imports(place, port.name, port.module, bool(operations))
        return {
            "imports": place.imports.text(),
            "module_doc": docstring([f"The operations of “{' '.join(service.label.split())}” over HTTP."], 0),
            "port": port.name,
            "module": port.module,
            "tag": laid(
                Group("router = APIRouter", ("route_class=OperationRoute", f"tags=[{literal(service.name)}]")), 0
            ),
            "operations": operations,
        }

    def _imports(self, place: Place, port: str, module: str, has_operations: bool) -> None:
        imports = place.imports
        imports.name("fastapi", "APIRouter")
        imports.name("..requests", "OperationRoute")
        if has_operations:
            place.needs("Annotated")
            for name in ("Depends", "Request"):
                imports.name("fastapi", name)
            imports.name("..context", "Context")
            imports.name("..identity", "Identity")
            imports.name(f"..ports.{module}", port)
            imports.name("..requests", "known")
            imports.name("..wiring", "platform_of")

    def _bodies(self, service: Service, methods: tuple[PortMethod, ...]) -> dict[str, str]:
        """Return the class of each body that there is, by the method that it is for."""
        named = {
            method.name: f"{_pascal(method.operation.name)}Body"
            for method in methods
            if route_of(service, method.operation, self.blueprint).in_body
        }
        made = distinct(named.values(), _MODULE_TAKEN, "Body")
        used: set[str] = set()
        for method, name in named.items():
            named[method] = identifier(made[name], used, "Body")
            used.add(named[method])
        return named

    def _operation(self, service: Service, method: PortMethod, function: str, body: str | None, place: Place) -> View:
        operation = method.operation
        route = route_of(service, operation, self.blueprint)
        return {
            "place": str(operation.span),
            "body": self._body(body, operation, route, place) if body else None,
            "route": self._route(operation, route, place),
            "idempotent": self._is_idempotent(operation, route, place),
            "head": self._head(function, method, route, body, place),
            "doc": docstring([sentence(operation)], _FUNCTION),
            "call": self._call(method, route, body, place),
            "may_be_none": isinstance(operation.result, OptionalType),
            "answers": operation.result is not None,
        }

    # ---- the route --------------------------------------------------------------------------------------------------

    def _route(self, operation: Operation, route: HttpRoute, place: Place) -> str:
        arguments: list[Expression] = [literal(route.path)]
        if operation.result is None:
            arguments.append("status_code=204")
        else:
            if isinstance(operation.result, OptionalType):
                inner = self.types.unconstrained(operation.result.item, Side.OUT, place)
                arguments.append(f"response_model={flat(inner)}")
            arguments.append("response_model_exclude_none=True")
        if operation.deprecated:
            arguments.append("deprecated=True")
        return laid(Group(f"@router.{route.method.lower()}", tuple(arguments)), 0)

    def _is_idempotent(self, operation: Operation, route: HttpRoute, place: Place) -> bool:
        found = takes_key(operation, route)
        if found:
            place.imports.name("..idempotency", "idempotent")
        return found

    # ---- what it is asked with --------------------------------------------------------------------------------------

    def _body(self, name: str, operation: Operation, route: HttpRoute, place: Place) -> View:
        place.imports.name(place.root, "values")
        return {
            "name": name,
            "doc": docstring([f"What “{' '.join(operation.label.split())}” is asked with."], _FUNCTION),
            "fields": list(self.fields.attributes(route.in_body, Side.IN, place)),
        }

    def _head(self, name: str, method: PortMethod, route: HttpRoute, body: str | None, place: Place) -> str:
        identity = operation_identity(method.operation, self.traces.channels(method.operation)).upper()
        required: list[Expression] = [
            subscript("context: Annotated", "Context", f"Depends(known(Identity.{identity}, service))"),
            subscript("port: Annotated", self._port_name(method), "Depends(service)"),
        ]
        defaulted: list[Expression] = []
        if body:
            place.imports.name("..requests", "json_body")
            is_required = any(self._is_required(one) for one in route.in_body)
            reader = Group("Depends", (f"json_body({body})" if is_required else f"json_body({body}, required=False)",))
            required.append(subscript("body: Annotated", body, reader))
        names = self._arguments(route)
        for parameter in (*route.in_path, *route.in_query):
            expression, has_default = self._argument(parameter, names[parameter.name], route, place)
            (defaulted if has_default else required).append(expression)
        if method.is_paged:
            defaulted += self._page_arguments(names, place)
        result = self._answer(method, place)
        return laid(Group(f"async def {name}", (*required, *defaulted), "()", f" -> {result}:"), 0)

    def _port_name(self, method: PortMethod) -> str:
        holder = self.blueprint.holder(method.operation)
        assert isinstance(holder, Service)
        return self.names.port(holder)

    def _arguments(self, route: HttpRoute) -> dict[str, str]:
        return distinct((one.name for one in (*route.in_path, *route.in_query)), _FUNCTION_TAKEN, "parameter")

    def _page_arguments(self, names: dict[str, str], place: Place) -> list[Expression]:
        found: list[Expression] = []
        if "cursor" not in names:
            place.imports.name("..requests", "Cursor")
            found.append("cursor: Cursor = None")
        if "limit" not in names:
            place.imports.name("..requests", "Limit")
            place.imports.name("..paging", "DEFAULT_LIMIT")
            found.append("limit: Limit = DEFAULT_LIMIT")
        return found

    def _argument(self, parameter: Parameter, name: str, route: HttpRoute, place: Place) -> tuple[Expression, bool]:
        """Return a parameter in the address, and whether it has a default."""
        is_in_path = parameter in route.in_path
        given: DataField = parameter.model_copy(update={"type": without_optional(parameter.type)})
        is_optional = not is_in_path and isinstance(parameter.type, OptionalType)
        found = self.types.of_field(given, Side.IN, place, in_address=True)
        kind = "Path" if is_in_path else "Query"
        place.imports.name("fastapi", kind)
        arguments: dict[str, Expression | None] = dict(found.constraints)
        type_ = found.type
        if not is_simple(parameter.type, self.blueprint):
            place.imports.name("pydantic", "Json")
            type_ = subscript("Json", self.types.travelling(given.type, Side.IN, place).type)
        type_ = or_none(type_) if is_optional else type_
        if name != parameter.name:
            arguments["alias"] = literal(parameter.name)
        if text := self.fields.doc(parameter):
            arguments["description"] = Pieces(" ".join(text.split()))
        default = None if is_in_path or parameter.default is None else self.fields.default(parameter, place)
        if default is not None and not default.is_constant:
            arguments["default_factory"] = Group("lambda: ", (default.value,))
        ending = " = None" if is_optional else ""
        if default is not None and default.is_constant:
            ending = f" = {flat(default.value)}"
        annotation = subscript(f"{name}: Annotated", type_, call(kind, **arguments), tail=ending)
        return annotation, is_optional or default is not None

    def _is_required(self, parameter: Parameter) -> bool:
        is_sent = not parameter.readonly
        return is_sent and not isinstance(parameter.type, OptionalType) and parameter.default is None

    # ---- what it does -----------------------------------------------------------------------------------------------

    def _answer(self, method: PortMethod, place: Place) -> str:
        operation = method.operation
        listed = self.ports.item(operation)
        if method.is_paged and listed is not None:
            place.imports.name("..paging", "Page")
            return f"Page[{flat(self.types.unconstrained(listed.item, Side.OUT, place))}]"
        if operation.result is None:
            return "None"
        given = without_optional(operation.result)
        text = flat(self.types.unconstrained(given, Side.OUT, place))
        if given is not operation.result:
            place.imports.name("fastapi", "Response")
            return f"{text} | Response"
        return text

    def _call(self, method: PortMethod, route: HttpRoute, body: str | None, place: Place) -> str:
        context: Expression = "context"
        names = self._arguments(route)
        if method.is_paged:
            place.imports.name("..paging", "PageRequest")
            given = [f"{one}={one}" for one in ("cursor", "limit") if one not in names]
            context = Group("context.for_page", (Group("PageRequest", tuple(given)),)) if given else context
        attributes = self.names.fields(route.in_body) if body else {}
        arguments = []
        for parameter in method.parameters:
            name = parameter.parameter.name
            value = f"body.{attributes[name]}" if name in attributes else names[name]
            arguments.append(f"{parameter.name}={value}")
        if method.operation.result is None:
            before = "await "
        elif isinstance(method.operation.result, OptionalType):
            before = "result = await "
        else:
            before = "return await "
        return laid(Group(f"{before}port.{method.name}", (context, *arguments)), _FUNCTION)


def _pascal(name: str) -> str:
    return "".join(part[:1].upper() + part[1:] for part in name.split("_")) or "Operation"
