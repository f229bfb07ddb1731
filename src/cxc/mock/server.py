"""The mock at a port, until somebody ends it."""

from __future__ import annotations

import asyncio
import errno
import signal
import socket
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager, suppress
from types import FrameType
from typing import Any

import uvicorn

from cxc.mock.calls import Application

_SIGNALS = (signal.SIGINT, signal.SIGTERM)
_PATIENCE = 2
"""Seconds that requests have to come to their end."""


class NoPort(Exception):
    """The address cannot be served; the message says why."""


def listen(host: str, port: int) -> socket.socket:
    """Return a socket that listens at an address."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    except (OSError, UnicodeError) as error:
        raise NoPort(f"`{host}` is no address of this computer") from error
    family, kind, protocol, _, address = found[0]
    listening = socket.socket(family, kind, protocol)
    try:
        if hasattr(socket, "SO_REUSEADDR") and not hasattr(socket, "SO_EXCLUSIVEADDRUSE"):
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(address)
        listening.listen()
    except OSError as error:
        listening.close()
        if error.errno == errno.EADDRINUSE:
            raise NoPort(f"The port {port} is in use by another program; name another one with `--port`") from error
        raise NoPort(f"{host}:{port} cannot be served: {(error.strerror or str(error)).lower()}") from error
    return listening


def address_of(listening: socket.socket) -> str:
    """Return the address of a socket as browsers want it."""
    host, port = listening.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


class _Server(uvicorn.Server):
    """Ends at the first signal as if everything was done, and at the second one at once."""

    def __init__(self, config: uvicorn.Config, ending: Callable[[], None]) -> None:
        super().__init__(config)
        self._ending = ending

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        super().handle_exit(sig, frame)
        self._ending()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        # Unlike uvicorn, the signal is not raised again at the end: to be ended is how a run ends well.
        before: dict[int, Any] = {sig: signal.signal(sig, self.handle_exit) for sig in _SIGNALS}
        try:
            yield
        finally:
            for sig, handler in before.items():
                signal.signal(sig, handler)


def serve(
    application: Application,
    listening: socket.socket,
    ending: Callable[[], None],
    beside: Callable[[], Coroutine[Any, Any, None]] | None = None,
) -> None:
    """Serve an application until a signal comes; `ending` is called as soon as it has.

    What runs `beside` it ends with it.
    """
    config = uvicorn.Config(
        application,
        log_level="error",
        access_log=False,
        lifespan="off",
        timeout_graceful_shutdown=_PATIENCE,
        server_header=False,
    )
    asyncio.run(_together(_Server(config, ending), listening, beside))


async def _together(
    server: uvicorn.Server, listening: socket.socket, beside: Callable[[], Coroutine[Any, Any, None]] | None
) -> None:
    other = asyncio.create_task(beside()) if beside is not None else None
    try:
        await server.serve(sockets=[listening])
    finally:
        if other is not None:
            other.cancel()
            with suppress(asyncio.CancelledError):
                await other
