"""Where the grammar and the templates are: in the package once installed, in the repository during development.

No other module knows these two folders.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).parent
_REPOSITORY = _PACKAGE.parent.parent


def _folder(name: str) -> Path:
    packaged = _PACKAGE / f"_{name}"
    return packaged if packaged.is_dir() else _REPOSITORY / name


@cache
def grammar() -> str:
    """Return the text of the grammar."""
    return (_folder("grammar") / "blueprint.lark").read_text(encoding="utf-8")


def templates() -> Path:
    """Return the folder with one folder of templates for each target."""
    return _folder("templates")
