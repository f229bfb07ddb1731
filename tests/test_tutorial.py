"""The tutorial is true, and so is the chapter for developers; `pytest --record` writes the output into the pages."""

import shutil
from pathlib import Path

import pytest

from conftest import ROOT
from executed_pages import Page

DOCS = ROOT / "docs"
NEEDED = ("bash", "curl")


@pytest.fixture(autouse=True)
def _shell() -> None:
    for command in NEEDED:
        if shutil.which(command) is None:
            pytest.skip(f"needs {command}, which is not installed")


def test_the_tutorial_is_true(tmp_path: Path, record: bool) -> None:
    page = Page(DOCS / "tutorial.md", tmp_path)
    page.execute(record)
    assert page.commands >= 5, "the tutorial runs something"


@pytest.mark.slow
def test_the_chapter_for_developers_is_true(tmp_path: Path, record: bool, node_tools: Path) -> None:
    pharmacy = tmp_path / "pharmacy"
    shutil.copytree(ROOT / "blueprints" / "pharmacy", pharmacy, ignore=shutil.ignore_patterns("generated", "code"))
    page = Page(DOCS / "developing.md", pharmacy, node_tools)
    # What the page installs is there already; the generated package is found where it was built.
    page.environment["PYTHONPATH"] = str(pharmacy / "generated" / "python")
    page.execute(record)
    assert page.commands >= 15, "the chapter runs something"
