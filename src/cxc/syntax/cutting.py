"""Tokens of a text with errors, cut into statements and blocks by line ends and braces.

Where a brace or bracket has no partner, the indentation tells where it was meant to be. What stands within a statement is not
looked at; that is left to `recovery`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from cxc.diagnostics import Diagnostic, Edit, Related, finding
from cxc.rules.text import syntax_error
from cxc.source import SourceFile
from cxc.syntax.lexer import CLOSING, NESTING_LIMIT, NEWLINE, OPENING, NestingTooDeep, Token
from cxc.syntax.loose_text import indentation

# A statement begins with a word, an arrow or documentation; a line that begins with anything else goes on with the one before.
_BEGINNINGS = frozenset({"NAME", "DOC", "__ANON_0"})
_PARTNERS = {"LPAR": "RPAR", "LSQB": "RSQB"}


@dataclass(slots=True)
class Braces:
    """The braces of a block, as far as they are there, and what stands in them."""

    opening: Token
    end: int
    statements: list[RawStatement]


@dataclass(slots=True)
class RawStatement:
    """The tokens of a statement up to its block, without newlines."""

    tokens: list[Token]
    block: Braces | None = None
    is_reported: bool = False
    """Whether what is wrong with it has been said already."""
    continuation: Token | None = None
    """The first token of a line that only continues the one before."""


@dataclass(slots=True)
class _Balance:
    """How many braces a file lacks, or has too many."""

    missing: int
    surplus: int


@dataclass(slots=True)
class Cutter:
    """Cuts the tokens of one file; `diagnostics` are about braces."""

    source: SourceFile
    tokens: list[Token]
    mended: set[Token]
    may_lack_braces: bool
    diagnostics: list[Diagnostic] = field(default_factory=list)

    def __post_init__(self) -> None: ...
