"""Form, types and generated pages are part of the tests, so that one command judges a change."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.mark.parametrize(
    "command",
    [
        pytest.param(["ruff", "check"], id="lint"),
        pytest.param(["ruff", "format", "--check"], id="format"),
        pytest.param(["mypy"], id="types", marks=pytest.mark.slow),
        pytest.param(["cxc.documentation", "--check"], id="documentation"),
    ],
)
def test_nothing_is_to_be_mended(command: list[str]) -> None:
    done = subprocess.run(
        [sys.executable, "-m", *command],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
    )
    if done.returncode != 0:
        pytest.fail(f"python -m {' '.join(command)}:\n{done.stdout}", pytrace=False)
