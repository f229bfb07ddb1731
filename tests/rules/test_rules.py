"""What holds of every rule: its name, its page, its examples, and its golden case.

A golden case is a folder `tests/golden/rules/<slug>` with `bad.blueprint`, `good.blueprint` and, in `expected.jsonl`,
what is found in the bad one. `pytest --record` writes the last again.
"""

from __future__ import annotations

import json
from importlib import import_module
from pathlib import Path

import pytest

from cxc.diagnostics.explanation import parse
from cxc.rules import FAMILIES, Rule, all_rules
from cxc.rules.planned import PLANNED
from findings import files_of, found_in, shown

GOLDEN = Path(__file__).resolve().parent.parent / "golden" / "rules"
RULES = pytest.mark.parametrize("rule", all_rules(), ids=lambda rule: f"{rule.kind.code}-{rule.kind.slug}")

WITHOUT_EXAMPLES = {
    "CXC103": "a file that is not UTF-8 cannot be shown as text",
    "CXC205": "it takes several workspaces",
    "CXC902": "it takes a folder of generated files",
    "CXC903": "it takes a folder of generated files",
    "CXC904": "it takes a target",
    "CXC905": "it takes a template",
    "CXC906": "it takes handlers in Python",
}
"""The rules whose mistake no blueprint text can show, with the reason."""

WITH_EXAMPLES = [rule for rule in all_rules() if rule.kind.code not in WITHOUT_EXAMPLES]
EXAMPLES = pytest.mark.parametrize("rule", WITH_EXAMPLES, ids=lambda rule: f"{rule.kind.code}-{rule.kind.slug}")


def _codes(text: str) -> list[str]:
    return [found.code for found in found_in(text)]


# ---- names and pages ---------------------------------------------------------------------------------------


def test_no_code_and_no_slug_stands_for_two_rules() -> None:
    kinds = [rule.kind for rule in all_rules()] + list(PLANNED)
    assert len({kind.code for kind in kinds}) == len(kinds)
    assert len({kind.slug for kind in kinds}) == len(kinds)


@RULES
def test_a_rule_stands_in_the_file_named_for_its_slug(rule: Rule) -> None:
    module = import_module(f"cxc.rules.{rule.family}.{rule.kind.slug.replace('-', '_')}")
    assert rule.kind == module.KIND
    assert rule.kind.code.startswith("CXC")
    assert FAMILIES[rule.kind.code[3]] == rule.family


@RULES
def test_a_rule_has_its_page(rule: Rule) -> None:
    pattern, sections = parse(rule.documentation)
    assert pattern.endswith(".")
    required = ["What", "Why", "Fix", "Limits"]
    assert list(sections) in (required, [*required, "References"])
    assert all(len(text.split()) >= 4 for text in sections.values())


# ---- examples ----------------------------------------------------------------------------------------------


@EXAMPLES
def test_the_bad_example_breaks_this_rule_and_no_other(rule: Rule) -> None:
    assert set(_codes(rule.bad)) == {rule.kind.code}, "\n".join(shown(found_in(rule.bad)))


@EXAMPLES
def test_the_good_example_breaks_no_rule(rule: Rule) -> None:
    assert rule.good.strip()
    assert shown(found_in(rule.good)) == []


def test_only_rules_whose_mistake_is_no_text_have_no_examples() -> None:
    assert {rule.kind.code for rule in all_rules() if not rule.bad} == WITHOUT_EXAMPLES.keys()


# ---- golden cases ------------------------------------------------------------------------------------------

CASES = [rule for rule in WITH_EXAMPLES if rule.kind.code < "CXC9"]
GOLDEN_CASES = pytest.mark.parametrize("rule", CASES, ids=lambda rule: rule.kind.slug)


@GOLDEN_CASES
def test_a_golden_case_is_found_as_recorded(rule: Rule, record: bool) -> None:
    case = GOLDEN / rule.kind.slug
    found = [
        {
            "code": one.code,
            "file": one.span.file,
            "line": one.span.line,
            "column": one.span.column,
            "message": one.message,
        }
        for one in found_in((case / "bad.blueprint").read_text(encoding="utf-8"))
    ]
    expected = case / "expected.jsonl"
    if record:
        expected.unlink(missing_ok=True)
        lines = "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in found)
        expected.write_text(lines, encoding="utf-8", newline="\n")
    assert {one["code"] for one in found} == {rule.kind.code}
    assert found == [json.loads(line) for line in expected.read_text(encoding="utf-8").splitlines()]


@GOLDEN_CASES
def test_nothing_is_found_in_a_golden_case_once_it_is_mended(rule: Rule) -> None:
    good = (GOLDEN / rule.kind.slug / "good.blueprint").read_text(encoding="utf-8")
    assert shown(found_in(good)) == []


def test_there_is_a_golden_case_for_every_rule_and_nothing_else() -> None:
    wanted = {
        f"{rule.kind.slug}/{name}" for rule in CASES for name in ("bad.blueprint", "expected.jsonl", "good.blueprint")
    }
    assert {path.relative_to(GOLDEN).as_posix() for path in GOLDEN.rglob("*") if path.is_file()} == wanted


def test_golden_cases_are_larger_than_the_examples_on_the_pages() -> None:
    for rule in CASES:
        case = (GOLDEN / rule.kind.slug / "bad.blueprint").read_text(encoding="utf-8")
        assert len("".join(files_of(case).values())) > len("".join(files_of(rule.bad.lstrip()).values())), (
            rule.kind.slug
        )
