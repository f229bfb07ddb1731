"""The mock platform in this process and as one of its own, and whoever asks it."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx

from cxc.mock.platform import Design, Mock, Settings
from cxc.mock.store import MemoryStore, Store
from cxc.mock.tokens import token
from cxc.model.blueprint import Blueprint
from cxc.targets.fastapi import TARGET
from cxc.targets.fastapi.options import FastApiOptions
from cxc.targets.templates import Templates

VERIFIED = {"Authorization": f"Bearer {token('somebody')}"}


class Client:
    """Asks a mock over HTTP, without a network."""

    def __init__(self, mock: Mock, log: list[str], headers: dict[str, str]) -> None:
        self.mock = mock
        self.log = log
        self.headers = headers

    def ask(self, method: str, path: str, headers: dict[str, str] | None = None, **rest: Any) -> httpx.Response:
        async def asking() -> httpx.Response:
            transport = httpx.ASGITransport(self.mock.app, raise_app_exceptions=False)
            async with httpx.AsyncClient(transport=transport, base_url="http://mock") as client:
                return await client.request(method, path, headers={**self.headers, **(headers or {})}, **rest)

        return asyncio.run(asking())

    def get(self, path: str, headers: dict[str, str] | None = None, **query: Any) -> httpx.Response:
        return self.ask("GET", path, headers, params=query)

    def post(self, path: str, headers: dict[str, str] | None = None, **body: Any) -> httpx.Response:
        return self.ask("POST", path, headers, json=body)

    def data(self, entity: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.get(f"/_mock/data/{entity}").json()
        return found

    def events(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.get("/_mock/events", format="json").json()
        return found


@contextmanager
def mocked(
    blueprint: Blueprint, store: Store | None = None, headers: dict[str, str] | None = None, **settings: Any
) -> Iterator[Client]:
    """Serve a design for a while."""
    emitted = TARGET.emit(blueprint, FastApiOptions(), Templates.of("fastapi"))
    assert emitted.diagnostics == ()
    log: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        design = Design(blueprint, emitted.files, FastApiOptions())
        mock = Mock(design, store or MemoryStore(), Settings(**settings), Path(folder), log.append)
        mock.begin()
        try:
            yield Client(mock, log, VERIFIED if headers is None else headers)
        finally:
            mock.end()


class Running:
    """A mock that runs as a process."""

    def __init__(self, process: subprocess.Popen[bytes], log: Path) -> None:
        self.process = process
        self._log = log
        self.address = self._begun()

    @property
    def said(self) -> str:
        """What the process has said so far."""
        return self._log.read_text(encoding="utf-8")

    def _begun(self) -> str:
        for _ in range(600):
            found = re.search(r"(http://\S+)/_mock/ tells", self.said)
            if found:
                return found[1]
            if self.process.poll() is not None:
                break
            time.sleep(0.05)
        raise AssertionError(self.said)

    def end(self, sig: signal.Signals = signal.SIGINT) -> str:
        """Send a signal, and return what the process has said, to its last word."""
        self.process.send_signal(sig)
        self.process.wait(timeout=20)
        return self.said


@contextmanager
def running(*arguments: str | Path, cwd: Path | None = None) -> Iterator[Running]:
    command = [sys.executable, "-m", "cxc", "mock", *map(os.fspath, arguments), "--port", "0"]
    # A pipe that nobody reads would fill up, and the mock would wait for its reader.
    with (
        tempfile.TemporaryDirectory() as folder,
        (Path(folder) / "log").open("wb") as log,
        subprocess.Popen(command, cwd=cwd, stdout=log, stderr=log) as process,
    ):
        try:
            yield Running(process, Path(log.name))
        finally:
            if process.poll() is None:
                process.kill()
