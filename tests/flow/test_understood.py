"""Whether a journey was understood: what was lost in it may have been a step or a way."""

from datetime import date
from pathlib import Path

import pytest

from cxc.config import Config
from cxc.flow import flow_of
from cxc.model.journey import Journey
from cxc.pipeline import check
from cxc.source import SourceFile
from cxc.workspace import Workspace
from findings import files_of

DESIGN = """package one
persona Someone
channel Web {{ kind web; owner Crew }}
team Crew
journey Go {{
  kind use; persona Someone; trigger "Now"; outcome "Then"
  phase during {{
    step first {{ via Web; {first} }}
    step second {{ via Web }}
    {more}
  }}
}}
experience GoOnTheWeb {{ journey Go; channel Web; step first {{ {presented} }} }}
"""


def is_(first: str = "", more: str = "", presented: str = 'screen "/"') -> tuple[bool, bool]:
    text = DESIGN.format(first=first, more=more, presented=presented)
    sources = tuple(SourceFile(path, part) for path, part in files_of(text).items())
    blueprint = check(Workspace(Path(), "", Config(), sources), date(2026, 1, 1)).blueprint
    flow = flow_of(blueprint.every(Journey)[0], blueprint)
    return flow.is_understood, flow.is_certain


def test_a_journey_without_mistakes_is_understood() -> None:
    assert is_() == (True, True)


@pytest.mark.parametrize(
    "mistake",
    [
        {"first": "-> secnod"},
        {"first": "vai Web"},
        {"more": "stpe third { via Web }"},
        {"more": "step second { via Web }"},
    ],
)
def test_a_lost_statement_or_a_name_for_two_steps_leaves_it_uncertain(mistake: dict[str, str]) -> None:
    assert is_(**mistake) == (False, False)


def test_what_is_lost_in_an_experience_is_none_of_the_journeys_own_statements() -> None:
    assert is_(presented="sreen") == (True, False)
