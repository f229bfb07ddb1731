"""Output folders that cannot be used, full disks, builds at once, builds that are killed: nothing is half written."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from command_line import LINUX, Ran, all_in, cxc, cxc_process, obey_rights, write_all

DESIGN = """\
package shop

team Desk "Desk" { kind operations }

event Found { number: string(8) }

service Orders "Orders" {
  owner Desk

  query find(number: string(8)) -> string { latency 200ms }
}
"""


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    return write_all(tmp_path / "w", {"cxc.toml": 'name = "shop"\n', "shop.blueprint": DESIGN})


@pytest.fixture
def built(workspace: Path) -> dict[str, bytes | str]:
    """What a build of the workspace leaves; the folder itself is as it was before."""
    assert cxc("build", "--out", "elsewhere", cwd=workspace).code == 0
    found = all_in(workspace / "elsewhere")
    subprocess.run(["rm", "-r", workspace / "elsewhere"], check=True)
    return found


def assert_refused(ran: Ran, *words: str) -> None:
    """Assert that a run says in one sentence, and what to do, why the folder cannot be used."""
    assert ran.code == 2, ran.said
    error, advice, *rest = ran.errors.splitlines()
    assert error.startswith("Error: ")
    for word in words:
        assert word in error
    assert advice.endswith(".")
    assert not rest


# ---- places where nothing can be written -------------------------------------------------------------------


def test_a_file_stands_there(workspace: Path) -> None:
    write_all(workspace, {"generated": "mine"})
    assert_refused(cxc("build", cwd=workspace), "`generated` is a file, not a folder")
    assert_refused(cxc("build", "--out", "shop.blueprint", cwd=workspace), "`shop.blueprint` is a file")
    assert_refused(cxc("build", "--out", "cxc.toml/x", cwd=workspace), "where a folder is needed")
    assert_refused(cxc("build", "--out", "/dev/null", cwd=workspace), "`/dev/null` is a file")
    assert_refused(cxc("build", "--check", cwd=workspace), "`generated` is a file, not a folder")
    assert (workspace / "generated").read_text(encoding="utf-8") == "mine"
    assert (workspace / "shop.blueprint").read_text(encoding="utf-8") == DESIGN


def test_what_was_found_in_the_design_is_reported_all_the_same(workspace: Path) -> None:
    write_all(workspace, {"generated": "mine"})
    ran = cxc("build", cwd=workspace)
    assert "CXC309" in ran.codes
    assert ran.code == 2
    assert "CXC309" in json.loads(cxc("build", "--format", "json", cwd=workspace).output)["findings"][0]["code"]


@pytest.mark.parametrize("out", ["", "a" * 300, "x/" * 3000 + "y", "/proc/x", "no\0thing"], ids=lambda out: out[:9])
def test_a_path_that_no_folder_can_have(workspace: Path, out: str) -> None:
    before = all_in(workspace)
    ran = cxc("build", "--out", out, cwd=workspace)
    assert ran.code == 2
    assert "Error: " in ran.errors
    assert all_in(workspace) == before


@LINUX
def test_a_folder_that_may_not_be_written(workspace: Path) -> None:
    (workspace / "generated").mkdir()
    (workspace / "generated").chmod(0o555)
    ran = cxc_process("build", cwd=workspace, prepare=obey_rights)
    assert_refused(ran, "Access to `generated/.cxc` is denied")
    assert all_in(workspace / "generated") == {}
    (workspace / "generated").rmdir()
    workspace.chmod(0o555)
    try:
        assert_refused(cxc_process("build", cwd=workspace, prepare=obey_rights), "Access to `generated` is denied")
    finally:
        workspace.chmod(0o755)


@LINUX
def test_a_part_of_the_folder_that_may_not_be_written(workspace: Path, built: dict[str, bytes | str]) -> None:
    assert cxc("build", cwd=workspace).code == 0
    (workspace / "generated" / "openapi").chmod(0o555)
    write_all(workspace, {"shop.blueprint": DESIGN.replace("8", "9")})
    ran = cxc_process("build", cwd=workspace, prepare=obey_rights)
    (workspace / "generated" / "openapi").chmod(0o755)
    assert_refused(ran, "Access to `generated/openapi/", "is denied")
    # Whatever was done by then is known as ours: the next build goes on, and the one after that finds all in order.
    assert cxc("build", cwd=workspace).code == 0
    assert cxc("build", "--check", cwd=workspace).code == 0


# ---- links -------------------------------------------------------------------------------------------------


@LINUX
def test_the_output_folder_may_be_a_link_to_a_folder(workspace: Path, built: dict[str, bytes | str]) -> None:
    outside = workspace.parent / "outside"
    outside.mkdir()
    (workspace / "generated").symlink_to(outside)
    assert cxc("build", cwd=workspace).code == 0
    assert all_in(outside) == built


@LINUX
@pytest.mark.parametrize("target", ["../nowhere", "generated", "shop.blueprint"])
def test_a_link_that_leads_to_no_folder(workspace: Path, target: str) -> None:
    (workspace / "generated").symlink_to(target)
    before = all_in(workspace)
    assert_refused(cxc("build", cwd=workspace), "`generated`")
    assert all_in(workspace) == before
    assert not (workspace.parent / "nowhere").exists()


@LINUX
@pytest.mark.parametrize("inside", ["openapi", ".cxc"])
def test_a_link_inside_leads_nothing_out(workspace: Path, inside: str) -> None:
    outside = workspace.parent / "outside"
    outside.mkdir()
    (workspace / "generated").mkdir()
    (workspace / "generated" / inside).symlink_to(outside)
    assert_refused(cxc("build", "--overwrite", cwd=workspace), f"`generated/{inside}` is a link to another place")
    assert all_in(outside) == {}


@LINUX
def test_a_link_in_the_place_of_a_file_is_not_written_through(workspace: Path, built: dict[str, bytes | str]) -> None:
    write_all(workspace.parent, {"precious": "precious"})
    (workspace / "generated").mkdir()
    (workspace / "generated" / "blueprint.json").symlink_to(workspace.parent / "precious")
    ran = cxc("build", cwd=workspace)
    assert "CXC903" in ran.codes
    assert ran.code == 1
    assert cxc("build", "--overwrite", cwd=workspace).code == 0
    assert (workspace.parent / "precious").read_text(encoding="utf-8") == "precious"
    assert all_in(workspace / "generated") == built


def test_a_manifest_that_names_files_outside_removes_none(workspace: Path) -> None:
    """The records come with a repository, from anyone."""
    write_all(workspace.parent, {"precious": "precious"})
    entry = {"target": "model", "subject": "x", "sha256": "0" * 64}
    for name in ("../../precious", "/etc/passwd", "C:\\x"):
        record = json.dumps({"format": 1, "compiler": "0", "files": {name: entry}})
        write_all(workspace, {"generated/.cxc/manifest.json": record})
        ran = cxc("build", cwd=workspace)
        assert "CXC903" in ran.codes
        assert ran.code == 1
    assert cxc("build", "--overwrite", cwd=workspace).code == 0
    assert (workspace.parent / "precious").is_file()


# ---- a full disk -------------------------------------------------------------------------------------------


def _limit_files() -> None:
    import resource

    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))


@LINUX
def test_a_full_disk_leaves_all_as_it_was(workspace: Path, built: dict[str, bytes | str]) -> None:
    """No file may grow beyond 4 KiB here: that is what a write to a full disk looks like from inside."""
    ran = cxc_process("build", cwd=workspace, prepare=_limit_files)
    assert_refused(ran, "There is no room left for `generated")
    left = all_in(workspace / "generated")
    assert not [path for path in left if path.endswith(".cxc-part")]
    assert all(built.get(path) == content for path, content in left.items() if not path.startswith(".cxc"))
    assert cxc("build", cwd=workspace).code == 0
    assert all_in(workspace / "generated") == built


@LINUX
def test_a_disk_that_gets_full_on_the_way(workspace: Path, built: dict[str, bytes | str]) -> None:
    disk = workspace / "disk"
    disk.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", disk], capture_output=True)
    if mounted.returncode:
        pytest.skip("needs the right to mount a small disk")
    try:
        assert_refused(cxc_process("build", "--out", "disk/o", cwd=workspace), "There is no room left for `disk/o")
        for path, content in all_in(disk / "o").items():
            if not path.startswith(".cxc/"):
                assert content in (built[path], "folder"), path
        subprocess.run(["mount", "-o", "remount,size=4m", disk], check=True, capture_output=True)
        assert cxc("build", "--out", "disk/o", cwd=workspace).code == 0
        assert all_in(disk / "o") == built
    finally:
        subprocess.run(["umount", disk], check=True)


@LINUX
@pytest.mark.parametrize("arguments", [["check"], ["build", "--check"], ["targets"], ["--help"], ["explain", "CXC301"]])
def test_a_report_that_cannot_be_written(workspace: Path, arguments: list[str]) -> None:
    with Path("/dev/full").open("w") as full:
        command = [sys.executable, "-m", "cxc", *arguments]
        done = subprocess.run(command, cwd=workspace, stdout=full, stderr=subprocess.PIPE)
    assert done.stderr.decode() == "cxc: the system refuses to go on: no space left on device\n"
    assert done.returncode == 2


# ---- two at once, and an end by force ----------------------------------------------------------------------


def _start(workspace: Path, *arguments: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "cxc", "build", *arguments]
    return subprocess.Popen(command, cwd=workspace, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)


def test_builds_at_once_take_turns(workspace: Path, built: dict[str, bytes | str]) -> None:
    running = [_start(workspace, "--strict") for _ in range(1)] + [_start(workspace) for _ in range(4)]
    said = [process.communicate(timeout=120)[0].decode() for process in running]
    assert [process.returncode for process in running] == [1, 0, 0, 0, 0], said
    assert all_in(workspace / "generated") == built


def test_builds_at_once_of_different_designs_end_as_one_of_them(workspace: Path, tmp_path: Path) -> None:
    """Two checkouts build into one folder: what stands there in the end is wholly the work of one."""
    other = write_all(tmp_path / "v", {"cxc.toml": 'name = "v"\n', "v.blueprint": DESIGN.replace("Orders", "Offers")})
    alone = []
    for folder in (workspace, other):
        assert cxc("build", "--out", "alone", cwd=folder).code == 0
        alone.append(all_in(folder / "alone"))
    out = os.fspath(tmp_path / "both")
    running = [_start(folder, "--out", out) for folder in (workspace, other)]
    for process in running:
        process.communicate(timeout=120)
        assert process.returncode in (0, 1)
    assert all_in(tmp_path / "both") in alone


_KILLED = """
import os, signal, sys
left = int(sys.argv.pop(1))
replace = os.replace
def replace_or_die(*paths):
    global left
    left -= 1
    if left < 0:
        os.kill(os.getpid(), signal.SIGKILL)
    replace(*paths)
os.replace = replace_or_die
from cxc.cli import main
main()
"""


@LINUX
@pytest.mark.parametrize("after", [0, 1, 2, 20, 40])
def test_killed_in_the_middle_of_writing(workspace: Path, built: dict[str, bytes | str], after: int) -> None:
    """`kill -9` comes when so many files have been written."""
    done = subprocess.run([sys.executable, "-c", _KILLED, str(after), "build"], cwd=workspace, capture_output=True)
    assert done.returncode == -signal.SIGKILL
    generated = workspace / "generated"
    for path, content in all_in(generated).items():
        if not path.startswith(".cxc") and not path.endswith(".cxc-part"):
            assert content in (built[path], "folder"), path
    assert cxc("build", "--check", cwd=workspace).code == 1, "what is missing is missed"
    assert cxc("build", cwd=workspace).code == 0
    assert all_in(generated) == built


@LINUX
def test_killed_in_the_middle_of_formatting(workspace: Path) -> None:
    """The file of the user is as it was or as it is to be; what lies beside it is no blueprint."""
    rough = DESIGN.replace("\n\n", "\n").replace("  ", "")
    write_all(workspace, {"shop.blueprint": rough})
    done = subprocess.run([sys.executable, "-c", _KILLED, "0", "fmt"], cwd=workspace, capture_output=True)
    assert done.returncode == -signal.SIGKILL
    assert (workspace / "shop.blueprint").read_text(encoding="utf-8") == rough
    assert cxc("check", cwd=workspace).code == 0
    assert cxc("fmt", cwd=workspace).code == 0
    assert (workspace / "shop.blueprint").read_text(encoding="utf-8") != rough


@LINUX
def test_formatting_on_a_full_disk_changes_nothing(workspace: Path) -> None:
    rough = DESIGN.replace("\n\n", "\n") + "// a comment\n" * 500
    write_all(workspace, {"shop.blueprint": rough})
    ran = cxc_process("fmt", cwd=workspace, prepare=_limit_files)
    assert "`shop.blueprint` cannot be written: file too large" in ran.errors
    assert ran.code == 2
    assert all_in(workspace) == {"cxc.toml": b'name = "shop"\n', "shop.blueprint": rough.encode()}
