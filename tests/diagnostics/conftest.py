import re
from collections.abc import Callable

import pytest

from cxc.source import SourceFile, Span

Marked = Callable[..., tuple[SourceFile, list[Span]]]


@pytest.fixture(scope="session")
def marked() -> Marked:
    """A function that makes a source of a text, and spans of what stands between `«` and `»` in it, in their order."""

    def make(text: str, path: str = "shop.blueprint") -> tuple[SourceFile, list[Span]]:
        plain, opened, stretches = "", [], []
        for part in re.split("([«»])", text):
            if part == "«":
                opened.append(len(plain))
            elif part == "»":
                stretches.append((opened.pop(), len(plain)))
            else:
                plain += part
        source = SourceFile(path, plain)
        return source, [source.span(*stretch) for stretch in sorted(stretches)]

    return make
