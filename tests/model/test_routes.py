from pathlib import Path

import pytest

from cxc.config import Config
from cxc.model.routes import HttpRoute, camel_case, kebab_case, operation_id, route_of
from cxc.model.service import Service
from cxc.pipeline import check
from cxc.source import SourceFile
from cxc.workspace import Workspace
from designs import TODAY, design

DATA = """
package p
team T
type Area { town: string }
enum Size { small; large }
entity Card { number: string @key; pin: string(4) @secret; size: Size?; shop: [Size]; area: Area }
"""


def route(operation: str) -> HttpRoute:
    blueprint = design(f"{DATA}\nservice RefillOrders {{ owner T; masters Card\n{operation}\n}}")
    (service,) = blueprint.every(Service)
    return route_of(service, service.operations[0], blueprint)


def names(route: HttpRoute) -> tuple[list[str], list[str], list[str]]:
    return tuple([parameter.name for parameter in place] for place in (route.in_path, route.in_query, route.in_body))  # type: ignore[return-value]


@pytest.mark.parametrize(
    ("name", "kebab", "camel"),
    [
        ("RefillOrders", "refill-orders", "refillOrders"),
        ("request_refill", "request-refill", "requestRefill"),
        ("HTTPAddress_2", "http-address-2", "httpAddress2"),
        ("x", "x", "x"),
        ("_", "_", "_"),
        ("Order2Go", "order-2-go", "order2Go"),
        ("v_1_2", "v-1-2", "v1_2"),
    ],
)
def test_names_take_the_form_of_their_place(name: str, kebab: str, camel: str) -> None:
    assert (kebab_case(name), camel_case(name)) == (kebab, camel)


@pytest.mark.parametrize(
    "parameters", ["", "a: string, b: int?", "a: Card.number, b: [Size]", "a: Card.size", "a: Card.shop", "a: bytes"]
)
def test_a_query_that_fits_into_an_address_is_a_get(parameters: str) -> None:
    found = route(f"query find_all({parameters}) -> int")
    assert (found.method, found.path) == ("GET", "/refill-orders/find-all")
    assert not found.in_body


@pytest.mark.parametrize(
    "parameters", ["a: Area", "a: [Area]", "a: money", "a: map<string>", "a: Card.area?", "a: [[int]]", "a: Card.pin"]
)
def test_a_query_that_does_not_fit_or_is_secret_is_a_post(parameters: str) -> None:
    found = route(f"query find(b: int, {parameters}) -> int")
    assert found.method == "POST"
    assert names(found) == ([], [], ["b", "a"])


def test_a_command_is_a_post_with_a_body() -> None:
    assert names(route("command change(a: int, b: Area)")) == ([], [], ["a", "b"])


def test_a_written_route_takes_its_parameters_from_the_path() -> None:
    put = route('command change(a: int, b: int) { http PUT "/cards/{b}/state" }')
    assert (put.method, put.path, put.unbound) == ("PUT", "/cards/{b}/state", ())
    assert names(put) == (["b"], [], ["a"])
    assert names(route('query find(a: Area, b: int) -> int { http GET "/cards/{b}" }')) == (["b"], ["a"], [])
    assert names(route('command drop(a: int, b: int) { http DELETE "/cards/{b}" }')) == (["b"], ["a"], [])


def test_what_parameters_are_called_makes_no_other_path() -> None:
    assert (
        route('query f(a: int) -> int { http GET "/x/{a}" }').shape
        == route('query f(b: int) -> int { http GET "/x/{b}" }').shape
    )


@pytest.mark.parametrize("path", ["/a/", "//a", "/a//b", "/{a}/{a}", "a", "/a?b", "/{}", "/a b", ""])
def test_a_path_that_is_none_is_refused(path: str) -> None:
    text = f'package p\nteam T\nservice S {{ owner T; query f(a: int) -> int {{ http GET "{path}" }} }}'
    workspace = Workspace(Path(), "", Config(), (SourceFile("design.blueprint", text),))
    found = check(workspace, TODAY).errors
    assert [error.code for error in found] == ["CXC108"]


def test_clients_call_an_operation_by_service_and_name() -> None:
    blueprint = design(f"{DATA}\nservice RefillOrders {{ owner T\nquery find_all() -> int\n}}")
    (service,) = blueprint.every(Service)
    assert operation_id(service, service.operations[0]) == "refillOrders_findAll"
