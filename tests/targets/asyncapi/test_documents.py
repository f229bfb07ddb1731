"""Events are described as CloudEvents, with who sends them, who reacts, and why."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
import yaml
from pydantic import ValidationError

from asyncapi_documents import HEAD, documents, emitted, errors, faults, parts, platform
from cxc.model.data import Event
from cxc.model.event_types import REQUIRED
from cxc.model.service import Operation, Service
from designs import EXAMPLES, design, example
from hostile import KEYWORDS, TEXTS, documentation, quoted, told_apart
from openapi_documents import documents as openapi_documents

GOLDEN = Path(__file__).resolve().parents[2] / "golden" / "asyncapi"
RECORDED = sorted(GOLDEN.glob("*/output/asyncapi/*.yaml"))
PARSER_FAILS_AT = ("__proto__", "hasOwnProperty")
"""Properties of these names are sound, but AsyncAPI's parser ends with an error of its own at them."""
OF_THE_OLDER_VERSION = "names-the-older-version"
Lint = Callable[[Sequence[Path]], list[str]]

SHOP = """
entity Book { isbn: string(13) @key @example("9780141439518"); title: string }
event Sold "A book was sold" { book: Book.isbn; price: money; at: datetime }
event Lost { since "1.1"; deprecated "Nothing is lost."; note: text? }
/// Sells.
service Sales "Sales desk" { owner T; masters Book; command sell(book: Book.isbn) { emits Sold } }
service Mail { owner T; command thank(book: Book.isbn); on Sold -> thank }
"""


# ---- judged by others -----------------------------------------------------------------------------------------------


def test_the_parser_has_nothing_to_say(tmp_path: Path, lint_asyncapi: Lint) -> None:
    found = [path for path in RECORDED if OF_THE_OLDER_VERSION not in path.parts]
    for name in EXAMPLES:
        # The document of the platform holds what is in all others, and the parser takes its time.
        found += written(tmp_path / name, example(name))[0 if name == "pharmacy" else -1 :]
    names = [name for name in KEYWORDS if name not in PARSER_FAILS_AT]
    found += written(tmp_path / "names", design(design_of_events(names, operations=names[::12])))[-1:]
    found += written(tmp_path / "texts", design(design_of_said(TEXTS)))[-1:]
    assert lint_asyncapi(found) == []


def test_of_the_older_version_the_parser_only_says_that_there_is_a_newer_one(lint_asyncapi: Lint) -> None:
    findings = lint_asyncapi([path for path in RECORDED if OF_THE_OLDER_VERSION in path.parts])
    assert len(findings) == 2
    assert all("information asyncapi-latest-version" in finding for finding in findings)


def written(folder: Path, blueprint: Any) -> list[Path]:
    found = []
    for file in emitted(blueprint).files:
        path = folder / file.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(str(file.content), encoding="utf-8")
        found.append(path)
    return found


@pytest.mark.parametrize("name", EXAMPLES)
def test_examples_fit_their_schemas(name: str) -> None:
    made = documents(example(name))
    assert {file: faults(document) for file, document in made.items()} == {file: [] for file in made}
    messages = made["platform.yaml"]["components"]["messages"]
    assert [message["name"] for message in messages.values() if "examples" not in message] == []


@pytest.mark.parametrize("path", RECORDED, ids=lambda path: f"{path.parts[-4]}/{path.name}")
def test_recorded_examples_fit_their_schemas(path: Path) -> None:
    assert faults(yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader)) == []


# ---- who sends and who receives -------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_event_has_a_channel_and_every_party_an_operation(name: str) -> None:
    blueprint, document = example(name), documents(example(name))["platform.yaml"]
    addresses = [channel["address"] for channel in document["channels"].values()]
    assert [event.id for event in blueprint.every(Event) if event.id.partition(":")[2] not in addresses] == []
    sends = sum(len(set(operation.emits)) for operation in blueprint.every(Operation))
    receives = sum(len(service.subscriptions) for service in blueprint.every(Service))
    actions = [operation["action"] for operation in document["operations"].values()]
    assert (actions.count("send"), actions.count("receive")) == (sends, receives)


def test_an_operation_begins_with_the_name_it_has_over_http() -> None:
    blueprint = example("pharmacy")
    document = documents(blueprint)["platform.yaml"]
    over_http = {
        operation["operationId"]: operation["x-cxc-trace"]
        for path in openapi_documents(blueprint)["platform.yaml"]["paths"].values()
        for operation in path.values()
    }
    for id, operation in document["operations"].items():
        trace = operation["x-cxc-trace"]
        assert over_http[id.partition("-")[0]].items() <= trace.items()
        assert trace["operation"].startswith("operation:")


def test_sending_and_receiving_are_told_apart() -> None:
    document = platform(SHOP)
    assert document["operations"]["sales_sell-sends-Sold"]["action"] == "send"
    received = document["operations"]["mail_thank-receives-Sold"]
    assert received["action"] == "receive"
    assert received["channel"] == {"$ref": "#/channels/Sold"}
    assert received["messages"] == [{"$ref": "#/channels/Sold/messages/Sold"}]
    assert [tag["name"] for tag in received["tags"]] == ["service:shop.Mail", "team:shop.T"]
    assert received["summary"] == "When it arrives, Mail does `thank`."
    assert document["channels"]["Sold"]["summary"] == "From Sales desk to Mail."
    assert document["components"]["messages"]["Sold"]["x-cxc-trace"] == {
        "event": "event:shop.Sold",
        "sent_by": ["operation:shop.Sales.sell"],
        "received_by": ["operation:shop.Mail.thank"],
    }


def test_a_service_has_a_document_of_what_concerns_it() -> None:
    made = documents(design(HEAD + SHOP))
    assert list(made) == ["sales.yaml", "mail.yaml", "platform.yaml"]
    sales, whole = made["sales.yaml"], made["platform.yaml"]
    assert sales["info"]["contact"] == {"name": "Sales", "email": "sales@shop.example"}
    assert sales["info"]["description"].startswith("Sells.")
    assert list(sales["operations"]) == ["sales_sell-sends-Sold"]
    assert list(sales["channels"]) == ["Sold"]
    assert list(whole["channels"]) == ["Sold", "Lost"]
    for section in ("channels", "operations"):
        assert sales[section].items() <= whole[section].items()
    for section, parts_ in sales["components"].items():
        assert parts_.items() <= whole["components"][section].items()


def test_an_event_that_nobody_sends_has_a_channel_all_the_same() -> None:
    document = platform("event Alone { x: int }")
    assert document["channels"]["Alone"]["address"] == "shop.Alone"
    assert "operations" not in document
    assert faults(document) == []


def test_without_events_there_are_no_documents() -> None:
    assert emitted(design(f"{HEAD}service S {{ owner T; query q() -> int }}")).files == ()


def test_one_operation_may_send_and_receive_several_events() -> None:
    document = platform("event E\nevent F\nservice S { owner T; command c() { emits E, F }; on E -> c; on F -> c }")
    assert list(document["operations"]) == [
        "s_c-sends-E", "s_c-sends-F", "s_c-receives-E", "s_c-receives-F",
    ]  # fmt: skip


# ---- the envelope ---------------------------------------------------------------------------------------------------


def test_a_message_is_a_cloud_event() -> None:
    document = platform(SHOP)
    message = document["components"]["messages"]["Sold"]
    assert message["name"] == "shop.Sold"
    assert message["contentType"] == "application/cloudevents+json"
    (shown,) = message["examples"]
    assert shown["payload"] == {
        "specversion": "1.0",
        "id": "9f2d7c1e-54b0-4a86-8f3b-6d1c0e7a2b95",
        "source": "/services/shop.Sales",
        "type": "shop.Sold",
        "subject": "9780141439518",
        "time": "2026-03-14T09:30:00Z",
        "datacontenttype": "application/json",
        "correlationid": "c41b8e0a-7d25-4f6e-93a1-2b5f8c9d0e17",
        "data": {
            "book": "9780141439518",
            "price": {"amount": "12.50", "currency": "EUR"},
            "at": "2026-03-14T09:30:00Z",
        },
    }
    assert message["correlationId"] == {"$ref": "#/components/correlationIds/chain-of-events"}


@pytest.mark.parametrize(
    "change", [*({name: None} for name in (*REQUIRED, "subject")), {"type": "shop.Lost"}, {"specversion": "0.3"},
               {"data": {}}, {"datacontenttype": "text/plain"}, {"source": ""}],
)  # fmt: skip
def test_what_is_no_such_event_does_not_fit(change: dict[str, Any]) -> None:
    components = platform(SHOP)["components"]
    message = components["messages"]["Sold"]
    changed = {**message["examples"][0]["payload"], **change}
    value = {name: part for name, part in changed.items() if part is not None}
    assert errors(message["payload"], value, components)


def test_further_attributes_are_welcome() -> None:
    components = platform(SHOP)["components"]
    message = components["messages"]["Sold"]
    value = {**message["examples"][0]["payload"], "traceparent": "00-1-2-01", "causationid": "x"}
    assert errors(message["payload"], value, components) == []


def test_where_schemas_are_published_is_said_in_each_message() -> None:
    message = platform(SHOP, schemas="https://schemas.shop.example/")["components"]["messages"]["Sold"]
    assert message["examples"][0]["payload"]["dataschema"] == "https://schemas.shop.example/shop/Sold.json"


def test_what_the_design_says_of_an_event_arrives() -> None:
    document = platform(SHOP)
    assert document["components"]["schemas"]["Lost"]["deprecated"] is True
    assert document["components"]["messages"]["Lost"]["x-cxc-since"] == "1.1"
    assert document["channels"]["Lost"]["description"] == "Deprecated: Nothing is lost."
    assert document["channels"]["Sold"]["title"] == "A book was sold"


def test_a_secret_is_in_no_event() -> None:
    document = platform("event E { pin: string(4) @secret; x: int }")
    assert list(document["components"]["schemas"]["E"]["properties"]) == ["x"]


def test_keywords_beside_a_reference_are_not_lost() -> None:
    """Draft 7, on which AsyncAPI builds, ignores what stands beside `$ref`."""
    document = platform('enum Size { s; l }\nevent E { /// How large.\nsize: Size @example(l) @personal("behaviour") }')
    size = document["components"]["schemas"]["E"]["properties"]["size"]
    assert size["allOf"] == [{"$ref": "#/components/schemas/Size"}]
    assert (size["description"], size["examples"], size["x-cxc-personal"]) == ("How large.", ["l"], ["behaviour"])
    for name in EXAMPLES:
        schemas = documents(example(name))["platform.yaml"]["components"]["schemas"].values()
        assert not [part for schema in schemas for part in parts(schema) if "$ref" in part and len(part) > 1]


# ---- settings -------------------------------------------------------------------------------------------------------


def test_settings_are_followed() -> None:
    document = platform(
        SHOP,
        version="3.0.0",
        servers={"live": {"host": "kafka.shop.example:9092", "protocol": "kafka", "description": "*"}},
        license={"name": "MIT", "url": "https://shop.example/licence"},
        contact={"name": "Desk"},
    )
    assert document["asyncapi"] == "3.0.0"
    live = {"host": "kafka.shop.example:9092", "protocol": "kafka", "description": "\\*"}
    assert document["servers"] == {"live": live}
    assert document["info"]["license"] == {"name": "MIT", "url": "https://shop.example/licence"}
    assert document["info"]["contact"] == {"name": "Desk"}


@pytest.mark.parametrize(
    "options",
    [
        {"servers": {"live": {"host": "kafka://x", "protocol": "kafka"}}},
        {"servers": {"live": {"host": "x:y", "protocol": "kafka"}}},
        {"servers": {"live": {"host": "x", "protocol": "kafka", "pathname": "x"}}},
        {"servers": {"live": {"host": "x"}}},
        {"servers": {"a live one": {"host": "x", "protocol": "kafka"}}},
        {"schemas": "https://schemas.shop.example"},
        {"version": "2.6.0"},
    ],
)
def test_a_setting_that_cannot_be_is_refused(options: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        emitted(design(HEAD + SHOP), **options)


# ---- hostile names and texts ----------------------------------------------------------------------------------------


def design_of_events(names: Sequence[str], operations: Sequence[str]) -> str:
    """Return a design in which each name is that of an event, a field and a choice, and some are of operations."""
    events = "\n".join(f"event {name}_ {{ {name}: Choice }}" for name in names)
    body = "\n".join(
        f"  command {name}() {{ emits {name}_, Everything }}\n  on {name}_ -> {name}"
        for name in told_apart(operations)
        if name.strip("_")
    )
    return f"""package p
team Owner
enum Choice {{ {"; ".join(names)} }}
{events}
event Everything {{ {"; ".join(f"{name}: Choice" for name in names)} }}
service Sender {{ owner Owner
{body}
}}"""


def design_of_said(texts: Sequence[str]) -> str:
    """Return a design in which each text is a title, a documentation, an example and a reason."""
    parts_ = ["package p", f"team Owner {quoted(texts[0])}"]
    for number, text in enumerate(texts):
        said = quoted(text)
        parts_.append(
            f"{documentation(text)}\nevent E{number} {said} {{ deprecated {said}; x: text @example({said}) }}\n"
            f"service S{number} {said} {{ owner Owner\n{documentation(text)}\n  command c() {{ emits E{number} }}\n"
            f"  on E{number} -> c\n}}"
        )
    return "\n".join(parts_)


def test_names_that_mean_something_elsewhere_arrive() -> None:
    document = documents(design(design_of_events(KEYWORDS, operations=KEYWORDS)))["platform.yaml"]
    assert [name for name in KEYWORDS if f"{name}_" not in document["channels"]] == []
    assert set(document["components"]["schemas"]["Everything"]["properties"]) == set(KEYWORDS)
    assert document["components"]["schemas"]["Choice"]["enum"] == KEYWORDS
    assert faults(document) == []


def test_texts_arrive_as_they_are() -> None:
    document = documents(design(design_of_said(TEXTS)))["platform.yaml"]
    schemas = document["components"]["schemas"]
    for number, text in enumerate(TEXTS):
        schema = schemas[f"E{number}"]
        assert schema.get("title", "") == text
        assert schema["properties"]["x"]["examples"] == [text]
    assert faults(document) == []
