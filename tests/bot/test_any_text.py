"""Whatever is typed is a value or a sentence for the person, never a traceback."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.dates import parse_date
from bot.errors import UserError
from bot.items import parse_item_line
from bot.money import parse_amount
from bot.phones import format_phone, mask_phone, parse_phone, telegram_phone
from bot.quantity import parse_quantity
from bot.text import clean_line, fold_name, parse_email, safe_file_name
from bot.units import parse_quantity_and_unit

PARSERS = {
    "amount": parse_amount,
    "quantity": parse_quantity,
    "quantity and unit": parse_quantity_and_unit,
    "date": lambda text: parse_date(text, today=dt.date(2026, 8, 15)),
    "past date": lambda text: parse_date(text, today=dt.date(2026, 8, 15), forward=False),
    "phone": lambda text: parse_phone(text, "IN"),
    "mobile": lambda text: parse_phone(text, "PK", mobile=True),
    "printed phone": format_phone,
    "masked phone": mask_phone,
    "telegram phone": telegram_phone,
    "line": lambda text: clean_line(text, field="name"),
    "name": fold_name,
    "email": parse_email,
    "file name": lambda text: safe_file_name(text, "file"),
    "item": parse_item_line,
}
# Whatever there is, lone surrogates too; and what nearly is a number, a date, an item.
everything = st.text(st.characters(exclude_categories=()))
nearly = st.text("0123456789५۳²½.,-+/@x ₹kl'_:;()aw\n\u200b\u0301\ud800", max_size=24)
texts = st.one_of(everything, nearly, nearly.map("wheat 5 {}".format))

LONG = [
    unit * 5000 for unit in ("9", "1 ", "a 1 ", "1,", "+", "a@", "a.", "\u0301", "\ud800", "x")
]


def sentence(parse, text):
    """What the person is told, "" when the text was read."""
    try:
        parse(text)
    except UserError as refused:
        return str(refused)
    return ""


@pytest.mark.parametrize("parse", PARSERS.values(), ids=PARSERS)
@given(text=texts)
@settings(max_examples=60, deadline=None)
def test_any_text_is_a_value_or_a_sentence(parse, text):
    sentence(parse, text).encode()


@pytest.mark.parametrize("parse", PARSERS.values(), ids=PARSERS)
def test_a_very_long_text_is_a_value_or_a_short_sentence(parse):
    for text in LONG:
        assert len(sentence(parse, text)) < 300
