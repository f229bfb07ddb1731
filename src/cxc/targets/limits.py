"""How much time and memory a template of the workspace's own may take, where the system can keep watch.

A sandbox keeps a template from what it must not reach, but not from a loop without an end. What is reported then is
left to `templates`.
"""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NoReturn

SECONDS = 20.0
"""How long a template may take for one file."""
MEMORY = 2**30
"""How many bytes it may take beyond what is in use when it begins."""


class TooLong(Exception):
    """A template took longer than it may."""


@contextmanager
def limited() -> Iterator[None]:
    """Raise `TooLong` or `MemoryError` in what takes more than it may; a system may have no such limits."""
    with _memory(), _time():
        yield


@contextmanager
def _time() -> Iterator[None]:
    if sys.platform == "win32" or threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(*_: Any) -> NoReturn:
        raise TooLong

    before = signal.signal(signal.SIGALRM, stop)
    # Again and again, should the first one be caught on the way.
    signal.setitimer(signal.ITIMER_REAL, SECONDS, 1.0)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


@contextmanager
def _memory() -> Iterator[None]:
    used = _in_use()
    if sys.platform == "win32" or used is None:
        yield
        return
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    bounds = [bound for bound in (soft, hard, used + MEMORY) if bound != resource.RLIM_INFINITY]
    resource.setrlimit(resource.RLIMIT_AS, (min(bounds), hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


def _in_use() -> int | None:
    """Return how much address space this process has taken, where that can be known."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    except (OSError, ValueError, IndexError):
        return None
    import resource

    return pages * resource.getpagesize()
