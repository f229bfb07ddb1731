"""Pages that are true: their files are written and their commands run, in order, and the output is what they show.

| block | what is done with it |
| --- | --- |
| `toml file=cxc.toml` | written to that file |
| `diff replace=cxc.toml` | the lines with `-` are replaced by those with `+`, where they are found first |
| `console` | each line that begins with `$` is run; what it prints stands below it |

A command that ends with `&` runs until the page is over, and is waited for until it answers at the port of the page.
"""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

BLOCK = re.compile(r"^```(?P<language>\w+)(?: (?P<arguments>[^\n]*))?\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)
PORT = "8000"
"""The port that pages name; while they are run it is another one, which is free."""
FETCHED = "npx --package typescript "
"""What gets a command from the network where it is not there; here it is."""
_PASSING = re.compile(
    r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
    r"|\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|\+00:00)"
    r"|(?<= in )\d+\.\d+s"
    r'|(?<="code":")[A-Z0-9]{6}(?=")|(?<=code )[A-Z0-9]{6}\b'
)
"""What is another one each time: ids, moments, durations, codes drawn by lot."""


class Page:
    """A page that is being executed in a folder."""

    def __init__(self, path: Path, folder: Path, *commands: Path) -> None:
        self.path = path
        self.folder = folder
        self.commands = 0
        self._text = path.read_text(encoding="utf-8")
        self._servers: list[subprocess.Popen[bytes]] = []
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self._port = str(free.getsockname()[1])
        found = [str(Path(sys.executable).parent), *map(str, commands), os.environ.get("PATH", "")]
        own = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
        self.environment = own | {"PATH": os.pathsep.join(found), "NO_COLOR": "1", "COLUMNS": "80"}

    def execute(self, record: bool) -> None:
        """Do all that the page says; compare what comes of it with what it shows, or write it down there."""
        recorded, copied = "", 0
        try:
            for block in BLOCK.finditer(self._text):
                arguments = dict(one.split("=", 1) for one in (block["arguments"] or "").split() if "=" in one)
                if "file" in arguments:
                    self._write(self.folder / arguments["file"], block["body"])
                elif "replace" in arguments:
                    self._replace(self.folder / arguments["replace"], block["body"])
                elif block["language"] == "console":
                    shown = "".join(self._shown(block["body"]))
                    if _lasting(block["body"]) != _lasting(shown):
                        if not record:
                            pytest.fail(f"{self.path.name} shows\n{block['body']}\nbut this is printed:\n{shown}")
                        recorded += self._text[copied : block.start("body")] + shown
                        copied = block.end("body")
        finally:
            self._end()
        if record:
            self.path.write_text(recorded + self._text[copied:], encoding="utf-8")
            pytest.skip("recorded")

    # ---- files ------------------------------------------------------------------------------------------------------

    def _write(self, path: Path, text: str) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text.replace(PORT, self._port), encoding="utf-8")

    def _replace(self, path: Path, body: str) -> None:
        old, new = re.findall(r"^-(.*)$", body, re.MULTILINE), re.findall(r"^\+(.*)$", body, re.MULTILINE)
        before = path.read_text(encoding="utf-8")
        assert "\n".join(old) in before, f"{path.name} does not hold what is to be replaced: {old}"
        path.write_text(before.replace("\n".join(old), "\n".join(new), 1), encoding="utf-8")

    # ---- commands ---------------------------------------------------------------------------------------------------

    def _shown(self, body: str) -> Iterator[str]:
        for command in re.findall(r"^\$ ((?:.*\\\n)*.*)$", body, re.MULTILINE):
            self.commands += 1
            output = self._run(command.replace(PORT, self._port)).replace(self._port, PORT)
            yield f"$ {command}\n{output}" + ("" if output.endswith("\n") or not output else "\n")

    def _run(self, command: str) -> str:
        if command.endswith(" &"):
            self._serve(command.removesuffix(" &"))
            return ""
        done = subprocess.run(
            ["bash", "-c", command.replace(FETCHED, "")],
            cwd=self.folder,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            timeout=180,
            check=False,
        )
        return done.stdout

    def _serve(self, command: str) -> None:
        self._end()
        said = self.folder / ".server.log"
        with said.open("wb") as log:
            server = subprocess.Popen(
                ["bash", "-c", command],
                cwd=self.folder,
                env=self.environment,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self._servers.append(server)
        for _ in range(600):
            with suppress(OSError), socket.create_connection(("127.0.0.1", int(self._port)), timeout=5):
                return
            assert server.poll() is None, said.read_text(encoding="utf-8")
            time.sleep(0.1)
        pytest.fail(f"{command} does not answer")

    def _end(self) -> None:
        for server in self._servers:
            with suppress(ProcessLookupError):
                os.killpg(server.pid, signal.SIGTERM)
            server.wait(timeout=30)
        self._servers.clear()


def _lasting(text: str) -> str:
    return _PASSING.sub("…", text)
