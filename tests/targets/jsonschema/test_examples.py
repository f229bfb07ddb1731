"""Examples fit their schemas, whatever the design; where there is surely none, none is given."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cxc.model import data
from cxc.model.data import BuiltinType
from cxc.model.literals import refusal
from cxc.source import Span
from cxc.targets.jsonschema.samples import sample
from designs import design
from json_schemas import faults, schemas_of

NOWHERE = Span("", 1, 1, 1, 1)


def builtin(name: str, **limits: Any) -> BuiltinType:
    return BuiltinType(name=name, span=NOWHERE, **limits)


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("[0-9]{6,18}", "000000"),
        ("M[0-9]{2}", "M00"),
        ("[A-Z]{2}-\\d+", "AA-0"),
        ("(a|b)+c?", "a"),
        ("(?:x|y)\\.z", "x.z"),
        ("[^a0]", " "),
        ("[^\\d\\sA]x", "ax"),
        ("\\w\\W\\s\\S", "a  a"),
        (".", "a"),
        ("^ab$", "ab"),
        ("(?P<n>q)", "q"),
        ("a*", ""),
    ],
)
def test_a_text_that_matches_is_found(pattern: str, text: str) -> None:
    assert sample(builtin("string", pattern=pattern), "") == text


@pytest.mark.parametrize("pattern", ["(?=x)x", "(?<!a)b", "(a)\\1", "(a+)+b", "a{2000}", "(", "[^\\w\\W]"])
def test_where_no_text_is_plain_to_see_there_is_none(pattern: str) -> None:
    assert sample(builtin("string", pattern=pattern), "") is None


@pytest.mark.parametrize(
    ("type_", "value"),
    [
        (builtin("string"), "Some words"),
        (builtin("string", maximum=4), "Some"),
        (builtin("string", maximum=5), "Some"),
        (builtin("string", minimum=12), "Some wordsxx"),
        (builtin("string", minimum=5, maximum=5), "Somex"),
        (builtin("text", maximum=0), ""),
        (builtin("int"), 1),
        (builtin("int", minimum=5), 5),
        (builtin("int", maximum=-3), -3),
        (builtin("int", minimum=-2, maximum=9), -2),
        (builtin("decimal", minimum=0.5), 0.5),
        (builtin("decimal", digits=2, decimals=2), None),
        (builtin("decimal", digits=2, decimals=2, minimum=0.1), 0.1),
    ],
)
def test_a_sample_keeps_within_its_bounds(type_: BuiltinType, value: Any) -> None:
    assert sample(type_, "Some words") == value


@pytest.mark.parametrize("name", data.BUILTINS)
def test_every_type_has_a_sample(name: str) -> None:
    found = sample(builtin(name), "Some words")
    assert found is not None
    assert refusal(builtin(name), found) is None


def example_of(text: str, name: str = "Thing") -> Any:
    made = schemas_of(design(f"package shop\n{text}"))
    assert faults(made) == []
    return made[f"shop/{name}.json"].get("examples", [None])[0]


def test_what_the_design_says_comes_first() -> None:
    text = """
    entity Other { key: string @key @example("K1"); number: int = 7 }
    type Thing { a: string = "A" @example("B"); b: int = 3; c: Other.key; d: Other.number; e: [Other.key]; f: Kind }
    enum Kind { old { deprecated "Gone." }; new }
    """
    assert example_of(text) == {"a": "B", "b": 3, "c": "K1", "d": 7, "e": ["K1"], "f": "new"}


def test_what_leads_back_to_itself_comes_to_an_end() -> None:
    text = "type Thing { inner: Other?; list: [Thing]; keyed: map<Thing> }\ntype Other { thing: Thing?; x: int }"
    assert example_of(text) == {"inner": {"x": 1}, "list": [], "keyed": {}}


def test_what_is_deprecated_is_left_out_where_it_may_be() -> None:
    text = 'type Thing { a: int? @deprecated("x"); b: int @deprecated("x") }'
    assert example_of(text) == {"b": 1}


def test_without_a_value_for_a_field_that_must_be_there_is_no_example() -> None:
    assert example_of("type Thing { a: string(/(?=x)x/); b: int }") is None
    assert example_of("type Thing { a: string(/(?=x)x/)?; b: int }") == {"b": 1}


def test_an_example_nobody_could_read_is_not_given() -> None:
    levels = "\n".join(f"type L{n} {{ {'; '.join(f'f{i}: L{n + 1}' for i in range(8))} }}" for n in range(6))
    assert example_of(f"type Thing {{ a: L0 }}\n{levels}\ntype L6 {{ x: int }}") is None


NAMES = st.from_regex(r"[a-z][a-z0-9_]{0,8}", fullmatch=True).filter(
    lambda n: n not in ("none", "end", "true", "false")
)
CONSTRAINED = [
    "string(1..9)", "string(3)", "int(-5..5)", "int(>= 3)", "decimal(9,3)", "decimal(0.5..2)", "string(/[a-z]+-\\d/)",
]  # fmt: skip
TYPES = st.recursive(
    st.sampled_from([*data.BUILTINS, *CONSTRAINED, "Thing", "Thing.id", "Choice", "Part"]),
    lambda inner: inner.map(lambda t: f"[{t}]") | inner.map(lambda t: f"map<{t}>"),
    max_leaves=3,
)
FIELDS = st.dictionaries(
    NAMES, st.tuples(TYPES, st.sampled_from(["", "?"]), st.sampled_from(["", " @readonly", " @secret"])), max_size=5
)


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(FIELDS)
def test_any_example_fits_its_schema(fields: dict[str, tuple[str, str, str]]) -> None:
    written = "; ".join(f"{name}: {type_}{mark}{note}" for name, (type_, mark, note) in fields.items())
    text = f"""
enum Choice {{ a; b }}
type Part {{ p: Choice = a; q: [Part]? }}
entity Thing {{ id: uuid @key @readonly; extra: Part }}
type Sent {{ {written} }}
event Told {{ sent: Sent }}
error Wrong {{ status 409; sent: Sent }}
"""
    assert faults(schemas_of(design(f"package shop\n{text}"))) == []
