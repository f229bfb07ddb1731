"""What all tests share: the switch that records golden files, and the rule for tools a machine may lack.

A test that needs Node.js, a browser or the published schemas asks for the fixture below and is skipped, with the
reason, where they are missing. CI installs the tools, so there the same absence is a failure: a check that silently
stopped running is worth less than none.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NoReturn

import hypothesis
import pytest

ROOT = Path(__file__).resolve().parent.parent
CONFORMANCE = ROOT / "tests" / "conformance"
IN_CI = os.environ.get("CI", "").lower() in {"1", "true"}

# Golden cases hold input and recorded output, some of it Python: none of it is a test of ours.
collect_ignore_glob = ["golden/*/*/*"]

# How long one example takes says nothing on a machine that runs several workers.
hypothesis.settings.register_profile("cxc", deadline=None, print_blob=True)
hypothesis.settings.load_profile("cxc")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--record",
        action="store_true",
        help="write golden files again from what the compiler gives now, instead of comparing with them",
    )


@pytest.fixture(scope="session")
def record(pytestconfig: pytest.Config) -> bool:
    """Whether golden files are written again (`pytest --record`) rather than compared."""
    return bool(pytestconfig.getoption("--record"))


@pytest.fixture(scope="session")
def node_tools() -> Path:
    """The folder of the Node.js validators' commands."""
    if shutil.which("node") is None:
        _lack("needs Node.js, which is not installed")
    commands = CONFORMANCE / "node_modules" / ".bin"
    if not commands.is_dir():
        _lack("needs the Node.js validators, which are not installed; `make node` does, or says why not")
    return commands


@pytest.fixture(scope="session")
def lint_openapi(node_tools: Path) -> Callable[[Sequence[Path]], list[str]]:
    """A function that lints OpenAPI or Arazzo documents with Redocly and returns its findings, warnings included."""

    def lint(documents: Sequence[Path]) -> list[str]:
        done = subprocess.run(
            [
                *(node_tools / "redocly", "lint", "--config", CONFORMANCE / "redocly.yaml"),
                *("--format", "json", "--max-problems", "1000"),
                *documents,
            ],
            capture_output=True,
            text=True,
            encoding="utf-8",
            env={**os.environ, "REDOCLY_TELEMETRY": "off", "REDOCLY_SUPPRESS_UPDATE_NOTICE": "true"},
        )
        reports = _json_documents(done.stdout)
        if len(reports) != len(documents):
            pytest.fail(f"redocly did not report on each document:\n{done.stdout}\n{done.stderr}")
        return [_describe(problem) for report in reports for problem in report["problems"]]

    return lint


@pytest.fixture(scope="session")
def lint_asyncapi(node_tools: Path) -> Callable[[Sequence[Path]], list[str]]:
    """A function that has AsyncAPI's own parser read documents and returns all that it says, hints included."""
    return lambda documents: _node("asyncapi.cjs", *documents)


@pytest.fixture(scope="session")
def judge_schemas(node_tools: Path) -> Callable[..., list[str]]:
    """A function that has Ajv, in strict mode, judge the JSON Schemas in folders and their examples.

    It is told of the keywords of cxc where `extensions` is true.
    """

    def judge(folders: Sequence[Path], *, extensions: bool = False) -> list[str]:
        return _node("schemas.cjs", *(["--extensions"] if extensions else []), *folders)

    return judge


@pytest.fixture(scope="session")
def run_flows(node_tools: Path) -> Callable[[Sequence[Path]], list[dict[str, Any]]]:
    """A function that runs flows of channels with XState, and returns what it did; `conformance/flows.cjs` says how."""

    def run(flows: Sequence[Path]) -> list[dict[str, Any]]:
        # A command line has room for some hundred paths, not for any number.
        parts = [flows[at : at + 200] for at in range(0, len(flows), 200)]
        return [told for part in parts for told in json.loads(_said("flows.cjs", *part))]

    return run


@pytest.fixture(scope="session")
def judge_forms(node_tools: Path) -> Callable[[Sequence[Path]], list[str]]:
    """A function that has Ajv, in strict mode, and JSON Forms judge forms of channels."""
    return lambda forms: _node("forms.cjs", *forms)


@pytest.fixture(scope="session")
def judge_web_manifests(node_tools: Path) -> Callable[[Sequence[Path]], list[str]]:
    """A function that has a validator of web manifests, and their types in TypeScript, judge some."""
    return lambda manifests: _node("manifests.cjs", *manifests)


def _node(script: str, *arguments: str | Path) -> list[str]:
    """Run a script of ours in Node.js, and return the list of findings that it prints."""
    findings: list[str] = json.loads(_said(script, *arguments))
    return findings


def _said(script: str, *arguments: str | Path) -> str:
    done = subprocess.run(
        ["node", CONFORMANCE / script, *arguments], capture_output=True, text=True, encoding="utf-8", check=False
    )
    if done.returncode != 0:
        pytest.fail(f"{script} did not come to its end:\n{done.stdout}\n{done.stderr}")
    return done.stdout


@pytest.fixture(scope="session")
def browser() -> Path:
    """The command of a Chromium that can run without a screen."""
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if found := shutil.which(name):
            return Path(found)
    _lack("needs Chromium, which is not installed")


@pytest.fixture(scope="session")
def browse(browser: Path, node_tools: Path) -> Callable[..., list[Any]]:
    """A function that opens a page in Chromium, does what it is told, and returns the values it was asked for.

    `conformance/browse.cjs` says what there is to tell. A page that reports an error, or asks for anything besides
    files, fails the test; one that is opened by its address may ask its server, and `servers`.
    """

    def browse(page: Path | str, steps: Sequence[dict[str, Any]], servers: Sequence[str] = ()) -> list[Any]:
        done = subprocess.run(
            ["node", CONFORMANCE / "browse.cjs", browser],
            input=json.dumps({"page": str(page), "steps": steps, "servers": servers}),
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )
        if done.returncode:
            pytest.fail(f"the browser could not do what it was told:\n{done.stderr}")
        told = json.loads(done.stdout)
        assert told["errors"] == []
        values: list[Any] = told["values"]
        return values

    return browse


@pytest.fixture(scope="session")
def web_channel(node_tools: Path) -> Path:
    """The folder of the reference channel, with what it needs installed."""
    folder = ROOT / "examples" / "web-channel"
    if not (folder / "node_modules" / "xstate").is_dir():
        _lack(
            "needs what the reference channel is made with, which is not installed; `make node` does, or says why not"
        )
    return folder


@pytest.fixture(scope="session")
def office() -> Path:
    """The command of LibreOffice."""
    if found := shutil.which("soffice"):
        return Path(found)
    _lack("needs LibreOffice, which is not installed")


@pytest.fixture(scope="session")
def shared_schemas() -> Path:
    """The folder of the schemas that others publish for the formats cxc writes.

    They are not part of the repository: `CXC_SCHEMAS` names the folder, else it is looked for beside the repository.
    """
    folder = Path(os.environ.get("CXC_SCHEMAS") or ROOT.parent / "shared" / "schemas")
    if not folder.is_dir():
        # Not a tool that CI could install, so a skip there too.
        pytest.skip("needs the published schemas; set CXC_SCHEMAS to their folder")
    return folder


def _lack(reason: str) -> NoReturn:
    if IN_CI:
        pytest.fail(f"{reason}, and in CI no test is skipped for that", pytrace=False)
    pytest.skip(reason)


def _json_documents(text: str) -> list[dict[str, Any]]:
    """Redocly writes one JSON document for each file, one after another, with nothing between them."""
    decoder = json.JSONDecoder()
    found, at = [], 0
    while (at := text.find("{", at)) >= 0:
        document, at = decoder.raw_decode(text, at)
        found.append(document)
    return found


def _describe(problem: dict[str, Any]) -> str:
    places = [f"{place['source']['ref']}{place.get('pointer', '')}" for place in problem["location"]]
    return f"{', '.join(places)}: {problem['ruleId']}: {problem['message']}"
