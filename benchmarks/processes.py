"""Runs a whole process and measures it: wall time, and peak memory with all the processes that it starts.

What is run, how often, and what the numbers mean is `run.py`'s.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

_PROC = Path("/proc")
_PAUSE = 0.02
_MIB = 2**20


class Failed(Exception):
    """A measured command did not end as it should; the message says how."""


@dataclass(frozen=True, slots=True)
class Run:
    """One run of one process."""

    seconds: float
    output: str


def timed(command: Sequence[str], folder: Path, environment: Mapping[str, str]) -> Run:
    """Run `command` in `folder` and take its time; raise `Failed` at any exit code but 0.

    Its output goes to a file, as in CI: a pipe would make the process wait for its reader.
    """
    with tempfile.TemporaryFile() as output:
        start = time.perf_counter()
        done = subprocess.run(
            command,
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        seconds = time.perf_counter() - start
        text = _read(output.fileno())
    _expect(command, done.returncode, text)
    return Run(seconds, text)


def peak_memory(command: Sequence[str], folder: Path, environment: Mapping[str, str]) -> float:
    """Run `command` and return the most memory (MiB) that it and its children held at one time.

    It is the greater of two numbers: the largest single process as the system counts it, which misses nothing but adds
    nothing up; and the sum over all processes, looked at every 20 ms (Linux; shared pages count once).
    """
    with tempfile.TemporaryFile() as output:
        process = subprocess.Popen(
            command,
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        most = 0
        while True:
            pid, status, usage = os.wait4(process.pid, os.WNOHANG)
            if pid:
                break
            most = max(most, _held(process.pid))
            time.sleep(_PAUSE)
        process.returncode = os.waitstatus_to_exitcode(status)
        text = _read(output.fileno())
    _expect(command, process.returncode, text)
    unit = 1 if sys.platform == "darwin" else 1024
    return max(usage.ru_maxrss * unit, most) / _MIB


def _held(root: int) -> int:
    """Return the bytes that a process and its descendants hold now; 0 where the system does not tell."""
    children: dict[int, list[int]] = {}
    for entry in _PROC.glob("[0-9]*/stat") if _PROC.is_dir() else ():
        try:
            parent = int(entry.read_text().rpartition(")")[2].split()[1])
        except (OSError, IndexError, ValueError):
            continue  # it ended meanwhile
        children.setdefault(parent, []).append(int(entry.parent.name))
    if root not in {pid for family in children.values() for pid in family}:
        return 0
    family, total = [root], 0
    for pid in family:
        family.extend(children.get(pid, ()))
    if len(family) == 1:
        return 0  # the system's own peak says it more exactly
    for pid in family:
        try:
            rollup = (_PROC / str(pid) / "smaps_rollup").read_text()
        except OSError:
            continue
        total += sum(int(line.split()[1]) * 1024 for line in rollup.splitlines() if line.startswith("Pss:"))
    return total


def _read(descriptor: int) -> str:
    os.lseek(descriptor, 0, os.SEEK_SET)
    with os.fdopen(os.dup(descriptor), encoding="utf-8", errors="replace") as file:
        return file.read()


def _expect(command: Sequence[str], code: int, output: str) -> None:
    if code:
        shown = " ".join(Path(part).name for part in command)
        raise Failed(f"`{shown}` ended with exit code {code}:\n{output[-2000:]}")
