"""What the tests of the syntax ask of a tree: its names, its meaning without positions; and the text after a fix."""

from __future__ import annotations

from typing import Any, NamedTuple

from cxc.diagnostics import Diagnostic
from cxc.source import SourceFile
from cxc.syntax import tree


class Name(NamedTuple):
    word: str
    name: str


def declared(file: tree.File) -> list[Name]:
    """The word and first name of each statement at the top."""
    nodes = [one for one in file.statements if isinstance(one, tree.Node) and one.values]
    return [Name(node.word, node.values[0].text) for node in nodes if isinstance(node.values[0], tree.Name)]


def meaning(part: Any) -> Any:
    """A piece of a tree without positions, with texts by their values."""
    if isinstance(part, tree.Text):
        return ("Text", part.value)
    if isinstance(part, tree.File):
        return [meaning(statement) for statement in part.statements]
    if isinstance(part, tuple) and hasattr(part, "_fields"):
        inside = {name: meaning(getattr(part, name)) for name in part._fields if name not in ("start", "end")}
        return (type(part).__name__, inside)
    if isinstance(part, tuple):
        return [meaning(one) for one in part]
    return part


def fixed(source: SourceFile, found: Diagnostic) -> str:
    """The text after a suggested fix."""
    text = source.text
    places = [
        (source.offset(edit.span.line, edit.span.column), source.offset(edit.span.end_line, edit.span.end_column), edit)
        for edit in found.fix
    ]
    for start, end, edit in sorted(places, key=lambda place: -place[0]):
        text = text[:start] + edit.text + text[end:]
    return text
