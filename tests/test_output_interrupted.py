"""Folders that cannot be used, builds that are killed and builds at once: clear words, and nothing half written."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest

from cxc.output import OutputError, write
from cxc.output.lock import alone
from output_folder import FILES, POSIX, build, encoded, link, on_disk, plan
from output_processes import kill, said, started


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "generated"


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
        link(out / folder, tmp_path / "elsewhere")
        with _fails(f"`generated/{folder}` is a link"):
            plan(out, FILES, overwrite=True)
        assert list((tmp_path / "elsewhere").iterdir()) == []

    def test_has_a_link_on_the_way_to_what_would_be_removed(self, out: Path, tmp_path: Path) -> None:
        build(out, FILES)
        (out / "openapi").rename(tmp_path / "elsewhere")
        link(out / "openapi", tmp_path / "elsewhere")
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
                build(GIVEN["out"], GIVEN["content"])
            except OutputError as error:
                print(error.message)
            """
        assert said(script, {"out": str(out), "content": large}) == "There is no room left for `generated`\n"
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

OLD = FILES | {"gone/a.yaml": "gone\n", "same.yaml": "same\n"}
NEW = {"openapi/orders.yaml": "orders: 2\n", "new/deep/b.yaml": "b: 1\n", "same.yaml": "same\n", "z.yaml": "z\n"}


def _killed_at_every_step(folder: Path, old: Mapping[str, str]) -> list[Path]:
    """Return an output folder for each step at which the build of `NEW` can be killed."""
    folders = [folder / str(steps) for steps in range(40)]
    for out in folders:
        if old:
            build(out, old)
    killed = kill(list(zip(folders, range(40), strict=True)), NEW)
    assert 10 < len(killed) < 40
    return killed


def _left_by_builds(out: Path) -> list[str]:
    """Return what is in the folder of the builds' own records; an empty lock file means nothing."""
    return sorted(name for name in os.listdir(out / ".cxc") if name != "lock")


@POSIX
class TestABuildThatIsKilled:
    @pytest.mark.parametrize("old", [{}, OLD], ids=["the first", "a later one"])
    def test_leaves_whole_files_and_no_false_accusation(self, tmp_path: Path, old: Mapping[str, str]) -> None:
        for out in _killed_at_every_step(tmp_path, old):
            for path, content in on_disk(out).items():
                if not path.endswith(".cxc-part"):
                    assert content.decode() in (old.get(path), NEW.get(path)), (out, path)
            build(out, NEW)
            assert on_disk(out) == encoded(NEW)
            assert _left_by_builds(out) == ["manifest.json"]

    def test_and_then_another_design_is_built(self, tmp_path: Path) -> None:
        folders = _killed_at_every_step(tmp_path, OLD)
        assert any(path.endswith(".cxc-part") for out in folders for path in on_disk(out))
        for out in folders:
            build(out, {"other.yaml": "o\n"})
            assert on_disk(out) == {"other.yaml": b"o\n"}
            assert sorted(path.name for path in out.iterdir()) == [".cxc", "other.yaml"]
            assert _left_by_builds(out) == ["manifest.json"]

    @pytest.mark.parametrize("steps", [4, 8, 11])
    def test_twice_in_different_designs(self, tmp_path: Path, steps: int) -> None:
        folders = _killed_at_every_step(tmp_path, OLD)
        third = {path: f"{content}3\n" for path, content in NEW.items()}
        assert kill([(out, steps) for out in folders], third)
        for out in folders:
            build(out, OLD)
            assert on_disk(out) == encoded(OLD)
            assert _left_by_builds(out) == ["manifest.json"]

    def test_is_remembered_over_the_build_of_another_target(self, tmp_path: Path) -> None:
        for out in _killed_at_every_step(tmp_path, OLD):
            build(out, {"blueprint.json": "{}"}, "model")
            build(out, NEW)
            assert on_disk(out) == encoded(NEW) | {"blueprint.json": b"{}"}
            assert _left_by_builds(out) == ["manifest.json"]

    def test_by_a_signal_while_many_files_are_written(self, out: Path) -> None:
        content = {f"{number % 20}/{number}.yaml": f"{number}\n" * 500 for number in range(1500)}
        with started("build(GIVEN['out'], GIVEN['content'])", {"out": str(out), "content": content}) as process:
            while not (out / "3").is_dir() and process.poll() is None:
                time.sleep(0.001)
            process.kill()
        assert process.returncode == -9
        found = {path: text for path, text in on_disk(out).items() if not path.endswith(".cxc-part")}
        assert found.items() <= encoded(content).items()
        build(out, content)
        assert on_disk(out) == encoded(content)


class TestTwoBuildsAtOnce:
    def test_end_as_one_after_the_other(self, out: Path) -> None:
        first = {f"{number}.yaml": "a\n" for number in range(300)} | {"only-a.yaml": "x"}
        second = {f"{number}.yaml": "b\n" for number in range(300)} | {"only-b.yaml": "x"}
        script = """
            for _ in range(4):
                found = build(GIVEN["out"], GIVEN["content"])
                assert not found, found
            """
        with (
            started(script, {"out": str(out), "content": first}) as one,
            started(script, {"out": str(out), "content": second}) as other,
        ):
            assert [one.wait(timeout=60), other.wait(timeout=60)] == [0, 0]
        assert on_disk(out) in [encoded(first), encoded(second)]
        assert _left_by_builds(out) == ["manifest.json"]
        for files in (first, second):
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
