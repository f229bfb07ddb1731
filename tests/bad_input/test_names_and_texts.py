"""Hostile names and texts: they arrive in every target as what they are, or are told to clash, and obey nobody."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
import yaml
from openapi_spec_validator import OpenAPIV31SpecValidator

from command_line import assert_one, cxc, write_all
from findings import files_of
from hostile import DEVICES, KEYWORDS, TEXTS, design_of_names, design_of_services, design_of_texts, told_apart

OBEYED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff]")
"""What a terminal, an editor or a browser obeys instead of showing it."""


def build(folder: Path, design: str) -> Path:
    """Build a design, twice to the same end, and return the folder of what came out."""
    files = {"p.blueprint": design} if "// file: " not in design else files_of(design)
    write_all(folder, {"cxc.toml": 'name = "hostile"\n'} | {f"src/{name}": text for name, text in files.items()})
    ran = cxc("build", cwd=folder)
    assert ran.code == 0, "\n".join(line for line in ran.output.splitlines() if line.startswith("error"))
    assert cxc("build", "--check", cwd=folder).code == 0
    assert cxc("fmt", cwd=folder).code == 0, "the formatter keeps all of it"
    again = cxc("build", "--check", "--target", "matrices", cwd=folder)
    assert again.code == 0, "canonical text means the same"
    return folder / "generated"


def texts_in(value: Any) -> Iterator[str]:
    """Yield every text in plain data, keys included."""
    if isinstance(value, dict):
        for key, held in value.items():
            assert isinstance(key, str), f"{key!r} was a text before"
            yield key
            yield from texts_in(held)
    elif isinstance(value, list):
        for held in value:
            yield from texts_in(held)
    elif isinstance(value, str):
        yield value


def rows_of(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline="")))


def assert_readable(out: Path) -> dict[str, list[str]]:
    """Assert that each file is what it says, and that nothing in it is obeyed; return the texts in each by its path."""
    found: dict[str, list[str]] = {}
    for number, path in enumerate(sorted(path for path in out.rglob("*") if path.is_file())):
        name = path.relative_to(out).as_posix()
        if path.suffix == ".xlsx":
            # Its own tests read it.
            continue
        text = path.read_text(encoding="utf-8")
        assert not (obeyed := OBEYED.search(text.replace("\r\n", "\n"))), (name, obeyed)
        if path.suffix in (".json", ".jsonld", ".webmanifest"):
            found[name] = list(texts_in(json.loads(text)))
        elif path.suffix == ".yaml":
            document = yaml.load(text, yaml.CSafeLoader)
            # The document of the platform holds what is in all others, and the validator takes its time.
            if name.startswith("openapi/") and (path.name == "platform.yaml" or number % 20 == 0):
                assert [problem.message for problem in OpenAPIV31SpecValidator(document).iter_errors()] == []
            found[name] = list(texts_in(document))
        elif path.suffix == ".csv":
            rows = rows_of(text)
            assert len({len(row) for row in rows}) == 1, name
            cells = [cell for row in rows for cell in row]
            assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))], name
            found[name] = cells
        elif path.suffix == ".vxml":
            found[name] = list(ElementTree.fromstring(text).itertext())
        elif path.suffix in (".ts", ".html", ".txt"):
            # Their own tests have them judged by the compiler, in a browser, and as what is sent.
            found[name] = [text]
        else:
            assert path.suffix == ".md"
            assert not re.search(r"<script|<img|(?<!\\)\]\(\s*javascript:|(?<!\\)!\[", text), name
            found[name] = [text]
    return found


@pytest.fixture(scope="module")
def of_names(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    return assert_readable(build(tmp_path_factory.mktemp("names"), design_of_names(KEYWORDS)))


@pytest.fixture(scope="module")
def of_texts(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    return assert_readable(build(tmp_path_factory.mktemp("texts"), design_of_texts(TEXTS)))


def test_names_that_are_keywords_arrive(of_names: dict[str, list[str]]) -> None:
    """As names of entities, fields, choices, operations, parameters and steps."""
    model, platform = set(of_names["blueprint.json"]), set(of_names["openapi/platform.yaml"])
    assert not [name for name in KEYWORDS if f"entity:p.{name}" not in model]
    assert not [name for name in KEYWORDS if f"value:p.Choice.{name}" not in model]
    assert not [name for name in KEYWORDS if name not in platform]
    assert not [name for name in KEYWORDS if f"step:p.Trip.{name}" not in of_names["channels/Web/channel.json"]]
    assert not [name for name in KEYWORDS if f"entity:p.{name}" not in of_names["matrices/entity-service.csv"]]


def test_services_and_channels_named_by_keywords_arrive(tmp_path: Path) -> None:
    names = told_apart([name for name in KEYWORDS if name.strip("_") and name not in ("platform", "Platform")])
    found = assert_readable(build(tmp_path, design_of_services(names)))
    assert not [name for name in names if f"channels/{name}/channel.json" not in found]
    assert len([path for path in found if path.startswith("openapi/")]) == len(names) + 1


def test_texts_arrive_as_they_are(of_texts: dict[str, list[str]]) -> None:
    for path in ("blueprint.json", "openapi/platform.yaml"):
        arrived = set(of_texts[path])
        assert [text for text in TEXTS if text not in arrived] == [], path
    channel = " ".join(of_texts["channels/Web/channel.json"])
    assert [text for text in TEXTS if text not in channel] == []


def test_titles_arrive_in_matrices_as_cells(of_texts: dict[str, list[str]]) -> None:
    """On one line, without what is obeyed, and with a sign before what would be calculated."""
    cells = of_texts["matrices/entity-service.tidy.csv"]
    for text in TEXTS:
        plain = " ".join(text.split())
        if plain and not OBEYED.search(plain) and plain.isprintable():
            assert any(plain in cell for cell in cells), text


def test_a_template_is_given_texts_and_runs_none(of_texts: dict[str, list[str]]) -> None:
    everything = "\n".join(text for texts in of_texts.values() for text in texts)
    assert "{{ 7 * 7 }}" in everything
    assert " 49 " not in everything


# ---- names that nobody can tell apart ----------------------------------------------------------------------

TWO = "package p\n\nteam Owner\n\n{}"


def _services(*names: str) -> str:
    return TWO.format("\n".join(f"service {name} {{ owner Owner; query q(x: int) -> int }}" for name in names))


def _channels(*names: str) -> str:
    return TWO.format("\n".join(f"channel {name} {{ kind web; owner Owner }}" for name in names))


@pytest.mark.parametrize("made", [_services, _channels])
@pytest.mark.parametrize("names", [("Order", "order"), ("ORDER", "Order"), ("Con_", "con_")])
def test_files_that_differ_by_case_only_are_told(
    tmp_path: Path, made: Callable[..., str], names: tuple[str, str]
) -> None:
    write_all(tmp_path, {"x.blueprint": made(*names)})
    ran = cxc("build", cwd=tmp_path)
    errors = [line for line in ran.output.splitlines() if line.startswith("error ")]
    assert len(errors) == 1, ran.said
    assert "CXC904" in errors[0]
    assert all(name in errors[0] for name in names)
    assert "--> x.blueprint:6:9" in ran.output
    assert ran.output.endswith("Nothing was written: the design has errors.\n")
    assert ran.code == 1
    assert not (tmp_path / "generated").exists()


@pytest.mark.parametrize(
    ("made", "name"),
    [(_services, "Con"), (_services, "nul"), *((_channels, name) for name in (*DEVICES, "con", "AUX", "nul"))],
)
def test_files_that_windows_takes_for_devices_are_told(tmp_path: Path, made: Callable[..., str], name: str) -> None:
    write_all(tmp_path, {"x.blueprint": made(name)})
    ran = cxc("build", cwd=tmp_path)
    errors = [line for line in ran.output.splitlines() if line.startswith("error ")]
    assert len(errors) == 1
    assert "CXC904" in errors[0]
    assert "is the name of a device on Windows" in errors[0]
    assert "--> x.blueprint:5:9" in ran.output
    assert ran.code == 1
    assert not (tmp_path / "generated").exists()


def test_names_that_differ_by_case_only_arrive_where_case_counts(tmp_path: Path) -> None:
    """As entities, fields, choices and parameters."""
    names = ["Order", "order", "ORDER", "oRDER"]
    fields = [f"{name}: {name}_?" for name in names]
    entities = "\n".join(f"entity {name}_ {{ id: uuid @key; {'; '.join(fields)} }}" for name in names)
    choices = f"enum Choice {{ {'; '.join(names)} }}\ntype Holder {{ choice: Choice = oRDER; {'; '.join(fields)} }}"
    service = f"service S {{ owner Owner\n  query find({', '.join(fields)}) -> Holder\n}}"
    found = assert_readable(build(tmp_path, TWO.format(f"{entities}\n{choices}\n{service}\n")))
    assert set(names) <= set(found["openapi/s.yaml"])
    assert {f"{name}_" for name in names} <= set(found["openapi/s.yaml"])


@pytest.mark.parametrize("word", ["none", "end", "true", "false"])
def test_the_few_words_that_cannot_be_names_are_told(tmp_path: Path, word: str) -> None:
    write_all(tmp_path, {"x.blueprint": f"package p\nentity {word} {{ id: uuid @key }}\n"})
    ran = cxc("check", cwd=tmp_path)
    assert ran.code == 1
    assert f"`{word}`" in ran.output
    assert len([line for line in ran.output.splitlines() if line.startswith("error ")]) == 1


@pytest.mark.parametrize("word", ["None", "End", "True", "False", "NONE"])
def test_no_name_is_suggested_that_cannot_be_one(tmp_path: Path, word: str) -> None:
    write_all(tmp_path, {"x.blueprint": f"package p\nentity E {{ {word}: uuid @key }}\n"})
    ran = cxc("check", cwd=tmp_path)
    assert f"`{word.lower()}`" not in ran.output


def test_a_control_character_that_is_no_text_is_told(tmp_path: Path) -> None:
    write_all(tmp_path, {"x.blueprint": 'package p\nteam A "\\u{D800}"\n'})
    assert_one(cxc("check", cwd=tmp_path), "CXC101", "U+D800 is no character")
