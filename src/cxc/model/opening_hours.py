"""Opening hours as days and times, read from the form that schema.org gives them.

Whether a text has that form is asked when it is read (`cxc.model.values.OpeningHours`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
HOLIDAYS = "PH"
"""Public holidays, which stand beside the days of the week."""
DAY = 24 * 60
"""The minutes of a day."""

_TIMES = re.compile(r"(\d\d):(\d\d)-(\d\d):(\d\d)")


class Period(NamedTuple):
    """Some days, and from when to when on each of them, in minutes since midnight.

    Where `closes` is not after `opens`, it is meant on the next day.
    """

    days: tuple[str, ...]
    opens: int
    closes: int


ALWAYS = Period(DAYS, 0, DAY)


def periods(hours: Iterable[str]) -> tuple[Period, ...]:
    """Return the periods of opening hours, in their order; without any hours, all of every day."""
    found = [period for text in hours for part in text.split(";") for period in _periods(part.strip())]
    return tuple(found) or (ALWAYS,)


def _periods(part: str) -> list[Period]:
    if part == "24/7":
        return [ALWAYS]
    days = _days(_TIMES.split(part)[0])
    times = [
        (int(from_hour) * 60 + int(from_minute), int(to_hour) * 60 + int(to_minute))
        for from_hour, from_minute, to_hour, to_minute in _TIMES.findall(part)
    ]
    return [Period(days, opens, closes) for opens, closes in times or [(0, DAY)]]


def _days(text: str) -> tuple[str, ...]:
    """Return the days of a text such as `Mo-We, Sa`; `Sa-Mo` goes over the end of the week."""
    found: dict[str, None] = {}
    for first, last in re.findall(r"([A-Z][a-zH])(?:-([A-Z][a-zH]))?", text):
        if last and first in DAYS and last in DAYS:
            start, end = DAYS.index(first), DAYS.index(last)
            found |= dict.fromkeys(DAYS[day % 7] for day in range(start, end + 1 if end >= start else end + 8))
        else:
            found |= dict.fromkeys(day for day in (first, last) if day)
    return tuple(found)
