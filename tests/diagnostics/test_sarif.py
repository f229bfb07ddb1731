import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import jsonschema
import pytest

from cxc.diagnostics import Diagnostic, Edit, Kind, Related, Severity, Suppression, finding
from cxc.diagnostics.sarif import log
from cxc.rules import all_rules
from cxc.source import SourceFile, Span

SYNTAX = Kind("CXC101", "syntax-error", Severity.ERROR)
UNKNOWN = Kind("CXC201", "unknown-reference", Severity.ERROR)
FOREIGN = Kind("ACME7", "strange-thing", Severity.HINT)


def run(*diagnostics: Diagnostic, sources: tuple[SourceFile, ...] = ()) -> dict[str, Any]:
    [only] = log(diagnostics, {source.path: source for source in sources}, all_rules())["runs"]
    return only


def result(diagnostic: Diagnostic, *sources: SourceFile) -> dict[str, Any]:
    [only] = run(diagnostic, sources=sources)["results"]
    return only


@pytest.fixture
def everything(marked) -> tuple[list[Diagnostic], dict[str, SourceFile]]:
    source, [first, second, comment] = marked(
        "entity «Order» {}\nentity «Order» {}\n«// cxc: allow»\n", "a b/ü:1.blueprint"
    )
    full = finding(
        SYNTAX,
        "`Order` is declared twice",
        second,
        related=[Related(first, "first [declared] here"), Related(Span("gone.blueprint", 1, 1, 1, 4), "imported here")],
        help="Rename one",
        fix=[Edit(second, "Order2"), Edit(Span("gone.blueprint", 1, 1, 1, 1), "\ud800")],
    )
    diagnostics = [
        full,
        finding(UNKNOWN, "Nothing of that name\u202e!", Span("cxc.toml", 3, 1, 3, 1)).graded(Severity.HINT),
        replace(full, suppression=Suppression("Known", "2027-01-01", comment)),
        finding(FOREIGN, "Strange", Span("", 0, 0, 0, 0), fix=[Edit(first, "")]),
    ]
    return diagnostics, {source.path: source}


def test_a_log_is_what_the_standard_demands(everything, shared_schemas: Path) -> None:
    schema = json.loads((shared_schemas / "sarif-2.1.0.json").read_text(encoding="utf-8"))
    checker = jsonschema.Draft4Validator.FORMAT_CHECKER
    validator = jsonschema.Draft4Validator(schema, format_checker=checker)
    validator.validate(log(*everything, all_rules()))
    validator.validate(log([], {}, all_rules()))
    validator.validate(log([], {}, ()))


def test_a_log_has_what_github_requires(everything) -> None:
    document = log(*everything, all_rules())
    assert document["version"] == "2.1.0" and document["$schema"].endswith("2.1.0.json")
    driver = document["runs"][0]["tool"]["driver"]
    assert driver["name"] == "cxc" and re.match(r"\d+\.\d+\.\d+", driver["semanticVersion"])
    for rule in driver["rules"]:
        for text in (rule["shortDescription"]["text"], rule["fullDescription"]["text"]):
            assert 0 < len(text) <= 1024
        assert rule["help"]["text"]
        assert rule["properties"]["problem.severity"] in {"error", "warning", "recommendation"}
    for result in document["runs"][0]["results"]:
        assert result["message"]["text"] and result["partialFingerprints"]
        [location] = result["locations"]
        place = location["physicalLocation"]
        assert place["artifactLocation"]["uri"]
        assert {"startLine", "startColumn", "endLine", "endColumn"} <= place["region"].keys()
        for related in result.get("relatedLocations", []):
            assert related["message"]["text"] and related["physicalLocation"]


def test_a_log_passes_the_rules_of_the_sarif_validator_that_need_no_network(everything) -> None:
    """SARIF1001, 1007, 1008, 1009, 2001, 2009, 2010, 2011, 2012 and 2016, by their descriptions."""
    only = log(*everything, all_rules())["runs"][0]
    rules = only["tool"]["driver"]["rules"]
    for rule in rules:
        assert re.fullmatch(r"[A-Z]+\d+", rule["id"]) and re.fullmatch(r"([A-Z][a-z0-9]*)+", rule["name"])
    for result in only["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["message"]["text"].endswith((".", "!"))
        place = result["locations"][0]["physicalLocation"]
        region = place["region"]
        assert (region["startLine"], region["startColumn"]) <= (region["endLine"], region["endColumn"])
        assert not place["artifactLocation"]["uri"].startswith(("/", "file:"))
    context = only["results"][0]["locations"][0]["physicalLocation"]["contextRegion"]
    assert context == {
        "startLine": 1,
        "endLine": 3,
        "snippet": {"text": "entity Order {}\nentity Order {}\n// cxc: allow"},
    }
    assert only["results"][0]["locations"][0]["physicalLocation"]["region"]["snippet"] == {"text": "Order"}


def test_all_rules_are_listed_with_their_pages() -> None:
    rules = run()["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == [rule.kind.code for rule in all_rules()]
    [syntax] = [rule for rule in rules if rule["id"] == "CXC101"]
    assert syntax["name"] == "SyntaxError"
    assert syntax["defaultConfiguration"] == {"level": "error"}
    assert syntax["properties"]["tags"] == ["text"]
    assert syntax["help"]["text"].startswith("CXC101 syntax-error (error)\n")
    assert "## Why\n" in syntax["help"]["markdown"] and not syntax["help"]["markdown"].startswith("#")


def test_a_rule_that_is_in_no_catalogue_is_listed_after_the_others() -> None:
    only = run(finding(FOREIGN, "Strange", Span("a", 1, 1, 1, 1)))
    last = only["tool"]["driver"]["rules"][-1]
    assert (last["id"], last["name"], last["defaultConfiguration"]) == ("ACME7", "StrangeThing", {"level": "note"})
    assert only["results"][0]["ruleIndex"] == len(all_rules())


def test_a_region_counts_code_points_and_its_end_is_exclusive(marked) -> None:
    source, [span] = marked("via 💊 «MobleApp»\n")
    found = result(finding(SYNTAX, "No", span), source)
    assert run()["columnKind"] == "unicodeCodePoints"
    region = found["locations"][0]["physicalLocation"]["region"]
    assert region == {
        "startLine": 1,
        "startColumn": 7,
        "endLine": 1,
        "endColumn": 15,
        "snippet": {"text": "MobleApp"},
    }


@pytest.mark.parametrize(("severity", "level"), [("error", "error"), ("warning", "warning"), ("hint", "note")])
def test_levels(severity: str, level: str) -> None:
    assert result(finding(SYNTAX, "No", Span("a", 1, 1, 1, 1)).graded(Severity(severity)))["level"] == level


def test_the_message_advises_and_links_to_related_places(everything) -> None:
    [diagnostic, *_], sources = everything
    found = result(diagnostic, *sources.values())
    assert found["message"]["text"] == (
        "`Order` is declared twice. Rename one. See [first \\[declared\\] here](1), [imported here](2)."
    )
    places = {place["id"]: place["physicalLocation"]["artifactLocation"]["uri"] for place in found["relatedLocations"]}
    assert places == {1: "a%20b/%C3%BC%3A1.blueprint", 2: "gone.blueprint"}


@pytest.mark.parametrize(
    ("message", "written"),
    [
        pytest.param("See [here](1)", "See \\[here](1).", id="a link of the user's"),
        pytest.param("`{0}` and `{`", "`{{0}}` and `{`.", id="a placeholder"),
        pytest.param("`a\u202eb`", "`a<U+202E>b`.", id="a bidi override"),
        pytest.param("Two\nlines?", "Two lines?", id="a newline"),
        pytest.param("", "-.", id="nothing, which GitHub refuses"),
    ],
)
def test_a_text_of_the_users_is_shown_as_it_is(message: str, written: str) -> None:
    assert result(finding(SYNTAX, message, Span("a", 1, 1, 1, 1)))["message"]["text"] == written


def test_a_fix_is_a_change_to_each_file(everything) -> None:
    [diagnostic, *_], sources = everything
    [fix] = result(diagnostic, *sources.values())["fixes"]
    assert fix["description"] == {"text": "Rename one"}
    assert [
        (
            unquote(change["artifactLocation"]["uri"]),
            [
                (part["deletedRegion"]["startColumn"], part["insertedContent"]["text"])
                for part in change["replacements"]
            ],
        )
        for change in fix["artifactChanges"]
    ] == [("a b/ü:1.blueprint", [(8, "Order2")]), ("gone.blueprint", [(1, "\ufffd")])]


def test_each_result_says_whether_it_is_suppressed(everything) -> None:
    diagnostics, sources = everything
    suppressions = [each["suppressions"] for each in run(*diagnostics, sources=tuple(sources.values()))["results"]]
    [suppression] = suppressions.pop(2)
    assert suppressions == [[], [], []]
    place = suppression.pop("location")["physicalLocation"]
    assert place["region"]["startLine"] == 3
    assert suppression == {
        "kind": "inSource",
        "status": "accepted",
        "justification": "Known",
        "properties": {"until": "2027-01-01"},
    }


@pytest.mark.parametrize(
    ("file", "location"),
    [
        ("a/b.blueprint", {"uri": "a/b.blueprint", "uriBaseId": "%SRCROOT%"}),
        ("../shared/ü #1.blueprint", {"uri": "../shared/%C3%BC%20%231.blueprint", "uriBaseId": "%SRCROOT%"}),
        ("a:b", {"uri": "a%3Ab", "uriBaseId": "%SRCROOT%"}),
        ("<stdin>", {"uri": "%3Cstdin%3E", "uriBaseId": "%SRCROOT%"}),
        ("not-utf8-\udcff", {"uri": "not-utf8-%FF", "uriBaseId": "%SRCROOT%"}),
        ("/tmp/a b", {"uri": "file:///tmp/a%20b"}),
        ("C:\\a\\b c", {"uri": "file:///C:/a/b%20c"}),
    ],
)
def test_a_file_is_named_by_a_uri(file: str, location: dict[str, str]) -> None:
    found = result(finding(SYNTAX, "No", Span(file, 1, 1, 1, 1)))
    assert found["locations"][0]["physicalLocation"]["artifactLocation"] == location


def test_fingerprints_stay_when_lines_move(marked) -> None:
    text = "entity «Order» {}\nentity Other {}\n" + "// more\n" * 20
    fingerprints = []
    for before in ("", "// a\n// b\n\n"):
        source, [span] = marked(before + text)
        fingerprints.append(result(finding(SYNTAX, "No", span), source)["partialFingerprints"])
    assert fingerprints[0] == fingerprints[1]
    assert fingerprints[0].keys() == {"primaryLocationLineHash", "findingIdentity/v1"}


def test_findings_in_equal_lines_have_different_fingerprints(marked) -> None:
    source, spans = marked("entity «Order» {}\nentity «Order» {}\n")
    results = run(*(finding(SYNTAX, "No", span) for span in spans), sources=(source,))["results"]
    assert results[0]["partialFingerprints"] != results[1]["partialFingerprints"]
