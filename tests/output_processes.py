"""Builds in other processes: at once, or killed at any step."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

_PREAMBLE = """
import json, os, signal, sys
from pathlib import Path
from cxc.output import OutputError, plan_output, write
from cxc.targets import GeneratedFile

def build(out, content):
    files = [("openapi", GeneratedFile(path, text, f"service:{path}")) for path, text in content.items()]
    return write(plan_output(Path(out), files, None, shown="generated"))

def build_own(code, content):
    files = [("openapi", GeneratedFile(path, text, f"service:{path}", once=True)) for path, text in content.items()]
    out = Path(code).parent / "generated"
    return write(plan_output(out, files, None, shown="generated", code=(Path(code), "code")))

GIVEN = json.load(sys.stdin)
"""


@contextmanager
def started(script: str, given: object) -> Iterator[subprocess.Popen[str]]:
    """Run a script in another process, which finds `GIVEN` and can `build`."""
    process = subprocess.Popen(
        [sys.executable, "-c", _PREAMBLE + textwrap.dedent(script)],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    assert process.stdin is not None
    process.stdin.write(json.dumps(given))
    process.stdin.close()
    process.stdin = None
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def said(script: str, given: object) -> str:
    """Return what a script writes in another process, which must come to its end."""
    with started(script, given) as process:
        output, _ = process.communicate(timeout=60)
    assert process.returncode == 0
    return output


_KILLED = """
def dying(build_, out, content, steps):
    def counted(step):
        def counting(*given, **named):
            nonlocal steps
            steps -= 1
            if steps < 0:
                os.kill(os.getpid(), signal.SIGKILL)
            return step(*given, **named)
        return counting
    for step in ("replace", "unlink", "mkdir", "link", "rename"):
        setattr(os, step, counted(getattr(os, step)))
    build_(out, content)

killed = []
for out, steps in GIVEN["at"]:
    child = os.fork()
    if child == 0:
        dying(globals()[GIVEN["build"]], out, GIVEN["content"], steps)
        os._exit(0)
    if os.waitpid(child, 0)[1] == signal.SIGKILL:
        killed.append(out)
print(json.dumps(killed))
"""


def kill(at: Sequence[tuple[Path, int]], content: Mapping[str, str], build: str = "build") -> list[Path]:
    """Build in each folder, killed before a step that changes the disk; return those that did not come to the end."""
    given = {"at": [(str(out), steps) for out, steps in at], "content": content, "build": build}
    return [Path(out) for out in json.loads(said(_KILLED, given))]
