"""A mock that follows its design: where blueprint files change, it goes on with the new design and the same data."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable
from pathlib import Path

from cxc.config import FILE_NAME
from cxc.mock.calls import Log, Receive, Scope, Send
from cxc.mock.platform import Design, Mock
from cxc.workspace import SUFFIX

_PAUSE = 0.5
"""Seconds between two looks at the files."""

Fingerprint = frozenset[tuple[str, int, int]]


class Following:
    """The mock of the design as it is now."""

    def __init__(self, mock: Mock, make: Callable[[Design], Mock], log: Log) -> None:
        self.mock = mock
        self._make = make
        self._log = log

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on."""
        await self.mock.app(scope, receive, send)

    def end_streams(self) -> None:
        """End the streams of events."""
        self.mock.happenings.end()

    def take(self, design: Design) -> None:
        """Go on with another design; data that does not fit it any more begins again."""
        before, self.mock = self.mock, self._make(design)
        # Whoever listened comes again, and then listens to the new one.
        before.end()
        if misfits := ", ".join(self.mock.misfits()):
            self._log(f"The data begins again: it does not fit the new design ({misfits}).")
            self.mock.reset()
        self.mock.begin()
        self._log("The mock follows the new design.")

    async def watch(self, root: Path, design_again: Callable[[], Design | None]) -> None:
        """Look at the files of a workspace, again and again."""
        seen = _fingerprint(root)
        while True:
            await asyncio.sleep(_PAUSE)
            now = _fingerprint(root)
            if now == seen:
                continue
            seen = now
            design = design_again()
            if design is not None:
                self.take(design)


def _fingerprint(root: Path) -> Fingerprint:
    """Return what changes when a file of a workspace does."""
    found = set()
    for folder, folders, files in os.walk(root):
        folders[:] = [name for name in folders if not name.startswith(".") and name != "node_modules"]
        for name in files:
            if name.endswith(SUFFIX) or name == FILE_NAME:
                try:
                    stat = os.stat(os.path.join(folder, name))
                except OSError:
                    continue  # it is just being written
                found.add((os.path.join(folder, name), stat.st_mtime_ns, stat.st_size))
    return frozenset(found)
