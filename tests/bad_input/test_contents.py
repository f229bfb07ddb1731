"""Files that hold no blueprint: each is told so once, at once, and is left as it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from command_line import all_in, assert_one, cxc, cxc_process, write_all

SOUND = 'package a\nteam Desk "Café" { kind business }\n'


def check(folder: Path, content: bytes | str) -> tuple[list[str], int, str]:
    """Check a single file both alone and as a part of a workspace, and return what is found."""
    write_all(folder, {"x.blueprint": content, "w/cxc.toml": "", "w/x.blueprint": content})
    before = all_in(folder)
    alone, inside = cxc("check", "x.blueprint", cwd=folder), cxc("check", cwd=folder / "w")
    assert all_in(folder) == before
    assert (alone.codes, alone.code) == (inside.codes, inside.code)
    return alone.codes, alone.code, alone.output


@pytest.mark.parametrize(
    "content",
    ["", "\n", " \t\r\n\f\n", "// a comment", "\ufeff", "package a", "package a\n", ";;;\n;", SOUND, f"\ufeff{SOUND}"],
    ids=repr,
)
def test_little_or_nothing_is_sound(tmp_path: Path, content: str) -> None:
    codes, code, _ = check(tmp_path, content)
    assert (codes, code) == ([], 0)


def test_an_empty_file_formats_builds_and_stays_empty(tmp_path: Path) -> None:
    write_all(tmp_path, {"cxc.toml": "", "x.blueprint": ""})
    assert cxc("fmt", cwd=tmp_path).code == 0
    assert cxc("build", cwd=tmp_path).code == 0
    assert (tmp_path / "x.blueprint").read_bytes() == b""
    assert (tmp_path / "generated" / "blueprint.json").is_file()


# ---- size and depth ----------------------------------------------------------------------------------------


def test_ten_megabytes_are_refused_unread(tmp_path: Path) -> None:
    content = SOUND + "// x\n" * 2_000_000
    write_all(tmp_path, {"x.blueprint": content})
    assert_one(cxc("check", "x.blueprint", cwd=tmp_path), "CXC109", "`x.blueprint` is larger than 5 MiB")
    assert_one(cxc("check", "-", stdin=content.encode()), "CXC109", "`<stdin>` is larger than 5 MiB")
    assert_one(cxc("fmt", "x.blueprint", cwd=tmp_path), "CXC109")
    assert (tmp_path / "x.blueprint").read_text(encoding="utf-8") == content


@pytest.mark.parametrize(
    "content",
    [
        "x" * 4_000_000,
        "package a\nteam " + "A" * 2_000_000 + " {\n owner " + "b" * 1_000_000 + "\n}",
        '"' * 1_000_003,
        "/// doc\n" * 100_000 + "}",
        "team A {\n" + "// x\n" * 100_000,
        'team A "' + "\\" * 1_000_001,
    ],
    ids=["word", "names", "quotes", "documentation", "comments", "backslashes"],
)
def test_megabytes_of_one_thing_are_reported_briefly(tmp_path: Path, content: str) -> None:
    write_all(tmp_path, {"x.blueprint": content})
    ran = cxc("check", "x.blueprint", cwd=tmp_path)
    assert ran.code == 1
    assert 1 <= len(ran.codes) <= 3
    assert len(ran.said) < 5_000


@pytest.mark.parametrize(
    ("content", "line"),
    [
        ("capability A {\n" * 10_000 + "}\n" * 10_000, 65),
        ("capability A {\n" * 10_000, 65),
        ("entity A { x: " + "[" * 10_000 + "int" + "]" * 10_000 + " }", 1),
        ("entity A { x: " + "[" * 10_000 + "int }", 1),
        ("entity A { x: " + "map<" * 10_000 + "int" + ">" * 10_000 + " }", 1),
        ("team A { contact " + "[" * 10_000 + "]" * 10_000 + " }", 1),
        ("service A { query q" + "(" * 10_000 + ")" * 10_000 + " }", 1),
        ('team A "a\n}' + "capability A {\n" * 10_000, 66),
    ],
    ids=["closed", "open", "lists", "open lists", "maps", "values", "parentheses", "behind another mistake"],
)
def test_ten_thousand_blocks_inside_each_other_are_too_deep(tmp_path: Path, content: str, line: int) -> None:
    write_all(tmp_path, {"x.blueprint": content})
    ran = cxc("check", "x.blueprint", cwd=tmp_path)
    assert "CXC109" in ran.codes
    assert len(ran.codes) <= 2
    assert f"x.blueprint:{line}:" in ran.output
    assert ran.code == 1
    assert cxc("fmt", "x.blueprint", cwd=tmp_path).code == 1
    assert (tmp_path / "x.blueprint").read_text(encoding="utf-8") == content


@pytest.mark.parametrize(
    "content", ["}\n" * 10_000, "}" * 10_000, "]\n" * 10_000, "entity A { x: int" + "?" * 10_000 + " }"]
)
def test_ten_thousand_signs_too_many_are_one_mistake(tmp_path: Path, content: str) -> None:
    write_all(tmp_path, {"x.blueprint": content})
    assert_one(cxc("check", "x.blueprint", cwd=tmp_path), "CXC101")


def test_depth_that_people_write_is_no_problem(tmp_path: Path) -> None:
    write_all(tmp_path, {"x.blueprint": "entity A { id: uuid @key; x: " + "[" * 60 + "int" + "]" * 60 + " }"})
    assert "CXC109" not in cxc("check", "x.blueprint", cwd=tmp_path).codes


# ---- no text at all ----------------------------------------------------------------------------------------

UTF_16 = "it looks like UTF-16"
ENCODINGS = [
    ("nul", SOUND.encode().replace(b"Desk", b"De\0sk"), "the byte 0x00", (2, 8)),
    ("nul in a text", SOUND.encode().replace(b"Caf", b"C\0f"), "the byte 0x00", (2, 13)),
    ("nul in a comment", b"// \0\n" + SOUND.encode(), "the byte 0x00", (1, 4)),
    ("nothing but nul", bytes(1000), "the byte 0x00", (1, 1)),
    ("latin-1", SOUND.encode("latin-1"), "looks like Latin-1", (2, 15)),
    ("windows-1252", SOUND.replace("é", "€").encode("cp1252"), "the byte 0x80", (2, 15)),
    ("utf-16", SOUND.encode("utf-16"), UTF_16, (1, 1)),
    ("utf-16-le with a mark", b"\xff\xfe" + SOUND.encode("utf-16-le"), UTF_16, (1, 1)),
    ("utf-16-be with a mark", b"\xfe\xff" + SOUND.encode("utf-16-be"), UTF_16, (1, 1)),
    ("utf-16-le", SOUND.encode("utf-16-le"), UTF_16, (1, 1)),
    ("utf-16-be", SOUND.encode("utf-16-be"), UTF_16, (1, 1)),
    ("utf-16-le of ASCII", b"package a\n".decode().encode("utf-16-le"), UTF_16, (1, 1)),
    ("utf-32", SOUND.encode("utf-32"), "UTF-32", (1, 1)),
    ("lone surrogate", b'package a\nteam A "\xed\xa0\x80"\n', "half of a pair of surrogates", (2, 9)),
    ("surrogate pair", b'package a\nteam A "\xed\xa0\xbd\xed\xb8\x80"\n', "half of a pair of surrogates", (2, 9)),
    ("overlong", b'package a\nteam A "\xc0\xaf"\n', "the byte 0xc0", (2, 9)),
    ("beyond Unicode", b'package a\nteam A "\xf4\x90\x80\x80"\n', "the byte 0xf4", (2, 9)),
    ("cut short", 'package a\nteam A "中'.encode()[:-1], "the byte 0xe4", (2, 9)),
    ("a picture", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)), "is not UTF-8 text", None),
]


@pytest.mark.parametrize(
    ("content", "words", "place"), [case[1:] for case in ENCODINGS], ids=[case[0] for case in ENCODINGS]
)
def test_what_is_not_utf8_is_told_where(
    tmp_path: Path, content: bytes, words: str, place: tuple[int, int] | None
) -> None:
    write_all(tmp_path, {"x.blueprint": content})
    ran = cxc("check", "x.blueprint", cwd=tmp_path)
    assert_one(ran, "CXC103", "`x.blueprint` is not UTF-8 text", words)
    if place:
        assert f"--> x.blueprint:{place[0]}:{place[1]}\n" in ran.output
    assert_one(cxc("check", "-", stdin=content), "CXC103", "`<stdin>` is not UTF-8 text", words)
    formatted = cxc("fmt", "x.blueprint", cwd=tmp_path)
    assert (formatted.codes, formatted.code) == (["CXC103"], 1)
    assert (tmp_path / "x.blueprint").read_bytes() == content


def test_what_an_unread_file_may_declare_is_not_missed(tmp_path: Path) -> None:
    user = "package a\nsystem S { owner Desk; ownr Desk }\n"
    write_all(tmp_path, {"cxc.toml": "", "teams.blueprint": SOUND.encode("utf-16"), "use.blueprint": user})
    ran = cxc("check", cwd=tmp_path)
    assert "CXC103" in ran.codes
    assert "`Desk`" not in ran.output
    assert "CXC105" in ran.codes, "what is surely wrong is said all the same"


def test_every_byte_alone_is_an_answer(tmp_path: Path) -> None:
    for byte in range(256):
        write_all(tmp_path, {"cxc.toml": "", f"{byte}.blueprint": bytes([byte])})
    ran = cxc_process("check", cwd=tmp_path)
    assert ran.code == 1
    assert len(set(ran.codes) - {"CXC101", "CXC102", "CXC103", "CXC105"}) == 0


def test_three_thousand_types_inside_each_other_are_no_problem(tmp_path: Path) -> None:
    types = [f"type T{number} {{ a: T{number + 1}; b: string }}" for number in range(3_000)]
    design = "\n".join(
        ["package a", "team Crew", *types, "type T3000 { a: string }", "entity E { id: uuid @key; t: T0 }"]
    )
    service = "service S { owner Crew; masters E; command put(e: E.id, t: T0) -> E }"
    codes, code, _ = check(tmp_path, f"{design}\n{service}\n")
    assert (codes, code) == ([], 0)
