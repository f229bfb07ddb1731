"""Rules 7xx: the tricky cases, with `//! CODE` where something is to be found; other rules are left out."""

from __future__ import annotations

import pytest

from findings import assert_rule_finds_what_it_says

MEANS = 'people T; process "p"; system X'
PEOPLE = "package a\nteam T\npersona P\nsystem X\n"


def journey(*steps: str) -> str:
    """Return a journey with some steps, each on a line of its own."""
    lines = "\n".join(steps)
    return f'journey J {{ kind use; persona P; trigger "t"; outcome "o"\nphase during {{\n{lines}\n}} }}\n'


BEHIND_STEPS = {
    "named in the step, or realized by a called service": PEOPLE
    + "capability C\nservice S { owner T; realizes C; command do() }\nservice R { owner T; command act() }\n"
    + journey(
        "step a { capability C }",
        "step b { calls S.do }",
        "step c { calls R.act, S.do }",
        "step d { calls R.act; capability C }",
        "step e { calls R.act } //! CXC701",
        "step f //! CXC701",
        "step g { calls none } //! CXC701",
        "step h {\n via none\n calls R.act //! CXC701\n}",
    ),
    "what could not be understood may have named one": PEOPLE
    + "capability C\nservice S { owner T; realizes D; command do() }\n"
    + journey("step a { calls S.do }", "step b { capability Z }", "step c { calls S.dew }", "step d { calls S.do2 }"),
    "a property that is unknown": PEOPLE
    + "service S { owner T; realises C; command do() }\n"
    + journey("step a { calls S.do }", "step b { capabilty C }"),
}

ORPHANS = {
    "used by a service or a step, not only provided by a partner": f"""
package a
team T
persona P
system X
partner Q {{ provides Given, "words" }}
capability Realized {{ {MEANS} }}
capability Named {{ {MEANS} }}
capability Given {{ {MEANS} }} //! CXC702
capability Nobody {{ {MEANS} }} //! CXC702
capability Proposed {{ {MEANS}; status proposed }} //! CXC702
capability Old {{ {MEANS}; deprecated "nobody needs it" }}
service S {{ owner T; realizes Realized; command do() }}
"""
    + journey("step a { capability Named; calls S.do }"),
    "the whole is in use, so its parts are": f"""
package a
team T
system X
service S {{ owner T; realizes Whole, Grand }}
capability Whole {{ capability One {{ {MEANS} }}; capability Two {{ {MEANS} }} }}
capability Grand {{ capability Middle {{ capability Small {{ {MEANS} }} }} }}
capability Lonely {{
  capability Three {{ {MEANS} }} //! CXC702
  capability Four {{ capability Five {{ {MEANS} }} }} //! CXC702
}}
""",
    "a part in use is no use of its sisters": f"""
package a
team T
system X
service S {{ owner T; realizes One }}
capability Whole {{
  capability One {{ {MEANS} }}
  capability Two {{ {MEANS} }} //! CXC702
}}
""",
    "parts of what is deprecated": f"""
package a
team T
system X
service S {{ owner T }}
capability Whole {{ deprecated "gone"; capability One {{ {MEANS} }} }}
""",
    "a map without services and journeys is for others": f"""
package a
team T
system X
capability One {{ {MEANS} }}
""",
    "a misspelt name may mean it": f"""
package a
team T
system X
capability Billing {{ {MEANS} }}
capability Other {{ {MEANS} }} //! CXC702
service S {{ owner T; realizes Bilings }}
""",
    "a name that resembles nothing may mean any": f"""
package a
team T
system X
capability Billing {{ {MEANS} }}
capability Other {{ {MEANS} }}
service S {{ owner T; realizes Zzzzzzzzzz }}
""",
    "a name of another kind that is unknown means none": f"""
package a
team T
system X
capability Billing {{ {MEANS} }} //! CXC702
service S {{ owner T; runs_on Zzzzzzzzzz }}
""",
    "an import is no use": f"""
// file: one.blueprint
package a
team T
system X
capability Billing {{ {MEANS} }} //! CXC702
// file: two.blueprint
package b
from a import Billing, T
service S {{ owner T }}
""".lstrip(),
}

LACKING = {
    "each of the three": """
package a
team T
system X
partner Q
entity E { id: uuid @key }
process Work { owner T }
capability Full { people T; process Work; system X }
capability Words { people Q; process "as always"; system X }
capability NoPeople { process Work; system X } //! CXC703
capability NoProcess { people T; system X } //! CXC703
capability NoSystem { people T; process Work } //! CXC703
capability Nothing { information E; maturity 2 -> 3 } //! CXC703
capability Bare //! CXC703
""",
    "whoever has parts needs none, and gives none": """
package a
team T
system X
capability Whole {
  people T; process "p"; system X
  capability Part //! CXC703
}
capability Other { capability Part2 { people T; process "p"; system X } }
""",
    "only planned things need them": """
package a
capability Existing { status existing } //! CXC703
capability Planned { status planned } //! CXC703
capability Proposed { status proposed }
capability Idea { status proposed; capability Part }
capability Idea2 {
  status proposed
  capability Part2 { status existing } //! CXC703
}
capability Gone { deprecated "use Existing" }
capability Going { deprecated "use Existing"; capability Part3 }
""",
    "what could not be understood may have been it": """
package a
team T
capability Misspelt { people T; process "p"; system Xy }
capability Unknown { people T; proces "p"; system Xz }
""",
}

WEAK = {
    "below its aim, by the step and by the services": PEOPLE
    + f"""
capability Low {{ {MEANS}; maturity 2 -> 4 }}
capability Lower {{ {MEANS}; maturity 1 -> 2 }}
capability Good {{ {MEANS}; maturity 4 -> 4 }}
capability Still {{ {MEANS}; maturity 1 }}
capability Falling {{ {MEANS}; maturity 4 -> 3 }}
capability Plain {{ {MEANS} }}
service S {{ owner T; realizes Low, Good, Plain; command do() }}
service R {{ owner T; realizes Good, Still; command act() }}
"""
    + journey(
        "step a { moment_of_truth; capability Low } //! CXC704",
        "step b { capability Low }",
        "step c { moment_of_truth; calls S.do } //! CXC704",
        "step d { moment_of_truth; calls R.act }",
        "step e { moment_of_truth; calls R.act, S.do; capability Lower } //! CXC704",
        "step f { moment_of_truth; capability Good, Still, Falling, Plain }",
        "step g { moment_of_truth }",
        "step h { moment_of_truth; calls S.dew; capability Nobody }",
    ),
    "only what is named counts": PEOPLE
    + f"""
capability Whole {{ maturity 3 -> 3; capability Part {{ {MEANS}; maturity 1 -> 5 }} }}
capability Above {{ maturity 1 -> 5; capability Below {{ {MEANS}; maturity 3 -> 3 }} }}
"""
    + journey(
        "step a { moment_of_truth; capability Whole }",
        "step b { moment_of_truth; capability Below }",
        "step c { moment_of_truth; capability Above } //! CXC704",
    ),
}

FALLING = {
    "levels": f"""
package a
team T
system X
capability Up {{ {MEANS}; maturity 1 -> 5 }}
capability Same {{ {MEANS}; maturity 3 -> 3 }}
capability Once {{ {MEANS}; maturity 3 }}
capability Down {{ {MEANS}; maturity 3 -> 2 }} //! CXC705
capability Whole {{
  maturity 5 -> 1 //! CXC705
  capability Part {{ {MEANS}; maturity 2 -> 1; status proposed }} //! CXC705
}}
capability Old {{ {MEANS}; maturity 4 -> 1; deprecated "use Up" }}
""",
    "a level that could not be read": PEOPLE
    + f"""
capability Down {{ {MEANS}; maturity 5 -> 0 }}
capability Up {{ {MEANS}; maturity -> 1 }}
capability Words {{ {MEANS}; maturity high -> low }}
"""
    + journey("step a { moment_of_truth; capability Down, Up, Words }"),
}

ENDING = {
    "services, capabilities and steps": """
package a
team T
persona P
partner Q
system New { lifecycle live; replaced_by Later }
system Later { lifecycle planned }
system Sunset { lifecycle sunset; replaced_by New }
system Retired { lifecycle retired }
service One { owner T; runs_on New, Later }
service Two { owner T; runs_on Sunset } //! CXC707
service Three {
  owner T
  runs_on New,
    Retired, //! CXC707
    Sunset //! CXC707
}
service Four { owner T; runs_on Later, Sunset, Retired } //! CXC707 CXC707
capability C { people T; process "p"; system Sunset } //! CXC707
capability D { people T; process "p"; system New, Sunset } //! CXC707
"""
    + journey(
        'step a { support Sunset "asks it"; support Q "helps" } //! CXC707',
        'step b { support New "asks it first" }',
        'step c { support One "asks it" }',
    ),
    "what stands elsewhere does not help": """
package a
team T
system New { lifecycle live }
system Sunset { lifecycle sunset; replaced_by New }
service One { owner T; runs_on New; realizes C }
capability C { people T; process "p"; system Sunset } //! CXC707
""",
    "who is on the way out may use what is": """
package a
team T
system Sunset { lifecycle sunset }
service One { owner T; runs_on Sunset; deprecated "use Two" }
system Other { lifecycle live; replaced_by Sunset }
""",
    "what is deprecated is told by another rule": """
package a
team T
system Sunset { lifecycle sunset; deprecated "use New" }
system New { lifecycle live }
service One { owner T; runs_on Sunset; command do() }
""",
}

PROPOSED = {
    "by a service and by a step, the parts included": PEOPLE
    + f"""
partner Q {{ provides Idea }}
capability Idea {{ {MEANS}; status proposed }}
capability Planned {{ {MEANS}; status planned }}
capability There {{ {MEANS}; status existing }}
capability Silent {{ {MEANS} }}
capability Whole {{
  status proposed
  capability Part {{ {MEANS} }}
  capability Ready {{ {MEANS}; status existing }}
}}
service S {{ owner T; realizes There, Planned, Silent, Ready; command do() }}
service R {{
  owner T
  realizes There,
    Idea, //! CXC708
    Part //! CXC708
}}
"""
    + journey(
        "step a { capability Idea } //! CXC708",
        "step b { capability Whole } //! CXC708",
        "step c { capability Ready, Silent }",
        "step d { calls S.do }",
    ),
}


@pytest.mark.parametrize("design", BEHIND_STEPS.values(), ids=BEHIND_STEPS)
def test_a_capability_behind_each_step(design: str) -> None:
    assert_rule_finds_what_it_says(design, "CXC701")


@pytest.mark.parametrize("design", ORPHANS.values(), ids=ORPHANS)
def test_capabilities_that_nothing_uses(design: str) -> None:
    assert_rule_finds_what_it_says(design, "CXC702")


@pytest.mark.parametrize("design", LACKING.values(), ids=LACKING)
def test_capabilities_without_means(design: str) -> None:
    assert_rule_finds_what_it_says(design, "CXC703")


@pytest.mark.parametrize("design", WEAK.values(), ids=WEAK)
def test_moments_of_truth_on_weak_capabilities(design: str) -> None:
    assert_rule_finds_what_it_says(design, "CXC704")


@pytest.mark.parametrize("design", FALLING.values(), ids=FALLING)
def test_maturity_that_falls(design: str) -> None:
    assert_rule_finds_what_it_says(design, "CXC705")


@pytest.mark.parametrize("design", ENDING.values(), ids=ENDING)
def test_systems_that_are_ending(design: str) -> None:
    assert_rule_finds_what_it_says(design, "CXC707")


@pytest.mark.parametrize("design", PROPOSED.values(), ids=PROPOSED)
def test_proposed_capabilities_in_use(design: str) -> None:
    assert_rule_finds_what_it_says(design, "CXC708")
