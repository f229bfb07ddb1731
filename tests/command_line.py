"""What the tests of the command line share: a run of `cxc`, here or as a process of its own, and what it said."""

from __future__ import annotations

import ctypes
import gc
import os
import re
import subprocess
import sys
from collections.abc import Callable, Mapping
from contextlib import chdir
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner

from cxc.cli import cli

_FINDING = re.compile(r"^(?:allowed )?(?:error|warning|hint) (CXC[0-9]{3}) ", re.MULTILINE)
_MISHAP = re.compile(r"Traceback|mistake in the compiler|RecursionError|Exception ignored")


@dataclass(frozen=True)
class Ran:
    """What a run came to; `said` is all it wrote, on both streams."""

    code: int
    output: str
    errors: str

    @property
    def said(self) -> str:
        return self.output + self.errors

    @property
    def codes(self) -> list[str]:
        """The codes of the findings in a text report, in its order."""
        return _FINDING.findall(self.output)


def cxc(
    *arguments: str | Path, cwd: Path | None = None, stdin: bytes = b"", env: Mapping[str, str] | None = None
) -> Ran:
    """Run a command in this process: quicker by far, and whatever it raises makes the test fail."""
    with chdir(cwd or Path.cwd()):
        done = CliRunner().invoke(
            cli, [os.fspath(word) for word in arguments], input=stdin, env=env, prog_name="cxc", catch_exceptions=False
        )
    gc.enable()  # the commands put it off for as long as they run
    return _sound(Ran(done.exit_code, done.stdout, done.stderr))


def cxc_process(
    *arguments: str | Path | bytes,
    cwd: Path | None = None,
    stdin: bytes = b"",
    env: Mapping[str, str] | None = None,
    prepare: Callable[[], None] | None = None,
) -> Ran:
    """Run a command as users do; `prepare` is called in the new process before it begins."""
    done = subprocess.run(
        [sys.executable, "-m", "cxc", *arguments],
        cwd=cwd,
        input=stdin,
        env={**os.environ, **(env or {})},
        capture_output=True,
        timeout=120,
        preexec_fn=prepare,
    )
    return _sound(Ran(done.returncode, _text(done.stdout), _text(done.stderr)))


def _text(data: bytes) -> str:
    return data.decode("utf-8", "replace")


def _sound(ran: Ran) -> Ran:
    assert not _MISHAP.search(ran.said), ran.said
    return ran


def assert_one(ran: Ran, code: str, *words: str, exit_code: int = 1) -> None:
    """Assert that a run has one finding, of this code, that its sentence has these words, and that it failed so."""
    assert ran.codes == [code], ran.said
    sentence = next(line for line in ran.output.splitlines() if f" {code} " in line)
    for word in words:
        assert word in sentence
    assert ran.code == exit_code


def all_in(folder: Path) -> dict[str, bytes | str]:
    """Return what stands in a folder: the content of files, the kind of anything else."""
    found: dict[str, bytes | str] = {}
    for path in sorted(folder.rglob("*")):
        name = os.fspath(path.relative_to(folder))
        if path.is_symlink():
            found[name] = f"link to {os.readlink(path)}"
        else:
            found[name] = path.read_bytes() if path.is_file() else "folder" if path.is_dir() else "something else"
    return found


def write_all(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    """Write files below a folder, and return it."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return folder


def obey_rights() -> None:
    """Make this process, also if it is root's, subject to the rights of files."""
    if os.geteuid() != 0:
        return
    drop, capabilities = 24, (1, 2, 3)  # PR_CAPBSET_DROP; CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH, CAP_FOWNER
    for capability in capabilities:
        if ctypes.CDLL(None, use_errno=True).prctl(drop, capability, 0, 0, 0):
            raise OSError(ctypes.get_errno(), "prctl")


LINUX = pytest.mark.skipif(sys.platform != "linux", reason="needs rights, links and limits as Linux has them")
