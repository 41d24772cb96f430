"""An invoice's line in one message: ``wheat 52 q 2425``, ``basmati 1121 10.5 bags @ ₹3,200/-``."""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from bot.errors import InvalidAmount, InvalidQuantity, InvalidText
from bot.i18n import _
from bot.money import amount_pattern, parse_amount
from bot.numerals import NUMERAL, ascii_digits, brief, plain
from bot.quantity import parse_quantity
from bot.text import clean_line, shown, tidy
from bot.units import UNITS, same_unit

_BY_ITSELF = r"(?<![\w.])(?:{})(?![^\W_])"
_OF_A_MACHINE = r"[\d.]*\de[-+]?\d+|0[xob][\da-f]+|inf(?:inity)?"
_NO_NAME = re.compile(_BY_ITSELF.format(_OF_A_MACHINE), re.IGNORECASE)
"""A number as programs write it."""

_NO_NUMBER = re.compile(_BY_ITSELF.format(rf"{_OF_A_MACHINE}|nan"), re.IGNORECASE)
"""The same, and what they write for none: where no number belongs, that is bread."""

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
    whole = [match for line in lines if (match := _form(currency).fullmatch(_by_digits(line)))]
    if not whole:
        _refuse_numbers_of_machines(lines, currency)
        return None
    if len(lines) > 1:
        raise InvalidText(_("One item in a message, please. For example: wheat 52 2425"))
    match, line = whole[0], lines[0]
    # The digits were put one for one, so all still stands where it was typed.
    name = line[slice(*match.span("name"))].rstrip(" :;,=-")
    if not is_name(name):
        return None
    return ParsedItem(
        name=clean_line(name, field=_("item's name"), example=_("wheat")),
        quantity=parse_quantity(line[slice(*match.span("quantity"))]),
        price_per_unit=parse_price(line[slice(*match.span("price"))], currency=currency),
        unit=_one_unit(match["unit"], match["per"]),
    )


def is_name(text: str) -> bool:
    """Whether there is a letter in it, other than in a number as programs write it (``1e5``)."""
    return any(character.isalpha() for character in _NO_NAME.sub("", ascii_digits(text)))


def _by_digits(line: str) -> str:
    """The line with ASCII digits, also for what programs write for a number or for none.

    "" for one that is too long for an item.
    """
    return _NO_NUMBER.sub(lambda found: "1" * len(found[0]), ascii_digits(brief(line)))


def _refuse_numbers_of_machines(lines: list[str], currency: str) -> None:
    """Where nothing else says what is meant by a number, the last one is the price."""
    for line in map(ascii_digits, map(brief, lines)):
        for found in _NO_NAME.finditer(line):
            if found.end() == len(line) and found.start():
                parse_price(found[0], currency=currency)
            elif found.start():
                parse_quantity(found[0])


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
    if _LAKH_OR_LITRE.search(plain(brief(text)).casefold()):
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
