import pytest

from openapi_documents import operation, platform

BOOK = "entity Book { id: uuid @key; title: string(1..80) }"


def test_parameters_say_what_they_are() -> None:
    found, _ = operation('query f(a: Book.id, b: [int]?, c: int = 3, d: string @deprecated("Use `a`.")) -> int', BOOK)
    by_name = {parameter["name"]: parameter for parameter in found["parameters"]}
    assert [by_name[name].get("required", False) for name in "abcd"] == [True, False, False, True]
    assert by_name["a"]["description"] == "The same as `Book.id`."
    assert by_name["a"]["schema"] == {"type": "string", "format": "uuid"}
    assert by_name["a"]["x-cxc-field"] == "field:shop.Book.id"
    assert by_name["b"]["schema"]["type"] == "array"
    assert by_name["c"]["schema"]["default"] == 3
    assert by_name["d"]["deprecated"] is True
    assert by_name["d"]["description"] == "Deprecated: Use `a`."


def test_a_structured_parameter_of_a_written_get_is_json() -> None:
    found, _ = operation('query f(a: money) -> int { http GET "/f" }')
    assert found["parameters"][0]["content"]["application/json"]["schema"] == {"$ref": "#/components/schemas/Money"}


def test_a_body_is_required_where_a_part_of_it_is() -> None:
    assert operation("command f(a: int)")[0]["requestBody"]["required"] is True
    assert "required" not in operation("command f(a: int?)")[0]["requestBody"]
    assert "requestBody" not in operation("command f()")[0]


@pytest.mark.parametrize(
    ("result", "statuses"), [("", ["204"]), ("-> int", ["200"]), ("-> Book?", ["200", "204"]), ("-> [Book]", ["200"])]
)
def test_the_answer_is_that_of_the_result(result: str, statuses: list[str]) -> None:
    found, _ = operation(f"query f() {result}", BOOK)
    assert [status for status in found["responses"] if status[0] == "2"] == statuses


def test_pages_have_a_cursor_and_a_limit() -> None:
    found, document = operation("query f() -> [Book] { paged }", BOOK)
    assert [parameter["$ref"] for parameter in found["parameters"]] == [
        "#/components/parameters/Cursor",
        "#/components/parameters/Limit",
    ]
    page = found["responses"]["200"]["content"]["application/json"]["schema"]
    assert page["required"] == ["items"]
    assert page["properties"]["items"] == {"type": "array", "items": {"$ref": "#/components/schemas/Book"}}
    assert set(document["components"]["parameters"]) == {"Cursor", "Limit"}


def test_a_parameter_of_the_design_takes_the_place_of_a_general_one() -> None:
    found, document = operation("query f(limit: int(1..5)) -> [int] { paged }")
    assert [parameter.get("name") for parameter in found["parameters"]] == ["limit", None]
    assert set(document["components"]["parameters"]) == {"Cursor"}


def test_what_is_no_list_has_no_pages() -> None:
    found, _ = operation("query f() -> int { paged }")
    assert "parameters" not in found
    assert "x-cxc-paged" not in found


@pytest.mark.parametrize(("http", "has_key"), [("", True), ('http PUT "/f"', False), ('http PATCH "/f"', True)])
def test_an_idempotent_command_takes_a_key_where_its_method_is_not_idempotent(http: str, has_key: bool) -> None:
    found, _ = operation(f"command f() {{ idempotent; {http} }}")
    assert found["x-cxc-idempotent"] is True
    assert ({"$ref": "#/components/parameters/IdempotencyKey"} in found.get("parameters", [])) is has_key


@pytest.mark.parametrize("identity", ["identified", "authenticated", "verified"])
def test_an_identity_is_asked_for(identity: str) -> None:
    found, document = operation(f"query f() -> int {{ identity {identity} }}")
    assert found["security"] == [{"customer": [identity]}]
    assert {"401", "403"} <= set(found["responses"])
    assert document["components"]["securitySchemes"]["customer"]["scheme"] == "bearer"


def test_nobody_is_asked_who_may_be_anonymous() -> None:
    found, document = operation("query f() -> int { identity anonymous }")
    assert found["security"] == []
    assert not {"400", "401", "403"} & set(found["responses"])
    assert "securitySchemes" not in document["components"]


def test_without_a_word_and_without_a_channel_a_log_in_is_asked_for() -> None:
    assert operation("query f() -> int")[0]["x-cxc-identity"] == "authenticated"


JOURNEY = """
persona P { goal "Read" }
capability Lending {
  people T
  process "Counting"
}
channel App { kind mobile; identity verified; owner T }
channel Phone { kind phone; identity identified; owner T }
journey J {
  kind use
  persona P
  trigger "Wants to"
  outcome "Has it"
  phase during { step one { via App, Phone; calls S.f } }
}
"""


def test_without_a_word_the_weakest_channel_decides() -> None:
    assert operation("query f() -> int", JOURNEY)[0]["x-cxc-identity"] == "identified"
    assert operation("query f() -> int { identity verified }", JOURNEY)[0]["x-cxc-identity"] == "verified"


def test_the_trace_leads_from_the_journey_to_the_capability() -> None:
    found, _ = operation("realizes Lending\nquery f() -> int", JOURNEY)
    assert found["x-cxc-trace"] == {
        "service": "service:shop.S",
        "journeys": [
            {
                "id": "journey:shop.J",
                "steps": [{"id": "step:shop.J.one", "channels": ["channel:shop.App", "channel:shop.Phone"]}],
            }
        ],
        "capabilities": [{"id": "capability:shop.Lending", "people": ["team:shop.T"], "process": ["Counting"]}],
    }


def test_promises_are_said_and_can_be_read_by_programs() -> None:
    before = (
        'event Lent { at: datetime }\npurpose Keeping "Keeping" { basis legal_obligation }\nerror No { status 409 }'
    )
    found, _ = operation(
        """
        /// Lends it.
        command f() {
          fails No
          emits Lent
          latency 300ms
          availability 99.95%
          purpose Keeping
          rule "Once *only*" on No
          since "2.0"
        }
        """,
        before,
    )
    assert found["description"].split("\n\n") == [
        "Lends it.",
        "Rules:",
        "- Once \\*only\\* (`No`)",
        "Emits `Lent`.",
        "Answers within 300ms (95th percentile).",
        "Answers 99.95% of the time.",
        "Uses personal data for: Keeping (legal obligation).",
    ]
    assert {key: value for key, value in found.items() if key.startswith("x-cxc") and key != "x-cxc-trace"} == {
        "x-cxc-kind": "command",
        "x-cxc-identity": "authenticated",
        "x-cxc-latency": "PT0.3S",
        "x-cxc-availability": 0.9995,
        "x-cxc-emits": ["event:shop.Lent"],
        "x-cxc-purpose": ["purpose:shop.Keeping"],
        "x-cxc-rules": [{"text": "Once *only*", "on": ["error:shop.No"]}],
        "x-cxc-since": "2.0",
    }


def test_what_is_deprecated_says_so() -> None:
    found, _ = operation('query f() -> int { deprecated "Use g." }')
    assert found["deprecated"] is True
    assert found["description"] == "Deprecated: Use g."
    assert operation('deprecated "Use another."\nquery f() -> int')[0]["deprecated"] is True


def test_operations_with_one_path_stand_together() -> None:
    document = platform(
        'service A { owner T; query f(a: int) -> int { http GET "/x/{a}" } }\n'
        'service B { owner T; command g(a: int) { http DELETE "/x/{a}" } }'
    )
    assert {path: list(item) for path, item in document["paths"].items()} == {"/x/{a}": ["get", "delete"]}
