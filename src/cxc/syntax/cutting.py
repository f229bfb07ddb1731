"""Tokens of a text with errors, cut into statements and blocks by line ends and braces.

Where a brace or bracket has no partner, the indentation tells where it was meant to be. What stands within a statement
is left to `recovery`.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from cxc.diagnostics import Diagnostic, Edit, Related, finding
from cxc.rules.text import syntax_error
from cxc.source import SourceFile
from cxc.syntax.lexer import CLOSING, NEWLINE, OPENING, Token
from cxc.syntax.loose_text import LooseText, indentation
from cxc.syntax.pairing import braces_before, closings, first_on_line, match_brackets

_BRACES = frozenset({"LBRACE", "RBRACE"})


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
    """The first token of a line that only goes on with the one before."""
    lacks_opening: bool = False
    """Whether the brace that opens the block is missing somewhere in the tokens."""


class Cutter:
    """Cuts the tokens of one file; `diagnostics` are about braces and line ends."""

    def __init__(self, source: SourceFile, loose: LooseText) -> None:
        self.diagnostics: list[Diagnostic] = []
        self.first_on_line = first_on_line(loose.tokens)
        self._source = source
        self._tokens = loose.tokens
        self._mended = loose.mended
        self._swallowed = loose.swallowed is not None
        self._partners, self._loose_closings = match_brackets(loose.tokens)
        self._closings = closings(loose.tokens)
        self._braces_before = braces_before(loose.tokens)
        self._index = 0
        self._after_reported = False
        opened = sum(token.type == "LBRACE" for token in loose.tokens)
        closed = sum(token.type == "RBRACE" for token in loose.tokens)
        is_indented = self._is_indented()
        self._missing = opened - closed if is_indented and not self._swallowed else 0
        self._surplus = closed - opened if is_indented else 0

    def cut(self) -> list[RawStatement]:
        """Return the statements of the file."""
        return self._block(None)

    def _report(self, message: str, token: Token, **more: Any) -> None:
        span = self._source.span(token.start_pos, token.end_pos)
        self.diagnostics.append(finding(syntax_error.KIND, message, span, **more))

    def _edit(self, start: int, end: int, text: str) -> Edit:
        return Edit(self._source.span(start, end), text)

    # ---- indentation ------------------------------------------------------------------------------------------------

    def _indentation(self, token: Token) -> int:
        """Return the width of the blank before the first character of the token's line."""
        return indentation(self._source.line(self._source.position(token.start_pos)[0]))

    def _is_indented(self) -> bool:
        """Whether most blocks stand deeper than what opens them, so that the indentation tells something."""
        deeper = level = 0
        for opening, inside in zip(self._tokens, self._tokens[2:], strict=False):
            if opening.type == "LBRACE" and inside in self.first_on_line and inside.type != "RBRACE":
                is_deeper = self._indentation(inside) > self._indentation(opening)
                deeper += is_deeper
                level += not is_deeper
        return deeper >= level

    def _is_outdented(self, token: Token, anchor: Token) -> bool:
        """Whether a token begins a line that stands no deeper than the one `anchor` stands on."""
        return token in self.first_on_line and self._indentation(token) <= self._indentation(anchor)

    # ---- blocks -----------------------------------------------------------------------------------------------------

    def _next(self) -> int:
        """Return the index of the next token that is no newline; the number of tokens where there is none."""
        index = self._index
        while index < len(self._tokens) and self._tokens[index].type == NEWLINE:
            index += 1
        return index

    def _block(self, anchor: Token | None) -> list[RawStatement]:
        """Cut statements up to the brace that closes the block of `anchor`'s statement, and leave it to the caller."""
        statements: list[RawStatement] = []
        follows_surplus = False
        while self._index < len(self._tokens):
            token = self._tokens[self._index]
            if token.type == NEWLINE:
                self._index += 1
            elif token.type == "RBRACE":
                if anchor is not None and not self._is_surplus(token, anchor):
                    return statements
                if not follows_surplus:
                    self._report_surplus(token)
                follows_surplus = True
                self._surplus -= 1
                self._index += 1
            elif anchor is not None and self._missing > 0 and self._is_outdented(token, anchor):
                return statements
            else:
                statements.append(self._statement())
                follows_surplus = False
        return statements

    def _report_surplus(self, closing: Token) -> None:
        """Report a closing brace that closes nothing; more of them right behind it are the same mistake."""
        self._report(
            "This `}` closes nothing",
            closing,
            help="Remove it, or write the `{` it was meant to close.",
            fix=[self._edit(closing.start_pos, closing.end_pos, "")],
        )

    def _is_surplus(self, closing: Token, anchor: Token) -> bool:
        """Whether a closing brace stands deeper than the statement it would close, in a file with too many."""
        begins = closing in self.first_on_line or self._tokens[self._index - 1].type == "RBRACE"
        return self._surplus > 0 and begins and self._indentation(closing) > self._indentation(anchor)

    def _braces(self, statement: RawStatement, opening: Token) -> Braces:
        """Cut the block that begins behind the current token."""
        anchor = statement.tokens[0] if statement.tokens else opening
        self._skip_doubled(opening)
        statements = self._block(anchor)
        closing = self._tokens[self._index] if self._index < len(self._tokens) else None
        if closing is None or closing.type != "RBRACE" or self._belongs_outside(closing, anchor):
            self._missing -= 1
            if statement.tokens and not self._swallowed:
                self._report_unclosed(opening, closing)
            return Braces(opening, self._tokens[self._index - 1].end_pos, statements)
        self._index += 1
        self._require_separator()
        return Braces(opening, closing.end_pos, statements)

    def _skip_doubled(self, opening: Token) -> None:
        """Pass over a second brace right behind the first, in a file that lacks a closing one."""
        token = self._tokens[self._index] if self._index < len(self._tokens) else opening
        if self._missing > 0 and token.type == "LBRACE" and token.start_pos == opening.end_pos:
            self._report(
                "This `{` opens nothing",
                token,
                help="Remove it: one `{` opens the block.",
                fix=[self._edit(token.start_pos, token.end_pos, "")],
            )
            self._missing -= 1
            self._index += 1

    def _belongs_outside(self, closing: Token, anchor: Token) -> bool:
        """Whether a closing brace stands left of the statement whose block it would close, in a file that lacks one."""
        return (
            self._missing > 0
            and closing in self.first_on_line
            and self._indentation(closing) < self._indentation(anchor)
        )

    def _report_unclosed(self, opening: Token, upcoming: Token | None) -> None:
        related: Iterable[Related] = ()
        if upcoming is not None:
            span = self._source.span(upcoming.start_pos, upcoming.end_pos)
            related = [Related(span, "its `}` is expected before this")]
        self._report(
            "The block that this `{` opens is never closed",
            opening,
            related=related,
            help="Write a `}` on a line of its own after the last statement of the block.",
        )

    def _require_separator(self) -> None:
        """Report what follows a block on the same line without `;`."""
        token = self._tokens[self._index] if self._index < len(self._tokens) else None
        if token is None or token.type in (NEWLINE, "RBRACE"):
            return
        if token.type == "COMMA":
            self._report(
                "A block is not followed by a comma",
                token,
                help="Remove it: the next statement begins on a new line.",
                fix=[self._edit(token.start_pos, token.end_pos, "")],
            )
            self._index += 1
            return
        self._report(
            f"`{token.value}` follows a block on the same line",
            token,
            help="Begin a new line, or put `;` before it.",
            fix=[self._edit(token.start_pos, token.start_pos, "; ")],
        )
        self._after_reported = True

    # ---- statements -------------------------------------------------------------------------------------------------

    def _statement(self) -> RawStatement:
        statement = RawStatement([], is_reported=self._after_reported)
        self._after_reported = False
        bracket_end, is_unclosed = -1, False
        while self._index < len(self._tokens):
            token = self._tokens[self._index]
            if token.type == NEWLINE:
                following = self._next()
                if self._index > bracket_end and not self._goes_on(statement, following, is_unclosed):
                    if token.value == ";":
                        self._open_short_block(statement)
                    else:
                        self._open_block(statement, following)
                    break
                self._index = following
                continue
            if self._index > bracket_end:
                if token.type == "RBRACE":
                    self._open_short_block(statement)
                    break
                if token.type == "LBRACE":
                    self._index += 1
                    statement.block = self._braces(statement, token)
                    break
                if token.type in OPENING:
                    bracket_end = self._partners.get(self._index, -1)
                    is_unclosed |= bracket_end < 0
            statement.is_reported |= token in self._mended
            statement.tokens.append(token)
            self._index += 1
        return statement

    def _goes_on(self, statement: RawStatement, next_index: int, is_unclosed: bool) -> bool:
        """Whether what stands behind a newline still belongs to the statement."""
        if next_index == len(self._tokens):
            return False
        tokens, following = statement.tokens, self._tokens[next_index]
        if following.type == "RBRACE":
            return False
        # A second line of documentation follows the first; what stands behind a statement is no such line.
        is_documentation = tokens[-1].type == "DOC" and (len(tokens) == 1 or tokens[-2].type == "DOC")
        if is_documentation or tokens[-1].type == "COMMA":
            return True
        if following not in self.first_on_line:
            return False
        if following.type == "LBRACE":
            self._report(
                "This `{` stands apart from its statement",
                following,
                help="Put it at the end of the line before: a newline ends a statement.",
                fix=[self._edit(tokens[-1].end_pos, following.end_pos, " {")],
            )
            return True
        is_deeper = not self._is_outdented(following, tokens[0])
        if is_deeper and self._is_closed_later(next_index):
            return True
        if is_unclosed and (is_deeper or following.value == "->" or following.type in CLOSING):
            return True
        if following.type in ("NAME", "DOC") or following.value == "->":
            return False
        # Nothing else can begin a statement.
        if is_deeper or following.type == "COMMA" or following.type in CLOSING:
            statement.continuation = statement.continuation or following
            return True
        return False

    def _is_closed_later(self, index: int) -> bool:
        """Whether a closing bracket that nothing opens stands behind a token, and no brace before it."""
        at = bisect_left(self._loose_closings, index)
        return (
            at < len(self._loose_closings)
            and self._braces_before[self._loose_closings[at]] == self._braces_before[index]
        )

    def _open_block(self, statement: RawStatement, next_index: int) -> None:
        """Where the opening brace of a block is missing, cut the block all the same."""
        if self._surplus <= 0 or not self._has_block_without_opening(statement.tokens[0], next_index):
            return
        last = statement.tokens[-1]
        self._report(
            "The block below has a `}` but no `{`",
            last,
            help="Write `{` at the end of this line.",
            fix=[self._edit(last.end_pos, last.end_pos, " {")],
        )
        self._surplus -= 1
        opening = Token("LBRACE", "{", last.end_pos, last.end_pos)
        statement.block = self._braces(statement, opening)

    def _open_short_block(self, statement: RawStatement) -> None:
        """Where a line closes one brace more than it opens, cut what stands on it as a statement with a block."""
        anchor = statement.tokens[0]
        if self._surplus <= 0 or anchor not in self.first_on_line or len(statement.tokens) < 2:
            return
        closing = self._index
        while closing < len(self._tokens) and self._tokens[closing] not in self.first_on_line:
            if self._tokens[closing].type in _BRACES:
                break
            closing += 1
        else:
            return
        if self._tokens[closing].type != "RBRACE":
            return
        self._report(
            "The block that this `}` closes has no `{`",
            self._tokens[closing],
            help=f"Write `{{` where the block of `{anchor.value}` begins.",
        )
        self._surplus -= 1
        end = statement.tokens[-1].end_pos
        statement.block = self._braces(statement, Token("LBRACE", "{", end, end))
        statement.is_reported = statement.lacks_opening = True

    def _has_block_without_opening(self, anchor: Token, next_index: int) -> bool:
        """Whether deeper lines follow, and a closing brace in line with the statement."""
        closing = self._closings[next_index] if next_index < len(self._tokens) else None
        return (
            closing is not None
            and closing in self.first_on_line
            and anchor in self.first_on_line
            and self._indentation(closing) == self._indentation(anchor)
            and not self._is_outdented(self._tokens[next_index], anchor)
        )
