"""The page on principles: its links lead somewhere, and its examples do what they say."""

from __future__ import annotations

import re

import pytest

from cxc.documentation.principles import EXAMPLES, Example, page
from findings import found_in

WEAK = """
package weak

team One
team Two
team Three
team Four
persona Anybody { entity Person }
capability Care { importance strategic; maturity 1 -> 4; system Old }
system Old { lifecycle retired }
entity Person { id: uuid @key; ill: bool @personal("health") }
service A { owner One; availability 99%; query ask(person: Person.id) -> Person; command tell() -> Person.id }
service B { owner Two; query b() -> int }
service C { owner Three; query c() -> int }
service D { owner Four; query d() -> int }
channel Web { kind web; owner One }
channel Phone { kind phone; owner One }
journey Use {
  kind use
  persona Anybody
  trigger "a"
  outcome "b"
  phase during {
    step one { via Web; calls A.ask; moment_of_truth; wait 1h; -> one share 50%; -> two }
    step two { via Web; calls B.b }
    step three { via Web; calls C.c }
    step four { via Web; calls D.d, A.tell }
  }
}
journey Talk {
  kind use
  persona Anybody
  trigger "a"
  outcome "b"
  phase during { step talk { via Phone } }
}
"""
"""A design that keeps to none of the examples."""


def judged(design: str, require: str) -> list[str]:
    """Return what is found about a principle that requires this."""
    found = found_in(f'{design}\nprinciple P {{\n  require """{require}"""\n}}\n')
    return [one.code for one in found if one.code in ("CXC804", "CXC805")]


@pytest.mark.parametrize("one", EXAMPLES, ids=lambda one: one.title)
def test_an_example_finds_what_it_is_for(one: Example) -> None:
    assert judged(WEAK, one.require) == ["CXC804"]
    # Where there is nothing that could break it, it holds; only what must be there may lack.
    assert judged("package empty\n", one.require) == (["CXC804"] if one.require.startswith("tiers.exists") else [])


def test_the_examples_of_the_page_are_these() -> None:
    assert re.findall(r"```cel\n(.*?)\n```", page(), re.DOTALL) == [one.require for one in EXAMPLES]


def test_each_link_of_the_page_leads_to_one_place() -> None:
    text = page()
    anchors = re.findall(r'<a id="([^"]+)"></a>', text)
    assert len(anchors) == len(set(anchors))
    assert set(re.findall(r"\]\(#([^)]+)\)", text)) - {"collections"} <= set(anchors)


def test_each_row_of_a_table_has_as_many_cells_as_its_head() -> None:
    for table in re.findall(r"(?:^\|.*\n)+", page(), re.MULTILINE):
        rows = [re.sub(r"\\\|", "", line).count("|") for line in table.splitlines()]
        assert len(set(rows)) == 1, table
