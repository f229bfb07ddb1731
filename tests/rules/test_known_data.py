"""Rules 601, 602 and 603: what is known where, with `//! CODE` where something is to be found."""

from __future__ import annotations

import pytest

from findings import found_in
from known import assert_known, journey_of

WAYS = {
    "asked in the step before": """
  step a { via App; calls S.find }
  step b { via App; calls S.pay }
---
experience E { journey J; channel App
  step a { asks order }
  step b { asks order } //! CXC602
}
""",
    "known from the step before, not asked again": """
  step a { via App; calls S.find }
  step b { via App; calls S.pay }
---
experience E { journey J; channel App
  step a { asks order }
  step b { screen "/b" }
}
""",
    "asked nowhere": """
  step a { via App; calls S.find }
---
experience E { journey J; channel App
  step a { screen "/a" } //! CXC601
}
""",
    "what was missing was not asked: whoever asks next asks for the first time, and is not blamed again": """
  step a { via App; calls S.find }
  step b { via App; calls S.pay }
  step c { via App; calls S.pay }
---
experience E { journey J; channel App
  step a { screen "/a" } //! CXC601
  step b { screen "/b" }
}
""",
    "a missing value is not known afterwards for certain": """
  step a { via App; calls S.pay }
  step b { via App; calls S.pay }
---
experience E { journey J; channel App
  step a { screen "/a" } //! CXC601
  step b { asks order }
}
""",
    "known on one path only": """
  step a { via App; calls none; -> b when "x"; -> c }
  step b { via App; calls S.find }
  step c { via App; calls S.pay }
---
experience E { journey J; channel App
  step a { screen "/a" }
  step b { asks order }
  step c { screen "/c" } //! CXC601
}
""",
    "known on one path only, so it is asked": """
  step a { via App; calls none; -> b when "x"; -> c }
  step b { via App; calls S.find }
  step c { via App; calls S.pay }
---
experience E { journey J; channel App
  step b { asks order }
  step c { asks order }
}
""",
    "known on both paths, from different sources": """
  step a { via App; calls none; -> b when "x"; -> c }
  step b { via App; calls S.find; -> d }
  step c { via App; calls S.open }
  step d { via App; calls S.pay }
---
experience E { journey J; channel App
  step b { asks order }
  step d { asks order } //! CXC602
}
""",
    "a loop back to the question is no second question": """
  step a { via App; calls S.find; -> a when "again"; -> b }
  step b { via App; calls none; -> a when "another"; -> end }
---
experience E { journey J; channel App
  step a { asks order }
}
""",
    "known through a loop, and asked after it": """
  step a { via App; calls S.find }
  step b { via App; calls S.rate; -> b when "again"; -> c }
  step c { via App; calls S.pay }
---
experience E { journey J; channel App
  step a { asks order }
  step b { asks score }
  step c { asks order } //! CXC602
}
""",
    "a loop that enters behind the question": """
  step a { via App; calls none; -> c when "x"; -> b }
  step b { via App; calls S.find }
  step c { via App; calls S.pay; -> b when "again"; -> end }
---
experience E { journey J; channel App
  step b { asks order }
  step c { screen "/c" } //! CXC601
}
""",
    "one of a list is a choice": """
  step a { via App; calls S.mine }
  step b { via App; calls S.pay }
---
experience E { journey J; channel App
  step a { shows Order.note }
  step b { asks order }
}
""",
    "one that may be missing is no certainty": """
  step a { via App; calls S.find, S.parcel }
  step b { via App; calls S.rate }
---
experience E { journey J; channel App
  step a { asks order; shows Parcel.id, Order.parcel }
  step b { asks score }
}
""",
    "an operation of the same step returns it before it is needed": """
  step a { via App; calls S.open, S.pay; on Failed, Told -> end }
---
experience E { journey J; channel App
  step a { screen "/a" }
}
""",
    "an operation of the same step returns it after it is needed": """
  step a { via App; calls S.pay, S.open; on Failed, Told -> end }
---
experience E { journey J; channel App
  step a { screen "/a" } //! CXC601
}
""",
    "one question serves two operations": """
  step a { via App; calls S.find, S.pay; on Failed -> end }
---
experience E { journey J; channel App
  step a { asks order }
}
""",
    "what may be left out is not needed, and gives nothing": """
  step a { via App; calls S.maybe, S.pay; on Failed -> end }
---
experience E { journey J; channel App
  step a { screen "/a" } //! CXC601
}
""",
    "two of one meaning in one operation are two questions": """
  step a { via App; calls S.carry }
---
experience E { journey J; channel App
  step a { asks from } //! CXC601
}
""",
    "two of one meaning: which of them was known cannot be told": """
  step a { via App; calls S.shop }
  step b { via App; calls S.carry }
---
experience E { journey J; channel App
  step a { asks store }
  step b { asks from, to }
}
""",
    "two of one meaning, both asked twice": """
  step a { via App; calls S.carry }
  step b { via App; calls S.carry }
---
experience E { journey J; channel App
  step a { asks from, to }
  step b { asks from, to } //! CXC602 CXC602
}
""",
    "two addresses are two questions": """
  step a { via App; calls S.send }
---
experience E { journey J; channel App
  step a { asks to } //! CXC601
}
""",
}

FAILURES = {
    "what failed has returned nothing": """
  step a { via App; calls S.open; on Failed -> b; -> end }
  step b { via App; calls S.pay }
---
experience E { journey J; channel App
  step a { screen "/a" }
  step b { screen "/b" } //! CXC601
}
""",
    "what the second was to be called with was never returned": """
  step a { via App; calls S.open, S.find; on Failed -> b; -> end }
  step b { via App; calls S.pay }
---
experience E { journey J; channel App
  step a { screen "/a" }
  step b { asks order }
}
""",
    "the failure tells it": """
  step a { via App; calls S.open; on Told -> b; on Failed -> end; -> end }
  step b { via App; calls S.pay }
---
experience E { journey J; channel App
  step a { screen "/a" }
  step b { asks order } //! CXC602
}
""",
    "only one of two failures tells it": """
  step a { via App; calls S.open; on Told, Failed -> b; -> end }
  step b { via App; calls S.pay }
---
experience E { journey J; channel App
  step a { screen "/a" }
  step b { screen "/b" } //! CXC601
}
""",
    "what was asked before the failure is known": """
  step a { via App; calls S.pay; on Failed -> b; -> end }
  step b { via App; calls S.find }
---
experience E { journey J; channel App
  step a { asks order }
  step b { asks order } //! CXC602
}
""",
    "what the first returned before the second failed": """
  step a { via App; calls S.find, S.pay; on Failed -> b carries Order.store; -> end }
  step b { via Phone; calls S.shop }
---
experience E { journey J; channel App
  step a { asks order }
}
experience F { journey J; channel Phone
  step b { script "b" }
}
""",
    "lost on the way of the failure": """
  step a { via App; calls S.pay
    on Failed -> b //! CXC603
    -> end
  }
  step b { via Phone; calls S.pay }
---
experience E { journey J; channel App
  step a { asks order }
}
experience F { journey J; channel Phone
  step b { asks order }
}
""",
}

ALL = {**WAYS, **FAILURES}


@pytest.mark.parametrize("case", ALL.values(), ids=ALL)
def test_known(case: str) -> None:
    assert_known(case)


def test_who_may_have_forgotten_to_say_whose_record_it_is_is_told() -> None:
    case = """
  step a { via App; calls S.mine }
---
experience E { journey J; channel App
  step a { script "a" }
}
"""
    helps = {
        persona: [one.help or "" for one in found_in(journey_of(case, persona)) if one.code == "CXC601"]
        for persona in ("P", "Stranger")
    }
    assert helps["P"] == []
    assert [text.endswith("write `entity Customer` in the persona.") for text in helps["Stranger"]] == [True]
