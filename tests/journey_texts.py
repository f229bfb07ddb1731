"""Short texts of journeys as whole designs, for tests of the rules that look at journeys alone."""

from __future__ import annotations

from cxc.diagnostics import Diagnostic
from findings import expected_in, found_in, shown

PLATFORM = """package a
team T
team U
partner Q
persona P
error Full { status 409 }
error Gone { status 410 }
channel Web { kind web; owner T }
channel Mail { kind email; owner T }
channel Shop { kind store; owner T }
metric M { kind csat }
process Work { owner T; duration 1h }
capability C { people T, Q; process Work }
service S {
  owner T
  query find() -> int
  command book() { fails Full, Gone }
  command cancel() { fails Gone }
}
"""
HEAD = 'kind use; persona P; trigger "t"; outcome "o"'
TEXT_AND_NAMES = ("CXC1", "CXC2")


def whole(text: str) -> str:
    """Return a design: the text is its journeys and what else there is, or the phases or steps of a journey `J`.

    `HEAD` stands for the required properties of a journey.
    """
    text = text.strip("\n")
    if "journey " not in text:
        if "phase " not in text:
            text = f"phase during {{\n{text}\n}}"
        text = f"journey J {{ HEAD\n{text}\n}}"
    return f"{PLATFORM}{text.replace('HEAD', HEAD)}\n"


def findings(design: str, *codes: str) -> tuple[Diagnostic, ...]:
    """Return what some rules find in a design, and what is wrong with its text and names, unused ones aside."""
    found = found_in(design)
    return tuple(one for one in found if one.code.startswith((*TEXT_AND_NAMES, *codes)) and one.code != "CXC210")


def assert_finds_what_it_says(text: str, *codes: str) -> None:
    """Fail where what some rules find in a text is not what its comments `//! CXC401` say."""
    design = whole(text)
    found = findings(design, *codes)
    assert sorted(f"{one.span} {one.code}" for one in found) == sorted(expected_in(design)), "\n".join(shown(found))
