"""One operation as an OpenAPI operation object: how it is asked, what it answers, how it fails, and what it promises.

Routes come from `cxc.model.routes`; which operations share a path, and documents, are left to `documents`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable
from functools import lru_cache, partial
from typing import Any

from cxc.model.base import Named, Ref, words
from cxc.model.blueprint import Blueprint
from cxc.model.data import BUILTINS, BuiltinType, Error, ListType, OptionalType, Parameter, Type, without_optional
from cxc.model.organisation import Purpose
from cxc.model.routes import HttpRoute, is_simple, meant_type, operation_id, route_of
from cxc.model.service import Identity, Operation, Service
from cxc.targets.escaping import one_line, plain_as_markdown, safe_markdown
from cxc.targets.jsonschema.types import Side, Uses, field_key, member_name, type_key
from cxc.targets.jsonschema.values import Schema
from cxc.targets.openapi.problems import (
    FORBIDDEN_RESPONSE,
    INVALID_RESPONSE,
    KEY_IN_USE_RESPONSE,
    OTHER_RESPONSE,
    UNAUTHENTICATED_RESPONSE,
    Problems,
)
from cxc.targets.openapi.schemas import Schemas, refer
from cxc.targets.openapi.trace import Traces, operation_identity
from cxc.targets.yaml import Shared, YamlWriter

SECURITY_SCHEME = "customer"
_LONGEST_SUMMARY = 120
_SUMMARIES_KEPT = 10_000
_JSON = "application/json"
_INDENT = 4
"""Where an operation's method stands: below `paths` and the path."""
_BODY = "      requestBody:\n"
_BODY_REQUIRED = "        required: true\n"
_BODY_CONTENT = f"        content:\n          {_JSON}:\n            schema:\n"

PARAMETERS: dict[str, Schema] = {
    "IdempotencyKey": {
        "name": "Idempotency-Key",
        "in": "header",
        "description": "A value of the caller's own, new for each intention. "
        "A request that is sent again with the same key does no more than the first one.",
        "schema": {"type": "string", "minLength": 1, "maxLength": 255},
    },
    "Cursor": {
        "name": "cursor",
        "in": "query",
        "description": "Where the page begins: `next_cursor` of the page before; without it, the first page.",
        "schema": {"type": "string"},
    },
    "Limit": {
        "name": "limit",
        "in": "query",
        "description": "How many items a page has at most.",
        "schema": {"type": "integer", "format": "int32", "minimum": 1, "maximum": 1000},
    },
}
"""The component parameters that belong to no parameter of the design."""

_PAGING = (("cursor", "Cursor"), ("limit", "Limit"))
_REPEATABLE_BY_NATURE = frozenset({"GET", "PUT", "DELETE"})


class Operations:
    """Writes the operation objects of one build.

    An operation is written in parts, and a part that others have too is made and written once: few operations of a
    platform fail, or promise something, in a way of their own.
    """

    def __init__(self, blueprint: Blueprint, schemas: Schemas, problems: Problems, writer: YamlWriter) -> None:
        self.blueprint = blueprint
        self.schemas = schemas
        self.problems = problems
        self.writer = writer
        self.traces = Traces(blueprint)
        self._made: dict[Hashable, tuple[Shared, Uses]] = {}

    def write(self, service: Service, operation: Operation, uses: Uses) -> tuple[HttpRoute, str]:
        """Return the route of an operation and the text of its operation object, from its method on.

        `uses` takes the components it refers to.
        """
        lines = self.writer.lines
        route = route_of(service, operation, self.blueprint)
        identity = operation_identity(operation, self.traces.channels(operation))
        asked = lines(self._asked(service, operation, route, uses), _INDENT + 2) + self._body(route, uses)
        answered = lines(self._success(operation, uses), _INDENT + 4)
        failed = lines(self._failures(operation, route, identity, uses), _INDENT + 4)
        promised = lines(self._promised(service, operation, identity, uses), _INDENT + 2)
        return route, f"    {route.method.lower()}:\n{asked}      responses:\n{answered}{failed}{promised}"

    def _once(self, key: Hashable, uses: Uses, make: Callable[[Uses], Schema]) -> Shared:
        """Return what `make` makes for a key, made only once, and note what it refers to."""
        found = self._made.get(key)
        if found is None:
            own: Uses = {}
            found = self._made[key] = Shared(make(own)), own
        uses |= found[1]
        return found[0]

    # ---- what it is asked with --------------------------------------------------------------------------------------

    def _asked(self, service: Service, operation: Operation, route: HttpRoute, uses: Uses) -> Schema:
        made: Schema = {"operationId": operation_id(service, operation)}
        made["summary"] = _summary(operation.title or operation.name, is_name=not operation.title)
        if text := self._description(operation):
            made["description"] = text
        if operation.deprecated or service.deprecated:
            made["deprecated"] = True
        if parameters := self._parameters(operation, route, uses):
            made["parameters"] = parameters
        return made

    def _parameters(self, operation: Operation, route: HttpRoute, uses: Uses) -> list[Schema]:
        found: list[Schema] = [self._parameter(parameter, "path", uses) for parameter in route.in_path]
        found += [self._parameter(parameter, "query", uses) for parameter in route.in_query]
        if self._has_pages(operation):
            own = {parameter.name for parameter in (*route.in_query, *route.in_path)}
            found += [refer("parameters", component, uses) for name, component in _PAGING if name not in own]
        if takes_key(operation, route):
            found.append(refer("parameters", "IdempotencyKey", uses))
        return found

    def _parameter(self, parameter: Parameter, place: str, uses: Uses) -> Shared:
        return self._once((place, field_key(parameter)), uses, partial(self._make_parameter, parameter, place))

    def _make_parameter(self, parameter: Parameter, place: str, uses: Uses) -> Schema:
        schemas = self.schemas
        _, meaning = meant_type(parameter.type, self.blueprint)
        made: Schema = {"name": parameter.name, "in": place}
        if text := schemas.description(parameter, meaning):
            made["description"] = text
        if place == "path" or not (isinstance(parameter.type, OptionalType) or parameter.default is not None):
            made["required"] = True
        schema = schemas.of_value(parameter, Side.IN, uses, described=False)
        made |= {"schema": schema} if is_simple(parameter.type, self.blueprint) else {"content": _content(schema)}
        return made | schemas.annotations(parameter, meaning)

    def _body(self, route: HttpRoute, uses: Uses) -> str:
        """Return the text of the request body; all are alike but for the schema."""
        if not route.in_body:
            return ""
        schema = self.schemas.of_fields(route.in_body, Side.IN, uses)
        required = _BODY_REQUIRED if "required" in schema else ""
        return f"{_BODY}{required}{_BODY_CONTENT}{self.writer.lines(schema, _INDENT + 10)}"

    # ---- what it answers --------------------------------------------------------------------------------------------

    def _success(self, operation: Operation, uses: Uses) -> Shared:
        paged = self._has_pages(operation)
        key = "success", paged, type_key(operation.result) if operation.result else None
        return self._once(key, uses, partial(self._make_success, operation.result, paged))

    def _has_pages(self, operation: Operation) -> bool:
        """Whether the answer comes in pages; only a list can."""
        if not operation.paged or operation.result is None:
            return False
        return isinstance(meant_type(operation.result, self.blueprint)[0], ListType)

    def _make_success(self, result: Type | None, paged: bool, uses: Uses) -> Schema:
        if result is None:
            return {"204": {"description": "It is done."}}
        given = without_optional(result)
        meant, _ = meant_type(given, self.blueprint)
        schema = self.schemas.of_type(meant, Side.OUT, uses)
        if paged and isinstance(meant, ListType):
            answer = {"description": f"A page of {self._words(meant.item)}.", "content": _content(_page(schema))}
        else:
            answer = {"description": _capital(f"{self._words(given)}."), "content": _content(schema)}
        if given is not result:
            return {"200": answer, "204": {"description": "There is none."}}
        return {"200": answer}

    def _words(self, type_: Type) -> str:
        """Return what a result is, in words that stand in a sentence."""
        meant, meaning = meant_type(type_, self.blueprint)
        if meaning:
            return f"`{member_name(meaning.id)}`"
        if isinstance(meant, ListType):
            return f"list of {self._words(meant.item)}"
        if isinstance(meant, BuiltinType):
            return BUILTINS[meant.name].description.split(":")[0].rstrip(".").lower()
        declared: Named | None = self.blueprint.get(meant.ref) if hasattr(meant, "ref") else None
        return plain_as_markdown(declared.label) if declared else "values by key"

    # ---- how it fails -----------------------------------------------------------------------------------------------

    def _failures(self, operation: Operation, route: HttpRoute, identity: Identity, uses: Uses) -> Shared:
        general: dict[int, str] = {}
        if operation.parameters or self._has_pages(operation):
            general[400] = INVALID_RESPONSE
        if identity != "anonymous":
            general |= {401: UNAUTHENTICATED_RESPONSE, 403: FORBIDDEN_RESPONSE}
        if takes_key(operation, route):
            general[409] = KEY_IN_USE_RESPONSE
        key = "failures", operation.fails, tuple(general)
        return self._once(key, uses, partial(self._make_failures, operation.fails, general))

    def _make_failures(self, fails: Iterable[Ref[Error]], general: dict[int, str], uses: Uses) -> Schema:
        errors: dict[int, list[Error]] = defaultdict(list)
        for error in self._all(fails):
            errors[error.status].append(error)
        found = {
            str(status): Shared(self._failure(errors.get(status, []), general.get(status), uses))
            for status in sorted({*errors, *general})
        }
        anything_else = Shared(refer("responses", OTHER_RESPONSE, uses))
        return {**found, "4XX": anything_else, "5XX": anything_else}

    def _failure(self, errors: list[Error], general: str | None, uses: Uses) -> Schema:
        if not errors and general:
            return refer("responses", general, uses)
        if len(errors) == 1 and general is None:
            name = self.schemas.names.of(errors[0].id)
            self.schemas.declared[name] = errors[0].id, Side.OUT
            return refer("responses", name, uses)
        return self.problems.either(errors, general, uses)

    # ---- what it promises -------------------------------------------------------------------------------------------

    def _promised(self, service: Service, operation: Operation, identity: Identity, uses: Uses) -> Shared:
        trace = self.traces.of(service, operation)
        promises = (
            operation.idempotent, operation.paged, operation.latency, operation.availability, operation.since,
            operation.emits, operation.purpose, bool(operation.rules) and operation.id,
        )  # fmt: skip
        # A trace belongs to one operation, or to all operations of a service.
        key = "promises", id(trace), operation.word, identity, promises
        return self._once(key, uses, partial(self._make_promised, service, operation, identity, trace))

    def _make_promised(
        self, service: Service, operation: Operation, identity: Identity, trace: Shared, uses: Uses
    ) -> Schema:
        security: list[dict[str, list[str]]] = []
        if identity != "anonymous":
            uses["securitySchemes", SECURITY_SCHEME] = None
            security.append({SECURITY_SCHEME: [identity]})
        promises = self._extensions(operation, identity)
        return {"tags": [service.name], "security": security, **promises, "x-cxc-trace": trace}

    def _description(self, operation: Operation) -> str:
        parts = [safe_markdown(operation.doc)] if operation.doc else []
        if operation.deprecated:
            parts.append(f"Deprecated: {plain_as_markdown(operation.deprecated)}")
        if operation.rules:
            parts.append("Rules:\n\n" + "\n".join(f"- {_rule(rule.text, rule.on)}" for rule in operation.rules))
        if operation.emits:
            parts.append(f"Emits {_and(f'`{ref.name}`' for ref in operation.emits)}.")
        if operation.latency is not None:
            parts.append(f"Answers within {operation.latency.text} (95th percentile).")
        if operation.availability is not None:
            parts.append(f"Answers {operation.availability.text} of the time.")
        if purposes := self._all(operation.purpose):
            parts.append(f"Uses personal data for: {_and(_purpose(purpose) for purpose in purposes)}.")
        return "\n\n".join(parts)

    def _extensions(self, operation: Operation, identity: Identity) -> Schema:
        found: Schema = {"x-cxc-kind": operation.word, "x-cxc-identity": identity}
        if operation.idempotent:
            found["x-cxc-idempotent"] = True
        if self._has_pages(operation):
            found["x-cxc-paged"] = True
        if operation.latency is not None:
            found["x-cxc-latency"] = operation.latency.iso
        if operation.availability is not None:
            found["x-cxc-availability"] = float(operation.availability)
        if operation.emits:
            found["x-cxc-emits"] = [ref.id for ref in operation.emits]
        if operation.purpose:
            found["x-cxc-purpose"] = [ref.id for ref in operation.purpose]
        if operation.rules:
            found["x-cxc-rules"] = rules_data(operation)
        if operation.since:
            found["x-cxc-since"] = operation.since
        return found

    def _all(self, refs: Iterable[Ref[Any]]) -> list[Any]:
        return [found for ref in dict.fromkeys(refs) if (found := self.blueprint.get(ref))]


def takes_key(operation: Operation, route: HttpRoute) -> bool:
    """Whether requests carry an idempotency key; some methods can be repeated by their nature (RFC 9110)."""
    return operation.idempotent and route.method not in _REPEATABLE_BY_NATURE


def rules_data(holder: Operation | Service) -> list[Schema]:
    """Return the rules of an operation or service as plain data."""
    return [{"text": rule.text, **({"on": [ref.id for ref in rule.on]} if rule.on else {})} for rule in holder.rules]


def _content(schema: Schema) -> Schema:
    return {_JSON: {"schema": schema}}


def _page(items: Schema) -> Schema:
    cursor = {"description": "Where the next page begins; missing on the last one.", "type": "string"}
    return {"type": "object", "required": ["items"], "properties": {"items": items, "next_cursor": cursor}}


@lru_cache(_SUMMARIES_KEPT)
def _summary(text: str, *, is_name: bool) -> str:
    """Return a title, or a name in words, on one line that is not too long to be listed."""
    text = words(text) if is_name else one_line(text)
    if len(text) <= _LONGEST_SUMMARY:
        return text
    return text[: _LONGEST_SUMMARY - 1].rsplit(" ", 1)[0] + "…"


def _capital(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]


def _rule(text: str, on: tuple[Ref[Error], ...]) -> str:
    answered = f" ({_and(f'`{ref.name}`' for ref in on)})" if on else ""
    return plain_as_markdown(text) + answered


def _purpose(purpose: Purpose) -> str:
    return f"{plain_as_markdown(purpose.label)} ({purpose.basis.replace('_', ' ')})"


def _and(words: Iterable[str]) -> str:
    *others, last = words
    return f"{', '.join(others)} and {last}" if others else last
