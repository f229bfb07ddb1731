"""Rows and columns go by names that nobody mistakes for each other, in the order of the source."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxc.model.organisation import Team
from cxc.targets.matrices.axes import flat_axis, own_and_named, unique_labels
from cxc.targets.matrices.matrix import Part
from cxc.targets.matrices.view import matrices_of
from designs import design


def parts(*named: tuple[str, str]) -> list[Part]:
    return [Part(f"team:{name}", name.rpartition(".")[2], label) for name, label in named]


@pytest.mark.parametrize(
    ("named", "expected"),
    [
        pytest.param([("a.One", "One"), ("a.Two", "Two")], ["One", "Two"], id="different"),
        pytest.param([("a.One", "Desk"), ("b.One", "Desk")], ["Desk (a)", "Desk (b)"], id="same"),
        pytest.param([("a.One", "Desk"), ("b.One", "DESK")], ["Desk (a)", "DESK (b)"], id="same but for case"),
        pytest.param(
            [("a.One", "\u00e9"), ("b.One", "e\u0301")], ["\u00e9 (a)", "e\u0301 (b)"], id="same but for coding"
        ),
        pytest.param([("a.One", "Desk"), ("a.Two", "Desk")], ["Desk (One)", "Desk (Two)"], id="same in one package"),
        pytest.param(
            [("a.One", "Desk"), ("b.One", "Desk"), ("c.Sly", "Desk (a)")],
            ["Desk (One)", "Desk (b)", "Desk (a) (Sly)"],
            id="one made to read as another with its package",
        ),
        pytest.param([("One", "Desk"), ("Two", "Desk")], ["Desk (One)", "Desk (Two)"], id="same without a package"),
        pytest.param(
            [("a.One", "Desk"), ("a.ONE", "Desk")], ["Desk (One) (1)", "Desk (ONE) (2)"], id="same in all but case"
        ),
    ],
)
def test_titles_that_read_alike_are_told_apart(named: list[tuple[str, str]], expected: list[str]) -> None:
    assert list(unique_labels(parts(*named)).values()) == expected


SLY = st.sampled_from(["Desk", "desk", "Desk (a)", "Desk (One)", "Desk (a) (Two)", "Desk (a) (team:a.Two)"])
NAMES = st.sampled_from([f"{package}.{name}" for package in "ab" for name in ("One", "Two", "one")])


@given(st.dictionaries(NAMES, SLY | st.text(max_size=5)))
def test_labels_are_always_unique(named: dict[str, str]) -> None:
    labels = unique_labels(parts(*named.items()))
    assert len({label.casefold() for label in labels.values()}) == len(named)
    assert all(labels[f"team:{name}"].startswith(label) for name, label in named.items())


def test_a_title_stands_on_one_line_and_a_blank_one_gives_way_to_the_name() -> None:
    teams = 'package a\nteam Lines """\n  Two\n  lines\n"""\nteam FrontDesk "  "\nteam Turned "a\\u{202e}b"\n'
    axis = flat_axis("team", own_and_named(design(teams), Team, ()))
    assert [heading.label for heading in axis.headings] == ["Two lines", "Front desk", "a\\u202eb"]


def test_steps_of_different_journeys_may_have_the_same_title() -> None:
    journeys = "".join(
        f'journey {name} "Same" {{ kind use; persona Anyone; trigger "x"; outcome "y"; '
        'phase during { step look "Looks"; step see "Looks" } }\n'
        for name in ("First", "Second")
    )
    steps = next(
        one for one in matrices_of(design(f"package a\npersona Anyone\n{journeys}")) if one.name == "step-channel"
    )
    assert [[part.label for part in heading.parts] for heading in steps.rows.headings] == [
        ["Same (First)", "During", "Looks (look)"],
        ["Same (First)", "During", "Looks (see)"],
        ["Same (Second)", "During", "Looks (look)"],
        ["Same (Second)", "During", "Looks (see)"],
    ]
