"""Latency and availability as the design promises them, the same at each start."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable
from random import Random

from cxc.model.service import Operation, Service


class Unavailable(Exception):
    """The operation does not answer this time."""


class Simulation:
    """Lets each call wait as long as promised, and fail as rarely as promised."""

    def __init__(self, seed: int, sleep: Callable[[float], Awaitable[None]] = asyncio.sleep) -> None:
        self._seed = seed
        self._sleep = sleep
        self._calls: Counter[str] = Counter()

    async def before(self, service: Service, operation: Operation) -> None:
        """Wait for the promised latency; raise `Unavailable` in the share of calls that is not promised."""
        if operation.latency is not None:
            await self._sleep(int(operation.latency) / 1000)
        promised = operation.availability if operation.availability is not None else service.availability
        if promised is None:
            return
        self._calls[operation.id] += 1
        # Each call has a number drawn of its own, so that other operations do not change which calls fail.
        drawn = Random(f"{self._seed}:{operation.id}:{self._calls[operation.id]}").random()
        if drawn >= float(promised):
            raise Unavailable

    def reset(self) -> None:
        """Begin again with the first call."""
        self._calls.clear()
