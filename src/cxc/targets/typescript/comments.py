"""What the design says of its elements, as comments that editors show (JSDoc).

Texts are Markdown, as in OpenAPI; what would end a comment or begin a tag is made to be just text.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any

from cxc.targets.escaping import one_line, plain_as_markdown, safe_markdown

_TAG = re.compile(r"(?:^|(?<=[\s{(]))@")
_BLANKS = re.compile(r" *")


def described(doc: str | None, *more: str | None) -> list[str]:
    """Return paragraphs: the documentation of an element, and what else is said of it in Markdown."""
    return [part for part in (safe_markdown(doc) if doc else None, *more) if part]


def deprecated(reason: str | None) -> list[str]:
    """Return the tag of what should no longer be used."""
    return [f"@deprecated {_harmless(plain_as_markdown(reason))}".rstrip()] if reason else []


def tagged(tag: str, value: Any) -> list[str]:
    """Return a tag with a value as JSON, in which escapes stand for the signs of a tag and of the end of a comment."""
    text = _TAG.sub(lambda _: "\\u0040", one_line(json.dumps(value, ensure_ascii=False)))
    return [f"@{tag} {text}".replace("*/", "*\\/")]


def block(paragraphs: Iterable[str], tags: Iterable[str] = ()) -> list[str]:
    """Return the lines of a comment, none where nothing is said."""
    lines: list[str] = []
    for paragraph in paragraphs:
        lines += ["", *map(_harmless, paragraph.split("\n"))]
    if tags := list(tags):
        lines += ["", *tags]
    said = lines[1:]
    if len(said) == 1:
        return [f"/** {said[0]} */"] if said[0] else []
    return ["/**", *(f" * {line}".rstrip() for line in said), " */"] if said else []


def _harmless(line: str) -> str:
    blanks = _BLANKS.match(line)
    indent = blanks[0] if blanks else ""
    text = one_line(line).replace("*/", "*\\/")
    return indent + _TAG.sub(r"\\@", text) if text else ""
