"""Schemathesis as an independent judge: all its checks, between a mock and the contract that is generated with it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from cxc.model.data import Error
from designs import EXAMPLES, example
from mocks import VERIFIED, running

BLUEPRINTS = Path(__file__).resolve().parent.parent.parent / "blueprints"


def judged(name: str, folder: Path, examples: int, *options: str, settings: str = "") -> str:
    """Return what Schemathesis says of the mock of an example workspace."""
    (folder / "settings.toml").write_text(settings, encoding="utf-8")
    with running(BLUEPRINTS / name, *options) as mock:
        command = [sys.executable, "-m", "schemathesis.cli", "--config-file", str(folder / "settings.toml"), "run"]
        command += [f"{mock.address}/openapi.yaml", "--checks", "all"]
        command += ["--max-examples", str(examples), "--generation-deterministic", "--continue-on-failure"]
        command += ["--no-color", "--header", f"Authorization: {VERIFIED['Authorization']}"]
        ran = subprocess.run(
            command, cwd=folder, capture_output=True, text=True, timeout=1200, env={**os.environ, "COLUMNS": "120"}
        )
        said = mock.end()
    assert "Traceback" not in said and "  500  " not in said
    assert ran.returncode == 0, ran.stdout[-8000:]
    return ran.stdout


def test_one_example_conforms(tmp_path: Path) -> None:
    assert "11/11" in judged("utility", tmp_path, 5)


@pytest.mark.slow
@pytest.mark.parametrize("name", EXAMPLES)
def test_all_examples_conform(name: str, tmp_path: Path) -> None:
    judged(name, tmp_path, 25)


@pytest.mark.slow
@pytest.mark.parametrize("name", EXAMPLES)
def test_all_examples_conform_where_everything_asked_for_is_made(name: str, tmp_path: Path) -> None:
    # A request of the right form may still break a rule, such as with another order's code: the failures that a design
    # declares for that are right answers too. What is made for one request is there for the next ones.
    declared = {str(error.status) for error in example(name).every(Error)}
    accepted = sorted({"2xx", "401", "403", "404", "409", "429", "5xx"} | declared)
    settings = f"[checks.positive_data_acceptance]\nexpected-statuses = {json.dumps(accepted)}\n"
    judged(name, tmp_path, 25, "--lenient", settings=settings)
