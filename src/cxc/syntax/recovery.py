"""Reading on after a syntax error: each statement is parsed by itself, so that a bad one spoils no other.

Only a file that `parser` could not read whole comes here. The file is cut into statements by its braces and line ends
(indentation helps where a brace is missing), every statement goes through the same LALR tables, and one that still fails
becomes `tree.Spoiled`. How a failure is put into words is said in `explanation`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from lark import Lark
from lark.exceptions import UnexpectedToken

from cxc.diagnostics import Diagnostic, Edit, Related, finding
from cxc.rules.text import syntax_error, unterminated_string
from cxc.source import SourceFile
from cxc.syntax import tree
from cxc.syntax.explanation import explain
from cxc.syntax.lexer import (
    CONTINUING,
    NEWLINE,
    UNTERMINATED_LONG_STRING,
    UNTERMINATED_STRING,
    BlueprintLexer,
    Token,
)

_WORDS = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_NAMES = frozenset({"NAME", "DOTTED_NAME"})
_PARTNERS = {"LPAR": "RPAR", "LSQB": "RSQB"}


@dataclass(slots=True)
class _Statement:
    """The tokens of one statement up to its block, and the statements of the block."""

    tokens: list[Token]
    block: _Braces | None = None


@dataclass(slots=True)
class _Braces:
    opening: Token
    closing_end: int
    statements: list[_Statement] = field(default_factory=list)


class _Outcome(NamedTuple):
    statement: tree.Statement | None
    error: UnexpectedToken | None


def recover(
    source: SourceFile, grammar_parser: Lark, lexer: BlueprintLexer
) -> tuple[tuple[tree.Statement, ...], tuple[Diagnostic, ...]]:
    """Return the statements of a file with syntax errors, and the errors."""
    recovery = _Recovery(source, grammar_parser)
    tokens = recovery.close_strings(lexer.every_token(source.text), lexer)
    statements = recovery.parse(_Cutter(recovery, tokens).cut())
    if recovery.swallowed:
        statements = (*statements, recovery.swallowed)
    return statements, tuple(recovery.diagnostics)


class _Recovery:
    """Parses statements one by one and collects what is wrong with them."""

    def __init__(self, source: SourceFile, grammar_parser: Lark) -> None:
        self.source = source
        self.lark = grammar_parser
        self.diagnostics: list[Diagnostic] = []
        self.swallowed: tree.Spoiled | None = None

    def report(self, message: str, token: Token, **more: Any) -> None:
        span = self.source.span(token.start_pos, token.end_pos)
        self.diagnostics.append(finding(syntax_error.KIND, message, span, **more))

    # ---- strings ------------------------------------------------------------------------------------------------

    def close_strings(self, tokens: list[Token], lexer: BlueprintLexer) -> list[Token]:
        """Report strings that never end and put finished ones in their place."""
        closed: list[Token] = []
        for index, token in enumerate(tokens):
            if token.type == UNTERMINATED_LONG_STRING:
                self._report_unterminated(token.start_pos, token.start_pos + 3, '"""')
                names = tuple(_WORDS.findall(token.value))
                self.swallowed = tree.Spoiled(None, names, None, token.start_pos, token.end_pos)
                closed.append(Token("LONG_STRING", '"""' + '"""', token.start_pos, token.start_pos + 3))
            elif token.type == UNTERMINATED_STRING:
                text_end = self._end_of_text(token, tokens[:index])
                self._report_unterminated(token.start_pos, text_end, '"')
                value = self.source.text[token.start_pos : text_end]
                closed.append(Token("STRING", value + '"', token.start_pos, text_end))
                tail = self.source.text[text_end : token.end_pos]
                closed += [
                    Token(t.type, t.value, t.start_pos + text_end, t.end_pos + text_end)
                    for t in lexer.every_token(tail)
                ]
            else:
                closed.append(token)
        return closed

    def _report_unterminated(self, start: int, end: int, quotes: str) -> None:
        at_end = self.source.span(end, end)
        self.diagnostics.append(
            finding(
                unterminated_string.KIND,
                "The text that begins here never ends",
                self.source.span(start, end),
                help=f"Write the closing {quotes} behind the text.",
                fix=() if quotes == '"""' else (Edit(at_end, quotes),),
            )
        )

    def _end_of_text(self, token: Token, before: list[Token]) -> int:
        """Return where an unfinished string was probably meant to end: before a brace at the end of the line."""
        text = token.value.rstrip()
        if text.endswith("{"):
            text = text[:-1].rstrip()
        elif text.endswith("}"):
            depth = 0
            for earlier in reversed(before):
                if earlier.type == NEWLINE and earlier.value != ";":
                    break
                depth += {"LBRACE": 1, "RBRACE": -1}.get(earlier.type, 0)
            if depth > 0:
                text = text[:-1].rstrip()
        return token.start_pos + len(text)

    # ---- statements ---------------------------------------------------------------------------------------------

    def parse(self, statements: list[_Statement]) -> tuple[tree.Statement, ...]:
        return tuple(parsed for statement in statements for parsed in self._parse(statement))

    def _parse(self, statement: _Statement) -> list[tree.Statement]:
        braces = statement.block
        block = None
        if braces:
            children = self.parse(braces.statements)
            block = tree.Block(children, braces.opening.start_pos, braces.closing_end)
        outcome = self._attempt(statement.tokens, bool(braces))
        if outcome.statement is not None:
            return [_with_block(outcome.statement, block)]
        assert outcome.error is not None
        split = self._split_after_comma(statement, outcome.error, block)
        if split:
            return split
        return [self._spoil(statement, outcome.error, block)]

    def _attempt(self, tokens: list[Token], has_block: bool) -> _Outcome:
        """Feed one statement to the parser, with an empty block where it has one."""
        feed = [token for token in tokens if token.type != NEWLINE]
        end = tokens[-1].end_pos if tokens else 0
        if has_block:
            feed += [Token("LBRACE", "{", end, end), Token("RBRACE", "}", end, end)]
        machine = self.lark.parse_interactive("", start="file")
        try:
            for token in feed:
                machine.feed_token(token)
            file = machine.feed_eof(Token("$END", "", end, end))
        except UnexpectedToken as error:
            return _Outcome(None, error)
        statements = file.statements
        return _Outcome(statements[0] if statements else None, None)

    def _split_after_comma(
        self, statement: _Statement, error: UnexpectedToken, block: tree.Block | None
    ) -> list[tree.Statement]:
        """Where a comma at the end of a line joins two statements that are sound by themselves, blame the comma."""
        tokens = statement.tokens
        for index in range(len(tokens) - 2, 0, -1):
            if tokens[index].type != "COMMA" or tokens[index + 1].type != NEWLINE:
                continue
            first = self._attempt(tokens[:index], False)
            second = self._attempt(tokens[index + 1 :], bool(statement.block))
            if first.statement is not None and second.statement is not None:
                comma = tokens[index]
                span = self.source.span(comma.start_pos, comma.end_pos)
                self.report(
                    "After this comma another value is expected, but a new statement follows",
                    comma,
                    help="Remove the comma.",
                    fix=(Edit(span, ""),),
                )
                return [first.statement, _with_block(second.statement, block)]
        return []

    def _spoil(
        self, statement: _Statement, error: UnexpectedToken, block: tree.Block | None
    ) -> tree.Statement:
        """Report a statement that cannot be read; keep the head of a declaration so that what is in its block counts."""
        tokens = [token for token in statement.tokens if token.type != NEWLINE]
        if not tokens and statement.block:
            tokens = [statement.block.opening]
        bad = error.token
        index = next((i for i, token in enumerate(tokens) if token.start_pos >= bad.start_pos), len(tokens))
        if statement.block and index == len(tokens) and bad.type == "LBRACE":
            bad = statement.block.opening
        explanation = explain(bad, tokens[:index], tokens[index + 1 :], error.expected, bool(statement.block))
        self.report(explanation.message, explanation.token, help=explanation.help)
        names = [word for token in tokens if token.type in _NAMES for word in token.value.split(".")]
        if block is not None and index >= 2:
            head = self._attempt(tokens[:index], True).statement
            if head is not None:
                remains = tree.Spoiled(None, tuple(names), None, tokens[0].start_pos, tokens[0].start_pos)
                return _with_block(head, block._replace(statements=(*block.statements, remains)))
        word = tokens[0].value if tokens and tokens[0].type == "NAME" else None
        return tree.Spoiled(word, tuple(names), block, tokens[0].start_pos, tokens[-1].end_pos)


def _with_block(statement: tree.Statement, block: tree.Block | None) -> tree.Statement:
    if block is None or isinstance(statement, tree.Field):
        return statement
    end = max(statement.end, block.end)
    return statement._replace(block=block, end=end)


class _Cutter:
    """Cuts the tokens of a file into statements and blocks, without recursion into the grammar."""

    def __init__(self, recovery: _Recovery, tokens: list[Token]) -> None:
        self.recovery = recovery
        self.tokens = tokens
        self.index = 0
        opened = sum(token.type == "LBRACE" for token in tokens)
        closed = sum(token.type == "RBRACE" for token in tokens)
        self.missing = 0 if recovery.swallowed else max(0, opened - closed)
        self.surplus = max(0, closed - opened)
        self.first_on_line = _first_on_line(tokens)

    def cut(self) -> list[_Statement]:
        return self._block(None)

    def _indentation(self, token: Token) -> int:
        """Return the width of the blank before the first character of the token's line."""
        line, _ = self.recovery.source.position(token.start_pos)
        text = self.recovery.source.line(line)
        return len(text) - len(text.lstrip(" \t"))

    def _block(self, opening: Token | None) -> list[_Statement]:
        """Cut statements up to the brace that closes `opening`, and leave that brace to the caller."""
        statements: list[_Statement] = []
        while self.index < len(self.tokens):
            token = self.tokens[self.index]
            if token.type == NEWLINE:
                self.index += 1
            elif token.type == "RBRACE":
                if opening is not None and not self._is_surplus(token, opening):
                    return statements
                self.recovery.report(
                    "This `}` closes nothing",
                    token,
                    help="Remove it, or write the `{` it was meant to close.",
                    fix=(Edit(self.recovery.source.span(token.start_pos, token.end_pos), ""),),
                )
                self.surplus -= 1
                self.index += 1
            elif opening is not None and self._ends_early(token, opening):
                return statements
            else:
                statements.append(self._statement())
        return statements

    def _is_surplus(self, token: Token, opening: Token) -> bool:
        """Whether a closing brace stands deeper than the line of the brace it would close, in a file with too many."""
        return (
            self.surplus > 0
            and id(token) in self.first_on_line
            and self._indentation(token) > self._indentation(opening)
        )

    def _ends_early(self, token: Token, opening: Token) -> bool:
        """Whether a statement stands no deeper than the one that opened the block, in a file that lacks a brace."""
        return (
            self.missing > 0
            and id(token) in self.first_on_line
            and self._indentation(token) <= self._indentation(opening)
        )

    def _statement(self) -> _Statement:
        tokens: list[Token] = []
        bracket_end = -1
        while self.index < len(self.tokens):
            token = self.tokens[self.index]
            kind = token.type
            inside = self.index <= bracket_end
            if kind == NEWLINE and not inside:
                # What stands after a comma belongs to the statement, unless the block ends there.
                if not tokens or tokens[-1].type not in CONTINUING or self._next_is_brace():
                    break
            elif kind in _PARTNERS and not inside:
                bracket_end = self._closing_bracket(self.index)
            elif kind == "RBRACE":
                break
            elif kind == "LBRACE":
                return _Statement(tokens, self._braces(token))
            tokens.append(token)
            self.index += 1
        return _Statement(tokens)

    def _next_is_brace(self) -> bool:
        following = (token for token in self.tokens[self.index : self.index + 8] if token.type != NEWLINE)
        upcoming = next(following, None)
        return upcoming is None or upcoming.type == "RBRACE"

    def _closing_bracket(self, index: int) -> int:
        """Return the index of the partner of an opening bracket, or -1 where a brace comes first."""
        expected: list[str] = []
        for at in range(index, len(self.tokens)):
            kind = self.tokens[at].type
            if kind in _PARTNERS:
                expected.append(_PARTNERS[kind])
            elif expected and kind == expected[-1]:
                expected.pop()
                if not expected:
                    return at
            elif kind in ("LBRACE", "RBRACE", "RPAR", "RSQB"):
                return -1
        return -1

    def _braces(self, opening: Token) -> _Braces:
        self.index += 1
        statements = self._block(opening)
        closing = self.tokens[self.index] if self.index < len(self.tokens) else None
        if closing is None or closing.type != "RBRACE" or self._belongs_outside(closing, opening):
            self._report_unclosed(opening, closing)
            end = self.tokens[self.index - 1].end_pos
            return _Braces(opening, end, statements)
        self.index += 1
        self._require_separator()
        return _Braces(opening, closing.end_pos, statements)

    def _belongs_outside(self, closing: Token, opening: Token) -> bool:
        """Whether a closing brace stands left of the line that opened the block, in a file that lacks a brace."""
        return (
            self.missing > 0
            and id(closing) in self.first_on_line
            and self._indentation(closing) < self._indentation(opening)
        )

    def _report_unclosed(self, opening: Token, upcoming: Token | None) -> None:
        if self.recovery.swallowed:
            return
        self.missing -= 1
        related = ()
        if upcoming is not None:
            span = self.recovery.source.span(upcoming.start_pos, upcoming.end_pos)
            related = (Related(span, "its `}` is expected before this"),)
        self.recovery.report(
            "The block that this `{` opens is never closed",
            opening,
            related=related,
            help="Write a `}` on a line of its own after the last statement of the block.",
        )

    def _require_separator(self) -> None:
        """Report a statement that follows a block on the same line without `;`."""
        if self.index < len(self.tokens):
            token = self.tokens[self.index]
            if token.type not in (NEWLINE, "RBRACE"):
                self.recovery.report(
                    f"`{token.value}` follows a block on the same line",
                    token,
                    help="Begin a new line, or put `;` before it.",
                )


def _first_on_line(tokens: list[Token]) -> frozenset[int]:
    """Return the identities of the tokens that are the first of their line."""
    first = set()
    fresh = True
    for token in tokens:
        if token.type == NEWLINE:
            fresh = fresh or token.value != ";"
            continue
        if fresh:
            first.add(id(token))
        fresh = False
    return frozenset(first)
