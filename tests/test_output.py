"""Generated files on disk: written together, unchanged ones left alone, nobody's own file lost."""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path

import pytest

from cxc.output import check, plan_output, write
from cxc.version import VERSION
from output_folder import FILES, POSIX, build, encoded, generated, link, on_disk, plan, told


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

    def test_follows_the_output_folder_where_that_is_alink(self, out: Path, tmp_path: Path) -> None:
        (tmp_path / "elsewhere").mkdir()
        link(out, tmp_path / "elsewhere")
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
        link(out / "platform.yaml", tmp_path / "victim")
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
        assert f"service:{path[:20]}" in found[0].message
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
