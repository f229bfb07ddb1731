"""What the benchmarks measure is sound: a workload full of findings would measure the writing of reports."""

import subprocess
import sys
from pathlib import Path

import pytest

from command_line import cxc
from conftest import ROOT


@pytest.mark.parametrize("kind", ["api", "full"])
def test_nothing_is_found_in_a_workload(tmp_path: Path, kind: str) -> None:
    subprocess.run([sys.executable, ROOT / "benchmarks" / "workloads.py", kind, "3", tmp_path], check=True)
    ran = cxc("check", "--strict", cwd=tmp_path)
    assert (ran.output, ran.code) == ("No findings\n", 0)
