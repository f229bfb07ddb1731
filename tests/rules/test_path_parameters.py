"""A name in a written path is a parameter of the operation, or a mistake."""

from findings import found_in

DESIGN = """package p
team T
service S {
  owner T
  command f(card: uuid) { http PUT "/cards/%s" }
}
"""


def test_a_name_that_is_no_parameter_is_reported_with_what_was_meant() -> None:
    (found,) = found_in(DESIGN % "{crad}")
    assert (found.code, found.span.line, found.help) == ("CXC108", 5, "Did you mean `{card}`?")


def test_a_parameter_is_not_reported() -> None:
    assert found_in(DESIGN % "{card}") == ()
