"""`cxc.toml` of every wrong shape: each mistake is told where it stands, nothing is built, and the run ends with 2."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from command_line import LINUX, all_in, assert_one, cxc, write_all

TEAMS = "package a\n\nteam Desk { kind business }\n"

ONE_MISTAKE = [
    # values of a wrong kind
    ('name = ["a"]', "`name` must be a text"),
    ("name = 3", "`name` must be a text"),
    ("version = nan", "`version` must be a text"),
    ("version = 2026-01-01", "`version` must be a text"),
    ("version = 10:00:00", "`version` must be a text"),
    ("title = true", "`title` must be a text"),
    ("title = {a = 1}", "`title` must be a text"),
    ("language = 2026", "`language` cannot be 2026"),
    ('language = "2031"', "`language` cannot be"),
    ('sources = "**/*.blueprint"', "`sources` must be a list"),
    ("sources = []", "`sources` is empty"),
    ("sources = [[]]", "Each value of `sources` must be a text"),
    ("dependencies = 3", "`dependencies` must be a table"),
    ("[[dependencies]]", "`dependencies` must be a table"),
    ("[dependencies]\na = {path = 'x'}", "`dependencies.a` must be a text"),
    ('build = ["x"]', "`build` must be a table"),
    ('[[build]]\nout = "x"', "`build` must be a table"),
    ("[build]\nout = 3", "`build.out` must be a text"),
    ("[build]\ntargets = 'model'", "`build.targets` must be a list"),
    ("[build]\ntemplates = []", "`build.templates` must be a text"),
    ('targets = ["model"]', "`targets` must be a table"),
    ("[targets]\nopenapi = 3", "`targets.openapi` must be a table"),
    ('lint = "all"', "`lint` must be a table"),
    ("[lint]\nignore = {}", "`lint.ignore` must be a list"),
    ("[lint]\nselect = [nan]", "Each value of `lint.select` must be a text"),
    ("[lint.severity]\nasked-twice = 1", "`lint.severity.asked-twice` cannot be 1"),
    ("[lint.paths]\nx = 3", '`lint.paths.x` must be a table'),
    # values that are not allowed
    ('name = ""', "An empty text stands here"),
    ('name = "a b"', "`a b` cannot be a name"),
    ('title = "a\u202eb"', "invisible character"),
    ('title = "a\\u0000b"', "invisible character"),
    ('[build]\ntargets = ["modle"]', "No target is called `modle`"),
    ("[targets.openap]", "No target is called `openap`"),
    ('[lint]\nignore = ["nosuch"]', "No rule is called `nosuch`"),
    ('[lint]\nignore = ["CXC101"]', "CXC101"),
    ('[lint.severity]\nasked-twice = "fatal"', '`lint.severity.asked-twice` cannot be "fatal"'),
    # options of targets, which only the target itself knows
    ("[targets.openapi]\nservers = 3", "`targets.openapi.servers` must be a list"),
    ("[targets.openapi]\nservers = [nan]", "Each value of `targets.openapi.servers` must be a text"),
    ("[targets.openapi]\nservers = ['javascript:alert(1)']", "is not the address of a server"),
    ("[targets.model]\nx = 2026-01-01", "`[targets.model]` has no key `x`"),
    # keys that are not there
    ('nmae = "x"', "`cxc.toml` has no key `nmae`"),
    ("[biuld]\nx = 1", "`cxc.toml` has no key `biuld`"),
    ("[build]\noutput = 'x'", "`[build]` has no key `output`"),
    ("'' = 1", "has no key"),
    ("a.b.c.d = 1", "`cxc.toml` has no key `a`"),
    # no TOML
    ("%%% no TOML", "neither a key nor a table"),
    ('name = "a', "never closed"),
    ("name = 'a\n'", "never closed"),
    ('name = "a"\nname = "b"', "given a second time"),
    ("[build]\n[build]", "begun a second time"),
    ("name", "`=` is missing"),
    ("name = ", "ends before the value is complete"),
    ("name = northwind", "no value"),
    ("sources = [", "ends before the value is complete"),
    ("sources = [\"a\"\n", "never closed"),
    ("[build", "is missing"),
    ("= 1", "no TOML|cannot begin|neither"),
    ("name = " + "9" * 10_000, "too long"),
    ("x = " + "[" * 100_000 + "]" * 100_000, "too deeply"),
    ("x = " + "[" * 100_000, "too deeply"),
    ("x = " + "{a = " * 5_000 + "1" + "}" * 5_000, "too deeply"),
    ("[" + ".".join(["a"] * 5_000) + "]", "has no key `a`"),
    # paths that lead out
    ("sources = ['../**/*.blueprint']", "leads out of the workspace"),
    ("sources = ['/**/*.blueprint']", "leads out of the workspace"),
    ("sources = ['a**b']", "joined with other text"),
    ("[build]\nout = '..'", "leads out of the workspace"),
    ("[build]\nout = 'a/../../b'", "leads out of the workspace"),
    ("[build]\nout = '/etc'", "leads out of the workspace"),
    ("[build]\nout = '~/x'", "leads out of the workspace"),
    ("[build]\nout = 'C:/x'", "leads out of the workspace"),
    ("[build]\nout = '\\\\server\\x'", "leads out of the workspace"),
    ("[build]\ntemplates = '../t'", "leads out of the workspace"),
    ("[build]\ntemplates = 'nowhere'", "There is no folder `nowhere`"),
    ("[build]\ntemplates = 'cxc.toml'", "There is no folder `cxc.toml`"),
    ("[lint.paths.'../x']", "leads out of the workspace"),
    # dependencies that are none
    ("[dependencies]\na = '../nowhere'", "is not there"),
    ("[dependencies]\na = '../nowhere.json'", "is not there"),
    ("[dependencies]\na = '~/x'", "is not there"),
    ("[dependencies]\na = 'teams.blueprint'", "is not there"),
    ("[dependencies]\na = '/etc/ssl'", "has no blueprint files"),
    ("[dependencies]\n'b c' = 'x'", "`b c` cannot be a name"),
]  # fmt: skip


def workspace(folder: Path, settings: str | bytes) -> Path:
    return write_all(folder, {"cxc.toml": settings, "teams.blueprint": TEAMS})


@pytest.mark.parametrize(("settings", "words"), ONE_MISTAKE, ids=lambda value: value[:40])
def test_a_mistake_is_told_once_and_nothing_is_built(tmp_path: Path, settings: str, words: str) -> None:
    workspace(tmp_path, settings)
    before = all_in(tmp_path)
    for command in ("check", "build"):
        ran = cxc(command, cwd=tmp_path)
        assert ran.codes == ["CXC901"], ran.said
        assert any(word in ran.output for word in words.split("|")), ran.said
        assert "--> cxc.toml:" in ran.output
        assert " help: " in ran.output
        assert len(ran.said) < 3_000
        assert ran.code == 2
    assert all_in(tmp_path) == before


def test_all_mistakes_are_told_in_one_run(tmp_path: Path) -> None:
    workspace(tmp_path, "name = 1\nversoin = '2'\n[build]\nout = '..'\n[lint]\nignore = ['x', 'CXC504', 2]\n")
    ran = cxc("check", cwd=tmp_path)
    assert (ran.codes, ran.code) == (["CXC901"] * 5, 2)


@pytest.mark.parametrize(
    "settings", ["", "# nothing\n", "\ufeffname = 'a'\n", "name = 'a'\r\n[build]\r\nout = 'o'\r\n"]
)
def test_settings_that_say_little_are_sound(tmp_path: Path, settings: str) -> None:
    workspace(tmp_path, settings)
    ran = cxc("check", cwd=tmp_path)
    assert (ran.codes, ran.code) == ([], 0)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ('title = "é"\n'.encode("latin-1"), "looks like Latin-1"),
        ('name = "a"\n'.encode("utf-16"), "looks like UTF-16"),
        (b'name = "a"\n'.decode().encode("utf-16-le"), "looks like UTF-16"),
        (b'title = "\xed\xa0\x80"\n', "half of a pair of surrogates"),
        (b'name = "a\0"\n', "the byte 0x00"),
        (bytes(range(256)) * 4, "is not UTF-8 text"),
        (b"# x\n" * 2_600_000, "larger than 5 MiB"),
    ],
    ids=["latin-1", "utf-16", "utf-16-le", "surrogate", "nul", "binary", "10 MB"],
)
def test_what_is_no_text_of_that_kind_is_told_so(tmp_path: Path, content: bytes, words: str) -> None:
    workspace(tmp_path, content)
    assert_one(cxc("check", cwd=tmp_path), "CXC901", "`cxc.toml`", words, exit_code=2)


def _loop(place: Path) -> None:
    place.symlink_to(place.name)


def _dangling(place: Path) -> None:
    place.symlink_to("nowhere")


@LINUX
@pytest.mark.parametrize(
    ("make", "words"),
    [
        (Path.mkdir, "is a folder"),
        (os.mkfifo, "is no ordinary file"),
        (_loop, "leads back to itself"),
        (_dangling, "is a link to what is not there"),
    ],
    ids=["folder", "fifo", "loop", "dangling"],
)
def test_what_is_no_file_is_told_so(tmp_path: Path, make: Callable[[Path], object], words: str) -> None:
    write_all(tmp_path, {"deep/teams.blueprint": TEAMS})
    make(tmp_path / "cxc.toml")
    for arguments, folder in (([], tmp_path), (["deep"], tmp_path), (["teams.blueprint"], tmp_path / "deep")):
        ran = cxc("check", *arguments, cwd=folder)
        assert_one(ran, "CXC901", "`cxc.toml`", words, exit_code=2)
    assert cxc("build", cwd=tmp_path).code == 2
    assert not (tmp_path / "generated").exists()


# ---- what others have published ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{}",
        b"[]",
        b"null",
        b"1",
        b"no JSON",
        b'{"a":',
        b"[" * 100_000,
        b"{}{}",
        b"\0",
        b"\xff\xfe{",
        b"\xed\xa0\x80",
    ],
    ids=ascii,
)
def test_a_published_design_that_is_none(tmp_path: Path, content: bytes) -> None:
    workspace(tmp_path / "w", "[dependencies]\nother = '../blueprint.json'\n")
    write_all(tmp_path, {"blueprint.json": content})
    ran = cxc("check", "w", cwd=tmp_path)
    assert (ran.codes, ran.code) == (["CXC901"], 2)
    assert "blueprint.json" in ran.output


def test_a_published_design_with_parts_changed(tmp_path: Path) -> None:
    """Whatever a hand changes in a published design, the run says what is wrong, or finds nothing wrong."""
    workspace(tmp_path / "other", "")
    assert cxc("build", "--target", "model", cwd=tmp_path / "other").code == 0
    document = (tmp_path / "other" / "generated" / "blueprint.json").read_text(encoding="utf-8")
    workspace(tmp_path / "w", "[dependencies]\nother = '../blueprint.json'\n")
    for old, new in (
        ('"team:a.Desk"', '"team:a"'),
        ('"team:a.Desk"', '"entity:a.Desk"'),
        ('"team:a.Desk"', "7"),
        ('"Desk"', "null"),
        ('"line": ', '"line": -'),
        ('"line": ', '"lime": '),
        ("{", "[{"),
        ('"', "'"),
    ):
        assert old in document
        write_all(tmp_path, {"blueprint.json": document.replace(old, new)})
        ran = cxc("check", "w", cwd=tmp_path)
        assert set(ran.codes) <= {"CXC901"}
        assert ran.code == (2 if ran.codes else 0)
