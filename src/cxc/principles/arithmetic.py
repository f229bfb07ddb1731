"""Calculating as CEL does: whole numbers have 64 bits, and division cuts towards zero.

What is out of range is a `ValueError`; where it stands in an expression is known to `evaluation`.
"""

from __future__ import annotations

from math import copysign, inf, nan
from typing import Any

from cxc.principles.functions import whole


def sound(value: Any) -> Any:
    """Return the result of a calculation, unless a whole number became too large."""
    return whole(value) if value.__class__ is int else value


def sound_unsigned(value: int) -> int:
    """Return the result of a calculation without signs, unless it came to be out of range."""
    if 0 <= value < 2**64:
        return value
    raise ValueError


def divided(one: Any, other: Any) -> Any:
    """Return what a division gives; only that of whole numbers by zero fails."""
    if isinstance(one, float) or isinstance(other, float):
        if other == 0:
            return nan if one == 0 or one != one else copysign(inf, one) * copysign(1, other)
        return one / other
    quotient = abs(one) // abs(other)
    return quotient if (one < 0) is (other < 0) else -quotient


def remainder(one: int, other: int) -> int:
    """Return what a division leaves, with the sign of what is divided."""
    rest = abs(one) % abs(other)
    return -rest if one < 0 else rest
