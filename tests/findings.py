"""What the compiler finds in designs that tests hold as text; several files are divided by `// file: NAME`."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from cxc.config import Config
from cxc.diagnostics import Diagnostic
from cxc.pipeline import check
from cxc.source import SourceFile
from cxc.workspace import Workspace

TODAY = date(2026, 1, 1)
_DIVISION = re.compile(r"^// file: (\S+)\n", re.MULTILINE)


def files_of(text: str) -> dict[str, str]:
    """Return the files that a text holds; without a division it is one."""
    first, *rest = _DIVISION.split(text)
    assert not rest or not first.strip(), "something stands before the first file"
    return dict(zip(rest[::2], rest[1::2], strict=True)) or {"design.blueprint": first}


def found_in(design: str | dict[str, str], families: str = "") -> tuple[Diagnostic, ...]:
    """Return the findings in a design by file and place: all, or those of some families (the first digits of codes)."""
    files = files_of(design) if isinstance(design, str) else design
    sources = tuple(SourceFile(path, text) for path, text in files.items())
    found = check(Workspace(Path(), "", Config(), sources), TODAY).diagnostics
    return tuple(one for one in found if not families or one.code[3] in families)


def shown(findings: tuple[Diagnostic, ...]) -> list[str]:
    """Return findings in one line each, for comparison and for whoever reads a failure."""
    return [f"{found.span} {found.code} {found.message}" for found in findings]


_EXPECTED = re.compile(r"//! ((?:CXC\d{3} ?)+)$")


def expected_in(design: str) -> list[str]:
    """Return what a design says is found in it, by comments `//! CXC302` at the ends of lines."""
    return [
        f"{path}:{number} {code}"
        for path, text in files_of(design).items()
        for number, line in enumerate(text.splitlines(), start=1)
        if (match := _EXPECTED.search(line))
        for code in match[1].split()
    ]


def assert_finds_what_it_says(design: str, families: str = "") -> None:
    """Fail where what is found in a design, of all or some families, is not what its comments `//! CXC302` say."""
    found = found_in(design, families)
    assert sorted(f"{one.span} {one.code}" for one in found) == sorted(expected_in(design)), "\n".join(shown(found))


def assert_rule_finds_what_it_says(design: str, code: str) -> None:
    """Fail where what one rule finds in a design is not what its comments `//! CXC302` say; others are left out."""
    found = tuple(one for one in found_in(design) if one.code == code)
    assert sorted(f"{one.span} {one.code}" for one in found) == sorted(expected_in(design)), "\n".join(shown(found))
