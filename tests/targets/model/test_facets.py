"""The hashes tell which facet of an element changed, and nothing else."""

import pytest

from cxc.model import vocabulary
from cxc.model.base import Element, Facet
from cxc.model.blueprint import Blueprint
from cxc.source import Span
from cxc.targets.model.facets import facet_of
from cxc.targets.model.writing import document_of
from designs import EXAMPLES, design, example

LIBRARY = """package library
team Desk "Lending desk"
team Vans
entity Book { id: uuid @key @example("6f1c2a34-0c1f-4c3e-9b4e-0d2f7b1f6a10"); pages: int(1..900) }
error NoneLeft { status 409 }
service Loans "Loans" {
  owner Desk
  masters Book
  command lend(book: Book.id) -> Book { fails NoneLeft; latency 200ms }
}
channel Counter { kind store; identity identified; owner Desk }
persona Reader
journey Borrow "Borrow a book" {
  kind use
  persona Reader
  trigger "A friend talks about a book"
  outcome "The book at home"
  phase during "Lend" {
    step look { via Counter; -> take when "Found one" share 40%; -> end }
    step take { via Counter; calls Loans.lend; frontstage "Stamps it"; on NoneLeft -> look }
  }
}
experience AtCounter { journey Borrow; channel Counter; step take { screen "/take"; script "Your card?" } }
"""

CHANGES = [
    ("service", '"Loans" {', '"Lending" {', "prose"),
    ("service", "owner Desk\n  masters", "owner Vans\n  masters", "flow"),
    ("service", "masters Book", "availability 99%", "contract"),
    ("service", "latency 200ms", "latency 300ms", "contract"),
    ("service", "fails NoneLeft;", "", "contract"),
    ("service", "command lend(book: Book.id)", "command lend(book: Book.id?)", "contract"),
    ("service", "  command lend", "  /// Lends it.\n  command lend", "prose"),
    ("entity", "1..900", "1..901", "contract"),
    ("entity", "6f1c2a34", "7f1c2a34", "prose"),
    ("entity", "id: uuid @key", "  /// Its number.\n  id: uuid @key", "prose"),
    ("error", "status 409", "status 404", "contract"),
    ("channel", "identity identified", "identity verified", "contract"),
    ("channel", "identity identified; owner Desk", "identity identified; owner Vans", "flow"),
    ("journey", "A friend talks", "A friend writes", "prose"),
    ("journey", 'during "Lend"', 'during "Take"', "prose"),
    ("journey", 'during "Lend"', 'after "Lend"', "flow"),
    ("journey", "kind use", "kind learn", "flow"),
    ("journey", "share 40%", "share 41%", "flow"),
    ("journey", '"Found one"', '"Likes one"', "flow"),
    ("journey", "-> end }", "-> take }", "flow"),
    ("journey", '"Stamps it"', '"Signs it"', "prose"),
    ("journey", 'calls Loans.lend; frontstage "Stamps it"', 'frontstage "Stamps it"', "flow"),
    ("experience", '"/take"', '"/lend"', "flow"),
    ("experience", '"Your card?"', '"Your name?"', "prose"),
]


def hashes(blueprint: Blueprint, kind: str) -> dict[str, str]:
    facets = document_of(blueprint)["facets"]
    return next(found for id, found in facets.items() if id.startswith(f"{kind}:"))


@pytest.mark.parametrize(("kind", "before", "after", "facet"), CHANGES)
def test_a_change_shows_in_its_facet_alone(kind: str, before: str, after: str, facet: str) -> None:
    assert LIBRARY.count(before) == 1
    old, new = hashes(design(LIBRARY), kind), hashes(design(LIBRARY.replace(before, after)), kind)
    assert {name for name in (*old, *new) if old.get(name) != new.get(name)} == {facet}


def test_a_new_step_changes_contract_and_flow_of_its_journey() -> None:
    longer = LIBRARY.replace("    step take", "    step queue { via Counter }\n    step take")
    old, new = hashes(design(LIBRARY), "journey"), hashes(design(longer), "journey")
    assert {name for name in old if old[name] != new[name]} == {"contract", "flow"}


def test_the_order_of_steps_is_flow() -> None:
    lines = LIBRARY.splitlines()
    first = next(index for index, line in enumerate(lines) if "step look" in line)
    lines[first], lines[first + 1] = lines[first + 1], lines[first]
    old, new = hashes(design(LIBRARY), "journey"), hashes(design("\n".join(lines)), "journey")
    assert {name for name in old if old[name] != new[name]} == {"flow"}


def test_where_something_stands_is_in_no_hash() -> None:
    moved = LIBRARY.replace("team Desk", "\n\n  // Further down.\n  team Desk").replace("; ", " ;\n      ")
    assert document_of(design(moved))["facets"] == document_of(design(LIBRARY))["facets"]


def test_a_hash_does_not_depend_on_what_stands_beside() -> None:
    with_more = document_of(design(f"{LIBRARY}\nteam Another"))["facets"]
    assert document_of(design(LIBRARY))["facets"].items() <= with_more.items()


@pytest.mark.parametrize("cls", vocabulary().values())
def test_every_property_has_a_facet(cls: type[Element]) -> None:
    cls.model_rebuild()
    for attribute, info in cls.model_fields.items():
        assert facet_of(cls, attribute) in Facet
        if info.annotation is Span:
            assert attribute == "span"


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_element_has_hashes_and_an_entry_in_both_maps(name: str) -> None:
    blueprint = example(name)
    document = document_of(blueprint)
    external = {element.id for top in blueprint.external for element in [top]}
    own = [id for id in blueprint.elements if id not in external and blueprint.holders.get(id) not in external]
    assert sorted(document["facets"]) == sorted(own)
    assert sorted(document["parent_map"]) == sorted(own)
    assert set(document["child_map"]) >= set(own)
    assert all(found["contract"] for found in document["facets"].values())
