"""Which paths every computer can hold, and which of them some computers take for one.

What stands at a path, and writing there, is left to `plan` and `writing`.
"""

from __future__ import annotations

import os
import re
import stat
import sys
import unicodedata
from collections.abc import Sequence

LONGEST_PATH = 200
"""In characters, so that with the folder around it a path stays below the 260 of Windows."""

_LONGEST_NAME = 240
"""In bytes; file systems take 255, and a file being written has a longer name."""

UNFINISHED = ".cxc-part"
"""How the name of a file ends while it is written."""
UNFINISHED_OWN = ".cxc-new"
"""The same in the folder of the developer's code, where nothing else tells whose a file is."""

_RESERVED = re.compile(r"(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])\s*(?:\..*)?", re.IGNORECASE)
_FORBIDDEN = re.compile(r'[<>:"|?*\\\x00-\x1f\x7f]')


def same_file_key(path: str) -> str:
    """Return what two paths have in common if some file system takes them for one: case and composition aside."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", path).casefold())


def unfinished(path: str, ending: str = UNFINISHED) -> str:
    """Return where a file stands while it is written: beside its place, so that one step moves it there."""
    folder, name = os.path.split(path)
    return os.path.join(folder, f".{name}{ending}")


def finished(path: str) -> str:
    """Return the path that an unfinished file is for, the inverse of `unfinished`; any other path as it is."""
    folder, slash, name = path.rpartition("/")
    for ending in (UNFINISHED, UNFINISHED_OWN):
        if name.endswith(ending):
            return f"{folder}{slash}{name[1:].removesuffix(ending)}"
    return path


def leaves_its_folder(path: str) -> bool:
    """Whether a path, on any computer, leads to another place than below the folder it is given for."""
    parts = path.replace("\\", "/").split("/")
    return not path or ".." in parts or parts[0] == "" or bool(re.match(r"[A-Za-z]:", path)) or "\0" in path


def unportable(path: str) -> str | None:
    """Return why a path below a folder cannot be written on every computer, as the end of a sentence, or None."""
    if leaves_its_folder(path):
        return "it leads out of its folder"
    if len(path) > LONGEST_PATH:
        return f"it has {len(path)} characters, and Windows takes {LONGEST_PATH} below a folder of usual length"
    return next(filter(None, map(_unportable_name, path.split("/"))), None)


def _unportable_name(name: str) -> str | None:
    if name in ("", "."):
        return "a part of it has no name"
    if _RESERVED.fullmatch(name):
        return f"`{name}` is the name of a device on Windows"
    if found := _FORBIDDEN.search(name):
        return f"`{name}` has the character {found[0]!r} in it, which Windows does not take"
    if name[-1] in " .":
        return f"`{name}` ends with a blank or a point, which Windows leaves out"
    if len(name.encode("utf-8", "replace")) > _LONGEST_NAME:
        return f"a name in it is longer than {_LONGEST_NAME} bytes"
    return None


def is_link(info: os.stat_result) -> bool:
    """Whether what stands at a path leads to another place; Windows has a kind of link that looks like a folder."""
    if stat.S_ISLNK(info.st_mode):
        return True
    return sys.platform == "win32" and info.st_reparse_tag == stat.IO_REPARSE_TAG_MOUNT_POINT


def lie_in_one_another(one: str, other: str) -> bool:
    """Whether of two folders, by their whole paths, some computer takes one for the other or for a part of it."""
    first, second = (f"{same_file_key(path).replace(os.sep, '/').rstrip('/')}/" for path in (one, other))
    return first.startswith(second) or second.startswith(first)


def collisions(paths: Sequence[str]) -> list[tuple[int, int]]:
    """Return the indexes of paths that some computer takes for one, or for a file and a folder around it."""
    first: dict[str, int] = {}
    found = []
    for index, path in enumerate(paths):
        earlier = first.setdefault(same_file_key(path), index)
        if earlier != index:
            found.append((earlier, index))
    for key, index in first.items():
        at = key.find("/")
        while at > 0:
            if (around := first.get(key[:at])) is not None:
                found.append((around, index))
            at = key.find("/", at + 1)
    return found
