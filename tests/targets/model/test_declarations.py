"""Whatever a declaration holds, its JSON reads back as the same declaration and follows the schema."""

import types
from functools import cache
from typing import Annotated, Any, Literal, Union, get_args, get_origin

import jsonschema
import pytest
from annotated_types import Ge, Le, MinLen
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import BaseModel, JsonValue, TypeAdapter
from pydantic_core import from_json

from cxc.bind.plan import declaring_words
from cxc.model.base import Declaration, Named, Ref
from cxc.model.values import Duration, Percent
from cxc.source import Span
from cxc.targets.json import json_text
from cxc.targets.model.document import AnyDeclaration, document_schema

NAMES = st.sampled_from(("refill", "RefillOrder", "_2", "None", "class"))
SCALARS: dict[Any, st.SearchStrategy[Any]] = {
    type(None): st.none(),
    str: st.text(max_size=6),
    bool: st.booleans(),
    int: st.integers(),
    float: st.floats(allow_nan=False, allow_infinity=False),
    Duration: st.integers(0, 10**12).map(Duration),
    Percent: st.floats(0, 1).map(Percent),
    Span: st.builds(Span, st.sampled_from(("a.blueprint", "b/ü.blueprint")), *[st.integers(1, 99)] * 4),
    JsonValue: st.one_of(
        st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False, allow_infinity=False), st.text(max_size=9)
    ),
}


def values(annotation: Any, bounds: tuple[Any, ...] = ()) -> st.SearchStrategy[Any]:
    """Return a strategy for what a field of a model class may hold."""
    while get_origin(annotation) is Annotated:
        annotation, *more = get_args(annotation)
        bounds = (*bounds, *(bound for mark in more for bound in getattr(mark, "metadata", (mark,))))
    origin, arguments = get_origin(annotation), get_args(annotation)
    if annotation is JsonValue or annotation in SCALARS:
        low = next((bound.ge for bound in bounds if isinstance(bound, Ge)), None)
        high = next((bound.le for bound in bounds if isinstance(bound, Le)), None)
        return st.integers(low, high) if annotation is int else SCALARS[annotation]
    if origin in (Union, types.UnionType):
        return st.one_of([values(argument) for argument in arguments])
    if origin is Literal:
        return st.sampled_from(arguments)
    if origin is tuple:
        least = next((bound.min_length for bound in bounds if isinstance(bound, MinLen)), 0)
        return st.lists(values(arguments[0]), min_size=least, max_size=max(least, 2)).map(tuple)
    if origin is Ref:
        kinds = [cls.kind for cls in get_args(arguments[0]) or arguments]
        return st.builds("{}:{}.{}".format, st.sampled_from(kinds), NAMES, NAMES).map(Ref)
    if issubclass(annotation, BaseModel):
        return st.deferred(lambda: instances(annotation))
    assert issubclass(annotation, str), annotation
    return st.text(max_size=6).map(annotation)


@cache
def instances(cls: type[BaseModel]) -> st.SearchStrategy[Any]:
    """Return a strategy for the instances of a model class; fields with a default are now and then left out."""
    cls.model_rebuild()
    given_values, left_out = {}, {}
    for name, info in cls.model_fields.items():
        key = info.alias or name
        strategy = values(info.annotation, tuple(info.metadata))
        if name == "id" and issubclass(cls, Named):
            strategy = st.builds(f"{cls.kind}:{{}}.{{}}".format, NAMES, NAMES)
        if info.is_required():
            given_values[key] = strategy
        elif not info.exclude:
            left_out[key] = strategy
    fields = st.fixed_dictionaries(given_values, optional=left_out)
    return fields.map(lambda written: cls(**written))


VALIDATOR = jsonschema.Draft202012Validator(document_schema())


@pytest.mark.parametrize("cls", declaring_words().values())
@given(data=st.data())
@settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_reads_back_as_it_was_written(cls: type[Declaration], data: st.DataObject) -> None:
    declaration = data.draw(instances(cls))
    written = json_text(declaration.model_dump(mode="json", by_alias=True, exclude_defaults=True))
    assert TypeAdapter(AnyDeclaration).validate_json(written) == declaration
    reference = {"$ref": f"#/$defs/{cls.__name__}"}
    assert list(VALIDATOR.evolve(schema=reference).iter_errors(from_json(written))) == []
