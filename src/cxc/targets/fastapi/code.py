"""Python code on as many lines as `ruff format` gives it: expressions, texts in quotes, docstrings.

What is written is left to the others; what always stands on lines of its own, to the templates.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable
from dataclasses import dataclass

from cxc.targets.escaping import one_line

WIDTH = 88
"""That of `ruff format` where nothing else is said."""
_STEP = 4
_NOT_PLAIN = re.compile("[\x00-\x1f\x7f-\xa0\xad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff0-\uffff]")
_PIECE = 60
"""How long the pieces of a text are that does not fit on one line."""


@dataclass(frozen=True, slots=True)
class Group:
    """An expression in brackets, with what stands before and behind them: `Field(`, `)`."""

    head: str
    parts: tuple[Expression, ...]
    brackets: str = "()"
    tail: str = ""

    @property
    def opening(self) -> str:
        """The opening bracket."""
        return self.brackets[0]

    @property
    def closing(self) -> str:
        """The closing bracket."""
        return self.brackets[1]

    @property
    def is_one_item(self) -> bool:
        """Whether a comma behind the last part would make something else of it."""
        return self.brackets == "[]" and len(self.parts) == 1 and self.head.endswith(_NAME_ENDINGS)


_NAME_ENDINGS = tuple("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_")


@dataclass(frozen=True, slots=True)
class Pieces:
    """A long text in quotes, which can be written in pieces; `head` stands before it: `title=`."""

    value: str
    head: str = ""


Expression = str | Group | Pieces


def flat(expression: Expression) -> str:
    """Return an expression on one line."""
    if isinstance(expression, str):
        return expression
    if isinstance(expression, Pieces):
        return f"{expression.head}{literal(expression.value)}"
    inner = ", ".join(flat(part) for part in expression.parts)
    return f"{expression.head}{expression.opening}{inner}{expression.closing}{expression.tail}"


def laid(expression: Expression, indent: int, before: str = "", after: str = "") -> str:
    """Return an expression between two texts, with each part on a line of its own where it does not fit on one.

    The first line is not indented, the others are.
    """
    line = f"{before}{flat(expression)}{after}"
    if isinstance(expression, str) or indent + len(line) <= WIDTH:
        return line
    if isinstance(expression, Pieces):
        return _in_pieces(expression, indent, before, after)
    if not expression.parts:
        return line
    inner = indent + _STEP
    comma = "" if expression.is_one_item else ","
    lines = [" " * inner + laid(part, inner, after=comma) for part in expression.parts]
    return "\n".join(
        [
            f"{before}{expression.head}{expression.opening}",
            *lines,
            f"{' ' * indent}{expression.closing}{expression.tail}{after}",
        ]
    )


def call(head: str, *parts: Expression, **named: Expression | None) -> Group:
    """Return a call; what is None is left out."""
    return Group(head, (*parts, *(with_name(name, part) for name, part in named.items() if part is not None)))


def with_name(name: str, value: Expression) -> Expression:
    """Return `name=value`."""
    if isinstance(value, str):
        return f"{name}={value}"
    if isinstance(value, Pieces):
        return Pieces(value.value, f"{name}={value.head}")
    return Group(f"{name}={value.head}", value.parts, value.brackets, value.tail)


def subscript(head: str, *parts: Expression, tail: str = "") -> Group:
    """Return `head[parts]`."""
    return Group(head, parts, "[]", tail)


def or_none(expression: Expression) -> Expression:
    """Return `expression | None`."""
    if isinstance(expression, Group):
        return Group(expression.head, expression.parts, expression.brackets, f"{expression.tail} | None")
    return f"{flat(expression)} | None"


def _in_pieces(text: Pieces, indent: int, before: str, after: str) -> str:
    inner = " " * (indent + _STEP)
    whole = f"{inner}{literal(text.value)}"
    lines = [whole] if len(whole) <= WIDTH else [f"{inner}{literal(piece)}" for piece in _cut(text.value)]
    return "\n".join([f"{before}{text.head}(", *lines, f"{' ' * indent}){after}"])


def _cut(text: str) -> list[str]:
    """Return a text in pieces that are short in quotes, cut behind blanks where there are any."""
    pieces = []
    while len(literal(text)) > _PIECE:
        at = _PIECE - 2
        while len(literal(text[:at])) > _PIECE:
            at -= 1
        at = text.rfind(" ", 0, at) + 1 or at
        pieces.append(text[:at])
        text = text[at:]
    return [*pieces, text] if text else pieces


# ---- texts ----------------------------------------------------------------------------------------------------------


def literal(text: str) -> str:
    """Return a text in those quotes that need fewer escapes; what cannot be seen is escaped."""
    quote = "'" if text.count('"') > text.count("'") else '"'
    escaped = text.replace("\\", "\\\\").replace(quote, f"\\{quote}")
    return f"{quote}{_NOT_PLAIN.sub(_escape, escaped)}{quote}"


def raw_literal(text: str) -> str:
    """Return a regular expression as a raw text where that is possible."""
    is_raw = "\\" in text and '"' not in text and not text.endswith("\\") and not _NOT_PLAIN.search(text)
    return f'r"{text}"' if is_raw else literal(text)


_SHORT = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}


def _escape(match: re.Match[str]) -> str:
    char = match[0]
    code = ord(char)
    return _SHORT.get(char) or (f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}")


def docstring(paragraphs: Iterable[str | None], indent: int) -> str:
    """Return a docstring of several paragraphs, the first line of which is not indented."""
    shown = [paragraph for paragraph in paragraphs if paragraph]
    text = _escaped_lines(shown, indent, 3)
    if len(text) == 1 and len(text[0]) + indent + 6 > WIDTH:
        # One line that is full leaves no place for the closing quotes.
        text = _escaped_lines(shown, indent, 7)
    if len(text) == 1:
        ending = " " if text[0].endswith('"') else ""
        return f'"""{text[0]}{ending}"""'
    blank = " " * indent
    return "\n".join([f'"""{text[0]}', *(f"{blank}{line}" if line else "" for line in text[1:]), f'{blank}"""'])


def _escaped_lines(paragraphs: Iterable[str], indent: int, quotes: int) -> list[str]:
    lines: list[str] = []
    for paragraph in paragraphs:
        if lines:
            lines.append("")
        lines += _wrapped(paragraph, WIDTH - indent - (0 if lines else quotes))
    lines = lines or ["..."]
    lines[0] = f" {lines[0]}" if lines[0].startswith('"') else lines[0]
    return lines


def _wrapped(text: str, width: int) -> list[str]:
    """Return a text in lines that are short enough, as far as its words are."""
    lines: list[str] = []
    for line in text.strip("\n").split("\n"):
        blanks = len(line) - len(line.lstrip(" "))
        shown = one_line(line).replace("\\", "\\\\").replace('"""', '\\"\\"\\"')
        if blanks + len(shown) <= width and len(shown) > 0:
            lines.append(" " * blanks + shown if lines else shown)
            continue
        further = " " * (blanks + (2 if re.match(r"[-*+] ", shown) else 0))
        lines += textwrap.wrap(
            shown,
            width,
            initial_indent=" " * blanks if lines else "",
            subsequent_indent=further,
            break_long_words=False,
            break_on_hyphens=False,
        ) or [""]
    while lines and not lines[-1]:
        lines.pop()
    return lines


# ---- imports --------------------------------------------------------------------------------------------------------

_STANDARD = frozenset("abc base64 collections.abc dataclasses datetime decimal enum functools typing uuid".split())


class Imports:
    """What a module imports, gathered while its text is made, and written as `ruff` sorts it."""

    def __init__(self) -> None:
        self._modules: set[str] = set()
        self._names: dict[str, set[str]] = {}

    def module(self, name: str) -> None:
        """Import a module: `datetime as dt`."""
        self._modules.add(name)

    def name(self, module: str, name: str) -> str:
        """Import a name from a module, and return it."""
        self._names.setdefault(module, set()).add(name)
        return name

    def text(self) -> str:
        """Return the import statements."""
        sections = []
        for section in range(3):
            whole = sorted(f"import {name}" for name in self._modules if _section(name.split(" ")[0]) == section)
            parts = [
                self._from(module) for module in sorted(self._names, key=_module_rank) if _section(module) == section
            ]
            if whole or parts:
                sections.append("\n".join([*whole, *parts]))
        return "\n\n".join(sections)

    def _from(self, module: str) -> str:
        names = sorted((name for name in self._names[module] if " as " not in name), key=_rank)
        renamed = [f"from {module} import {name}" for name in sorted(self._names[module]) if " as " in name]
        return "\n".join([*([_import(module, names)] if names else []), *renamed])


def _import(module: str, names: list[str]) -> str:
    """Return the statement that imports names from a module."""
    line = f"from {module} import {', '.join(names)}"
    if len(line) <= WIDTH:
        return line
    return "\n".join([f"from {module} import (", *(f"    {name}," for name in names), ")"])


def _section(module: str) -> int:
    if module.startswith("."):
        return 2
    return 0 if module in _STANDARD else 1


def _module_rank(module: str) -> tuple[int, list[tuple[int, str]]]:
    dots = len(module) - len(module.lstrip("."))
    return -dots, natural(module)


def _rank(name: str) -> tuple[int, list[tuple[int, str]]]:
    kind = 0 if name.isupper() and len(name) > 1 else 1 if name[0].isupper() else 2
    return kind, natural(name)


def natural(name: str) -> list[tuple[int, str]]:
    """Return the key by which names are sorted so that 2 goes before 10."""
    return [(int(part), "") if part.isdigit() else (0, part) for part in re.split("([0-9]+)", name)]
