"""The text of a file, or the one finding that says why there is none.

Which files are read, and how a report names them, is left to `cxc.workspace`.
"""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

from cxc.diagnostics import Diagnostic, finding
from cxc.rules.build import invalid_config
from cxc.rules.text import invalid_encoding, limit_exceeded
from cxc.source import SourceFile, Span

SIZE_LIMIT = 5 * 2**20
"""The largest file of the user's own that is read, in bytes."""
PUBLISHED_LIMIT = 200 * 2**20
"""The largest published design that is read, in bytes: no person has to read that one."""


def read_text(file: Path, name: str, limit: int = SIZE_LIMIT) -> str | Diagnostic:
    """Return the text of a file, or why there is none: CXC901, CXC109, or CXC103; `name` is how reports call it."""
    if not name.isascii() and name != name.encode("utf-8", "replace").decode():
        # What is generated names its sources, and is UTF-8.
        place, help = Span(name, 1, 1, 1, 1), "Give it a name in UTF-8."
        return finding(invalid_encoding.KIND, f"The name of `{name}` is not UTF-8 text", place, help=help)
    try:
        mode = os.stat(file).st_mode
        if stat.S_ISDIR(mode):
            return unreadable(name, f"`{name}` is a folder, not a file", "Give the folder another name.")
        if not stat.S_ISREG(mode):
            return unreadable(name, f"`{name}` is no ordinary file", "Move it to another place.")
        with open(file, "rb") as stream:
            if os.fstat(stream.fileno()).st_size > limit:
                return _too_large(name, limit)
            return decoded(stream.read(limit + 1), name, limit)
    except OSError as error:
        return refused(error, file, name)


def decoded(data: bytes, name: str, limit: int = SIZE_LIMIT) -> str | Diagnostic:
    """Return the text of a file's bytes, or why there is none: too many (CXC109), or not UTF-8 (CXC103).

    Of a text that comes from elsewhere, one byte more than `limit` is enough to tell.
    """
    if len(data) > limit:
        return _too_large(name, limit)
    if encoding := _other_encoding(data):
        return _not_utf8(name, b"", f"it looks like {encoding}")
    nul = data.find(b"\0")
    if nul >= 0:
        return _not_utf8(name, data[:nul], "the byte 0x00 stands there, which is in no text")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        return _not_utf8(name, data[: error.start], _wrong_byte(data, error.start))


def refused(error: OSError, file: Path | str, name: str) -> Diagnostic:
    """Return why the system does not let a file or folder be read (CXC901)."""
    if error.errno == errno.ELOOP:
        return unreadable(name, f"`{name}` is a link that leads back to itself", "Remove the link.")
    if isinstance(error, FileNotFoundError):
        if os.path.islink(file):
            return unreadable(name, f"`{name}` is a link to what is not there", "Correct the link, or remove it.")
        return unreadable(name, f"`{name}` is not there", "If it was deleted just now, run again.")
    reason = (error.strerror or type(error).__name__).lower()
    own = isinstance(error, PermissionError)
    help = "Give yourself the right to read it." if own else "Try again, or move it to another disk."
    return unreadable(name, f"`{name}` cannot be read: {reason}", help)


def unreadable(name: str, message: str, help: str) -> Diagnostic:
    """Return a finding about a file as a whole (CXC901)."""
    return finding(invalid_config.KIND, message, Span(name, 1, 1, 1, 1), help=help)


def _too_large(name: str, limit: int) -> Diagnostic:
    return finding(
        limit_exceeded.KIND,
        f"`{name}` is larger than {limit // 2**20} MiB, the most that is read",
        Span(name, 1, 1, 1, 1),
        help="Divide a blueprint by package or by journey. Is it a file of another kind that got this name by mistake?",
    )


def _not_utf8(name: str, before: bytes, reason: str) -> Diagnostic:
    text = before.decode("utf-8", "replace")
    span = SourceFile(name, text + "\ufffd").span(len(text), len(text) + 1)
    message = f"`{name}` is not UTF-8 text: {reason}"
    return finding(invalid_encoding.KIND, message, span, help="Save the file with the encoding UTF-8.")


_MARKS = {
    b"\xff\xfe\0\0": "UTF-32",
    b"\0\0\xfe\xff": "UTF-32",
    b"\xff\xfe": "UTF-16",
    b"\xfe\xff": "UTF-16",
}


def _other_encoding(data: bytes) -> str | None:
    """Return the encoding that a file says it has, or that shows in every other byte of a text in Latin letters."""
    marked = next((encoding for mark, encoding in _MARKS.items() if data.startswith(mark)), None)
    if marked or b"\0" not in data:
        return marked
    beginning = data[:2000]
    even, odd = (beginning[at::2].count(0) * 3 > len(beginning) for at in (0, 1))
    return "UTF-16" if even is not odd else None


def _wrong_byte(data: bytes, at: int) -> str:
    byte = data[at]
    if byte == 0xED and data[at + 1 : at + 2] >= b"\xa0":
        return "half of a pair of surrogates stands there"
    # What follows a letter such as `é` in Latin-1 is most often a letter without accent, which UTF-8 never has there.
    guess = "; it looks like Latin-1 or Windows-1252" if byte >= 0xC0 and data[at + 1 : at + 2].isascii() else ""
    return f"the byte {byte:#04x} cannot stand there{guess}"
