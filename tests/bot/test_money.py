import re
from decimal import Decimal
from fractions import Fraction

import pytest
from babel.numbers import format_decimal
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.errors import InvalidAmount
from bot.money import format_amount, format_plain, line_total, parse_amount
from storage.types import MAX_PAISE

cheaply = settings(max_examples=60, deadline=None)
quantities = st.decimals(min_value="0.001", max_value="999999999", places=3)
amounts = st.integers(min_value=1, max_value=MAX_PAISE)


@pytest.mark.parametrize(
    ("quantity", "price", "total"),
    [
        ("52", 2425_00, 126100_00),
        ("0.5", 1, 1),
        ("0.5", 3, 2),
        ("0.499", 1, 0),
        ("1.005", 100, 101),
        ("999999999", MAX_PAISE, 999999999 * MAX_PAISE),
    ],
)
def test_a_line_is_quantity_times_price_rounded_half_up_to_a_paisa(quantity, price, total):
    assert line_total(Decimal(quantity), price) == total


@given(quantities, amounts)
@cheaply
def test_a_line_is_exact_to_half_a_paisa(quantity, price):
    exact = Fraction(quantity) * price
    assert -Fraction(1, 2) < line_total(quantity, price) - exact <= Fraction(1, 2)


@pytest.mark.parametrize(
    ("typed", "paise"),
    [
        ("500", 500_00),
        (" 500 ", 500_00),
        ("₹500/-", 500_00),
        ("₹ 500/-", 500_00),
        ("₹\u00a0500", 500_00),
        ("Rs. 500", 500_00),
        ("Rs.500", 500_00),
        ("rs 500 only", 500_00),
        ("500 rupees", 500_00),
        ("INR 500", 500_00),
        ("रु. ५००/-", 500_00),
        ("500 روپے", 500_00),
        ("0.01", 1),
        (".5", 50),
        ("500.", 500_00),
        ("1.50", 1_50),
        ("0.500", 50),
        ("1.5000", 1_50),
        ("1,250.500", 1_250_50),
        ("007", 7_00),
    ],
)
def test_an_amount_is_read_with_and_without_the_word_for_rupees(typed, paise):
    assert parse_amount(typed) == paise


@pytest.mark.parametrize("typed", ["1,25,000", "125,000", "125000", "१,२५,०००", "1٬25٬000"])
def test_thousands_are_grouped_by_lakhs_or_by_thousands(typed):
    assert parse_amount(typed) == 125000_00


@pytest.mark.parametrize(
    ("typed", "rupees"),
    [
        ("10k", 10_000),
        ("50 hazar", 50_000),
        ("50 हज़ार", 50_000),
        ("2.5 lakh", 2_50_000),
        ("1.25L", 1_25_000),
        ("1.25 ਲੱਖ", 1_25_000),
        ("1.25 لاکھ", 1_25_000),
        ("₹2 crore/-", 2_00_00_000),
        ("1.23456 lakh", 1_23_456),
    ],
)
def test_an_amount_is_read_in_thousands_lakhs_and_crores(typed, rupees):
    assert parse_amount(typed) == rupees * 100


@pytest.mark.parametrize("typed", ["१२३", "੧੨੩", "١٢٣", "۱۲۳", "１２３"])
def test_an_amount_is_read_in_the_digits_of_any_script(typed):
    assert parse_amount(typed) == 123_00


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "not an amount"),
        ("five", "not an amount"),
        ("1e999", "not an amount"),
        ("inf", "not an amount"),
        ("NaN", "not an amount"),
        ("1_000", "not an amount"),
        ("²", "not an amount"),
        ("1²", "not an amount"),
        ("½", "not an amount"),
        ("5 00", "not an amount"),
        ("5\ud80000", "not an amount"),
        ("$500", "not an amount"),
        ("0", "more than zero"),
        ("0.00", "more than zero"),
        ("-5", "negative. For goods returned, cancel their invoice"),
        ("−5", "negative"),
        ("₹-5", "negative"),
        ("-₹500.00", "negative"),
        ("1,00,00", "not where they belong"),
        ("1,,000", "not where they belong"),
        ("123,45,678", "not where they belong"),
        ("0,50,000", "not where they belong"),
        ("0,500", "Did you mean 0.500?"),
        ("1.2.3", "not where they belong"),
        ("1.234,56", "Did you mean 1,234.56?"),
        ("1.25.000", "Did you mean 1,25,000?"),
        ("500,50", "Did you mean 500.50?"),
        ("1.005", "Did you mean 1.00 or 1.01 or 1,005?"),
        ("5.000", "Did you mean 5.00 or 5,000?"),
        ("125.500", "Did you mean 125.50 or 125,500?"),
        ("1.2345", "Did you mean 1.23 or 1.24?"),
        ("1.00000015 lakh", "Did you mean 1,00,000.01 or 1,00,000.02?"),
        ("1" + "0" * 18, "the most that fits is ₹99,99,99,99,999.99"),
        ("9" * 200, "the most that fits"),
        ("100000 crore", "the most that fits"),
    ],
)
def test_what_is_no_clear_amount_is_refused_with_what_would_be_right(typed, said):
    with pytest.raises(InvalidAmount, match=re.escape(said)):
        parse_amount(typed)


def test_three_decimals_are_clear_where_the_unit_is_a_thousand_or_more():
    assert parse_amount("1.250 lakh") == 1_25_000_00


def test_zero_is_taken_where_it_is_allowed():
    assert parse_amount("0", allow_zero=True) == 0


def test_the_maximum_is_the_largest_amount_taken():
    assert parse_amount("500", maximum=500_00) == 500_00
    with pytest.raises(InvalidAmount, match=r"₹500\.00"):
        parse_amount("500.01", maximum=500_00)


def test_another_currency_is_read_with_its_own_sign_and_not_with_rupees():
    assert parse_amount("$1,250.50", currency="USD") == 1250_50
    assert parse_amount("USD 500", currency="USD") == 500_00
    with pytest.raises(InvalidAmount):
        parse_amount("Rs 500", currency="USD")


@pytest.mark.parametrize(
    ("paise", "currency", "text"),
    [
        (0, "INR", "₹0.00"),
        (5, "INR", "₹0.05"),
        (125000_50, "INR", "₹1,25,000.50"),
        (-500_00, "INR", "-₹500.00"),
        (125000_50, "PKR", "Rs 1,25,000.50"),
        (-1_00, "PKR", "-Rs 1.00"),
        (125000_50, "USD", "$125,000.50"),
        (125000_50, "AED", "AED 125,000.50"),
        (MAX_PAISE, "INR", "₹99,99,99,99,999.99"),
    ],
)
def test_an_amount_is_printed_with_sign_grouping_and_two_decimals(paise, currency, text):
    assert format_amount(paise, currency) == text


def test_a_plain_amount_has_no_sign_of_currency():
    assert format_plain(125000_50) == "1,25,000.50"
    assert format_plain(125000_50, "USD") == "125,000.50"


@cheaply
@given(amounts)
def test_it_is_grouped_as_unicodes_own_patterns_group_it(paise):
    rupees = Decimal(paise).scaleb(-2)
    assert format_plain(paise) == format_decimal(rupees, "#,##,##0.00", locale="en")
    assert format_plain(paise, "USD") == format_decimal(rupees, "#,##0.00", locale="en")


@given(amounts, st.sampled_from(["INR", "PKR", "NPR", "BDT", "USD", "EUR", "AED", "CHF"]))
@cheaply
def test_what_is_printed_is_read_back(paise, currency):
    assert parse_amount(format_amount(paise, currency), currency=currency) == paise
    assert parse_amount(format_plain(paise, currency), currency=currency) == paise
