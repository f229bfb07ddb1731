"""Rules on promises of channels, journeys and tiers. `//! CODE` marks what is to be found."""

from __future__ import annotations

import pytest

from cxc.diagnostics import Diagnostic
from findings import expected_in, found_in, shown

HEAD = """package a
team T
persona P
service Plain { owner T; command ask(); command tell() { availability 97%; latency 3s } }
service Half { owner T; availability 99.5%; query read() { latency 200ms }; command write() { latency 400ms } }
service Full { owner T; availability 100%; command go() { availability 99.9%; latency 1500ms } }
"""


def journey(steps: str, name: str = "J", more: str = "") -> str:
    head = f'journey {name} {{ kind use; persona P; trigger "Now"; outcome "Then"; {more}\nphase during {{\n'
    return head + steps.strip() + "\n} }\n"


def check(design: str, *codes: str) -> None:
    """Compare with what the design says, apart from findings of rules that this file is not about."""
    found = [one for one in found_in(design) if one.code in codes or one.code < "CXC206"]
    assert sorted(f"{one.span} {one.code}" for one in found) == sorted(expected_in(design)), "\n".join(shown(found))


def only(design: str, code: str) -> list[Diagnostic]:
    return [one for one in found_in(design) if one.code == code]


CHANNELS = {
    "a channel promises more than one of its steps keeps": """
channel App { kind mobile; owner T; availability 99.6% } //! CXC615
channel Web { kind web; owner T; availability 99.5% }
channel Tv { kind tv; owner T }
""",
    "each channel makes its own promise, at its own place": """
channel App {
  kind mobile
  owner T
  availability 99.51% //! CXC615
}
channel Web {
  kind web
  owner T
  availability 100% //! CXC615
}
channel Tv { kind tv; owner T; availability 99% }
""",
}


@pytest.mark.parametrize("channels", CHANNELS.values(), ids=CHANNELS)
def test_channels_that_promise_too_much(channels: str) -> None:
    check(HEAD + channels + journey("step a { via App, Web, Tv; calls Half.read, Half.write }"), "CXC615")


@pytest.mark.parametrize(
    ("promise", "calls", "limit"),
    [
        ("100%", "Half.read", "99.5%"),
        ("99.5%", "Half.read", None),
        ("99.5%", "Half.read, Half.write", None),
        ("99.5%", "Half.read, Full.go", "99.4%"),
        ("99.41%", "Half.read, Full.go", "99.4%"),
        ("99.4%", "Half.read, Full.go", None),
        ("99.9%", "Plain.ask", None),
        ("99.9%", "Plain.ask, Plain.tell", "97%"),
        ("99.91%", "Full.go", "99.9%"),
        ("99.9%", "Full.go", None),
        ("96.52%", "Plain.tell, Half.read", "96.51%"),
        ("99.9%", "none", None),
    ],
)
def test_the_share_that_can_be_promised(promise: str, calls: str, limit: str | None) -> None:
    def promising(share: str) -> list[Diagnostic]:
        channel = f"channel App {{ kind mobile; owner T; availability {share} }}\n"
        return only(HEAD + channel + journey(f"step a {{ via App; calls {calls} }}"), "CXC615")

    found = promising(promise)
    assert [one.help for one in found] == (
        [f"Promise {limit} at most, or make what the step calls more available."] if limit else []
    )
    assert limit is None or promising(limit) == []


def test_the_worst_step_of_all_journeys_is_shown() -> None:
    channel = "channel App { kind mobile; owner T; availability 99.9% }\n"
    design = (
        channel + journey("step a { via App; calls Half.read }") + journey("step b { via App; calls Plain.tell }", "K")
    )
    (found,) = only(HEAD + design, "CXC615")
    assert found.message == ("`App` promises to work 99.9% of the time, and what step `b` of `K` calls allows for 97%")
    assert [(related.span.line, related.message) for related in found.related] == [
        (14, "all of this must be at work"),
        (4, "`tell` works 97% of the time"),
    ]


JOURNEYS = {
    "what several steps need is needed by one customer after the other": """
target { availability 99.5% } //! CXC615
---
step a { calls Half.read }
step b { calls Half.write }
""",
    "the promise that the steps together keep": """
target { availability 99% }
---
step a { calls Half.read }
step b { calls Half.write }
""",
    "only customers who come by count": """
target { availability 99.5% }
---
step a { -> b share 1%; -> end }
step b { calls Half.read; -> c }
step c { calls Half.write }
""",
    "a journey that calls nothing may promise everything": """
target { availability 100% }
---
step a { calls none }
step b { calls Plain.ask }
""",
    "where nobody comes to an end there is no share to promise": """
target { availability 100% }
---
step a { calls Half.read; -> b }
step b { calls Half.read; -> a }
""",
    "what is not understood could be another way": """
target { availability 100% }
---
step a { calls Half.read; -> nowhere share 50%; -> end } //! CXC201
""",
}


@pytest.mark.parametrize("parts", JOURNEYS.values(), ids=JOURNEYS)
def test_journeys_that_promise_too_much(parts: str) -> None:
    more, _, steps = parts.partition("---\n")
    check(HEAD + journey(steps, more=more), "CXC615")


def test_a_journey_shows_its_weakest_step() -> None:
    steps = "step a { calls Half.read }\nstep b { calls Plain.tell }\nstep c { calls Half.read }"
    (found,) = only(HEAD + journey(steps, more="target { availability 99.9% }"), "CXC615")
    assert found.message == "`J` promises to work 99.9% of the time, and what its steps call allows for 96%"
    assert [(related.span.line, related.message) for related in found.related] == [
        (10, "what is called here works 97% of the time")
    ]


@pytest.mark.parametrize(
    ("promise", "calls", "needed"),
    [
        ("600ms", "Half.read, Half.write", None),
        ("599ms", "Half.read, Half.write", "600ms"),
        ("1s", "Half.read, Half.write", None),
        ("1s", "Plain.ask", None),
        ("1s", "Plain.ask, Plain.tell", "3s"),
        ("2s", "Half.read, Half.write, Full.go", "2s100ms"),
        ("1s", "none", None),
    ],
)
def test_answers_that_come_later_than_promised(promise: str, calls: str, needed: str | None) -> None:
    channel = f"channel App {{ kind mobile; owner T; latency {promise} }}\n"
    found = only(HEAD + channel + journey(f"step a {{ via App; calls {calls} }}"), "CXC616")
    assert [one.help for one in found] == (
        [f"Promise {needed} at least, or make what the step calls faster."] if needed else []
    )


def test_the_slowest_step_of_a_channel_is_shown_once() -> None:
    channels = (
        "channel App { kind mobile; owner T; latency 1s }\n"
        "channel Web {\nkind web\nowner T\nlatency 250ms\n}\n"
        "channel Tv { kind tv; owner T }\n"
    )
    steps = (
        "step a { via App, Web, Tv; calls Half.read }\n"
        "step b { via Web, Tv; calls Half.write }\n"
        "step c { via App, Tv; calls Full.go }\n"
        "step d { via App; calls Plain.ask, Full.go }"
    )
    app, web = only(HEAD + channels + journey(steps), "CXC616")
    assert [app.span.line, web.span.line] == [7, 11]
    assert app.message == "`App` promises an answer within 1s, and what step `c` of `J` calls takes 1s500ms"
    assert web.message == "`Web` promises an answer within 250ms, and what step `b` of `J` calls takes 400ms"
    assert [related.message for related in app.related] == ["called here, one after the other", "`go` takes 1s500ms"]


TIERS = {
    "none of its channels serves the journey": """
tier Gold { support concierge; channels Tv; journeys J } //! CXC617
tier Iron { support self_service; channels Tv, App; journeys J }
""",
    "each journey is a promise of its own": """
tier Gold {
  support concierge
  channels App
  journeys J,
    K //! CXC617
}
""",
    "no promise, nothing to break": """
tier Gold { support concierge; channels Tv }
""",
    "a channel that is not understood may be the door": """
tier Gold { support concierge; channels Tv, Ap; journeys J } //! CXC201
""",
    "a journey that is not understood may be on any channel": """
tier Gold { support concierge; channels Tv; journeys L, M, Nowhere } //! CXC201
""",
}


@pytest.mark.parametrize("tiers", TIERS.values(), ids=TIERS)
def test_tiers_that_promise_journeys_they_do_not_reach(tiers: str) -> None:
    channels = "".join(f"channel {name} {{ kind web; owner T }}\n" for name in ("App", "Web", "Tv"))
    design = journey("step a { via App }\nstep b { via Web }") + journey("step a { via Web }", "K")
    design += journey("step a { via Web, Somewhere } //! CXC201", "L") + journey("step a { calls none }", "M")
    check(HEAD + channels + tiers + design, "CXC617")


def test_a_tier_shows_its_channels_and_those_of_the_journey() -> None:
    channels = "channel App { kind web; owner T }\nchannel Tv { kind tv; owner T }\n"
    tier = "tier Gold { support concierge; channels Tv; journeys J }\n"
    (found,) = only(HEAD + channels + tier + journey("step a { via App }"), "CXC617")
    assert found.message == "The tier `Gold` promises `J`, and none of its channels serves it"
    assert [(related.span.line, related.message) for related in found.related] == [
        (9, "these are the channels of the tier"),
        (10, "this is offered on `App`"),
    ]
