"""A folder that cannot be written to, in words that name the place as the user knows it.

Which files are written and why is left to the sibling modules.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cxc.output.portable import finished

OUTPUT = "another output folder, with `--out`"
CODE = "another folder for your code, with `--code`"
"""What may be chosen where one of the folders cannot be used."""


class OutputError(Exception):
    """A folder cannot be used: no finding about the design, but about the place it is to go."""

    def __init__(self, message: str, help: str) -> None:
        super().__init__(message)
        self.message = message
        self.help = help


def busy(shown: str) -> OutputError:
    """Return the error of a folder that another build does not leave."""
    return OutputError(f"Another build is writing to `{shown}`", "Wait until it is done, then build again.")


_WHY = {
    errno.ENOSPC: ("There is no room left for {}", "Make room, then build again: it goes on where this one stopped."),
    errno.EACCES: ("Access to {} is denied", "Give yourself the right to write there, or choose {}."),
    errno.EROFS: ("{} cannot be changed: its disk is read-only", "Choose {}."),
    errno.ENOTDIR: ("A file stands on the way to {}, where a folder is needed", "Choose {}."),
    errno.EEXIST: ("Something else stands at {}", "Move it to another place, or choose {}."),
    errno.ENOTEMPTY: ("A folder stands at {}, where a file is to be written", "Move it to another place."),
    errno.ELOOP: ("{} is a link that leads back to itself", "Remove the link, or choose {}."),
    errno.ENAMETOOLONG: ("The path of {} is too long for this disk", "Choose {} and a shorter path."),
}
_SAME_REASON = {
    errno.EDQUOT: errno.ENOSPC,
    errno.EFBIG: errno.ENOSPC,
    errno.EPERM: errno.EACCES,
    errno.EISDIR: errno.ENOTEMPTY,
}


@contextmanager
def explained(out: Path, shown: str, instead: str = OUTPUT) -> Iterator[None]:
    """Turn what the system refuses into an `OutputError` that names the place as the user knows it."""
    try:
        yield
    except OSError as error:
        place = shown
        if isinstance(error.filename, str | os.PathLike):
            named = os.path.relpath(error.filename, out).replace(os.sep, "/")
            place = (
                shown
                if named == "." or error.errno == errno.ELOOP or named.startswith("..")
                else f"{shown}/{finished(named)}"
            )
        number = error.errno or 0
        reason = f"{{}} cannot be written: {error.strerror or error}"
        message, help = _WHY.get(_SAME_REASON.get(number, number), (reason, "Choose {}."))
        raise OutputError(message.format(f"`{place}`"), help.format(instead)) from error
