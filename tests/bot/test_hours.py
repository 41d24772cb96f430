"""Hours of the day, as a setting names them."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from bot.hours import Hours

INDIA = ZoneInfo("Asia/Kolkata")


@pytest.mark.parametrize(
    ("time", "included"),
    [
        (dt.time(9, 59, 59), False),
        (dt.time(10), True),
        (dt.time(17, 59, 59, 999_999), True),
        (dt.time(18), False),
        (dt.time(0), False),
    ],
)
def test_the_first_minute_is_among_them_and_the_last_is_not(time, included):
    moment = dt.datetime.combine(dt.date(2026, 8, 1), time, INDIA)
    assert Hours.read("10:00-18:00").include(moment) is included


def test_they_are_written_as_they_are_read():
    assert str(Hours.read("9:30 - 17:05")) == "09:30-17:05"
