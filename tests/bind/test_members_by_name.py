"""A member that is written by its name alone may have a title, clauses, both or neither."""

import pytest

from cxc.model.data import EnumType
from designs import design


@pytest.mark.parametrize(
    ("written", "title", "deprecated"),
    [
        ("lost", None, None),
        ('lost "Lost"', "Lost", None),
        ('lost deprecated "use open"', None, "use open"),
        ('lost "Lost" deprecated "use open"', "Lost", "use open"),
        ('lost { deprecated "use open" }', None, "use open"),
    ],
)
def test_an_enum_value_takes_a_title_and_clauses(written: str, title: str | None, deprecated: str | None) -> None:
    (state,) = design(f"package p\nenum State {{ open; {written} }}").every(EnumType)
    assert (state.values[1].title, state.values[1].deprecated) == (title, deprecated)
