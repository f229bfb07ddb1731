"""Settings: what `cxc.toml` may say, and that everything else is reported at once, in its place, with a way out."""

from __future__ import annotations

import pickle
import tomllib
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pydantic import Field

from cxc.config import Config, load_config, target_options
from cxc.diagnostics import Diagnostic, Severity
from cxc.source import SourceFile
from cxc.targets import Emitted, Target, TargetOptions
from cxc.toml_places import places

WHOLE = """\
name = "northwind"
title = "Northwind Pharmacy"
version = "2.1.0"
language = "2026"                      # edition of the language
sources = ["design/**/*.blueprint", "*.blueprint"]

[dependencies]
shared = "../shared-blueprints"                     # sources
payments = "../payments/generated/blueprint.json"   # a published design

[build]
out = "generated"
targets = ["model", "openapi"]
templates = "templates"

[targets.openapi]
servers = ["https://api.northwind.example"]

[lint]
ignore = ["oversized-journey"]         # by code, family (CXC4) or slug
[lint.severity]
asked-twice = "error"
[lint.paths."legacy/**"]
ignore = ["CXC6"]
"""


def written(text: str, found: Diagnostic) -> str:
    """What stands in the text where the finding points."""
    source = SourceFile("cxc.toml", text)
    span = found.span
    return text[source.offset(span.line, span.column) : source.offset(span.end_line, span.end_column)]


def only_problem(text: str) -> Diagnostic:
    config, problems = load_config(text)
    assert config is None
    assert len(problems) == 1, problems
    assert problems[0].code == "CXC901"
    assert problems[0].severity is Severity.ERROR
    return problems[0]


def loaded(text: str) -> Config:
    config, problems = load_config(text)
    assert config is not None, problems
    assert problems == ()
    return config


class TestWhatMayBeSaid:
    def test_every_table_of_the_language_reference(self) -> None:
        config = loaded(WHOLE)
        assert (config.name, config.title, config.version) == ("northwind", "Northwind Pharmacy", "2.1.0")
        assert config.sources == ("design/**/*.blueprint", "*.blueprint")
        assert config.dependencies["payments"] == "../payments/generated/blueprint.json"
        assert config.build.out == "generated"
        assert config.build.targets == ("model", "openapi")
        assert config.targets["openapi"] == {"servers": ["https://api.northwind.example"]}
        assert config.lint.ignore == ("oversized-journey",)
        assert config.lint.severity == {"asked-twice": Severity.ERROR}
        assert config.lint.paths["legacy/**"].ignore == ("CXC6",)

    @pytest.mark.parametrize("text", ["", "# nothing yet\n", "\ufeff", "\r\n"])
    def test_everything_has_a_default(self, text: str) -> None:
        config = loaded(text)
        assert config.sources == ("**/*.blueprint",)
        assert (config.build.out, config.build.code) == ("generated", "code")
        assert config.build.targets is None
        assert config.lint.select is None
        assert config.language == "2026"

    def test_dependencies_may_lie_outside(self) -> None:
        assert loaded('[dependencies]\nshared = "/srv/shared"').dependencies == {"shared": "/srv/shared"}

    def test_settings_travel_to_another_process(self) -> None:
        config = loaded(WHOLE)
        again = pickle.loads(pickle.dumps(config))
        assert again == config
        assert again.source.text == WHOLE


class TestUnknownKeys:
    @pytest.mark.parametrize(
        ("text", "key", "meant"),
        [
            ('sorces = ["a"]', "sorces", "sources"),
            ('\n\r\n\ttitel = "x"', "titel", "title"),
            ("[buidl]", "buidl", "build"),
            ("[lint]\nignor = []", "ignor", "ignore"),
            ("build.targest = []", "targest", "targets"),
            ('build = { out = "x", templats = "y" }', "templats", "templates"),
            ('"tit\\u006Ce " = "x"', '"tit\\u006Ce "', "title"),
            ('[lint.paths."legacy/**"]\nsevrity = {}', "sevrity", "severity"),
        ],
    )
    def test_are_named_where_they_stand_with_what_was_meant(self, text: str, key: str, meant: str) -> None:
        found = only_problem(text)
        assert written(text, found) == key
        assert found.help == f"Did you mean `{meant}`?"
        assert [edit.text for edit in found.fix] == [meant]

    def test_without_a_likely_meaning_tell_what_there_is(self) -> None:
        found = only_problem("[build]\ncolour = 1")
        assert found.message == "`[build]` has no key `colour`"
        assert found.help == "The keys here are `out`, `code`, `targets`, `templates`."

    def test_the_fix_makes_it_right(self) -> None:
        text = 'sorces = ["design"]\n'
        (edit,) = only_problem(text).fix
        line = text.splitlines()[edit.span.line - 1]
        mended = line[: edit.span.column - 1] + edit.text + line[edit.span.end_column - 1 :]
        assert loaded(mended).sources == ("design",)


class TestWrongValues:
    @pytest.mark.parametrize(
        ("text", "at", "message", "help"),
        [
            ("version = 2.1", "2.1", "`version` must be a text", 'Write it in double quotes: `version = "2.1"`.'),
            ('sources = "a"', '"a"', "`sources` must be a list", 'Write `sources = ["a"]`.'),
            ("sources = []", "[]", "`sources` is empty", "Write at least one value, or remove the key."),
            (
                '[build]\ntargets = [\n  "model",\n  7,\n]',
                "7",
                "Each value of `build.targets` must be a text",
                'Write it in double quotes: `"7"`.',
            ),
            ("lint = true", "lint", "`lint` must be a table", "Write `[lint]` on a line, and its keys below it."),
            ("language = 2026", "2026", "`language` cannot be 2026", 'Write `"2026"`.'),
            ('language = "2031"', '"2031"', '`language` cannot be "2031"', 'Write `"2026"`.'),
            (
                '[lint.severity]\nasked-twice = "eror"',
                '"eror"',
                '`lint.severity.asked-twice` cannot be "eror"',
                "Did you mean `error`?",
            ),
            (
                'name = "Northwind Pharmacy"',
                '"Northwind Pharmacy"',
                "`Northwind Pharmacy` cannot be a name",
                "Use the letters A to Z, digits, `.`, `_` and `-`; `title` may be any text.",
            ),
            (
                '[build]\ntargets = ["modle"]',
                '"modle"',
                "No target is called `modle`",
                "Did you mean `model`?",
            ),
            (
                "[targets.opnapi]",
                "opnapi",
                "No target is called `opnapi`",
                "Did you mean `openapi`?",
            ),
        ],
    )
    def test_are_told_what_to_write_instead(self, text: str, at: str, message: str, help: str) -> None:
        found = only_problem(text)
        assert (written(text, found), found.message, found.help) == (at, message, help)

    @pytest.mark.parametrize(
        "path", ["../x", "a/../../x", "/etc", "C:\\\\x", "C:/x", "\\\\\\\\host\\\\x", "a\\\\..\\\\..", "~/x"]
    )
    @pytest.mark.parametrize("key", ["build.out", "build.code", "build.templates", "sources"])
    def test_a_path_that_climbs_out_is_refused_on_every_computer(self, key: str, path: str) -> None:
        value = f'"{path}"'
        text = f"{key} = [{value}]" if key == "sources" else f"{key} = {value}"
        found = only_problem(text)
        assert found.message.endswith("leads out of the workspace")
        assert written(text, found) == value

    @pytest.mark.parametrize(
        ("out", "code", "where"),
        [
            ("generated", "generated", "is"),
            ("generated", "generated/code", "lies in"),
            ("made/generated", "made", "holds"),
            ("generated", ".", "holds"),
            ("generated", "./Generated/", "is"),
            ("generated", "generated\\\\code", "lies in"),
            ("caf\u00e9", "cafe\u0301/code", "lies in"),
        ],
    )
    def test_own_code_does_not_lie_where_files_are_generated(self, out: str, code: str, where: str) -> None:
        text = f'[build]\nout = "{out}"\ncode = "{code}"'
        found = only_problem(text)
        assert f"the folder of your code, {where} that of the generated files" in found.message
        assert written(text, found) == f'"{code}"'

    def test_the_usual_folder_of_own_code_is_not_that_of_generated_files_either(self) -> None:
        text = '[build]\nout = "code/generated"'
        found = only_problem(text)
        assert found.message == ("`code`, the folder of your code, holds that of the generated files, `code/generated`")
        assert written(text, found) == "build"
        assert loaded(f'{text}\ncode = "src"').build.code == "src"

    @pytest.mark.parametrize("code", ["generated-code", "code/generated", "gen", "service"])
    def test_own_code_may_lie_anywhere_else(self, code: str) -> None:
        assert loaded(f'[build]\ncode = "{code}"').build.code == code

    def test_a_lint_path_climbs_out_no_more_than_a_source(self) -> None:
        found = only_problem('[lint.paths."../other/**"]\nignore = []')
        assert written('[lint.paths."../other/**"]\nignore = []', found) == '"../other/**"'

    @pytest.mark.parametrize("glob", ["a**b", "**.blueprint", ".", "./"])
    def test_a_glob_that_cannot_be_walked(self, glob: str) -> None:
        only_problem(f'sources = ["{glob}"]')

    @pytest.mark.parametrize("value", ["", " ", "a\\u0000b", "a\\nb"])
    @pytest.mark.parametrize("key", ["title", "version", "build.out", "build.templates", "dependencies.x"])
    def test_empty_and_invisible_text(self, key: str, value: str) -> None:
        assert written(f'{key} = "{value}"', only_problem(f'{key} = "{value}"')) == f'"{value}"'

    def test_all_of_them_are_reported_in_the_order_of_the_text(self) -> None:
        config, problems = load_config(
            'title = 1\nnmae = "x"\n[build]\nout = "/x"\n[lint]\nignore = ["nope"]\nselect = 3\n'
        )
        assert config is None
        assert [found.span.line for found in problems] == [1, 2, 4, 6, 7]


class TestRules:
    @pytest.mark.parametrize("word", ["CXC602", "asked-twice", "CXC6", "CXC206", "unused-import", "CXC2", "CXC601"])
    def test_go_by_code_slug_or_family(self, word: str) -> None:
        assert loaded(f'lint.ignore = ["{word}"]').lint.ignore == (word,)
        assert loaded(f'lint.select = ["{word}"]').lint.select == (word,)
        assert loaded(f'[lint.severity]\n{word} = "hint"').lint.severity == {word: Severity.HINT}

    @pytest.mark.parametrize(
        ("word", "meant"), [("asked-twise", "asked-twice"), ("CXC6O2", "CXC602"), ("cxc602", "CXC602")]
    )
    def test_that_do_not_exist(self, word: str, meant: str) -> None:
        found = only_problem(f'lint.ignore = ["{word}"]')
        assert (found.message, found.help) == (f"No rule is called `{word}`", f"Did you mean `{meant}`?")

    @pytest.mark.parametrize("word", ["CXC101", "syntax-error", "CXC1", "CXC201", "CXC204", "CXC207", "CXC9", "CXC903"])
    def test_that_guard_all_others_cannot_be_silenced(self, word: str) -> None:
        for text in (
            f'lint.ignore = ["{word}"]',
            f'[lint.severity]\n{word} = "hint"',
            f'[lint.paths.legacy]\nignore = ["{word}"]',
        ):
            found = only_problem(text)
            assert "can be neither ignored nor allowed" in found.message
            assert word in written(text, found)


class TestNotToml:
    @pytest.mark.parametrize(
        ("text", "line", "at"),
        [
            ('name = "a"\ntitle = Northwind\n', 2, "Northwind"),
            ('name = "a\ntitle = "b"', 1, 'name = "a'),
            ('name = "a"\r\nname = "b"\r\n', 2, 'name = "b"'),
            ("[lint]\n[lint]\n", 2, "[lint]"),
            ("sources = [\n", 1, "sources = ["),
            ("\tä = 1", 1, "ä"),
            ("name\n", 1, "name"),
        ],
    )
    def test_is_told_at_its_place(self, text: str, line: int, at: str) -> None:
        found = only_problem(text)
        assert (found.span.line, written(text, found)) == (line, at)
        assert found.help

    @pytest.mark.parametrize("text", ["a = " + "[" * 5000, "a = " + "1" * 5000, "\0", "a = \ud800", 'a = "\ud800'])
    def test_however_wrong(self, text: str) -> None:
        only_problem(text)

    @given(st.text(st.characters(codec=None), max_size=40) | st.text("ab=[]{}\".'#\n \\1,-", max_size=40))
    @example('a = "x"\n[a.b]')
    def test_any_text_gives_settings_or_problems(self, text: str) -> None:
        config, problems = load_config(text)
        assert (config is None) == bool(problems)


class Flavour(TargetOptions):
    """Options that a target may have."""

    quiet: bool = False
    depth: int = 1
    share: float = 0.5
    servers: tuple[str, ...] = ()
    style: Severity = Severity.HINT
    headers: dict[str, str] = Field(default_factory=dict)


def _target(options: type[TargetOptions] = Flavour) -> Target:
    return Target("openapi", "A target.", lambda *_: Emitted(()), options)


class TestTargetOptions:
    def test_are_read_by_the_targets_own_class(self) -> None:
        config = loaded('[targets.openapi]\nservers = ["a"]\nshare = 1\nstyle = "error"\nheaders.x = "y"')
        options, problems = target_options(config, _target())
        assert problems == ()
        assert options == Flavour(servers=("a",), share=1.0, style=Severity.ERROR, headers={"x": "y"})

    def test_have_defaults(self) -> None:
        assert target_options(Config(), _target()) == (Flavour(), ())

    def test_are_reported_all_at_once(self) -> None:
        text = '[targets.openapi]\nquite = true\ndepth = "2"\nquiet = 1\nstyle = "eror"\nheaders = { x = 3 }\n'
        config = loaded(text)
        options, problems = target_options(config, _target())
        assert options is None
        assert [written(text, found) for found in problems] == ["quite", '"2"', "1", '"eror"', "3"]
        assert problems[0].help == "Did you mean `quiet`?"
        assert {found.code for found in problems} == {"CXC901"}

    def test_that_are_required_are_missed(self) -> None:
        class Strict(TargetOptions):
            licence: str

        options, (found,) = target_options(loaded("\n[targets.openapi]\n"), _target(Strict))
        assert options is None
        assert (found.message, found.span.line) == ("The key `targets.openapi.licence` is missing", 2)


# A TOML document and the reader of places agree on what keys there are.


def _paths(value: Any, path: tuple[str | int, ...] = ()) -> set[tuple[str | int, ...]]:
    found = {path} if path else set()
    if isinstance(value, dict):
        for key, held in value.items():
            found |= _paths(held, (*path, key))
    elif isinstance(value, list):
        for index, held in enumerate(value):
            found |= _paths(held, (*path, index))
    return found


@pytest.mark.parametrize(
    "text",
    [
        WHOLE,
        'a.b.c = 1\n"x.y".\'z w\' = 2 # "c" = 3\n',
        'a = [1, [2, 3], { b = "}", c = [4,] },] # end\nd = 1979-05-27 07:32:00\n',
        'a = """x\n# no = comment\n\\"""y"""""\nb = \'\'\'[t]\'\'\'\nc = "#"\n',
        "[[list]]\na = 1\n[list.inner]\nb = 2\n[[list]]\na = 3\n[[list.deep]]\nc = 4\n",
        "[ a . b ]\r\nc\t=\t[\r\n  1, # one\r\n  2\r\n]\r\n[x]\r\n",
        "a = []\nb = {}\nc = -1.5e3\n",
    ],
)
def test_every_key_has_a_place(text: str) -> None:
    found = places(text)
    assert set(found) == _paths(tomllib.loads(text))
    for path, place in found.items():
        if isinstance(path[-1], str) and "\\" not in path[-1]:
            assert path[-1] in text[slice(*place.key)]


def test_a_place_is_exact() -> None:
    text = 'a = [ "x" , 2 ] # b\n'
    found = places(text)
    assert text[slice(*found[("a",)].value)] == '[ "x" , 2 ]'
    assert text[slice(*found[("a", 0)].value)] == '"x"'
    assert text[slice(*found[("a", 1)].value)] == "2"
