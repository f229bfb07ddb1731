"""The workspaces in blueprints/ are the language in earnest: sound where they mean to be, and together all of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from inspect import get_annotations
from pathlib import Path

import pytest

from cxc.bind.plan import plan_of
from cxc.diagnostics import Diagnostic, Severity
from cxc.model.base import Element
from cxc.model.blueprint import Blueprint
from cxc.model.capability import Capability
from cxc.model.channel import Channel
from cxc.model.data import BUILTINS, BuiltinType, MapType
from cxc.model.file import File
from cxc.model.journey import Journey
from cxc.model.measure import Principle
from cxc.model.service import Service
from cxc.pipeline import Checked, check
from cxc.rules import all_rules
from cxc.syntax.parser import parse
from cxc.syntax.printer import format_source
from cxc.workspace import load_workspace

BLUEPRINTS = Path(__file__).resolve().parent.parent / "blueprints"
SOUND = ("pharmacy", "telecom", "bank", "utility")
WORKSPACES = (*SOUND, "airline")

TODAY = date(2026, 12, 1)
"""A day on which every allowance in the workspaces still holds, so that no test turns red by itself."""


@cache
def checked(name: str) -> Checked:
    return check(load_workspace(BLUEPRINTS / name), TODAY)


def shown(found: Diagnostic) -> str:
    return f"{found.code} {found.slug} {found.span}"


def open_findings(name: str) -> list[str]:
    """Return the findings that no allowance covers, each with its message for whoever has to mend it."""
    return [f"{shown(found)}: {found.message}" for found in checked(name).diagnostics if found.suppression is None]


# ---- what is found in them ---------------------------------------------------------------------------------


@pytest.mark.parametrize("name", SOUND)
def test_a_sound_workspace_has_no_finding_without_a_reason(name: str) -> None:
    assert open_findings(name) == []


def test_the_divided_airline_has_exactly_the_findings_it_explains() -> None:
    lines = (BLUEPRINTS / "airline" / "expected-findings.txt").read_text(encoding="utf-8").splitlines()
    expected = [" ".join(line.split()) for line in lines if line.strip() and not line.lstrip().startswith("#")]
    found = [shown(finding) for finding in checked("airline").diagnostics if finding.suppression is None]
    assert sorted(found) == sorted(expected)


def test_the_divided_airline_can_build_what_it_draws() -> None:
    errors = [shown(finding) for finding in checked("airline").diagnostics if finding.severity is Severity.ERROR]
    assert errors == []


def test_the_airline_explains_each_kind_of_finding_and_says_how_many_there_are() -> None:
    readme = (BLUEPRINTS / "airline" / "README.md").read_text(encoding="utf-8")
    found = [finding for finding in checked("airline").diagnostics if finding.suppression is None]
    unexplained = {finding.code for finding in found} - set(re.findall(r"\*\*(CXC\d+)\b", readme))
    assert sorted(unexplained) == []
    hints = sum(finding.severity is Severity.HINT for finding in found)
    assert f"finds {len(found) - hints} warnings and {hints} hints" in readme


def test_each_rule_about_journeys_channels_capabilities_and_measures_has_an_occurrence() -> None:
    codes = [rule.kind.code for rule in all_rules() if "CXC400" < rule.kind.code < "CXC900"]
    occurring = {finding.code for name in WORKSPACES for finding in checked(name).diagnostics}
    assert len(codes) >= 50
    assert [code for code in codes if code not in occurring] == []


@pytest.mark.parametrize("name", WORKSPACES)
def test_each_allowance_still_covers_a_finding(name: str) -> None:
    covered = {finding.suppression.span for finding in checked(name).diagnostics if finding.suppression}
    written = {
        source.span(comment.start, comment.end)
        for source in load_workspace(BLUEPRINTS / name).sources
        for comment in parse(source).file.comments
        if "cxc: allow" in comment.text
    }
    assert sorted(map(str, written - covered)) == []


@pytest.mark.parametrize("name", SOUND)
def test_a_sound_workspace_is_held_to_principles_and_says_why(name: str) -> None:
    principles = checked(name).blueprint.every(Principle)
    assert 2 <= len(principles) <= 4
    assert [principle.name for principle in principles if not principle.because] == []


def test_the_airline_breaks_a_principle_and_the_finding_names_who_does() -> None:
    broken = [finding for finding in checked("airline").diagnostics if finding.code == "CXC804"]
    assert broken
    assert all(finding.related for finding in broken)


@pytest.mark.parametrize("name", WORKSPACES)
def test_a_workspace_is_of_realistic_size(name: str) -> None:
    blueprint = checked(name).blueprint
    at_least: dict[type, int] = {Journey: 3, Channel: 4, Service: 5, Capability: 8}
    too_few = {
        kind.__name__: len(blueprint.every(kind)) for kind, n in at_least.items() if len(blueprint.every(kind)) < n
    }
    assert too_few == {}


@pytest.mark.parametrize("name", WORKSPACES)
def test_a_workspace_says_of_itself_what_it_shows(name: str) -> None:
    readme = (BLUEPRINTS / name / "README.md").read_text(encoding="utf-8")
    assert readme.startswith("# ")


@pytest.mark.parametrize("name", WORKSPACES)
def test_a_workspace_is_in_canonical_form(name: str) -> None:
    sources = load_workspace(BLUEPRINTS / name).sources
    assert [source.path for source in sources if format_source(source)[0] != source.text] == []


# ---- that together they use the whole language -------------------------------------------------------------

Word = tuple[str, str]
"""The class that has a word, and the word: `("Step", "via")`."""


def owner_of(cls: type[Element], field: str) -> str:
    """Return the class that brings a field in: `since` is one word of all declarations, not one of each."""
    return next(base.__name__ for base in reversed(cls.__mro__) if field in get_annotations(base))


@cache
def fields_by_word(cls: type[Element]) -> dict[str, str]:
    return {info.alias or name: name for name, info in cls.model_fields.items()}


def reachable(cls: type[Element], seen: set[type[Element]]) -> set[type[Element]]:
    """Return the classes that may stand in a file: declarations, and all that may stand inside them."""
    if cls not in seen:
        seen.add(cls)
        plan = plan_of(cls)
        held = [element for _, element in plan.words.values()] + [element for _, element in plan.shapes.values()]
        for inner in [*held, plan.any_word and plan.any_word[1]]:
            if inner is not None:
                reachable(inner, seen)
    return seen


def words_of_the_language() -> set[Word]:
    words: set[Word] = set()
    for cls in reachable(File, set()):
        plan = plan_of(cls)
        for word, (slot, _) in plan.words.items():
            words.add((owner_of(cls, fields_by_word(cls)[slot.name]), word))
        for word, slot in plan.annotations.items():
            words.add((owner_of(cls, fields_by_word(cls)[slot.name]), f"@{word}"))
    return words


def elements_in(value: object) -> Iterator[Element]:
    """Yield an element and all elements inside it."""
    if isinstance(value, Element):
        yield value
        for name in type(value).model_fields:
            yield from elements_in(getattr(value, name))
    elif isinstance(value, tuple):
        for item in value:
            yield from elements_in(item)


def words_used(element: Element) -> Iterator[Word]:
    cls = type(element)
    plan = plan_of(cls)
    for name, info in cls.model_fields.items():
        value = getattr(element, name)
        if value == info.get_default():
            continue
        owner, word = owner_of(cls, name), info.alias or name
        # Of a property, the word is the field's; of what it holds, that of each element (`query`, `command`).
        yield owner, f"@{word}" if word in plan.annotations else word
        for inner in value if isinstance(value, tuple) else (value,):
            if isinstance(inner, Element):
                yield owner, inner.word


def words_in(name: str) -> set[Word]:
    workspace, blueprint = load_workspace(BLUEPRINTS / name), checked(name).blueprint
    used = {
        word for declared in blueprint.declarations for inside in elements_in(declared) for word in words_used(inside)
    }
    # A file leaves no element behind: its own words are read off its statements.
    statements = (statement for source in workspace.sources for statement in parse(source).file.statements)
    return used | {(File.__name__, getattr(statement, "word", "")) for statement in statements}


def test_together_the_workspaces_use_every_word_of_the_language() -> None:
    used = set[Word]().union(*map(words_in, WORKSPACES)) | clauses_of_imports()
    missing = sorted(f"{word} of {cls}" for cls, word in words_of_the_language() - used)
    assert not missing, ", ".join(missing)


def clauses_of_imports() -> set[Word]:
    """Return the words behind `from`, which the binder resolves and keeps no element of."""
    clauses = (
        clause.word
        for name in WORKSPACES
        for source in load_workspace(BLUEPRINTS / name).sources
        for statement in parse(source).file.statements
        for clause in getattr(statement, "clauses", ())
        if getattr(statement, "word", None) == "from"
    )
    return {("ImportNames", word) for word in clauses}


def types_in(blueprint: Blueprint) -> set[str]:
    types = [inside for declared in blueprint.declarations for inside in elements_in(declared)]
    named = {found.name for found in types if isinstance(found, BuiltinType)}
    return named | {"map" for found in types if isinstance(found, MapType)}


def test_together_the_workspaces_use_every_type_of_the_language() -> None:
    used = set[str]().union(*(types_in(checked(name).blueprint) for name in WORKSPACES))
    assert sorted({*BUILTINS, "map"} - used) == []
