"""An invoice's line in one message: ``wheat 52 2425``, ``basmati 1121 10.5 q @ ₹3,200/-``."""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from bot.errors import InvalidText
from bot.i18n import _
from bot.money import amount_pattern, parse_amount
from bot.numerals import NUMERAL, ascii_digits
from bot.quantity import parse_quantity
from bot.text import clean_line, tidy

_UNITS = (
    *("kg", "kgs", "kilo", "g", "gm", "gram", "grams", "q", "qt", "qtl", "quintal", "quintals"),
    *("t", "ton", "tons", "tonne", "tonnes", "mt", "man", "mann", "maund", "maunds"),
    *("bag", "bags", "bori", "boris", "katta", "katte", "peti", "box", "boxes", "crate", "crates"),
    *("l", "ltr", "litre", "litres", "liter", "ml", "tin", "tins", "dozen", "pc", "pcs", "piece"),
    *("pieces", "pkt", "packet", "packets"),
    *("किलो", "क्विंटल", "कुंतल", "टन", "मन", "बोरी", "कट्टा", "कट्टे", "पेटी", "लीटर", "दर्जन"),
    *("ਕਿਲੋ", "ਕੁਇੰਟਲ", "ਟਨ", "ਮਣ", "ਬੋਰੀ", "ਗੱਟਾ", "ਗੱਟੇ", "ਪੇਟੀ", "ਲੀਟਰ", "ਦਰਜਨ"),
    *("کلو", "کوئنٹل", "ٹن", "من", "بوری", "پیٹی", "لیٹر", "درجن"),
)


@dataclass(frozen=True)
class ParsedItem:
    """``quantity`` has at most three places, ``price_per_unit`` is in paise."""

    name: str
    quantity: Decimal
    price_per_unit: int


def parse_item_line(text: str, *, currency: str = "INR") -> ParsedItem | None:
    """Name, quantity and price in one message; None when the text has not this form.

    The last two numbers are the quantity and the price, so a name may have numbers of its own
    (``1121 rice 10 3200``). A unit after the quantity becomes part of the name: ``wheat (kg)``.

    Raises:
        InvalidQuantity: the quantity stands where it belongs, but cannot be taken.
        InvalidAmount: likewise the price.
        InvalidText: likewise the name; or the message has several items.
    """
    lines = [tidy(line) for line in text.splitlines() if tidy(line)]
    whole = [match for line in lines if (match := _form(currency).fullmatch(ascii_digits(line)))]
    if not whole:
        return None
    if len(lines) > 1:
        raise InvalidText(_("One item in a message, please. For example: wheat 52 2425"))
    match, line = whole[0], lines[0]
    # The digits were made ASCII one for one, so the name still stands where it was typed.
    name = line[slice(*match.span("name"))].rstrip(" :;,=-")
    if not any(character.isalpha() for character in name):
        return None
    if match["unit"]:
        name = f"{name} ({match['unit'].casefold()})"
    return ParsedItem(
        name=clean_line(name, field=_("item's name"), example=_("wheat")),
        quantity=parse_quantity(match["quantity"]),
        price_per_unit=parse_amount(match["price"], currency=currency),
    )


@cache
def _form(currency: str) -> re.Pattern[str]:
    units = "|".join(sorted(map(tidy, _UNITS), key=len, reverse=True))
    return re.compile(
        rf"(?P<name>\S.*?) (?P<quantity>[-+]?{NUMERAL}) ?(?P<unit>{units})?"
        rf"(?: ?[x×*@] ?| - |[,;]? (?:at )?)(?P<price>[-+]?{amount_pattern(currency)})",
        re.IGNORECASE,
    )
