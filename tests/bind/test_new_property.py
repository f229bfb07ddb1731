"""Adding a property to the language is adding one field to one class: nothing else names it.

The compiler is copied, one line is added to the copy, and the copy is used as any user would.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import ROOT

NEXT = "    devices: tuple[Label, ...] ="
ADDED = '    tempo: Literal["calm", "brisk"] | None = Field(None, description="How fast the channel speaks.")\n'

SOUND = """\
package a
team T
channel Line {
  kind   ivr
  tempo   calm
  owner T
}
"""


@pytest.fixture(scope="module")
def extended(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the repository's sources to which one line was added."""
    copy = tmp_path_factory.mktemp("compiler")
    for folder in ("src", "grammar", "templates"):
        shutil.copytree(ROOT / folder, copy / folder, ignore=shutil.ignore_patterns("__pycache__"))
    module = copy / "src" / "cxc" / "model" / "channel.py"
    text = module.read_text(encoding="utf-8")
    assert text.count(NEXT) == 1
    module.write_text(text.replace(NEXT, ADDED + NEXT), encoding="utf-8")
    return copy


def run(copy: Path, *arguments: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", *arguments],
        cwd=copy,
        env={**os.environ, "PYTHONPATH": str(copy / "src"), "NO_COLOR": "1"},
        input=stdin,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )


def test_check_takes_it(extended: Path) -> None:
    done = run(extended, "cxc", "check", "-", stdin=SOUND)
    assert (done.returncode, done.stderr) == (0, ""), done.stdout


def test_check_refuses_what_it_cannot_be(extended: Path) -> None:
    done = run(extended, "cxc", "check", "--format", "json", "-", stdin=SOUND.replace("calm", "clam"))
    (found,) = json.loads(done.stdout)["findings"]
    assert (found["code"], found["span"]["line"], found["help"]) == ("CXC108", 5, "Did you mean `calm`?")


def test_a_misspelt_word_suggests_it(extended: Path) -> None:
    done = run(extended, "cxc", "check", "--format", "json", "-", stdin=SOUND.replace("tempo", "tmepo"))
    (found,) = json.loads(done.stdout)["findings"]
    assert (found["code"], found["help"]) == ("CXC105", "Did you mean `tempo`?")


def test_the_formatter_keeps_it(extended: Path) -> None:
    done = run(extended, "cxc", "fmt", "-", stdin=SOUND)
    assert "  kind ivr\n  tempo calm\n  owner T\n" in done.stdout


def test_the_json_schema_has_it(extended: Path) -> None:
    schema = json.loads(run(extended, "cxc", "schema", "blueprint").stdout)
    assert schema["$defs"]["Channel"]["properties"]["tempo"]["description"] == "How fast the channel speaks."


def test_the_reference_page_shows_it(extended: Path, tmp_path: Path) -> None:
    assert run(extended, "cxc.documentation", "--docs", str(tmp_path)).returncode == 0
    page = (tmp_path / "reference" / "language.md").read_text(encoding="utf-8")
    assert "`tempo`" in page
    assert "How fast the channel speaks." in page
