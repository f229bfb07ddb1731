"""One build at a time in an output folder: a lock that the system lets go of when the process ends, however it does.

Done by hand, because the libraries for it take longer to import than a small design takes to build.
"""

from __future__ import annotations

import errno
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from cxc.output.errors import busy

PATIENCE = 10.0
"""How many seconds a build waits for another one in the same folder."""

if sys.platform == "win32":
    import msvcrt

    def _try_lock(handle: int) -> bool:
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True
else:
    import fcntl

    # Some network file systems know no locks: better to build there without one than not at all.
    _NO_LOCKS = {errno.ENOLCK, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP}

    def _try_lock(handle: int) -> bool:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError as error:
            if error.errno not in _NO_LOCKS:
                raise
        return True


@contextmanager
def alone(path: Path, shown: str) -> Iterator[None]:
    """Hold the lock of an output folder; the system lets go of it when the process ends, however it does."""
    deadline = time.monotonic() + PATIENCE
    while True:
        handle = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o666)
        # Whoever held the lock removed the file: a lock on what is no longer there keeps nobody out.
        if _try_lock(handle) and _is_at(handle, path):
            break
        os.close(handle)
        if time.monotonic() > deadline:
            raise busy(shown)
        time.sleep(0.02)
    try:
        yield
    finally:
        with suppress(OSError):
            path.unlink()
        os.close(handle)


def _is_at(handle: int, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(handle), os.stat(path))
    except FileNotFoundError:
        return False
