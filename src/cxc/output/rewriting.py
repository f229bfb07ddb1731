"""A user's own file with new content: whole or not at all, with the mode it had, through links to what they mean.

Which content is left to the formatter. Generated files go another way, by `plan` and `writing`.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path


def rewrite(path: Path, content: bytes) -> None:
    """Replace the content of a file in one step; `OSError` where that is impossible, and the file is as before."""
    place = Path(os.path.realpath(path))
    handle, part = tempfile.mkstemp(prefix=f".{place.name}.", suffix=".cxc-part", dir=place.parent)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
        shutil.copymode(place, part)
        os.replace(part, place)
    except BaseException:
        with suppress(OSError):
            os.unlink(part)
        raise
