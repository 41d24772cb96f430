from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.money import line_total
from storage.types import MAX_PAISE

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
def test_a_line_is_exact_to_half_a_paisa(quantity, price):
    exact = Fraction(quantity) * price
    assert -Fraction(1, 2) < line_total(quantity, price) - exact <= Fraction(1, 2)
