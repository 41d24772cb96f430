"""A quantity with its unit, as it is typed where only that was asked."""

import re
from decimal import Decimal

import pytest

from bot.errors import InvalidQuantity
from bot.units import UNIT_LIMIT, UNITS, parse_quantity_and_unit, same_unit


@pytest.mark.parametrize(
    ("typed", "quantity", "unit"),
    [
        ("52", "52", ""),
        ("52 q", "52", "q"),
        ("52q", "52", "q"),
        ("52 Qtl.", "52", "qtl"),
        ("10.5 quintal", "10.5", "quintal"),
        ("1,25,000 KG", "125000", "kg"),
        ("20 बोरी", "20", "बोरी"),
        ("२० क्विंटल", "20", "क्विंटल"),
        ("੨੦ ਗੱਟੇ", "20", "ਗੱਟੇ"),
        ("۲۰ بوری", "20", "بوری"),
        ("٥٢٫٥ کلو", "52.5", "کلو"),
        ("  52 \u200b kg \n", "52", "kg"),
    ],
)
def test_the_unit_is_the_word_after_the_number(typed, quantity, unit):
    assert parse_quantity_and_unit(typed) == (Decimal(quantity), unit)


@pytest.mark.parametrize("word", ["sacks", "trolley", "नग", "ਟਰਾਲੀ", "ٹرالی", "x" * UNIT_LIMIT])
def test_any_one_word_is_a_unit(word):
    assert word not in UNITS
    assert parse_quantity_and_unit(f"52 {word}") == (Decimal(52), word)


@pytest.mark.parametrize("word", sorted(UNITS))
def test_whatever_is_a_unit_in_one_message_is_one_here(word):
    assert parse_quantity_and_unit(f"52{word}") == (Decimal(52), word)


@pytest.mark.parametrize(
    "typed",
    [
        "5 lakh",
        "5 laakh",
        "5 sau",
        "2 million",
        "5lakh",
        "5 Lac",
        "500k",
        "2 crore",
        "५ लाख",
        "੫ ਲੱਖ",
        "۵ لاکھ",
        "52 rs",
        "52 ₹",
    ],
)
def test_a_multiple_or_a_currency_is_no_unit(typed):
    with pytest.raises(InvalidQuantity, match="could be an amount of money"):
        parse_quantity_and_unit(typed)


def test_what_is_money_depends_on_the_firms_currency():
    assert parse_quantity_and_unit("52 rs", currency="USD") == (Decimal(52), "rs")
    with pytest.raises(InvalidQuantity, match="could be an amount of money"):
        parse_quantity_and_unit("52 USD", currency="USD")


def test_a_litre_is_a_litre_though_money_has_an_l_too():
    assert parse_quantity_and_unit("5 l") == (Decimal(5), "l")


@pytest.mark.parametrize("unit", ["x", "🌾", "-kg", "b<g>", "x" * (UNIT_LIMIT + 1)])
def test_what_is_no_word_is_no_unit(unit):
    with pytest.raises(InvalidQuantity, match="cannot be a unit: that is one word of 2 to 12"):
        parse_quantity_and_unit(f"52 {unit}")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "“” is not a quantity. Type the number, and its unit in one word after it"),
        ("many", "“many” is not a quantity"),
        ("52 big bags", "“52 big bags” is not a quantity"),
        ("bags 52", "“bags 52” is not a quantity"),
        ("52 bags2", "“52 bags2” is not a quantity"),
        ("52 2425", "“52 2425” is not a quantity"),
        ("1e3", "“1e3” is not a quantity"),
        ("0 q", "more than zero"),
        ("-5 q", "negative"),
        ("- 5", "negative"),
        ("1,25 q", "Did you mean 1.25?"),
        ("1.2345 q", "Did you mean 1.234 or 1.235?"),
        ("9999999999 q", "99,99,99,999"),
    ],
)
def test_what_is_no_clear_quantity_is_refused_with_what_would_be_right(typed, said):
    with pytest.raises(InvalidQuantity, match=re.escape(said)):
        parse_quantity_and_unit(typed)


@pytest.mark.parametrize(
    ("one", "other"),
    [("bag", "bags"), ("q", "quintal"), ("बोरी", "bori"), ("sacks", "sacks"), ("", "")],
)
def test_two_words_for_one_unit(one, other):
    assert same_unit(one, other)
    assert same_unit(other, one)


@pytest.mark.parametrize(("one", "other"), [("q", "bags"), ("kg", "g"), ("q", ""), ("sacks", "")])
def test_a_price_of_one_unit_is_not_that_of_another(one, other):
    assert not same_unit(one, other)
    assert not same_unit(other, one)
