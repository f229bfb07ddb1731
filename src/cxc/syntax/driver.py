"""The loop that runs lark's LALR tables over a text: lexing, newline rules, comments and reductions in one pass.

Lark builds the tables from the grammar and makes the nodes' callbacks; its own loop does the same work for any lexer
and any table, at about twice the cost (docs/decisions/0002-own-parse-loop.md). What to do after an error is left to
`recovery`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from lark import Lark
from lark.grammar import Rule
from lark.parsers.lalr_analysis import Shift

from cxc.syntax import tree
from cxc.syntax.lexer import CLOSING, CONTINUING, NESTING_LIMIT, NEWLINE, OPENING, BlueprintLexer, NestingTooDeep, Token

Action = int | tuple[int, Callable[[list[Any]], Any] | None, str]
"""The state to go to, or how many values to reduce, by which callback, to which symbol.

Without a callback the one value stays as it is: such rules only give it another name.
"""


class NotInGrammar(Exception):
    """A token stands where the grammar has no place for it. Never leaves `cxc.syntax`."""


class Refusal(NamedTuple):
    """Where in a list of tokens the grammar had no place for one, and the terminals it had a place for."""

    at: int
    expected: frozenset[str]


class Driver:
    """Parses texts by the tables of a lark parser."""

    def __init__(self, lark: Lark, lexer: BlueprintLexer) -> None:
        configuration = lark.parse_interactive("").parser_state.parse_conf
        callbacks = configuration.callbacks
        self._scan = lexer.scan
        self._start = configuration.start_state
        self._end = configuration.end_state
        self._rows: dict[int, dict[str, Action]] = {
            state: {
                str(symbol): target
                if action is Shift
                else (len(target.expansion), None if _renames(target) else callbacks[target], str(target.origin.name))
                for symbol, (action, target) in row.items()
            }
            for state, row in configuration.states.items()
        }

    def parse(self, text: str) -> tree.File:
        """Return the tree of a text; raise `NotInGrammar` or `NestingTooDeep`."""
        rows = self._rows
        states: list[int] = [self._start]
        values: list[Any] = []
        comments: list[tree.Comment] = []
        depth = braces = 0
        last = ""
        row = rows[self._start]
        for match in self._scan(text):
            kind = match.lastgroup
            if kind is None:
                continue
            if kind == "COMMENT":
                comments.append(tree.Comment(match[0], match.start(), match.end()))
                continue
            if kind == NEWLINE:
                if depth or last in CONTINUING:
                    continue
            elif kind in OPENING:
                depth += 1
            elif kind in CLOSING:
                depth -= depth > 0
            elif kind == "LBRACE":
                braces += 1
            elif kind == "RBRACE":
                braces -= 1
            last = kind
            start, end = match.span()
            token = Token(kind, match[0], start, end)
            if depth > NESTING_LIMIT or braces > NESTING_LIMIT:
                raise NestingTooDeep(token)
            while True:
                action = row.get(kind)
                if type(action) is int:
                    break
                if action is None:
                    raise NotInGrammar
                # As `_reduce` does it: a call for each of these would be a fifth of the time.
                size, callback, origin = action  # type: ignore[misc]
                if callback is None:
                    del states[-1]
                elif size:
                    children = values[-size:]
                    del states[-size:], values[-size:]
                    values.append(callback(children))
                else:
                    values.append(callback([]))
                state = rows[states[-1]][origin]
                states.append(state)  # type: ignore[arg-type]
                row = rows[state]  # type: ignore[index]
            states.append(action)
            values.append(token)
            row = rows[action]
        return self._finish(states, values)._replace(comments=tuple(comments))

    def parse_tokens(self, tokens: Sequence[Token]) -> tree.File | Refusal:
        """Return the tree of a list of tokens, or the first one that cannot stand where it does."""
        rows = self._rows
        states: list[int] = [self._start]
        values: list[Any] = []
        for index, token in enumerate(tokens):
            while type(action := rows[states[-1]].get(token.type)) is tuple:
                self._reduce(action, states, values)
            if type(action) is not int:
                return self._refusal(index, states)
            states.append(action)
            values.append(token)
        try:
            return self._finish(states, values)
        except NotInGrammar:
            return self._refusal(len(tokens), states)

    def _refusal(self, index: int, states: list[int]) -> Refusal:
        return Refusal(index, frozenset(self._rows[states[-1]]))

    def _reduce(self, action: Action, states: list[int], values: list[Any]) -> None:
        """Replace the values of a rule by its node, and go to the state that follows."""
        size, callback, origin = action  # type: ignore[misc]
        if callback is None:
            del states[-1]
        elif size:
            children = values[-size:]
            del states[-size:], values[-size:]
            values.append(callback(children))
        else:
            values.append(callback([]))
        states.append(self._rows[states[-1]][origin])  # type: ignore[arg-type]

    def _finish(self, states: list[int], values: list[Any]) -> tree.File:
        """Reduce what is left at the end of the text to the file."""
        while True:
            action = self._rows[states[-1]].get("$END")
            if action is None or type(action) is int:
                raise NotInGrammar
            self._reduce(action, states, values)
            if states[-1] == self._end:
                file: tree.File = values[-1]
                return file


def _renames(rule: Rule) -> bool:
    """Whether a rule of one part passes that part on as it is: lark's `?rule: part`."""
    if len(rule.expansion) != 1 or not rule.options.expand1 or rule.alias is not None:
        return False
    part = rule.expansion[0]
    # The parts of a rule whose name begins with `_` are put in its place, so there is no one part to pass on.
    return not part.is_term and not part.name.startswith("_")
