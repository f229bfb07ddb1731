"""Rules on whom a journey reaches, and on which channels. `//! CODE` marks what is to be found."""

from __future__ import annotations

import pytest

from findings import expected_in, found_in, shown

HEAD = "package a\nteam T\n" + "".join(
    f"channel {kind.title()} {{ kind {kind}; owner T }}\n"
    for kind in (
        "web", "mobile", "kiosk", "tv", "car", "ivr", "phone", "chat", "chatbot", "email", "sms", "push", "social",
        "community", "store", "mail", "field",
    )
)  # fmt: skip
PERSONA = "persona P\n"


def journey(steps: str, name: str = "J", persona: str = "P") -> str:
    head = f'journey {name} {{ //! HERE\nkind use\npersona {persona}\ntrigger "Now"; outcome "Then"; phase during {{\n'
    return head + steps.strip() + "\n} }\n"


def check(design: str, *codes: str, at_journey: str = "") -> None:
    """Compare with what the design says, apart from findings of rules that this file is not about."""
    design = design.replace("HERE", at_journey) if at_journey else design.replace(" //! HERE", "")
    found = [one for one in found_in(design) if one.code in codes or one.code < "CXC206"]
    assert sorted(f"{one.span} {one.code}" for one in found) == sorted(expected_in(design)), "\n".join(shown(found))


NOBODY = {
    "machines only": "step a { via Web, Ivr }\nstep b { via Kiosk }",
    "a chatbot, a community and a voice line are no people": "step a { via Chatbot, Community, Ivr, Email }",
    "people are where nobody gets": "step a { via Web; -> end }\nstep b { via Phone }",
    "people behind the scenes are met by nobody": 'step a { via Ivr }\nstep b { via none; backstage "x" by T }',
}

SOMEBODY = {
    "on one of the channels": "step a { via Web, Chat }",
    "after a failure": "step a { via Web; calls S.go; on E -> b; -> end }\nstep b { via Phone }",
    "when somebody wants it": 'step a { via Web; -> b when "Stuck" share 1%; -> end }\nstep b { via Store }',
    "they come by": "step a { via Web }\nstep b { via Field }",
    "they write back": "step a { via Web }\nstep b { via Mail }",
    "they answer in public": "step a { via Web }\nstep b { via Social }",
    "a journey without channels is a sketch": "step a { frontstage none }",
    "all of it behind the scenes": "step a { via none }",
    "a channel that is not understood may have people": "step a { via Web, Fone } //! CXC201",
    "a step that is not understood may lead to people": "step a { via Web; -> pohne } //! CXC201\nstep b { via Web }",
    "an unknown word may be a way": "step a {\nvia Web\nonn E -> b //! CXC105\n-> end\n}\nstep b { via Phone }",
}
SERVICE = "error E { status 409 }\nservice S { owner T; command go() fails E }\n"


@pytest.mark.parametrize("steps", NOBODY.values(), ids=NOBODY)
def test_customers_who_get_to_nobody(steps: str) -> None:
    check(HEAD + PERSONA + SERVICE + journey(steps), "CXC611", at_journey="CXC611")


@pytest.mark.parametrize("steps", SOMEBODY.values(), ids=SOMEBODY)
def test_customers_who_get_to_somebody(steps: str) -> None:
    check(HEAD + PERSONA + SERVICE + journey(steps), "CXC611")


def test_only_the_journey_without_people_is_reported() -> None:
    design = HEAD + PERSONA + journey("step a { via Phone }") + journey("step a { via Web }", "K")
    assert [one.message for one in found_in(design) if one.code == "CXC611"] == [
        "Customers who are stuck in `K` get to no person"
    ]


@pytest.mark.parametrize(
    ("via", "is_digital"),
    [
        ("Web, Mobile, Kiosk, Tv, Car", True),
        ("Chat, Chatbot, Email, Sms, Push", True),
        ("Social, Community", True),
        ("Web, Phone", False),
        ("Web, Ivr", False),
        ("Web, Store", False),
        ("Web, Mail", False),
        ("Web, Field", False),
        ("none", False),
        ("Web, Nothing", False),
    ],
)
def test_journeys_on_screens_only(via: str, is_digital: bool) -> None:
    found = found_in(HEAD + PERSONA + journey(f"step a {{ via Web }}\nstep b {{ via {via} }}" if via != "none" else ""))
    assert ("CXC612" in [one.code for one in found]) == is_digital


def test_one_step_on_another_channel_is_enough() -> None:
    check(HEAD + PERSONA + journey("step a { via Web }\nstep b { via Sms }\nstep c { via Store }"), "CXC612")


PREFERENCES = {
    "no step is served there": """
persona P { prefers Phone }
persona Q { prefers Web }
---
P //! CXC614
---
step a { via Web }
""",
    "one step is": """
persona P { prefers Phone, Web }
persona Q { prefers Web }
---
P, Q
---
step a { via Web }
step b { via Phone }
""",
    "one finding for each persona": """
persona P { prefers Phone, Store }
persona Q { prefers Phone }
---
P, //! CXC614
  Q //! CXC614
---
step a { via Web }
""",
    "no preference": """
persona P
persona Q { prefers Phone }
---
P
---
step a { via Web }
""",
    "a sketch of a journey": """
persona P { prefers Phone }
persona Q { prefers Phone }
---
P
---
step a { calls none }
""",
    "what is not understood may be what is preferred": """
persona P { prefers Phone, Tellephone } //! CXC201
persona Q { prefers Phone }
---
P
---
step a { via Web, Fone } //! CXC201
""",
}


@pytest.mark.parametrize("parts", PREFERENCES.values(), ids=PREFERENCES)
def test_preferences(parts: str) -> None:
    personas, who, steps = parts.split("---\n")
    check(HEAD + personas + journey(steps, persona=who.strip()), "CXC614")


def test_a_preference_is_shown_where_it_is_written() -> None:
    design = HEAD + "persona P {\nprefers Phone,\n  Store\n}\n" + journey("step a { via Web }")
    (found,) = [one for one in found_in(design) if one.code == "CXC614"]
    assert found.message == "`P` prefers `Phone` and `Store`, and no step of `J` is served there"
    assert [(related.span.line, related.message) for related in found.related] == [
        (21, "`Phone` is preferred here"),
        (22, "`Store` is preferred here"),
    ]


def test_channels_that_no_step_names() -> None:
    design = """
package a
team T
persona P { prefers Liked }
tier Gold { support concierge; channels Promised }
channel Used { kind phone; owner T }
channel Liked { kind web; owner T } //! CXC618
channel Promised { kind web; owner T } //! CXC618
channel Presented { kind web; owner T } //! CXC618
channel Closing { kind mail; owner T; deprecated "Use Used" }
journey J { kind use; persona P; trigger "Now"; outcome "Then"; phase during { step a { via Used } } }
experience E { journey J; channel Presented; step a { screen "/a" } }
"""
    check(design, "CXC618")
    check(design.replace(" //! CXC618", "").replace("via Used", "via Used, Wobsite //! CXC201\n"), "CXC618")
    check(design.replace(" //! CXC618", "").partition("journey")[0], "CXC618")
    half = design.replace("Liked { kind web; owner T } //! CXC618", "Liked { kind web; owner T }")
    check(half.replace("via Used", "vai Used, Liked //! CXC105\n").replace("channel Used", "channel Used"), "CXC618")


PARITY = {
    "one of two channels": """
step a { via Web, Mobile }
step b { via Web } //! CXC619
step c { via Web, Mobile }
""",
    "half of the steps are enough, less are not": """
step a { via Web, Mobile, Tv }
step b { via Web, Mobile }
step c { via Web } //! CXC619
step d { via Web } //! CXC619
""",
    "one finding for a step, at its channels": """
step a { via Web, Mobile, Ivr }
step b {
  calls none
  via Web //! CXC619
}
step c { via Web, Mobile, Ivr }
""",
    "whoever telephones is sent to a screen": """
step a { via Web, Phone }
step b { via Web } //! CXC619
step c { via Web, Phone }
""",
    "where only people serve, no machine is missed": """
step a { via Web, Mobile, Ivr }
step b { via Phone }
step c { via Chat, Store }
step d { via Web, Mobile, Ivr }
""",
    "where only people serve, those on other channels are": """
step a { via Web, Phone, Chat }
step b { via Phone } //! CXC619
step c { via Web, Phone, Chat }
""",
    "steps that only people serve are no measure": """
step a { via Web }
step b { via Phone }
step c { via Phone }
step d { via Phone }
""",
    "where people serve everywhere, they are": """
step a { via Phone, Store }
step b { via Phone } //! CXC619
step c { via Phone, Store }
""",
    "on the spot no screen is missed, but another place is": """
step a { via Web, Kiosk, Store }
step b { via Kiosk, Store }
step c { via Kiosk } //! CXC619
step d { via Web, Kiosk, Store }
""",
    "what is sent comes to everybody": """
step a { via Web, Mobile }
step b { via Sms }
step c { via Email, Web }
step d { via Mail }
""",
    "what only sends need not do everything": """
step a { via Web, Email, Push }
step b { via Web, Email, Push }
step c { via Web }
""",
    "a community has no other place": """
step a { via Web, Mobile }
step b { via Community }
step c { via Community, Web }
step d { via Web, Mobile }
""",
    "steps without channels are no steps of a channel": """
step a { via Web, Mobile }
step b { via none }
step c { calls none }
step d { via Web, Mobile }
""",
    "one channel": """
step a { via Web }
step b { via Web }
""",
    "what is not understood may be the missing channel": """
step a { via Web, Mobile }
step b { via Web, Moblie } //! CXC201
step c { via Web }
""",
}


@pytest.mark.parametrize("steps", PARITY.values(), ids=PARITY)
def test_parity(steps: str) -> None:
    check(HEAD + PERSONA + journey(steps), "CXC619")
