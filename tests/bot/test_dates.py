import datetime as dt
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.dates import FIRST_DAY, LAST_DAY, format_date, format_short, format_span, parse_date
from bot.errors import InvalidDate

TODAY = dt.date(2026, 8, 15)  # a Saturday
days = st.dates(min_value=FIRST_DAY, max_value=LAST_DAY)


def day(typed, **limits):
    return parse_date(typed, today=TODAY, **limits).isoformat()


@pytest.mark.parametrize(
    ("typed", "ahead"),
    [
        *((word, 0) for word in ("today", "Aaj", "आज", "ਅੱਜ", "آج")),
        *((word, 1) for word in ("tomorrow", "kal", "कल", "ਕੱਲ੍ਹ", "ਕੱਲ", "کل")),
        *((word, 2) for word in ("parso", "परसों", "ਪਰਸੋਂ", "پرسوں")),
        *((word, 15) for word in ("+15", "+ 15", "15 days", "15d", "15 din", "in 15 days")),
        *((word, 15) for word in ("१५ दिन", "੧੫ ਦਿਨ", "۱۵ دن", "１５ days", "+१५")),
        *((word, 14) for word in ("2 weeks", "2 hafte")),
        *((word, -1) for word in ("yesterday", "-1", "1 day ago")),
    ],
)
def test_a_day_is_said_in_words_or_counted_from_today(typed, ahead):
    assert day(typed) == (TODAY + dt.timedelta(days=ahead)).isoformat()


@pytest.mark.parametrize(
    ("typed", "ahead"),
    [("kal", -1), ("कल", -1), ("parso", -2), ("15 days", -15), ("+15", 15), ("yesterday", -1)],
)
def test_looking_back_kal_is_yesterday(typed, ahead):
    assert day(typed, forward=False) == (TODAY + dt.timedelta(days=ahead)).isoformat()


@pytest.mark.parametrize(
    "typed",
    [
        *(
            "3/4/26",
            "3/4/2026",
            "03.04.2026",
            "03-04-2026",
            "3 4 2026",
            "3 / 4 / 26",
            "2026-04-03",
        ),
        *("2026/4/3", "3 Apr 2026", "3 april 2026", "3rd April, 2026", "3-Apr-26", "3Apr26"),
        *(
            "Apr 3, 2026",
            "april 3 2026",
            "03.04.2026.",
            "३/४/२०२६",
            "੩-੪-੨੬",
            "۳/۴/۲۰۲۶",
            "٣۔٤۔٢٠٢٦",
        ),
        *("３／４／２０２６", "३ अप्रैल २०२६", "੩ ਅਪ੍ਰੈਲ ੨੦੨੬", "۳ اپریل ۲۰۲۶"),
    ],
)
def test_a_date_is_read_day_first(typed):
    assert day(typed) == "2026-04-03"


@pytest.mark.parametrize(
    ("typed", "month"),
    [("3 Sept", 9), ("3 सितंबर", 9), ("3 फरवरी", 2), ("3 फ़रवरी", 2), ("3 अग॰", 8), ("3 ਦਸੰ", 12)],
)
def test_months_are_known_by_long_and_short_names_in_the_scripts_of_the_market(typed, month):
    assert parse_date(typed, today=TODAY).month == month


@pytest.mark.parametrize(
    ("typed", "next_one", "last_one"),
    [
        ("3/4", "2027-04-03", "2026-04-03"),
        ("3 Sep", "2026-09-03", "2025-09-03"),
        ("15/8", "2026-08-15", "2026-08-15"),
        ("29/2", "2028-02-29", "2024-02-29"),
        ("Monday", "2026-08-17", "2026-08-10"),
        ("सोमवार", "2026-08-17", "2026-08-10"),
        ("sat", "2026-08-22", "2026-08-08"),
    ],
)
def test_what_comes_again_is_the_next_one_ahead_and_the_last_one_back(typed, next_one, last_one):
    assert day(typed) == next_one
    assert day(typed, forward=False) == last_one


def test_a_leap_day_is_found_beyond_a_century_without_one():
    today = dt.date(2097, 1, 1)
    assert parse_date("29/2", today=today, latest=dt.date.max) == dt.date(2104, 2, 29)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (
            "31-02-2026",
            "There is no 31 February 2026. Its last day is 28, for example 28-02-2026.",
        ),
        ("29/02/2027", "There is no 29 February 2027."),
        ("31/2", "There is no 31 February. Its last day is 28, for example 28/2."),
        ("0/4", "There is no 0 April."),
        ("31 June", "There is no 31 June."),
        ("4/13", "There is no month 13. The day comes first, for example 13/4."),
        ("40/50/2026", "There is no month 50."),
        ("01/01/0001", "Type a day from 1 Jan 2000 to 31 Dec 2099, for example 01-01-2000."),
        ("31/12/9999", "for example 31-12-2099."),
        ("1/1/0000", "Type a day from 1 Jan 2000"),
        ("+999999999", "Type a day from 1 Jan 2000"),
        ("+999999999 weeks", "Type a day from 1 Jan 2000"),
        ("15", "Type day and month, like 15/8, or +15 to count days"),
        ("", "Type it like 15-08-2026"),
        ("soon", "Type it like 15-08-2026"),
        ("3/4/123", "Type it like 15-08-2026"),
        ("3/4-26", "Type it like 15-08-2026"),
        ("15 bags", "Type it like 15-08-2026"),
        ("+" + "9" * 5000, "Type it like 15-08-2026"),
        ("3\ud800/4", "Type it like 15-08-2026"),
    ],
)
def test_what_is_no_day_is_refused_with_what_would_be_right(typed, said):
    with pytest.raises(InvalidDate, match=re.escape(said)):
        parse_date(typed, today=TODAY)


def test_a_day_outside_the_limits_is_refused_with_the_limits():
    limits = {"earliest": TODAY, "latest": dt.date(2026, 11, 13)}
    assert day("13/11", **limits) == "2026-11-13"
    assert day("today", **limits) == "2026-08-15"
    said = "14 Nov 2026 cannot be used here. Type a day from 15 Aug 2026 to 13 Nov 2026"
    with pytest.raises(InvalidDate, match=said):
        day("14/11", **limits)
    with pytest.raises(InvalidDate, match="for example 15-08-2026"):
        day("yesterday", **limits)


def test_a_date_is_printed_for_people():
    assert format_date(TODAY) == "15 Aug 2026"
    assert format_short(dt.date(2026, 4, 3)) == "03-04-2026"


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        ((2026, 8, 12), (2026, 8, 12), "12 Aug 2026"),
        ((2026, 8, 12), (2026, 8, 14), "12 – 14 Aug 2026"),
        ((2026, 7, 31), (2026, 8, 2), "31 Jul – 2 Aug 2026"),
        ((2026, 12, 30), (2027, 1, 1), "30 Dec 2026 – 1 Jan 2027"),
    ],
)
def test_days_that_follow_each_other_read_as_one_span(first, last, said):
    assert format_span(dt.date(*first), dt.date(*last)) == said


@given(days, days, st.booleans())
@settings(max_examples=60, deadline=None)
def test_what_is_printed_is_read_back(date, today, forward):
    for text in (format_date(date), format_short(date), date.isoformat()):
        assert parse_date(text, today=today, forward=forward) == date
