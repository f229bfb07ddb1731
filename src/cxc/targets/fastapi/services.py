"""The modules of services: ports, and the handlers that begin as stubs.

Methods come from `interface`; how a module is laid out is said by its template.
"""

from __future__ import annotations

from typing import Any

from cxc.model.event_types import event_source
from cxc.model.service import Operation, Rule, Service
from cxc.targets.fastapi.code import Expression, Group, docstring, flat, laid, literal
from cxc.targets.fastapi.fields import bullets, described, sentence
from cxc.targets.fastapi.interface import PortMethod, PortParameter, Ports
from cxc.targets.fastapi.types import Place

_CLASS = 4
_METHOD = 8
View = dict[str, Any]


class Services:
    """Makes the views of ports and handlers of one build."""

    def __init__(self, ports: Ports) -> None:
        self.ports = ports
        self.names = ports.names
        self.blueprint = ports.blueprint

    def port(self, service: Service) -> View:
        """Return the view of `ports/<service>.py`."""
        place = Place(root="..")
        port = self.ports.of(service, place)
        place.imports.module("abc")
        place.imports.name("..context", "Context")
        place.imports.name("..port", "Port")
        return {
            "imports": place.imports.text(),
            "place": str(service.span),
            "class": port.name,
            "doc": docstring(_of_service(service), _CLASS),
            "module_doc": docstring([f"What {_in_sentence(service)} can be asked to do."], 0),
            "service": laid(literal(service.name), _CLASS, "service = "),
            "source": laid(literal(event_source(service)), _CLASS, "source = "),
            "handlers": literal(port.file),
            "methods": [
                {
                    "head": head(method),
                    "doc": docstring(self._of_operation(method.operation), _METHOD),
                }
                for method in port.methods
            ],
        }

    def handlers(self, service: Service) -> View:
        """Return the view of the developer's `handlers/<service>.py`."""
        package = self.names.package
        place = Place(root=package)
        port = self.ports.of(service, place)
        imports = place.imports
        imports.name(f"{package}.context", "Context")
        if port.methods:
            imports.name(f"{package}.port", "unimplemented")
        imports.name(f"{package}.ports.{port.module}", port.name)
        return {
            "imports": imports.text(),
            "class": port.handlers,
            "port": port.name,
            "module_doc": docstring(
                [f"The handlers of {_in_sentence(service)}: yours to write, never overwritten."], 0
            ),
            "doc": docstring([f"Does what {_in_sentence(service)} is asked to do."], _CLASS),
            "methods": [{"head": head(method)} for method in port.methods],
        }

    def _of_operation(self, operation: Operation) -> list[str | None]:
        fails = self._all(operation.fails)
        failures = [f"    errors.{self.names.error(error.id)}: {sentence(error)}" for error in fails]
        emits = [f"`events.{self.names.event(event.id)}`" for event in self._all(operation.emits)]
        return [
            *described(operation),
            self._rules(operation.rules),
            f"Emits {' and '.join(emits)}." if emits else None,
            _promise(operation),
            "\n".join(["Raises:", *failures]) if failures else None,
        ]

    def _rules(self, rules: tuple[Rule, ...]) -> str | None:
        lines = []
        for rule in rules:
            errors = [f"`errors.{self.names.error(error.id)}`" for error in self._all(rule.on)]
            lines.append(" ".join(rule.text.split()) + (f" ({', '.join(errors)})" if errors else ""))
        return bullets("Rules:", lines)

    def _all(self, refs: Any) -> list[Any]:
        return [found for ref in dict.fromkeys(refs) if (found := self.blueprint.get(ref))]


def head(method: PortMethod) -> str:
    """Return the head of a method."""
    parts: list[Expression] = ["self", "context: Context", "/"]
    if method.parameters:
        parts += ["*", *map(declared, method.parameters)]
    result = flat(method.result)
    return laid(Group(f"async def {method.name}", tuple(parts), "()", f" -> {result}:"), _CLASS)


def declared(parameter: PortParameter) -> Expression:
    """Return a parameter as it is declared."""
    ending = "" if parameter.default is None else f" = {parameter.default}"
    type_ = parameter.type
    if isinstance(type_, Group):
        return Group(f"{parameter.name}: {type_.head}", type_.parts, type_.brackets, type_.tail + ending)
    return f"{parameter.name}: {flat(type_)}{ending}"


def _of_service(service: Service) -> list[str | None]:
    rules = bullets("Rules of all operations:", [" ".join(rule.text.split()) for rule in service.rules])
    availability = f"Answers {service.availability.text} of the time." if service.availability is not None else None
    return [*described(service), rules, availability]


def _promise(operation: Operation) -> str | None:
    parts = []
    if operation.latency is not None:
        parts.append(f"Answers within {operation.latency.text} (95th percentile).")
    if operation.availability is not None:
        parts.append(f"Answers {operation.availability.text} of the time.")
    return " ".join(parts) or None


def _in_sentence(service: Service) -> str:
    label = " ".join(service.label.split())
    return f"“{label}”"
