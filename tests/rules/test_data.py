"""Rules 3xx: the tricky cases, with `//! CODE` where something is to be found."""

from __future__ import annotations

import pytest

from findings import assert_finds_what_it_says

FAMILIES = "123"
"""Of the few lines that a case needs, a journey can say little: what it lacks itself is tested elsewhere."""

ENTITIES = {
    "a key of several fields is one": """
package a
entity Seat { row: int @key; number: int @key }
""",
    "an entity without fields has no key": """
package a
entity Seat //! CXC301
entity Row { } //! CXC301
""",
    "a key may stand in what could not be read": """
package a
entity Seat { id: uuid @kye } //! CXC105
entity Row {
  id uuid @key //! CXC101
}
""",
    "a type needs no key": """
package a
type Seat { row: int }
""",
    "no master without services is no mistake": """
package a
entity Seat { id: uuid @key }
""",
    "a misspelt master leaves no entity without one": """
package a
team T
entity Reader { id: uuid @key }
entity Loan { id: uuid @key }
entity Forgotten { id: uuid @key } //! CXC302
service S {
  owner T
  masters Reader, Laon //! CXC201
}
""",
    "a master that cannot be read leaves no entity without one": """
package a
team T
entity Reader { id: uuid @key }
entity Loan { id: uuid @key } //! CXC302
service S {
  owner T
  mastres Reader //! CXC105
}
""",
    "a master that is nothing of the kind may have meant any entity": """
package a
team T
entity Reader { id: uuid @key }
service S {
  owner T
  masters T //! CXC203
}
""",
    "each further master is one too many": """
package a
team T
entity Reader { id: uuid @key }
service A { owner T; masters Reader }
service B { owner T; masters Reader } //! CXC303
service C { owner T; masters Reader } //! CXC303
""",
    "a service that is declared twice is not two masters": """
package a
team T
entity Reader { id: uuid @key }
service A { owner T; masters Reader }
service A { owner T; masters Reader } //! CXC202
""",
}

ENDLESS = {
    "through lists, maps and what may be missing there is an end": """
package a
type Tree { children: [Tree]; by_name: map<Tree>; parent: Tree? }
entity Person { id: uuid @key; spouse: Person?; friends: [Person.id] }
""",
    "the field that closes the circle is reported, once for each circle": """
package a
type A { b: B }
type B { c: C; also: C2 }
type C { a: A } //! CXC304
type C2 { a: A } //! CXC304
type D { a: A }
""",
    "a type takes itself from a field": """
package a
type A { x: B.y }
type B { y: A.x } //! CXC304
type C { z: C.z } //! CXC304
""",
    "a key of one's own kind is no circle": """
package a
entity Person { id: uuid @key; parent: Person.id }
""",
    "a circle through a field's type": """
package a
type A { inner: B.back }
type B { back: A } //! CXC304
""",
    "an optional field taken over breaks the circle": """
package a
type A { inner: B.back }
type B { back: A? }
""",
}

DEFAULTS = {
    "values that their types allow": """
package a
enum Size { small; large }
type V {
  a: string(1..5) = "abc"
  b: text = "several words"
  c: int(0..3) = 3
  d: decimal(4, 2) = 12.5 @example("99.99")
  e: bool = false
  f: date = "2024-02-29"
  g: datetime = "2026-01-31T23:59:59.5-05:30"
  h: time = "23:59"
}
type StoreValues {
  i: duration = 1h30m @example("P1DT2H")
  j: uuid = "6F1C2A34-0C1F-4C3E-9B4E-0D2F7B1F6A10"
  k: email = "a.b+c@d-e.example"
  l: phone = "+441632960001"
  m: url = "https://a.example/b?c=d#e"
  n: money = "-0.50 EUR"
  o: country = FR
  p: currency = "SEK"
  q: language = "zh-Hant-TW"
  r: bytes = "aGVsbG8="
  s: Size = large
  t: [Size] = [small, large]
  u: [int(1..9)]? = []
  v: V.c = 0
  w: string(/[A-Z]{2}-[0-9]+/) = "AB-12"
  x: int = -7
}
""",
    "values of another kind": """
package a
enum Size { small; large }
entity E { id: uuid @key }
type V {
  a: string = 5 //! CXC306
  b: string = word //! CXC306
  c: int = "3" //! CXC306
  d: int = 3.0 //! CXC306
  e: int = true //! CXC306
  f: bool = "true" //! CXC306
  g: bool = yes //! CXC306
  h: decimal = "cheap" //! CXC306
  i: Size = medium //! CXC306
  j: Size = 1 //! CXC306
  k: [int] = 1 //! CXC306
  l: int = [1] //! CXC306
  m: [int] = [1, "2"] //! CXC306
  n: map<int> = 1 //! CXC306
  o: E = "6f1c2a34-0c1f-4c3e-9b4e-0d2f7b1f6a10" //! CXC306
  p: duration = 5 //! CXC306
  q: money = 5 //! CXC306
  r: int? = none //! CXC306
}
""",
    "values that break a constraint or the form of their type": """
package a
type V {
  a: string(2..4) = "a" //! CXC306
  b: string(2..4) @example("abcde") //! CXC306
}
type StoreValues {
  c: int(>= 1) = 0 //! CXC306
  d: int(< 10) @example(10) //! CXC306
  e: decimal(4, 2) = 123 //! CXC306
  f: decimal(4, 2) = 1.234 //! CXC306
  g: decimal(0..1) = 1.5 //! CXC306
  h: date = "2026-02-30" //! CXC306
  i: date = "31.12.2026" //! CXC306
  j: datetime = "2026-01-01T10:00:00" //! CXC306
  k: time = "25:00" //! CXC306
  l: uuid = "1234" //! CXC306
  m: email = "nobody" //! CXC306
  n: phone = "01632 960001" //! CXC306
  o: url = "www.example.org" //! CXC306
  p: country = "GBR" //! CXC306
  q: currency = "eur" //! CXC306
  r: language = "English" //! CXC306
  s: money = "12,50 EUR" //! CXC306
  t: string(/[A-Z]{2}/) = "AB1" //! CXC306
  u: V.a = "abcde" //! CXC306
  v: [string(1..2)] = ["a", "abc"] //! CXC306
}
""",
    "both a default and an example": """
package a
type V { a: int(1..9) = 0 @example(10) } //! CXC306 CXC306
""",
    "parameters and what events and errors hold": """
package a
team T
event E { size: int(1..9) @example(0) } //! CXC306
error F { status 409; size: int(1..9) = 10 } //! CXC306
service S {
  owner T
  on E -> find
  query find(size: int(1..9) = 0) -> int { fails F } //! CXC306
  command tell() { emits E }
}
""",
    "an enum with a value that could not be read": """
package a
enum Size {
  small
  m@dium //! CXC101
}
type V { size: Size = large }
""",
    "an unknown type is reported for itself": """
package a
type V { size: Sise = large; other: [Nothing] = [5] } //! CXC201 CXC201
""",
}

OPERATIONS = {
    "processes and subscriptions use operations": """
package a
team T
persona P
channel Web { kind web; owner T }
event Rung { at: datetime }
process Night { owner T; does S.sweep }
capability C { process Night }
service S {
  owner T
  realizes C
  on Rung -> answer
  command ring() { emits Rung }
  command answer()
  command sweep()
  command idle() //! CXC307
}
journey J {
  kind use
  persona P
  trigger "t"
  outcome "o"
  phase during { step s { via Web; calls S.ring } }
}
""",
    "a misspelt call is meant for what it resembles": """
package a
team T
persona P
channel Web { kind web; owner T }
service S { owner T; command ring(); command answer() }
journey J {
  kind use
  persona P
  trigger "t"
  outcome "o"
  phase during { step s { via Web; calls S.rnig, S.answer } } //! CXC201
}
""",
    "a query may be asked by POST": """
package a
team T
service S { owner T; query search(words: text) -> int { http POST "/search" } }
""",
    "a query that changes something, in each of the ways": """
package a
team T
event E { at: datetime }
service S {
  owner T
  on E -> hear
  query one() -> int { emits E } //! CXC308
  query two(x: int) -> int { http PATCH "/{x}" } //! CXC308
  command three(x: int) { http DELETE "/three/{x}" }
  command hear()
}
""",
    "an event that is never emitted is not also without a listener": """
package a
team T
event Lost { at: datetime } //! CXC309
event Heard { at: datetime } //! CXC309
event Told { at: datetime } //! CXC310
service S { owner T; on Heard -> hear; command hear(); command tell() { emits Told } }
""",
    "events of a shared library": """
package a
event Lost { at: datetime }
""",
    "a deprecated event may have lost both sides": """
package a
team T
event Lost { at: datetime; deprecated "nobody needs it" }
service S { owner T }
""",
    "a misspelt event leaves none without a source": """
package a
team T
event Lost { at: datetime }
service S {
  owner T
  on Lost -> hear
  command hear() { emits Lots } //! CXC201
}
""",
    "routes are the same whatever their parameters are called": """
package a
team T
service A {
  owner T
  query one(x: int) -> int { http GET "/things/{x}" }
  query two(y: int) -> int { http GET "/things/{y}" } //! CXC312
  command three(x: int) { http POST "/things/{x}" }
  query four(x: int) -> int { http GET "/things/{x}/parts" }
  query five() -> int { http GET "/things/near" }
}
service B { owner T; query six(z: int) -> int { http GET "/things/{z}" } } //! CXC312
""",
    "a written route may be the derived one of another operation": """
package a
team T
service Things {
  owner T
  query all() -> int
  command add(x: int)
  query more() -> int { http GET "/things/all" } //! CXC312
  command put(x: int) { http PUT "/things/add" }
}
""",
}

PERSONAL = {
    "by type and by name": """
package a
entity Guest {
  id: uuid @key
  mail: email //! CXC311
  numbers: [phone]? //! CXC311
  surname: string(1..80) //! CXC311
  date_of_birth: date //! CXC311
  iban: string(15..34) //! CXC311
  passport_number: string(9) //! CXC311
  address: Address //! CXC311
}
type Address { line: string(1..80) }
""",
    "what is marked, a key, or taken from elsewhere": """
package a
entity Guest {
  email: email @key
  mobile: phone @personal("contact")
  address: Address
}
type Address { postcode: string(8) @personal("location") }
type Booking { contact: Guest.mobile }
""",
    "places and firms are no people": """
package a
entity Store { id: uuid @key; email: email; phone: phone; street: string(1..80); postcode: string(8) }
entity PartnerCompany { id: uuid @key; email: email }
type BranchContact { phone: phone } //! CXC311
entity StoreEmployee { id: uuid @key; phone: phone } //! CXC311
entity Product { id: uuid @key; support_email: email; store_phone: phone }
""",
    "names that only look alike": """
package a
enum Street { left; right }
entity Guest {
  id: uuid @key
  email_confirmed: bool
  email: bool
  address_count: int
  mobile_plan: string(1..20)
  street: Street
  postcodes_served: int
}
""",
    "a type that only places use": """
package a
type Address { street: string(1..80); postcode: string(8) }
entity Store { id: uuid @key; address: Address }
entity Warehouse { id: uuid @key; address: Address? }
""",
    "a type that people use too": """
package a
type Address { street: string(1..80) } //! CXC311
entity Store { id: uuid @key; address: Address }
entity Guest { id: uuid @key; address: Address }
""",
    "a type that is marked wherever it is used": """
package a
type Address { street: string(1..80) }
entity Guest { id: uuid @key; home: Address @personal("contact"); other: [Address] @personal("contact") }
""",
    "types inside types that hold themselves": """
package a
type Family { members: [Family]; address: Address? }
type Address { near: Address?; street: string(1..80) } //! CXC311
entity Guest { id: uuid @key; family: Family }
""",
    "a purpose for personal data, wherever it hides": """
package a
team T
purpose Booking { basis contract }
type Address { street: string(1..80) @personal("contact") }
entity Guest { id: uuid @key; home: Address? }
entity Room { number: int @key; guest: Guest.id }
entity Member { number: string(9) @key @personal("identity") }
service S {
  owner T
  masters Guest, Room, Member
  query a(guest: Guest.id) -> Room
  query b(room: Room.number) -> Guest //! CXC313
  query c(room: Room.number) -> map<[Guest]> //! CXC313
  command d(street: Address.street) //! CXC313
  command e(street: Address.street) { purpose Booking }
  command f(note: text @personal("health")) //! CXC313
  command g(guest: Guest) //! CXC313
  query h(member: Member.number) -> int //! CXC313
  query i() -> [Room]
}
""",
    "a misspelt purpose is a purpose": """
package a
team T
purpose Booking { basis contract }
entity Guest { id: uuid @key; mail: email @personal("contact") }
service S {
  owner T
  masters Guest
  query a(guest: Guest.id) -> Guest { purpose Bokking } //! CXC201
  query b(guest: Guest.id) -> Guest {
    purpos Booking //! CXC105
  }
}
""",
}

RULES = {
    "a rule of the service needs one operation that fails": """
package a
team T
error A { status 409 }
error B { status 409 }
service S {
  owner T
  rule "one" on A
  rule "two" on B //! CXC314
  rule "three"
  command x() { fails A }
  command y()
}
service Other { owner T; command z() { fails B } }
""",
    "a rule of an operation needs that operation to fail": """
package a
team T
error A { status 409 }
error B { status 409 }
service S {
  owner T
  command x() { fails A; rule "one" on A, B } //! CXC314
  command y() { fails B; rule "two" }
}
""",
    "a misspelt failure is a failure": """
package a
team T
error Gone { status 409 }
service S {
  owner T
  rule "one" on Gone
  command x() {
    fails Gnoe //! CXC201
    rule "two" on Gone
  }
}
""",
}


@pytest.mark.parametrize("design", ENTITIES.values(), ids=ENTITIES)
def test_entities_their_keys_and_masters(design: str) -> None:
    assert_finds_what_it_says(design, FAMILIES)


@pytest.mark.parametrize("design", ENDLESS.values(), ids=ENDLESS)
def test_types_without_end(design: str) -> None:
    assert_finds_what_it_says(design, FAMILIES)


@pytest.mark.parametrize("design", DEFAULTS.values(), ids=DEFAULTS)
def test_defaults_and_examples(design: str) -> None:
    assert_finds_what_it_says(design, FAMILIES)


@pytest.mark.parametrize("design", OPERATIONS.values(), ids=OPERATIONS)
def test_operations_and_events(design: str) -> None:
    assert_finds_what_it_says(design, FAMILIES)


@pytest.mark.parametrize("design", PERSONAL.values(), ids=PERSONAL)
def test_personal_data(design: str) -> None:
    assert_finds_what_it_says(design, FAMILIES)


@pytest.mark.parametrize("design", RULES.values(), ids=RULES)
def test_rules_of_the_business(design: str) -> None:
    assert_finds_what_it_says(design, FAMILIES)
