"""Invoice numbers, as Rule 46 wants them."""

import datetime as dt
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.numbering import LARGEST_SERIAL, financial_year, invoice_number, number_key

YEARS = st.integers(min_value=2000, max_value=2098)
SERIALS = st.integers(min_value=1, max_value=LARGEST_SERIAL)


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


def test_the_year_begins_in_april_unless_told_otherwise():
    assert financial_year(dt.date(2026, 3, 31)) == 2025
    assert financial_year(dt.date(2026, 4, 1)) == 2026


@pytest.mark.parametrize(
    ("year", "serial", "number"),
    [
        (2026, 42, "26-27/00042"),
        (2026, 99_999, "26-27/99999"),
        (2026, 100_000, "26-27/100000"),
        (2099, 1, "99-00/00001"),
    ],
)
def test_the_number_names_both_years_and_the_serial(year, serial, number):
    assert invoice_number(year, serial) == number


@given(YEARS, SERIALS)
def test_every_number_fits_rule_46(year, serial):
    assert re.fullmatch(r"[A-Z0-9/-]{1,16}", invoice_number(year, serial))


@given(YEARS, SERIALS, YEARS, SERIALS)
def test_keys_sort_by_year_and_then_by_serial(year, serial, other_year, other_serial):
    one, other = (year, serial), (other_year, other_serial)
    assert (number_key(*one) < number_key(*other)) == (one < other)
    assert (invoice_number(*one) == invoice_number(*other)) == (one == other)


@pytest.mark.parametrize("serial", [0, -1, LARGEST_SERIAL + 1])
def test_a_serial_that_would_run_into_another_year_is_refused(serial):
    with pytest.raises(ValueError, match="a serial is 1 to"):
        number_key(2026, serial)
    with pytest.raises(ValueError, match="a serial is 1 to"):
        invoice_number(2026, serial)
