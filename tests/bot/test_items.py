from decimal import Decimal

import pytest

from bot.errors import InvalidAmount, InvalidQuantity, InvalidText
from bot.items import ParsedItem, is_name, parse_item_line


@pytest.mark.parametrize(
    ("typed", "name", "quantity", "price"),
    [
        ("wheat 52 2425", "wheat", "52", 2425_00),
        ("wheat 52 x 2425", "wheat", "52", 2425_00),
        ("wheat 52x2425", "wheat", "52", 2425_00),
        ("wheat 52 × 2425", "wheat", "52", 2425_00),
        ("wheat 52 * 2425", "wheat", "52", 2425_00),
        ("wheat 52 @ 2425", "wheat", "52", 2425_00),
        ("wheat 52 @2425", "wheat", "52", 2425_00),
        ("wheat 52 at 2425", "wheat", "52", 2425_00),
        ("wheat, 52, 2425", "wheat", "52", 2425_00),
        ("wheat: 52 - 2425", "wheat", "52", 2425_00),
        ("Wheat 52 Rs. 2,425/-", "Wheat", "52", 2425_00),
        ("wheat .5 ₹24.50", "wheat", "0.5", 24_50),
        ("land 1 2.5 lakh", "land", "1", 250000_00),
        ("basmati rice 1121 10.5 3,200", "basmati rice 1121", "10.5", 3200_00),
        ("1121 rice 10 3200", "1121 rice", "10", 3200_00),
        ("NPK 12:32:16 5 1470", "NPK 12:32:16", "5", 1470_00),
        ("गेहूं ५२ २४२५", "गेहूं", "52", 2425_00),
        ("चावल ११२१ १० ३,२००", "चावल ११२१", "10", 3200_00),
        ("ਕਣਕ ੫੨ ੨੪੨੫", "ਕਣਕ", "52", 2425_00),
        ("گندم ۵۲ ۲۴۲۵", "گندم", "52", 2425_00),
        ("  wheat\u00a0 52 \u200b 2425\n", "wheat", "52", 2425_00),
        ("<b>wheat</b> 52 2425", "<b>wheat</b>", "52", 2425_00),
    ],
)
def test_an_item_is_read_from_one_message(typed, name, quantity, price):
    assert parse_item_line(typed) == ParsedItem(name, Decimal(quantity), price)


@pytest.mark.parametrize(
    ("typed", "name", "unit"),
    [
        ("wheat 52 kg 2425", "wheat", "kg"),
        ("wheat 52kg 2425", "wheat", "kg"),
        ("wheat 52q @ 2425", "wheat", "q"),
        ("wheat 52 Qtl. 2425", "wheat", "qtl"),
        ("wheat 52 Bags x 2425", "wheat", "bags"),
        ("box 52 box 2425", "box", "box"),
        ("wheat (q) 52 bags 2425", "wheat (q)", "bags"),
        ("gur 5 kg 52 pcs 2425", "gur 5 kg", "pcs"),
        ("गेहूं ५२ क्विंटल २४२५", "गेहूं", "क्विंटल"),
        ("گندم ۵۲ بوری ۲۴۲۵", "گندم", "بوری"),
    ],
)
def test_a_unit_after_the_quantity_is_not_the_names(typed, name, unit):
    assert parse_item_line(typed) == ParsedItem(name, Decimal(52), 2425_00, unit)


@pytest.mark.parametrize(
    ("typed", "unit"),
    [
        ("wheat 52 q @2425/q", "q"),
        ("wheat 52 q 2,425/- per Q", "q"),
        ("wheat 52 bags 2425/bag", "bags"),
        ("wheat 52 @ 2425 / q", "q"),
        ("wheat 52 2425 per qtl.", "qtl"),
    ],
)
def test_the_price_may_say_of_what_it_is(typed, unit):
    assert parse_item_line(typed) == ParsedItem("wheat", Decimal(52), 2425_00, unit)


def test_bags_are_not_priced_by_the_quintal():
    with pytest.raises(InvalidQuantity, match="in bags and the price is of one q"):
        parse_item_line("wheat 52 bags @ 2425/q")


@pytest.mark.parametrize(
    "typed",
    [
        *(
            "wheat",
            "wheat 52",
            "wheat 52 kg",
            "basmati rice 1121",
            "52 2425",
            "5 52 2425",
            "HD-2967",
        ),
        *(
            "wheat 52 sacks 2425",
            "oil 5ltr 10pcs",
            "DAP 18-46-0",
            "a\nb",
            "",
            "\u200b",
            "\ud800 x",
        ),
    ],
)
def test_anything_else_is_only_a_name(typed):
    assert parse_item_line(typed) is None


@pytest.mark.parametrize(
    "typed",
    [
        *(
            "wheat 0 2425",
            "wheat -5 2425",
            "wheat 52.1234 2425",
            "wheat 1,00,00 2425",
            "wheat ½ 2425",
        ),
        *("wheat 1_000 2425", "wheat 9999999999 2425", "wheat 1e999 2425", "wheat 0x10 2425"),
        *("wheat .5e3 2425", "wheat inf 2425", "wheat nan q 2425", "wheat 1e5 sacks 2425"),
    ],
)
def test_a_bad_quantity_in_its_place_is_refused(typed):
    with pytest.raises(InvalidQuantity):
        parse_item_line(typed)


@pytest.mark.parametrize(
    "typed",
    [
        *("wheat 52 0", "wheat 52 -5", "wheat 52 1.005", "wheat 52 1,00,00", "wheat 52 ²"),
        *("wheat 52 @ 1_000", "wheat 52 99999999999999"),
        *("wheat 52 1e999", "wheat 52 2.4E+3", "wheat १e५", "wheat 52 0b11", "wheat 52q@1e5"),
        *("wheat 52 inf", "wheat 52 -Infinity", "wheat 52 NaN", "wheat 52 ₹1e5", "wheat 52 1e5/q"),
    ],
)
def test_a_bad_price_in_its_place_is_refused(typed):
    with pytest.raises(InvalidAmount):
        parse_item_line(typed)


@pytest.mark.parametrize(
    "typed", ["1e5", "१e५", "0x10", ".5e3", "inf", "-Infinity", "52", "²", ""]
)
def test_a_number_as_programs_write_it_is_no_name(typed):
    assert not is_name(typed)
    assert parse_item_line(f"{typed} 52 2425") is None


@pytest.mark.parametrize(
    "typed", ["nan", "butter nan", "1121", "E20", "infant food", "2e", "PB 1e"]
)
def test_names_that_look_a_little_like_one(typed):
    assert parse_item_line(f"rice {typed}") is None
    assert parse_item_line(f"rice {typed} 52 2425").name == f"rice {typed}"


def test_several_items_in_a_message_are_not_mixed_up():
    with pytest.raises(InvalidText, match="One item in a message"):
        parse_item_line("wheat 52 2425\nrice 10 3200")


def test_a_name_that_is_too_long_is_refused():
    with pytest.raises(InvalidText, match="at most 80 fit"):
        parse_item_line("x" * 81 + " 52 2425")


def test_the_price_is_in_the_firms_currency():
    item = parse_item_line("wheat 52 @ $24.25", currency="USD")
    assert item == ParsedItem("wheat", Decimal(52), 24_25)
