"""JSON that tools read back exactly, and that shows people what it says."""

import json

from hypothesis import given
from hypothesis import strategies as st

from cxc.targets.json import json_text

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@given(VALUES)
def test_reads_back_as_it_was(value: object) -> None:
    assert json.loads(json_text(value)) == value


@given(st.text("\x7f\x85\xa0\u061c\u200b\u200f\u2028\u202e\u2066\u2069\ufeff", min_size=1))
def test_nothing_is_in_it_that_a_viewer_obeys(text: str) -> None:
    assert json_text([text]).isascii()
    assert json_text([f"ü{text}"]).encode("ascii", "ignore").decode() == json_text([text])


def test_other_characters_stand_as_they_are() -> None:
    assert json_text({"ключ": 'é 😀 " */ {{'}) == '{\n  "ключ": "é 😀 \\" */ {{"\n}\n'
