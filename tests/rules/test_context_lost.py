"""Rules 601, 602 and 603: what is handed over where customers change the channel, and what is lost."""

from __future__ import annotations

import pytest

from known import assert_known

CHANGES = {
    "a new value for a record is not what was known": """
  step a { via App; calls S.find, S.greet, S.mine }
  step b { via Desk; calls S.rename }
---
experience E { journey J; channel App
  step a { asks order, name }
}
experience F { journey J; channel Desk
  step b { asks name }
}
""",
    "the same value for something else is": """
  step a { via App; calls S.greet } //! CXC603
  step b { via Desk; calls S.greet }
---
experience E { journey J; channel App
  step a { asks name }
}
experience F { journey J; channel Desk
  step b { asks name }
}
""",
    "lost and asked again": """
  step a { via App; calls S.find } //! CXC603
  step b { via Phone; calls S.pay }
---
experience E { journey J; channel App
  step a { asks order }
}
experience F { journey J; channel Phone
  step b { asks order }
}
""",
    "lost and not asked: both are told": """
  step a { via App; calls S.find
    -> b //! CXC603
  }
  step b { via Phone; calls S.pay }
---
experience E { journey J; channel App
  step a { asks order }
}
experience F { journey J; channel Phone
  step b { script "b" } //! CXC601
}
""",
    "carried and asked again": """
  step a { via App; calls S.find; -> b carries Order.id }
  step b { via Phone; calls S.pay }
---
experience E { journey J; channel App
  step a { asks order }
}
experience F { journey J; channel Phone
  step b { asks order } //! CXC602
}
""",
    "carried by name, but of something else": """
  step a { via App; calls S.find, S.branch
    -> b carries Store.id, Branch.id //! CXC603
  }
  step b { via Phone; calls S.pay }
---
experience E { journey J; channel App
  step a { asks order }
}
experience F { journey J; channel Phone
  step b { script "b" } //! CXC601
}
""",
    "carried under another name, with the same meaning": """
  step a { via App; calls S.find; -> b carries Order.store }
  step b { via Phone; calls S.shop }
---
experience E { journey J; channel App
  step a { asks order }
}
experience F { journey J; channel Phone
  step b { script "b" }
}
""",
    "lost on one of two ways": """
  step a { via App; calls S.find
    -> b when "x" carries Order.id
    -> b //! CXC603
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
    "lost on the second of two changes": """
  step a { via App; calls S.find; -> b carries Order.id }
  step b { via Phone; calls S.pay
    -> c //! CXC603
  }
  step c { via Desk; calls S.pay }
---
experience E { journey J; channel App
  step a { asks order }
}
experience F { journey J; channel Phone
  step b { script "b" }
}
experience G { journey J; channel Desk
  step c { asks order }
}
""",
    "what nobody needs there is not lost": """
  step a { via App; calls S.find }
  step b { via Phone; calls none }
---
experience E { journey J; channel App
  step a { asks order }
}
""",
    "what is returned anew is not lost": """
  step a { via App; calls S.open }
  step b { via Phone; calls S.open, S.pay }
""",
    "a choice from a list cannot be lost, a chosen one can": """
  step a { via App; calls S.mine }
  step b { via Phone; calls S.pay } //! CXC603
  step c { via Desk; calls S.pay }
---
experience F { journey J; channel Phone
  step b { asks order }
}
""",
    "plain values are lost as well": """
  step a { via App; calls S.rate } //! CXC603
  step b { via Phone; calls S.rate }
---
experience F { journey J; channel Phone
  step b { asks score }
}
""",
    "customers stay where they can: only who must change loses": """
  step a { via App, Phone; calls S.find }
  step b { via App, Phone; calls S.pay } //! CXC603
  step c { via Desk; calls S.pay }
---
experience E { journey J; channel Desk
  step c { asks order }
}
""",
    "a step that no customer sees keeps the channel": """
  step a { via App; calls S.find }
  step b { via none; calls S.open }
  step c { via App; calls S.pay }
---
experience E { journey J; channel App
  step a { asks order }
  step c { asks order } //! CXC602
}
""",
    "behind a step that no customer sees the channel changes": """
  step a { via App; calls S.find }
  step b { via none; calls none } //! CXC603
  step c { via Phone; calls S.pay }
---
experience E { journey J; channel Phone
  step c { asks order }
}
""",
    "of the items that are carried one is meant": """
  step a { via App; calls S.find, S.only; -> b carries Order.items }
  step b { via Phone; calls S.only }
---
experience E { journey J; channel App
  step a { asks order, item }
}
experience F { journey J; channel Phone
  step b { asks item }
}
""",
    "to come to a first channel is no change": """
  step a { via none; calls S.open }
  step b { via Phone; calls S.pay }
---
experience E { journey J; channel Phone
  step b { script "b" }
}
""",
}


@pytest.mark.parametrize("case", CHANGES.values(), ids=CHANGES)
def test_known(case: str) -> None:
    assert_known(case)
