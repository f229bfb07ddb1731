import random
from functools import cache

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cxc.diagnostics.suggestion import did_you_mean, distance


@pytest.mark.parametrize(
    ("wrong", "allowed", "expected"),
    [
        pytest.param("MobleApp", ["MobileApp", "Web"], "MobileApp", id="a missing letter"),
        pytest.param("Moblie", ["Mobile"], "Mobile", id="two letters swapped"),
        pytest.param("mobileapp", ["MobileApp", "mobileappp"], "MobileApp", id="case counts least"),
        pytest.param(
            "request_refil", ["RequestRefill", "request_refill"], "request_refill", id="case breaks a near tie"
        ),
        pytest.param("RequestRefill", ["request_refill"], "request_refill", id="another convention of names"),
        pytest.param("people.PharmcyTeam", ["people.PharmacyTeam"], "people.PharmacyTeam", id="a dotted name"),
        pytest.param("stepp", ["step"], "step", id="a letter too many"),
        pytest.param("übung", ["Übung"], "Übung", id="letters beyond ASCII"),
        pytest.param("via", ["vie", "vi"], "vi", id="equally near: the first in the alphabet"),
        pytest.param("cat", ["bat", "car"], "car", id="equally near: the same first letter first"),
    ],
)
def test_suggests_what_was_meant(wrong: str, allowed: list[str], expected: str) -> None:
    assert did_you_mean(wrong, allowed) == expected
    assert did_you_mean(wrong, reversed(allowed)) == expected


@pytest.mark.parametrize(
    ("wrong", "allowed"),
    [
        pytest.param("Phone", ["Kiosk", "Store"], id="nothing near"),
        pytest.param("step", ["stage"], id="two edits in four letters"),
        pytest.param("channel", ["chapels"], id="three edits in seven letters"),
        pytest.param("x", ["y"], id="nothing in common"),
        pytest.param("Order", ["Order"], id="the word itself"),
        pytest.param("Order", [], id="nothing allowed"),
        pytest.param("", ["a"], id="no word"),
    ],
)
def test_suggests_nothing_rather_than_anything(wrong: str, allowed: list[str]) -> None:
    assert did_you_mean(wrong, allowed) is None


words = st.text(alphabet="abcAB_", max_size=9)


@given(words, words, st.integers(0, 4))
@example("ca", "abc", 3)  # one transposition and an insertion would be two, but may not touch the same part
def test_distance_is_that_of_its_definition(first: str, second: str, limit: int) -> None:
    @cache
    def defined(i: int, j: int) -> int:
        if not i or not j:
            return i + j
        ways = [defined(i - 1, j) + 1, defined(i, j - 1) + 1, defined(i - 1, j - 1) + (first[i - 1] != second[j - 1])]
        if i > 1 and j > 1 and first[i - 1] == second[j - 2] and first[i - 2] == second[j - 1]:
            ways.append(defined(i - 2, j - 2) + 1)
        return min(ways)

    assert distance(first, second, limit) == min(defined(len(first), len(second)), limit + 1)


@given(words, st.lists(words, unique=True), st.randoms(use_true_random=False))
def test_order_of_candidates_does_not_matter(wrong: str, allowed: list[str], rng: random.Random) -> None:
    shuffled = list(allowed)
    rng.shuffle(shuffled)
    assert did_you_mean(wrong, shuffled) == did_you_mean(wrong, allowed)


def test_finds_one_among_thousands() -> None:
    rng = random.Random(7)
    allowed = ["".join(rng.choices("abcdefghijklmnopqrstuvwxyz", k=12)) for _ in range(5000)]
    wrong = allowed[2500][:5] + allowed[2500][6:]
    assert did_you_mean(wrong, allowed) == allowed[2500]
