"""How the messages of rules list things and write shares."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

_FINEST = 9
"""The most decimals of a percentage that a message shows."""


def listed(words: Sequence[str], last: str = "and") -> str:
    """Return several words as a list to read: `a, b and c`."""
    return f" {last} ".join(part for part in (", ".join(words[:-1]), *words[-1:]) if part)


def percent_beside(share: float, other: float) -> str:
    """Return a share as a percentage, rounded only so far that it still looks smaller or larger than the other."""
    exact, bound = Decimal(repr(float(share))) * 100, Decimal(repr(float(other))) * 100
    rounded = exact
    for decimals in range(_FINEST):
        rounded = round(exact, decimals)
        if (rounded < bound, rounded > bound) == (exact < bound, exact > bound):
            break
    return f"{rounded.normalize():f}%"
