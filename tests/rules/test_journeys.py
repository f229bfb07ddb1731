"""Rules 4xx on phases, reach, loops and size, with `//! CODE` where something is to be found."""

from __future__ import annotations

import pytest

from journey_texts import assert_finds_what_it_says, findings, whole

CODES = ("CXC401", "CXC402", "CXC403", "CXC404", "CXC406", "CXC407", "CXC411")

PHASES = {
    "before, during and after, some several times": """
phase before { step a }
phase before "Still before" { step b }
phase during { step c }
phase after { step d }
phase after { step e }
""",
    "no kind needs to be there": """
phase before { step a }
phase after { step b }
""",
    "empty ones, wherever they stand": """
phase before {} //! CXC401
phase during { step a }
phase after "Later" { //! CXC401
}
""",
    "an empty phase in which a step was lost": """
phase before {
  setp first //! CXC105
}
phase during { step a }
""",
    "a step behind the title is a step": """
phase before "Early" step one
phase during { step a }
""",
    "each that comes after a later one": """
phase after { step a }
phase before { step b } //! CXC406
phase during { step c } //! CXC406
phase after { step d }
""",
    "back and forth": """
phase during { step a }
phase before { step b } //! CXC406
phase during { step c }
""",
    "a misspelt kind of phase is no kind": """
phase during { step a }
phase bfore { step b } //! CXC108
""",
}

REACH = {
    "a step that is passed by, and what only follows it": """
step a { -> d }
step b //! CXC402
step c
step d
""",
    "the steps of later phases are reached without a word": """
phase before { step a }
phase during { step b { -> c }; step c }
phase after { step d }
""",
    "each part that nothing leads to": """
step a { -> e }
step b { -> e } //! CXC402
step c { -> d } //! CXC402
step d
step e
""",
    "a loop that nothing leads to, at its first step": """
step a { -> end }
step b //! CXC402
step c { -> b when "again"; -> end }
""",
    "where something leads to the loop, at that": """
step a { -> end }
step b
step c { -> b when "again"; -> end }
step d { -> c } //! CXC402
""",
    "a step that only leads to itself is not led to": """
step a { -> end }
step b { -> b when "again"; -> end } //! CXC402
""",
    "two ways into one lost part": """
step a { -> end }
step b { -> d } //! CXC402
step c { -> d } //! CXC402
step d { -> e when "x"; -> d }
step e
""",
    "failures, conditions and 0% lead somewhere": """
step a { calls S.book; on Full -> c; on Gone -> d; -> e when "x" share 0%; -> f }
step b //! CXC402
step c { -> end }
step d { -> end }
step e { -> end }
step f
""",
    "back to an earlier step": """
step a { -> c }
step b { -> end }
step c { -> b }
""",
    "a step of another journey leads here": """
journey J { HEAD
  phase during {
    step a { -> end }
    step b
    step c
  }
}
journey K { HEAD
  phase during { step a { -> J.b } }
}
""",
    "a way into another journey leaves this one": """
journey J { HEAD
  phase during {
    step a { -> K.a }
    step b //! CXC402
  }
}
journey K { HEAD
  phase during { step a }
}
""",
    "a misspelt way may have been meant for it": """
step a { -> cc } //! CXC201
step b
step c
""",
    "a way that cannot be read may have led there": """
step a {
  -> end
  on Full - > b //! CXC101
}
step b
""",
    "a step that was lost may have led there": """
step a { -> end }
setp b { -> c } //! CXC105
step c
""",
    "what follows a loop without a way out waits for that way": """
step a
step b { -> c } //! CXC403
step c { -> b }
step d { -> f }
step e //! CXC402
step f
""",
    "what follows a step that lacks a way waits for that way": """
step a { -> c when "x" } //! CXC404
step b { -> e }
step c { -> e }
step d //! CXC402
step e
""",
    "a loop that nobody gets into lacks no way to what follows it": """
step a { -> end }
step b { -> b } //! CXC402
step c //! CXC402
""",
    "two steps of one name": """
step a { -> b }
step b { -> end }
step b //! CXC202
step c
""",
}

LOOPS = {
    "ways back with a way out": """
step a
step b { -> a when "again" share 20%; -> c }
step c { -> c when "again"; -> end }
""",
    "a step that leads to itself": """
step a { -> a } //! CXC403
""",
    "from one to the other and back": """
step a
step b //! CXC403
step c { -> b }
""",
    "a failure is a way out": """
step a { calls S.book; on Full, Gone -> end }
step b { -> a }
""",
    "the end is a way out, and so is another journey": """
journey J { HEAD
  phase during { step a { -> a when "again"; -> K.a } }
}
journey K { HEAD
  phase during { step a { -> a when "again"; -> end } }
}
""",
    "only the loop at the bottom": """
step a
step b { -> a when "again"; -> c }
step c //! CXC403
step d { -> c }
""",
    "two ways into two loops": """
step a { -> b when "x"; -> d }
step b //! CXC403
step c { -> b }
step d { -> d } //! CXC403
""",
    "a loop inside the loop": """
step a //! CXC403
step b { -> b when "again"; -> c }
step c { -> a }
""",
    "what leads into it is no part of it": """
step a
step b
step c { -> c } //! CXC403
""",
    "across phases": """
phase before { step a }
phase during { step b } //! CXC403
phase after { step c { -> b } }
""",
    "a way out that nobody takes": """
step a { -> a share 100%; -> b share 0% } //! CXC403
step b
""",
    "a way out for which nobody is left": """
step a //! CXC403
step b { -> a share 100%; -> end when "never" }
""",
    "a way out that few take": """
step a { -> a share 99.9%; -> b share 0.1% }
step b { -> b share 90%; -> end }
""",
    "shares that are too many say nothing of what is left": """
step a { -> a share 100%; -> b share 10%; -> end } //! CXC407
step b
""",
    "a failure is a way out even where all are shared out": """
step a { calls S.book; on Full -> end; -> a share 100% }
""",
    "out of the inner loop nobody gets": """
step a //! CXC403
step b { -> a share 100%; -> c share 0% }
step c { -> a when "again"; -> end }
""",
    "a loop that nobody gets into is only that": """
step a { -> end }
step b { -> b } //! CXC402
""",
    "a way out that cannot be read": """
step a { -> a; -> ned } //! CXC201
""",
    "a way out that is misspelt": """
step a { -> b }
step b {
  -> a when "again"
  no Full -> end //! CXC105
}
""",
}


@pytest.mark.parametrize("text", PHASES.values(), ids=PHASES)
def test_phases(text: str) -> None:
    assert_finds_what_it_says(text, *CODES)


@pytest.mark.parametrize("text", REACH.values(), ids=REACH)
def test_reach(text: str) -> None:
    assert_finds_what_it_says(text, *CODES)


@pytest.mark.parametrize("text", LOOPS.values(), ids=LOOPS)
def test_loops(text: str) -> None:
    assert_finds_what_it_says(text, *CODES)


@pytest.mark.parametrize(("size", "found"), [(30, []), (31, ["CXC411"])])
def test_thirty_steps_are_enough(size: int, found: list[str]) -> None:
    design = whole("\n".join(f"step s{number}" for number in range(size)))
    assert [one.code for one in findings(design, "CXC411")] == found
