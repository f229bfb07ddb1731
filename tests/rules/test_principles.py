"""Rules 804 and 805: who breaks a principle and by what, what cannot be asked, and what is held against nobody."""

from __future__ import annotations

import pytest

from cxc.diagnostics import Diagnostic
from findings import expected_in, found_in, shown

DESIGN = """
package clinic

team Desk { kind operations }
team Digital { kind technology }
partner Couriers
persona Patient { goal "Well again"; prefers App; language en, cy }
capability Care { importance strategic; maturity 2 -> 4; capability Visits { people Desk; maturity 3 }
  capability Bills }
system Diary { lifecycle sunset }
metric Ease { kind ces; target <= 2 }
service Visiting {
  owner Desk
  realizes Visits
  runs_on Diary
  availability 99.9%
  query free(day: date) -> [string] { latency 300ms }
  command book(day: date) -> string { idempotent }
}
service Paying { owner Digital; query due() -> int }
channel App { kind mobile; identity authenticated; owner Digital; availability 99% }
channel Phone { kind phone; owner Desk }
journey Book {
  kind use
  persona Patient
  trigger "Feels ill"
  outcome "Has a day"
  target { duration 3d }
  phase during {
    step look { via App; calls Visiting.free; evidence "Card"; moment_of_truth; wait 1h..2h; -> pay share 20% -> call }
    step pay { via App; calls Paying.due; evidence none; -> end }
    step call { via Phone; calls Visiting.book; wait 10m; measures Ease }
  }
}
journey Pay {
  kind pay
  persona Patient
  trigger "A letter"
  outcome "Paid"
  phase during { step settle { via App, Phone; calls Paying.due; -> settle when "Fails"; -> end; wait 1m } }
}
"""


def judged(*requires: str, because: str = "", design: str = DESIGN) -> list[Diagnostic]:
    """Return what is found about principles in a design with one that requires this."""
    written = "".join(f'  require "{require}"\n' for require in requires)
    reason = f'  because "{because}"\n' if because else ""
    found = found_in(f"{design}\nprinciple P {{\n{written}{reason}}}\n")
    return [one for one in found if one.code in ("CXC804", "CXC805")]


def told(found: Diagnostic) -> str:
    """Return what a finding says of a principle that does not hold, without what all of them say."""
    assert found.code == "CXC804", found.message
    return found.message.removeprefix("The principle `P` does not hold").removeprefix(": ").removeprefix(" ")


def related(found: Diagnostic) -> list[str]:
    return [one.message for one in found.related]


HOLDS = [
    "steps.all(s, s.assisted || s.moment_of_truth || s.evidence.size() == 0)",
    "journeys.all(j, j.channels.exists(c, c.kind == 'mobile'))",
    "journeys.all(j, j.self_service >= 0.2)",
    "journeys.filter(j, j.kind == 'use').all(j, j.self_service >= 0.2 && j.self_service <= 0.2)",
    "journeys.filter(j, j.kind == 'use').all(j, j.expected_duration == duration('68m'))",
    "journeys.filter(j, has(j.longest_duration)).all(j, j.longest_duration <= duration('130m'))",
    "journeys.exists(j, !has(j.longest_duration) && j.longest_duration == null && j.loops == 1)",
    "journeys.all(j, !has(j.target.duration) || j.target.duration == duration('3d'))",
    "channels.exists(c, c.kind == 'phone' && c.assisted && !has(c.availability))",
    "steps.filter(s, s.moment_of_truth).all(s, s.teams.exists(t, t.name == 'Desk'))",
    "steps.exists(s, has(s.evidence) && s.evidence.size() == 0) && steps.exists(s, !has(s.evidence))",
    "capabilities.filter(c, c.importance == 'strategic').all(c, c.maturity.current >= 2 && c.maturity.gap == 2)",
    "capabilities.all(c, c.level <= 2) && capabilities.filter(c, has(c.parent)).all(c, c.parent.name == 'Care')",
    "operations.exists(o, o.kind == 'command' && o.idempotent && o.channels.all(c, c.assisted))",
    "services.all(s, s.owner.word == 'team') && systems.all(s, s.retiring && s.services.size() == 1)",
    "teams.all(t, t.journeys.size() > 0) && partners.all(p, p.steps == [])",
    "personas.all(p, 'cy' in p.language && p.prefers[0].name.startsWith('App'))",
    "steps.all(s, s.journey.steps.exists(t, t == s)) && phases.all(p, p.when in ['before', 'during', 'after'])",
    "size(services) == 2 && services.exists_one(s, s.channels.exists(c, c.name == 'Phone') && s.name == 'Visiting')",
    "steps.map(s, s.name).exists(n, n.matches('^se..le$'))",
    "(services.size() > 5 ? false : true) && !(channels.size() > 5)",
    "metrics.all(m, m.target.operator == '<=' && m.target.value <= 2 && m.steps.size() == 1)",
    "steps.filter(s, has(s.wait.longest)).map(s, s.wait.longest) == [duration('2h')]",
    "steps.all(s, s.next.all(n, n.journey == s.journey)) && steps.exists(s, s in s.next)",
    "1 / 0 > 0 || true",
    "[].all(x, x.y) && true",
]


@pytest.mark.parametrize("require", HOLDS)
def test_what_holds_is_no_finding(require: str) -> None:
    assert [(one.message, one.help) for one in judged(require)] == []


BROKEN = [
    ("journeys.all(j, j.self_service >= 0.9)", "`Book` has `self_service` 0.2", ["`Book` has `self_service` 0.2"]),
    (
        "services.all(s, s.availability >= 0.999 && s.channels.size() > 5)",
        "for 2 services: `Visiting` and `Paying`",
        ["`Visiting` has 2 `channels`", "`Paying` has no `availability` and has 2 `channels`"],
    ),
    ("services.all(s, s.availability >= 0.999)", "`Paying` has no `availability`", ["`Paying` has no `availability`"]),
    ("!services.exists(s, s.owner.name == 'Desk')", '`Visiting` has `owner.name` "Desk"', None),
    ("services.exists(s, s.owner.name == 'Desk') == false", "`services.exists(s, s.owner.name == 'Desk')` is true", []),
    ("steps.filter(s, has(s.wait) && s.wait.expected > duration('30m')).size() == 0", None,
     ["`Book.look` has a `wait` and has `wait.expected` 1h"]),
    ("size(steps.filter(s, s.evidence.size() > 0)) < 1", None, ["`Book.look` has 1 `evidence`"]),
    ("steps.filter(s, s.evidence.size() > 0) == []", None, ["`Book.look` has 1 `evidence`"]),
    ("journeys.all(j, j.steps.all(s, s.evidence.size() > 0))", "for 3 steps: `Book.pay`, `Book.call` and `Pay.settle`",
     ["`Book.pay` has no `evidence`", "`Book.call` has no `evidence`", "`Pay.settle` has no `evidence`"]),
    ("journeys.all(j, j.channels.exists(c, c.kind == 'store'))", "for 2 journeys: `Book` and `Pay`",
     ["`Book` has 2 `channels`, and none is so", "`Pay` has 2 `channels`, and none is so"]),
    ("journeys.all(j, j.experiences.exists(e, e.channel.assisted))", None,
     ["`Book` has no `experiences`", "`Pay` has no `experiences`"]),
    ("journeys.all(j, j.longest_duration <= duration('1d'))", "`Pay` has no `longest_duration`", None),
    ("journeys.all(j, j.longest_duration <= duration('1h'))", None,
     ["`Book` has `longest_duration` 2h10m", "`Pay` has no `longest_duration`"]),
    ("channels.exists(c, c.kind == 'store')", "none of `channels` is so", []),
    ("tiers.exists(t, t.support == 'concierge')", "there are no `tiers`", []),
    ("channels.size() >= 3", "`channels.size()` is 2", []),
    ("channels.size() <= 1", "`channels.size()` is 2", []),
    ("channels.filter(c, c.assisted).size() >= 2", "`channels.filter(c, c.assisted).size()` is 1", []),
    ("capabilities.filter(c, c.importance == 'strategic').all(c, c.maturity.current >= 3)",
     "`Care` has `maturity.current` 2", None),
    ("capabilities.all(c, c.maturity.current >= 1)", "`Bills` has no `maturity`", None),
    ("journeys.all(j, has(j.target))", "`Pay` has no `target`", None),
    ("journeys.all(j, !has(j.target))", "`Book` has a `target`", None),
    ("steps.all(s, !s.moment_of_truth)", "`Book.look` has `moment_of_truth` true", None),
    ("steps.all(s, s.assisted || s.name == 'look')", "for 2 steps: `Book.pay` and `Pay.settle`",
     ['`Book.pay` has `assisted` false and has `name` "pay"',
      '`Pay.settle` has `assisted` false and has `name` "settle"']),
    ("journeys.all(j, j.kind == 'use' ? j.self_service > 0.5 : true)", "`Book` has `self_service` 0.2", None),
    ("services.exists_one(s, s.operations.size() > 0)", "for 2 services: `Visiting` and `Paying`",
     ["`Visiting` is one of 2", "`Paying` is one of 2"]),
    ("services.exists_one(s, s.operations.size() > 9)", "none of `services` is so", []),
    ("steps.all(s, s.name in ['look', 'pay', 'call'])", '`Pay.settle` has `name` "settle"', None),
    ("teams.all(t, t.name.startsWith('D') && t.name.size() < 5)", "`Digital`: `name.size()` is 7", None),
    ("services.all(s, s.operations.map(o, o.name).all(n, n.size() > 3))", "`Paying`: `n.size()` is 3", None),
    ("services.filter(s, s.availability > 0.9).size() > 0", "`Paying` has no `availability`", None),
    ("false", "", []),
    ("journeys.all(j, true) && false", "", []),
]  # fmt: skip


@pytest.mark.parametrize(("require", "message", "labels"), BROKEN)
def test_who_breaks_a_principle_is_told(require: str, message: str | None, labels: list[str] | None) -> None:
    found = judged(require)
    if message == "":
        assert [told(one) for one in found] in ([""], [])
        return
    (one,) = found
    assert message is None or message in told(one), told(one)
    assert labels is None or related(one) == labels, related(one)


def test_each_part_that_does_not_hold_is_a_finding_of_its_own() -> None:
    found = judged(
        "channels.size() > 5 && services.all(s, s.availability > 0.5) && teams.size() > 1", "tiers.size() > 0"
    )
    assert [told(one) for one in found] == [
        "`channels.size()` is 2", "`Paying` has no `availability`", "`tiers.size()` is 0",
    ]  # fmt: skip


def test_the_reason_stands_in_the_help() -> None:
    (found,) = judged("tiers.size() > 0", because="People choose")
    assert found.help == "Mend what is named here, or change the principle. It is there because: People choose."
    (found,) = judged("services.all(s, s.availability > 0.5)")
    assert found.help is not None
    assert "`has(…)`" in found.help


def test_only_some_of_many_are_pointed_at() -> None:
    many = "".join(f"team T{number}\n" for number in range(40))
    (found,) = judged("teams.all(t, has(t.contact))", design=DESIGN + many)
    assert told(found) == "for 42 teams: `Desk`, `Digital`, `T0` and 39 more"
    assert len(found.related) == 10


def test_elements_of_several_kinds_are_elements() -> None:
    (found,) = judged(
        "services.all(s, s.availability > 0.999) || false", "[teams, partners].all(l, l.all(x, x.label == 'a'))"
    )[1:]
    assert told(found).startswith("for 3 elements: `Desk`, `Digital` and `Couriers`")


def test_the_false_part_is_what_is_marked() -> None:
    (found,) = judged("teams.size() > 0 && services.all(s, s.channels.size() > 0 && s.availability >= 0.999)")
    line = '  require "teams.size() > 0 && services.all(s, s.channels.size() > 0 && s.availability >= 0.999)"'
    assert line[found.span.column - 1 : found.span.end_column - 1] == "s.availability"


# ---- what cannot be asked --------------------------------------------------------------------------------------------

INVALID = [
    ("journies.size() > 0", "There is no `journies` here", "Did you mean `journeys`?"),
    ("journey.size() > 0", "There is no `journey` here", "Did you mean `journeys`?"),
    ("tiers.all(t, t.suport == 'assisted')", "A tier has no `suport`", "Did you mean `support`?"),
    ("tiers.all(t, t.channels.all(c, c.kind == 'shop'))", "This is never 'shop'", "There are 'web', "),
    ("channels.all(c, c.kind in ['web', 'phon'])", "This is never 'phon'", "Did you mean 'phone'?"),
    ("journeys.all(j, j.target.availability > '99%')", "A number cannot be compared with a text", "without quotes"),
    (
        "journeys.all(j, j.expected_duration < 3600)",
        "A duration cannot be compared with a whole number",
        "duration('2h')",
    ),
    ("services.all(s, s.owner == 'Desk')", "A team or partner never equals a text", "Compare its name"),
    ("services.size()", "This is a whole number, but", "Compare it with something"),
    ("services.filter(s, true)", "This is a list of services, but", "size() > 0"),
    ("services.all(s, s.operations)", "`all` takes an answer yes or no, but this is a list of operations", "all(x, …)"),
    ("services.all(s, s.availability)", "`all` takes an answer yes or no, but this is a number", "`has(…)`"),
    ("services.owner.name == 'a'", "A list of services has no `owner`", "Ask each of them"),
    ("size(1) > 0", "`size` takes a text, bytes, a list or a map, but this is a whole number", None),
    ("services.all(s, s.name.startWith('a'))", "There is no function `startWith`", "Did you mean `startsWith()`?"),
    ("services.all(s, s.name.size == 1)", "A text has no `size`", "Write `size()`."),
    ("services.all(s, s.operations().size() == 1)", "`operations` is a property", "Write `.operations`."),
    ("services.all(s, t.name == 'a')", "There is no `t` here", None),
    ("services.all(s, s.evidence != null)", "A service has no `evidence`", None),
    ("steps.all(s, s.evidence != null)", "This is never `null`", "`has(…)`"),
    ("1 / 0 > 0", "This divides by zero", None),
    ("services[7].name == 'a'", "The list has no item of this number", None),
    ("int('a') > 0", "`a` is no whole number", None),
    ("9223372036854775807 + 1 > 0", "The result is too large", None),
    ("services.all(s, 1 / (s.operations.size() - 2) > 5)", "This divides by zero", None),
    ("services.all(s, s.name = 'a')", "`=` compares nothing", "Write `==`."),
    ("services.all(s, true) and true", "`and` is no operator", "Write `&&`."),
    ("services.all(s, not true)", "`not` is no operator", "Write `!`."),
    ("services.all(s true)", "`true` cannot stand here", None),
    ("services.all(s, true", "The expression ends too early", None),
    ("services.all(true)", "`all` takes a name for each item", "journeys.all(j, …)"),
    ("dyn(1)", "This is no answer yes or no", None),
    ("timestamp('2026-01-01T00:00:00Z') < now", "There is no function `timestamp`", None),
]


@pytest.mark.parametrize(("require", "message", "help"), INVALID)
def test_what_cannot_be_asked_is_told(require: str, message: str, help: str | None) -> None:
    found = judged(require)[0]
    assert found.code == "CXC805"
    assert message in found.message
    assert help is None or help in (found.help or "")


def test_a_property_that_there_is_not_is_found_where_nothing_has_one() -> None:
    found = judged("tiers.all(t, t.x) && purposes.exists(p, p.y == 1)", "events.all(e, e.emitted_by.z)")
    assert [one.message for one in found] == [
        "A tier has no `x`", "A purpose has no `y`", "A list of operations has no `z`",
    ]  # fmt: skip


def test_a_mistake_in_one_expression_hides_no_other() -> None:
    found = judged("x", "tiers.size() > 0", "y", "teams.size() > 9")
    assert [one.code for one in found] == ["CXC805", "CXC804", "CXC805", "CXC804"]


def test_for_which_element_it_cannot_be_asked_is_told() -> None:
    (found,) = judged("services.all(s, 1 / (s.operations.size() - 2) > -5)")
    assert [DESIGN.splitlines()[one.span.line - 1].split()[1] for one in found.related] == ["Visiting"]


# ---- what is held against nobody -------------------------------------------------------------------------------------

UNDERSTOOD = {
    "a statement that was not understood may have been the value": """
package a
team T
service S {
  owner T
  avialability 99%
}
service R { owner T }
principle P { require "services.all(s, s.availability > 0.9)" } //! CXC804
principle Q { require "services.filter(s, s.name == 'S').all(s, s.availability > 0.9)" }
principle U { require "services.filter(s, s.availability > 0.9).size() == 1" }
""",
    "a name that leads nowhere may have been the one": """
package a
team T
team U
service S { owner Tt }
principle P { require "teams.exists(t, t.services.size() > 0)" }
principle Q { require "services.all(s, s.owner.name == 'T')" }
principle R { require "services.all(s, s.operations.size() > 0)" }
principle V { require "teams.all(t, has(t.contact))" } //! CXC804
""",
    "what is behind a way that was not understood is uncertain": """
package a
channel App { kind mobile; owner T }
channel Phone { kind phone; owner T }
team T
persona A
journey J {
  kind use
  persona A
  trigger "a"
  outcome "b"
  phase during {
    step one { via App; -> twoo share 20%; -> end }
    step two { via Phone }
  }
}
principle P { require "journeys.all(j, j.self_service > 1)" }
principle Q { require "journeys.all(j, j.channels.exists(c, c.kind == 'web'))" }
principle R { require "channels.all(c, c.kind == 'web')" } //! CXC804
principle V { require "steps.all(s, s.reached)" }
principle W { require "channels.all(c, has(c.availability)) || tiers.size() > 0" } //! CXC804
""",
    "a name that resembles nothing may mean any": """
package a
team T
service S { owner T; query q() -> int }
channel App { kind mobile; owner T }
persona A
journey J {
  kind use
  persona A
  trigger "a"
  outcome "b"
  phase during { step one { via App; calls Zzzzzzzz.yyyyyyyy } }
}
principle P { require "operations.all(o, o.steps.size() > 0)" }
principle Q { require "services.all(s, s.journeys.size() > 0)" }
principle R { require "services.all(s, s.operations.size() > 1)" } //! CXC804
""",
    "an expression is read even where the design is not": """
package a
service S {
  onwer T
}
principle P { require "servises.size() > 0" } //! CXC805
""",
    "a principle that was not understood is not asked": """
package a
team T
principle P { requires "teams.size() > 9" }
principle Q { require teams }
""",
    "over several lines": '''
package a
team T
service S { owner T }
principle P {
  require """
    services.all(s,
      s.availability > 0.9 //! CXC804
    )
    """
  require """
    services.all(s, true)
      && teams.all(t, t.x) && teams.all(t, //! CXC805
        t.name.startsWith(1) //! CXC805
      )
    """
  require "teams.size() > 0"
  because "It counts"
}
''',
}


@pytest.mark.parametrize("design", UNDERSTOOD.values(), ids=UNDERSTOOD)
def test_what_was_not_understood_is_held_against_nobody(design: str) -> None:
    found = [one for one in found_in(design) if one.code in ("CXC804", "CXC805")]
    assert sorted(f"{one.span} {one.code}" for one in found) == sorted(expected_in(design)), shown(tuple(found))


def test_a_file_that_cannot_be_cut_into_statements_may_declare_anything() -> None:
    files = {
        "a.blueprint": 'package a\nteam T\nprinciple P { require "services.size() > 0", "servises.size() > 0" }\n',
        "b.blueprint": 'package a\nservice S { owner T; """x\n',
    }
    assert [one.code for one in found_in(files) if one.code > "CXC8"] == ["CXC805"]


def test_a_finding_may_be_allowed_in_place() -> None:
    design = 'package a\n// cxc: allow CXC804 "Not before spring"\nprinciple P { require "services.size() > 0" }\n'
    (found,) = found_in(design)
    assert found.suppression is not None
