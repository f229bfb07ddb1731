"""Opening hours are read as schema.org means them."""

import pytest

from cxc.model.opening_hours import ALWAYS, DAYS, Period, periods

WEEKDAYS = ("Mo", "Tu", "We", "Th", "Fr")


@pytest.mark.parametrize(
    ("hours", "expected"),
    [
        ([], [ALWAYS]),
        (["24/7"], [ALWAYS]),
        (["Mo-Su 00:00-24:00"], [ALWAYS]),
        (["Mo-Fr 09:00-17:30"], [Period(WEEKDAYS, 540, 1050)]),
        (["Mo-Fr 09:00-17:00; Sa 10:00-14:00"], [Period(WEEKDAYS, 540, 1020), Period(("Sa",), 600, 840)]),
        (["Mo-Fr 09:00-17:00", "Sa 10:00-14:00"], [Period(WEEKDAYS, 540, 1020), Period(("Sa",), 600, 840)]),
        (["Mo 09:00-12:00,13:00-17:00"], [Period(("Mo",), 540, 720), Period(("Mo",), 780, 1020)]),
        (["Mo,We-Fr, Su 09:00-10:00"], [Period(("Mo", "We", "Th", "Fr", "Su"), 540, 600)]),
        (["Sa-Mo 09:00-10:00"], [Period(("Sa", "Su", "Mo"), 540, 600)]),
        (["Su-Sa"], [Period(("Su", *DAYS[:6]), 0, 1440)]),
        (["Mo,Mo-Tu 09:00-10:00"], [Period(("Mo", "Tu"), 540, 600)]),
        (["Fr 22:00-02:00"], [Period(("Fr",), 1320, 120)]),
        (["PH 10:00-14:00"], [Period(("PH",), 600, 840)]),
        (["Tu"], [Period(("Tu",), 0, 1440)]),
    ],
)
def test_periods(hours: list[str], expected: list[Period]) -> None:
    assert list(periods(hours)) == expected
