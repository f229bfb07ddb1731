"""A statement the parser refused, as the catalogue of mistakes looks at it, and what the catalogue says of it.

How the parser is asked, and what becomes of a mended statement, is left to `cxc.syntax.recovery`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from cxc.syntax.lexer import CLOSING, OPENING, Token

NAMES = frozenset({"NAME", "DOTTED_NAME"})
TEXTS = frozenset({"STRING", "LONG_STRING"})
COMPARISONS = frozenset({">=", "<=", ">", "<"})
CLOSING_SIGNS = {"(": ")", "[": "]"}


class Mistake(NamedTuple):
    """What is wrong, where, what to write instead, and the tokens as they were probably meant."""

    message: str
    at: Token
    help: str
    mended: tuple[list[Token], ...] | None = None
    """The statements it stands for; None where that cannot be told."""
    fix: tuple[tuple[int, int, str], ...] = ()
    """Texts to put in the place of stretches of the file."""
    to: Token | None = None
    """The last token that is wrong, where that is not `at`."""
    keeps_block: bool = True


@dataclass(frozen=True)
class Scene:
    """The tokens of a statement, and the first of them (or its end) for which the grammar has no place."""

    tokens: list[Token]
    index: int
    expected: frozenset[str]
    opening: Token | None
    """The brace that opens the statement's block."""
    first_on_line: frozenset[Token]
    signs: Mapping[str, str]
    """The names of the terminals that are written as they are."""
    accepts: Callable[[list[Token], bool], bool]

    @property
    def bad(self) -> Token | None:
        """The token that cannot stand where it does; None where the statement ends too early."""
        return self.tokens[self.index] if self.index < len(self.tokens) else None

    @property
    def following(self) -> Token | None:
        """The token behind the bad one."""
        return self.tokens[self.index + 1] if self.index + 1 < len(self.tokens) else None

    @property
    def last(self) -> Token | None:
        """The last sound token."""
        return self.tokens[self.index - 1] if self.index else None

    @property
    def before(self) -> list[Token]:
        return self.tokens[: self.index]

    @property
    def after(self) -> list[Token]:
        return self.tokens[self.index + 1 :]

    @cached_property
    def unclosed(self) -> list[Token]:
        """The brackets that are open where the parser stopped, the innermost last."""
        found: list[Token] = []
        for token in self.before:
            if token.type in OPENING:
                found.append(token)
            elif token.type in CLOSING and found:
                found.pop()
        return found

    def is_closed_later(self, opening: Token) -> bool:
        """Whether a bracket that is open where the parser stopped has its partner behind."""
        depth = len(self.unclosed) - self.unclosed.index(opening)
        for token in self.tokens[self.index :]:
            depth += (token.type in OPENING) - (token.type in CLOSING)
            if depth == 0:
                return token.value == CLOSING_SIGNS[opening.value]
        return False

    def parses(self, *statements: list[Token]) -> bool:
        """Whether the parser would take these tokens as statements of their own; the last has the block."""
        *others, last = statements
        return all(self.accepts(one, False) for one in others) and self.accepts(last, self.opening is not None)

    def sign(self, text: str, at: int) -> Token:
        """Make the token of a sign, as if it stood at an offset."""
        return Token(self.signs[text], text, at, at)

    def without(self, first: int, last: int | None = None) -> list[Token]:
        """Return the tokens without those from index `first` up to and including `last`."""
        return self.tokens[:first] + self.tokens[(first if last is None else last) + 1 :]

    def with_sign(self, text: str, index: int) -> list[Token]:
        """Return the tokens with a sign before the token at `index`."""
        at = self.tokens[index].start_pos if index < len(self.tokens) else self.tokens[-1].end_pos
        return [*self.tokens[:index], self.sign(text, at), *self.tokens[index:]]


def shown(token: Token) -> str:
    """Return a token's text between backticks, shortened where it is long."""
    text = token.value.partition("\n")[0].partition("\r")[0]
    return f"`{text if text == token.value and len(text) <= 40 else text[:37] + '…'}`"


def removed(token: Token) -> tuple[int, int, str]:
    """Return the edit that removes a token."""
    return (token.start_pos, token.end_pos, "")


def inserted(text: str, at: int) -> tuple[int, int, str]:
    """Return the edit that inserts a text."""
    return (at, at, text)


def replaced(first: Token, last: Token, text: str) -> tuple[int, int, str]:
    """Return the edit that writes a text in the place of some tokens."""
    return (first.start_pos, last.end_pos, text)
