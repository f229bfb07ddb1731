"""Files that cannot be read, lead elsewhere or have names that deceive: each is told so, and the others are checked."""

from __future__ import annotations

import json
import os
import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from command_line import LINUX, all_in, assert_one, cxc, cxc_process, obey_rights, write_all
from cxc.workspace import load_workspace

pytestmark = LINUX

TEAMS = "package a\n\nteam Desk { kind business }\n"
SYSTEM = "package a\nsystem Till { owner Desk }\n"
BAD = "package a\nbad\n"


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    return write_all(tmp_path / "w", {"cxc.toml": "", "teams.blueprint": TEAMS})


# ---- no ordinary files -------------------------------------------------------------------------------------


def _link(to: str) -> Callable[[Path], object]:
    return lambda place: place.symlink_to(to)


def _socket(place: Path) -> None:
    with socket.socket(socket.AF_UNIX) as made:
        made.bind(os.path.relpath(place))


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (Path.mkdir, "is a folder"),
        (os.mkfifo, "is no ordinary file"),
        (_socket, "is no ordinary file"),
        (_link("x.blueprint"), "leads back to itself"),
        (_link("nowhere.blueprint"), "is a link to what is not there"),
        (_link("../outside.blueprint"), "leads out of the workspace"),
        (_link("/etc/passwd"), "leads out of the workspace"),
        (_link("/dev/zero"), "leads out of the workspace"),
        (_link("."), "is a folder"),
    ],
    ids=["folder", "fifo", "socket", "loop", "dangling", "outside", "elsewhere", "device", "link to a folder"],
)
def test_what_is_no_file_of_the_workspace_is_told_so(
    workspace: Path, make: Callable[[Path], object], words: str
) -> None:
    write_all(workspace.parent, {"outside.blueprint": BAD})
    make(workspace / "x.blueprint")
    before = all_in(workspace)
    for arguments in ([], ["x.blueprint"], ["."], ["*.blueprint"]):
        assert_one(cxc("check", *arguments, cwd=workspace), "CXC901", "`x.blueprint`", words)
    assert cxc("build", cwd=workspace).code == 1
    assert cxc("fmt", cwd=workspace).code == 1
    assert all_in(workspace) == before


def test_a_link_within_the_workspace_is_followed(workspace: Path) -> None:
    write_all(workspace, {"real/system.txt": SYSTEM})
    (workspace / "system.blueprint").symlink_to("real/system.txt")
    assert cxc("check", cwd=workspace).codes == []
    assert cxc("check", "--strict", "system.blueprint", cwd=workspace).code == 0


def test_links_in_a_circle_are_told_each(workspace: Path) -> None:
    (workspace / "x.blueprint").symlink_to("y.blueprint")
    (workspace / "y.blueprint").symlink_to("x.blueprint")
    ran = cxc("check", cwd=workspace)
    assert (ran.codes, ran.code) == (["CXC901", "CXC901"], 1)


def test_folders_in_a_circle_are_read_once(workspace: Path) -> None:
    write_all(workspace, {"deep/er/system.blueprint": SYSTEM})
    (workspace / "deep" / "er" / "up").symlink_to("../..")
    (workspace / "self").symlink_to(".")
    ran = cxc("check", cwd=workspace)
    assert (ran.codes, ran.code) == ([], 0)


def test_a_folder_by_a_name_of_a_file_is_still_looked_into(workspace: Path) -> None:
    write_all(workspace, {"x.blueprint/bad.blueprint": BAD})
    ran = cxc("check", cwd=workspace)
    assert sorted(ran.codes) == ["CXC105", "CXC901"]


# ---- no right to read --------------------------------------------------------------------------------------


def test_a_file_without_the_right_to_read_it(workspace: Path) -> None:
    write_all(workspace, {"x.blueprint": BAD})
    (workspace / "x.blueprint").chmod(0)
    for arguments in ([], ["x.blueprint"]):
        ran = cxc_process("check", *arguments, cwd=workspace, prepare=obey_rights)
        assert_one(ran, "CXC901", "`x.blueprint` cannot be read: permission denied")
    assert cxc_process("fmt", cwd=workspace, prepare=obey_rights).code == 1


def test_a_folder_without_the_right_to_look_into_it(workspace: Path) -> None:
    write_all(workspace, {"closed/x.blueprint": SYSTEM})
    (workspace / "closed").chmod(0)
    try:
        ran = cxc_process("check", cwd=workspace, prepare=obey_rights)
        assert_one(ran, "CXC901", "`closed` cannot be read: permission denied", exit_code=2)
        ran = cxc_process("check", "closed/x.blueprint", cwd=workspace, prepare=obey_rights)
        assert ran.code == 2
        assert "`closed/x.blueprint` cannot be read: permission denied" in ran.errors
    finally:
        (workspace / "closed").chmod(0o755)


# ---- gone while it is read ---------------------------------------------------------------------------------


@pytest.mark.parametrize("what", ["a file", "a folder"])
def test_deleted_while_read(workspace: Path, monkeypatch: pytest.MonkeyPatch, what: str) -> None:
    """Between the look into the folder and the reading of its files, one of them goes."""
    write_all(workspace, {"deep/system.blueprint": SYSTEM, "deep/x.blueprint": BAD})
    walk = os.walk

    def walk_and_delete(top: Path, **options: object) -> object:
        for folder, folders, files in walk(top, **options):
            yield folder, folders, files
            if "x.blueprint" in files:
                (workspace / "deep" / "x.blueprint").unlink()
                if what == "a folder":
                    (workspace / "deep" / "system.blueprint").unlink()
                    (workspace / "deep").rmdir()

    monkeypatch.setattr("cxc.workspace.os.walk", walk_and_delete)
    ran = cxc("check", cwd=workspace)
    gone = ["deep/system.blueprint", "deep/x.blueprint"] if what == "a folder" else ["deep/x.blueprint"]
    assert ran.codes == ["CXC901"] * len(gone)
    assert all(f"`{name}` is not there" in ran.output for name in gone)
    assert ran.code == 1


def test_cut_off_while_read_is_what_was_read(workspace: Path) -> None:
    """A file that an editor is just writing is read as it is at that moment: what follows is about that text."""
    write_all(workspace, {"x.blueprint": BAD})
    loaded = load_workspace(workspace)
    write_all(workspace, {"x.blueprint": ""})
    assert [source.text for source in loaded.sources if source.path == "x.blueprint"] == [BAD]


def test_the_current_folder_is_gone(tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    ran = cxc_process("check", cwd=gone, prepare=gone.rmdir)
    assert ran.code == 2
    assert "The current folder is not there any more." in ran.errors


# ---- names that deceive ------------------------------------------------------------------------------------

NAMES = [
    b"a\nb.blueprint",
    b"a\rb.blueprint",
    b"\x1b[31mred.blueprint",
    b"bell\x07.blueprint",
    "right\u202eleft.blueprint".encode(),
    "in\u200bvisible.blueprint".encode(),
    b" blanks .blueprint",
    b"--help.blueprint",
    b"-.blueprint",
    b"[a-z].blueprint",
    b"*.blueprint",
    b"\"quo'tes.blueprint",
    b"`ticks`.blueprint",
    b"%0A::error::x.blueprint",
    b"<script>.blueprint",
    b"=1+1.blueprint",
    "é中😀.blueprint".encode(),
    b"back\\slash.blueprint",
    b"colon:1:1.blueprint",
    b"x" * 200 + b".blueprint",
]


@pytest.mark.parametrize("name", NAMES, ids=ascii)
def test_a_name_is_shown_and_obeyed_by_nothing(workspace: Path, name: bytes) -> None:
    file = os.fsencode(workspace) + b"/" + name
    with open(file, "wb") as stream:
        stream.write(BAD.encode())
    ran = cxc("check", cwd=workspace)
    assert (ran.codes, ran.code) == (["CXC105"], 1)
    assert cxc("check", f"./{os.fsdecode(name)}", cwd=workspace).codes == ["CXC105"]
    shown = next(line for line in ran.output.splitlines() if "--> " in line)
    assert shown.endswith(".blueprint:2:1")
    assert shown.isprintable()
    for format_ in ("json", "sarif"):
        assert json.loads(cxc("check", "--format", format_, cwd=workspace).output)
    annotation, *rest = cxc("check", "--format", "github", cwd=workspace).output.splitlines()
    assert annotation.startswith("::error ")
    assert not any(line.startswith("::") for line in rest)


@pytest.mark.parametrize("name", [b"no\xffutf8\xfe.blueprint", b"\xed\xa0\x80.blueprint"], ids=ascii)
def test_a_name_that_is_no_text_is_told_so(workspace: Path, name: bytes) -> None:
    with open(os.fsencode(workspace) + b"/" + name, "wb") as stream:
        stream.write(TEAMS.encode())
    before = all_in(workspace)
    for arguments in ([], [f"./{os.fsdecode(name)}"]):
        assert_one(cxc_process("check", *arguments, cwd=workspace), "CXC103", "is not UTF-8 text", "<U+D")
    assert cxc_process("build", cwd=workspace).code == 1
    assert cxc_process("fmt", cwd=workspace).code == 1
    assert json.loads(cxc("check", "--format", "json", cwd=workspace).output)
    assert all_in(workspace) == before


@pytest.mark.parametrize("name", [*NAMES[:7], "é中😀.blueprint".encode()], ids=ascii)
def test_what_is_generated_names_its_source_harmlessly(workspace: Path, name: bytes) -> None:
    folder = os.fsencode(workspace) + b"/" + name.removesuffix(b".blueprint")
    os.mkdir(folder)
    with open(folder + b"/" + name, "wb") as stream:
        stream.write(b"package b\nteam Other { kind business }\nservice S { owner Other; query q() -> int }\n")
    ran = cxc("build", cwd=workspace)
    assert ran.code == 0, ran.said
    document = (workspace / "generated" / "openapi" / "s.yaml").read_text(encoding="utf-8")
    assert all(line.isprintable() for line in document.splitlines())
    json.loads((workspace / "generated" / "blueprint.json").read_bytes())
    assert cxc("build", "--check", cwd=workspace).code == 0


def test_a_workspace_in_a_folder_with_such_a_name(tmp_path: Path) -> None:
    folder = os.fsencode(tmp_path) + b"/w\n\xff\x1b[31m"
    os.mkdir(folder)
    write_all(Path(os.fsdecode(folder)), {"cxc.toml": "", "x.blueprint": TEAMS})
    ran = cxc_process("build", folder, cwd=tmp_path)
    assert ran.code == 0
    assert os.path.isfile(folder + b"/generated/blueprint.json")
    assert "\x1b" not in ran.said


@pytest.mark.parametrize("encoding", ["ascii", "latin-1"])
def test_a_terminal_that_lacks_characters_shows_their_numbers(workspace: Path, encoding: str) -> None:
    write_all(workspace, {"é中.blueprint": 'package a\nteam B "é中" { knd business }\n'})
    ran = cxc_process("check", cwd=workspace, env={"PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"})
    assert ran.codes == ["CXC105"]
    assert "<U+4E2D>.blueprint:2:" in ran.output


def test_what_is_hidden_is_left_alone(workspace: Path) -> None:
    write_all(workspace, {".x.blueprint": BAD, ".git/x.blueprint": BAD, "node_modules/x.blueprint": BAD})
    (workspace / ".#teams.blueprint").symlink_to("someone@somewhere:1")  # an editor's lock
    assert cxc("check", cwd=workspace).codes == []
