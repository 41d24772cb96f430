"""The days that are offered, and what is in them."""

import datetime as dt

import pytest

from bot.export.period import Period, last_month, last_year, this_month, this_year

APRIL, JULY, JANUARY = 4, 7, 1


def day(text):
    return dt.date.fromisoformat(text)


def test_a_month_is_up_to_today_and_the_one_before_is_whole():
    assert this_month(day("2026-03-05")) == Period(day("2026-03-01"), day("2026-03-05"))
    assert last_month(day("2026-03-31")) == Period(day("2026-02-01"), day("2026-02-28"))
    assert last_month(day("2026-01-01")) == Period(day("2025-12-01"), day("2025-12-31"))


@pytest.mark.parametrize(
    ("today", "first_month", "this", "last"),
    [
        ("2026-03-31", APRIL, "2025-04-01", ("2024-04-01", "2025-03-31")),
        ("2026-04-01", APRIL, "2026-04-01", ("2025-04-01", "2026-03-31")),
        ("2026-08-01", JULY, "2026-07-01", ("2025-07-01", "2026-06-30")),
        ("2026-08-01", JANUARY, "2026-01-01", ("2025-01-01", "2025-12-31")),
    ],
)
def test_a_financial_year_is_the_firms(today, first_month, this, last):
    today = day(today)
    assert this_year(today, first_month) == Period(day(this), today)
    assert last_year(today, first_month) == Period(*map(day, last))


def test_both_of_its_ends_are_in_it():
    period = Period(day("2026-04-01"), day("2026-06-30"))

    assert [text for text in DAYS if day(text) in period] == ["2026-04-01", "2026-06-30"]
    assert [text for text in DAYS if period.is_after(day(text))] == ["2026-03-31"]


DAYS = ("2026-03-31", "2026-04-01", "2026-06-30", "2026-07-01")


def test_without_ends_every_day_is():
    assert all(day(text) in Period() and not Period().is_after(day(text)) for text in DAYS)
