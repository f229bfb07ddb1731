"""A workspace builds on another one's published design as it does on its sources."""

from datetime import date
from pathlib import Path

import pytest

from cxc.model.blueprint import Blueprint
from cxc.pipeline import Checked, check
from cxc.targets.model.writing import document_of, document_text
from cxc.workspace import load_workspace

BASE = "package base.people\nteam Everyone\n"
SHARED = """package shared
from base.people import Everyone
team Sellers "Sales" { parent Everyone }
channel Phone { kind phone; identity identified; owner Sellers }
capability Selling { capability Advising { capability Listening } }
entity Customer { id: uuid @key; name: string = "Ann" @example("Bob") }
enum Size { small "S"; large }
error Gone { status 410 }
event Sold { customer: Customer.id }
service Desk { owner Sellers; masters Customer; query find(id: Customer.id, size: Size?) -> [Customer] { fails Gone } }
"""
SHOP = """package shop
import shared
from shared import Customer, Gone, Listening, Phone, Size
persona Buyer { entity Customer; prefers Phone }
service Orders { owner shared.Sellers; realizes Listening; query last(of: Customer.id, size: Size = small) -> Customer }
journey Buy {
  kind buy; persona Buyer; trigger "Wants it"; outcome "Has it"
  phase during { step ask { via Phone; calls shared.Desk.find; on Gone -> end; -> end carries Customer.name } }
}
experience BuyByPhone { journey Buy; channel Phone; step ask { asks size; shows Customer.name } }
"""


def workspace(folder: Path, text: str, **dependencies: str) -> Path:
    folder.mkdir(parents=True)
    lines = [f'name = "{folder.name}"', 'sources = ["*.blueprint"]', "[dependencies]"]
    lines += [f'{name} = "{path}"' for name, path in dependencies.items()]
    (folder / "cxc.toml").write_text("\n".join(lines), encoding="utf-8")
    (folder / "all.blueprint").write_text(text, encoding="utf-8")
    return folder


def checked(folder: Path) -> Checked:
    return check(load_workspace(folder), date(2026, 1, 1))


@pytest.fixture
def shared(tmp_path: Path) -> Path:
    workspace(tmp_path / "base", BASE)
    return workspace(tmp_path / "shared", SHARED, base="../base")


def published(folder: Path) -> Blueprint:
    found = checked(folder)
    assert found.errors == ()
    (folder / "blueprint.json").write_text(document_text(found.blueprint), encoding="utf-8")
    return found.blueprint


def test_sources_and_published_design_give_the_same(tmp_path: Path, shared: Path) -> None:
    published(shared)
    from_sources = checked(workspace(tmp_path / "one" / "shop", SHOP, shared="../../shared"))
    from_json = checked(workspace(tmp_path / "two" / "shop", SHOP, shared="../../shared/blueprint.json"))
    assert from_sources.errors == from_json.errors == ()
    assert document_of(from_json.blueprint) == document_of(from_sources.blueprint)


def test_what_it_stands_on_comes_with_it(tmp_path: Path, shared: Path) -> None:
    published(shared)
    shop = published(workspace(tmp_path / "shop", SHOP, shared="../shared/blueprint.json"))
    external = [declaration["id"] for declaration in document_of(shop)["external"]]
    assert "team:base.people.Everyone" in external
    assert "capability:shared.Selling" in external
    assert "event:shared.Sold" not in external

    seller = "package mall\nfrom shop import Buy\nlifeevent Moves { journeys Buy }\n"
    mall = checked(workspace(tmp_path / "mall", seller, shop="../shop/blueprint.json"))
    assert mall.errors == ()
    assert mall.blueprint["team:base.people.Everyone"].name == "Everyone"


def test_a_published_design_that_cannot_be_read_is_one_finding(tmp_path: Path, shared: Path) -> None:
    (shared / "blueprint.json").write_text('{"$schema": "urn:cxc:schema:blueprint:7"}', encoding="utf-8")
    found = checked(workspace(tmp_path / "shop", SHOP, shared="../shared/blueprint.json"))
    assert [error.code for error in found.errors] == ["CXC901"]
    assert "newer" in found.errors[0].message
    assert found.errors[0].span.file == "../shared/blueprint.json"


def test_a_published_design_that_is_not_there_is_one_finding(tmp_path: Path) -> None:
    found = checked(workspace(tmp_path / "shop", SHOP, shared="../shared/blueprint.json"))
    assert [error.code for error in found.errors] == ["CXC901"]


LOCKED = "package locks\nteam Guards\nservice Vault { owner Guards; command open() { identity verified } }\n"
VISIT = """package visit
from locks import Guards, Vault
channel Web { kind web; owner Guards }
persona Visitor
journey Visit {
  kind use; persona Visitor; trigger "Rings"; outcome "Is in"
  phase during { step enter { via Web; calls Vault.open } }
}
"""


@pytest.mark.parametrize(
    ("dependency", "place"),
    [("../locks", "../locks/all.blueprint:3"), ("../locks/blueprint.json", "../locks/blueprint.json: all.blueprint:3")],
)
def test_a_related_place_in_a_dependency_is_named_as_seen_from_here(
    tmp_path: Path, dependency: str, place: str
) -> None:
    published(workspace(tmp_path / "locks", LOCKED))
    found = checked(workspace(tmp_path / "visit", VISIT, locks=dependency))
    (drop,) = [diagnostic for diagnostic in found.diagnostics if diagnostic.code == "CXC610"]
    assert str(drop.span) == "all.blueprint:7"
    (related,) = [related for related in drop.related if str(related.span) == place]
    assert (related.span.file in found.sources) == dependency.endswith("locks")
