import json
from dataclasses import replace
from io import StringIO

import jsonschema

from cxc.diagnostics import Diagnostic, Edit, Kind, Related, Severity, Suppression, finding
from cxc.diagnostics.json import document, schema, write_document
from cxc.source import Span
from cxc.version import VERSION

UNKNOWN = Kind("CXC201", "unknown-reference", Severity.ERROR)
ASKED_TWICE = Kind("CXC602", "asked-twice", Severity.WARNING)
PLACE = Span("a/b.blueprint", 3, 11, 3, 19)
COMMENT = Span("a/b.blueprint", 2, 1, 2, 40)


def place(span: Span) -> dict[str, object]:
    return {
        "file": span.file,
        "line": span.line,
        "column": span.column,
        "end_line": span.end_line,
        "end_column": span.end_column,
    }


def examples() -> list[Diagnostic]:
    full = finding(
        UNKNOWN,
        "There is no channel `MobleApp`",
        PLACE,
        related=[Related(COMMENT, "meant here")],
        help="Did you mean `MobileApp`?",
        fix=[Edit(PLACE, "MobileApp")],
    )
    allowed = replace(finding(ASKED_TWICE, "`name` is known", PLACE), suppression=Suppression("Known", None, COMMENT))
    return [full, allowed]


def test_every_part_of_a_finding_is_in_the_report() -> None:
    assert document(examples()) == {
        "version": 1,
        "tool": {"name": "cxc", "version": VERSION},
        "summary": {"errors": 1, "warnings": 0, "hints": 0, "allowed": 1, "files": 1},
        "findings": [
            {
                "code": "CXC201",
                "slug": "unknown-reference",
                "severity": "error",
                "message": "There is no channel `MobleApp`",
                "span": place(PLACE),
                "related": [{"span": place(COMMENT), "message": "meant here"}],
                "help": "Did you mean `MobileApp`?",
                "fix": [{"span": place(PLACE), "text": "MobileApp"}],
                "suppression": None,
            },
            {
                "code": "CXC602",
                "slug": "asked-twice",
                "severity": "warning",
                "message": "`name` is known",
                "span": place(PLACE),
                "related": [],
                "help": None,
                "fix": [],
                "suppression": {"reason": "Known", "until": None, "span": place(COMMENT)},
            },
        ],
    }


def test_the_report_is_what_its_schema_promises() -> None:
    jsonschema.Draft202012Validator.check_schema(schema())
    validator = jsonschema.Draft202012Validator(schema())
    validator.validate(document(examples()))
    assert not validator.is_valid(document(examples()) | {"version": 2})


def test_every_field_of_the_schema_that_needs_words_has_them() -> None:
    described = schema()["$defs"]["Finding"]["properties"]
    assert [name for name, field in described.items() if "description" not in field] == []


def test_what_is_written_is_ascii_and_reads_back() -> None:
    odd = finding(
        UNKNOWN, "No `\u202e\x1b\0注💊\ud800`", PLACE._replace(file="\udcff\n.blueprint"), help="\ud83d\udc8a"
    )
    stream = StringIO()
    write_document(document([odd]), stream)
    written = stream.getvalue()
    assert written.isascii() and written.endswith("}\n")
    read = json.loads(written)["findings"][0]
    assert read["message"] == "No `\u202e\x1b\0注💊\ufffd`"
    assert read["span"]["file"] == "\ufffd\n.blueprint"
    assert read["help"] == "💊"
