"""Which regular expressions could take endless time: none is let through, and hardly a harmless one is refused."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from cxc.model.regular_expression import LENGTH_LIMIT, ambiguous_repetition, compiled

HARMLESS = [
    r"[a-z]+(-[a-z]+)*",
    r"(ab+c)+",
    r"([A-Z]{2}[0-9]+)*",
    r"[A-Z0-9]{2,4} [A-Z0-9]{3}",
    r"(\d{1,3}\.){3}\d{1,3}",
    r"[^@]+@[^@]+\.[a-z]+",
    r"(cat|dog|bird)*",
    r"([A-Z][a-z]{2,30} ?){1,10}",
    r"([a-z]{2,10} ?){1,4}",
    r"(\w+, )*\w+",
    r"(?:[a-z0-9]+(?:[._-][a-z0-9]+)*)@x",
    r"([a-z]{12}){2,}",
    r"([^,]*,)*[^,]*",
    r"^(0|[1-9]\d*)(\.\d+)?$",
    r"(?:[A-F]+\d)+[A-F]*",
    r"(a?)*",
    r"(\w+)\1",
    r"(?=[a-z]+)[a-z0-9]+",
    r"[a-z]{900}",
    r"(" + "|".join(f"{first}{second}z" for first in "abcdefghij" for second in "klmnopqrst") + ")*",
]

EXPLOSIVE = {
    r"(a+)+": r"(a+)+",
    r"(a|a)*": r"(a|a)*",
    r"(a|aa)+": r"(a|aa)+",
    r"(\w+\s?)*$": r"(\w+\s?)*",
    r"(.*)*": r"(.*)*",
    r"([a-z]+)*": r"([a-z]+)*",
    r"((a?)*)*": r"((a?)*)*",
    r"x(a+){2,}y": r"(a+){2,}",
    r"^[A-Z]{2}(\d+|\w+)*$": r"(\d+|\w+)*",
    r"(?:a|b|ab)*c": r"(?:a|b|ab)*",
    r"([0-9]{3,4})*": r"([0-9]{3,4})*",
    r"([a-z]{1,20} ?){1,10}": r"([a-z]{1,20} ?){1,10}",
    r"(a|a){30}": r"(a|a){30}",
    r"(?=(a+)+)b": r"(a+)+",
    r"(x(a?|b?))*": r"(x(a?|b?))*",
    r"(x(a*)?)*": r"(x(a*)?)*",
    r"(([a-z])+.)+[A-Z]": r"(([a-z])+.)+",
    r"(.+,?)+": r"(.+,?)+",
}


@pytest.mark.parametrize("pattern", HARMLESS, ids=lambda pattern: pattern[:40])
def test_a_harmless_pattern_passes(pattern: str) -> None:
    compiled(pattern)
    assert ambiguous_repetition(pattern) is None


@pytest.mark.parametrize(("pattern", "part"), EXPLOSIVE.items(), ids=EXPLOSIVE)
def test_the_part_that_explodes_is_named(pattern: str, part: str) -> None:
    compiled(pattern)
    assert ambiguous_repetition(pattern) == part


@pytest.mark.parametrize("pattern", ["[", "(", "*a", "a{2,1}", r"\q", "(?P<x>a)(?P<x>b)", "a" * (LENGTH_LIMIT + 1)])
def test_what_is_no_pattern_is_refused_with_a_reason(pattern: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        compiled(pattern)


_ATOMS = st.sampled_from(["a", "b", ".", "[ab]", r"\w", r"\d", r"\s", "[^a]", "ab", "^", "$", r"\b", ""])
_PATTERNS = st.recursive(
    _ATOMS,
    lambda inner: st.one_of(
        st.builds("({}){}".format, inner, st.sampled_from(["", "*", "+", "?", "{2}", "{1,3}", "{0,40}", "*?"])),
        st.builds("(?:{}|{})".format, inner, inner),
        st.builds("(?={}){}".format, inner, inner),
        st.lists(inner, min_size=2, max_size=4).map("".join),
    ),
    max_leaves=8,
)


@given(_PATTERNS)
@settings(max_examples=300)
@example("(a{0,40}){0,40}")
def test_every_pattern_is_judged_in_a_moment(pattern: str) -> None:
    compiled(pattern)
    begun = time.process_time()
    ambiguous_repetition(pattern)
    assert time.process_time() - begun < 2


@given(st.text(alphabet="ab(|)*+?{1,}[]^.\\dw", max_size=25))
@settings(max_examples=300)
def test_any_text_is_compiled_and_judged_or_refused(text: str) -> None:
    try:
        compiled(text)
    except ValueError:
        return
    ambiguous_repetition(text)


@given(st.text(alphabet="ab(|)*+?", max_size=9))
@settings(max_examples=300)
def test_what_passes_takes_no_time(pattern: str) -> None:
    try:
        matcher = compiled(pattern)
    except ValueError:
        return
    if ambiguous_repetition(pattern) is not None:
        return
    begun = time.process_time()
    for text in ("a" * 24 + "!", "ab" * 12 + "!", "b" * 24 + "!"):
        re.fullmatch(matcher, text)
    assert time.process_time() - begun < 1
