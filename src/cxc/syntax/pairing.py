"""What a list of tokens with errors says of its lines and pairs: which token begins a line, which bracket closes which.

What is concluded where a partner is missing is said in `cutting`.
"""

from __future__ import annotations

from cxc.syntax.lexer import CLOSING, NESTING_LIMIT, NEWLINE, OPENING, NestingTooDeep, Token

_PARTNERS = {"LPAR": "RPAR", "LSQB": "RSQB"}
_BRACES = frozenset({"LBRACE", "RBRACE"})


def first_on_line(tokens: list[Token]) -> frozenset[Token]:
    """Return the tokens that are the first of their line."""
    first = set()
    is_fresh = True
    for token in tokens:
        if token.type == NEWLINE:
            is_fresh = is_fresh or token.value != ";"
            continue
        if is_fresh:
            first.add(token)
        is_fresh = False
    return frozenset(first)


def closings(tokens: list[Token]) -> list[Token | None]:
    """Return for each token the brace that closes the block it stands in, whether or not something opens that."""
    found: list[Token | None] = []
    closings: list[Token] = []
    for token in reversed(tokens):
        if token.type == "LBRACE" and closings:
            closings.pop()
        found.append(closings[-1] if closings else None)
        if token.type == "RBRACE":
            closings.append(token)
    return found[::-1]


def braces_before(tokens: list[Token]) -> list[int]:
    """Return for each token how many braces stand before it."""
    counts: list[int] = []
    count = 0
    for token in tokens:
        counts.append(count)
        count += token.type in _BRACES
    return counts


def match_brackets(tokens: list[Token]) -> tuple[dict[int, int], list[int]]:
    """Return the index of each opening bracket's partner before the next brace, and those of closing ones without."""
    partners: dict[int, int] = {}
    loose: list[int] = []
    opened: list[int] = []
    for index, token in enumerate(tokens):
        if token.type in OPENING:
            opened.append(index)
        elif token.type in CLOSING:
            if opened and _PARTNERS[tokens[opened[-1]].type] == token.type:
                partners[opened.pop()] = index
                continue
            if not opened:
                loose.append(index)
            opened.clear()
        elif token.type in _BRACES:
            opened.clear()
    _limit_depth(tokens, partners)
    return partners, loose


def _limit_depth(tokens: list[Token], partners: dict[int, int]) -> None:
    closings = set(partners.values())
    depth = 0
    for index, token in enumerate(tokens):
        depth += (index in partners) - (index in closings)
        if depth > NESTING_LIMIT:
            raise NestingTooDeep(token)
