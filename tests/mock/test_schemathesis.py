"""Schemathesis as an independent judge: all its checks, between a mock and the contract that is generated with it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from designs import EXAMPLES
from mocks import VERIFIED, running

BLUEPRINTS = Path(__file__).resolve().parent.parent.parent / "blueprints"


def judged(name: str, folder: Path, examples: int, *options: str) -> str:
    """Return what Schemathesis says of the mock of an example workspace."""
    with running(BLUEPRINTS / name, *options) as mock:
        command = [sys.executable, "-m", "schemathesis.cli", "run", f"{mock.address}/openapi.yaml", "--checks", "all"]
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
@pytest.mark.parametrize("options", [(), ("--lenient",)], ids=["strict", "lenient"])
@pytest.mark.parametrize("name", EXAMPLES)
def test_all_examples_conform(name: str, options: tuple[str, ...], tmp_path: Path) -> None:
    judged(name, tmp_path, 25, *options)
