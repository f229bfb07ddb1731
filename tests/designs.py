"""Designs for the tests of targets: from a text, and from the example workspaces."""

from datetime import date
from functools import cache
from pathlib import Path

from cxc.config import Config
from cxc.diagnostics import Severity
from cxc.model.blueprint import Blueprint
from cxc.pipeline import check
from cxc.source import SourceFile
from cxc.workspace import Workspace, load_workspace

TODAY = date(2026, 1, 1)
_BLUEPRINTS = Path(__file__).resolve().parent.parent / "blueprints"
EXAMPLES = sorted(folder.name for folder in _BLUEPRINTS.iterdir() if folder.is_dir())


def design(text: str) -> Blueprint:
    """Return the design of a text in whose words, names and data nothing is wrong; what it comes to may be."""
    checked = check(Workspace(Path(), "", Config(), (SourceFile("design.blueprint", text),)), TODAY)
    errors = [found for found in checked.diagnostics if found.severity is Severity.ERROR]
    assert [found for found in errors if found.code < "CXC4"] == []
    return checked.blueprint


@cache
def example(name: str) -> Blueprint:
    """Return the design of an example workspace; one of them has findings, but none about its names and values."""
    checked = check(load_workspace(_BLUEPRINTS / name), TODAY)
    assert [found for found in checked.errors if found.code < "CXC300"] == []
    return checked.blueprint
