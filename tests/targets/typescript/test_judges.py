"""Clients of all designs, judged by the tools of others: the compiler in its strictest mode, ESLint and Prettier."""

from __future__ import annotations

import subprocess
from functools import cache
from pathlib import Path

import pytest

from cxc.config import Config
from cxc.model.blueprint import Blueprint
from cxc.pipeline import check
from cxc.source import SourceFile
from cxc.workspace import Workspace, load_workspace
from designs import EXAMPLES, TODAY, design, example
from findings import files_of
from hostile import DEVICES, KEYWORDS, TEXTS, design_of_names, design_of_services, design_of_texts, told_apart
from typescript_clients import compiled, emitted, written

GOLDEN = Path(__file__).resolve().parents[2] / "golden"
CONFORMANCE = GOLDEN.parent / "conformance"
CASES = sorted(path for target in ("openapi", "typescript") for path in (GOLDEN / target).iterdir())
SOURCES = ["*/src/{models,services}/*.ts", "*/src/{client,index,problems}.ts", "pharmacy/src/*.ts"]
"""Every file, but those that are the same for all designs only once."""

LONG = "a_name_that_goes_on_and_on_until_nobody_can_read_it"
LONG_NAMES = f"""
package p

team Owner
error {LONG} {{ status 409; {LONG}: {LONG}_entity?; b: [int?]; c: map<int?>?; d: map<[[int?]]> }}
error Second {{ status 409 }}
entity {LONG}_entity {{
  id: string @key
  {LONG}: [{LONG}_entity]?
  other: map<{LONG}_entity?>?
  {LONG}_too: [{LONG}_entity?]
}}
enum One {{ one }}
enum Fitting {{ aaaaaaaaaaaaaaa; bbbbbbbbbbbbbbbbbbb; ccccccccccccccccccc; dddddddddddddddddd; eeeeee }}
enum Long {{ aaaaaaaaaaaaaaa; bbbbbbbbbbbbbbbbbbb; ccccccccccccccccccc; dddddddddddddddddd; eeeeeeee }}
type Empty {{ r: string? @readonly }}

service S_{LONG} {{
  owner Owner
  command {LONG}(e: Empty, one: One?, two: Fitting, three: Long?) -> {LONG}_entity? {{ fails {LONG}, Second }}
  query {LONG}_as_a_list() -> [{LONG}_entity] {{ paged; fails Second }}
  query {LONG}_without_parameters() -> int
  query {LONG}_of_choices(a: One?, {LONG}: [One]?) -> [One]
  query just_one_that_fits_in_most_of_its_lines() -> [[One?]?] {{ fails Second }}
  query just_one_that_fits_in_few_of_its_lines() -> map<[One]> {{ fails Second }}
  query short(aa: int, bb: One?, {LONG}: [One], b_{LONG}: [One]) -> bool
  command structured(a: Empty, b: money, c: [One], cursor: string) -> [int?] {{
    http DELETE "/{{a}}/x{{b}}/{{c}}"
    paged
  }}
  query nothing() -> [string]? {{ paged }}
  query all_may_be_missing(a: int?) -> [int] {{ paged }}
}}

service S_{LONG}_and_even_longer_than_that {{ owner Owner; query q() -> int }}
"""


@cache
def clients() -> dict[str, Blueprint]:
    services = told_apart([name for name in KEYWORDS if name.strip("_")])
    found = {name: example(name) for name in EXAMPLES}
    for case in CASES:
        found[f"{case.parent.name}-{case.name}"] = check(load_workspace(case / "input"), TODAY).blueprint
    found |= {
        "names": design(design_of_names(KEYWORDS)),
        "texts": design(design_of_texts(TEXTS)),
        "long": design(LONG_NAMES),
        "services": _several(design_of_services(services)),
        "devices": _several(design_of_services(DEVICES)),
    }
    return {name: blueprint for name, blueprint in found.items() if not emitted(blueprint).diagnostics}


def _several(text: str) -> Blueprint:
    sources = tuple(SourceFile(path, part) for path, part in files_of(text).items())
    return check(Workspace(Path(), "", Config(), sources), TODAY).blueprint


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("clients")
    written(clients(), made)
    return made


def _findings(folder: Path, tool: Path, *arguments: str) -> str:
    ran = subprocess.run([tool, *arguments], cwd=folder, capture_output=True, text=True, encoding="utf-8", timeout=600)
    return "" if ran.returncode == 0 else ran.stdout + ran.stderr


def test_enough_is_judged() -> None:
    assert len(clients()) >= len(EXAMPLES) + 10


def test_the_compiler_finds_nothing(tmp_path: Path, node_tools: Path) -> None:
    assert compiled(clients(), tmp_path, node_tools) == ""


def test_a_formatter_leaves_everything_as_it_is(folder: Path, node_tools: Path) -> None:
    settings = str(folder / "pharmacy" / "package.json")
    assert _findings(folder, node_tools / "prettier", "--config", settings, "--check", *SOURCES) == ""
    assert _findings(folder, node_tools / "prettier", "--check", "pharmacy/*.json") == ""


def test_a_linter_finds_nothing(folder: Path, node_tools: Path) -> None:
    rules = (CONFORMANCE / "typescript.eslint.config.mjs").as_uri()
    (folder / "eslint.config.mjs").write_text(f'export {{ default }} from "{rules}";\n', encoding="utf-8")
    assert _findings(folder, node_tools / "eslint", *SOURCES) == ""
    (folder / "wrong").mkdir()
    (folder / "wrong" / "wrong.ts").write_text("export var wrong: any = 1;\n", encoding="utf-8")
    assert "no-explicit-any" in _findings(folder, node_tools / "eslint", "wrong/*.ts")
