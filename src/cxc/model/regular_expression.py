"""A look at a regular expression before anyone runs it: in how many ways a text can match it.

That is what lets a backtracking matcher take exponential time. The expression becomes an automaton without empty steps
(Glushkov 1961), in which the number of ways is exponential just if two different ways lead from a state back to itself
with the same text (Weber and Seidl, “On the degree of ambiguity of finite automata”, 1991; Weideman et al., “Analyzing
matching time behavior of backtracking regular expression matchers”, 2016). Whether it is well formed is left to `re`.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterable
from functools import lru_cache
from re import _constants as sre
from re import _parser as parser
from typing import Any, NamedTuple

LENGTH_LIMIT = 1000
"""The longest pattern that is accepted, in characters."""
_POSITION_LIMIT = 600
_STEP_LIMIT = 400_000
_WAY_LIMIT = 1_000_000
"""How many ways through a text a matcher may try."""
_FEW = 5
"""Up to so many repetitions of a group are taken as they are; more count as endlessly many."""
_COPY_LIMIT = 40
"""Up to so many repetitions of a single character are taken as they are."""
_SAMPLE = (*map(chr, range(128)), "\x85", "é", "\u0663", "\u2003", "中", "\U0001f600")
"""Characters of every category; the ends of all ranges in a pattern are added to them."""
_GROUP = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|\(|\)")
_QUANTIFIER = re.compile(r"[*+?]|\{\d*(?:,\d*)?\}")


def compiled(pattern: str) -> re.Pattern[str]:
    """Compile a pattern; raise `ValueError` with the reason where it is no regular expression."""
    if len(pattern) > LENGTH_LIMIT:
        raise ValueError(f"it is longer than {LENGTH_LIMIT} characters")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return re.compile(pattern)
    except (re.error, OverflowError, RecursionError) as error:
        raise ValueError(str(error)) from None


@lru_cache(maxsize=512)
def ambiguous_repetition(pattern: str) -> str | None:
    """Return the part of a pattern that can match one text in exponentially many ways, or None; it must compile.

    `(a+)+`, `(a|a)*` and `(a|aa)+` are such parts; `(ab+c)+` and `[a-z]+(-[a-z]+)*` are not. It errs on the side of
    caution where the expression looks ahead, behind or back, or is too large to judge.
    """
    if not _is_ambiguous(pattern):
        return None
    return min((part for part in _repeated_groups(pattern) if _is_ambiguous(part)), key=len, default=pattern)


@lru_cache(maxsize=512)
def takes_long(pattern: str, text: str) -> bool:
    """Whether a backtracking matcher may try very many ways through a text; the pattern must compile.

    Also a pattern without an ambiguous repetition can have that many: `a?a?a?` and so on, followed by `aaa`.
    """
    try:
        return _Automaton.of(pattern).ways(text) > _WAY_LIMIT
    except (_TooLarge, RecursionError):
        return True


def _repeated_groups(pattern: str) -> Iterable[str]:
    """Yield the groups of a pattern that have a quantifier, with it."""
    opened: list[int] = []
    for match in _GROUP.finditer(pattern):
        if match[0] == "(":
            opened.append(match.start())
        elif match[0] == ")" and opened:
            start = opened.pop()
            quantifier = _QUANTIFIER.match(pattern, match.end())
            if quantifier:
                yield pattern[start : quantifier.end()]


def _is_ambiguous(pattern: str) -> bool:
    try:
        return _Automaton.of(pattern).is_ambiguous()
    except re.error:
        return False  # a part that refers to a group outside of it
    except (_TooLarge, RecursionError):
        return True


class _TooLarge(Exception):
    """The expression is too large to judge; never leaves this module."""


class _Part(NamedTuple):
    """A part of the expression: its first and last positions with the number of ways, and the ways to match nothing."""

    first: dict[int, int]
    last: dict[int, int]
    empty: int


_NOTHING = _Part({}, {}, 1)


def _sum(one: dict[int, int], other: dict[int, int], ways: int = 1) -> dict[int, int]:
    if not ways or not other:
        return one
    total = dict(one)
    for position, number in other.items():
        total[position] = min(2, total.get(position, 0) + number * ways)
    return total


class _Automaton:
    """The positions of an expression, the characters each matches, and which may follow which, in 0, 1 or 2 ways."""

    def __init__(self, parsed: Any) -> None:
        self.sample = sorted({*_SAMPLE, *_range_ends(parsed)})
        self.matchers: list[tuple[Any, Any]] = []
        self.characters: list[int] = []
        self.follow: list[dict[int, int]] = []
        self.pairs: dict[tuple[tuple[int, ...], tuple[int, ...]], list[tuple[int, int]]] = {}
        self.steps = 0
        self.first: dict[int, int] = {}
        self.asserted: list[int] = []
        """Where the expressions begin that look ahead or behind."""
        self.counts_nothing = False
        """Whether what may match nothing has to be found a number of times: then any of these may be the empty ones."""

    @classmethod
    def of(cls, pattern: str) -> _Automaton:
        """Return the automaton of a pattern."""
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            parsed = parser.parse(pattern)
        automaton = cls(parsed)
        automaton.first = automaton.add(parsed).first
        return automaton

    # ---- from the expression to the automaton -----------------------------------------------------------------------

    def add(self, items: Iterable[Any]) -> _Part:
        """Add a sequence of parsed items."""
        whole = _NOTHING
        for operator, argument in items:
            whole = self._joined(whole, self._item(operator, argument))
        return whole

    def _item(self, operator: Any, argument: Any) -> _Part:
        if operator is sre.SUBPATTERN:
            return self.add(argument[3])
        if operator is sre.ATOMIC_GROUP:
            return self.add(argument)
        if operator is sre.BRANCH:
            return self._either(self.add(branch) for branch in argument[1])
        if operator is sre.GROUPREF_EXISTS:
            return self._either(self.add(branch or ()) for branch in argument[1:])
        if operator in (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT):
            return self._repeated(*argument)
        if operator in (sre.ASSERT, sre.ASSERT_NOT):
            self.asserted += self.add(argument[1]).first  # judged by itself; nothing leads from it to the rest
            return _NOTHING
        if operator is sre.AT:
            return _NOTHING
        return self._position(operator, argument)

    def _position(self, operator: Any, argument: Any) -> _Part:
        position = len(self.follow)
        if position >= _POSITION_LIMIT:
            raise _TooLarge
        self.follow.append({})
        self.matchers.append((operator, argument))
        self.characters.append(
            sum(1 << index for index, char in enumerate(self.sample) if _matches(operator, argument, char))
        )
        return _Part({position: 1}, {position: 1}, 0)

    def _connect(self, last: dict[int, int], first: dict[int, int]) -> None:
        for position, ways in last.items():
            self.follow[position] = _sum(self.follow[position], first, ways)

    def _joined(self, left: _Part, right: _Part) -> _Part:
        self._connect(left.last, right.first)
        return _Part(
            _sum(left.first, right.first, left.empty),
            _sum(right.last, left.last, right.empty),
            min(2, left.empty * right.empty),
        )

    @staticmethod
    def _either(parts: Iterable[_Part]) -> _Part:
        whole = _Part({}, {}, 0)
        for part in parts:
            whole = _Part(_sum(whole.first, part.first), _sum(whole.last, part.last), min(2, whole.empty + part.empty))
        return whole

    def _repeated(self, least: int, most: Any, body: Any) -> _Part:
        """Add a repetition: copies where their number is small, else a loop."""
        single = len(body) == 1 and body[0][0] in (sre.LITERAL, sre.NOT_LITERAL, sre.IN, sre.ANY)
        if most == 0:
            return _NOTHING
        if single and least == most and most > _COPY_LIMIT:
            return self.add(body)  # no choice in it, however often
        if most == sre.MAXREPEAT or most > (_COPY_LIMIT if single else _FEW):
            return self._loop(least, body)
        whole = _NOTHING
        for _ in range(int(most) - least):
            whole = self._optional(self._joined(self.add(body), whole))
        for _ in range(least):
            whole = self._joined(self.add(body), whole)
        return whole

    def _loop(self, least: int, body: Any) -> _Part:
        part = self.add(body)
        self._connect(part.last, part.first)
        if part.empty:  # by going round once with nothing, or not at all
            part = part._replace(empty=2)
        self.counts_nothing |= part.empty > 0 and least > _FEW
        if least == 0:
            return self._optional(part)
        return part if least == 1 else self._joined(self.add(body), part)

    @staticmethod
    def _optional(part: _Part) -> _Part:
        return part._replace(empty=min(2, part.empty + 1))

    # ---- is it ambiguous? -------------------------------------------------------------------------------------------

    def is_ambiguous(self) -> bool:
        """Whether two different ways lead from some position back to it with the same text."""
        if self.counts_nothing:
            return True
        components = _components(range(len(self.follow)), self.follow.__getitem__)
        component = {position: number for number, members in enumerate(components) for position in members}
        for position, following in enumerate(self.follow):
            if any(ways > 1 and component[after] == component[position] for after, ways in following.items()):
                return True
        inside = [
            tuple(after for after in following if component[after] == component[position])
            for position, following in enumerate(self.follow)
        ]
        pairs = [(position, position) for position, following in enumerate(inside) if following]
        for members in _components(pairs, lambda pair: self._pairs_after(inside[pair[0]], inside[pair[1]])):
            if len({one == other for one, other in members}) > 1:
                return True
        return False

    def _pairs_after(self, one: tuple[int, ...], other: tuple[int, ...]) -> list[tuple[int, int]]:
        """Return where two ways that match the same text can be after one more character, given where each can be."""
        known = self.pairs.get((one, other))
        self.steps += len(one) * len(other) if known is None else len(known)
        if self.steps > _STEP_LIMIT:
            raise _TooLarge
        if known is not None:
            return known
        characters = self.characters
        pairs = [(after, beside) for after in one for beside in other if characters[after] & characters[beside]]
        return self.pairs.setdefault((one, other), pairs)

    # ---- how many ways through a text? ------------------------------------------------------------------------------

    def ways(self, text: str) -> int:
        """Return in how many ways the beginnings of a text can be read; not much more than anyone wants to know."""
        readers = {
            char: {at for at, matcher in enumerate(self.matchers) if _matches(*matcher, char)} for char in set(text)
        }
        total = 0
        places = dict(self.first)
        for char in text:
            for place in self.asserted:
                places[place] = places.get(place, 0) + 1
            following: dict[int, int] = {}
            for place in places.keys() & readers[char]:
                total += places[place] + len(self.follow[place])
                for after, ways in self.follow[place].items():
                    following[after] = following.get(after, 0) + ways * places[place]
            if total > _WAY_LIMIT:
                break
            places = following
        return total


def _components(roots: Iterable[Any], following: Any) -> list[list[Any]]:
    """Return the strongly connected components that can be reached from the roots (Tarjan 1972), without recursion."""
    index: dict[Any, int] = {}
    low: dict[Any, int] = {}
    found: list[list[Any]] = []
    open_nodes: list[Any] = []
    is_open: set[Any] = set()
    for root in roots:
        if root in index:
            continue
        work = [(root, iter(following(root)))]
        index[root] = low[root] = len(index)
        open_nodes.append(root)
        is_open.add(root)
        while work:
            node, rest = work[-1]
            for after in rest:
                if after not in index:
                    index[after] = low[after] = len(index)
                    open_nodes.append(after)
                    is_open.add(after)
                    work.append((after, iter(following(after))))
                    break
                if after in is_open:
                    low[node] = min(low[node], index[after])
            else:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[node])
                if low[node] == index[node]:
                    start = open_nodes.index(node)
                    found.append(open_nodes[start:])
                    is_open.difference_update(open_nodes[start:])
                    del open_nodes[start:]
    return found


# ---- characters ------------------------------------------------------------------------------------------------------


def _range_ends(parsed: Any) -> Iterable[str]:
    """Yield the characters of an expression and the ends of its ranges."""
    if isinstance(parsed, (parser.SubPattern, list, tuple)):
        if len(parsed) == 2 and parsed[0] in (sre.LITERAL, sre.NOT_LITERAL):
            yield chr(parsed[1])
        elif len(parsed) == 2 and parsed[0] is sre.RANGE:
            yield from map(chr, parsed[1])
        else:
            for item in parsed:
                yield from _range_ends(item)


def _matches(operator: Any, argument: Any, char: str) -> bool:
    if operator is sre.LITERAL:
        return char == chr(argument)
    if operator is sre.NOT_LITERAL:
        return char != chr(argument)
    if operator is sre.ANY:
        return char != "\n"
    if operator is sre.RANGE:
        return chr(argument[0]) <= char <= chr(argument[1])
    if operator is sre.CATEGORY:
        return _in_category(argument, char)
    if operator is sre.IN:
        negated: bool = argument[0][0] is sre.NEGATE
        return negated is not any(_matches(one, what, char) for one, what in argument if one is not sre.NEGATE)
    return True  # what a group matched before, which may be anything


def _in_category(category: Any, char: str) -> bool:
    members: dict[Any, bool] = {
        sre.CATEGORY_DIGIT: char.isdecimal(),
        sre.CATEGORY_SPACE: char.isspace(),
        sre.CATEGORY_WORD: char.isalnum() or char == "_",
    }
    opposite: dict[Any, Any] = {
        sre.CATEGORY_NOT_DIGIT: sre.CATEGORY_DIGIT,
        sre.CATEGORY_NOT_SPACE: sre.CATEGORY_SPACE,
        sre.CATEGORY_NOT_WORD: sre.CATEGORY_WORD,
    }
    return not members[opposite[category]] if category in opposite else members[category]
