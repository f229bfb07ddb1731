"""What stays the same about a finding when its file is edited elsewhere, so that two runs can be compared.

Where fingerprints are written is left to `sarif`.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator
from itertools import accumulate, islice

from cxc.source import SourceFile

_WINDOW = 100
_BASE = 37
_MODULUS = 2**64
_END = 0xFFFF
_UNIT = 2
"""Bytes of a UTF-16 code unit."""


class LineHashes:
    """GitHub's `primaryLocationLineHash` for the lines of a file, as its action `upload-sarif` computes it.

    It is a polynomial hash of the first hundred UTF-16 code units from the beginning of the line, blanks and tabs left
    out, and a number that tells equal lines apart. Any other value would make the action complain of each result.
    """

    def __init__(self, source: SourceFile) -> None:
        text = source.text.replace("\r\n", "\n").replace("\r", "\n").replace(" ", "").replace("\t", "")
        self._units = (text + chr(_END)).encode("utf-16-le", "surrogatepass")
        lengths = (len(line.encode("utf-16-le", "surrogatepass")) + _UNIT for line in text.split("\n"))
        self._starts = list(accumulate(lengths, initial=0))[:-1]
        self._numbers = list(self._count())

    def of_line(self, line: int) -> str:
        """Return the hash of a line, counted from 1; of the last line where there are fewer."""
        index = min(max(line, 1), len(self._starts)) - 1
        window = self._window(self._starts[index])
        value = 0
        for at in range(0, _WINDOW * _UNIT, _UNIT):
            value = (value * _BASE + int.from_bytes(window[at : at + _UNIT], "little")) % _MODULUS
        return f"{value:x}:{self._numbers[index]}"

    def _window(self, start: int) -> bytes:
        return self._units[start : start + _WINDOW * _UNIT]

    def _count(self) -> Iterator[int]:
        """Yield for each line how many lines up to it, itself included, have the same hash."""
        seen: Counter[bytes] = Counter()
        for start in self._starts:
            window = self._window(start)
            seen[window] += 1
            yield seen[window]


class Identities:
    """Our own fingerprint: the rule, the file, the line without blanks, and a number that tells equal ones apart."""

    def __init__(self) -> None:
        self._seen: Counter[str] = Counter()

    def next(self, code: str, file: str, line: str) -> str:
        """Return the fingerprint of the next finding; findings are to be passed in the order of their places."""
        digest = hashlib.sha256()
        for part in (code, file, "".join(islice((char for char in line if not char.isspace()), 1000))):
            digest.update(part.encode("utf-8", "surrogatepass") + b"\0")
        identity = digest.hexdigest()[:32]
        self._seen[identity] += 1
        return f"{identity}:{self._seen[identity]}"
