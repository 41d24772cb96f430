import re
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.errors import InvalidQuantity
from bot.quantity import format_quantity, parse_quantity, quantity_words
from storage.models import InvoiceItem

quantities = st.decimals(min_value="0.001", max_value="999999999", places=3)


@pytest.mark.parametrize(
    ("typed", "quantity"),
    [
        ("52", "52"),
        (" 52.5 ", "52.5"),
        ("52.5000", "52.5"),
        (".001", "0.001"),
        ("1,250", "1250"),
        ("1,25,000", "125000"),
        ("125,000.125", "125000.125"),
        ("५२", "52"),
        ("੫੨", "52"),
        ("٥٢٫٥", "52.5"),
        ("۵۲", "52"),
        ("５２", "52"),
        ("999,999,999", "999999999"),
    ],
)
def test_a_quantity_is_read_exactly(typed, quantity):
    assert str(parse_quantity(typed)) == quantity


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "not a quantity"),
        ("many", "not a quantity"),
        ("52 kg", "the number alone"),
        ("1e3", "not a quantity"),
        ("inf", "not a quantity"),
        ("NaN", "not a quantity"),
        ("1_000", "not a quantity"),
        ("²", "not a quantity"),
        ("½", "not a quantity"),
        ("0", "more than zero"),
        ("0.000", "more than zero"),
        ("-5", "negative. For goods returned, cancel their invoice"),
        ("–5", "negative"),
        ("1,00,00", "not where they belong"),
        ("1,25", "Did you mean 1.25?"),
        ("1.234,5", "Did you mean 1,234.5?"),
        ("1.2345", "Did you mean 1.234 or 1.235?"),
        ("999999999.001", "99,99,99,999"),
        ("9" * 200, "99,99,99,999"),
    ],
)
def test_what_is_no_clear_quantity_is_refused_with_what_would_be_right(typed, said):
    with pytest.raises(InvalidQuantity, match=re.escape(said)):
        parse_quantity(typed)


@pytest.mark.parametrize(
    ("quantity", "text"),
    [("52", "52"), ("52.50", "52.5"), ("1250", "1,250"), ("125000.125", "1,25,000.125")],
)
def test_a_quantity_is_printed_without_idle_zeros(quantity, text):
    assert format_quantity(Decimal(quantity)) == text


@pytest.mark.parametrize(
    ("quantity", "unit", "words"),
    [("52", "q", "52 q"), ("1250.50", "बोरी", "1,250.5 बोरी"), ("10", "", "10")],
)
def test_a_quantity_is_read_out_with_its_unit(quantity, unit, words):
    assert quantity_words(Decimal(quantity), unit) == words


@given(quantities)
@settings(max_examples=60, deadline=None)
def test_what_is_printed_is_read_back_and_fits_an_invoice(quantity):
    read = parse_quantity(format_quantity(quantity))
    assert read == quantity
    item = InvoiceItem(item_name="wheat", quantity=read, price_per_unit=1, total_price=1)
    assert item.quantity == quantity
