"""Imports and dependencies that climb out: a package is a name, and only the settings name other places."""

from __future__ import annotations

from pathlib import Path

import pytest

from command_line import all_in, assert_one, cxc, write_all

OUTSIDE = "package outside\n\nteam Secret { kind business }\n"


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """A workspace beside another, which it does not depend on."""
    write_all(tmp_path, {"outside.blueprint": OUTSIDE, "other/cxc.toml": "", "other/outside.blueprint": OUTSIDE})
    return write_all(tmp_path / "w", {"cxc.toml": ""})


@pytest.mark.parametrize(
    "written",
    [
        "import ../../outside",
        "import ../outside.blueprint",
        "import ./outside",
        "import ..outside",
        "import /etc/passwd",
        "import ~/outside",
        "import C:\\outside",
        "import \\\\server\\outside",
        "from ../outside import Secret",
        "from .. import Secret",
    ],
)
def test_a_path_is_no_package(workspace: Path, written: str) -> None:
    write_all(workspace, {"x.blueprint": f"package a\n{written}\n\nteam Desk {{ kind business }}\n"})
    assert_one(cxc("check", cwd=workspace), "CXC101")
    assert_one(cxc("check", "x.blueprint", cwd=workspace), "CXC101")
    assert cxc("build", cwd=workspace).code == 1
    assert not (workspace / "generated").exists()


@pytest.mark.parametrize("written", ['import "../outside"', 'import "/etc/passwd"', 'import "file:///etc/passwd"'])
def test_a_text_is_no_package(workspace: Path, written: str) -> None:
    write_all(workspace, {"x.blueprint": f"package a\n{written}\n"})
    assert_one(cxc("check", cwd=workspace), "CXC108", "`import` cannot be")


@pytest.mark.parametrize("written", ["import outside", "from outside import Secret", "import other.outside"])
def test_what_lies_beside_a_workspace_is_not_known_in_it(workspace: Path, written: str) -> None:
    write_all(workspace, {"x.blueprint": f"package a\n{written}\n"})
    ran = cxc("check", cwd=workspace)
    assert_one(ran, "CXC204", "There is no package named")
    assert "[dependencies]" in ran.output


def test_only_a_dependency_may_lie_outside(workspace: Path) -> None:
    write_all(workspace, {"x.blueprint": "package a\n\nimport outside\n\nsystem S { owner outside.Secret }\n"})
    for settings in ("sources = ['../*.blueprint']", "sources = ['*.blueprint', '/tmp/**']"):
        write_all(workspace, {"cxc.toml": settings})
        assert_one(cxc("check", cwd=workspace), "CXC901", "leads out of the workspace", exit_code=2)
    for path in ("../other", str(workspace.parent / "other"), "../w/../other/."):
        write_all(workspace, {"cxc.toml": f"[dependencies]\nother = '{path}'\n"})
        assert cxc("check", cwd=workspace).codes == []


def test_a_dependency_is_read_and_never_written(workspace: Path) -> None:
    write_all(workspace, {"cxc.toml": "[dependencies]\nother = '../other'\n"})
    write_all(workspace, {"x.blueprint": "package a\n\nimport outside\n\nsystem S { owner outside.Secret }\n"})
    write_all(workspace.parent, {"other/rough.blueprint": "package   outside\nteam Rough{kind business}\n"})
    before = all_in(workspace.parent / "other")
    assert cxc("build", cwd=workspace).code == 0
    assert cxc("fmt", cwd=workspace).code == 0
    assert all_in(workspace.parent / "other") == before


@pytest.mark.parametrize("path", [".", "../w", "deeper/.."])
def test_a_workspace_that_depends_on_itself(workspace: Path, path: str) -> None:
    write_all(workspace, {"cxc.toml": f"[dependencies]\nme = '{path}'\n", "deeper/x.blueprint": "package a\n"})
    ran = cxc("check", cwd=workspace)
    assert_one(ran, "CXC205", "in a circle")
    assert "cxc.toml:2:" in ran.output


def test_a_dependency_with_mistakes_is_told_as_such(workspace: Path) -> None:
    write_all(workspace.parent, {"other/bad.blueprint": "package outside\nbad\n"})
    write_all(workspace, {"cxc.toml": "[dependencies]\nother = '../other'\n", "x.blueprint": "package a\n"})
    ran = cxc("check", cwd=workspace)
    assert_one(ran, "CXC105", "In the dependency `other`: ")
    assert "--> ../other/bad.blueprint:2:1" in ran.output
    write_all(workspace.parent, {"other/cxc.toml": "nmae = 1\n"})
    assert_one(cxc("check", cwd=workspace), "CXC901", "In the dependency `other`: ", exit_code=2)
