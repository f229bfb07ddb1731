"""Rules 4xx on failures, measures, moments of truth and time, with `//! CODE` where something is to be found."""

from __future__ import annotations

import pytest

from journey_texts import assert_finds_what_it_says, findings, whole

FAILURES = {
    "each failure of each call": """
step a { calls S.book } //! CXC405 CXC405
step b { calls S.find, S.cancel } //! CXC405
step c {
  calls S.find,
    S.book, //! CXC405
    S.cancel
  on Gone -> d
}
step d
""",
    "one `on` for several, and one each": """
step a { calls S.book, S.cancel; on Full, Gone -> c }
step b { calls S.book; on Full -> end; on Gone -> b }
step c { via none; calls S.cancel; on Gone -> end }
""",
    "a query that cannot fail, and no call at all": """
step a { calls S.find; on Full -> b }
step b { calls none }
step c
""",
    "an `on` that cannot be read may be the one": """
step a {
  calls S.book
  on Ful, Gone -> end //! CXC201
}
step b {
  calls S.cancel
  on -> end //! CXC108
}
""",
    "a call that leads nowhere has no failures": """
step a { calls S.bok } //! CXC201
""",
    "a failure that leads nowhere is reported where it stands": """
journey J { HEAD
  phase during { step a { calls R.go } } //! CXC405
}
service R {
  owner T
  command go() { fails Lost, Full } //! CXC201
}
""",
}

FOLLOW_UP = {
    "a step afterwards that measures": """
phase during { step a }
phase after { step b; step c { measures M } }
""",
    "in the second phase afterwards": """
phase after { step b }
phase after { step c { measures M } }
""",
    "measures before, during and of the whole": """
journey J { HEAD //! CXC408
  measures M
  phase before { step a { measures M } }
  phase during { step b { measures M } }
  phase after { step c }
}
""",
    "where nothing is measured at all, that is the mistake": """
phase during { step a }
phase after { step b }
""",
    "no phase afterwards": """
journey J { HEAD //! CXC408
  phase during { step b { measures M } }
}
""",
    "the journey that lacks it, and not the others": """
journey J { HEAD
  phase after { step b { measures M } }
}
journey K { HEAD //! CXC408
  phase during { step b { measures M } }
}
""",
    "a phase without steps was to hold it": """
phase during { step a }
phase after {} //! CXC401
""",
    "a measure that is misspelt": """
phase during { step a }
phase after { step b { measures N } } //! CXC201
""",
    "the word is misspelt": """
phase during { step a }
phase after { step b { measrues M } } //! CXC105
""",
    "the phase is misspelt": """
phase during { step a }
phase aftr { step b { measures M } } //! CXC108
""",
}

MOMENTS = {
    "owner by service, measure of its own, recovery by failure": """
step a { via Web; calls S.cancel; measures M; moment_of_truth; on Gone -> end }
""",
    "owner by backstage, measure of the journey, recovery by condition": """
journey J { HEAD
  measures M
  phase during {
    step a { via Web; backstage "x" by T; moment_of_truth; -> b when "it fails"; -> b }
    step b { via Web }
  }
}
""",
    "owner by process, recovery by people in the step": """
step a { via Web, Shop; backstage Work; measures M; moment_of_truth }
""",
    "a partner may own it; people serve in the next step": """
step a { via Web; backstage "x" by Q; measures M; moment_of_truth }
step b { via Web, Shop }
""",
    "all three are missing": """
step a {
  via Web
  backstage "x"
  moment_of_truth //! CXC409
}
step b { via Mail }
""",
    "no channel has people": """
step a { measures M; backstage Work; moment_of_truth } //! CXC409
step b { via none }
""",
    "what is shown and supported is no owner": """
step a { via Shop; frontstage "x"; support Q "y"; measures M; moment_of_truth } //! CXC409
""",
    "a step of another kind needs nothing of it": """
step a { via Web }
""",
    "people two steps on are too late, and so are those before": """
step a { via Shop }
step b { via Web; backstage Work; measures M; moment_of_truth } //! CXC409
step c { via Web }
step d { via Shop }
""",
    "measures of other steps are no measure of it": """
step a { via Shop; backstage Work; moment_of_truth } //! CXC409
step b { measures M }
""",
    "what was lost in it may be what is missing": """
step a { via Web; backstage "x" by Tt; moment_of_truth } //! CXC201
step b { via Web; mesures M; moment_of_truth } //! CXC105
""",
    "people may have been lost on the next step": """
step a { via Web; backstage Work; measures M; moment_of_truth }
step b { via Shopp } //! CXC201
""",
    "a channel of which the kind is not known": """
journey J { HEAD
  phase during {
    step a { via Web; backstage Work; measures M; moment_of_truth }
    step b { via Counter }
  }
}
channel Counter { kind shop; owner T } //! CXC108
""",
    "a service or process that has lost its owner has one": """
journey J { HEAD
  phase during {
    step a { via Shop; calls R.go; measures M; moment_of_truth }
    step b { via Shop; backstage Other; measures M; moment_of_truth }
    step c { via Shop; backstage "x"; measures M; moment_of_truth } //! CXC409
  }
}
service R { //! CXC107
  command go()
}
process Other //! CXC107
""",
    "the journey has lost what may be its measures": """
journey J { HEAD
  mesures M //! CXC105
  phase during { step a { via Shop; backstage Work; moment_of_truth } }
}
""",
}

TIME = {
    "as long as promised": """
target { duration 3d }
phase during {
  step a { wait 1h..1d }
  step b { wait 2d..2d }
}
""",
    "longer at most": """
target { duration 2d; availability 99% } //! CXC410
phase during {
  step a { wait 1h..1d }
  step b { wait 1d..2d }
}
""",
    "longer as a rule": """
target {
  availability 99%
  duration 2d //! CXC410
}
phase during {
  step a { wait 1d..1d }
  step b { wait 25h }
}
""",
    "a wait that few have counts by their share": """
target { duration 2d }
phase during {
  step a { -> b share 10%; -> c }
  step b { wait 1d }
  step c { wait 1d }
}
""",
    "the longest way of all counts at most": """
target { duration 2d } //! CXC410
phase during {
  step a { -> b share 10%; -> c }
  step b { wait 9d }
  step c { wait 1d }
}
""",
    "in a loop as often as customers go round": """
target { duration 3d } //! CXC410
phase during { step a { wait 1d; -> a share 75%; -> end } }
""",
    "a loop has no longest way": """
target { duration 3d }
phase during { step a { wait 1d..3d; -> a share 50%; -> end } }
""",
    "failures are not promised": """
target { duration 2d }
phase during {
  step a { calls S.cancel; wait 1d; on Gone -> b; -> end }
  step b { wait 1w }
}
""",
    "a step that nobody gets to takes no time": """
target { duration 2d }
phase during {
  step a { wait 1d; -> end }
  step b { wait 1w } //! CXC402
}
""",
    "nothing is promised": """
target { availability 99% }
phase during { step a { wait 1w..2w } }
""",
    "customers do not wait": """
target { duration 0m }
phase during { step a; step b { wait 0m..0m } }
""",
    "a way that was lost may have been shorter": """
target { duration 2d }
phase during {
  step a { -> c wen "x"; -> b } //! CXC105
  step b { wait 1w }
  step c
}
""",
    "a promise that was lost": """
target { duration 2 } //! CXC108
phase during { step a { wait 1w } }
""",
}


@pytest.mark.parametrize("text", FAILURES.values(), ids=FAILURES)
def test_failures(text: str) -> None:
    assert_finds_what_it_says(text, "CXC405")


@pytest.mark.parametrize("text", FOLLOW_UP.values(), ids=FOLLOW_UP)
def test_follow_up(text: str) -> None:
    assert_finds_what_it_says(text, "CXC401", "CXC408")


@pytest.mark.parametrize("text", MOMENTS.values(), ids=MOMENTS)
def test_moments_of_truth(text: str) -> None:
    assert_finds_what_it_says(text, "CXC409")


@pytest.mark.parametrize("text", TIME.values(), ids=TIME)
def test_time(text: str) -> None:
    assert_finds_what_it_says(text, "CXC402", "CXC410")


@pytest.mark.parametrize(
    ("text", "code", "message", "related"),
    [
        (
            "step a { calls S.cancel }",
            "CXC405",
            "Customers have no way on from the step `a` when `S.cancel` fails with `Gone`",
            [("cancel()", "that it may fail is said here")],
        ),
        (
            "phase during { step a { measures M } }\nphase after { step b }",
            "CXC408",
            "Nobody asks how customers fared once `J` is over",
            [("phase after", "no step in here takes a measure")],
        ),
        (
            "step a { via Web; moment_of_truth }",
            "CXC409",
            "The moment of truth `a` has no owner, no measure and no way to recover",
            [],
        ),
        (
            "step a { via Shop; measures M; moment_of_truth }",
            "CXC409",
            "The moment of truth `a` has no owner",
            [],
        ),
        (
            "target { duration 2d }\nphase during { step a { wait 1h..1d }\nstep b { wait 1d..2d } }",
            "CXC410",
            "`J` may take customers 3d, and promises 2d",
            [("step b", "the longest wait on the way")],
        ),
        (
            "target { duration 1d }\nphase during { step a { wait 1441m }\nstep b { wait 1s } }",
            "CXC410",
            "`J` takes customers 1d1m as a rule, and promises 1d",
            [("step a", "the longest wait on the way")],
        ),
        (
            "target { duration 1h }\nphase during { step a { wait 50m; -> a share 70%; -> end } }",
            "CXC410",
            "`J` takes customers 2h47m as a rule, and promises 1h",
            [("step a", "the longest wait on the way")],
        ),
    ],
)
def test_what_is_said_and_what_is_shown_beside_it(
    text: str, code: str, message: str, related: list[tuple[str, str]]
) -> None:
    design = whole(text)
    (found,) = findings(design, code)
    assert found.message == message
    lines = design.split("\n")
    assert [other.message for other in found.related] == [said for _, said in related]
    assert all(text in lines[other.span.line - 1] for other, (text, _) in zip(found.related, related, strict=True))
