"""Opening hours over the week: what they cover, what is left, and how long somebody stands outside."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxc.flow.hours import WEEK, Outside, Week, is_open, longest_outside, moment, open_in_week, together, without
from cxc.model.opening_hours import DAYS


def shown(week: Week) -> list[str]:
    return [f"{moment(begins)} to {moment(ends)}" for begins, ends in week]


ALWAYS = ["Monday 00:00 to Monday 00:00"]


@pytest.mark.parametrize(
    ("hours", "expected"),
    [
        ([], ALWAYS),
        (["24/7"], ALWAYS),
        (["Mo-Su 00:00-24:00"], ALWAYS),
        (["Mo-Su 00:00-00:00"], ALWAYS),
        (["Mo-Su 00:00-23:59"], ALWAYS),
        (["Mo-Su"], ALWAYS),
        (["Mo 09:00-17:30"], ["Monday 09:00 to Monday 17:30"]),
        (["We,Mo 09:00-12:00"], ["Monday 09:00 to Monday 12:00", "Wednesday 09:00 to Wednesday 12:00"]),
        (["Mo 13:00-17:00,09:00-12:00"], ["Monday 09:00 to Monday 12:00", "Monday 13:00 to Monday 17:00"]),
        (["Mo 09:00-13:00", "Mo 12:00-17:00"], ["Monday 09:00 to Monday 17:00"]),
        (["Mo 09:00-12:00; Mo 12:00-17:00"], ["Monday 09:00 to Monday 17:00"]),
        (["Mo 09:00-17:00; Mo 10:00-11:00"], ["Monday 09:00 to Monday 17:00"]),
        (["Fr 22:00-02:00"], ["Friday 22:00 to Saturday 02:00"]),
        (["Fr-Sa 20:00-20:00"], ["Friday 20:00 to Sunday 20:00"]),
        (["Mo-Tu 18:00-24:00; Tu 00:00-06:00"], ["Monday 18:00 to Tuesday 06:00", "Tuesday 18:00 to Wednesday 00:00"]),
        (["Su 22:00-02:00"], ["Monday 00:00 to Monday 02:00", "Sunday 22:00 to Monday 00:00"]),
        (["Su 24:00-02:00"], ["Monday 00:00 to Monday 02:00"]),
        (["Sa-Mo 09:00-10:00"], [f"{day} 09:00 to {day} 10:00" for day in ("Monday", "Saturday", "Sunday")]),
        (["PH 10:00-14:00"], []),
        (["Mo,PH 10:00-14:00"], ["Monday 10:00 to Monday 14:00"]),
    ],
)
def test_open_in_week(hours: list[str], expected: list[str]) -> None:
    assert shown(open_in_week(hours)) == expected


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("24/7", "24/7", []),
        ("Mo 09:00-17:00", "24/7", []),
        ("Mo 09:00-17:00", "Mo 09:00-17:00", []),
        ("Mo 09:00-17:00", "Tu 09:00-17:00", ["Monday 09:00 to Monday 17:00"]),
        ("Mo 09:00-17:00", "Mo 08:00-09:00,17:00-18:00", ["Monday 09:00 to Monday 17:00"]),
        ("Mo 09:00-17:00", "Mo 08:00-10:00", ["Monday 10:00 to Monday 17:00"]),
        ("Mo 09:00-17:00", "Mo 12:00-13:00", ["Monday 09:00 to Monday 12:00", "Monday 13:00 to Monday 17:00"]),
        (
            "Mo 09:00-10:00,11:00-12:00",
            "Mo 09:30-11:30",
            ["Monday 09:00 to Monday 09:30", "Monday 11:30 to Monday 12:00"],
        ),
        ("Mo-Tu 09:00-10:00", "Mo-Tu 08:00-11:00", []),
    ],
)
def test_without(one: str, other: str, expected: list[str]) -> None:
    assert shown(without(open_in_week([one]), open_in_week([other]))) == expected


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("24/7", "24/7", None),
        ("Mo-Fr 09:00-12:00", "Mo-Fr 08:00-18:00", None),
        ("Mo-Fr 08:00-18:00", "Mo-Fr 09:00-17:00", ("Friday 17:00", "Monday 09:00", 64 * 60)),
        ("Mo-Th 08:00-18:00", "Mo-Fr 09:00-17:00", ("Monday 17:00", "Tuesday 09:00", 16 * 60)),
        ("24/7", "Mo-Fr 09:00-17:00", ("Friday 17:00", "Monday 09:00", 64 * 60)),
        ("Mo-Su 08:00-20:00", "Mo-Fr 08:00-20:00", ("Saturday 08:00", "Monday 08:00", 48 * 60)),
        ("24/7", "Mo-Su 06:00-04:00", ("Monday 04:00", "Monday 06:00", 120)),
        ("24/7", "Mo-Sa 20:00-04:00", ("Sunday 04:00", "Monday 20:00", 40 * 60)),
        ("Su 10:00-11:00", "Su 08:00-09:00", ("Sunday 10:00", "Sunday 08:00", WEEK - 120)),
        ("Mo 00:00-01:00", "Mo 08:00-09:00", ("Monday 00:00", "Monday 08:00", 480)),
        ("Mo 10:00-12:00", "Mo 10:01-12:00", ("Monday 10:00", "Monday 10:01", 1)),
    ],
)
def test_the_longest_time_outside(one: str, other: str, expected: tuple[str, str, int] | None) -> None:
    found = longest_outside(open_in_week([one]), open_in_week([other]))
    assert found is None or found.opens is not None
    assert (found and (moment(found.comes), moment(found.opens or 0), found.minutes)) == expected


def test_a_door_that_never_opens_on_a_working_day() -> None:
    found = longest_outside(open_in_week(["Mo 09:00-10:00"]), open_in_week(["PH 10:00-14:00"]))
    assert found == Outside(540, None)
    assert found.minutes == float("inf")


HOURS = st.builds(
    lambda days, times: f"{','.join(days)} {','.join(times)}",
    st.lists(st.sampled_from(DAYS), min_size=1, max_size=3),
    st.lists(
        st.builds("{:02}:{}-{:02}:{}".format, *[st.integers(0, 23), st.sampled_from(["00", "30"])] * 2),
        min_size=1,
        max_size=3,
    ),
)
WEEKS = st.lists(HOURS, max_size=3).map(open_in_week)


def minutes(week: Week) -> set[int]:
    return {minute for begins, ends in week for minute in range(begins, ends)}


@given(WEEKS, WEEKS)
def test_times_are_sets_of_minutes(one: Week, other: Week) -> None:
    left = without(one, other)
    for week in (one, other, left, together([one, other])):
        assert all(0 <= begins < ends <= WEEK for begins, ends in week)
        assert all(before.ends < after.begins for before, after in pairwise(week))
    assert minutes(together([one, other])) == minutes(one) | minutes(other)
    assert minutes(left) == minutes(one) - minutes(other)
    opened = minutes(one)
    assert all(is_open(one, minute) == (minute in opened) for minute in range(0, WEEK, 15))


@given(WEEKS, WEEKS)
def test_nobody_stands_outside_for_longer(one: Week, other: Week) -> None:
    opened = minutes(other)
    waits = {minute: 0 for minute in opened}
    wait = WEEK
    for minute in reversed(range(2 * WEEK)):
        wait = 0 if minute % WEEK in opened else wait + 1
        waits[minute % WEEK] = wait
    found = longest_outside(one, other)
    assert (found.minutes if found else 0) == max((waits[minute] for minute in minutes(one)), default=0)
