"""The week as opening hours divide it: when a place is open, and how long whoever comes from another stands outside.

Public holidays are left aside: they are other days in each country, and in each year.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from cxc.model.opening_hours import DAY, DAYS, periods

WEEK = 7 * DAY
"""The minutes of a week."""

_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_LAST_MINUTE = DAY - 1


class Stretch(NamedTuple):
    """A time of every week, in minutes since Monday 00:00; the end is exclusive, and within the week."""

    begins: int
    ends: int


Week = tuple[Stretch, ...]
"""Times of every week, in order and apart from each other."""


class Outside(NamedTuple):
    """The longest time somebody waits before a closed door, in minutes since Monday 00:00; `opens` may lie a week on.

    None stands for a door that never opens.
    """

    comes: int
    opens: int | None

    @property
    def minutes(self) -> float:
        """How long it is."""
        return float("inf") if self.opens is None else self.opens - self.comes


def open_in_week(hours: Iterable[str]) -> Week:
    """Return when opening hours are open; without any hours, always."""
    return together([tuple(_stretches(hours))])


def _stretches(hours: Iterable[str]) -> Iterator[Stretch]:
    for days, opens, closes in periods(hours):
        # Who writes 23:59 means midnight: the minute is missing because many a form takes no 24:00.
        length = (DAY if closes == _LAST_MINUTE else closes) - opens
        length += DAY if length <= 0 else 0
        for day in days:
            if day in DAYS:
                begins = (DAYS.index(day) * DAY + opens) % WEEK
                yield Stretch(begins, min(begins + length, WEEK))
                if begins + length > WEEK:
                    yield Stretch(0, begins + length - WEEK)


def together(weeks: Iterable[Week]) -> Week:
    """Return when at least one of several places is open."""
    found: list[Stretch] = []
    for stretch in sorted(stretch for week in weeks for stretch in week):
        if found and stretch.begins <= found[-1].ends:
            found[-1] = Stretch(found[-1].begins, max(found[-1].ends, stretch.ends))
        else:
            found.append(stretch)
    return tuple(found)


def without(week: Week, other: Week) -> Week:
    """Return when the first place is open and the other is not."""
    found: list[Stretch] = []
    at = 0
    for begins, ends in week:
        while at < len(other) and other[at].ends <= begins:
            at += 1
        following = at
        while following < len(other) and other[following].begins < ends:
            if begins < other[following].begins:
                found.append(Stretch(begins, other[following].begins))
            begins = other[following].ends
            following += 1
        if begins < ends:
            found.append(Stretch(begins, ends))
    return tuple(found)


def is_open(week: Week, minute: int) -> bool:
    """Whether a place is open in a minute of the week."""
    at = bisect_right(week, minute, key=lambda stretch: stretch.begins)
    return at > 0 and minute < week[at - 1].ends


def longest_outside(week: Week, other: Week) -> Outside | None:
    """Return the longest wait of who comes from one place while it is open to another; None where nobody waits.

    Whoever comes at the beginning of a time in which only the first is open waits longest in it. Of waits that are
    equally long it is the first of the week.
    """
    waits = (Outside(stretch.begins, _next_opening(other, stretch.begins)) for stretch in without(week, other))
    return max(waits, key=lambda wait: wait.minutes, default=None)


def _next_opening(week: Sequence[Stretch], minute: int) -> int | None:
    if not week:
        return None
    at = bisect_right(week, minute, key=lambda stretch: stretch.begins)
    return week[at].begins if at < len(week) else week[0].begins + WEEK


def moment(minute: int) -> str:
    """Return a minute since Monday 00:00 as people say it: `Tuesday 08:00`."""
    day, rest = divmod(minute % WEEK, DAY)
    return f"{_NAMES[day]} {rest // 60:02}:{rest % 60:02}"
