"""`cxc build` where a target has files that are written once: what it says, and where they go."""

from __future__ import annotations

from pathlib import Path

import pytest

from command_line import Ran, all_in, assert_one, cxc, write_all
from cxc.model.blueprint import Blueprint
from cxc.targets import Emitted, GeneratedFile, Target

DESIGN = """\
package northwind.data
entity Locker { number: int(1..200) @key }
"""
FILES = [
    GeneratedFile("python/app.py", "# app\n", "workspace:northwind"),
    GeneratedFile("handlers/lockers.py", "# lockers\n", "entity:northwind.data.Locker", once=True),
    GeneratedFile("main.py", "# main\n", "workspace:northwind", once=True),
]


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    _made_of(monkeypatch, *FILES)
    return write_all(tmp_path / "northwind", {"cxc.toml": 'name = "northwind"\n', "data.blueprint": DESIGN})


def _made_of(monkeypatch: pytest.MonkeyPatch, *files: GeneratedFile) -> None:
    def emit(_: Blueprint, __: object, ___: object) -> Emitted:
        return Emitted(files)

    target = Target("server", "A server.", emit)
    monkeypatch.setattr("cxc.cli.build._targets", lambda *_: [target])


def _lines(ran: Ran) -> list[str]:
    assert ran.code == 0, ran.said
    said = ran.output.splitlines()
    return said[next(number for number, line in enumerate(said) if line.startswith("Built ")) :]


def test_it_says_what_is_the_developers_from_now_on(workspace: Path) -> None:
    assert _lines(cxc("build", cwd=workspace)) == [
        "Built generated",
        "",
        "  target  files      open first",
        "  server  1 written  generated/python/app.py",
        "",
        "  2 written below code, yours from now on",
    ]
    assert (workspace / "code" / "handlers" / "lockers.py").read_text(encoding="utf-8") == "# lockers\n"


def test_it_says_how_many_were_left_untouched(workspace: Path) -> None:
    cxc("build", cwd=workspace)
    (workspace / "code" / "main.py").write_text("mine\n", encoding="utf-8")
    (workspace / "code" / "handlers" / "lockers.py").unlink()
    before = (workspace / "code" / "main.py").stat()
    assert _lines(cxc("build", "--overwrite", cwd=workspace)) == [
        "Built generated",
        "",
        "  target  files        open first",
        "  server  1 unchanged  generated/python/app.py",
        "",
        "  1 written below code, yours from now on",
        "  1 of yours left untouched",
    ]
    assert (workspace / "code" / "main.py").stat().st_mtime_ns == before.st_mtime_ns
    assert _lines(cxc("build", cwd=workspace))[5:] == ["  2 of yours left untouched"]


def test_the_folder_is_that_of_the_settings_seen_from_here(workspace: Path) -> None:
    (workspace / "cxc.toml").write_text('name = "northwind"\n[build]\ncode = "service/src"\n', encoding="utf-8")
    assert "  2 written below northwind/service/src, yours from now on" in _lines(
        cxc("build", "northwind", cwd=workspace.parent)
    )
    assert (workspace / "service" / "src" / "main.py").exists()


def test_what_goes_elsewhere_brings_nothing_into_the_workspace(workspace: Path, tmp_path: Path) -> None:
    before = all_in(workspace)
    assert _lines(cxc("build", "--out", tmp_path / "look", cwd=workspace))[5:] == [
        "  2 not written that would be yours: name a folder for them with `--code`"
    ]
    assert all_in(workspace) == before
    cxc("build", "--out", tmp_path / "look", "--code", tmp_path / "own", cwd=workspace)
    assert all_in(workspace) == before
    assert (tmp_path / "own" / "main.py").exists()


def test_the_check_for_stale_output_asks_for_nothing_of_the_developers(workspace: Path) -> None:
    cxc("build", cwd=workspace)
    (workspace / "code" / "main.py").unlink()
    assert cxc("build", "--check", cwd=workspace).code == 0
    (workspace / "code" / "handlers" / "lockers.py").unlink()
    (workspace / "code" / "handlers").rmdir()
    (workspace / "code" / "handlers").write_text("no folder", encoding="utf-8")
    assert cxc("build", "--check", cwd=workspace).code == 0
    assert not (workspace / "code" / "main.py").exists()


def test_an_error_in_the_design_keeps_both_folders_as_they_are(workspace: Path) -> None:
    (workspace / "data.blueprint").write_text("entity {", encoding="utf-8")
    assert cxc("build", cwd=workspace).code == 1
    assert not (workspace / "code").exists()


def test_a_clash_is_told_at_the_name_in_the_design(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _made_of(monkeypatch, *FILES, FILES[1]._replace(path="Handlers/lockers.py"))
    ran = cxc("build", cwd=workspace)
    assert_one(ran, "CXC904", "would be one file")
    assert "data.blueprint:2:" in ran.output
    assert not (workspace / "code").exists()


@pytest.mark.parametrize("code", ["generated", "generated/own", "."])
def test_folders_in_one_another_are_refused(workspace: Path, code: str) -> None:
    ran = cxc("build", "--code", code, cwd=workspace)
    assert ran.code == 2
    assert "one lies in the other" in ran.errors
    assert not (workspace / "generated").exists()


@pytest.mark.parametrize("option", ["--out", "--code"])
def test_a_folder_needs_a_name_and_one_workspace(workspace: Path, option: str) -> None:
    assert cxc("build", option, "", cwd=workspace).code == 2
    write_all(workspace.parent / "other", {"cxc.toml": "", "data.blueprint": DESIGN})
    assert cxc("build", option, "x", workspace, workspace.parent / "other").code == 2
