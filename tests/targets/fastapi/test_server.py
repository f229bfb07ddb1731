"""A server that was generated, with handlers filled in, asked by HTTP: what succeeds, and all that may go wrong."""

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
import pytest

from designs import design
from server_packages import Package, imported, written

DESIGN = """
package shop
team T
entity Thing {
  id: uuid @key @readonly
  name: string(1..20)
  price: money
  weight: decimal(6, 2)?
  made: date?
  class: int(0..9) = 3
  code: string(4..8) @secret
}
event Sold { thing: Thing.id }
error NoThing "There is no such thing" { status 404; thing: Thing.id }
error Gone { status 409; class: int? }
service Things {
  owner T
  masters Thing
  query all(from: int?, kinds: [Kind]?, cheap: bool?) -> [Thing] { paged; identity anonymous }
  query thing(id: Thing.id) -> Thing { fails NoThing; identity identified; http GET "/things/{id}" }
  query first() -> Thing? { identity anonymous; http GET "/things/first" }
  command add(thing: Thing, note: text?) -> Thing { identity authenticated }
  command sell(thing: Thing.id, at: datetime?) -> Thing {
    fails NoThing, Gone; emits Sold; idempotent; identity authenticated
  }
  command drop(id: Thing.id) { identity verified; http DELETE "/things/{id}" }
  command ping(word: string?, times: int = 1) { identity anonymous }
}
enum Kind { big; small }
"""
ID = "6f1c2a34-0c1f-4c3e-9b4e-0d2f7b1f6a10"
THING = {"name": "Lamp", "price": {"amount": "12.50", "currency": "EUR"}, "code": "12345"}

Ask = Callable[..., httpx.Response]


class Shop:
    """The server with its handlers, and who asks it."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.publisher = package.module("events").InMemoryPublisher()
        self.handlers = handlers(package)
        ports = package.module("ports").Ports(things=self.handlers)
        self.app = package.module("app").create_app(
            ports, authenticate=authentication(package), publisher=self.publisher
        )

    def ask(self, method: str, path: str, *, token: str = "verified", **given: Any) -> httpx.Response:
        async def asked() -> httpx.Response:
            transport = httpx.ASGITransport(self.app, raise_app_exceptions=False)
            headers = {**({"Authorization": f"Bearer {token}"} if token else {}), **given.pop("headers", {})}
            async with httpx.AsyncClient(transport=transport, base_url="http://shop.example") as client:
                return await client.request(method, path, headers=headers, **given)

        return asyncio.run(asked())


def authentication(package: Package) -> Any:
    identity = package.module("identity")
    levels = {level.name.lower(): level for level in identity.Identity}

    async def authenticate(token: str, /) -> Any:
        level = levels.get(token.partition("-")[0])
        return None if level is None else identity.Customer(token, level)

    return authenticate


def handlers(package: Package) -> Any:
    models, errors, events = (package.module(name) for name in ("models", "errors", "events"))
    page = package.module("paging").Page

    class Handlers(package.module("ports.things").ThingsPort):  # type: ignore[misc]
        def __init__(self) -> None:
            self.asked: list[tuple[str, Any, dict[str, Any]]] = []

        def note(self, name: str, context: Any, **given: Any) -> Any:
            self.asked.append((name, context, given))
            price = package.module("values").Money(amount="1.5", currency="EUR")
            return models.Thing(id=UUID(ID), name="Lamp", price=price, weight="0.50")

        async def all(self, context: Any, /, **given: Any) -> Any:
            return page(items=[self.note("all", context, **given)], next_cursor="more")

        async def thing(self, context: Any, /, *, id: UUID) -> Any:
            if id.int == 0:
                raise errors.NoThing(thing=id, detail="It was never made")
            return self.note("thing", context, id=id)

        async def first(self, context: Any, /) -> Any:
            return None

        async def add(self, context: Any, /, *, thing: Any, note: str | None = None) -> Any:
            return self.note("add", context, thing=thing, note=note)

        async def sell(self, context: Any, /, *, thing: UUID, at: Any = None) -> Any:
            if thing.int == 0:
                self.note("sell", context, thing=thing)
                raise errors.Gone(class_=2)
            await context.publish(events.Sold(thing=thing))
            return self.note("sell", context, thing=thing, at=at)

        async def drop(self, context: Any, /, *, id: UUID) -> None:
            raise RuntimeError("a fault that nobody foresaw")

        async def ping(self, context: Any, /, **given: Any) -> None:
            self.note("ping", context, **given)

    return Handlers()


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Package]:
    folder = written(design(DESIGN), tmp_path_factory.mktemp("shop"), package="served_shop")
    with imported(folder, "served_shop") as found:
        yield found


@pytest.fixture
def shop(package: Package) -> Shop:
    return Shop(package)


def problem(response: httpx.Response) -> dict[str, Any]:
    assert response.headers["Content-Type"] == "application/problem+json"
    found: dict[str, Any] = response.json()
    assert found["status"] == response.status_code
    return found


# ---- what succeeds --------------------------------------------------------------------------------------------------


def test_answer_leaves_out_what_is_missing_and_what_is_secret(shop: Shop) -> None:
    response = shop.ask("GET", f"/things/{ID}")
    assert response.status_code == 200
    assert response.json() == {
        "id": ID,
        "name": "Lamp",
        "price": {"amount": "1.5", "currency": "EUR"},
        "weight": "0.50",
        "class": 3,
    }


def test_body_arrives_with_defaults_and_secrets(shop: Shop) -> None:
    assert shop.ask("POST", "/things/add", json={"thing": THING}).status_code == 200
    ((_, context, given),) = shop.handlers.asked
    assert given["thing"].class_ == 3
    assert given["thing"].code.get_secret_value() == "12345"
    assert "12345" not in repr(given["thing"])
    assert given["note"] is None
    assert context.customer.id == "verified"


def test_query_arrives_typed(shop: Shop) -> None:
    response = shop.ask("GET", "/things/all?from=7&kinds=big&kinds=small&cheap=true", token="")
    assert response.status_code == 200
    ((_, context, given),) = shop.handlers.asked
    assert given == {"from_": 7, "kinds": ["big", "small"], "cheap": True}
    assert context.customer.identity.name == "ANONYMOUS"


def test_page_asked_for_arrives_and_the_next_one_is_named(shop: Shop) -> None:
    response = shop.ask("GET", "/things/all?cursor=here&limit=5")
    assert response.json()["next_cursor"] == "more"
    ((_, context, _),) = shop.handlers.asked
    assert (context.page.cursor, context.page.limit) == ("here", 5)


def test_nothing_is_204(shop: Shop) -> None:
    assert shop.ask("POST", "/things/ping", json={}).status_code == 204
    assert shop.ask("GET", "/things/first").status_code == 204


def test_body_may_be_missing_where_all_in_it_may(shop: Shop) -> None:
    assert shop.ask("POST", "/things/ping").status_code == 204
    ((_, _, given),) = shop.handlers.asked
    assert given == {"word": None, "times": 1}


def test_path_without_parameter_goes_before_one_with(shop: Shop) -> None:
    assert shop.ask("GET", "/things/first").status_code == 204


def test_whole_number_may_have_a_fraction_of_nothing(shop: Shop) -> None:
    assert shop.ask("POST", "/things/ping", content='{"times": 3.0}', headers=JSON).status_code == 204


def test_event_is_published_in_an_envelope(shop: Shop) -> None:
    shop.ask("POST", "/things/sell", json={"thing": ID}, headers={"X-Request-Id": "request-1"})
    (event,) = shop.publisher.events
    travelling = event.model_dump(mode="json", exclude_none=True)
    assert travelling.pop("id") and travelling.pop("time")
    assert travelling == {
        "specversion": "1.0",
        "source": "/services/shop.Things",
        "type": "shop.Sold",
        "datacontenttype": "application/json",
        "subject": ID,
        "correlationid": "request-1",
        "data": {"thing": ID},
    }


def test_contract_and_its_pages_are_served(shop: Shop) -> None:
    assert "openapi: 3.1" in shop.ask("GET", "/openapi.yaml").text
    assert "/openapi.yaml" in shop.ask("GET", "/docs").text


def test_title_is_shown_as_text(tmp_path: Path) -> None:
    titled = replace(design("package p\nteam T\nservice S { owner T }"), title="<script>alert(1)</script>")
    with imported(written(titled, tmp_path, package="titled"), "titled") as package:
        port = type("Handlers", (package.module("ports.s").SPort,), {})()
        ports = package.module("ports").Ports(s=port)
        shop = object.__new__(Shop)
        shop.app = package.module("app").create_app(ports, authenticate=authentication(package))
        assert "<script>alert" not in shop.ask("GET", "/docs").text


# ---- failures that the design declares ------------------------------------------------------------------------------


def test_declared_failure_is_a_problem_with_its_fields(shop: Shop) -> None:
    nothing = str(UUID(int=0))
    assert problem(shop.ask("GET", f"/things/{nothing}")) == {
        "type": "urn:problem:shop:NoThing",
        "title": "There is no such thing",
        "status": 404,
        "detail": "It was never made",
        "thing": nothing,
    }


def test_field_of_a_failure_has_the_name_of_the_design(shop: Shop) -> None:
    found = problem(shop.ask("POST", "/things/sell", json={"thing": str(UUID(int=0))}))
    assert found["class"] == 2
    assert "detail" not in found


# ---- requests that do not have the described form -------------------------------------------------------------------

JSON = {"Content-Type": "application/json"}


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({}, "/thing"),
        ({"thing": {**THING, "name": ""}}, "/thing/name"),
        ({"thing": {**THING, "name": 5}}, "/thing/name"),
        ({"thing": {**THING, "class": "3"}}, "/thing/class"),
        ({"thing": {**THING, "class": True}}, "/thing/class"),
        ({"thing": {**THING, "class": 10}}, "/thing/class"),
        ({"thing": {**THING, "weight": 1.5}}, "/thing/weight"),
        ({"thing": {**THING, "weight": "1.555"}}, "/thing/weight"),
        ({"thing": {**THING, "weight": "12345.00"}}, "/thing/weight"),
        ({"thing": {**THING, "made": "2026-13-01"}}, "/thing/made"),
        ({"thing": {**THING, "made": 1767225600}}, "/thing/made"),
        ({"thing": {**THING, "made": None}}, "/thing/made"),
        ({"thing": {**THING, "price": {"amount": "x", "currency": "EUR"}}}, "/thing/price/amount"),
        ({"thing": {**THING, "price": {"amount": "1", "currency": "euro"}}}, "/thing/price/currency"),
        ({"thing": {**THING, "code": "1"}}, "/thing/code"),
        ({"thing": THING, "note": None}, "/note"),
        ([], ""),
    ],
)
def test_wrong_body_is_invalid_at_its_place(shop: Shop, body: Any, pointer: str) -> None:
    found = problem(shop.ask("POST", "/things/add", json=body))
    assert (found["status"], found["type"]) == (400, "urn:problem:invalid-request")
    assert [error["pointer"] for error in found["errors"]] == [pointer]
    assert shop.handlers.asked == []


@pytest.mark.parametrize(
    ("content", "headers"),
    [
        ("{", JSON),
        ("", JSON),
        ('{"thing": {}}', {"Content-Type": "text/plain"}),
        ("thing=1", {"Content-Type": "application/x-www-form-urlencoded"}),
        ("{}", {}),
    ],
)
def test_what_is_no_json_is_invalid(shop: Shop, content: str, headers: dict[str, str]) -> None:
    found = problem(shop.ask("POST", "/things/add", content=content, headers=headers))
    assert found["status"] == 400
    assert len(found["errors"]) == 1


@pytest.mark.parametrize(
    ("path", "parameter"),
    [
        ("/things/all?from=x", "from"),
        ("/things/all?from=1.0", "from"),
        ("/things/all?from=9223372036854775808", "from"),
        ("/things/all?kinds=big&kinds=huge", "kinds"),
        ("/things/all?cheap=yes", "cheap"),
        ("/things/all?limit=0", "limit"),
        ("/things/all?limit=1001", "limit"),
        ("/things/not-a-uuid", "id"),
    ],
)
def test_wrong_parameter_is_invalid_and_named(shop: Shop, path: str, parameter: str) -> None:
    found = problem(shop.ask("GET", path))
    assert found["status"] == 400
    assert [error["parameter"] for error in found["errors"]] == [parameter]


# ---- who asks -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("token", ["", "nobody"])
def test_unknown_customer_must_say_who_it_is(shop: Shop, token: str) -> None:
    response = shop.ask("GET", f"/things/{ID}", token=token)
    assert problem(response)["status"] == 401
    assert response.headers["WWW-Authenticate"] == "Bearer"


def test_customer_who_is_not_known_well_enough_may_not(shop: Shop) -> None:
    assert problem(shop.ask("POST", "/things/add", json={"thing": THING}, token="identified"))["status"] == 403
    assert shop.ask("POST", "/things/add", json={"thing": THING}, token="authenticated").status_code == 200


def test_who_asks_is_asked_before_what(shop: Shop) -> None:
    assert problem(shop.ask("POST", "/things/add", json={}, token=""))["status"] == 401


# ---- what is no operation, and faults -------------------------------------------------------------------------------


def test_unknown_path_is_a_problem(shop: Shop) -> None:
    assert problem(shop.ask("GET", "/nowhere"))["status"] == 404
    assert problem(shop.ask("GET", f"/things/{ID}/"))["status"] == 404


def test_other_method_is_a_problem_that_says_which_there_are(shop: Shop) -> None:
    response = shop.ask("PUT", f"/things/{ID}")
    assert problem(response)["status"] == 405
    assert response.headers["Allow"] == "DELETE, GET"


def test_methods_are_those_of_the_path_that_fits_best(shop: Shop) -> None:
    for method in ("PATCH", "DELETE"):
        response = shop.ask(method, "/things/first")
        assert problem(response)["status"] == 405
        assert response.headers["Allow"] == "GET"


def test_fault_says_nothing_about_itself(shop: Shop) -> None:
    found = problem(shop.ask("DELETE", f"/things/{ID}"))
    assert found == {"type": "about:blank", "title": "Internal Server Error", "status": 500}


# ---- idempotency keys -----------------------------------------------------------------------------------------------


def test_same_key_gets_the_same_answer(shop: Shop) -> None:
    first, again = (
        shop.ask("POST", "/things/sell", json={"thing": ID}, headers={"Idempotency-Key": "k"}) for _ in "12"
    )
    assert (again.status_code, again.content) == (first.status_code, first.content)
    assert again.headers["Content-Type"] == first.headers["Content-Type"]
    assert len(shop.handlers.asked) == len(shop.publisher.events) == 1


def test_same_key_with_another_request_is_a_conflict(shop: Shop) -> None:
    shop.ask("POST", "/things/sell", json={"thing": ID}, headers={"Idempotency-Key": "k"})
    other = {"thing": str(UUID(int=1))}
    response = shop.ask("POST", "/things/sell", json=other, headers={"Idempotency-Key": "k"})
    assert problem(response)["status"] == 409
    assert len(shop.handlers.asked) == 1


def test_key_belongs_to_one_customer(shop: Shop) -> None:
    for token in ("verified-a", "verified-b"):
        shop.ask("POST", "/things/sell", json={"thing": ID}, headers={"Idempotency-Key": "k"}, token=token)
    assert len(shop.handlers.asked) == 2


def test_key_of_a_request_that_failed_may_be_used_again(shop: Shop) -> None:
    for _ in range(2):
        nothing = {"thing": str(UUID(int=0))}
        assert shop.ask("POST", "/things/sell", json=nothing, headers={"Idempotency-Key": "k"}).status_code == 409
    assert len(shop.handlers.asked) == 2


@pytest.mark.parametrize("key", ["", "k" * 256])
def test_key_that_is_none_is_invalid(shop: Shop, key: str) -> None:
    found = problem(shop.ask("POST", "/things/sell", json={"thing": ID}, headers={"Idempotency-Key": key}))
    assert found["errors"][0]["parameter"] == "Idempotency-Key"


def test_key_without_an_answer_yet_is_a_conflict(package: Package) -> None:
    idempotency = package.module("idempotency")

    async def twice() -> None:
        store = idempotency.InMemoryIdempotency()
        assert await store.take("k", "a") is None
        await store.take("k", "a")

    with pytest.raises(idempotency.KeyInUse, match="still at work"):
        asyncio.run(twice())


def test_key_is_forgotten_after_its_time(package: Package) -> None:
    idempotency = package.module("idempotency")
    now = [0.0]

    async def later() -> Any:
        store = idempotency.InMemoryIdempotency(lifetime=10, clock=lambda: now[0])
        await store.take("k", "a")
        await store.keep("k", idempotency.Answer(200, None, b""))
        now[0] = 11.0
        return await store.take("k", "b")

    assert asyncio.run(later()) is None


# ---- operations that nobody wrote yet -------------------------------------------------------------------------------


def test_application_does_not_start_and_names_all_that_is_missing(package: Package) -> None:
    port = package.module("port")

    class Some(package.module("ports.things").ThingsPort):  # type: ignore[misc]
        async def first(self, context: Any, /) -> None:
            return None

        @port.unimplemented  # type: ignore[untyped-decorator]
        async def drop(self, context: Any, /, *, id: UUID) -> None:
            raise NotImplementedError

    ports = package.module("ports").Ports(things=Some())
    with pytest.raises(port.UnimplementedOperations) as found:
        package.module("app").create_app(ports, authenticate=authentication(package))
    missing = ["all", "thing", "add", "sell", "drop", "ping"]
    assert [one.operation for one in found.value.missing] == missing
    assert "- Things.add belongs into handlers/things.py" in str(found.value)


def test_what_is_missing_answers_501_where_that_is_allowed(package: Package, caplog: pytest.LogCaptureFixture) -> None:
    class Nothing(package.module("ports.things").ThingsPort):  # type: ignore[misc]
        pass

    shop = Shop(package)
    ports = package.module("ports").Ports(things=Nothing())
    shop.app = package.module("app").create_app(ports, authenticate=authentication(package), allow_unimplemented=True)
    assert problem(shop.ask("GET", "/things/first"))["status"] == 501
    assert "GET /things/first is not implemented" in caplog.text
