"""What can be asked of a design: each property of each element has a description, and the type that is promised."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from cxc.model.base import Named
from cxc.principles.scene import Scene, Thing
from cxc.principles.types import Type
from cxc.principles.view import Shape, roots
from designs import EXAMPLES, example


def shapes() -> dict[str, Shape]:
    """Return every shape that an expression can lead to, by what it is called."""
    found: dict[str, Shape] = {}
    waiting = [root.type for root in roots().values()]
    while waiting:
        type_ = waiting.pop()
        waiting += type_.of
        if type_.shape is not None and type_.shape.many not in found:
            found[type_.shape.many] = type_.shape
            waiting += [one.type for one in type_.shape.properties.values()]
    return found


def is_of(value: Any, type_: Type) -> bool:
    """Whether a value has a type."""
    if value is None:
        return type_.maybe or type_.name == "dyn"
    if type_.name == "dyn":
        return True
    if type_.name == "list":
        return isinstance(value, tuple) and all(is_of(one, type_.item) for one in value)
    if type_.shape is not None:
        return isinstance(value, Thing) and isinstance(value.element, type_.shape.classes)
    classes = {"string": str, "bool": bool, "int": int, "double": float, "duration": timedelta}
    choices = type_.choices or (value,)
    return isinstance(value, classes[type_.name]) and value in choices


def things(scene: Scene) -> Iterator[tuple[Thing, Type]]:
    """Yield all elements and values that an expression can lead to."""
    waiting: list[tuple[Any, Type]] = [(scene.root(name), root.type) for name, root in roots().items()]
    seen: set[int] = set()
    while waiting:
        value, type_ = waiting.pop()
        if isinstance(value, tuple):
            waiting += [(one, type_.item) for one in value]
        elif isinstance(value, Thing) and id(value) not in seen and type_.shape is not None:
            seen.add(id(value))
            yield value, type_
            for one in type_.shape.properties.values():
                waiting.append((value.get(one.name), one.type))


@pytest.mark.parametrize("name", EXAMPLES)
def test_each_property_has_the_type_that_is_promised(name: str) -> None:
    scene = Scene(example(name))
    for thing, type_ in things(scene):
        assert type_.shape is not None
        for one in type_.shape.properties.values():
            value = thing.get(one.name)
            has_it = one.name in scene.properties(type(thing.element))
            assert is_of(value, one.type) or not has_it, (thing.element, one.name, value)
            assert thing.has(one.name) in (True, False)
    assert not scene.doubtful


def test_each_property_is_described() -> None:
    for shape in shapes().values():
        for one in shape.properties.values():
            assert len(one.description.split()) >= 2, (shape, one.name)
            assert one.description.endswith((".", "…")), (shape, one.name)


def test_no_two_kinds_share_a_name() -> None:
    assert len({shape.classes for shape in shapes().values()}) == len(shapes())


def test_all_elements_of_a_design_can_be_asked_for() -> None:
    for name in EXAMPLES:
        scene = Scene(example(name))
        asked = {thing.element.id for root in roots() for thing in scene.root(root) if root != "phases"}
        assert asked == {element.id for element in example(name).every(Named)}


def test_what_architects_ask_for_is_there() -> None:
    wanted = {
        "journey": "self_service expected_duration longest_duration availability channels seams asked_twice steps "
        "loops has_follow_up measured kind persona measures",
        "step": "teams assisted reached availability latency channels capabilities moment_of_truth wait measures",
        "service": "channels journeys availability operations owner",
        "operation": "steps channels personal latency idempotent",
        "capability": "journeys maturity importance means",
        "team": "steps journeys",
    }
    by_word = {shape.word: shape for shape in shapes().values()}
    for word, names in wanted.items():
        assert set(names.split()) <= by_word[word].properties.keys()


def test_a_missing_value_is_null_and_a_missing_list_is_empty() -> None:
    scene = Scene(example("pharmacy"))
    for step in scene.root("steps"):
        said = step.element.evidence
        assert step.get("evidence") == (said or ())
        assert step.has("evidence") is (said is not None)
        assert step.has("measures") is bool(step.element.measures)
        assert step.has("wait") is (step.element.wait is not None) is (step.get("wait") is not None)
        assert step.has("moment_of_truth")


def test_an_end_is_no_step() -> None:
    scene = Scene(example("pharmacy"))
    targets = [way.get("target") for step in scene.root("steps") for way in step.get("transitions")]
    assert None in targets
    assert any(isinstance(target, Thing) for target in targets)
