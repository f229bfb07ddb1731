"""One small organisation for the tests of what is known where; a test adds the steps and experiences of a journey."""

from __future__ import annotations

from findings import expected_in, found_in, shown

CODES = ("CXC601", "CXC602", "CXC603", "CXC608")

GROUND = """
package a
team T
persona P { entity Customer }
persona Q { entity Customer }
persona Stranger
persona Member { entity Card }
entity Customer { id: uuid @key; name: string; phone: string? }
entity Card { number: string @key; holder: Customer.id? }
entity Order { id: uuid @key; customer: Customer.id; store: Store.id; parcel: Parcel.id?; note: text; items: [Item.id] }
entity Store { id: uuid @key; name: string }
entity Parcel { id: uuid @key; sent: Order.id }
entity Item { id: uuid @key }
entity Move { id: uuid @key; from: Store.id; to: Store.id }
entity Tree { id: uuid @key; parent: Tree?; child: Branch; store: Store.id }
entity Branch { id: uuid @key; tree: Tree }
type Address { street: string; town: string }
error Failed
error Told { order: Order.id }
channel App { kind mobile; identity authenticated; owner T }
channel Web { kind web; owner T }
channel Phone { kind phone; owner T }
channel Desk { kind store; identity identified; owner T }
service S {
  owner T
  masters Customer, Order
  query find(order: Order.id) -> Order
  query mine(customer: Customer.id) -> [Order]
  query parcel(order: Order.id) -> Parcel?
  query branch() -> Branch
  query moved() -> Move
  command open() -> Order { fails Failed, Told }
  command pay(order: Order.id) { fails Failed }
  command shop(store: Store.id)
  command pick(store: Order.store)
  command carry(from: Store.id, to: Store.id)
  command rate(score: int)
  command code(code: string(6))
  command pin(code: string(4))
  command file(order: Order)
  command maybe(order: Order.id?)
  command rename(customer: Customer.id, name: Customer.name) -> Customer
  command greet(name: Customer.name)
  command sort(items: [Item.id])
  command only(item: Item.id)
  command send(to: Address, bill: Address)
  command call(phone: Customer.phone)
}
"""


def journey_of(case: str, persona: str = "P") -> str:
    """Return a design with the journey of a case, which is its steps, then `---` and experiences."""
    steps, _, experiences = case.partition("---")
    head = f'journey J {{\n kind use; persona {persona}; trigger "t"; outcome "o"\n phase during {{'
    return f"{GROUND}{head}{steps}}}\n}}\n{experiences}"


def assert_known(case: str, persona: str = "P") -> None:
    """Fail where what these rules find is not what a case says; of others, only names count."""
    text = journey_of(case, persona)
    found = [one for one in found_in(text) if one.code in CODES or one.code < "CXC210"]
    assert sorted(f"{one.span} {one.code}" for one in found) == sorted(expected_in(text)), "\n".join(
        shown(tuple(found))
    )
