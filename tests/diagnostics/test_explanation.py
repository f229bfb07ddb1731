import re
from textwrap import dedent

from cxc.diagnostics import Kind, Severity
from cxc.diagnostics.explanation import HEADINGS, as_markdown, as_text, explanation, parse
from cxc.rules import Rule, all_rules

DOCUMENTATION = """Text that a customer is asked for
twice.

What:
    The step asks for what an earlier step has already asked, or what
    a called operation has returned.

    - The `same` field, by the same name, on every path to the step and from a channel that keeps it.
    - Or its entity.

        asks name

Why:
    Customers notice.

Fix:
    Carry it.

Limits:
    Words such as What: in a line of text are no heading.

References:
    - Dixon, The Effortless Experience (2013).
"""

RULE = Rule(
    kind=Kind("CXC602", "asked-twice", Severity.WARNING),
    family="channels",
    documentation=DOCUMENTATION,
    check=None,
    bad="""
        step pay {
        \tasks name  // again
        }
    """,
    good="step pay {}\n",
)


def test_a_page_for_the_terminal() -> None:
    assert as_text(explanation(RULE), columns=60) == dedent(
        """\
        CXC602 asked-twice (warning)

        Text that a customer is asked for twice.

        What
          The step asks for what an earlier step has already asked,
          or what a called operation has returned.

          - The `same` field, by the same name, on every path to the
            step and from a channel that keeps it.
          - Or its entity.

              asks name

        Why
          Customers notice.

        How to mend it
          Carry it.

        Not like this
            step pay {
                asks name  // again
            }

        But like this
            step pay {}

        Limits
          Words such as What: in a line of text are no heading.

        References
          - Dixon, The Effortless Experience (2013).
        """
    )


def test_a_page_in_markdown() -> None:
    assert as_markdown(explanation(RULE)) == dedent(
        """\
        # CXC602 asked-twice

        *Warning.* Text that a customer is asked for twice.

        ## What

        The step asks for what an earlier step has already asked, or what
        a called operation has returned.

        - The `same` field, by the same name, on every path to the step and from a channel that keeps it.
        - Or its entity.

            asks name

        ## Why

        Customers notice.

        ## How to mend it

        Carry it.

        ## Not like this

        ```blueprint
        step pay {
        \tasks name  // again
        }
        ```

        ## But like this

        ```blueprint
        step pay {}
        ```

        ## Limits

        Words such as What: in a line of text are no heading.

        ## References

        - Dixon, The Effortless Experience (2013).
        """
    )


def test_a_page_within_a_page_has_lower_headings_and_one_with_a_title_of_its_own_none() -> None:
    assert re.findall(r"^#+ \w+", as_markdown(explanation(RULE), level=2), re.MULTILINE)[:2] == [
        "## CXC602",
        "### What",
    ]
    assert as_markdown(explanation(RULE), level=0).startswith("*Warning.* Text")


def test_an_example_with_a_fence_stays_within_its_own() -> None:
    fenced = as_markdown(explanation(RULE._replace(good="/// ```` here\nentity A {}")))
    assert "`````blueprint\n/// ```` here\nentity A {}\n`````\n" in fenced


def test_what_a_rule_does_not_say_is_left_out() -> None:
    page = explanation(RULE._replace(documentation="A thing.", bad="", good=""))
    assert as_text(page) == "CXC602 asked-twice (warning)\n\nA thing.\n"
    assert as_markdown(page, level=0) == "*Warning.* A thing.\n"


def test_titles_are_bold_where_colour_is_wanted_and_nothing_else_changes() -> None:
    coloured = as_text(explanation(RULE), colour=True)
    assert coloured.startswith("\x1b[1mCXC602 asked-twice\x1b[0m (warning)")
    assert re.sub(r"\x1b\[\d+m", "", coloured) == as_text(explanation(RULE))


def test_an_example_with_a_trick_shows_it() -> None:
    assert "    a<U+202E>b\n" in as_text(explanation(RULE._replace(bad="a\u202eb")))


def test_every_rule_has_its_page() -> None:
    assert len(all_rules()) > 10
    for rule in all_rules():
        pattern, sections = parse(rule.documentation)
        assert pattern.endswith("."), rule.kind.slug
        missing = [heading for heading in HEADINGS[:3] if not sections.get(heading)]
        assert missing == [], rule.kind.slug
