"""Ranges of days, as people type them."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.date_range import parse_date_range
from bot.errors import InvalidDate

TODAY = dt.date(2026, 8, 1)
JANUARY = dt.date(2027, 1, 15)


def read(text: str, today: dt.date = TODAY) -> str:
    return "{} {}".format(*parse_date_range(text, today=today))


@pytest.mark.parametrize(
    "text",
    [
        "1/4 - 30/6",
        "1/4-30/6",
        "1-4-30-6",
        "1/4/26-30/6/26",
        "1-4-2026 - 30-6-2026",
        "2026-04-01 - 2026-06-30",
        "1/4 – 30/6",
        "1/4..30/6",
        "1/4 TO 30/6",
        "from 1 april till 30 june",
        "1 apr se 30 jun tak",
        "1 अप्रैल से 30 जून तक",
        "१/४ - ३०/६",
        "april - june",
        "Apr-Jun",
        "april 2026 to 30/6",
    ],
)
def test_two_ends_with_whatever_stands_between_them(text):
    assert read(text) == "2026-04-01 2026-06-30"


@pytest.mark.parametrize(
    "text", ["1 sep - 30 sep", "from 1 September till 30 September", "1 sept se 30 sept tak"]
)
def test_no_small_word_is_taken_out_of_a_month(text):
    assert read(text, JANUARY) == "2026-09-01 2026-09-30"


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("april", "2026-04-01 2026-04-30"),
        ("April 2025", "2025-04-01 2025-04-30"),
        ("अप्रैल", "2026-04-01 2026-04-30"),
        ("dec", "2025-12-01 2025-12-31"),
        ("feb 2024", "2024-02-01 2024-02-29"),
        ("2025-26", "2025-04-01 2026-03-31"),
        ("2024-25 to 2025-26", "2024-04-01 2026-03-31"),
    ],
)
def test_a_month_or_a_financial_year_is_a_range(text, days):
    assert read(text) == days


@pytest.mark.parametrize(
    ("first_month", "days"),
    [
        (7, "2024-07-01 2025-06-30"),
        (3, "2024-03-01 2025-02-28"),
        (1, "2024-01-01 2025-12-31"),
    ],
)
def test_a_financial_year_begins_when_the_firms_does(first_month, days):
    read = parse_date_range("2024-25", today=TODAY, first_month=first_month)
    assert "{} {}".format(*read) == days


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("1/4", "2026-04-01"),
        ("since 1/4", "2026-04-01"),
        ("kal", "2026-07-31"),
        ("-9", "2026-07-23"),
    ],
)
def test_one_day_begins_a_range_that_goes_on_until_today(text, first):
    assert read(text) == f"{first} 2026-08-01"


@pytest.mark.parametrize("text", ["aug", "1/8 - 31/8", "2026-27 - today", "july to 31/12/2026"])
def test_nothing_goes_beyond_today(text):
    assert read(text).endswith(" 2026-08-01")


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("nov - feb", "2026-11-01 2027-01-15"),
        ("1/12 - 10/1", "2026-12-01 2027-01-10"),
        ("1/12 - 31/1", "2026-12-01 2027-01-15"),
        ("1/4 - 30/6/25", "2025-04-01 2025-06-30"),
        ("1/4/25 - 31/3", "2025-04-01 2026-03-31"),
        ("dec - feb 2024", "2023-12-01 2024-02-29"),
    ],
)
def test_a_year_left_open_is_the_one_that_makes_it_a_range(text, days):
    assert read(text, JANUARY) == days


@pytest.mark.parametrize(
    "text",
    [
        "",
        "soon",
        "1/4 -",
        "- -",
        "1/4 - 2/4 - 3/4",
        "99/99",
        "1/4 - 31/6",
        "april 0000",
        "april 1926",
        "2025-27",
        "30/6/26 - 1/4/26",
        "today - yesterday",
        "5/8/2026",
    ],
)
def test_what_is_none_is_said_with_an_example(text):
    with pytest.raises(InvalidDate) as refused:
        read(text)
    assert any(word in str(refused.value) for word in ("example", "e.g.", "like"))


@pytest.mark.parametrize("text", ["31-02-2026", "31-02-2026 - 1-4-2026", "1/2 - 31/2"])
def test_a_day_that_the_calendar_lacks_is_named(text):
    with pytest.raises(InvalidDate, match=r"There is no 31 February.* Its last day is 28"):
        read(text)


def test_a_day_to_come_is_not_offered_as_an_example():
    with pytest.raises(InvalidDate, match="Type it like 1/4/26 - 30/6/26, april or 2025-26"):
        parse_date_range("whenever", today=dt.date(2026, 8, 1))


def test_what_can_be_read_in_two_ways_is_not_guessed():
    with pytest.raises(InvalidDate, match="1/4/26 - 30/6/26"):
        read("1-4-5-6-7")


ENDS = st.one_of(
    st.dates(dt.date(1999, 1, 1), dt.date(2100, 1, 1)).map("{:%d/%m/%Y}".format),
    st.dates(dt.date(2024, 1, 1), dt.date(2024, 12, 31)).map("{:%d/%m}".format),
    st.sampled_from(["feb", "feb 2024", "2023-24", "aaj", "kal", "monday", "+9", "-400", "29/2"]),
    st.text(max_size=9),
)


@given(
    ENDS,
    st.sampled_from([" - ", "-", " to ", " "]),
    ENDS,
    st.dates(dt.date(2001, 1, 1), dt.date(2098, 1, 1)),
)
def test_whatever_is_typed_is_a_range_up_to_today_or_is_refused(begins, between, ends, today):
    try:
        first, last = parse_date_range(begins + between + ends, today=today)
    except InvalidDate:
        return
    assert dt.date(2000, 1, 1) <= first <= last <= today
