"""Events that travel: who subscribed reacts, in this process or by way of a broker."""

import asyncio
import json
from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest
from faststream.kafka import TestKafkaBroker
from faststream.rabbit import TestRabbitBroker

from designs import design
from server_packages import Package, files_of, imported, written

DESIGN = """
package shop
team T
entity Thing { id: uuid @key; size: int }
event Sold { thing: Thing.id; class: text? }
event Moved { thing: Thing.id? }
service Sales {
  owner T
  command sell(thing: Thing.id) { emits Sold }
}
service Store {
  owner T
  masters Thing
  on Sold -> fetch
  on Moved -> fetch
  command fetch(thing: Thing.id, class: text?, times: int = 2)
}
service Post {
  owner T
  on Sold -> send
  command send(thing: Thing.id)
}
"""
ID = UUID("6f1c2a34-0c1f-4c3e-9b4e-0d2f7b1f6a10")


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Package]:
    folder = written(design(DESIGN), tmp_path_factory.mktemp("shop"), package="streamed_shop")
    with imported(folder, "streamed_shop") as found:
        yield found


def ports_of(package: Package, asked: list[tuple[str, Any, dict[str, Any]]]) -> Any:
    def handlers(module: str, name: str, operation: str) -> Any:
        async def noted(_: Any, context: Any, /, **given: Any) -> None:
            asked.append((operation, context, given))

        return type(name, (getattr(package.module(f"ports.{module}"), f"{name}Port"),), {operation: noted})()

    return package.module("ports").Ports(
        sales=handlers("sales", "Sales", "sell"),
        store=handlers("store", "Store", "fetch"),
        post=handlers("post", "Post", "send"),
    )


def sold(package: Package) -> Any:
    events = package.module("events")
    event = events.Sold(thing=ID, class_="gift")
    return events.CloudEvent.of(event, "/services/shop.Sales", correlation="request-1")


async def published(stream: Any, event: Any, context: Any) -> None:
    async with context:
        await stream.publish(event)


def test_everybody_who_subscribed_reacts(package: Package) -> None:
    asked: list[tuple[str, Any, dict[str, Any]]] = []
    stream = package.module("streaming").create_stream(ports_of(package, asked))
    event = sold(package)
    asyncio.run(published(stream, event, stream.lifespan(None)))
    assert sorted((operation, given) for operation, _, given in asked) == [
        ("fetch", {"thing": ID, "class_": "gift"}),
        ("send", {"thing": ID}),
    ]


def test_reaction_knows_what_caused_it_and_who_it_is(package: Package) -> None:
    asked: list[tuple[str, Any, dict[str, Any]]] = []
    stream = package.module("streaming").create_stream(ports_of(package, asked))
    event = sold(package)
    asyncio.run(published(stream, event, stream.running()))
    context = next(context for operation, context, _ in asked if operation == "send")
    assert (context.source, context.request_id, context.cause) == ("/services/shop.Post", "request-1", event.id)
    assert context.customer == package.module("identity").PLATFORM
    assert context.publisher is stream


def test_failure_of_one_reaction_is_not_that_of_the_others_or_of_who_published(
    package: Package, caplog: pytest.LogCaptureFixture
) -> None:
    asked: list[tuple[str, Any, dict[str, Any]]] = []
    ports = ports_of(package, asked)

    async def fails(*_: Any, **__: Any) -> None:
        raise NotImplementedError

    for port, operation, other in ((ports.store, "fetch", "send"), (ports.post, "send", "fetch")):
        asked.clear()
        setattr(port, operation, fails)
        stream = package.module("streaming").create_stream(ports)
        asyncio.run(published(stream, sold(package), stream.lifespan(None)))
        delattr(port, operation)
        assert [name for name, _, _ in asked] == [other]
        assert f"{operation}_on_sold failed" in caplog.text


@pytest.mark.parametrize(
    ("address", "broker"),
    [("kafka://localhost:9092", TestKafkaBroker), ("amqp://guest:guest@localhost:5672/", TestRabbitBroker)],
)
def test_brokers_carry_the_same(package: Package, address: str, broker: Any) -> None:
    asked: list[tuple[str, Any, dict[str, Any]]] = []
    stream = package.module("streaming").create_stream(ports_of(package, asked), address)
    asyncio.run(published(stream, sold(package), broker(stream.app.brokers[0])))
    assert sorted(operation for operation, _, _ in asked) == ["fetch", "send"]


def test_unknown_broker_is_refused(package: Package) -> None:
    streaming = package.module("streaming")
    with pytest.raises(streaming.UnknownBroker, match="pigeon"):
        streaming.create_stream(ports_of(package, []), "pigeon://loft")


def test_message_is_the_envelope_without_what_is_missing(package: Package) -> None:
    message = package.module("streaming.transport").as_message(sold(package))
    assert json.loads(json.dumps(message)) == message
    assert message["data"] == {"thing": str(ID), "class": "gift"}
    assert "causationid" not in message


def test_reaction_that_the_event_does_not_say_enough_for_is_left_to_the_developer() -> None:
    text = files_of(design(DESIGN))["python/blueprint/streaming/subscribers.py"]
    assert "- Store.fetch on `events.Moved`" in text
    assert "events.Moved," not in text
