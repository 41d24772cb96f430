"""Invoice numbers, as Rule 46 wants them, in every style that a firm may choose."""

import datetime as dt
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import NumbersUsedUp
from bot.numbering import (
    DEFAULT_NUMBERING,
    LARGEST_SERIAL,
    OURS,
    Numbering,
    counted_as,
    financial_year,
    financial_year_start,
    number_key,
)
from storage.models import NumberStyle

JOINED = NumberStyle.JOINED
ALNUM = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"

YEARS = st.integers(min_value=2000, max_value=2098)
SERIALS = st.integers(min_value=1, max_value=LARGEST_SERIAL)
NUMBERINGS = st.builds(
    Numbering,
    first_month=st.integers(1, 12),
    prefix=st.text(ALNUM, max_size=3),
    style=st.sampled_from(NumberStyle),
)


@pytest.mark.parametrize(
    ("day", "first_month", "year"),
    [
        (dt.date(2027, 3, 31), 4, 2026),
        (dt.date(2027, 4, 1), 4, 2027),
        (dt.date(2027, 6, 30), 7, 2026),
        (dt.date(2027, 7, 1), 7, 2027),
        (dt.date(2027, 1, 1), 1, 2027),
        (dt.date(2027, 12, 31), 1, 2027),
    ],
)
def test_a_day_belongs_to_the_year_that_began_last(day, first_month, year):
    assert financial_year(day, first_month) == year
    assert Numbering(first_month).year_of(day) == year
    assert financial_year_start(day, first_month) == dt.date(year, first_month, 1)


def test_the_year_begins_in_april_unless_told_otherwise():
    assert financial_year(dt.date(2026, 3, 31)) == 2025
    assert financial_year(dt.date(2026, 4, 1)) == 2026


@pytest.mark.parametrize(
    ("numbering", "year", "serial", "number"),
    [
        (DEFAULT_NUMBERING, 2026, 42, "26-27/00042"),
        (DEFAULT_NUMBERING, 2026, 99_999, "26-27/99999"),
        (DEFAULT_NUMBERING, 2026, 100_000, "26-27/100000"),
        (DEFAULT_NUMBERING, 2099, 1, "99-00/00001"),
        (Numbering(style=JOINED), 2026, 42, "2627/00042"),
        (Numbering(style=JOINED), 2020, 42, "20-21/00042"),
        (Numbering(first_month=7), 2026, 42, "26-27/00042"),
        (Numbering(first_month=1), 2026, 42, "2026/00042"),
        (Numbering(first_month=1, style=JOINED), 2026, 42, "2026/00042"),
        (Numbering(prefix="KGM"), 2026, 42, "KGM/26-27/00042"),
        (Numbering(1, "K2"), 2026, 42, "K2/2026/00042"),
        (Numbering(4, "KGM", JOINED), 2026, 1_234_567, "KGM/2627/1234567"),
    ],
)
def test_the_number_names_the_year_and_the_serial(numbering, year, serial, number):
    assert numbering.number(year, serial) == number


@pytest.mark.parametrize(
    ("numbering", "last"),
    [
        (Numbering(prefix="KGM"), "KGM/26-27/999999"),
        (Numbering(prefix="KG"), "KG/26-27/9999999"),
        (Numbering(4, "KGM", JOINED), "KGM/2627/9999999"),
        (DEFAULT_NUMBERING, "26-27/9999999"),
    ],
)
def test_after_the_last_number_that_fits_a_shorter_prefix_is_asked_for(numbering, last):
    serial = int(last.rpartition("/")[2])

    assert numbering.number(2026, serial) == last
    with pytest.raises(NumbersUsedUp, match="a shorter prefix with /firm"):
        numbering.number(2026, serial + 1)


@given(NUMBERINGS, YEARS, SERIALS)
def test_every_number_fits_rule_46(numbering, year, serial):
    try:
        number = numbering.number(year, serial)
    except NumbersUsedUp:
        assert serial > 999_999
    else:
        assert re.fullmatch(r"[A-Z0-9/-]{1,16}", number)


@given(NUMBERINGS, YEARS, st.integers(1, 999_999))
def test_every_number_is_known_as_ours_and_counts_in_its_year(numbering, year, serial):
    number = numbering.number(year, serial)
    assert OURS.fullmatch(number)
    assert counted_as(number) == DEFAULT_NUMBERING.number(year, serial)


@pytest.mark.parametrize("number", ["", "17", "OLD-00001", "KGM/2627/17", "kgm/26-27/00042"])
def test_a_number_that_is_not_ours_counts_as_it_is(number):
    assert counted_as(number) == number


@given(NUMBERINGS, YEARS, NUMBERINGS, YEARS, st.integers(1, 999_999))
def test_two_years_never_print_the_same_number_whatever_their_styles(
    one, year, other, other_year, serial
):
    same = one.number(year, serial) == other.number(other_year, serial)
    assert not same or year == other_year


@given(YEARS, SERIALS, YEARS, SERIALS)
def test_keys_sort_by_year_and_then_by_serial(year, serial, other_year, other_serial):
    one, other = (year, serial), (other_year, other_serial)
    assert (number_key(*one) < number_key(*other)) == (one < other)


@pytest.mark.parametrize("serial", [0, -1, LARGEST_SERIAL + 1])
def test_a_serial_that_would_run_into_another_year_is_refused(serial):
    with pytest.raises(ValueError, match="a serial is 1 to"):
        number_key(2026, serial)


def test_there_is_no_number_before_the_first():
    with pytest.raises(ValueError, match="a serial is at least 1"):
        DEFAULT_NUMBERING.number(2026, 0)
