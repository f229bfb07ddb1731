"""Rules 8xx on metrics and journeys: the tricky cases, with `//! CODE` where something is to be found."""

from __future__ import annotations

import pytest

from findings import assert_rule_finds_what_it_says, found_in

PEOPLE = """
package a
team T
persona P
channel Web { kind web; owner T }
channel Ivr { kind ivr; owner T }
channel Phone { kind phone; owner T }
channel Shop { kind store; owner T }
metric Net { kind nps }
metric Sat { kind csat }
metric Ease { kind ces }
metric Kept { kind containment }
metric Done { kind completion }
metric Own { kind custom; unit "smiles" }
"""


def journey(name: str, properties: str, *steps: str) -> str:
    """Return a journey of kind use with a line for its name, one for its properties and one for each step."""
    lines = "\n".join(steps)
    head = f'kind use; persona P; trigger "t"; outcome "o"; {properties}'
    return f"journey {name}\n{{ {head}\nphase during {{\n{lines}\n}} }}\n"


UNMEASURED = {
    "in the journey, or in one step": PEOPLE
    + journey("A", "measures Own", "step a")
    + journey("B", "", "step a", "step b { measures Kept }")
    + journey("C //! CXC801", "", "step a", "step b"),
    "a phase without steps": PEOPLE + journey("A //! CXC801", ""),
    "a measure that could not be understood": PEOPLE
    + journey("A", "measures Nett", "step a")
    + journey("B", "mesures Net", "step a")
    + journey("C", "", "step a { measures Ownn }"),
}

SCALES = {
    "what each kind may be": """
package a
metric A { kind nps; target >= -100; baseline 100 }
metric B { kind nps; target < 100; baseline -100 }
metric C { kind csat; target >= 0; baseline 100% }
metric D { kind fcr; target <= 100%; baseline 0.5 }
metric E { kind containment; target > 99.9%; baseline 0% }
metric F { kind completion; target < 100; baseline 33.3 }
metric G { kind ces; target > 1; baseline 7 }
metric H { kind ces; target < 7; baseline 1.0 }
metric I { kind duration; target <= 0s; baseline 300ms }
metric J { kind duration; target < 2w; baseline 1h30m }
metric K { kind custom; target >= 1000000; baseline 12% }
metric L { kind custom; target <= 2d; baseline -3.5 }
metric M { kind nps }
metric N { kind duration; unit hours }
""",
    "outside": """
package a
metric A { kind nps; target >= 101 } //! CXC802
metric B { kind nps; target >= -100.5; baseline 100.1 } //! CXC802 CXC802
metric C { kind csat; target >= 101% } //! CXC802
metric D { kind fcr; baseline -0.1 } //! CXC802
metric E { kind containment; target <= 250 } //! CXC802
metric F { kind completion; baseline 100.01% } //! CXC802
metric G { kind ces; target >= 0.9; baseline 7.1 } //! CXC802 CXC802
metric H { kind ces; target <= 0 } //! CXC802
""",
    "another unit": """
package a
metric A { kind nps; target >= 40% } //! CXC802
metric B { kind nps; baseline 2d } //! CXC802
metric C { kind ces; target >= 6%; baseline 5% } //! CXC802 CXC802
metric D { kind csat; target <= 2d } //! CXC802
metric E { kind duration; target <= 2 } //! CXC802
metric F { kind duration; target <= 20% } //! CXC802
metric G { kind duration; baseline 3; unit days } //! CXC802
metric H { kind completion; baseline 1s } //! CXC802
""",
    "never above the highest, never below the lowest": """
package a
metric A { kind nps; target > 100 } //! CXC802
metric B { kind csat; target < 0% } //! CXC802
metric C { kind ces; target < 1 } //! CXC802
metric D { kind ces; target > 7 } //! CXC802
metric E { kind ces; target <= 1 }
metric F { kind nps; target >= 100 }
""",
    "at the property": """
package a
metric A {
  kind nps
  target >= 101 //! CXC802
  baseline 40
}
metric B {
  kind nps
  target >= 40
  baseline 101 //! CXC802
}
""",
    "what could not be understood": """
package a
metric A { kind npss; target >= 400 }
metric B { target >= 400 }
metric C { kind nps; target 400 }
metric D { kind nps; target >= high; baseline low }
""",
}

SELF_SERVICE = {
    "shares, written and left": PEOPLE
    + journey(
        "A",
        "target { self_service 75% }",
        "step a { via Web; -> help share 25%; -> end }",
        "step help { via Phone }",
    )
    + journey(
        "B",
        "target { self_service 76% } //! CXC803",
        "step a { via Web; -> help share 25%; -> end }",
        "step help { via Phone }",
    )
    + journey(
        "C",
        "target { self_service 34% } //! CXC803",
        'step a { via Web; -> help when "x"; -> store when "y"; -> end }',
        "step help { via Phone; -> end }",
        "step store { via Shop }",
    ),
    "all customers, and none": PEOPLE
    + journey("A", "target { self_service 100% }", "step a { via Web, Phone }", "step b { via Ivr }", "step c")
    + journey("B", "target { self_service 1% } //! CXC803", "step a { via Web }", "step b { via Phone, Shop }")
    + journey("C", "target { self_service 0% }", "step a { via Phone }")
    + journey("D", "", "step a { via Phone }")
    + journey("E", "target { duration 2d }", "step a { via Phone }"),
    "a loop sends them by people again and again": PEOPLE
    + journey(
        "A",
        "target { self_service 80% }",
        "step a { via Web; -> help share 10%; -> again share 50%; -> end }",
        "step help { via Phone; -> end }",
        "step again { via Web; -> a }",
    )
    + journey(
        "B",
        "target { self_service 81% } //! CXC803",
        "step a { via Web; -> help share 10%; -> again share 50%; -> end }",
        "step help { via Phone; -> end }",
        "step again { via Web; -> a }",
    ),
    "failures have no share, and what nobody reaches does not count": PEOPLE
    + "error Down\nservice S { owner T; command do() fails Down }\n"
    + journey(
        "A",
        "target { self_service 100% }",
        "step a { via Web; calls S.do; on Down -> help; -> end }",
        "step help { via Phone }",
        "step lost { via Phone }",
    ),
    "shares that come to just the target": PEOPLE
    + journey(
        "A",
        "target { self_service 70% }",
        "step a { via Web; -> help share 10%; -> b }",
        "step b { via Web; -> help share 22.2222222222%; -> end }",
        "step help { via Phone }",
    ),
    "who never comes to an end proves nothing": PEOPLE
    + journey("A", "target { self_service 90% }", "step a { via Web }", "step b { via Web; -> a }"),
    "what could not be understood": PEOPLE
    + journey("A", "target { self_service 90% }", "step a { via Web; -> help; -> b }", "step help { via Phone, Wbe }")
    + journey("B", "target { self_service 90% }", "step a { via Phone; colour red }"),
    "at the property": PEOPLE
    + journey("A", "\ntarget {\n duration 2d\n self_service 1% //! CXC803\n}", "step a { via Phone }"),
}

CONTAINED = {
    "with and without asking": PEOPLE
    + journey("A", "measures Kept //! CXC806", "step a")
    + journey("B", "measures Kept, Net", "step a")
    + journey("C", "measures Kept", "step a { measures Sat }")
    + journey("D", "measures Ease", "step a { measures Kept }")
    + journey("E", "measures Done, Own", "step a { measures Done, Kept } //! CXC806", "step b { measures Kept }")
    + journey("F", "measures Done", "step a")
    + journey("G", "", "step a"),
    "what another journey asks": PEOPLE
    + journey("A", "measures Net", "step a")
    + journey("B", "measures Kept //! CXC806", "step a"),
    "what could not be understood may ask": PEOPLE
    + journey("A", "measures Kept, Nett", "step a")
    + journey("B", "measures Kept", "step a { mesures Sat }"),
    "a kind that could not be understood": PEOPLE
    + "metric Some { kind nsp }\nmetric Other { target >= 40 }\n"
    + journey("A", "measures Kept, Some", "step a")
    + journey("B", "measures Kept, Other", "step a"),
}


def lives(*kinds: str) -> str:
    """Return journeys of some kinds, each on one line; the first line may hold what is expected."""
    steps = "phase during { step a }"
    head = 'persona P; trigger "t"; outcome "o"'
    return "".join(f"journey J{at} {{ kind {kind}\n{head}; {steps} }}\n" for at, kind in enumerate(kinds))


LIVES = {
    "all kinds": PEOPLE + lives("learn", "buy", "provision", "use", "bill", "pay", "support"),
    "one kind only": PEOPLE + lives("use", "use"),
    "no journey": PEOPLE,
    "one is missing": PEOPLE + lives("learn //! CXC807", "buy", "provision", "use", "bill", "pay"),
    "most are missing": PEOPLE + lives("use //! CXC807", "use", "buy"),
    "a kind that could not be understood": PEOPLE + lives("use", "buy", "billing"),
    "no kind": PEOPLE
    + lives("use", "buy")
    + 'journey K { persona P; trigger "t"; outcome "o"; phase after { step a } }\n',
}


@pytest.mark.parametrize("design", UNMEASURED.values(), ids=UNMEASURED)
def test_journeys_that_nothing_measures(design: str) -> None:
    assert_rule_finds_what_it_says(design, "CXC801")


@pytest.mark.parametrize("design", SCALES.values(), ids=SCALES)
def test_targets_and_baselines_on_their_scales(design: str) -> None:
    assert_rule_finds_what_it_says(design, "CXC802")


@pytest.mark.parametrize("design", SELF_SERVICE.values(), ids=SELF_SERVICE)
def test_customers_who_need_people(design: str) -> None:
    assert_rule_finds_what_it_says(design, "CXC803")


@pytest.mark.parametrize("design", CONTAINED.values(), ids=CONTAINED)
def test_containment_needs_satisfaction(design: str) -> None:
    assert_rule_finds_what_it_says(design, "CXC806")


@pytest.mark.parametrize("design", LIVES.values(), ids=LIVES)
def test_journeys_for_all_of_the_life_cycle(design: str) -> None:
    assert_rule_finds_what_it_says(design, "CXC807")


@pytest.mark.parametrize(
    ("target", "share", "told"),
    [
        ("80%", "20.04%", "Only 79.96% of the customers of `A` get by without help from people; 80% are promised to"),
        (
            "99.95%",
            "0.1%",
            "Only 99.9% of the customers of `A` get by without help from people; 99.95% are promised to",
        ),
        ("50%", "100%", "None of the customers of `A` get by without help from people; 50% are promised to"),
    ],
)
def test_shares_never_look_equal(target: str, share: str, told: str) -> None:
    steps = f"step a {{ via Web; -> help share {share}; -> end }}", "step help { via Phone }"
    design = PEOPLE + journey("A", f"target {{ self_service {target} }}", *steps)
    (found,) = (one for one in found_in(design) if one.code == "CXC803")
    assert found.message == told
    assert [one.message for one in found.related] == ["only people serve `help`"]
