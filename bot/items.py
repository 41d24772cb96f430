"""An invoice's line in one message: ``wheat 52 q 2425``, ``basmati 1121 10.5 bags @ ₹3,200/-``."""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from bot.errors import InvalidAmount, InvalidQuantity, InvalidText
from bot.i18n import _
from bot.money import amount_pattern, parse_amount
from bot.numerals import NUMERAL, ascii_digits, plain
from bot.quantity import parse_quantity
from bot.text import clean_line, shown, tidy
from bot.units import UNITS, same_unit

_OF_A_MACHINE = re.compile(r"[-+]?(?:\d+(?:\.\d*)?e[-+]?\d+|0x[0-9a-f]+)", re.IGNORECASE)
"""A number as programs write it, which no name ends in."""

_LAKH_OR_LITRE = re.compile(r"\d\s*l\b")


@dataclass(frozen=True)
class ParsedItem:
    """``quantity`` has at most three places, ``price_per_unit`` is in paise.

    ``unit`` is the partner's word in small letters, "" where none was said.
    """

    name: str
    quantity: Decimal
    price_per_unit: int
    unit: str = ""


def parse_item_line(text: str, *, currency: str = "INR") -> ParsedItem | None:
    """Name, quantity and price in one message; None when the text has not this form.

    The last two numbers are the quantity and the price, so a name may have numbers of its own
    (``1121 rice 10 3200``). One of the known units may follow the quantity (``52 q``, ``52q``),
    the price (``2425/q``, ``2425 per q``), or both.

    Raises:
        InvalidQuantity: the quantity stands where it belongs, but cannot be taken; or it is in one
            unit and the price in another.
        InvalidAmount: likewise the price.
        InvalidText: likewise the name; or the message has several items.
    """
    lines = [tidy(line) for line in text.splitlines() if tidy(line)]
    whole = [match for line in lines if (match := _form(currency).fullmatch(ascii_digits(line)))]
    if not whole:
        _refuse_numbers_of_machines(plain(lines[-1]).split() if lines else [], currency)
        return None
    if len(lines) > 1:
        raise InvalidText(_("One item in a message, please. For example: wheat 52 2425"))
    match, line = whole[0], lines[0]
    # The digits were made ASCII one for one, so the name still stands where it was typed.
    name = line[slice(*match.span("name"))].rstrip(" :;,=-")
    if not any(character.isalpha() for character in name):
        return None
    return ParsedItem(
        name=clean_line(name, field=_("item's name"), example=_("wheat")),
        quantity=parse_quantity(match["quantity"]),
        price_per_unit=parse_price(match["price"], currency=currency),
        unit=_one_unit(match["unit"], match["per"]),
    )


def _refuse_numbers_of_machines(words: list[str], currency: str) -> None:
    *between, last = words[1:] or [""]
    if _OF_A_MACHINE.fullmatch(last):
        parse_price(last, currency=currency)
    for word in filter(_OF_A_MACHINE.fullmatch, between):
        parse_quantity(word)


def _one_unit(unit: str | None, per: str | None) -> str:
    sold, priced = (unit or per or "").casefold(), (per or unit or "").casefold()
    if not same_unit(sold, priced):
        raise InvalidQuantity(
            _(
                "The quantity is in {sold} and the price is of one {priced}. Type both in the "
                "same unit, like wheat 52 q 2425."
            ).format(sold=sold, priced=priced)
        )
    return sold


def parse_price(text: str, *, currency: str = "INR") -> int:
    """The price of one unit, in paise; as :func:`bot.money.parse_amount` reads it.

    Raises:
        InvalidAmount: it is none, or ends in an ``l`` that may be a lakh or a litre.
    """
    if _LAKH_OR_LITRE.search(plain(text).casefold()):
        raise InvalidAmount(
            _(
                "The l in “{text}” can be lakh or litre. Type the price of one unit alone, like "
                "60, or with the word: 1.5 lakh."
            ).format(text=shown(text))
        )
    return parse_amount(text, currency=currency)


@cache
def _form(currency: str) -> re.Pattern[str]:
    unit = "|".join(sorted(UNITS, key=len, reverse=True))
    return re.compile(
        rf"(?P<name>\S.*?) (?P<quantity>[-+]?{NUMERAL})(?: ?(?P<unit>{unit})\.?)?"
        rf"(?: ?[x×*@] ?| - |[,;]? (?:at )?)(?P<price>[-+]?{amount_pattern(currency)})"
        rf"(?: ?(?:/|per ) ?(?P<per>{unit})\.?)?",
        re.IGNORECASE,
    )
