"""Quantities: decimals with at most three places, read as people type them, and printed."""

import math
from decimal import Decimal
from fractions import Fraction

from bot.errors import InvalidQuantity
from bot.i18n import _
from bot.numerals import brief, by_lakhs, plain, read_decimal
from bot.text import shown
from storage.types import quantity_text

MAX_QUANTITY = 999_999_999


def parse_quantity(text: str) -> Decimal:
    """A quantity above zero, with at most three places: ``52``, ``52.5``, ``1,250``, ``५२``.

    Raises:
        InvalidQuantity: it is none, is not above zero, has more places, or is too large.
    """
    number = plain(brief(text))
    if number.startswith("-"):
        raise InvalidQuantity(
            _(
                "A quantity cannot be negative. For goods returned, cancel their invoice and make "
                "a new one of what was kept. Type it like 5."
            )
        )
    value = read_decimal(number, InvalidQuantity)
    if value is None:
        raise InvalidQuantity(
            _("“{text}” is not a quantity. Type the number alone, like 52 or 52.5.").format(
                text=shown(text)
            )
        )
    if value == 0:
        raise InvalidQuantity(_("The quantity must be more than zero, like 52 or 52.5."))
    if value > MAX_QUANTITY:
        raise InvalidQuantity(
            _(
                "“{text}” is too much: the largest quantity that fits is {maximum}. "
                "Type it like 52 or 52.5."
            ).format(text=shown(text), maximum=format_quantity(Decimal(MAX_QUANTITY)))
        )
    thousandths = Fraction(value) * 1000
    if thousandths.denominator != 1:
        near = [_thousandths(round_(thousandths)) for round_ in (math.floor, math.ceil)]
        raise InvalidQuantity(
            _("“{text}” has more than three decimals. Did you mean {less} or {more}?").format(
                text=shown(text), less=format_quantity(near[0]), more=format_quantity(near[1])
            )
        )
    return _thousandths(int(thousandths))


def format_quantity(quantity: Decimal) -> str:
    """``52``, ``52.5``, ``1,250``, ``1,25,000``."""
    whole, dot, part = quantity_text(quantity).partition(".")
    return f"{by_lakhs(int(whole))}{dot}{part}"


def quantity_words(quantity: Decimal, unit: str) -> str:
    """``52.5 q``: the quantity, and its unit where one was said."""
    return f"{format_quantity(quantity)} {unit}".rstrip()


def _thousandths(count: int) -> Decimal:
    return Decimal(quantity_text(Decimal(count).scaleb(-3)))
