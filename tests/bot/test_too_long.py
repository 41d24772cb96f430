"""What is typed as a number, a date, a range, a quantity or an item line is short.

A pattern, or a line that is cut at every dash, takes the square of its length and more; a message
has up to 4096 characters, and whatever reads it holds up everybody else. So longer text is refused
before any work, in the words of whoever would have read it.
"""

import datetime as dt

import pytest

from bot import date_range
from bot.date_range import parse_date_range
from bot.dates import parse_date
from bot.errors import InvalidDate, InvalidInput, InvalidText
from bot.items import parse_item_line, parse_price
from bot.methods import parse_money, parse_reference
from bot.money import parse_amount
from bot.numerals import LONGEST
from bot.quantity import parse_quantity
from bot.text import clean_line
from bot.units import parse_quantity_and_unit

TODAY = dt.date(2026, 8, 15)
ZEROS, BLANKS = "0" * LONGEST, " " * LONGEST

READ = {
    "amount": (parse_amount, "{zeros}500", "Type it like 500"),
    "price": (parse_price, "{zeros}2425", "Type it like 500"),
    "money": (lambda text: parse_money(text, currency="INR"), "{zeros}500", "Type it like 500"),
    "money with its method": (
        lambda text: parse_money(text, currency="INR"),
        "{zeros}500 upi",
        "Type it like 500",
    ),
    "quantity": (parse_quantity, "{zeros}52", "like 52 or 52.5"),
    "quantity and unit": (parse_quantity_and_unit, "{zeros}52 q", "like 52 or 52 q"),
    "date": (lambda text: parse_date(text, today=TODAY), "15{blanks}Aug", "like 15-08-2026"),
    "range": (
        lambda text: parse_date_range(text, today=TODAY),
        "1/4{blanks}- 30/6",
        "like 1/4/26 - 30/6/26",
    ),
}
"""Who reads it; what they would read but for its length; and what they say is right."""


@pytest.mark.parametrize(("parse", "text", "example"), READ.values(), ids=READ)
def test_what_is_too_long_is_refused_with_an_example(parse, text, example):
    assert parse(text.format(zeros="", blanks=" "))
    with pytest.raises(InvalidInput) as refused:
        parse(text.format(zeros=ZEROS, blanks=BLANKS))
    assert example in str(refused.value)
    assert len(str(refused.value)) < LONGEST


def test_no_item_line_is_too_long():
    assert parse_item_line("wheat 52 2425")
    assert parse_item_line(f"wheat 52 {ZEROS}2425") is None
    assert parse_item_line(f"{'w' * LONGEST} 1e5") is None


def test_what_is_too_long_is_not_left_out_beside_an_item():
    with pytest.raises(InvalidText, match="One item in a message"):
        parse_item_line(f"wheat 52 2425\nrice 10 {ZEROS}3200")


def test_the_longest_that_there_are_are_read():
    """A name of 80 letters, and all that may follow it at its longest."""
    line = (
        f"{'w' * 80} 9,99,99,999.125 quintals. at ₹ 10,00,00,000.50 rupaye /- only per quintals."
    )
    item = parse_item_line(line)
    assert item is not None
    assert (item.unit, item.price_per_unit) == ("quintals", 10_00_00_000_50)
    first, last = parse_date_range("from 1st september 2025 till 31st december 2025", today=TODAY)
    assert (first, last) == (dt.date(2025, 9, 1), dt.date(2025, 12, 31))


@pytest.mark.parametrize("unit", ["-", "15-", "a-", " - ", "15 to ", "kal..", "1/4 se "])
def test_however_often_a_range_is_cut_few_dates_are_looked_for(monkeypatch, unit):
    looked_for = []

    def look(text, **named):
        looked_for.append(text)
        return parse_date(text, **named)

    monkeypatch.setattr(date_range, "parse_date", look)
    with pytest.raises(InvalidDate, match="1/4/26 - 30/6/26"):
        parse_date_range((unit * LONGEST)[:LONGEST], today=TODAY)
    assert len(looked_for) <= 12


@pytest.mark.parametrize(
    ("keep", "limit"),
    [
        (lambda text: clean_line(text, field="name"), 80),
        (parse_reference, 40),
        (lambda text: parse_money(f"500 upi {text}", currency="INR"), 40),
    ],
    ids=["name", "reference", "money's reference"],
)
def test_what_is_kept_as_text_says_how_long_it_may_be(keep, limit):
    with pytest.raises(InvalidText, match=f"has 4096 characters; at most {limit} fit"):
        keep("x" * 4096)
