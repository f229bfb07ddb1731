"""Generated files on disk: written together, each whole, nobody's own file lost, whatever happens in between."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import textwrap
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest

from cxc.diagnostics import Diagnostic
from cxc.output import OutputError, Plan, check, plan_output, write
from cxc.output.lock import alone
from cxc.targets import GeneratedFile
from cxc.version import VERSION

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="needs signals, links and rights as POSIX has them")

FILES = {"openapi/orders.yaml": "orders: 1\n", "openapi/stores.yaml": "stores: 1\n", "platform.yaml": "all: 1\n"}


def generated(files: Mapping[str, str | bytes], target: str = "openapi") -> list[tuple[str, GeneratedFile]]:
    return [(target, GeneratedFile(path, content, f"service:{path}")) for path, content in files.items()]


def plan(
    out: Path,
    files: Mapping[str, str | bytes],
    target: str = "openapi",
    *,
    targets: Iterable[str] | None = ("openapi",),
    overwrite: bool = False,
) -> Plan:
    built = None if targets is None else tuple(targets)
    return plan_output(out, generated(files, target), built, overwrite=overwrite, shown="generated")


def build(out: Path, files: Mapping[str, str | bytes], target: str = "openapi") -> None:
    assert write(plan(out, files, target, targets=(target,))) == ()


def on_disk(out: Path) -> dict[str, bytes]:
    """Every file below the folder, the records of builds left out."""
    found = {path.relative_to(out).as_posix(): path.read_bytes() for path in out.rglob("*") if path.is_file()}
    return {path: content for path, content in found.items() if not path.startswith(".cxc/")}


def encoded(files: Mapping[str, str]) -> dict[str, bytes]:
    return {path: content.encode() for path, content in files.items()}


def told(diagnostics: Iterable[Diagnostic]) -> list[tuple[str, str]]:
    return [(found.code, found.span.file) for found in diagnostics]


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "generated"


class TestABuild:
    def test_writes_every_file_and_the_manifest(self, out: Path) -> None:
        build(out, FILES)
        assert on_disk(out) == encoded(FILES)
        manifest = json.loads((out / ".cxc" / "manifest.json").read_text(encoding="utf-8"))
        assert manifest["compiler"] == VERSION
        assert list(manifest["files"]) == sorted(FILES)
        assert manifest["files"]["platform.yaml"] == {
            "target": "openapi",
            "subject": "service:platform.yaml",
            "sha256": hashlib.sha256(b"all: 1\n").hexdigest(),
        }

    def test_leaves_nothing_else_behind(self, out: Path) -> None:
        build(out, FILES)
        assert sorted(path.name for path in (out / ".cxc").iterdir() if path.name != "lock") == ["manifest.json"]

    def test_gives_the_same_manifest_whatever_the_order(self, tmp_path: Path) -> None:
        build(tmp_path / "a", FILES)
        build(tmp_path / "b", dict(reversed(FILES.items())))
        first, second = ((tmp_path / name / ".cxc" / "manifest.json").read_bytes() for name in "ab")
        assert first == second

    def test_does_not_touch_what_is_unchanged(self, out: Path) -> None:
        build(out, FILES)
        for path in out.rglob("*"):
            os.utime(path, ns=(1_000, 1_000))
        before = {path: path.stat() for path in out.rglob("*") if path.is_file()}
        build(out, FILES | {"platform.yaml": "all: 2\n"})
        changed = {path.name for path, stat in before.items() if path.stat().st_mtime_ns != stat.st_mtime_ns}
        assert changed == {"platform.yaml", "manifest.json"}

    def test_with_nothing_to_do_touches_nothing_at_all(self, out: Path) -> None:
        build(out, FILES)
        for path in [out, *out.rglob("*")]:
            os.utime(path, ns=(1_000, 1_000))
        build(out, FILES)
        assert {path.stat().st_mtime_ns for path in [out, *out.rglob("*")]} == {1_000}

    def test_removes_what_is_no_longer_generated_and_folders_left_empty(self, out: Path) -> None:
        build(out, FILES | {"a/b/c.yaml": "c\n", "a/own/d.yaml": "d\n"})
        (out / "a" / "own" / "notes.txt").write_text("mine", encoding="utf-8")
        build(out, {"platform.yaml": "all: 1\n"})
        assert set(on_disk(out)) == {"platform.yaml", "a/own/notes.txt"}
        assert not (out / "openapi").exists()
        assert not (out / "a" / "b").exists()

    def test_leaves_files_of_others_alone(self, out: Path) -> None:
        out.mkdir()
        (out / "README.md").write_text("mine", encoding="utf-8")
        build(out, FILES)
        build(out, {})
        assert on_disk(out) == {"README.md": b"mine"}

    def test_of_one_target_leaves_the_others(self, out: Path) -> None:
        build(out, FILES)
        build(out, {"blueprint.json": "{}"}, "model")
        assert set(on_disk(out)) == {*FILES, "blueprint.json"}
        build(out, {}, "model")
        assert set(on_disk(out)) == set(FILES)

    def test_of_all_targets_removes_those_no_longer_asked_for(self, out: Path) -> None:
        build(out, FILES)
        assert write(plan(out, {"blueprint.json": "{}"}, "model", targets=None)) == ()
        assert set(on_disk(out)) == {"blueprint.json"}

    def test_may_turn_a_file_into_a_folder_and_back(self, out: Path) -> None:
        build(out, {"a": "1"})
        build(out, {"a/b/c": "2"})
        assert on_disk(out) == {"a/b/c": b"2"}
        build(out, {"a": "1"})
        assert on_disk(out) == {"a": b"1"}

    def test_renames_where_only_case_differs(self, out: Path) -> None:
        build(out, {"Foo/A.yaml": "1"})
        build(out, {"foo/a.yaml": "1"})
        assert [path.relative_to(out).as_posix() for path in out.rglob("*.yaml")] == ["foo/a.yaml"]

    def test_takes_bytes_and_any_text(self, out: Path) -> None:
        build(out, {"a.xlsx": b"PK\x00\xff", "b.txt": "🧭\ud800\r\n"})
        assert on_disk(out) == {"a.xlsx": b"PK\x00\xff", "b.txt": "🧭?\r\n".encode()}

    def test_follows_the_output_folder_where_that_is_a_link(self, out: Path, tmp_path: Path) -> None:
        (tmp_path / "elsewhere").mkdir()
        _link(out, tmp_path / "elsewhere")
        build(out, FILES)
        assert on_disk(tmp_path / "elsewhere") == encoded(FILES)


class TestWhatAHandDid:
    def test_is_reported_and_nothing_at_all_is_written(self, out: Path) -> None:
        build(out, FILES)
        (out / "platform.yaml").write_text("all: mine\n", encoding="utf-8")
        changed = {path: content.replace("1", "2") for path, content in FILES.items()}
        found = write(plan(out, changed))
        assert told(found) == [("CXC903", "generated/platform.yaml")]
        assert (found[0].span.line, found[0].span.column) == (1, 1)
        assert on_disk(out) == encoded(FILES) | {"platform.yaml": b"all: mine\n"}

    def test_is_given_up_by_overwrite(self, out: Path) -> None:
        build(out, FILES)
        (out / "platform.yaml").write_text("all: mine\n", encoding="utf-8")
        assert write(plan(out, FILES, overwrite=True)) == ()
        assert on_disk(out) == encoded(FILES)
        build(out, FILES)

    def test_is_not_removed_either(self, out: Path) -> None:
        build(out, FILES)
        (out / "platform.yaml").write_text("all: mine\n", encoding="utf-8")
        assert told(write(plan(out, {}))) == [("CXC903", "generated/platform.yaml")]
        assert on_disk(out) == encoded(FILES) | {"platform.yaml": b"all: mine\n"}
        assert write(plan(out, {}, overwrite=True)) == ()
        assert on_disk(out) == {}

    def test_does_not_matter_where_it_is_what_is_generated_now(self, out: Path) -> None:
        build(out, FILES)
        (out / "platform.yaml").write_text("all: 2\n", encoding="utf-8")
        build(out, FILES | {"platform.yaml": "all: 2\n"})

    def test_to_a_file_of_their_own_in_the_way(self, out: Path) -> None:
        out.mkdir()
        (out / "platform.yaml").write_text("something else", encoding="utf-8")
        found = write(plan(out, FILES))
        assert told(found) == [("CXC903", "generated/platform.yaml")]
        assert "that cxc did not write" in found[0].message
        assert on_disk(out) == {"platform.yaml": b"something else"}

    def test_is_welcome_where_it_is_the_same_file(self, out: Path) -> None:
        out.mkdir()
        (out / "platform.yaml").write_bytes(b"all: 1\n")
        build(out, FILES)
        build(out, {})
        assert on_disk(out) == {}

    def test_deleting_a_file_brings_it_back(self, out: Path) -> None:
        build(out, FILES)
        (out / "platform.yaml").unlink()
        build(out, FILES)
        assert on_disk(out) == encoded(FILES)

    def test_by_version_control_to_line_endings_is_nobodys_change(self, out: Path) -> None:
        build(out, FILES)
        (out / "platform.yaml").write_bytes(b"all: 1\r\n")
        build(out, FILES | {"platform.yaml": "all: 2\n"})
        assert (out / "platform.yaml").read_bytes() == b"all: 2\n"

    @pytest.mark.parametrize("content", [b"<<<<<<< ours\n", b"", b"[]", b'{"format": 2, "files": {}}', b"\xff"])
    def test_to_the_manifest(self, out: Path, content: bytes) -> None:
        build(out, FILES)
        (out / ".cxc" / "manifest.json").write_bytes(content)
        assert told(write(plan(out, FILES))) == [("CXC903", "generated/.cxc/manifest.json")]
        assert write(plan(out, FILES, overwrite=True)) == ()
        build(out, FILES)

    @pytest.mark.parametrize("path", ["../victim", "a/../../victim", "/victim", "..\\victim", "C:victim"])
    def test_to_the_manifest_removes_nothing_outside(self, out: Path, tmp_path: Path, path: str) -> None:
        build(out, FILES)
        (tmp_path / "victim").write_text("x", encoding="utf-8")
        manifest = out / ".cxc" / "manifest.json"
        known = json.loads(manifest.read_text(encoding="utf-8"))
        known["files"][path] = {"target": "openapi", "subject": "", "sha256": hashlib.sha256(b"x").hexdigest()}
        manifest.write_text(json.dumps(known), encoding="utf-8")
        write(plan(out, {}))
        write(plan(out, {}, overwrite=True))
        assert (tmp_path / "victim").exists()

    def test_putting_a_link_in_the_place_of_a_file(self, out: Path, tmp_path: Path) -> None:
        build(out, FILES)
        (out / "platform.yaml").unlink()
        (tmp_path / "victim").write_text("x", encoding="utf-8")
        _link(out / "platform.yaml", tmp_path / "victim")
        assert told(write(plan(out, FILES))) == [("CXC903", "generated/platform.yaml")]
        assert write(plan(out, FILES, overwrite=True)) == ()
        assert (tmp_path / "victim").read_text(encoding="utf-8") == "x"
        assert not (out / "platform.yaml").is_symlink()

    @POSIX
    def test_putting_a_pipe_in_the_place_of_a_file(self, out: Path) -> None:
        out.mkdir()
        os.mkfifo(out / "platform.yaml")
        assert told(write(plan(out, FILES))) == [("CXC903", "generated/platform.yaml")]


class TestChecking:
    def test_what_is_up_to_date_finds_nothing(self, out: Path) -> None:
        build(out, FILES)
        assert check(plan(out, FILES)) == ()

    def test_writes_nothing(self, out: Path) -> None:
        check(plan(out, FILES))
        assert not out.exists()

    def test_finds_what_is_missing_other_or_left_over(self, out: Path) -> None:
        build(out, FILES)
        (out / "openapi" / "stores.yaml").unlink()
        now = {"openapi/stores.yaml": "stores: 1\n", "platform.yaml": "all: 2\n"}
        found = check(plan(out, now))
        assert told(found) == [
            ("CXC902", "generated/openapi/orders.yaml"),
            ("CXC902", "generated/openapi/stores.yaml"),
            ("CXC902", "generated/platform.yaml"),
        ]
        assert [diagnostic.message.partition("` ")[2] for diagnostic in found] == [
            "is left over: nothing is generated there any more",
            "is missing",
            "is not what the design gives now",
        ]

    def test_tells_what_a_hand_changed_from_what_is_stale(self, out: Path) -> None:
        build(out, FILES)
        (out / "openapi" / "stores.yaml").write_text("mine", encoding="utf-8")
        found = check(plan(out, FILES | {"platform.yaml": "all: 2\n"}))
        assert told(found) == [("CXC903", "generated/openapi/stores.yaml"), ("CXC902", "generated/platform.yaml")]

    def test_needs_no_manifest(self, out: Path) -> None:
        build(out, FILES)
        (out / ".cxc" / "manifest.json").unlink()
        assert check(plan(out, FILES)) == ()


class TestNames:
    @pytest.mark.parametrize(
        "path",
        [
            "../a", "a/../../b", "/a", "\\a", "C:a", "c:/a", "", "a//b", "a/", "./a", "a/./b",
            "con", "a/NUL.yaml", "Aux .txt", "com1", "lpt9.x.y", "COM²",
            "a:b", "a?b", "a*", "a|b", "<a>", 'a"b', "a\\b", "a\nb", "a\x00b", "a\x7f",
            "a.", "a ", "b./c", "x" * 201, "ü" * 130,
        ],
    )  # fmt: skip
    def test_that_are_no_file_everywhere(self, out: Path, path: str) -> None:
        found = write(plan(out, FILES | {path: "x"}))
        assert [diagnostic.code for diagnostic in found] == ["CXC904"]
        assert f"service:{path}" in found[0].message
        assert not out.exists()

    @pytest.mark.parametrize(
        "path", ["console.yaml", "a/nullable", "com", "COM10", ".hidden", "a..b", "ü b", "x" * 200]
    )
    def test_that_are(self, out: Path, path: str) -> None:
        build(out, {path: "x"})
        assert on_disk(out) == {path: b"x"}

    @pytest.mark.parametrize(
        ("one", "other", "what"),
        [
            ("a/B.yaml", "a/b.yaml", "one file"),
            ("a/same.yaml", "a/same.yaml", "one file"),
            ("Straße", "STRASSE", "one file"),
            ("caf\u00e9", "cafe\u0301", "one file"),
            ("a", "A/b", "a file and a folder at once"),
            ("a/b/c", "A", "a file and a folder at once"),
        ],
    )
    def test_that_are_one_file_somewhere(self, out: Path, one: str, other: str, what: str) -> None:
        files = [*generated({one: "1"}), *generated({other: "2"}, "model")]
        (found,) = write(plan_output(out, files, None, shown="generated"))
        assert found.code == "CXC904"
        assert found.message.endswith(f"would be {what}")
        assert not out.exists()

    def test_that_are_one_file_with_that_of_a_target_not_built_now(self, out: Path) -> None:
        build(out, {"a/B.yaml": "1"})
        (found,) = write(plan(out, {"a/b.yaml": "2"}, "model", targets=("model",)))
        assert (found.code, found.span.file) == ("CXC904", "generated/a/b.yaml")

    def test_may_move_from_one_target_to_another(self, out: Path) -> None:
        build(out, {"a.yaml": "1"})
        build(out, {"a.yaml": "2"}, "model")
        assert on_disk(out) == {"a.yaml": b"2"}
        build(out, {})
        assert on_disk(out) == {"a.yaml": b"2"}


@contextmanager
def _fails(*words: str) -> Iterator[None]:
    with pytest.raises(OutputError) as caught:
        yield
    assert caught.value.help
    for word in words:
        assert word in caught.value.message


class TestAFolderThatCannotBeUsed:
    def test_is_a_file(self, out: Path) -> None:
        out.write_text("x", encoding="utf-8")
        with _fails("`generated` is a file"):
            plan(out, FILES)

    def test_is_below_a_file(self, out: Path) -> None:
        out.write_text("x", encoding="utf-8")
        with _fails("where a folder is needed"):
            write(plan(out / "below", FILES))

    def test_has_a_file_where_a_folder_is_needed(self, out: Path) -> None:
        out.mkdir()
        (out / "openapi").write_text("x", encoding="utf-8")
        with _fails("`generated/openapi`", "where a folder is needed"):
            plan(out, FILES)
        assert on_disk(out) == {"openapi": b"x"}

    def test_has_a_folder_where_a_file_is_needed(self, out: Path) -> None:
        (out / "platform.yaml").mkdir(parents=True)
        (out / "platform.yaml" / "mine").write_text("x", encoding="utf-8")
        with _fails("A folder stands where the file `generated/platform.yaml`"):
            plan(out, FILES, overwrite=True)
        assert on_disk(out) == {"platform.yaml/mine": b"x"}

    @pytest.mark.parametrize("folder", ["openapi", ".cxc"])
    def test_has_a_link_that_leads_out(self, out: Path, tmp_path: Path, folder: str) -> None:
        (tmp_path / "elsewhere").mkdir()
        out.mkdir()
        _link(out / folder, tmp_path / "elsewhere")
        with _fails(f"`generated/{folder}` is a link"):
            plan(out, FILES, overwrite=True)
        assert list((tmp_path / "elsewhere").iterdir()) == []

    def test_has_a_link_on_the_way_to_what_would_be_removed(self, out: Path, tmp_path: Path) -> None:
        build(out, FILES)
        (out / "openapi").rename(tmp_path / "elsewhere")
        _link(out / "openapi", tmp_path / "elsewhere")
        with _fails("is a link"):
            plan(out, {})
        assert len(list((tmp_path / "elsewhere").iterdir())) == 2

    @POSIX
    def test_is_read_only(self, out: Path) -> None:
        build(out, FILES)
        changed = {path: content.replace("1", "2") for path, content in FILES.items()}
        with _without_rights(out), _fails("Access to `generated", "denied"):
            write(plan(out, changed))
        assert on_disk(out) == encoded(FILES)
        build(out, changed)

    @POSIX
    def test_is_full(self, out: Path) -> None:
        build(out, FILES)
        large = {path: "x" * 5000 + "\n" for path in FILES}
        script = """
            import resource
            resource.setrlimit(resource.RLIMIT_FSIZE, (4000, 4000))
            try:
                write(plan_output(OUT, files(CONTENT), None, shown="generated"))
            except OutputError as error:
                print(error.message)
            """
        assert _run(script, out, large).stdout == "There is no room left for `generated`\n"
        assert on_disk(out) == encoded(FILES)
        build(out, large)
        assert on_disk(out) == encoded(large)

    def test_is_being_written_by_another_build(self, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        build(out, FILES)
        monkeypatch.setattr("cxc.output.lock.PATIENCE", 0.05)
        with alone(out / ".cxc" / "lock", "generated"), _fails("Another build is writing to `generated`"):
            write(plan(out, {}))
        assert on_disk(out) == encoded(FILES)
        build(out, {})
        assert on_disk(out) == {}


def _link(place: Path, target: Path) -> None:
    try:
        place.symlink_to(target, target_is_directory=target.is_dir())
    except OSError:
        pytest.skip("needs the right to make symbolic links")


@contextmanager
def _without_rights(folder: Path) -> Iterator[None]:
    """Take the right to write below a folder; from root, by being someone else for a while."""
    if os.geteuid() == 0:
        # The folders that pytest makes are closed to all but their owner.
        for closed in (folder, *folder.parents[:3]):
            closed.chmod(0o755)
        os.seteuid(65534)
        try:
            yield
        finally:
            os.seteuid(0)
    else:
        folders = [folder, *(path for path in folder.rglob("*") if path.is_dir())]
        for path in folders:
            path.chmod(0o555)
        try:
            yield
        finally:
            for path in folders:
                path.chmod(0o755)


# ---- other processes ----------------------------------------------------------------------------------------

_PREAMBLE = """
import json, os, signal, sys
from pathlib import Path
from cxc.output import OutputError, plan_output, write
from cxc.targets import GeneratedFile
OUT = Path(sys.argv[1])
CONTENT = json.loads(sys.argv[2])
def files(content):
    return [("openapi", GeneratedFile(path, text, f"service:{path}")) for path, text in content.items()]
"""


def _command(script: str, out: Path, files: Mapping[str, str]) -> list[str]:
    return [sys.executable, "-c", _PREAMBLE + textwrap.dedent(script), str(out), json.dumps(files)]


def _environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}


def _run(script: str, out: Path, files: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(_command(script, out, files), env=_environment(), capture_output=True, text=True, timeout=60)
    assert "Traceback" not in done.stderr, done.stderr
    return done


_KILLED = """
steps = {steps}
def counted(step):
    def counting(*given, **named):
        global steps
        steps -= 1
        if steps < 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return step(*given, **named)
    return counting
os.replace, os.unlink, os.mkdir = counted(os.replace), counted(os.unlink), counted(os.mkdir)
write(plan_output(OUT, files(CONTENT), None))
print("done")
"""


@POSIX
class TestABuildThatIsKilled:
    OLD = FILES | {"gone/a.yaml": "gone\n", "same.yaml": "same\n"}
    NEW = {"openapi/orders.yaml": "orders: 2\n", "new/deep/b.yaml": "b: 1\n", "same.yaml": "same\n", "z.yaml": "z\n"}

    @pytest.mark.parametrize("first", [True, False], ids=["the first", "a later one"])
    def test_at_any_step_leaves_whole_files_and_no_false_accusation(self, tmp_path: Path, first: bool) -> None:
        old = {} if first else self.OLD
        for steps in range(100):
            out = tmp_path / str(steps)
            if not first:
                build(out, old)
            done = _run(_KILLED.format(steps=steps), out, self.NEW)
            kept = {path: content for path, content in on_disk(out).items() if not path.endswith(".cxc-part")}
            for path, content in kept.items():
                assert content.decode() in (old.get(path), self.NEW.get(path)), (steps, path)
            assert {"same.yaml"} <= set(kept) or first
            build(out, self.NEW)
            assert on_disk(out) == encoded(self.NEW), steps
            assert sorted(os.listdir(out / ".cxc")) == ["manifest.json"]
            if done.stdout == "done\n":
                assert steps > 10
                return
            assert done.returncode == -9
        pytest.fail("the build has more steps than expected")

    def test_and_then_another_design_is_built(self, out: Path) -> None:
        build(out, self.OLD)
        _run(_KILLED.format(steps=9), out, self.NEW)
        assert any(path.endswith(".cxc-part") for path in on_disk(out))
        build(out, {"other.yaml": "o\n"})
        assert on_disk(out) == {"other.yaml": b"o\n"}
        assert sorted(path.name for path in out.iterdir()) == [".cxc", "other.yaml"]

    def test_twice_in_different_designs(self, out: Path) -> None:
        build(out, self.OLD)
        _run(_KILLED.format(steps=10), out, self.NEW)
        _run(_KILLED.format(steps=8), out, {path: f"{content}3\n" for path, content in self.NEW.items()})
        build(out, self.OLD)
        assert on_disk(out) == encoded(self.OLD)

    def test_is_remembered_over_the_build_of_another_target(self, out: Path) -> None:
        build(out, self.OLD)
        for steps in range(100):
            _run(_KILLED.format(steps=steps), out, self.NEW)
            if on_disk(out).get("openapi/orders.yaml") == b"orders: 2\n":
                break
        build(out, {"blueprint.json": "{}"}, "model")
        assert plan(out, self.NEW).diagnostics == ()
        build(out, self.NEW)
        assert on_disk(out) == encoded(self.NEW) | {"blueprint.json": b"{}"}

    def test_by_a_signal_while_many_files_are_written(self, out: Path) -> None:
        many = {f"{number % 20}/{number}.yaml": f"{number}\n" * 500 for number in range(1500)}
        content = {path: text[:20] for path, text in many.items()}
        script = "write(plan_output(OUT, files({path: text * 500 for path, text in CONTENT.items()}), None))"
        with subprocess.Popen(_command(script, out, content), env=_environment()) as process:
            deadline = time.monotonic() + 30
            while not (out / "3").is_dir() and time.monotonic() < deadline and process.poll() is None:
                time.sleep(0.001)
            process.kill()
        assert process.returncode == -9
        whole = {path: (text * 500).encode() for path, text in content.items()}
        found = {path: text for path, text in on_disk(out).items() if not path.endswith(".cxc-part")}
        assert found.items() <= whole.items()
        build(out, {path: text.decode() for path, text in whole.items()})
        assert on_disk(out) == whole


class TestTwoBuildsAtOnce:
    def test_end_as_one_after_the_other(self, out: Path) -> None:
        designs = [{f"{number}.yaml": f"{design}\n" for number in range(300)} for design in "ab"]
        for design, files in zip("ab", designs, strict=True):
            files[f"only-{design}.yaml"] = "x"
        script = """
            for _ in range(3):
                found = write(plan_output(OUT, files(CONTENT), None))
                assert not found, found
            """
        running = [subprocess.Popen(_command(script, out, files), env=_environment()) for files in designs]
        assert [process.wait(timeout=60) for process in running] == [0, 0]
        assert on_disk(out) in [encoded(files) for files in designs]
        for files in designs:
            build(out, files)
            assert on_disk(out) == encoded(files)

    def test_plan_again_after_what_the_other_did(self, out: Path) -> None:
        build(out, FILES)
        mine = plan(out, {"platform.yaml": "all: 3\n"})
        build(out, {"blueprint.json": "{}"}, "model")
        assert write(mine) == ()
        assert on_disk(out) == {"platform.yaml": b"all: 3\n", "blueprint.json": b"{}"}
        manifest = json.loads((out / ".cxc" / "manifest.json").read_text(encoding="utf-8"))
        assert set(manifest["files"]) == {"platform.yaml", "blueprint.json"}
