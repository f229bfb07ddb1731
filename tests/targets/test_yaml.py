import math
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from cxc.targets.yaml import Shared, YamlWriter, quoted

# What YAML 1.1 or 1.2 takes for something else than text, and what breaks lines, comments or viewers.
WORDS = r"""
no NO yes on Off y N true True ~ null Null = << - ? : 2026-01-01 1e3 1E3 1.0e3 0o7 07 0x1F 0b1 1_000 12:30
190:20:30 -1 +1 .5 5. .inf -.INF .nan NaN inf [a] {a} [ { } *x &x ! !!str %TAG @x `x` 'x' "x" it's | |- > --- ... x:
:: http://x/y?z=1#a a:b \ \n C:\dir 0 00 0.0 1__0 123abc 1.2.3 ?x :x # a#b <script> null_ café ß
"""
TEXTS = [
    *WORDS.split(),
    *("", " ", " lead", "trail ", "\ttab", "a\tb", "a: b", "a #b", "- a", "--- a", "key: [", "a, b", 'say "hi"'),
    *("{{ x }}", '=HYPERLINK("x")', "/** */ x", '"""', "'''", "word " * 80 + "end", "x" * 2000),
    *("a\nb", "a\nb\n", "a\n\n\nb", "\n", "\n\na", "a\n ", "  a\n b", "# a\nb", "a\r\nb", "a\rb", "a\n---\nb"),
    *("a\n...\nb", "\x00", "\x07", "\x1b[0m", "\x7f", "\x85", "a\x85b", "\xa0", "\u2028", "a\u2029b", "\ufeff"),
    *("a\ufeffb", "\u202ereversed", "\u200b", "\ufffe", "\U0001f600"),
]


def read(text: str) -> Any:
    return yaml.load(text, yaml.CSafeLoader)


@pytest.mark.parametrize("text", TEXTS)
def test_any_text_comes_back_as_it_was(text: str) -> None:
    data = {"value": text, "list": [text, {"inner": text}, [text]], text: "as a key"}
    assert read(YamlWriter().lines(data)) == data


@pytest.mark.parametrize("text", ["\u202e", "\x85", "\u2028", "\ufeff", "\x1b", "\ud800"])
def test_what_a_viewer_would_obey_is_written_as_an_escape(text: str) -> None:
    assert quoted(text).isascii()
    assert quoted(text).isprintable()


def test_plain_text_stays_plain() -> None:
    assert YamlWriter().lines({"a": "Seen by the owner, at 100%."}) == "a: Seen by the owner, at 100%.\n"


def test_text_of_several_lines_is_a_block() -> None:
    assert YamlWriter().lines({"a": "one\n\n  two"}, 2) == "  a: |-\n    one\n\n      two\n"


@pytest.mark.parametrize("value", [True, False, None, 0, -7, 10**30, 0.1, 1e100, 1e-7, -0.0, {}, [], [[]], [{}]])
def test_values_keep_their_type(value: Any) -> None:
    again = read(YamlWriter().lines({"a": value, "b": [value]}))
    assert again == {"a": value, "b": [value]}
    assert type(again["a"]) is type(value)
    assert not isinstance(value, float) or math.copysign(1, again["a"]) == math.copysign(1, value)


def test_order_is_kept() -> None:
    assert list(read(YamlWriter().lines({"z": 1, "a": 2, "m": 3}))) == ["z", "a", "m"]


def test_a_shared_mapping_is_written_alike_at_each_depth() -> None:
    shared = Shared({"x": 1, "y": {"z": "text\nof lines"}})
    data = {"a": shared, "b": {"c": [shared, {"d": shared}]}, "e": shared}
    plain = {"x": 1, "y": {"z": "text\nof lines"}}
    assert YamlWriter().lines(data) == YamlWriter().lines({"a": plain, "b": {"c": [plain, {"d": plain}]}, "e": plain})
    assert YamlWriter().lines(shared, 4) == YamlWriter().lines(plain, 4)


def test_nothing_gives_no_lines() -> None:
    assert YamlWriter().lines({}) == ""


PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


@given(st.dictionaries(st.text(), PLAIN, min_size=1, max_size=5))
def test_any_data_comes_back_as_it_was(data: dict[str, Any]) -> None:
    assert read(YamlWriter().lines(data)) == data
