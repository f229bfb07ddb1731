"""Files that are written once: put where nothing stands, the developer's from then on, and never touched again."""

from __future__ import annotations

import errno
import json
import os
from collections.abc import Mapping
from pathlib import Path

import pytest

from cxc.output import OutputError, Plan, check, plan_output, write
from cxc.targets import GeneratedFile
from output_folder import FILES, POSIX, encoded, generated, link, on_disk, told
from output_processes import kill, said, started

OWN = {"handlers/orders.py": "# orders\n", "handlers/stores.py": "# stores\n", "main.py": "# main\n"}


@pytest.fixture
def code(tmp_path: Path) -> Path:
    return tmp_path / "code"


def own(files: Mapping[str, str], target: str = "fastapi") -> list[tuple[str, GeneratedFile]]:
    return [(target, GeneratedFile(path, content, f"service:{path}", once=True)) for path, content in files.items()]


def plan(
    code: Path | None, files: Mapping[str, str], *, overwrite: bool = False, beside: Mapping[str, str] = FILES
) -> Plan:
    out = (code.parent if code else Path()) / "generated"
    there = None if code is None else (code, "code")
    return plan_output(out, [*generated(beside), *own(files)], None, overwrite=overwrite, shown="generated", code=there)


def build(code: Path, files: Mapping[str, str], *, overwrite: bool = False) -> Plan:
    planned = plan(code, files, overwrite=overwrite)
    assert write(planned) == ()
    return planned


class TestAFileThatIsWrittenOnce:
    def test_is_written_where_nothing_stands(self, code: Path) -> None:
        planned = build(code, OWN)
        assert on_disk(code) == encoded(OWN)
        assert planned.own is not None
        assert (sorted(planned.own.writes), planned.own.left) == (sorted(OWN), ())

    def test_stands_in_no_manifest_and_leaves_nothing_beside_it(self, code: Path) -> None:
        build(code, OWN)
        manifest = json.loads((code.parent / "generated" / ".cxc" / "manifest.json").read_text(encoding="utf-8"))
        assert set(manifest["files"]) == set(FILES)
        assert sorted(path.name for path in code.rglob("*")) == [
            "handlers", "main.py", "orders.py", "stores.py"
        ]  # fmt: skip

    @pytest.mark.parametrize("overwrite", [False, True])
    def test_is_left_as_the_developer_made_it(self, code: Path, overwrite: bool) -> None:
        build(code, OWN)
        (code / "handlers" / "orders.py").write_text("mine\n", encoding="utf-8")
        (code / "main.py").write_bytes(b"")
        planned = build(code, {path: "another design\n" for path in OWN} | {"new.py": "new\n"}, overwrite=overwrite)
        now = encoded(OWN) | {"handlers/orders.py": b"mine\n", "main.py": b"", "new.py": b"new\n"}
        assert on_disk(code) == now
        assert planned.own is not None
        assert planned.own.left == tuple(OWN)

    def test_is_never_removed(self, code: Path) -> None:
        build(code, OWN)
        build(code, {})
        build(code, {}, overwrite=True)
        assert write(plan(code, {}, beside={}, overwrite=True)) == ()
        assert on_disk(code) == encoded(OWN)

    def test_is_not_even_touched(self, code: Path) -> None:
        build(code, OWN)
        for path in [code, *code.rglob("*")]:
            os.utime(path, ns=(1_000, 1_000))
        build(code, OWN)
        assert {path.stat().st_mtime_ns for path in [code, *code.rglob("*")]} == {1_000}

    def test_is_written_again_only_where_it_was_deleted(self, code: Path) -> None:
        build(code, OWN)
        (code / "main.py").unlink()
        build(code, OWN)
        assert on_disk(code) == encoded(OWN)

    def test_is_written_also_where_the_output_is_up_to_date(self, code: Path) -> None:
        build(code, {})
        assert not code.exists()
        build(code, OWN)
        assert on_disk(code) == encoded(OWN)

    def test_is_no_matter_of_the_check_for_stale_output(self, code: Path) -> None:
        build(code, OWN)
        (code / "main.py").unlink()
        (code / "handlers" / "orders.py").write_text("mine\n", encoding="utf-8")
        assert check(plan(code, OWN)) == ()
        assert not (code / "main.py").exists()

    def test_is_left_out_where_no_folder_is_named_for_it(self, tmp_path: Path) -> None:
        planned = plan_output(tmp_path / "generated", [*generated(FILES), *own(OWN)], None)
        assert write(planned) == ()
        assert planned.own is None
        assert [path.name for path in tmp_path.iterdir()] == ["generated"]

    def test_waits_for_an_output_folder_in_which_all_is_well(self, code: Path) -> None:
        (code.parent / "generated").mkdir()
        (code.parent / "generated" / "platform.yaml").write_text("mine", encoding="utf-8")
        assert told(write(plan(code, OWN))) == [("CXC903", "generated/platform.yaml")]
        assert not code.exists()

    def test_may_have_the_path_of_a_generated_one(self, code: Path) -> None:
        build(code, {"platform.yaml": "own\n"})
        assert on_disk(code) == {"platform.yaml": b"own\n"}
        assert on_disk(code.parent / "generated") == encoded(FILES)


class TestWhatStandsThere:
    def test_is_left_whatever_it_is(self, code: Path, tmp_path: Path) -> None:
        (code / "handlers" / "orders.py").mkdir(parents=True)
        link(code / "main.py", tmp_path / "nowhere")
        build(code, OWN, overwrite=True)
        assert on_disk(code) == {"handlers/stores.py": b"# stores\n"}
        assert not (tmp_path / "nowhere").exists()

    @POSIX
    def test_is_not_even_opened(self, code: Path) -> None:
        code.mkdir()
        os.mkfifo(code / "main.py")
        build(code, {"main.py": "x"})
        assert not (code / "main.py").is_file()

    def test_under_a_name_that_differs_by_case_is_the_file(self, code: Path) -> None:
        (code / "Handlers").mkdir(parents=True)
        (code / "Handlers" / "ORDERS.py").write_text("mine", encoding="utf-8")
        build(code, OWN)
        assert on_disk(code) == {
            "Handlers/ORDERS.py": b"mine", "Handlers/stores.py": b"# stores\n", "main.py": b"# main\n"
        }  # fmt: skip

    def test_behind_a_link_is_left_and_nothing_is_added_there(self, code: Path, tmp_path: Path) -> None:
        elsewhere = tmp_path / "elsewhere"
        elsewhere.mkdir()
        (elsewhere / "orders.py").write_text("mine", encoding="utf-8")
        code.mkdir()
        link(code / "handlers", elsewhere)
        build(code, {"handlers/orders.py": "x", "main.py": "y"})
        assert on_disk(elsewhere) == {"orders.py": b"mine"}
        with pytest.raises(OutputError, match="`code/handlers` is a link"):
            plan(code, OWN)
        assert on_disk(elsewhere) == {"orders.py": b"mine"}

    @pytest.mark.parametrize("what", ["a file", "a broken link"])
    def test_in_the_place_of_a_folder_is_told(self, code: Path, tmp_path: Path, what: str) -> None:
        code.mkdir()
        if what == "a file":
            (code / "handlers").write_text("x", encoding="utf-8")
        else:
            link(code / "handlers", tmp_path / "nowhere")
        with pytest.raises(OutputError, match="`code/handlers`") as caught:
            plan(code, OWN)
        assert caught.value.help

    def test_in_the_place_of_the_whole_folder_is_told(self, code: Path) -> None:
        code.write_text("x", encoding="utf-8")
        with pytest.raises(OutputError, match="`code` is a file") as caught:
            plan(code, OWN)
        assert "`--code`" in caught.value.help

    def test_may_come_in_between(self, code: Path) -> None:
        planned = plan(code, OWN)
        (code / "handlers").mkdir(parents=True)
        (code / "handlers" / "orders.py").write_text("quicker", encoding="utf-8")
        assert write(planned) == ()
        assert on_disk(code) == encoded(OWN) | {"handlers/orders.py": b"quicker"}

    def test_may_come_in_between_where_a_file_has_one_name_only(
        self, code: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def refuse(*_: object) -> None:
            raise OSError(errno.EPERM, "Operation not permitted")

        monkeypatch.setattr(os, "link", refuse)
        planned = plan(code, OWN)
        code.mkdir()
        (code / "main.py").write_text("quicker", encoding="utf-8")
        assert write(planned) == ()
        assert on_disk(code) == encoded(OWN) | {"main.py": b"quicker"}

    def test_may_be_a_link_to_the_folder(self, code: Path, tmp_path: Path) -> None:
        (tmp_path / "elsewhere").mkdir()
        link(code, tmp_path / "elsewhere")
        build(code, OWN)
        assert on_disk(tmp_path / "elsewhere") == encoded(OWN)


class TestPlaces:
    @pytest.mark.parametrize("path", ["../a", "a/../../b", "/a", "C:a", "", "a//b", "con.py", "a\\b", "a.", "x" * 201])
    def test_that_are_no_file_everywhere(self, code: Path, path: str) -> None:
        for found in (write(plan(code, OWN | {path: "x"})), write(plan(None, OWN | {path: "x"}))):
            assert [diagnostic.code for diagnostic in found] == ["CXC904"]
        assert not list(code.parent.iterdir())

    @pytest.mark.parametrize(("one", "other"), [("a/B.py", "a/b.py"), ("a.py", "a.py"), ("a", "A/b.py")])
    def test_that_are_one_file_somewhere(self, code: Path, one: str, other: str) -> None:
        files = [*own({one: "1"}), *own({other: "2"}, "typescript")]
        (found,) = write(plan_output(code.parent / "generated", files, None, code=(code, "code")))
        assert found.code == "CXC904"
        assert found.span.file == f"code/{other}"
        assert not list(code.parent.iterdir())

    @pytest.mark.parametrize("place", ["generated", "generated/code", ".", "Generated"])
    def test_that_are_the_output_folder(self, tmp_path: Path, place: str) -> None:
        with pytest.raises(OutputError, match="one lies in the other"):
            plan_output(tmp_path / "generated", own(OWN), None, code=(tmp_path / place, place))
        assert plan_output(tmp_path / "generated", generated(FILES), None, code=(tmp_path / place, place)).own is None

    def test_that_lead_into_the_output_folder(self, tmp_path: Path, code: Path) -> None:
        (tmp_path / "generated").mkdir()
        link(code, tmp_path / "generated")
        with pytest.raises(OutputError, match="one lies in the other"):
            plan(code, OWN)


@POSIX
class TestABuildThatIsKilled:
    def test_leaves_whole_files_and_loses_none(self, tmp_path: Path) -> None:
        folders = [tmp_path / str(steps) / "code" for steps in range(40)]
        for code in folders:
            (code / "handlers").mkdir(parents=True)
            (code / "handlers" / "orders.py").write_text("mine", encoding="utf-8")
        new = OWN | {"tests/deep/a.py": "a\n"}
        killed = kill(list(zip(folders, range(40), strict=True)), new, "build_own")
        assert 10 < len(killed) < 40
        wanted = encoded(new) | {"handlers/orders.py": b"mine"}
        for code in folders:
            found = {path: text for path, text in on_disk(code).items() if not path.endswith((".cxc-new", ".cxc-lock"))}
            assert found.items() <= wanted.items()
        assert any(path.endswith(".cxc-new") for code in folders for path in on_disk(code))
        for code in folders:
            build(code, new)
            assert {path: text for path, text in on_disk(code).items() if path != ".cxc-lock"} == wanted

    def test_is_followed_by_one_that_clears_away_what_it_left(self, code: Path) -> None:
        build(code, OWN)
        (code / "handlers" / ".orders.py.cxc-new").write_text("hal", encoding="utf-8")
        build(code, OWN)
        assert on_disk(code) == encoded(OWN)

    def test_where_the_disk_is_full(self, code: Path) -> None:
        large = OWN | {"handlers/stores.py": "x" * 5000}
        script = """
            import resource
            resource.setrlimit(resource.RLIMIT_FSIZE, (4000, 4000))
            try:
                build_own(GIVEN["code"], GIVEN["content"])
            except OutputError as error:
                print(error.message)
            """
        assert said(script, {"code": str(code), "content": large}) == "There is no room left for `code`\n"
        assert on_disk(code) == {"handlers/orders.py": b"# orders\n"}
        build(code, large)
        assert on_disk(code) == encoded(large)


class TestTwoBuildsAtOnce:
    def test_write_each_file_once(self, code: Path) -> None:
        content = {f"{number}.py": f"{number}\n" for number in range(300)}
        script = """
            for _ in range(3):
                assert not build_own(GIVEN["code"], GIVEN["content"])
            """
        given = [{"code": str(code), "content": content}] * 2
        with started(script, given[0]) as one, started(script, given[1]) as other:
            assert [one.wait(timeout=60), other.wait(timeout=60)] == [0, 0]
        assert on_disk(code) == encoded(content)
