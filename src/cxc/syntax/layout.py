"""The text of a file as the printer needs it: statements, comments and documentation in the order they stand.

It reads tokens rather than the syntax tree, because the tree knows nothing of comments, and it relies on the text being
free of syntax errors. How the parts are written down again is left to `printer`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from cxc.syntax.lexer import SCALARS, BlueprintLexer

_BRACKETS = {"(": ")", "[": "]"}


@dataclass(slots=True)
class Piece:
    """A token or comment, and what stands between it and the one before."""

    type: str
    text: str
    breaks: int
    """How many lines end before it."""
    separated: bool
    """Whether a newline or `;` stands before it."""
    is_tight: bool = False
    """Whether it is one of the angle brackets of a type, which stand without blanks."""


@dataclass(slots=True)
class Group:
    """What stands in round or square brackets."""

    opening: str
    items: list[Item]
    comment: Piece | None
    """A comment behind the opening bracket."""

    @property
    def closing(self) -> str:
        return _BRACKETS[self.opening]


@dataclass(slots=True)
class Item:
    """What stands between two commas; comments inside it move behind it."""

    leading: list[Piece] = field(default_factory=list)
    """Comments and documentation on lines of their own before it."""
    atoms: list[Piece | Group] = field(default_factory=list)
    after: list[Piece] = field(default_factory=list)


@dataclass(slots=True)
class Block:
    """What stands in braces."""

    entries: list[Entry]
    comment: Piece | None
    """A comment behind the opening brace."""
    is_one_line: bool
    """Whether it stood on one line."""


@dataclass(slots=True)
class Entry:
    """A statement, or a comment on a line of its own, which has no head."""

    prefix: list[Piece]
    """Documentation, and comments between it and the statement; or the one comment."""
    head: list[Item]
    block: Block | None
    follows_blank_line: bool
    comment: Piece | None = None
    """A comment behind it, on its last line."""


def read(lexer: BlueprintLexer, text: str) -> list[Entry]:
    """Return the entries of a file that has no syntax error."""
    return _Reader(list(_pieces(lexer, text))).entries()


def _pieces(lexer: BlueprintLexer, text: str) -> Iterator[Piece]:
    """Yield all that stands in a text, without blanks and newlines."""
    breaks, separated = 0, False
    angle: Piece | None = None
    for match in lexer.scan(text):
        kind, value = match.lastgroup, match[0]
        if kind is None:
            continue
        if kind == "_NEWLINE":
            breaks += value != ";"
            separated = True
            continue
        if kind == "LONG_STRING":
            # The line ends in a text mean LF, however they are written.
            value = value.replace("\r\n", "\n").replace("\r", "\n")
        piece = Piece(kind, value, breaks, separated)
        breaks, separated = 0, False
        if kind != "COMMENT":
            # `<` and `>` compare only where a number follows; else they belong to a type.
            if angle is not None:
                angle.is_tight = kind not in SCALARS
            angle = piece if kind in ("LESS_THAN", "MORE_THAN") else None
        yield piece
    if angle is not None:
        angle.is_tight = True


class _Reader:
    def __init__(self, pieces: list[Piece]) -> None:
        self._pieces = pieces
        self._index = 0

    def _peek(self) -> Piece | None:
        return self._pieces[self._index] if self._index < len(self._pieces) else None

    def entries(self) -> list[Entry]:
        """Read up to the end of the text, or to a closing brace, which stays."""
        found: list[Entry] = []
        while (piece := self._peek()) is not None and piece.type != "RBRACE":
            if piece.type == "COMMENT":
                self._index += 1
                if found and not piece.breaks:
                    found[-1].comment = piece
                else:
                    found.append(Entry([piece], [], None, piece.breaks > 1))
                continue
            prefix = self._prefix()
            head = self._items(None)
            block = None
            following = self._peek()
            if following is not None and following.type == "LBRACE":
                block = self._block()
            found.append(Entry(prefix, head, block, piece.breaks > 1))
        return found

    def _prefix(self) -> list[Piece]:
        found: list[Piece] = []
        while (piece := self._pieces[self._index]).type in ("DOC", "COMMENT"):
            found.append(piece)
            self._index += 1
        return found

    def _block(self) -> Block:
        start = self._index
        self._index += 1
        comment = None
        if (piece := self._pieces[self._index]).type == "COMMENT" and not piece.breaks:
            comment = piece
            self._index += 1
        entries = self.entries()
        self._index += 1
        inside = self._pieces[start + 1 : self._index]
        return Block(entries, comment, not any(piece.breaks or "\n" in piece.text for piece in inside))

    def _items(self, group: Group | None) -> list[Item]:
        """Read what commas divide: up to the end of the head, or to the closing bracket of a group."""
        items = [Item()]
        while (piece := self._peek()) is not None:
            item = items[-1]
            after_comma = len(items) > 1 and not item.atoms
            if group is None:
                ends = piece.separated or piece.type == "COMMENT"
                if piece.type in ("LBRACE", "RBRACE") or (ends and not after_comma and item.atoms):
                    break
            elif piece.text == group.closing:
                break
            self._index += 1
            if piece.type == "COMMENT" and not item.atoms and not piece.breaks:
                if len(items) > 1:
                    items[-2].after.append(piece)
                elif group is not None:
                    group.comment = piece
            elif piece.type in ("COMMENT", "DOC"):
                (item.after if item.atoms else item.leading).append(piece)
            elif piece.text == ",":
                items.append(Item())
            elif piece.text in _BRACKETS:
                item.atoms.append(self._group(piece))
            else:
                item.atoms.append(piece)
        return items

    def _group(self, opening: Piece) -> Group:
        group = Group(opening.text, [], None)
        group.items = self._items(group)
        self._index += 1
        return group
