"""The tests that a developer begins with: each operation's example, each failure it declares, each rule it keeps.

They are written once. A failure or a rule needs data that only the developer knows: its test is skipped at first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from cxc.model.base import words
from cxc.model.data import Error, OptionalType
from cxc.model.routes import HttpRoute, name_words, route_of
from cxc.model.service import Operation, Rule, Service
from cxc.targets.fastapi.code import Expression, Group, Imports, docstring, flat, laid, literal, with_name
from cxc.targets.fastapi.defaults import python_value
from cxc.targets.fastapi.fields import sentence
from cxc.targets.fastapi.interface import PortMethod, Ports
from cxc.targets.fastapi.routers import Routers
from cxc.targets.fastapi.types import Place
from cxc.targets.json import json_text
from cxc.targets.jsonschema.examples import Examples
from cxc.targets.jsonschema.types import Side

_FUNCTION = 4
_LONGEST_SLUG = 48
View = dict[str, Any]


class ContractTests:
    """Makes the views of the tests of one build."""

    def __init__(self, ports: Ports, routers: Routers) -> None:
        self.ports = ports
        self.routers = routers
        self.names = ports.names
        self.blueprint = ports.blueprint
        self.examples = Examples(ports.types.schemas)

    def of(self, service: Service) -> View:
        """Return the view of `tests/test_<service>.py`."""
        package = self.names.package
        place = Place(root=package)
        port = self.ports.of(service, Place())
        operations = [self._operation(service, method, place) for method in port.methods]
        for module in ("httpx", "pytest"):
            place.imports.module(module)
        return {
            "imports": place.imports.text(),
            "module_doc": docstring([f"The contract of “{' '.join(service.label.split())}”."], 0),
            "operations": operations,
        }

    def _operation(self, service: Service, method: PortMethod, place: Place) -> View:
        operation = method.operation
        module = self.names.module(service)
        request = self._request(service, operation)
        tests = [self._example(method, request, place)]
        tests += [self._failure(method, request, error, place) for error in self._errors(operation)]
        tests += list(self._rules(method, operation.rules))
        mark = Group("@pytest.mark.operation", (literal(module), literal(method.name)))
        return {"mark": laid(mark, 0), "tests": tests}

    # ---- what is asked ----------------------------------------------------------------------------------------------

    def _request(self, service: Service, operation: Operation) -> Expression | None:
        """Return the request of an operation's example, or None where there is none."""
        route = route_of(service, operation, self.blueprint)
        given = self.examples.of_fields(operation.parameters, Side.IN)
        if given is None or any(one.name not in given for one in route.in_path):
            return None
        arguments: list[Expression] = [literal(_path(route, given))]
        if query := {one.name: given[one.name] for one in route.in_query if one.name in given}:
            arguments.append(
                with_name("params", python_value({name: _in_query(value) for name, value in query.items()}))
            )
        if route.in_body:
            body = {one.name: given[one.name] for one in route.in_body if one.name in given}
            arguments.append(with_name("json", python_value(body)))
        return Group(f"await client.{route.method.lower()}", tuple(arguments))

    # ---- tests ------------------------------------------------------------------------------------------------------

    def _example(self, method: PortMethod, request: Expression | None, place: Place) -> View:
        view = self._test(f"test_{method.name}_answers_its_example", f"{sentence(method.operation)}", request)
        view["lines"] += self._answered(method, place)
        return view

    def _answered(self, method: PortMethod, place: Place) -> Iterator[str]:
        operation = method.operation
        if operation.result is None:
            yield "assert response.status_code == 204, response.text"
            return
        if isinstance(operation.result, OptionalType):
            yield "assert response.status_code in (200, 204), response.text"
            yield "if response.status_code == 204:"
            yield "    return"
        else:
            yield "assert response.status_code == 200, response.text"
        place.imports.name("pydantic", "TypeAdapter")
        answer = self._answer(method, place)
        yield laid(Group(f"TypeAdapter({answer}).validate_json", ("response.content",)), _FUNCTION)

    def _answer(self, method: PortMethod, place: Place) -> str:
        listed = self.ports.item(method.operation)
        types = self.ports.types
        if method.is_paged and listed is not None:
            place.imports.name(place.beside("paging"), "Page")
            return f"Page[{flat(types.unconstrained(listed.item, Side.OUT, place))}]"
        assert method.operation.result is not None
        return flat(types.unconstrained(method.operation.result, Side.OUT, place))

    def _failure(self, method: PortMethod, request: Expression | None, error: Error, place: Place) -> View:
        cls = self.names.error(error.id)
        name = f"test_{method.name}_fails_with_{'_'.join(name_words(error.name))}"
        view = self._test(name, sentence(error), request, skip="bring about that it fails so")
        place.imports.name(place.root, "errors")
        view["lines"] += [
            f"assert response.status_code == {error.status}, response.text",
            f'assert response.json()["type"] == errors.{cls}.type',
        ]
        return view

    def _rules(self, method: PortMethod, rules: tuple[Rule, ...]) -> Iterator[View]:
        used: set[str] = set()
        for rule in rules:
            slug = _slug(rule.text)
            name = f"test_{method.name}_keeps_{slug}" if slug else f"test_{method.name}_keeps_its_rule"
            while name in used:
                name += "_too"
            used.add(name)
            view = self._test(name, f"“{' '.join(rule.text.split())}”", "", skip="write down how the rule shows")
            yield view | {"lines": ['raise AssertionError("the rule has no test yet")']}

    def _test(self, name: str, doc: str, request: Expression | None, skip: str = "") -> View:
        if request is None:
            skip, request = skip or "the design has no example", ""
        lines = [laid(request, _FUNCTION, "response = ")] if request else ["response = httpx.Response(501)"]
        head = laid(Group(f"async def {name}", ("client: httpx.AsyncClient",), "()", " -> None:"), 0)
        mark = laid(Group("@pytest.mark.skip", (f"reason={literal(skip)}",)), 0) if skip else None
        return {"head": head, "doc": docstring([doc], _FUNCTION), "lines": lines, "skip": mark}

    def _errors(self, operation: Operation) -> list[Error]:
        return [found for ref in dict.fromkeys(operation.fails) if (found := self.blueprint.get(ref))]


def test_imports(package: str) -> dict[str, str]:
    """Return what the tests that belong to no service import."""
    conftest, contract = Imports(), Imports()
    for module in ("httpx", "pytest"):
        conftest.module(module)
    conftest.name("collections.abc", "AsyncIterator")
    conftest.name("fastapi", "FastAPI")
    conftest.name(f"{package}.app", "create_app")
    conftest.name(f"{package}.events", "InMemoryPublisher")
    conftest.name(f"{package}.identity", "Customer")
    conftest.name(f"{package}.identity", "Identity")
    conftest.name(f"{package}.port", "is_unimplemented")
    conftest.name(f"{package}.ports", "Ports")
    for module in ("pytest", "schemathesis"):
        contract.module(module)
    contract.name("hypothesis", "settings")
    contract.name("hypothesis", "strategies as st")
    contract.name(f"{package}.app", "CONTRACT")
    contract.name(f"{package}.app", "create_app")
    contract.name(f"{package}.identity", "Customer")
    contract.name(f"{package}.identity", "Identity")
    contract.name("schemathesis", "Case")
    contract.name("schemathesis.config", "SchemathesisConfig")
    contract.name("typing", "Any")
    return {"conftest": conftest.text(), "contract": contract.text()}


def _path(route: HttpRoute, given: dict[str, Any]) -> str:
    return re.sub(r"\{([^{}]*)\}", lambda match: quote(_in_path(given.get(match[1], match[1])), safe=""), route.path)


def _in_path(value: Any) -> str:
    return ",".join(map(_in_path, value)) if isinstance(value, list) else _text(value)


def _in_query(value: Any) -> Any:
    return [_text(item) for item in value] if isinstance(value, list) else _text(value)


def _text(value: Any) -> str:

    if isinstance(value, str):
        return value
    return json_text(value).strip()


def _slug(text: str) -> str:
    """Return the words of a rule as a part of a name."""
    found = re.findall("[a-z0-9]+", words(text).lower())
    slug = ""
    for word in found:
        if len(slug) + len(word) > _LONGEST_SLUG:
            break
        slug = f"{slug}_{word}" if slug else word
    return slug
