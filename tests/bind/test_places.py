"""A design keeps where the properties of its elements are given."""

from cxc.model.journey import Journey
from designs import design

DESIGN = """package one
persona Someone
journey Go {
  kind use
  persona Someone
  trigger "Now"
  outcome "Then"
  target {
    duration 2d
    availability 99%
  }
  phase during {
    step wait_for_it {
      frontstage "A clock"
      backstage none
      wait 5m
    }
  }
}
"""


def test_a_property_stands_where_its_word_does() -> None:
    blueprint = design(DESIGN)
    (journey,) = blueprint.every(Journey)
    assert blueprint.place(journey, "outcome")[1:] == (7, 3, 7, 10)
    assert blueprint.place(journey.steps[0], "wait")[1:] == (16, 7, 16, 11)


def test_a_property_of_an_element_without_a_name_is_known_by_what_holds_it() -> None:
    blueprint = design(DESIGN)
    (journey,) = blueprint.every(Journey)
    assert blueprint.place(journey, "target")[1:] == (8, 3, 8, 9)
    assert blueprint.place(journey, "target.duration")[1:] == (9, 5, 9, 13)
    assert blueprint.place(journey, "target.availability")[1:] == (10, 5, 10, 17)


def test_what_is_not_given_is_looked_for_where_its_element_stands() -> None:
    blueprint = design(DESIGN)
    (journey,) = blueprint.every(Journey)
    assert blueprint.place(journey, "target.self_service") == journey.span
    assert blueprint.place(journey, "lifeevent") == journey.span
