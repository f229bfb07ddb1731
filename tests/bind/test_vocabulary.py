"""The binder and the grammar are generic: no word of the language stands in them."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

import cxc.bind
from cxc import resources
from cxc.bind.plan import Plan, plan_of
from cxc.bind.values import RESERVED
from cxc.model.base import Element, Place
from cxc.model.data import BUILTINS, MAP
from cxc.model.file import File

MODULES = sorted(Path(cxc.bind.__file__).parent.glob("*.py"))
_NOT_STATEMENTS = frozenset({Place.TYPE})


def _statements(cls: type[Element], seen: set[type[Element]]) -> Iterator[Plan]:
    """Yield the plans of all statements that may stand in an element, however deep, and its own."""
    if cls in seen:
        return
    seen.add(cls)
    plan = plan_of(cls)
    yield plan
    for slot in plan.slots:
        if not slot.places & _NOT_STATEMENTS:
            for element in slot.elements:
                yield from _statements(element, seen)


@cache
def vocabulary() -> frozenset[str]:
    """Return every word of the language: of declarations, properties, annotations, choices and types."""
    words: set[str] = {*BUILTINS, MAP}
    for plan in _statements(File, set()):
        words |= {plan.cls.word, *plan.words, *plan.annotations}
        words |= {choice for slot in plan.slots for choice in slot.choices}
    return frozenset(words - RESERVED - {""})


def _texts(tree: ast.AST) -> Iterator[ast.Constant]:
    """Yield the string literals of a module that are values: no documentation, no names of slots."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__slots__":
            node.value = ast.Tuple([], ast.Load())
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node


def test_the_vocabulary_is_all_there() -> None:
    some = {
        "journey",
        "owner",
        "kind",
        "personal",
        "example",
        "moment_of_truth",
        "via",
        "string",
        "map",
        "self_service",
    }
    assert some < vocabulary()
    assert len(vocabulary()) > 150


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.stem)
def test_no_word_of_the_language_is_a_string_of_the_binder(module: Path) -> None:
    found = [f"{module.name}:{text.lineno} {text.value!r}" for text in _texts(ast.parse(module.read_text("utf-8")))]
    strangers = [entry for entry in found if entry.partition(" ")[2].strip("'\"") in vocabulary()]
    assert strangers == []


def test_no_word_of_the_language_stands_in_the_grammar() -> None:
    rules = "\n".join(line.partition("//")[0] for line in resources.grammar().splitlines() if not line.startswith("//"))
    literals = re.findall(r'"((?:[^"\\]|\\.)*)"', rules)
    assert literals
    assert not {word for literal in literals for word in re.findall(r"\w+", literal)} & vocabulary()
