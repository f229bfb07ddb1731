"""Rules 606, 607, 609 and 610: what is presented where, and to whom, with `//! CODE` where something is to be found."""

from __future__ import annotations

import pytest

from findings import expected_in, found_in, shown

CODES = ("CXC606", "CXC607", "CXC609", "CXC610")

GROUND = """
package a
team T
persona P
purpose Use { basis contract }
type Pay { iban: string @personal("financial"); name: string @personal("identity") }
entity Person {
  id: uuid @key
  name: string @personal("identity")
  drug: string @personal("health")
  pay: Pay
  town: string
  pin: string @secret
  card: Card
  boss: Person?
}
entity Card { id: uuid @key; secret_code: string @secret; colour: string }
channel App { kind mobile; identity authenticated; owner T }
channel Desk { kind store; identity identified; owner T }
channel Kiosk { kind kiosk; owner T }
channel Vault { kind field; identity verified; owner T }
service S {
  owner T
  masters Person, Card
  query see(person: Person.id) -> Person { purpose Use }
  query low(person: Person.id) -> Person { identity identified; purpose Use }
  query high(person: Person.id) -> Person { identity authenticated; purpose Use }
  query top(person: Person.id) -> Person { identity verified; purpose Use }
  command tell(drug: Person.drug, name: Person.name, pin: Person.pin) { purpose Use }
  command fill(person: Person) { purpose Use }
  command say(allergy: string @personal("health")) { purpose Use }
}
"""


def journey_of(case: str) -> str:
    """Return a design with the journey of a case, which is its steps, then `---` and experiences."""
    steps, _, experiences = case.partition("---")
    said = "//! CXC606" if steps.startswith("//JOURNEY") else ""
    head = f'journey J {{ {said}\n kind use; persona P; trigger "t"; outcome "o"\n phase during {{'
    return f"{GROUND}{head}{steps}}}\n}}\n{experiences}"


def assert_shown(case: str) -> None:
    """Fail where what these rules find is not what a case says; of others, only names count."""
    text = journey_of(case)
    found = [one for one in found_in(text) if one.code in CODES or one.code < "CXC210"]
    assert sorted(f"{one.span} {one.code}" for one in found) == sorted(expected_in(text)), "\n".join(
        shown(tuple(found))
    )


PRESENTED = {
    "every step on every channel": """
  step a { via App, Desk; calls none }
  step b { via Desk; calls none }
---
experience E { journey J; channel App
  step a { screen "/a" }
}
experience F { journey J; channel Desk
  step a { script "a" }
  step b { script "b" }
}
""",
    "one step on one channel": """
  step a {
    via App,
      Desk //! CXC606
    calls none
  }
  step b { via Desk; calls none }
---
experience E { journey J; channel App
  step a { screen "/a" }
}
experience F { journey J; channel Desk
  step b { script "b" }
}
""",
    "one channel is reported once": """
  step a { via App, Desk } //! CXC606
  step b { via Desk, App }
---
experience E { journey J; channel App
  step a { screen "/a" }
  step b { screen "/b" }
}
""",
    "no experience at all is reported once": """//JOURNEY
  step a { via App, Desk }
  step b { via Desk }
""",
    "steps without channels need none": """
  step a { via none }
  step b { frontstage "b" }
""",
    "two experiences of a channel share the steps": """
  step a { via App }
  step b { via App }
---
experience E { journey J; channel App
  step a { screen "/a" }
}
experience F { journey J; channel App
  step b { screen "/b" }
}
""",
    "an experience whose journey is misspelt may be the one": """
  step a { via App }
---
experience E { journey K; channel App //! CXC201
  step a { screen "/a" }
}
""",
    "an experience whose channel is misspelt may be the one": """
  step a { via App, Desk }
---
experience E { journey J; channel Ap //! CXC201
  step a { screen "/a" }
}
""",
    "a presentation that cannot be read may be the one": """
  step a { via App }
  step b { via App }
---
experience E { journey J; channel App
  step a { screen "/a" }
  step bb { screen "/b" } //! CXC201
}
""",
}

MISPLACED = {
    "a step that is served elsewhere": """
  step a { via App }
  step b { via Desk } //! CXC606
---
experience E { journey J; channel App
  step a { screen "/a" }
  step b { screen "/b" } //! CXC607
}
""",
    "a step that is served nowhere": """
  step a { via none }
  step b { frontstage "b" }
---
experience E { journey J; channel App
  step a { screen "/a" } //! CXC607
  step b { screen "/b" } //! CXC607
}
""",
    "its channel was misspelt": """
  step a { via Ap } //! CXC201
---
experience E { journey J; channel App
  step a { screen "/a" }
}
""",
}

EXPOSED = {
    "who is it": """
  step a { via Kiosk; calls S.see }
---
experience E { journey J; channel Kiosk
  step a { asks person; shows Person.town }
}
""",
    "a name at the kiosk": """
  step a { via Kiosk; calls S.see }
---
experience E { journey J; channel Kiosk
  step a {
    asks person
    shows Person.town,
      Person.name //! CXC609
  }
}
""",
    "a name at the desk, but no medicine and no account": """
  step a { via Desk; calls S.see }
---
experience E { journey J; channel Desk
  step a {
    asks person
    shows Person.name
    shows Person.drug //! CXC609
    shows Person.pay //! CXC609
    shows Pay.iban //! CXC609
    shows Pay.name
  }
}
""",
    "in the app everything but secrets": """
  step a { via App; calls S.see }
---
experience E { journey J; channel App
  step a {
    asks person
    shows Person.name, Person.drug, Person.pay, Pay.iban
    shows Person.pin //! CXC609
    shows Card.secret_code //! CXC609
    shows Person.card //! CXC609
    shows Card.colour
  }
}
""",
    "secrets stay secret from those who have proved who they are": """
  step a { via Vault; calls S.see }
---
experience E { journey J; channel Vault
  step a { asks person; shows Person.pin } //! CXC609
}
""",
    "the whole of another person": """
  step a { via Desk; calls S.see }
---
experience E { journey J; channel Desk
  step a { asks person; shows Person.boss } //! CXC609
}
""",
    "asked of a stranger": """
  step a { via Kiosk; calls S.tell }
---
experience E { journey J; channel Kiosk
  step a { asks name, pin, drug } //! CXC609
}
""",
    "asked at the desk": """
  step a { via Desk; calls S.tell, S.say }
---
experience E { journey J; channel Desk
  step a { asks name, pin, drug, allergy }
}
""",
    "a whole record asked of a stranger": """
  step a { via Kiosk; calls S.fill }
---
experience E { journey J; channel Kiosk
  step a { asks person } //! CXC609
}
""",
    "marked at the parameter itself": """
  step a { via Kiosk; calls S.say }
---
experience E { journey J; channel Kiosk
  step a { asks allergy } //! CXC609
}
""",
}

IDENTITY = {
    "channels that know enough": """
  step a { via App, Vault; calls S.high, S.low, S.see }
  step b { via Vault; calls S.top }
---
experience E { journey J; channel App
  step a { asks person }
}
experience F { journey J; channel Vault
  step a { asks person }
  step b { script "b" }
}
""",
    "each channel that knows too little": """
  step a {
    via App,
      Kiosk, //! CXC610
      Desk //! CXC610
    calls S.high, S.low
  }
---
experience E { journey J; channel App
  step a { screen "/a" }
}
experience F { journey J; channel Kiosk
  step a { screen "/a" }
}
experience G { journey J; channel Desk
  step a { screen "/a" }
}
""",
    "known before, and not on the next channel": """
  step a { via App; calls S.high }
  step b { via Desk; calls S.high } //! CXC610
---
experience E { journey J; channel App
  step a { screen "/a" }
}
experience G { journey J; channel Desk
  step b { screen "/b" }
}
""",
    "nothing is demanded": """
  step a { via Kiosk; calls S.see }
---
experience F { journey J; channel Kiosk
  step a { screen "/a" }
}
""",
}

ALL = {**PRESENTED, **MISPLACED, **EXPOSED, **IDENTITY}


@pytest.mark.parametrize("case", ALL.values(), ids=ALL)
def test_shown(case: str) -> None:
    assert_shown(case)


def test_an_identity_drop_says_where_customers_were_known() -> None:
    text = journey_of(IDENTITY["known before, and not on the next channel"])
    (found,) = [one for one in found_in(text) if one.code == "CXC610"]
    assert found.message == (
        "The step `b` calls `S.high`, for which customers must be authenticated, and on `Desk` they are identified; "
        "on `App`, from where they come, they are authenticated"
    )
