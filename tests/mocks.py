"""The mock platform in this process and as one of its own, and whoever asks it."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import subprocess
import sys
import tempfile
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

    def __init__(self, process: subprocess.Popen[str], said: list[str]) -> None:
        self.process = process
        self.said = said
        found = re.search(r"http://\S+", said[0])
        assert found, said
        self.address = found[0]

    def end(self, sig: signal.Signals = signal.SIGINT) -> str:
        """Send a signal, and return what the process has said, to its last word."""
        self.process.send_signal(sig)
        _, errors = self.process.communicate(timeout=20)
        return "".join(self.said) + errors


@contextmanager
def running(*arguments: str | Path, cwd: Path | None = None) -> Iterator[Running]:
    command = [sys.executable, "-m", "cxc", "mock", *map(os.fspath, arguments), "--port", "0"]
    with subprocess.Popen(command, cwd=cwd, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        try:
            yield Running(process, [process.stderr.readline(), process.stderr.readline()])
        finally:
            if process.poll() is None:
                process.kill()
