"""Rules 5xx: what the lanes of a step leave unsaid, with `//! CODE` where something is to be found."""

from __future__ import annotations

import pytest

from journey_texts import assert_finds_what_it_says, findings, whole

FRONTSTAGE = {
    "said, several times, or none on purpose": """
step a { frontstage "x"; backstage none }
step b {
  frontstage "x", "y"
  frontstage "z"
  backstage none
}
step c { frontstage none }
""",
    "not said": """
step a { via Web } //! CXC501
step b "Something" { //! CXC501
  via Web
  backstage none
}
step c //! CXC501
""",
    "a step that no customer sees": """
step a { via none; backstage Work }
step b { via none }
""",
    "a misspelt channel is a channel": """
step a { via Wbe } //! CXC201
""",
    "the word is misspelt": """
step a { via Web; forntstage "x" } //! CXC105
""",
    "the words cannot be read": """
step a { via Web; frontstage 5 } //! CXC108
""",
    "something else in the step was lost": """
step a { via Web; calls S.fnd } //! CXC201
step b { via Web; calls S.find } //! CXC501
""",
}

BACKSTAGE = {
    "work by a team, a partner, a process; none on purpose": """
step a { frontstage "x"; backstage "y" by T within 2h }
step b {
  frontstage "x"
  backstage "y" by T
  backstage "z" by Q
  backstage Work
}
step c { frontstage "x"; backstage none }
step d { frontstage "x"; backstage Work by U }
""",
    "not said behind what is shown": """
step a { frontstage "x" } //! CXC502
step b {
  via none
  frontstage "x", "y" //! CXC502
  frontstage "z"
}
step c {
  calls S.find
  frontstage "x" //! CXC502
  support Q "y"
}
""",
    "nothing is shown, so nothing is behind it": """
step a { frontstage none }
step b { frontstage none; backstage none }
step c { via none }
""",
    "without a front no work is missing behind it": """
step a { via none }
step b { via Web } //! CXC501
""",
    "words without a name": """
step a {
  frontstage "x"
  backstage "y" //! CXC503
  backstage "z" by T
  backstage "z" within 2h //! CXC503
}
step b { frontstage "x"; backstage "y" } //! CXC503
step c { via none; backstage "y" } //! CXC503
step d { frontstage "x"; support Q "y"; backstage "y" } //! CXC503
""",
    "a process has an owner, even where it has lost it": """
journey J { HEAD
  phase during { step a { frontstage "x"; backstage Other } }
}
process Other //! CXC107
""",
    "a misspelt team is a team": """
step a { frontstage "x"; backstage "y" by TT } //! CXC201
step b { frontstage "x"; backstage "y" bye T } //! CXC105
""",
    "a misspelt process is a process": """
step a { frontstage "x"; backstage Wrk } //! CXC201
""",
    "the word is misspelt": """
step a { frontstage "x"; bakstage "y" by T } //! CXC105
""",
}

EVIDENCE = {
    "said, several times, or none on purpose": """
step a { frontstage none; evidence "x" }
step b {
  frontstage none
  evidence "x", "y"
  evidence "z"
}
step c { frontstage none; evidence none }
""",
    "not said": """
step a { frontstage none } //! CXC504
step b { via Web, Shop; frontstage none } //! CXC504
step c //! CXC501 CXC504
""",
    "a step that no customer sees leaves nothing behind": """
step a { via none }
""",
    "lost": """
step a { frontstage none; evidnce "x" } //! CXC105
step b { frontstage none; evidence 2 } //! CXC108
step c { frontstage none; via Wbe } //! CXC201
""",
}

WAIT = {
    "from what is usual to the longest": """
step a { wait 10m..2h }
step b { wait 10m..10m }
step c
""",
    "no time at all": """
step a { wait 0m }
step b { wait 0s..1m }
""",
    "what is usual alone": """
step a { wait 10m } //! CXC505
step b {
  via none
  wait 2d //! CXC505
}
""",
    "whatever else was lost": """
step a {
  emoton +1 //! CXC105
  wait 10m //! CXC505
}
""",
    "a wait that cannot be read": """
step a { wait 10 } //! CXC108
step b { wait 2h..10m } //! CXC108
""",
}


@pytest.mark.parametrize("text", FRONTSTAGE.values(), ids=FRONTSTAGE)
def test_frontstage(text: str) -> None:
    assert_finds_what_it_says(text, "CXC501")


@pytest.mark.parametrize("text", BACKSTAGE.values(), ids=BACKSTAGE)
def test_backstage(text: str) -> None:
    assert_finds_what_it_says(text, "CXC501", "CXC502", "CXC503")


@pytest.mark.parametrize("text", EVIDENCE.values(), ids=EVIDENCE)
def test_evidence(text: str) -> None:
    assert_finds_what_it_says(text, "CXC501", "CXC504")


@pytest.mark.parametrize("text", WAIT.values(), ids=WAIT)
def test_wait(text: str) -> None:
    assert_finds_what_it_says(text, "CXC505")


@pytest.mark.parametrize(
    ("step", "code", "message", "place", "help"),
    [
        ("step pay { via Web }", "CXC501", "Nothing says what customers see in the step `pay`", "pay", "frontstage"),
        (
            'step pay { frontstage "A bill" }',
            "CXC502",
            "Nothing says what is done out of sight for what customers see in the step `pay`",
            "frontstage",
            "backstage none",
        ),
        (
            'step pay { backstage "Prints" within 2h }',
            "CXC503",
            "Nobody is named who does this work behind the step `pay`",
            'backstage "Prints"',
            '`backstage "Prints" by TEAM`',
        ),
        (
            'step pay { frontstage "A bill"; backstage none }',
            "CXC504",
            "Nothing says what customers have in hand after the step `pay`",
            "pay",
            "evidence none",
        ),
        (
            "step pay { wait 90m }",
            "CXC505",
            "Customers wait 1h30m in the step `pay`, and nothing says how long at most",
            "wait",
            "`wait 1h30m..LONGEST`",
        ),
    ],
)
def test_what_is_said_and_where(step: str, code: str, message: str, place: str, help: str) -> None:
    design = whole(step)
    (found,) = findings(design, code)
    assert found.message == message
    line = design.split("\n")[found.span.line - 1]
    assert line[found.span.column - 1 : found.span.end_column - 1] == place
    assert found.help is not None and help in found.help
