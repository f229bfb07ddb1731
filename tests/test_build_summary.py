"""What `cxc build` says at its end: what each target wrote, left alone and removed, and what to open first."""

from __future__ import annotations

from pathlib import Path

import pytest

from command_line import cxc, write_all
from cxc.model.blueprint import Blueprint
from cxc.targets import Emitted, GeneratedFile, Target, load_targets, target_names
from designs import EXAMPLES

DESIGN = """\
package northwind.data
entity Locker { number: int(1..200) @key }
"""


def _target(name: str, files: dict[str, str], opens: str = "") -> Target:
    made = tuple(GeneratedFile(path, content, "workspace:northwind") for path, content in files.items())

    def emit(_: Blueprint, __: object, ___: object) -> Emitted:
        return Emitted(made)

    return Target(name, "Files.", emit, opens=opens)


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    return write_all(tmp_path / "northwind", {"cxc.toml": 'name = "northwind"\n', "data.blueprint": DESIGN})


def _summary(workspace: Path, monkeypatch: pytest.MonkeyPatch, *targets: Target) -> list[str]:
    monkeypatch.setattr("cxc.cli.build._targets", lambda *_: list(targets))
    ran = cxc("build", cwd=workspace)
    assert ran.code == 0, ran.said
    said = ran.output.splitlines()
    return said[said.index("Built generated") + 2 :]


def test_each_target_says_what_it_wrote_left_and_removed(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pages = {"pages/one.md": "1\n", "pages/two.md": "2\n", "pages/three.md": "3\n"}
    assert _summary(workspace, monkeypatch, _target("pages", pages, "pages/two.md"), _target("empty", {})) == [
        "  target  files             open first",
        "  pages   3 written         generated/pages/two.md",
        "  empty   nothing to write",
    ]
    del pages["pages/two.md"]
    pages["pages/one.md"] = "one\n"
    assert _summary(workspace, monkeypatch, _target("pages", pages, "pages/two.md")) == [
        "  target  files                              open first",
        "  pages   1 written, 1 unchanged, 1 removed  generated/pages/one.md",
    ]


def test_a_target_that_was_given_up_says_what_was_removed(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _summary(workspace, monkeypatch, _target("pages", {"a.md": "a\n"}), _target("gone", {"b.md": "b\n", "c.md": "c\n"}))
    assert _summary(workspace, monkeypatch, _target("pages", {"a.md": "a\n"})) == [
        "  target  files        open first",
        "  pages   1 unchanged  generated/a.md",
        "  gone    2 removed",
    ]


@pytest.mark.parametrize("name", EXAMPLES)
def test_what_to_open_first_is_there(name: str) -> None:
    from cxc.targets.templates import Templates
    from designs import example

    for target in load_targets(target_names()):
        if target.opens:
            made = target.emit(example(name), target.options(), Templates.of(target.name))
            assert target.opens in [file.path for file in made.files]
