from typing import Any

import pytest
from jsonschema import Draft202012Validator

from designs import design
from openapi_documents import HEAD, emitted, operation

ERRORS = """
error Late "Too late" { status 409; since: date }
error Full { status 409 }
error Odd { status 400 }
error Closed { status 403 }
error Gone { status 410; detail: text }
"""


def response(fails: str, status: str, **options: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    found, document = operation(f"command f(a: int) {{ fails {fails} }}", ERRORS, **options)
    answer = found["responses"][status]
    if "$ref" in answer:
        answer = document["components"]["responses"][answer["$ref"].rpartition("/")[2]]
    schema = answer["content"]["application/problem+json"]["schema"]
    return {**schema, "components": document["components"]}, document


def problem(name: str, status: int, **more: Any) -> dict[str, Any]:
    return {"type": f"urn:problem:shop:{name}", "title": name, "status": status, **more}


@pytest.mark.parametrize(
    ("fails", "status", "good", "bad"),
    [
        ("Late", "409", [problem("Late", 409, since="2026-01-01")], [problem("Late", 409), problem("Full", 409)]),
        ("Late, Full", "409", [problem("Full", 409), problem("Late", 409, since="2026-01-01")], [problem("Odd", 409)]),
        (
            "Odd",
            "400",
            [
                problem("Odd", 400),
                {**problem("", 400), "type": "urn:problem:invalid-request", "errors": [{"detail": "x"}]},
            ],
            [problem("Late", 400), {**problem("", 400), "type": "urn:problem:invalid-request", "errors": [{}]}],
        ),
        ("Closed", "403", [problem("Closed", 403), {"type": "about:blank", "title": "Forbidden", "status": 403}], [{}]),
        ("Gone", "410", [problem("Gone", 410, detail="x")], [problem("Gone", 410)]),
        ("Gone", "4XX", [{"type": "about:blank", "title": "Too many requests", "status": 429}], [{}]),
        ("Gone", "401", [{"type": "about:blank", "title": "Unauthorized", "status": 401}], [{}]),
    ],
)
def test_a_failure_is_told_by_its_type(fails: str, status: str, good: list[Any], bad: list[Any]) -> None:
    schema, _ = response(fails, status)
    validator = Draft202012Validator(schema)
    assert [value for value in good if not validator.is_valid(value)] == []
    assert [value for value in bad if validator.is_valid(value)] == []


def test_types_begin_as_the_settings_say() -> None:
    _, document = response("Late", "409", problems="https://shop.example/problems/")
    late = document["components"]["schemas"]["Late"]["properties"]["type"]
    assert late["const"] == "https://shop.example/problems/shop:Late"


@pytest.mark.parametrize("field", ["type: text", "status: int", "title: int", "instance: url"])
def test_a_field_that_every_problem_has_is_reported(field: str) -> None:
    text = f"{HEAD}error E {{ {field} }}\nservice S {{ owner T; query f() -> int {{ fails E }} }}"
    (found,) = emitted(design(text)).diagnostics
    assert found.code == "CXC904"
    assert f"`{field.partition(':')[0]}`" in found.message
    assert found.span.line == 3
