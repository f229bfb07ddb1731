"""What depends on what, near and far: a shop with two services, a repair shop behind it, and circles on purpose."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest

from cxc.flow.dependencies import dependencies_of
from cxc.flow.trace import Line, Mark, reached, reached_by_kind, trace
from cxc.model.base import Ref
from cxc.model.blueprint import Blueprint
from cxc.tracing.text import relation_words
from designs import EXAMPLES, design, example

SHOP = """
package shop

team Board
team Desk { parent Board }
partner Courier { provides Delivery }
persona Buyer { prefers Site; entity Customer }
lifeevent Moving { journeys BuyBed }
tier Basic { support self_service; channels Site; journeys BuyBed }
purpose Sale { basis contract }
metric Effort { kind ces; source Ledger }
system Ledger { owner Desk; replaced_by NewLedger }
system NewLedger
process Picking { owner Desk; does Orders.place, Stock.reserve }
capability Trade {
  capability Ordering { people Desk; process Picking; information Order; system Ledger }
  capability Delivery { people Courier }
}
enum Status { open; done }
entity Customer { id: uuid @key; name: string }
entity Order { id: uuid @key; customer: Customer.id; status: Status }
event Placed { order: Order.id }
error SoldOut { status 409 }
service Orders {
  owner Desk; realizes Ordering; masters Order; runs_on Ledger
  command place(customer: Customer.id) -> Order { fails SoldOut; emits Placed; purpose Sale }
}
service Stock {
  owner Desk; realizes Ordering; runs_on Ledger
  on Placed -> reserve
  command reserve(order: Order.id)
}
channel Site { kind web; owner Desk }
channel Shop { kind store; owner Desk }
journey BuyBed "Buy a bed" {
  kind buy; persona Buyer; trigger "No bed"; outcome "A bed"; measures Effort
  phase during {
    step order "Orders the bed" {
      via Site
      calls Orders.place
      support Courier "Knows the slots"
      on SoldOut -> talk carries Order.id
    }
    step talk { via Shop; capability Delivery; backstage Picking by Desk }
  }
}
journey OldBuyBed { kind buy; persona Buyer; trigger "t"; outcome "o"; phase during { step go { via Shop } } }
journey NewBuyBed {
  kind buy; persona Buyer; trigger "t"; outcome "o"; replaces OldBuyBed; phase during { step go { via Shop } }
}
experience BuyOnSite { journey BuyBed; channel Site; step order { asks customer; shows Order.status } }
"""


@pytest.fixture(scope="module")
def shop() -> Blueprint:
    return design(SHOP)


def down(shop: Blueprint, id: str, depth: int | None = None) -> list[str]:
    return _shown(trace(shop[id], shop, up=False, depth=depth).down)


def up(shop: Blueprint, id: str, depth: int | None = None) -> list[str]:
    return _shown(trace(shop[id], shop, down=False, depth=depth).up)


def _shown(lines: tuple[Line, ...] | None) -> list[str]:
    assert lines is not None
    return [
        f"{'  ' * (line.depth - 1)}{relation_words(line.link, line.id)} {line.id.replace('shop.', '')}"
        f"{f' ({line.mark})' if line.mark else ''}"
        for line in lines
    ]


def test_a_journey_leads_to_the_means_behind_it(shop: Blueprint) -> None:
    found = {id for line in (trace(shop["journey:shop.BuyBed"], shop).down or ()) for id in [line.id]}
    assert {
        "step:shop.BuyBed.order",
        "channel:shop.Site",
        "operation:shop.Orders.place",
        "service:shop.Orders",
        "capability:shop.Ordering",
        "process:shop.Picking",
        "entity:shop.Order",
        "system:shop.Ledger",
        "team:shop.Desk",
        "team:shop.Board",
        "partner:shop.Courier",
        "purpose:shop.Sale",
        "error:shop.SoldOut",
    } <= found
    # Whom it is for, what measures it, and what presents it stand above it.
    assert not any(id.startswith(("persona:", "metric:", "experience:", "tier:", "lifeevent:")) for id in found)


def test_each_link_is_named(shop: Blueprint) -> None:
    assert down(shop, "step:shop.BuyBed.order", depth=1) == [
        "via channel:Site (depth)",
        "calls operation:Orders.place (depth)",
        "supported by partner:Courier",
        "deals with error:SoldOut",
        "leads to step:BuyBed.talk",
        "carries field:Order.id (depth)",
    ]
    assert up(shop, "journey:shop.BuyBed", depth=1) == [
        "started by lifeevent:Moving",
        "promised by tier:Basic",
        "serves persona:Buyer",
        "measured by metric:Effort",
        "presented by experience:BuyOnSite",
    ]


def test_a_failing_system_reaches_steps_and_journeys(shop: Blueprint) -> None:
    lines = trace(shop["system:shop.Ledger"], shop).up or ()
    found = set(reached(lines, shop["system:shop.Ledger"]))
    assert {
        "service:shop.Orders",
        "operation:shop.Orders.place",
        "step:shop.BuyBed.order",
        "journey:shop.BuyBed",
    } <= found
    assert "persona:shop.Buyer" in found
    # A journey that needs none of it is not reached, though the same persona sets out on it.
    assert "journey:shop.OldBuyBed" not in found


def test_a_channel_that_is_only_preferred_reaches_no_journey(shop: Blueprint) -> None:
    found = set(reached(trace(shop["channel:shop.Site"], shop).up or (), shop["channel:shop.Site"]))
    assert "persona:shop.Buyer" in found
    assert "journey:shop.OldBuyBed" not in found


def test_an_event_leads_from_who_causes_it_to_what_it_triggers(shop: Blueprint) -> None:
    assert "emitted by operation:Orders.place (depth)" in down(shop, "event:shop.Placed", depth=1)
    assert up(shop, "event:shop.Placed", depth=1) == ["triggers operation:Stock.reserve (depth)"]


def test_circles_are_cut_and_marked(shop: Blueprint) -> None:
    # The capability works by a process that asks services that realize the capability.
    lines = down(shop, "capability:shop.Ordering")
    assert "    realizes capability:Ordering (above)" in [line[2:] for line in lines]
    assert len(lines) < 60


def test_each_element_is_opened_once_where_it_is_nearest(shop: Blueprint) -> None:
    lines = trace(shop["journey:shop.BuyBed"], shop).down or ()
    opened = [line.id for line, following in pairwise(lines) if following.depth > line.depth]
    assert len(opened) == len(set(opened))
    for line in lines:
        first = next(other for other in lines if other.id == line.id)
        if line.mark is Mark.BELOW:
            assert any(other.id == line.id and other.depth < line.depth for other in lines)
        if line.mark is Mark.ABOVE:
            assert first != line or line.id == "journey:shop.BuyBed"


def test_what_is_mentioned_is_shown_beside_the_element_alone(shop: Blueprint) -> None:
    assert down(shop, "journey:shop.NewBuyBed", depth=1) == [
        "replaces journey:OldBuyBed",
        "has step:NewBuyBed.go (depth)",
    ]
    assert "replaced by journey:NewBuyBed" in up(shop, "journey:shop.OldBuyBed")
    assert "replaced by system:NewLedger" in down(shop, "system:shop.Ledger")
    assert not any("NewLedger" in line for line in down(shop, "service:shop.Orders"))


def test_fields_and_choices(shop: Blueprint) -> None:
    assert down(shop, "field:shop.Order.customer", depth=1) == [
        "has the type field:Customer.id (depth)",
        "part of entity:Order (depth)",
    ]
    assert up(shop, "field:shop.Customer.id", depth=1) == [
        "held by entity:Order (depth)",
        "taken by operation:Orders.place (depth)",
    ]
    assert up(shop, "parameter:shop.Orders.place.customer", depth=1) == [
        "asked by presentation:BuyOnSite.order (depth)"
    ]
    assert down(shop, "value:shop.Status.open") == ["part of enum:Status"]
    # Fields that nobody names say no more than their entity.
    assert not any("Customer.name" in line for line in up(shop, "entity:shop.Customer"))


def test_the_organisation(shop: Blueprint) -> None:
    assert up(shop, "team:shop.Board", depth=1) == ["has team:Desk (depth)"]
    assert "provided by partner:Courier" in down(shop, "capability:shop.Delivery")
    assert "backstage process:Picking (depth)" in down(shop, "step:shop.BuyBed.talk", depth=1)
    assert "backstage team:Desk (depth)" in down(shop, "step:shop.BuyBed.talk", depth=1)


def test_depth_is_a_limit(shop: Blueprint) -> None:
    journey = shop["journey:shop.BuyBed"]
    for depth in (1, 2, 3):
        lines = trace(journey, shop, depth=depth).down or ()
        assert max(line.depth for line in lines) == depth
    whole = trace(journey, shop).down or ()
    assert trace(journey, shop, depth=max(line.depth for line in whole)).down == whole


def test_every_reference_of_a_design_is_a_link(shop: Blueprint) -> None:
    links = {
        frozenset((link.dependent, link.dependency)) for found in dependencies_of(shop).down.values() for link in found
    }
    for use in shop.uses:
        owner = use.user
        while owner.startswith(("field:", "parameter:")):
            owner = shop.holders[owner]
        # A rule's or subscription's reference may be turned into a link of the operation it is about.
        if use.word not in ("event", "operation"):
            assert frozenset((owner, use.used)) in links, use


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_element_of_the_examples_can_be_traced(name: str) -> None:
    blueprint = example(name)
    for element in list(blueprint.elements.values())[::7]:
        found = trace(element, blueprint)
        for lines in (found.down, found.up):
            counted = reached_by_kind(lines or (), element, blueprint)
            assert sum(counted.values()) == len(set(reached(lines or (), element)))


def test_it_takes_time_in_proportion_to_the_links() -> None:
    # A ladder has more ways from top to bottom than could ever be walked.
    rungs = "\n".join(
        f"capability C{n} {{ process P{n} }}\ncapability D{n} {{ process P{n} }}\n"
        f"process P{n} {{ owner Desk; does S{n + 1}.go }}\n"
        f"service S{n} {{ owner Desk; realizes C{n}, D{n}; command go() }}"
        for n in range(600)
    )
    blueprint = design(f"team Desk\n{rungs}\nservice S600 {{ owner Desk; command go() }}")
    began = time.monotonic()
    lines = trace(blueprint["service:S0"], blueprint).down or ()
    assert 600 * 5 < len(lines) < 600 * 9
    assert time.monotonic() - began < 5


def test_what_could_not_be_resolved_is_left_out() -> None:
    ref: Ref[object] = Ref("unresolved:")
    assert ref.id not in design(SHOP).elements
