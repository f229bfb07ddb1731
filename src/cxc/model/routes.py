"""How an operation is asked over HTTP: its method, its path, where each parameter travels, and what clients call it.

It is the same for every output. Whether two operations want the same route, and what a document says of one, is left
to the rules and targets.

| operation | route |
| --- | --- |
| query | `GET /<service>/<operation>`, parameters in the query string |
| query with a structured or `@secret` parameter | `POST /<service>/<operation>`, parameters in a JSON body |
| command | `POST /<service>/<operation>`, parameters in a JSON body |
| with `http METHOD "/path/{parameter}"` | as written; other parameters in the query (`GET`, `DELETE`) or the body |

`<service>` and `<operation>` are the names in `kebab-case`.
"""

from __future__ import annotations

import re
from functools import lru_cache, reduce
from typing import NamedTuple

from cxc.model.base import Ref
from cxc.model.blueprint import Blueprint
from cxc.model.data import BuiltinType, DataField, EnumType, FieldType, ListType, OptionalType, Parameter, Type
from cxc.model.service import Operation, Query, Service
from cxc.model.values import Method

_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+")
_PLACE = re.compile(r"\{([^{}]*)\}")
_STRUCTURED = frozenset({"money"})
_WITHOUT_BODY = frozenset({"GET", "DELETE"})
_NAMES_KEPT = 10_000


class HttpRoute(NamedTuple):
    """A method and a path template, and the parameters by where they travel; `in_body` are members of one JSON object.

    `unbound` are the names in braces that are no parameters of the operation.
    """

    method: Method
    path: str
    in_path: tuple[Parameter, ...] = ()
    in_query: tuple[Parameter, ...] = ()
    in_body: tuple[Parameter, ...] = ()
    unbound: tuple[str, ...] = ()

    @property
    def shape(self) -> str:
        """The path without the names in braces: what makes two paths the same to whoever routes requests."""
        return _PLACE.sub("{}", self.path)


def name_words(name: str) -> list[str]:
    """Return the words of a `PascalCase` or `snake_case` name in lower case: `HTTPAddress_2` → http, address, 2."""
    return [word.lower() for word in _WORD.findall(name)] or [name]


@lru_cache(_NAMES_KEPT)
def kebab_case(name: str) -> str:
    """Return a name as it stands in paths and file names: `RefillOrder` → `refill-order`."""
    return "-".join(name_words(name))


@lru_cache(_NAMES_KEPT)
def camel_case(name: str) -> str:
    """Return a name as `camelCase`: `request_refill` → `requestRefill`; `v_1_2` → `v1_2`, as two numbers stay two."""
    first, *others = name_words(name)
    return reduce(lambda done, word: f"{done}{_between(done, word)}{word.capitalize()}", others, first)


def _between(done: str, word: str) -> str:
    return "_" if done[-1].isdigit() and word[0].isdigit() else ""


def operation_id(service: Service, operation: Operation) -> str:
    """Return what generated clients call the operation: `prescriptions_requestRefill`."""
    return f"{camel_case(service.name)}_{camel_case(operation.name)}"


def meant_type(type_: Type, blueprint: Blueprint) -> tuple[Type, DataField | None]:
    """Return the type without `?`, and `Entity.field` as the type of that field with the field it comes from.

    Of a chain of such fields the first is returned. A chain that ends nowhere gives the last type as it is.
    """
    meaning: DataField | None = None
    passed: set[str] = set()
    while isinstance(type_, (OptionalType, FieldType)):
        if isinstance(type_, OptionalType):
            type_ = type_.item
            continue
        field = blueprint.get(type_.ref)
        if not isinstance(field, DataField) or field.id in passed:
            break
        passed.add(field.id)
        meaning = meaning or field
        type_ = field.type
    return type_, meaning


def is_simple(type_: Type, blueprint: Blueprint) -> bool:
    """Whether a value fits into a query string: a scalar, an enum value, or a list of these."""
    if isinstance(type_, BuiltinType):
        return type_.name not in _STRUCTURED
    meant, _ = meant_type(type_, blueprint)
    if isinstance(meant, ListType):
        meant, _ = meant_type(meant.item, blueprint)
    if isinstance(meant, BuiltinType):
        return meant.name not in _STRUCTURED
    ref: Ref[object] | None = getattr(meant, "ref", None)
    return ref is not None and isinstance(blueprint.get(ref), EnumType)


def is_secret(field: DataField, blueprint: Blueprint) -> bool:
    """Whether a field or parameter is secret, by itself or because `Entity.field` is."""
    if field.secret or isinstance(field.type, BuiltinType):
        return field.secret
    _, meaning = meant_type(field.type, blueprint)
    return meaning is not None and meaning.secret


def route_of(service: Service, operation: Operation, blueprint: Blueprint) -> HttpRoute:
    """Return the route of an operation, as it is written behind `http` or derived from the names."""
    parameters = operation.parameters
    if operation.http is None:
        path = f"/{kebab_case(service.name)}/{kebab_case(operation.name)}"
        if isinstance(operation, Query) and all(
            is_simple(parameter.type, blueprint) and not is_secret(parameter, blueprint) for parameter in parameters
        ):
            return HttpRoute("GET", path, in_query=parameters)
        return HttpRoute("POST", path, in_body=parameters)
    method, path = operation.http.method, operation.http.path
    by_name = {parameter.name: parameter for parameter in parameters}
    places = tuple(dict.fromkeys(_PLACE.findall(path)))
    in_path = tuple(by_name[name] for name in places if name in by_name)
    rest = tuple(parameter for parameter in parameters if parameter.name not in places)
    in_query, in_body = (rest, ()) if method in _WITHOUT_BODY else ((), rest)
    return HttpRoute(method, path, in_path, in_query, in_body, tuple(name for name in places if name not in by_name))
