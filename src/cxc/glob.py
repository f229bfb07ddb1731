"""Which paths a glob of the settings means, the same on every computer.

Walking the folders is left to `cxc.workspace`.
"""

from __future__ import annotations

import re
from functools import cache

_WILDCARDS = {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}


def matches(path: str, glob: str) -> bool:
    """Whether a glob means a path with `/`: `*` and `?` stay within a name, `**` is any number of folders.

    A glob that names a folder means all that is in it.
    """
    return _pattern(glob).fullmatch(path) is not None


@cache
def _pattern(glob: str) -> re.Pattern[str]:
    parts = re.findall(r"\*\*/|\*\*|\*|\?|[^*?]+", glob.removeprefix("./").rstrip("/"))
    translated = "".join(_WILDCARDS.get(part) or re.escape(part) for part in parts)
    return re.compile(f"{translated}(?:/.*)?", re.DOTALL)
