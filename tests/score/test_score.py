"""What is counted, what is met, what does not apply: a sound design, and what a change to it does to each criterion."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

import pytest

from cxc.config import Config
from cxc.pipeline import Checked, check
from cxc.score import Card, Counted, Dimension, Score, score_of
from cxc.score.criteria import CRITERIA, DIMENSIONS, Criterion
from cxc.score.items import Item
from cxc.source import SourceFile
from cxc.workspace import Workspace
from findings import TODAY

CLINIC = """
package clinic
team Desk
team Doctors
persona Patient { entity Person; prefers Site }
system Records { lifecycle live }
capability Visits { people Desk; process "Booking"; system Records; maturity 3 -> 3 }
metric Ease { kind ces; target <= 2; baseline 2; source Records }
purpose Care { basis contract }
entity Person { id: uuid @key }
entity Visit { id: uuid @key; person: Person.id }
error Full { status 409 }
tier Basic { support self_service; channels Site; journeys BookVisit }
service Diary {
  owner Desk; realizes Visits; masters Person, Visit; runs_on Records; availability 99.9%
  command book(person: Person.id) -> Visit { fails Full; purpose Care }
  command move(visit: Visit.id) { purpose Care }
}
channel Site { kind web; identity authenticated; owner Desk; hours "Mo-Fr 08:00-18:00" }
channel Phone { kind phone; identity identified; owner Desk; hours "Mo-Fr 08:00-18:00" }
journey BookVisit "Book a visit" {
  kind use
  persona Patient
  trigger "Feels ill"
  outcome "Sees a doctor"
  target { availability 90% }
  measures Ease
  phase before {
    step look { via Site, Phone; capability Visits; frontstage "Times"; backstage none; evidence none }
  }
  phase during {
    step book {
      via Site, Phone
      calls Diary.book
      frontstage "A time"
      backstage "Checks the diary" by Desk
      evidence "A card"
      moment_of_truth
      pain "Waits"
      opportunity "Call back"
      on Full -> talk carries Visit.id
      -> change carries Visit.id
    }
    step change {
      via Site, Phone; calls Diary.move; frontstage "Another time"; backstage none; evidence none
      -> ask
    }
    step talk { via Phone, Site; capability Visits; frontstage "Talks"; backstage "Talks" by Doctors; evidence none }
  }
  phase after {
    step ask { via Site, Phone; capability Visits; frontstage "Asks"; backstage none; evidence none; measures Ease }
  }
}
experience OnSite {
  journey BookVisit; channel Site
  step look { screen "/" }
  step book { screen "/book" }
  step change { screen "/change" }
  step talk { screen "/talk" }
  step ask { screen "/ask" }
}
experience ByPhone {
  journey BookVisit; channel Phone
  step look { script "Hello" }
  step book { script "When?" }
  step change { script "When else?" }
  step talk { script "Tell me" }
  step ask { script "How was it?" }
}
"""


def checked(text: str) -> Checked:
    return check(Workspace(Path(), "", Config(), (SourceFile("clinic.blueprint", text),)), TODAY)


def score(text: str) -> Score:
    found = checked(text)
    return score_of(found.blueprint, found.diagnostics)


def counted(text: str, name: str) -> Counted:
    """Return what a criterion comes to in the only journey, or else in the organisation."""
    cards: Sequence[Card] = [*score(text).journeys[:1], score(text).organisation]
    for card in cards:
        for dimension in card.dimensions:
            for one in dimension.criteria:
                if one.criterion.name == name:
                    return one
    raise AssertionError(name)


def test_a_sound_design_is_met_in_full() -> None:
    card = score(CLINIC).journeys[0]
    assert [one for dimension in card.dimensions for one in dimension.criteria if one.missing] == []
    assert [dimension.level for dimension in card.dimensions] == [5, 5, 5, 5, 5]
    assert card.level == 5
    assert card.certain


CHANGES = {
    "phases": ("phase after {", "phase during {", "after"),
    "paths": ("on Full -> talk carries Visit.id", "on Full -> change", "BookVisit.talk"),
    "branches": (
        "      -> change carries Visit.id\n",
        '      -> change when "Ill" carries Visit.id\n',
        "BookVisit.book",
    ),
    "failures": ("      on Full -> talk carries Visit.id\n", "", "book: Full"),
    "frontstage": (' frontstage "Times";', "", "BookVisit.look"),
    "backstage": ('frontstage "Times"; backstage none', 'frontstage "Times"', "BookVisit.look"),
    "work-owned": ('"Checks the diary" by Desk', '"Checks the diary"', "1: Checks the diary"),
    "evidence": ('"Times"; backstage none; evidence none', '"Times"; backstage none', "BookVisit.look"),
    "asked-once": ('step change { screen "/change" }', "step change { asks visit }", "visit"),
    "carried": ("on Full -> talk carries Visit.id\n      -> change carries Visit.id", "on Full -> talk", ""),
    "several-channels": ("step look { via Site, Phone;", "step look { via Site;", "BookVisit.look"),
    "presented": ('  step look { screen "/" }\n', "", "Site"),
    "preferences": ("prefers Site }", "prefers Kiosk }\nchannel Kiosk { kind kiosk; owner Desk }", "Patient: Kiosk"),
    "people": ("kind phone", "kind chatbot", "BookVisit"),
    "not-only-digital": ("kind phone", "kind chat", "BookVisit"),
    "tiers": ("channels Site;", "channels Kiosk;", "Basic"),
    "shared-operations": ("via Site, Phone; calls Diary.move", "via Site; calls Diary.move", "Diary.move"),
    "named": ("realizes Visits; ", "", "BookVisit.book"),
    "means": ('process "Booking"; ', "", "process"),
    "in-place": ("maturity 3 -> 3", "status proposed", "Visits"),
    "systems": ("lifecycle live", "lifecycle sunset", "Records"),
    "moments-protected": ("moment_of_truth", "", ""),
    "maturity-known": ("maturity 3 -> 3", "maturity 3", "Visits"),
    "at-target": ("maturity 3 -> 3", "maturity 3 -> 4", "Visits"),
    "followed-up": ("; measures Ease }\n  }\n}", " }\n  }\n}", "BookVisit"),
    "asked-how-it-was": ("kind ces; target <= 2", "kind fcr; target >= 2", "BookVisit"),
    "with-target": ("target <= 2; ", "", "Ease"),
    "with-baseline": ("baseline 2; ", "", "Ease"),
    "with-source": ("; source Records", "", "Ease"),
    "promises": ("availability 90%", "availability 99.95%", "availability"),
    "pains-answered": ('      opportunity "Call back"\n', "", "BookVisit.book"),
}
"""For each criterion what to change in the sound design, and what is missing then."""

EXTRA = {
    "tiers": ("persona Patient {", "channel Kiosk { kind kiosk; owner Desk }\npersona Patient {"),
}


@pytest.mark.parametrize("name", [name for name in CHANGES if name not in ("carried", "moments-protected")])
def test_each_criterion_misses_what_it_counts(name: str) -> None:
    old, new, missing = CHANGES[name]
    text = CLINIC
    for before, after in [(old, new), *([EXTRA[name]] if name in EXTRA else [])]:
        assert before in text
        text = text.replace(before, after)
    found = counted(text, name)
    assert found.missing, name
    assert found.met == found.counted - len(found.missing)
    assert any(missing in (item.what or item.element) for item in found.missing), found.missing


def test_every_criterion_has_a_change() -> None:
    elsewhere = {"lifecycle", "personas", "at-hand", "seams", "doors", "measured"}
    assert set(CHANGES) | elsewhere == {criterion.name for criterion in CRITERIA}


def test_context_is_carried_or_lost() -> None:
    one_each = CLINIC.replace("via Site, Phone; calls Diary.move", "via Phone; calls Diary.move").replace(
        "via Site, Phone\n      calls Diary.book", "via Site\n      calls Diary.book"
    )
    assert not counted(one_each, "carried").missing
    assert counted(one_each, "carried").counted
    lost = counted(one_each.replace("-> change carries Visit.id", "-> change"), "carried")
    assert [(item.element, item.what) for item in lost.missing] == [("step:clinic.BookVisit.book", "-> change")]
    assert {found.code for found in lost.findings} <= {"CXC603"}


def test_inputs_are_at_hand_or_not() -> None:
    anonymous = CLINIC.replace("kind web; identity authenticated", "kind web; identity anonymous")
    assert {item.what for item in counted(anonymous, "at-hand").missing} == {"book.person"}
    assert counted(CLINIC, "at-hand").counted == 4


def test_seams_are_bridged_or_open() -> None:
    assert counted(CLINIC, "seams").counted == 1  # booking is the desk's, talking the doctors'
    open_seam = counted(CLINIC.replace("on Full -> talk carries Visit.id", "on Full -> talk"), "seams")
    assert [item.what for item in open_seam.missing] == ["on Full -> talk"]


def test_doors_are_open_or_closed() -> None:
    one_each = CLINIC.replace("via Phone, Site; capability", "via Phone; capability").replace(
        "via Site, Phone\n      calls Diary.book", "via Site\n      calls Diary.book"
    )
    assert counted(one_each, "doors").counted
    assert not counted(one_each, "doors").missing
    closed = one_each.replace(
        'identity identified; owner Desk; hours "Mo-Fr 08:00-18:00"',
        'identity identified; owner Desk; hours "Mo 08:00-18:00"',
    )
    assert [item.element for item in counted(closed, "doors").missing] == ["step:clinic.BookVisit.book"]
    assert not counted(closed.replace('opportunity "Call', 'wait 1d..7d\n      opportunity "Call'), "doors").missing


def test_moments_of_truth() -> None:
    assert counted(CLINIC, "moments-protected").counted == 3
    alone = CLINIC.replace("  measures Ease\n", "").replace("on Full -> talk carries Visit.id\n      ", "")
    alone = alone.replace("kind phone", "kind chatbot")
    assert {item.what for item in counted(alone, "moments-protected").missing} == {"metric", "recovery"}
    # Without a moment of truth nothing about it applies.
    none = CLINIC.replace("      moment_of_truth\n", "")
    assert [counted(none, name).counted for name in ("moments-protected", "maturity-known", "at-target")] == [0, 0, 0]


def test_an_unmeasured_journey_has_nothing_to_say_about_its_metrics() -> None:
    none = CLINIC.replace("  measures Ease\n", "").replace("; measures Ease }", " }")
    assert [item.element for item in counted(none, "measured").missing] == ["journey:clinic.BookVisit"]
    assert counted(none, "asked-how-it-was").counted == 0
    assert counted(none, "with-target").counted == 0


def test_the_lifecycle_is_counted_from_two_kinds_on() -> None:
    assert counted(CLINIC, "lifecycle").counted == 0
    two = (
        CLINIC
        + 'journey Pay { kind pay; persona Patient; trigger "t"; outcome "o"; phase during { step go { via Site } } }'
    )
    found = counted(two, "lifecycle")
    assert (found.met, found.counted) == (2, 7)
    assert {item.what for item in found.missing} == {"learn", "buy", "provision", "bill", "support"}


def test_personas() -> None:
    assert counted(CLINIC, "personas").counted == 1
    assert [item.element for item in counted(CLINIC + "persona Nobody", "personas").missing] == [
        "persona:clinic.Nobody"
    ]


def test_nothing_to_count_is_not_applicable() -> None:
    card = score("package p\nteam Desk").organisation
    assert [(dimension.share, dimension.level) for dimension in card.dimensions] == [(None, None)] * 5
    assert card.level is None
    bare = (
        'persona P\njourney J { kind use; persona P; trigger "t"; outcome "o"; phase during { step go { via none } } }'
    )
    shares = {dimension.name: dimension.share for dimension in score(bare).journeys[0].dimensions}
    assert shares["continuity"] is None
    assert shares["choice"] is None
    assert shares["learning"] == 0


def _dimension(*pairs: tuple[int, int]) -> Dimension:
    criterion = Criterion("coverage", "x", "", ())
    return Dimension(
        "coverage",
        tuple(
            Counted(criterion, counted, tuple(Item("a", False, str(n)) for n in range(counted - met)), ())
            for met, counted in pairs
        ),
    )


@pytest.mark.parametrize(
    ("pairs", "share", "level"),
    [
        ([(3, 3)], Fraction(1), 5),
        ([(999, 1000)], Fraction(999, 1000), 4),
        ([(9, 10)], Fraction(9, 10), 4),
        ([(89, 100)], Fraction(89, 100), 3),
        ([(3, 4)], Fraction(3, 4), 3),
        ([(1, 2)], Fraction(1, 2), 2),
        ([(49, 100)], Fraction(49, 100), 1),
        ([(0, 4)], Fraction(0), 1),
        # Each criterion weighs the same, and one that counts nothing weighs nothing.
        ([(100, 100), (0, 1)], Fraction(1, 2), 2),
        ([(1, 1), (0, 0)], Fraction(1), 5),
        ([(0, 0)], None, None),
        ([(7, 10), (8, 10), (12, 10)][:2], Fraction(3, 4), 3),
    ],
)
def test_shares_and_levels(pairs: list[tuple[int, int]], share: Fraction | None, level: int | None) -> None:
    dimension = _dimension(*pairs)
    assert dimension.share == share
    assert dimension.level == level


def test_the_organisation_counts_each_thing_once() -> None:
    again = CLINIC.replace('journey BookVisit "Book a visit"', "journey BookAgain").split("journey BookAgain")[1]
    both = CLINIC + "journey BookAgain" + again.split("experience OnSite")[0]
    result = score(both)
    means = [
        one
        for dimension in result.organisation.dimensions
        for one in dimension.criteria
        if one.criterion.name == "means"
    ]
    assert means[0].counted == 3
    phases = next(one for one in result.organisation.dimensions[0].criteria if one.criterion.name == "phases")
    assert phases.counted == 6


def test_findings_stand_with_the_criteria_they_are_about() -> None:
    text = CLINIC.replace(' frontstage "Times";', "").replace('process "Booking"; ', "")
    frontstage = counted(text, "frontstage")
    assert [found.code for found in frontstage.findings] == ["CXC501"]
    # A finding at the capability is one about the journeys that it stands behind.
    assert [found.code for found in counted(text, "means").findings] == ["CXC703"]
    allowed = text.replace("    step look {", '    // cxc: allow CXC501 "drawn next week"\n    step look {')
    found = counted(allowed, "frontstage")
    assert len(found.missing) == 1
    assert [one.suppression is not None for one in found.findings] == [True]


def test_findings_of_another_journey_are_not_this_one_s() -> None:
    other = 'journey Pay { kind use; persona Patient; trigger "t"; outcome "o"; phase during { step go { via Site } } }'
    first, second = score(CLINIC + other).journeys
    assert not [found for one in first.dimensions[0].criteria for found in one.findings]
    assert "CXC501" in {found.code for one in second.dimensions[0].criteria for found in one.findings}


def test_what_was_not_understood_is_not_counted() -> None:
    card = score(CLINIC.replace(' frontstage "Times";', ' frontstge "Times";')).journeys[0]
    assert not card.certain
    frontstage = next(one for one in card.dimensions[0].criteria if one.criterion.name == "frontstage")
    assert not frontstage.missing
    assert frontstage.counted == 4


def test_the_criteria_are_named_once_and_belong_somewhere() -> None:
    names = [criterion.name for criterion in CRITERIA]
    assert len(names) == len(set(names))
    assert {criterion.dimension for criterion in CRITERIA} == set(DIMENSIONS)
    assert all((criterion.count is None) != (criterion.count_all is None) for criterion in CRITERIA)
