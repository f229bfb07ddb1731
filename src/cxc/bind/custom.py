"""The custom of names: PascalCase for declarations, snake_case for their members."""

from __future__ import annotations

import re

_PASCAL = re.compile(r"[A-Z][A-Za-z0-9]*")
_SNAKE = re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*")
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


def customary(name: str, *, pascal: bool) -> str:
    """Return a name as custom has it; the name itself where it is so, or where it cannot be brought into it."""
    if (_PASCAL if pascal else _SNAKE).fullmatch(name):
        return name
    if pascal:
        wanted = "".join(part[:1].upper() + part[1:] for part in name.split("_") if part)
    else:
        wanted = "_".join(part for part in _HUMP.sub("_", name).lower().split("_") if part)
    return wanted if wanted and not wanted[0].isdigit() else name
