"""Events: kept in the store, streamed to whoever listens, and reacted to by the services that subscribe to them."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress
from typing import Any

from cxc.mock.store import Record, Store

_KIND = "/events"
"""What they are called in the store; no entity is called so."""
_KEPT = 1000
_KEEP_ALIVE = 15.0
_WAITING = 1000
"""How many events may wait for a listener; one that is slower loses the stream, and may ask again."""

React = Callable[[Any], Awaitable[None]]


class Happenings:
    """The publisher of the mock."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._listeners: set[asyncio.Queue[Record | None]] = set()
        self.react: React | None = None
        """What services do when an event happens."""

    async def publish(self, event: Any, /) -> None:
        """Tell everybody that something has happened, and let services react."""
        record: Record = json.loads(event.as_json())
        self._store.put(_KIND, record["id"], record)
        self._store.keep_last(_KIND, _KEPT)
        for listener in list(self._listeners):
            try:
                listener.put_nowait(record)
            except asyncio.QueueFull:
                self._listeners.discard(listener)
                listener.get_nowait()
                listener.put_nowait(None)
        if self.react is not None:
            await self.react(event)

    def all(self) -> list[Record]:
        """Return what has happened lately, the oldest first."""
        return self._store.all(_KIND)

    async def stream(self, after: str | None = None) -> AsyncIterator[str]:
        """Yield what happens from now on as Server-Sent Events; `after` an event, also what happened since then."""
        listener: asyncio.Queue[Record | None] = asyncio.Queue(_WAITING)
        self._listeners.add(listener)
        try:
            yield ": events of the mock\n\n"
            for record in self._since(after) if after is not None else ():
                yield _sent(record)
            while True:
                record_or_end: Record | None = None
                try:
                    record_or_end = await asyncio.wait_for(listener.get(), _KEEP_ALIVE)
                except TimeoutError:
                    yield ": still here\n\n"
                    continue
                if record_or_end is None:
                    return
                yield _sent(record_or_end)
        finally:
            self._listeners.discard(listener)

    def _since(self, id: str) -> list[Record]:
        everything = self.all()
        ids = [record["id"] for record in everything]
        return everything[ids.index(id) + 1 :] if id in ids else everything

    def end(self) -> None:
        """End all streams."""
        for listener in self._listeners:
            with suppress(asyncio.QueueFull):
                listener.put_nowait(None)


def _sent(record: Record) -> str:
    # JSON has no line break of its own, so one line of data is enough.
    return f"id: {record['id']}\nevent: {record['type']}\ndata: {json.dumps(record)}\n\n"
