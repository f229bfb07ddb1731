"""Rules 4xx on the ways through a journey, with `//! CODE` where something is to be found.

Each text is the phases of a journey `J`, or of several; the other rules of a design are not asked.
"""

from __future__ import annotations

import pytest

from findings import expected_in, found_in, shown

PLATFORM = """package a
team T
persona P
error Full { status 409 }
error Gone { status 410 }
channel Web { kind web; owner T }
service S {
  owner T
  query find() -> int
  command book() { fails Full, Gone }
}
"""
HEAD = 'kind use; persona P; trigger "t"; outcome "o"'
ASKED = ("CXC1", "CXC2", "CXC401", "CXC402", "CXC403", "CXC404", "CXC406", "CXC407", "CXC411")
UNASKED = ("CXC210",)


def whole(text: str) -> str:
    """Return a design: the text is all of its journeys, or the phases or steps of one."""
    text = text.strip("\n")
    if "journey " not in text:
        if "phase " not in text:
            text = f"phase during {{\n{text}\n}}"
        text = f"journey J {{ HEAD\n{text}\n}}"
    return f"{PLATFORM}{text.replace('HEAD', HEAD)}\n"


def assert_finds_what_it_says(text: str) -> None:
    design = whole(text)
    found = [one for one in found_in(design) if one.code.startswith(ASKED) and one.code not in UNASKED]
    assert sorted(f"{one.span} {one.code}" for one in found) == sorted(expected_in(design)), "\n".join(
        shown(tuple(found))
    )


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

SHARES = {
    "one way for all others": """
step a { -> b when "x"; -> c when "y"; -> d }
step b { -> c when "x" share 30%; -> d }
step c { -> end }
step d { -> end when "x"; -> a when "y" share 10%; -> b }
""",
    "shares of 100% leave nobody, with or without conditions": """
step a { -> b when "x" share 30%; -> c when "y" share 70% }
step b { -> c share 33.3%; -> d share 33.3%; -> end share 33.4% }
step c { -> d share 100% }
step d { -> end share 10%; -> a share 20%; -> b share 70% }
""",
    "the adding of decimals makes no difference": """
step a { -> b share 0.1%; -> c share 0.2%; -> d share 0.3%; -> b share 49.7%; -> c share 49.7% }
step b
step c
step d
""",
    "only conditions": """
step a { -> b when "x"; -> c when "y" } //! CXC404
step b { -> end when "x" } //! CXC404
step c
""",
    "conditions, some with a share": """
step a { -> b when "x" share 80%; -> c when "y" } //! CXC404
step b
step c
""",
    "shares of less than 100%": """
step a { -> b share 80%; -> c share 19% } //! CXC404
step b { -> c share 99.9% } //! CXC404
step c { -> end when "x" share 50%; -> a when "y" share 40% } //! CXC404
step d { -> end share 0% } //! CXC402 CXC404
""",
    "a share without a condition takes the others": """
step a { -> b when "x"; -> c share 60% }
step b
step c
""",
    "failures are no transitions": """
step a { calls S.book; on Full -> b; on Gone -> end }
step b
""",
    "a failure is not for those to whom no condition applies": """
step a { calls S.book; on Full, Gone -> b; -> b when "x" } //! CXC404
step b
""",
    "a transition that was lost may have been the missing one": """
step a {
  -> b when "x"
  -> c wehn "y" //! CXC105
}
step b {
  -> c when "x"
  => end //! CXC101
}
step c
""",
    "a target that is misspelt": """
step a { -> b when "x"; -> cc } //! CXC201
step b
step c
""",
    "at the transition that is one too many": """
step a {
  -> b when "x" share 60%
  -> c when "y" share 30%
  -> d when "z" share 20% //! CXC407
  -> end share 10%
}
step b
step c { -> d share 100%; -> end share 0.1% } //! CXC407
step d { -> a share 100%; -> b share 0%; -> end }
""",
    "too many are too many, whatever else was lost": """
step a {
  -> a share 60%
  -> b share 60% //! CXC407
  emotoin +1 //! CXC105
}
step b
""",
    "more than 100% in one is no share": """
step a { -> a share 120%; -> b } //! CXC108
step b
""",
}


@pytest.mark.parametrize("text", PHASES.values(), ids=PHASES)
def test_phases(text: str) -> None:
    assert_finds_what_it_says(text)


@pytest.mark.parametrize("text", REACH.values(), ids=REACH)
def test_reach(text: str) -> None:
    assert_finds_what_it_says(text)


@pytest.mark.parametrize("text", LOOPS.values(), ids=LOOPS)
def test_loops(text: str) -> None:
    assert_finds_what_it_says(text)


@pytest.mark.parametrize("text", SHARES.values(), ids=SHARES)
def test_shares(text: str) -> None:
    assert_finds_what_it_says(text)


@pytest.mark.parametrize(("size", "found"), [(30, []), (31, ["CXC411"])])
def test_thirty_steps_are_enough(size: int, found: list[str]) -> None:
    design = whole("\n".join(f"step s{number}" for number in range(size)))
    assert [one.code for one in found_in(design) if one.code == "CXC411"] == found


@pytest.mark.parametrize(
    ("steps", "code", "message", "related"),
    [
        ("step a { -> c }\nstep b\nstep c", "CXC402", "No way leads customers to the step `b`", [1]),
        ("step a { -> a }", "CXC403", "Customers go round in the step `a` for ever: no way leads on to an end", [1]),
        (
            "step a\nstep b\nstep c { -> b\n}\nstep d\nstep e\nstep f\nstep g { -> a }",
            "CXC403",
            "Customers go round in the steps `b` and `c` for ever: no way leads on to an end",
            [3],
        ),
        (
            "step a\nstep b\nstep c\nstep d\nstep e\nstep f\n{\n-> b when \"x\"\n-> a\n}",
            "CXC403",
            "Customers go round in the steps `a`, `b`, `c`, `d` and 2 more for ever: no way leads on to an end",
            [8, 9],
        ),
        (
            "step a {\n-> a share 100%\n-> end share 0%\n}",
            "CXC403",
            "Customers go round in the step `a` for ever: nobody takes a way out",
            [2, 3],
        ),
        (
            "step a {\n-> a share 30%\n-> end share 50%\n}",
            "CXC404",
            "20% of customers have no way on from the step `a`: its ways take 80% in all",
            [3],
        ),
        (
            "step a {\n-> a share 60%\n-> b share 60%\n-> end share 0.5%\n}\nstep b",
            "CXC407",
            "The ways on from the step `a` take 120.5% of its customers in all",
            [2],
        ),
    ],
)  # fmt: skip
def test_what_is_said_and_what_is_shown_beside_it(steps: str, code: str, message: str, related: list[int]) -> None:
    design = whole(steps)
    above = design.index(steps.split("\n")[0])
    first = design[:above].count("\n")
    (found,) = [one for one in found_in(design) if one.code == code]
    assert found.message == message
    assert [other.span.line - first for other in found.related] == related
