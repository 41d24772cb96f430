import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.calendar import month_grid, month_title, neighbours, weekday_titles


def test_a_month_stands_in_weeks_from_monday():
    weeks = month_grid(2026, 8)  # it begins on a Saturday
    assert weeks[0] == [None] * 5 + [dt.date(2026, 8, 1), dt.date(2026, 8, 2)]
    assert weeks[-1] == [dt.date(2026, 8, 31)] + [None] * 6


@given(st.integers(2000, 2099), st.integers(1, 12))
@settings(max_examples=60, deadline=None)
def test_every_day_of_a_month_stands_once_under_its_weekday(year, month):
    weeks = month_grid(year, month)
    days = [day for week in weeks for day in week if day]
    assert days[0] == dt.date(year, month, 1)
    assert days == [days[0] + dt.timedelta(days=number) for number in range(len(days))]
    assert (days[-1] + dt.timedelta(days=1)).day == 1
    assert all(len(week) == 7 for week in weeks)
    assert all(day.weekday() == at for week in weeks for at, day in enumerate(week) if day)


def test_a_month_and_its_weekdays_have_names():
    assert month_title(2026, 8) == "August 2026"
    assert weekday_titles() == ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"]


@pytest.mark.parametrize(
    ("earliest", "latest", "before", "after"),
    [
        ((2026, 1, 1), (2027, 1, 1), (2026, 7, 1), (2026, 9, 1)),
        ((2026, 7, 31), (2026, 9, 1), (2026, 7, 1), (2026, 9, 1)),
        ((2026, 8, 1), (2026, 8, 31), None, None),
        ((2026, 8, 15), (2026, 8, 20), None, None),
    ],
)
def test_a_month_has_neighbours_while_they_have_days_within_the_limits(
    earliest, latest, before, after
):
    found = neighbours(2026, 8, earliest=dt.date(*earliest), latest=dt.date(*latest))
    assert found == (before and dt.date(*before), after and dt.date(*after))
