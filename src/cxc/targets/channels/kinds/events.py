"""What the events of a flow are called: short, readable in code, and the same for the same design.

| event | when it comes |
| --- | --- |
| `start`, `arrive.STEP` | a customer comes, to begin or from elsewhere |
| `next`, `when.WORDS`, `to.STEP` | a step went well, and the journey goes on |
| `failed.ERROR` | an operation failed |
| `return.STEP`, `journey.ended` | what came of a customer on other channels |
| `person.wanted`, `person.done` | a customer wants help from people; they have given it |
| `channel.closed`, `channel.opened` | the channel stops or begins to serve |
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from cxc.flow.ways import Way

START = "start"
ENDED = "journey.ended"
PERSON_WANTED = "person.wanted"
PERSON_DONE = "person.done"
CLOSED = "channel.closed"
OPENED = "channel.opened"

_LONGEST = 48
"""How many characters of a condition a name takes."""


def arriving(step: str) -> str:
    """Return the event of customers who come to a step from elsewhere."""
    return f"arrive.{step}"


def returning(step: str) -> str:
    """Return the event of customers who come back for a step."""
    return f"return.{step}"


def events_of(ways: Sequence[Way]) -> list[tuple[str, Way]]:
    """Return the events that lead the ways on from one step, each with its way; no two have one name.

    A way of failures has an event for each of its errors.
    """
    plain = [way for way in ways if not way.errors and not way.when]
    found = [(name, way) for way in ways for name in _names(way, is_only_plain=len(plain) == 1)]
    return list(zip(numbered(name for name, _ in found), (way for _, way in found), strict=True))


def _names(way: Way, *, is_only_plain: bool) -> Iterator[str]:
    target = way.target.name if way.target else "end"
    if way.errors:
        yield from (f"failed.{error.name}" for error in way.errors)
    elif way.when and (words := slug(way.when)):
        yield f"when.{words}"
    elif way.when or not is_only_plain:
        yield f"to.{target}"
    else:
        yield "next"


def numbered(names: Iterable[str]) -> list[str]:
    """Return names with a number at each that was there before, so that no two are the same."""
    taken: set[str] = set()
    found = []
    for name in names:
        unique, number = name, 1
        while unique in taken:
            number += 1
            unique = f"{name}-{number}"
        taken.add(unique)
        found.append(unique)
    return found


def slug(words: str) -> str:
    """Return the letters and digits of some words, joined by hyphens; empty where there are none."""
    parts = re.findall(r"[^\W_]+", unicodedata.normalize("NFKC", words).casefold())
    found = ""
    for part in parts:
        joined = f"{found}-{part}" if found else part
        if len(joined) > _LONGEST:
            break
        found = joined
    return found or "".join(parts[:1])[:_LONGEST]
