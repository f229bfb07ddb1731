"""What was probably meant: the nearest of the words that are allowed.

Which words are allowed in a place is the caller's to say.
"""

from __future__ import annotations

from collections.abc import Iterable

_OTHER_CASE = 0.5
"""What it costs that letters differ in case only, however many: less than any real difference."""


def did_you_mean(wrong: str, allowed: Iterable[str]) -> str | None:
    """Return the allowed word that `wrong` most resembles, if one resembles it enough.

    Up to four letters one edit is tolerated, up to seven two, above three; a word may not be rewritten altogether.
    Among equally near words the one with the same first letter wins, then the first in the alphabet. `wrong` itself is
    never suggested.
    """
    limit = _tolerance(wrong)
    folded = wrong.casefold()
    letters = set(folded)
    best: tuple[float, bool, str] | None = None
    for candidate in allowed:
        if candidate == wrong or abs(len(candidate) - len(wrong)) > limit:
            continue
        other = candidate.casefold()
        if len(letters - set(other)) > limit:  # each letter that is missing needs an edit of its own
            continue
        cost = _cost(wrong, folded, candidate, other, limit)
        if cost > limit or cost >= len(wrong):
            continue
        rank = (cost, folded[:1] != other[:1], candidate)
        if best is None or rank < best:
            best = rank
            limit = int(cost + _OTHER_CASE)  # a word further away than the best need not be measured to its end
    return best[2] if best else None


def _tolerance(word: str) -> int:
    return 1 if len(word) <= 4 else 2 if len(word) <= 7 else 3


def _cost(wrong: str, folded: str, candidate: str, other: str, limit: int) -> float:
    if folded == other:
        return _OTHER_CASE
    despite_case = distance(folded, other, limit) + _OTHER_CASE
    if wrong == folded and candidate == other:
        return despite_case - _OTHER_CASE
    return min(despite_case, distance(wrong, candidate, limit))


def distance(first: str, second: str, limit: int) -> int:
    """Return how many edits turn one word into the other, or `limit + 1` where it is more than `limit`.

    An edit inserts, deletes or replaces a letter or swaps two neighbours, and no part is edited twice: the optimal
    string alignment distance (Boytsov, “Indexing methods for approximate dictionary searching”, ACM JEA 16, 2011, after
    Damerau 1964). Only the band around the diagonal that `limit` edits can reach is computed (Ukkonen 1985).
    """
    beyond = limit + 1
    if abs(len(first) - len(second)) > limit:
        return beyond
    width = len(second) + 1
    before_last = [beyond] * width
    last = [min(column, beyond) for column in range(width)]
    for row, letter in enumerate(first, start=1):
        current = [beyond] * width
        current[0] = min(row, beyond)
        for column in range(max(1, row - limit), min(width - 1, row + limit) + 1):
            other = second[column - 1]
            cost = last[column - 1] + (letter != other)
            cost = min(cost, last[column] + 1, current[column - 1] + 1)
            if row > 1 and column > 1 and letter == second[column - 2] and first[row - 2] == other:
                cost = min(cost, before_last[column - 2] + 1)
            current[column] = min(cost, beyond)
        if min(current) >= beyond and min(last) >= beyond:
            return beyond
        before_last, last = last, current
    return last[-1]
