"""The requests as they come: what they ask the mock itself for, and one line for each in the log."""

from __future__ import annotations

import re
import time
from collections.abc import Awaitable, Callable, MutableMapping
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from cxc.model.blueprint import Blueprint
from cxc.model.routes import route_of
from cxc.model.service import Service

FAIL = "X-Mock-Fail"
"""The header that names a failure to be provoked."""

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]
Log = Callable[[str], None]

_PLACE = re.compile(r"\\\{[^{}]*\\\}")


@dataclass(slots=True)
class Call:
    """A request under way: the failure it asks for, and what provoked the one it ends with."""

    fail: str | None = None
    failure: str | None = None
    why: str | None = None


current: ContextVar[Call | None] = ContextVar("current", default=None)


class Routes:
    """Finds the operation of a request, to name it in the log."""

    def __init__(self, blueprint: Blueprint) -> None:
        self._routes = []
        for service in blueprint.every(Service):
            for operation in service.operations:
                route = route_of(service, operation, blueprint)
                pattern = re.compile(_PLACE.sub("[^/]+", re.escape(route.path)))
                name = f"{service.name}.{operation.name}"
                self._routes.append((["{" in part for part in route.path.split("/")], route.method, pattern, name))
        # As the application has it: paths without a parameter go first.
        self._routes.sort(key=lambda one: one[0])

    def operation(self, method: str, path: str) -> str | None:
        """Return the operation that a request means, with its service."""
        return next((name for _, of, pattern, name in self._routes if of == method and pattern.fullmatch(path)), None)


class Calls:
    """Stands before an application: opens each call, and writes its line as soon as the answer begins."""

    def __init__(self, application: Application, routes: Routes, log: Log) -> None:
        self.application = application
        self.routes = routes
        self.log = log

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on."""
        if scope["type"] != "http":
            await self.application(scope, receive, send)
            return
        began = time.perf_counter()
        headers = {name.lower(): value for name, value in scope["headers"]}
        asked = headers.get(FAIL.lower().encode())
        call = Call(asked.decode("latin-1").strip() if asked is not None else None)
        token = current.set(call)

        async def noted(message: Message) -> None:
            if message["type"] == "http.response.start":
                self.log(self._line(scope, message["status"], time.perf_counter() - began, call))
            await send(message)

        try:
            await self.application(scope, receive, noted)
        finally:
            current.reset(token)

    def _line(self, scope: Scope, status: int, seconds: float, call: Call) -> str:
        raw = scope.get("raw_path") or scope["path"].encode()
        # What may be personal stands behind the question mark, and is not logged.
        path = raw.split(b"?")[0].decode("ascii", "backslashreplace")
        method = str(scope["method"])
        operation = self.routes.operation(method, path) or "-"
        line = f"{method:<6} {path}  {operation}  {status}  {seconds * 1000:.0f} ms"
        if call.failure is not None:
            line += f"  {call.failure} ({call.why})"
        return line
