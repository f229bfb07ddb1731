"""How messages list things and write shares."""

from __future__ import annotations

import pytest

from cxc.rules.wording import listed, percent_beside


@pytest.mark.parametrize(
    ("words", "read"), [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")]
)
def test_a_list_to_read(words: list[str], read: str) -> None:
    assert listed(words) == read


def test_a_list_of_alternatives() -> None:
    assert listed(["a", "b", "c"], "or") == "a, b or c"


@pytest.mark.parametrize(
    ("share", "other", "written"),
    [
        (0.72, 0.9, "72%"),
        (0.7249, 0.9, "72%"),
        (0.8996, 0.9, "89.96%"),
        (0.99949, 0.9995, "99.9%"),
        (0.905, 0.9, "90.5%"),
        (1 / 3, 0.9, "33%"),
        (0.0, 0.1, "0%"),
        (0.9995, 1.0, "99.95%"),
        (1.0, 1.0, "100%"),
        (0.5, 0.5, "50%"),
        (0.9 - 1e-16, 0.9, "90%"),
    ],
)
def test_a_share_looks_smaller_or_larger_as_it_is(share: float, other: float, written: str) -> None:
    assert percent_beside(share, other) == written
