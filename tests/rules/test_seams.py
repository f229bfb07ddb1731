"""Rules on what lies between steps: seams between teams, stacks of one channel, closed doors. `//! CODE` marks them."""

from __future__ import annotations

import pytest

from findings import expected_in, found_in, shown

HEAD = """package a
team Sales
team Care
team Yard
persona P
entity Order { id: uuid @key }
error Gone { status 409 }
process Packing { owner Yard }
service Orders { owner Sales; command order() -> Order fails Gone; query track(order: Order.id) }
service Yards { owner Yard; command pack(order: Order.id); command load(order: Order.id) }
service Help { owner Care; command ask() }
channel App { kind mobile; owner Sales }
channel Web { kind web; owner Sales }
channel Phone { kind phone; owner Care }
channel Store { kind store; owner Care; hours "Mo-Fr 09:00-17:00" }
channel Night { kind phone; owner Care; hours "Mo-Fr 17:00-09:00; Sa-Mo 00:00-24:00" }
channel Sms { kind sms; owner Care }
channel Holiday { kind store; owner Care; hours "PH 10:00-12:00" }
"""


def journey(steps: str, name: str = "J") -> str:
    head = f'journey {name} {{ kind use; persona P; trigger "Now"; outcome "Then"; phase during {{\n'
    return head + steps.strip() + "\n} }\n"


def check(design: str, *codes: str) -> None:
    """Compare with what the design says, apart from findings of rules that this file is not about."""
    found = [one for one in found_in(design) if one.code in codes or one.code < "CXC206"]
    assert sorted(f"{one.span} {one.code}" for one in found) == sorted(expected_in(design)), "\n".join(shown(found))


SEAMS = {
    "unwritten ways, written ones and those of failures": """
step a { //! CXC604
  calls Orders.order
  on Gone -> c //! CXC604
}
step b {
  calls Yards.pack
  -> c when "Something is missing" //! CXC604
  -> end
}
step c { calls Help.ask }
""",
    "what is carried closes the seam, whatever it is": """
step a { calls Orders.order; on Gone -> c carries Order.id; -> b carries Order.id }
step b { calls Yards.pack; -> c carries Order.id }
step c { calls Help.ask }
""",
    "a team in common is no seam": """
step a { calls Orders.order, Help.ask }
step b { calls Help.ask; -> c }
step c { calls Yards.pack, Help.ask; -> d }
step d { calls Yards.load; -> d when "Again"; -> end }
""",
    "who works backstage counts where nothing is called": """
step a { backstage "Packs" by Care } //! CXC604
step b { backstage Packing } //! CXC604
step c { calls none; backstage "Looks" by Sales }
""",
    "who works backstage does not count where something is called": """
step a { calls Orders.order; backstage "Packs" by Yard }
step b { backstage "Counts" by Sales }
""",
    "nobody named, nobody to hand over to": """
step a { calls Orders.order }
step b { frontstage "Waits" }
step c { backstage "Somebody looks" }
step d { calls Yards.pack }
""",
    "the end has no team, and nobody goes a way from where nobody gets": """
step a { calls Orders.order; -> end }
step b { calls Yards.pack; -> c }
step c { calls Help.ask }
""",
    "a call that is not understood may have been anybody's": """
step a { calls Orders.order; -> b }
step b { calls Yards.pack, Help.aks; -> c } //! CXC201
step c { calls Help.ask }
""",
    "each of two ways to one step is a seam": """
step a {
  calls Orders.order
  -> b when "In a hurry" //! CXC604
  -> b //! CXC604
}
step b { calls Yards.pack }
""",
}


@pytest.mark.parametrize("steps", SEAMS.values(), ids=SEAMS)
def test_organisational_seams(steps: str) -> None:
    check(HEAD + journey(steps), "CXC604")


def test_a_seam_names_both_teams_and_shows_both_steps() -> None:
    design = HEAD + journey(
        "step a { calls Orders.order, Help.ask; on Gone -> b; -> end }\nstep b { calls Yards.pack }"
    )
    (found,) = [one for one in found_in(design) if one.code == "CXC604"]
    assert (
        found.message
        == "Customers pass from `Sales` and `Care` to `Yard` between `a` and `b`, and nothing is handed over"
    )
    assert [(related.span.line, related.message) for related in found.related] == [
        (20, "`Sales` and `Care` answer for this step"),
        (21, "`Yard` answers for this step"),
    ]
    assert "`on Gone -> b carries Entity.field`" in (found.help or "")


STACKS = {
    "one channel, while the journey is on others": (
        "",
        """
step a { via App, Phone; calls Orders.order }
step b { via App; calls Orders.track }
""",
        ["query `Orders.track`"],
    ),
    "called twice on one channel, in two journeys": (
        journey("step x { via App; calls Orders.track }", "K"),
        """
step a { via App, Phone; calls Orders.order }
step b { via App; calls Orders.track }
step c { via App; calls Orders.track }
""",
        ["query `Orders.track`"],
    ),
    "another journey calls it on another channel": (
        journey("step x { via Web; calls Orders.track }", "K"),
        """
step a { via App, Phone; calls Orders.order }
step b { via App; calls Orders.track }
""",
        [],
    ),
    "journeys on one channel have no stacks": (
        journey("step x { via Web; calls Help.ask }", "K"),
        "step a { via App; calls Orders.order }",
        [],
    ),
    "a journey on one channel may share a stack with one on several": (
        journey("step x { via App; calls Orders.order }", "K"),
        "step a { via App; calls Orders.order }\nstep b { via Phone }",
        ["command `Orders.order`"],
    ),
    "a whole service": (
        "",
        """
step a { via App; calls Yards.pack }
step b { via App; calls Yards.load }
step c { via Web; calls Help.ask }
step d { via Phone; calls Help.ask }
""",
        ["service `Yards`"],
    ),
    "two operations of a service on two channels are two stacks": (
        "",
        "step a { via App; calls Yards.pack }\nstep b { via Web; calls Yards.load }",
        ["command `Yards.pack`", "command `Yards.load`"],
    ),
    "one of two operations that others use as well leaves one stack": (
        "",
        "step a { via App, Web; calls Yards.pack }\nstep b { via App; calls Yards.load }",
        ["command `Yards.load`"],
    ),
    "one operation of a service is reported as one": (
        "",
        "step a { via App; calls Help.ask }\nstep b { via Web }",
        ["command `Help.ask`"],
    ),
    "what a process does and what an event triggers is used besides": (
        "event Packed\nprocess P1 { owner Yard; does Yards.load }\n"
        "service Other { owner Yard; on Packed -> pick; command pick() emits Packed }\n",
        "step a { via App; calls Yards.load, Other.pick }\nstep b { via Web }",
        [],
    ),
    "what is called behind the scenes is used besides": (
        "",
        "step a { via App; calls Yards.load }\nstep b { via none; calls Yards.load }\nstep c { via Web }",
        [],
    ),
    "a step that says nothing of channels says nothing of stacks": (
        "",
        """
step a { via App; calls Yards.load }
step b { calls Yards.load }
step c { via Web }
step d { calls Help.ask }
""",
        ["command `Yards.load`"],
    ),
    "messages have no stacks, and are no other way": (
        journey("step x { via App; calls Orders.order }\nstep y { via Sms }", "K"),
        "step a { via App, Web }\nstep b { via Sms; calls Help.ask }",
        [],
    ),
}


@pytest.mark.parametrize(("before", "steps", "expected"), STACKS.values(), ids=STACKS)
def test_vertical_stacks(before: str, steps: str, expected: list[str]) -> None:
    found = [one.message for one in found_in(HEAD + before + journey(steps)) if one.code == "CXC605"]
    assert [message.partition(" uses the ")[2].partition(",")[0] for message in found] == expected


@pytest.mark.parametrize(
    "broken",
    [
        "step b { via App; calls Yards.load }\nstep c { via Web; calls Yards.laod }",
        "step b { via App; calls Yards.load }\nstep c { via Web; cals Yards.load }",
        "step b { via App, Webb; calls Yards.load }\nstep c { via Web }",
        "step b { via App; calls Yards.load }\nstep c { via Web; calls Nobody.knows }",
    ],
)
def test_what_is_not_understood_may_have_been_another_use(broken: str) -> None:
    assert [one.code for one in found_in(HEAD + journey(broken)) if one.code == "CXC605"] == []


def test_a_stack_is_reported_where_it_is_declared_and_shows_who_calls_it() -> None:
    design = HEAD + journey("step a { via App; calls Help.ask }\nstep b { via Web }")
    (found,) = [one for one in found_in(design) if one.code == "CXC605"]
    assert (found.span.line, found.message) == (
        11,
        "Only `App` uses the command `Help.ask`, though `J` is offered on `Web` as well",
    )
    assert [(related.span.line, related.message) for related in found.related] == [
        (20, "called in this step, which only `App` serves")
    ]


HOURS = {
    "a channel that is closed at night": """
step a { via App } //! CXC613
step b { via Store }
""",
    "another channel of the step is open then": """
step a { via App }
step b { via Store, Night }
step c { via Store, Phone; -> d }
step d { via Phone, Store }
""",
    "a channel that is never open longer than the next": """
step a { via Store }
step b { via Phone; -> c }
step c { via App }
""",
    "ways of failures count, and each way is one finding": """
step a {
  via App, Web
  calls Orders.order
  on Gone -> b //! CXC613
  -> b when "In doubt" //! CXC613
  -> end
}
step b { via Store }
""",
    "waiting is as long as the door is closed": """
step a { via App; wait 1h..64h }
step b { via Store; -> c }
step c { via App; -> d }
step d { via Store; wait 64h }
""",
    "waiting is shorter than a weekend": """
step a { via App; wait 63h } //! CXC613
step b { via Store; -> c }
step c { via App; -> d } //! CXC613
step d { via Store; wait 1m..63h }
""",
    "who stays on a channel finds it as open as before": """
step a { via App, Store }
step b { via App, Store; -> c }
step c { via Store, App }
""",
    "who comes from one channel changes, who comes from another stays": """
step a { via App, Store } //! CXC613
step b { via Store }
""",
    "work that no customer sees does not open the door": """
step a { via App }
step b { via none } //! CXC613
step c { via Store }
""",
    "a door that opens on holidays only is no door, however long the wait": """
step a { via Store; wait 52w } //! CXC613
step b { via Holiday }
""",
    "who comes on holidays only comes on no day of the week": """
step a { via Holiday }
step b { via Store }
""",
    "nobody comes from where nobody gets": """
step a { via Store; -> end }
step b { via App; -> c }
step c { via Store }
""",
    "channels that are not understood may be open": """
step a { via App; -> b }
step b { via Store, Doro; -> c } //! CXC201
step c { via Broken }
""",
}


@pytest.mark.parametrize("steps", HOURS.values(), ids=HOURS)
def test_hours_gaps(steps: str) -> None:
    broken = 'channel Broken { kind store; owner Care; hours "Mo-Fr 9-17" } //! CXC108\n' if "Broken" in steps else ""
    check(HEAD + broken + journey(steps), "CXC613")


@pytest.mark.parametrize(
    ("hours", "closed"),
    [
        ("Mo-Fr 09:00-17:00", "from Friday 17:00 to Monday 09:00"),
        ("Mo-Su 08:00-20:00", "from Monday 20:00 to Tuesday 08:00"),
        ("Mo-Fr 20:00-04:00; Sa,Su 00:00-24:00", "from Monday 00:00 to Monday 20:00"),
        ("PH 08:00-20:00", "all week"),
    ],
)
def test_a_gap_says_when(hours: str, closed: str) -> None:
    door = f'channel Door {{ kind store; owner Care; hours "{hours}" }}\n'
    design = HEAD + door + journey("step a { via App }\nstep b { via Door }")
    (found,) = [one for one in found_in(design) if one.code == "CXC613"]
    assert found.message == f"Customers who come from `App` find `Door` closed {closed}"
    assert [related.message for related in found.related] == ["`App` is always open", "`Door` is open at these hours"]


def test_the_worst_of_several_channels_is_named() -> None:
    early = 'channel Early { kind phone; owner Care; hours "Mo-Fr 08:00-17:00" }\n'
    design = HEAD + early + journey("step a { via Early, Web }\nstep b { via Store }")
    (found,) = [one for one in found_in(design) if one.code == "CXC613"]
    assert "come from `Web`" in found.message


def test_the_minute_before_midnight_is_open() -> None:
    late = 'channel Late { kind phone; owner Care; hours "Mo-Su 00:00-23:59" }\n'
    check(HEAD + late + journey("step a { via App }\nstep b { via Late }"), "CXC613")
