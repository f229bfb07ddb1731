from dataclasses import replace

import pytest

from cxc.diagnostics import Kind, Related, Severity, Suppression, finding
from cxc.diagnostics.github import render
from cxc.source import Span

UNKNOWN = Kind("CXC201", "unknown-reference", Severity.ERROR)
PLACE = Span("a/b.blueprint", 3, 11, 3, 19)


def test_a_finding_is_a_command_with_its_place() -> None:
    found = finding(
        UNKNOWN,
        "There is no channel `MobleApp`",
        PLACE,
        help="Did you mean `MobileApp`?",
        related=[Related(PLACE._replace(line=9), "declared here")],
    )
    assert list(render([found])) == [
        "::error file=a/b.blueprint,line=3,endLine=3,col=11,endColumn=19,title=CXC201 unknown-reference"
        "::There is no channel `MobleApp`%0ADid you mean `MobileApp`?%0Adeclared here: a/b.blueprint:9",
        "1 error in 1 file",
    ]


@pytest.mark.parametrize(
    ("severity", "command"),
    [(Severity.ERROR, "error"), (Severity.WARNING, "warning"), (Severity.HINT, "notice")],
)
def test_each_severity_has_its_command(severity: Severity, command: str) -> None:
    assert next(iter(render([finding(UNKNOWN, "No", PLACE).graded(severity)]))).startswith(f"::{command} file=")


def test_what_would_end_a_property_or_a_command_is_encoded() -> None:
    found = finding(UNKNOWN, "100%: a, b\r\n::warning::x", PLACE._replace(file="50%,a:b\n::error::.blueprint"))
    [command, _] = render([found])
    assert command == (
        "::error file=50%25%2Ca%3Ab<U+000A>%3A%3Aerror%3A%3A.blueprint,line=3,endLine=3,col=11,endColumn=19,"
        "title=CXC201 unknown-reference::100%25: a, b<U+000D><U+000A>::warning::x"
    )


def test_a_span_of_several_lines_has_no_columns_since_the_runner_refuses_them() -> None:
    [command, _] = render([finding(UNKNOWN, "No", Span("a", 3, 11, 5, 2))])
    assert command == "::error file=a,line=3,endLine=5,title=CXC201 unknown-reference::No"


def test_an_allowed_finding_is_only_counted() -> None:
    allowed = replace(finding(UNKNOWN, "No", PLACE), suppression=Suppression("Known", None, PLACE))
    assert list(render([allowed])) == ["No findings (1 allowed)"]
