"""Two pieces of work side by side: one here, one in a forked child that inherits everything and sends back its result.

Where the system cannot fork, has one processor or runs threads, the work is done here, one piece after the other: the
result is the same. What is worth dividing is left to the caller.
"""

from __future__ import annotations

import os
import pickle
import sys
import threading
from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")


def can_fork() -> bool:
    """Whether a child process can be had cheaply and safely."""
    return sys.platform == "linux" and (os.cpu_count() or 1) > 1 and threading.active_count() == 1


class Aside(Generic[T]):
    """Work that a child does while this process goes on; `result` waits for it.

    The result must be picklable. Whatever keeps the child from sending one, the work is then done here.
    """

    def __init__(self, work: Callable[[], T]) -> None:
        self._work = work
        self._child = 0
        if can_fork():
            self._reading, writing = os.pipe()
            self._child = os.fork()
            if self._child == 0:
                os.close(self._reading)
                _send(work, writing)
            os.close(writing)

    def result(self) -> T:
        """Return what the work came to."""
        if not self._child:
            return self._work()
        with os.fdopen(self._reading, "rb") as stream:
            sent = stream.read()
        _, status = os.waitpid(self._child, 0)
        self._child = 0
        if status != 0:
            return self._work()
        received: T = pickle.loads(sent)
        return received


def _send(work: Callable[[], T], writing: int) -> None:
    """Do the work in the child, send the result and end the child, without a word whatever happens."""
    code = 1
    try:
        with os.fdopen(writing, "wb") as stream:
            pickle.dump(work(), stream, pickle.HIGHEST_PROTOCOL)
        code = 0
    finally:
        os._exit(code)
