"""A progress bar for work that takes longer than a second, on a terminal only."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator, Sequence
from typing import TypeVar

import click

T = TypeVar("T")
_PATIENCE = 1.0
"""Seconds before a bar appears."""


class Progress:
    """Watches the stages of a run; the clock starts when it is made."""

    def __init__(self) -> None:
        self._began = time.monotonic()
        self._shown = sys.stderr.isatty()

    def __call__(self, label: str, items: Sequence[T]) -> Iterator[T]:
        """Yield the items, and draw how far it is once the patience is over."""
        if not self._shown or len(items) < 2:
            yield from items
            return
        bar = None
        for number, item in enumerate(items):
            if bar is None and time.monotonic() - self._began > _PATIENCE:
                bar = click.progressbar(length=len(items), label=label.ljust(12), file=sys.stderr)
                bar.__enter__()
                bar.update(number)
            yield item
            if bar is not None:
                bar.update(1)
        if bar is not None:
            bar.__exit__(None, None, None)
