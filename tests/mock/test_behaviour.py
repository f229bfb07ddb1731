"""What commands and queries do in designs that are made for it."""

from __future__ import annotations

import pytest

from designs import design, example
from mocks import Client, mocked

SHOP = """
package shop

team Sales
persona Buyer "Buyer" { entity Customer }

enum State { received; paid; cancelled }
enum Size { small; large }

type Place { town: string(1..40); code: string(/[0-9]{5}/) }

entity Customer { id: uuid @key; email: email; home: Place? }
entity Article {
  code: string(/A-[0-9]{3}/) @key @example("A-001")
  size: Size
  price: decimal(7, 2)
  stock_left: int(0..9)
}
entity Order {
  number: int(1..99999) @key
  customer: Customer.id
  article: Article.code
  state: State = received
  shelf: string(/[A-F][0-9]/) @readonly
  gift_note: text?
  token: string(8..20) @secret
  parts: [[Place]]
}
entity Rate { article: Article.code @key; size: Size @key; amount: money }
entity Locker { id: uuid @key; row: int(1..5) }

event OrderPlaced { order: Order.number; article: Article.code; at: datetime; by: Customer.email }
event OrderPaid { order: Order.number }

error SoldOut { status 409; article: Article.code }
error OrderCancelled { status 422; order: Order.number }
error NoSuchArticle { status 404 }
error WrongShelf { status 403 }

service Shop {
  owner Sales
  masters Customer, Article, Order, Rate, Locker
  on OrderPaid -> pack
  on OrderPlaced -> audit
  command place(customer: Customer.id, article: Article.code, note: Order.gift_note) -> Order {
    fails SoldOut, NoSuchArticle; emits OrderPlaced; idempotent; latency 200ms
  }
  command cancel(order: Order.number) -> Order { http DELETE "/orders/{order}" }
  command pay(order: Order.number, amount: money) -> Order { fails OrderCancelled; emits OrderPaid }
  command fetch(order: Order.number, shelf: Order.shelf) -> Order { fails WrongShelf }
  command pack(order: Order.number) -> Locker
  command audit(order: Order.number, reason: string)
  command register(customer: Customer.id, email: Customer.email, home: Place?) -> Customer {
    http PUT "/customers/{customer}"
  }
  command set_rate(article: Article.code, size: Size, amount: Rate.amount) -> Rate
  query order(order: Order.number) -> Order? { http GET "/orders/{order}" }
  query orders(customer: Customer.id, state: Order.state?) -> [Order] { paged }
  query articles(size: Article.size) -> [Article]
  query buyers(town: Place.town) -> [Customer]
  query quote(article: Article.code, count: int(1..9)) -> Quote { fails NoSuchArticle }
  query total(customer: Customer.id) -> decimal(9, 2)
  query label(order: Order.number) -> bytes
  query prices() -> map<money> { identity anonymous; availability 50%; latency 100ms }
}

type Quote { article: Article.code; count: int(1..9); price: money; home: Place }
"""


@pytest.fixture(scope="module")
def shop() -> object:
    return design(SHOP)


@pytest.fixture
def client(shop: object) -> object:
    with mocked(shop) as client:  # type: ignore[arg-type]
        yield client


def first(client: Client, entity: str) -> dict[str, object]:
    return client.data(entity)[0]


def test_parameters_set_the_fields_they_mean(client: Client) -> None:
    customer, article = first(client, "Customer"), first(client, "Article")
    placed = client.post("/shop/place", customer=customer["id"], article="A-001", note="For Nia").json()
    assert article["code"] == "A-001"
    wanted = {"customer": customer["id"], "article": "A-001", "gift_note": "For Nia", "state": "received"}
    assert {name: placed[name] for name in wanted} == wanted
    assert "token" not in placed
    assert client.ask("GET", f"/orders/{placed['number']}").json() == placed
    [event] = client.events()
    assert event["data"]["article"] == "A-001"
    assert event["data"]["by"] == customer["email"]
    assert event["subject"] == str(placed["number"])


def test_what_a_command_uses_up_ends(client: Client) -> None:
    customer, article = first(client, "Customer")["id"], first(client, "Article")
    left = article["stock_left"]
    assert isinstance(left, int) and left > 0
    for _ in range(left):
        assert client.post("/shop/place", customer=customer, article="A-001", note="").status_code == 200
    assert client.post("/shop/place", customer=customer, article="A-001", note="").json()["article"] == "A-001"
    assert client.log[-1].endswith("SoldOut (stock_left is 0)")


def test_states_follow_the_names_of_commands_and_forbid_others(client: Client) -> None:
    order = first(client, "Order")["number"]
    money = {"amount": "3.50", "currency": "EUR"}
    assert client.post("/shop/pay", order=order, amount=money).status_code == 200
    assert client.ask("DELETE", f"/orders/{order}").json()["state"] == "cancelled"
    failed = client.post("/shop/pay", order=order, amount=money)
    assert failed.status_code == 422
    assert failed.json()["order"] == order
    assert client.log[-1].endswith("OrderCancelled (state is cancelled)")


def test_a_read_only_field_is_proved_and_never_set(client: Client) -> None:
    order = first(client, "Order")
    assert client.post("/shop/fetch", order=order["number"], shelf=order["shelf"]).json() == order
    wrong = "A0" if order["shelf"] != "A0" else "A1"
    assert client.post("/shop/fetch", order=order["number"], shelf=wrong).status_code == 403
    assert first(client, "Order") == order


def test_who_says_all_makes_with_a_key_of_its_own(client: Client) -> None:
    id = "00000000-0000-4000-8000-000000000001"
    made = client.ask("PUT", f"/customers/{id}", json={"email": "a@example.org"}).json()
    assert made == {"id": id, "email": "a@example.org"}
    home = {"town": "Bath", "code": "12345"}
    changed = client.ask("PUT", f"/customers/{id}", json={"email": "b@example.org", "home": home}).json()
    assert changed == {"id": id, "email": "b@example.org", "home": home}
    assert len(client.data("Customer")) == 4
    assert client.get("/shop/buyers", town="Bath").json() == [changed]
    assert client.get("/shop/buyers", town="Nowhere").json() == []


def test_several_fields_make_one_key(client: Client) -> None:
    money = {"amount": "1.00", "currency": "EUR"}
    before = len(client.data("Rate"))
    for amount in ("1.00", "2.00"):
        asked = {"article": "A-001", "size": "large", "amount": {**money, "amount": amount}}
        assert client.post("/shop/set-rate", **asked).json()["amount"]["amount"] == amount
    assert len(client.data("Rate")) in (before, before + 1)


def test_the_key_of_another_thing_can_be_ones_own() -> None:
    with mocked(example("telecom")) as client:
        customer = first(client, "Customer")["id"]
        for level in ("premier", "essential"):
            chosen = client.post("/levels/choose-level", customer=customer, level=level).json()
            assert (chosen["customer"], chosen["level"]) == (customer, level)
        assert len(client.data("Entitlement")) == 3


def test_commands_make_choose_and_finish() -> None:
    with mocked(example("utility")) as client:
        leak = first(client, "Leak")["id"]
        before = len(client.data("Message"))
        assert client.post("/messages/tell", leak=leak).status_code == 200
        assert len(client.data("Message")) == before + 1
        assert client.post("/repairs/close-leak", leak=leak).json()["closed"] is True
    with mocked(example("airline")) as client:
        booking = first(client, "Booking")
        flight = client.post("/flight-operations/reseat", booking=booking["recordLocator"], name="NOVAK/NIA MS").json()
        assert flight["number"] == booking["flight"]
        assert len(client.data("Flight")) == 3


def test_whole_things_are_saved() -> None:
    blueprint = design(
        "package p\nteam T\nentity E { id: uuid @key; size: int(1..9); made: date @readonly; note: text? }\n"
        "type Sizes { size: int(1..9); colour: text }\n"
        'service S { owner T; masters E\n  command save(e: E) -> E { http PUT "/e" }\n'
        "  command order(sizes: Sizes) -> E\n  command touch(e: E.id) -> E }"
    )
    with mocked(blueprint) as client:
        old = first(client, "E")
        assert client.ask("PUT", "/e", json={"e": {"id": old["id"], "size": 8, "note": "x"}}).json() == {
            **old,
            "size": 8,
            "note": "x",
        }
        new = "00000000-0000-4000-8000-000000000003"
        saved = client.ask("PUT", "/e", json={"e": {"id": new, "size": 7}})
        assert (saved.json()["id"], saved.json()["size"]) == (new, 7)
        assert client.post("/s/order", sizes={"size": 6, "colour": "red"}).json()["size"] == 6
        assert client.post("/s/touch", e="00000000-0000-4000-8000-000000000004").status_code == 404
        assert len(client.data("E")) == 5


def test_lists_are_what_belongs_to_whom(client: Client) -> None:
    for customer in client.data("Customer"):
        found = client.get("/shop/orders", customer=customer["id"]).json()["items"]
        assert found == [order for order in client.data("Order") if order["customer"] == customer["id"]]
        assert found
        assert client.get("/shop/orders", customer=customer["id"], state="paid").json()["items"] == []
    sizes = {article["size"] for article in client.get("/shop/articles", size="small").json()}
    assert sizes <= {"small"}


def test_what_is_made_up_says_what_is_known(client: Client) -> None:
    quote = client.get("/shop/quote", article="A-001", count=4)
    assert (quote.json()["article"], quote.json()["count"]) == ("A-001", 4)
    assert client.get("/shop/quote", article="A-001", count=4).json() == quote.json()
    assert client.get("/shop/quote", article="A-999", count=4).json()["type"] == "urn:problem:shop:NoSuchArticle"
    customer = first(client, "Customer")["id"]
    assert isinstance(client.get("/shop/total", customer=customer).json(), str)
    assert client.get("/shop/prices").json()["part_1"]["currency"]


def test_an_optional_answer_is_nothing(client: Client) -> None:
    assert client.ask("GET", "/orders/1").status_code in (204, 404)
    number = first(client, "Order")["number"]
    assert client.get("/shop/label", order=number).status_code == 200


def test_reactions_that_need_more_are_left_out_and_logged(client: Client) -> None:
    order = first(client, "Order")["number"]
    client.post("/shop/pay", order=order, amount={"amount": "3.50", "currency": "EUR"})
    assert "event  shop.OrderPaid  Shop.pack  done" in client.log
    customer = first(client, "Customer")["id"]
    client.post("/shop/place", customer=customer, article="A-001", note="")
    assert any("Shop.audit  left out" in line for line in client.log)


def test_reset_begins_again(client: Client) -> None:
    before = client.data("Order")
    key = {"Idempotency-Key": "k"}
    asked = {"customer": first(client, "Customer")["id"], "article": "A-001", "note": ""}
    client.post("/shop/place", key, **asked)
    assert len(client.data("Order")) == len(before) + 1
    assert client.post("/_mock/reset").status_code == 204
    assert client.data("Order") == before
    assert client.events() == []
    assert client.post("/shop/place", key, **{**asked, "note": "other"}).status_code == 200


def test_lenient_makes_what_is_asked_for(shop: object) -> None:
    with mocked(shop, lenient=True) as client:  # type: ignore[arg-type]
        id = "00000000-0000-4000-8000-000000000002"
        assert client.get("/shop/orders", customer=id).json() == {"items": []}
        assert client.data("Customer")[-1]["id"] == id
        assert client.post("/shop/fetch", order=77, shelf="C3").json()["shelf"] == "C3"


def test_no_data_to_begin_with(shop: object) -> None:
    with mocked(shop, seed_data=0) as client:  # type: ignore[arg-type]
        assert client.data("Order") == []
        assert client.get("/shop/articles", size="small").json() == []


def test_another_seed_makes_other_data() -> None:
    def people(seed: int) -> object:
        with mocked(example("bank"), seed=seed) as client:
            return client.data("Customer")

    assert people(1) == people(1) != people(2)
