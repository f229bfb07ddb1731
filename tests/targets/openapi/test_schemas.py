import re
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from openapi_documents import operation

TYPES = [
    ("string(2..5)", ["ab", "abcde"], ["a", "abcdef", 1]),
    ("string(/[A-Z]{2}-[0-9]+/)", ["AB-1"], ["xAB-1", "AB-1x", "AB-"]),
    ("text", ["", "two\nlines"], [1]),
    ("int(0..12)", [0, 12], [-1, 13, 1.5, "1"]),
    ("decimal(5, 2)", ["0", "-1.5", "999.99"], ["1000", "1.555", 1.5, "1,5", ""]),
    ("decimal(0..1)", ["0.25"], ["-0.25"]),
    ("decimal(2, 2)", ["0.25", "-0.1"], ["1.25"]),
    ("bool", [True], ["true", 1]),
    ("time", ["09:30", "23:59:59", "09:30:00.5"], ["9:30", "24:00", "09:30:00Z"]),
    ("phone", ["+441632960001"], ["01632", "+0123", "+44 1632"]),
    ("country", ["GB"], ["gb", "GBR"]),
    ("currency", ["EUR"], ["eur", "EU"]),
    ("language", ["en", "en-GB", "zh-Hant-TW"], ["", "e", "en_GB"]),
    ("money", [{"amount": "1.50", "currency": "EUR"}], [1.5, {"amount": 1.5, "currency": "EUR"}, {"amount": "1"}]),
    ("[int]", [[], [1]], [1, [None], ["a"]]),
    ("[int?]", [[1, None]], [["a"]]),
    ("map<int>", [{}, {"a": 1}], [{"a": "b"}, []]),
    ("Size", ["small", "true_"], ["tiny"]),
    (
        "Book",
        [{"id": "9", "size": "small"}, {"id": "9", "size": "large", "like": {"id": "1", "size": "small"}}],
        [{}, "9"],
    ),
    ("Book.id", ["9"], ["99"]),
]
DATA = "enum Size { small; large; true_ }\nentity Book { id: string(1) @key; size: Size; like: Book? }"


@pytest.mark.parametrize(("type_", "good", "bad"), TYPES, ids=[type_ for type_, _, _ in TYPES])
def test_a_type_allows_its_values_and_no_others(type_: str, good: list[Any], bad: list[Any]) -> None:
    found, document = operation(f"query f() -> {type_}", DATA)
    schema = {
        **found["responses"]["200"]["content"]["application/json"]["schema"],
        "components": document["components"],
    }
    validator = Draft202012Validator(schema)
    assert [value for value in good if not validator.is_valid(value)] == []
    assert [value for value in bad if validator.is_valid(value)] == []


@pytest.mark.parametrize(
    ("type_", "schema"),
    [
        ("date", {"type": "string", "format": "date"}),
        ("datetime", {"type": "string", "format": "date-time"}),
        ("duration", {"type": "string", "format": "duration"}),
        ("uuid", {"type": "string", "format": "uuid"}),
        ("email", {"type": "string", "format": "email"}),
        ("url", {"type": "string", "format": "uri"}),
        (
            "bytes",
            {
                "type": "string",
                "contentEncoding": "base64",
                "pattern": "^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$",
            },
        ),
        ("int", {"type": "integer", "format": "int64"}),
        ("int(>= 1)", {"type": "integer", "format": "int64", "minimum": 1}),
        ("int(0..3000000000)", {"type": "integer", "format": "int64", "minimum": 0, "maximum": 3000000000}),
        ("string(/(?i)a/)", {"type": "string", "x-cxc-pattern": "(?i)a"}),
    ],
)
def test_a_type_has_a_format_that_tools_know(type_: str, schema: dict[str, Any]) -> None:
    found, _ = operation(f"query f() -> {type_}")
    assert found["responses"]["200"]["content"]["application/json"]["schema"] == schema


FIELDS = """
entity Account {
  id: uuid @key @readonly
  pin: string(4) @secret
  name: string = "Nobody" @personal("identity") @example("Ada")
  rate: decimal(4, 2) = 1.5
  paid: money @example("12.50 EUR")
  marks: [decimal(3, 1)] @example([1, 2.5])
  old: text? @deprecated("Use `name`.") @since("1.1")
  owner: Account.name
}
"""


def schemas_of(text: str, before: str = FIELDS) -> dict[str, Any]:
    _, document = operation(text, before)
    found: dict[str, Any] = document["components"]["schemas"]
    return found


def test_a_secret_never_comes_back() -> None:
    account = schemas_of("query f() -> Account")["Account"]
    assert "pin" not in account["properties"]
    assert "pin" not in account["required"]


def test_what_is_sent_has_a_schema_of_its_own() -> None:
    schemas = schemas_of("command f(a: Account) -> Account")
    sent, returned = schemas["AccountInput"], schemas["Account"]
    assert "id" not in sent["properties"]
    assert sent["properties"]["pin"]["writeOnly"] is True
    assert sent["properties"]["pin"]["format"] == "password"
    assert returned["properties"]["id"]["readOnly"] is True
    assert sent["required"] == ["pin", "paid", "marks", "owner"]
    assert returned["required"] == ["id", "name", "rate", "paid", "marks", "owner"]


def test_what_holds_such_a_thing_has_two_schemas_as_well() -> None:
    data = "type Inner { a: int = 1 }\ntype Outer { inner: map<[Inner]>; outer: [Outer] }\ntype Plain { a: int }"
    schemas = schemas_of("command f(a: Outer, b: Plain) -> Outer", data)
    assert {"Inner", "InnerInput", "Outer", "OuterInput", "Plain"} <= set(schemas)
    assert "PlainInput" not in schemas


def test_fields_carry_what_the_design_says_of_them() -> None:
    properties = schemas_of("query f() -> Account")["Account"]["properties"]
    assert properties["name"]["default"] == "Nobody"
    assert properties["name"]["examples"] == ["Ada"]
    assert properties["name"]["x-cxc-personal"] == ["identity"]
    assert properties["rate"]["default"] == "1.50"
    assert properties["paid"]["examples"] == [{"amount": "12.50", "currency": "EUR"}]
    assert properties["marks"]["examples"] == [["1.0", "2.5"]]
    assert properties["old"]["deprecated"] is True
    assert properties["old"]["x-cxc-since"] == "1.1"
    assert properties["owner"]["x-cxc-personal"] == ["identity"]
    assert properties["owner"]["examples"] == ["Ada"]


def test_schemas_are_traced_to_their_master() -> None:
    schemas = schemas_of("masters Account\nquery f() -> Account")
    assert schemas["Account"]["x-cxc-trace"] == {"entity": "entity:shop.Account", "master": "service:shop.S"}


def test_choices_keep_their_meaning() -> None:
    data = 'enum State { open "Still *open*"; /// Nobody waits.\nclosed; gone { deprecated "Use closed." } }'
    state = schemas_of("query f() -> State", data)["State"]
    assert state["enum"] == ["open", "closed", "gone"]
    assert state["x-enumDescriptions"] == {
        "open": "Still \\*open\\*",
        "closed": "Nobody waits.",
        "gone": "Deprecated: Use closed.",
    }


def test_only_what_is_used_is_listed() -> None:
    assert set(schemas_of("query f() -> int { identity anonymous }")) == {"Problem"}


def test_equal_names_have_their_package_before_them() -> None:
    schemas = schemas_of("query f() -> Problem", "type Problem { a: int }")
    assert "shop_Problem" in schemas
    assert re.match("What went wrong", schemas["Problem"]["description"])
