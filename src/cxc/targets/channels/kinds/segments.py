"""How many segments a text message takes, and in which encoding (3GPP TS 23.038 and 23.040).

A text of the GSM alphabet has 160 places in one segment and 153 in each of several; any other is UCS-2, with 70 and 67.
What takes two places is never divided between segments.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà"
)
_EXTENDED = frozenset("\f^{}\\[~]|€")
"""These take two places."""

Encoding = Literal["GSM-7", "UCS-2"]
_PLACES: dict[Encoding, tuple[int, int]] = {"GSM-7": (160, 153), "UCS-2": (70, 67)}


class Segments(NamedTuple):
    """The encoding of a text, the places it takes, and the number of segments."""

    encoding: Encoding
    places: int
    segments: int


def segments(text: str) -> Segments:
    """Return what a text takes."""
    encoding: Encoding = "GSM-7" if set(text) <= _BASIC | _EXTENDED else "UCS-2"
    wide = _EXTENDED.__contains__ if encoding == "GSM-7" else _is_pair
    sizes = [2 if wide(char) else 1 for char in text]
    single, each = _PLACES[encoding]
    places = sum(sizes)
    if places <= single:
        return Segments(encoding, places, 1)
    count, used = 1, 0
    for size in sizes:
        if used + size > each:
            count, used = count + 1, 0
        used += size
    return Segments(encoding, places, count)


def _is_pair(char: str) -> bool:
    return ord(char) > 0xFFFF
