"""Rules 601, 602, 603 and 608: which value is which, for whom, and what cannot be told."""

from __future__ import annotations

import pytest

from known import assert_known

MEANINGS = {
    "a field's type is its meaning": """
  step a { via App; calls S.find }
  step b { via App; calls S.shop, S.pick }
---
experience E { journey J; channel App
  step a { asks order }
  step b { asks store } //! CXC602
}
""",
    "a field whose type is another field's is that field": """
  step a { via App; calls S.shop }
  step b { via App; calls S.pick }
---
experience E { journey J; channel App
  step a { asks store }
  step b { screen "/b" }
}
""",
    "asked for by its other name": """
  step a { via App; calls S.shop }
  step b { via App; calls S.pick }
---
experience E { journey J; channel App
  step a { asks store }
  step b { asks store } //! CXC602
}
""",
    "one of two stores of a record": """
  step a { via App; calls S.moved }
  step b { via App; calls S.shop }
---
experience E { journey J; channel App
  step b { asks store }
}
""",
    "one of two stores of a record will do where nobody asks": """
  step a { via App; calls S.moved }
  step b { via App; calls S.shop }
---
experience E { journey J; channel App
  step b { screen "/b" }
}
""",
    "the key of a record is not the record": """
  step a { via App; calls S.pay }
  step b { via App; calls S.file }
---
experience E { journey J; channel App
  step a { asks order }
  step b { screen "/b" } //! CXC601
}
""",
    "a whole record that was asked for, with all its fields": """
  step a { via App; calls S.file }
  step b { via App; calls S.shop, S.pay }
  step c { via App; calls S.file }
---
experience E { journey J; channel App
  step a { asks order }
  step b { asks store } //! CXC602
  step c { asks order } //! CXC602
}
""",
    "a whole record is lost": """
  step a { via App; calls S.open } //! CXC603
  step b { via Phone; calls S.file }
---
experience E { journey J; channel Phone
  step b { asks order }
}
""",
    "types that lead back to themselves": """
  step a { via App; calls S.branch }
  step b { via App; calls S.shop }
---
experience E { journey J; channel App
  step a { shows Tree.id, Tree.child, Branch.tree, Branch.id }
  step b { asks store } //! CXC602
}
""",
    "a list of what is known one by one": """
  step a { via App; calls S.find }
  step b { via App; calls S.sort }
---
experience E { journey J; channel App
  step a { asks order }
  step b { screen "/b" }
}
""",
    "a list that nobody has": """
  step a { via App; calls S.sort }
---
experience E { journey J; channel App
  step a { screen "/a" } //! CXC601
}
""",
    "plain values of one name and type": """
  step a { via App; calls S.rate }
  step b { via App; calls S.rate }
---
experience E { journey J; channel App
  step a { asks score }
  step b { asks score } //! CXC602
}
""",
    "plain values of one name with other limits": """
  step a { via App; calls S.code }
  step b { via App; calls S.pin }
---
experience E { journey J; channel App
  step a { asks code }
  step b { asks code }
}
""",
    "a new value for a record": """
  step a { via Desk; calls S.greet }
  step b { via Desk; calls S.rename }
---
experience E { journey J; channel Desk
  step a { asks name }
  step b { asks name }
}
""",
    "the key of the record that gets a new value": """
  step a { via Desk; calls S.rename }
---
experience E { journey J; channel Desk
  step a { asks customer, name } //! CXC602
}
""",
    "an optional question is one": """
  step a { via App; calls S.maybe }
  step b { via App; calls S.pay }
---
experience E { journey J; channel App
  step a { asks order }
  step b { asks order } //! CXC602
}
""",
    "an optional field may be empty": """
  step a { via Desk; calls S.rename }
  step b { via Desk; calls S.call }
---
experience E { journey J; channel Desk
  step a { asks name }
  step b { asks phone }
}
""",
}

IDENTITY = {
    "a channel that identifies knows the customer": """
  step a { via Desk, App; calls S.mine }
---
experience E { journey J; channel Desk
  step a { screen "/a" }
}
experience F { journey J; channel App
  step a { asks customer } //! CXC602
}
""",
    "only some channels identify": """
  step a { via App, Web; calls S.mine }
---
experience E { journey J; channel App
  step a { screen "/a" }
}
experience F { journey J; channel Web
  step a { screen "/a" } //! CXC601
}
""",
    "only some channels identify, the other asks": """
  step a { via App, Web; calls S.mine }
---
experience E { journey J; channel App
  step a { screen "/a" }
}
experience F { journey J; channel Web
  step a { asks customer }
}
""",
    "identity is lost on a channel that does not know the customer": """
  step a { via App; calls S.mine } //! CXC603
  step b { via Phone; calls S.mine }
---
experience E { journey J; channel Phone
  step b { asks customer }
}
""",
    "the next channel knows the customer by itself": """
  step a { via App; calls S.mine }
  step b { via Desk; calls S.mine }
---
experience E { journey J; channel Desk
  step b { script "b" }
}
""",
}

PERSONAS = {
    "two personas with records of one kind": ("P, Q", "asks customer", "CXC602"),
    "a persona without a record knows nothing": ("Stranger", 'screen "/a"', "CXC601"),
    "a persona with a record of another kind": ("Member", 'screen "/a"', "CXC601"),
    "one of two personas has a record of another kind": ("P, Member", 'screen "/a"', "CXC601"),
    "one of two personas has no record: asking is right": ("P, Stranger", "asks customer", ""),
    "one of two personas has no record: not asking may be right": ("P, Stranger", 'screen "/a"', ""),
}

TIERS = {
    "each of several experiences of a channel must ask": """
  step a { via Web; calls S.find }
---
experience E { journey J; channel Web
  step a { asks order }
}
experience F { journey J; channel Web
  step a { screen "/a" } //! CXC601
}
""",
    "what only one of them asks is not known": """
  step a { via Web; calls S.maybe }
  step b { via Web; calls S.pay }
---
experience E { journey J; channel Web
  step a { asks order }
  step b { asks order }
}
experience F { journey J; channel Web
  step a { screen "/a" }
  step b { asks order }
}
""",
    "what both ask is known to both": """
  step a { via Web; calls S.find }
  step b { via Web; calls S.pay }
---
experience E { journey J; channel Web
  step a { asks order }
  step b { asks order } //! CXC602
}
experience F { journey J; channel Web
  step a { asks order }
  step b { screen "/b" }
}
""",
}

SHOWN = {
    "shown before it is known": """
  step a { via App; calls S.pay; on Failed -> end }
  step b { via App; calls S.find }
---
experience E { journey J; channel App
  step a { asks order; shows Order.id, Order.note } //! CXC608
  step b { shows Order.note, Store.name } //! CXC608
}
""",
    "shown after a change that does not carry it": """
  step a { via App; calls S.find; -> b carries Order.id }
  step b { via Phone; calls none }
---
experience E { journey J; channel App
  step a { asks order; shows Order.note }
}
experience F { journey J; channel Phone
  step b { shows Order.id, Order.note } //! CXC608
}
""",
    "out of a list and maybe missing can be shown": """
  step a { via App; calls S.mine }
---
experience E { journey J; channel App
  step a { shows Order.note, Order.parcel, Order.store }
}
""",
    "where nobody gets, and where the channel does not serve, others say so": """
  step a { via App; calls none; -> end }
  step b { via App; calls none }
---
experience E { journey J; channel App
  step b { shows Order.note }
}
experience F { journey J; channel Phone
  step a { shows Order.note }
}
""",
}

DOUBT = {
    "a question that was misspelt may have been the one": """
  step a { via App; calls S.maybe, S.find }
  step b { via App; calls S.pay }
---
experience E { journey J; channel App
  step a { asks oder } //! CXC201
  step b { screen "/b" }
}
""",
    "an operation that was misspelt may have returned anything": """
  step a { via App; calls S.opne } //! CXC201
  step b { via App; calls S.pay }
---
experience E { journey J; channel App
  step b { shows Order.note }
}
""",
    "a way that was misspelt may have come without it": """
  step a { via App; calls S.find
    -> c when "x"
    -> bb //! CXC201
  }
  step b { via App; calls none }
  step c { via App; calls S.pay }
---
experience E { journey J; channel App
  step a { asks order }
  step c { asks order }
}
""",
    "what a way carries was misspelt": """
  step a { via App; calls S.find
    -> b carries Order.di //! CXC201
  }
  step b { via Phone; calls S.pay }
---
experience E { journey J; channel App
  step a { asks order }
}
experience F { journey J; channel Phone
  step b { script "b" }
}
""",
    "a misspelt word on one channel hides nothing on another": """
  step a { via App, Phone; calls S.find }
---
experience E { journey J; channel App
  step a { scren "/a" } //! CXC105
}
experience F { journey J; channel Phone
  step a { script "a" } //! CXC601
}
""",
}

ALL = {**MEANINGS, **IDENTITY, **TIERS, **SHOWN, **DOUBT}


@pytest.mark.parametrize("case", ALL.values(), ids=ALL)
def test_known(case: str) -> None:
    assert_known(case)


@pytest.mark.parametrize(("personas", "how", "code"), PERSONAS.values(), ids=PERSONAS)
def test_several_personas(personas: str, how: str, code: str) -> None:
    said = f" //! {code}" if code else ""
    assert_known(
        f"""
  step a {{ via App; calls S.mine }}
---
experience E {{ journey J; channel App
  step a {{ {how} }}{said}
}}
""",
        personas,
    )
