"""Plain values as the text of a JSON file, the same bytes for the same values.

What the file says, and the classes it is described by, are left to the targets.
"""

from __future__ import annotations

import re
from typing import Any

from pydantic_core import to_json

_DECEPTIVE = re.compile("[\x7f-\xa0\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]")
"""Characters that a viewer obeys instead of showing them: controls, separators, changes of direction."""


def json_text(value: Any, indent: int = 2) -> str:
    """Return the text of a JSON document, in the order of its keys, with a newline at the end.

    Characters that would deceive whoever looks at the file are written as escapes; they only occur inside strings.
    """
    text = to_json(value, indent=indent).decode("utf-8")
    if not text.isascii():
        text = _DECEPTIVE.sub(lambda match: f"\\u{ord(match[0]):04x}", text)
    return text.replace("\x7f", "\\u007f") + "\n"
