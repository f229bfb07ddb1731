"""The lexer that lark drives: the grammar's own terminals in one regular expression, in one pass.

It adds to the grammar only what a grammar cannot say briefly: which newlines end a statement. Lark's own lexer gives
the same tokens, more slowly (docs/decisions/0002-own-parse-loop.md).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lark.common import LexerConf
from lark.lexer import Lexer

from cxc.syntax.tree import Comment

# What no terminal matches still becomes a token, so that the parser can say where it stands.
UNTERMINATED_LONG_STRING = "UNTERMINATED_LONG_STRING"
UNTERMINATED_STRING = "UNTERMINATED_STRING"
UNEXPECTED = "UNEXPECTED"
_LEFTOVERS = (
    rf'(?P<{UNTERMINATED_LONG_STRING}>"""[\s\S]*)'
    rf'|(?P<{UNTERMINATED_STRING}>"[^\r\n]*)'
    # What belongs together is one token, so that a long run of it costs no more than a short one.
    rf"|(?P<{UNEXPECTED}>\w+|\\[^\r\n]?|[\x00-\x08\x0e-\x1f\x7f]+|[\s\S])"
)

NEWLINE = "_NEWLINE"
NESTING_LIMIT = 64
OPENING = frozenset({"LPAR", "LSQB"})
CLOSING = frozenset({"RPAR", "RSQB"})
SCALARS = frozenset({"NUMBER", "PERCENT", "DURATION"})
# After one of these a newline ends nothing.
CONTINUING = frozenset({"", NEWLINE, "COMMA", "LBRACE", "DOC"})


class Token:
    """A piece of text with its terminal's name; what lark and the tree builder need of a token, and no more."""

    __slots__ = ("end_pos", "start_pos", "type", "value")
    line = column = end_line = end_column = None

    def __init__(self, type: str, value: str, start_pos: int, end_pos: int) -> None:
        self.type = type
        self.value = value
        self.start_pos = start_pos
        self.end_pos = end_pos

    @classmethod
    def new_borrow_pos(cls, type: str, value: str, other: Token) -> Token:
        """Make the end-of-file token; the name is lark's."""
        return cls(type, value, other.end_pos, other.end_pos)


class NestingTooDeep(Exception):
    """More brackets or braces stand inside each other than `NESTING_LIMIT`; never leaves `cxc.syntax`."""

    def __init__(self, token: Token) -> None:
        self.token = token


class BlueprintLexer(Lexer):
    """Turn text into tokens, without comments and without the newlines that end no statement.

    `scan` finds all that stands in a text, one match for each token, comment and blank; `signs` has the names of the
    terminals that are written as they are, such as `->`.
    """

    def __init__(self, lexer_conf: LexerConf) -> None:
        ignored = set(lexer_conf.ignore)
        terminals = sorted(lexer_conf.terminals, key=lambda t: (-t.priority, -len(t.pattern.value)))
        named = [t for t in terminals if t.name not in ignored or t.name == "COMMENT"]
        blank = "|".join(t.pattern.to_regexp() for t in terminals if t.name in ignored and t.name != "COMMENT")
        alternatives = "|".join(f"(?P<{t.name}>{t.pattern.to_regexp()})" for t in named)
        self.signs = {t.pattern.value: t.name for t in terminals if t.pattern.type == "str"}
        self.scan = re.compile(f"(?:{blank})|{alternatives}|{_LEFTOVERS}").finditer

    # Lark hands the text alone to a lexer that does not ask for the state of its own.
    def lex(self, text: str) -> Iterator[Token]:  # type: ignore[override]
        """Yield the tokens the grammar is written for; lark calls this."""
        depth = braces = 0
        last = ""
        for match in self.scan(text):
            kind = match.lastgroup
            if kind is None or kind == "COMMENT":
                continue
            if kind == NEWLINE:
                if depth or last in CONTINUING:
                    continue
            elif kind in OPENING:
                depth += 1
            elif kind in CLOSING and depth:
                depth -= 1
            elif kind == "LBRACE":
                braces += 1
            elif kind == "RBRACE":
                braces -= 1
            last = kind
            token = Token(kind, match[0], match.start(), match.end())
            if depth > NESTING_LIMIT or braces > NESTING_LIMIT:
                raise NestingTooDeep(token)
            yield token

    def limit_types(self, text: str) -> None:
        """Refuse angle brackets that stand inside each other more than `NESTING_LIMIT` deep.

        Only the token behind tells the `<` of a type from that of a comparison. So this is no part of the one pass, but
        done for the few texts that have so many.
        """
        depth = brackets = 0
        angle: Token | None = None
        for match in self.scan(text):
            kind = match.lastgroup
            if kind is None or kind == "COMMENT":
                continue
            if angle is not None and kind not in SCALARS:
                depth = max(0, depth + (1 if angle.type == "LESS_THAN" else -1))
                if depth > NESTING_LIMIT:
                    raise NestingTooDeep(angle)
            angle = Token(kind, match[0], *match.span()) if kind in ("LESS_THAN", "MORE_THAN") else None
            brackets = max(0, brackets + (kind in OPENING) - (kind in CLOSING))
            if kind in ("LBRACE", "RBRACE"):
                brackets = depth = 0
            elif kind == NEWLINE and not brackets:
                depth = 0

    def comments(self, text: str) -> tuple[Comment, ...]:
        """Return the `//` comments of a text."""
        if "//" not in text:
            return ()
        return tuple(
            Comment(match[0], match.start(), match.end()) for match in self.scan(text) if match.lastgroup == "COMMENT"
        )
