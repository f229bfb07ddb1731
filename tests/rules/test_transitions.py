"""Rules 4xx on the ways on from a step, and the words of all of these."""

from __future__ import annotations

import pytest

from journey_texts import assert_finds_what_it_says, findings, whole

CODES = ("CXC401", "CXC402", "CXC403", "CXC404", "CXC406", "CXC407", "CXC411")

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
step d { -> end share 0% } //! CXC404
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


@pytest.mark.parametrize("text", SHARES.values(), ids=SHARES)
def test_shares(text: str) -> None:
    assert_finds_what_it_says(text, *CODES)


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
    (found,) = [one for one in findings(design, *CODES) if one.code == code]
    assert found.message == message
    assert [other.span.line - first for other in found.related] == related
