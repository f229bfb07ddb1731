"""Results of the analyses as they are published: rounded, so that every machine writes the same digits.

What calculates in another order, or with another library, differs in the last digits of a float. Those are cut off
first, so that a result that lies half-way between two roundings comes out the same everywhere.
"""

from __future__ import annotations

from cxc.model.values import Duration

SHARE_DIGITS = 6
"""How many digits a share from 0 to 1 has behind the point."""
_NOISE = 12


def rounded_share(share: float) -> float:
    """Return a share to six digits."""
    return round(round(share, _NOISE), SHARE_DIGITS)


def rounded_duration(milliseconds: float) -> Duration:
    """Return a duration in whole milliseconds."""
    return Duration(round(round(milliseconds, 3)))
