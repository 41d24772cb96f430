"""Money: the one place that multiplies it, reads it as people type it, and prints it.

An amount is an ``int`` of paise, the minor unit; no float ever touches it.
"""

import math
import re
from decimal import Decimal
from fractions import Fraction
from functools import cache

from babel.numbers import get_currency_symbol

from bot.errors import InvalidAmount
from bot.i18n import _
from bot.numerals import NUMERAL, brief, by_lakhs, plain, read_decimal, swapped
from bot.text import shown
from storage.types import MAX_PAISE

# Babel groups the rupee of Pakistan the Western way, and has no sign for it in English.
_SIGNS = {"INR": "₹", "PKR": "Rs ", "NPR": "Rs ", "LKR": "Rs ", "BDT": "৳"}
_RUPEES = frozenset({"INR", "PKR", "NPR", "LKR"})
_RUPEE_WORDS = (
    *("₹", "₨", "rupees", "rupee", "rupaye", "rupay", "rs", "re"),
    *("रुपये", "रुपए", "रुपया", "रु", "रू", "ਰੁਪਏ", "ਰੁਪਈਏ", "ਰੁ", "روپے", "روپیہ"),
)
_FACTORS = {
    1_000: ("k", "thousand", "hazar", "hazaar", "हज़ार", "हजार", "ਹਜ਼ਾਰ", "ਹਜਾਰ", "ہزار"),
    1_00_000: ("l", "lakh", "lakhs", "lac", "lacs", "लाख", "ਲੱਖ", "لاکھ"),
    1_00_00_000: ("cr", "crore", "crores", "करोड़", "करोड", "ਕਰੋੜ", "کروڑ"),
}
_FACTOR_OF = {plain(word): factor for factor, words in _FACTORS.items() for word in words}


def line_total(quantity: Decimal, price_per_unit: int) -> int:
    """``quantity × price_per_unit`` (paise) rounded half up to a whole paisa.

    Integers all the way, so the result owes nothing to the precision of a decimal context.
    """
    numerator, denominator = quantity.as_integer_ratio()
    return (2 * numerator * price_per_unit + denominator) // (2 * denominator)


def parse_amount(
    text: str, *, allow_zero: bool = False, maximum: int = MAX_PAISE, currency: str = "INR"
) -> int:
    """An amount in paise: ``500``, ``₹500/-``, ``1,25,000``, ``1.25 lakh``, ``50k``, ``५००``.

    Raises:
        InvalidAmount: it is none, is negative, is zero (unless allowed), is finer than a paisa,
            is above ``maximum`` (paise), or can be read in two ways.
    """
    match = re.fullmatch(amount_pattern(currency), plain(brief(text)).casefold())
    number = read_decimal(match["number"], InvalidAmount) if match else None
    if match is None or number is None:
        raise InvalidAmount(
            _("“{text}” is not an amount. Type it like 500, 1,25,000 or 1.25 lakh.").format(
                text=shown(text)
            )
        )
    paise = Fraction(number) * _FACTOR_OF.get(match["factor"], 1) * 100
    if match["minus"]:
        raise InvalidAmount(
            _(
                "An amount cannot be negative. For goods returned, cancel their invoice and make "
                "a new one of what was kept; for money returned, undo its payment. Type it like "
                "500."
            )
        )
    if paise > maximum:
        raise InvalidAmount(
            _(
                "“{text}” is too much: the most that fits is {maximum}. Type it like 1,25,000."
            ).format(text=shown(text), maximum=format_amount(maximum, currency))
        )
    if paise.denominator != 1:
        raise _finer_than_a_paisa(text, match["number"], paise)
    if not match["factor"] and (thousands := _dot_between_thousands(match["number"])):
        raise InvalidAmount(
            _("“{text}” can be read in two ways. Did you mean {less} or {more}?").format(
                text=shown(text), less=format_plain(int(paise), currency), more=thousands
            )
        )
    if paise == 0 and not allow_zero:
        raise InvalidAmount(_("The amount must be more than zero. Type it like 500 or 1,25,000."))
    return int(paise)


def format_amount(paise: int, currency: str = "INR") -> str:
    """``₹1,25,000.50``, ``Rs 1,25,000.50`` (PKR), ``-₹500.00``; ``currency`` is ISO 4217."""
    minus = "-" if paise < 0 else ""
    return f"{minus}{_sign(currency)}{format_plain(abs(paise), currency)}"


def format_plain(paise: int, currency: str = "INR") -> str:
    """The amount without its sign of currency: ``1,25,000.50``."""
    minus = "-" if paise < 0 else ""
    whole, part = divmod(abs(paise), 100)
    # Babel takes ten times as long, and an invoice has dozens of amounts.
    grouped = by_lakhs(whole) if currency in _SIGNS else f"{whole:,}"
    return f"{minus}{grouped}.{part:02}"


@cache
def amount_pattern(currency: str) -> str:
    """Pattern of casefolded :func:`plain` text meant as an amount.

    Its groups are ``minus``, ``number`` and ``factor``.
    """
    words = _RUPEE_WORDS if currency in _RUPEES else ()
    signs = {plain(word).casefold() for word in (*words, currency, _sign(currency))}
    sign = rf"(?:(?:{_any_of(signs)})\.?)"
    return (
        rf"(?:{sign}\s*)?(?P<minus>-\s*)?(?:{sign}\s*)?(?P<number>{NUMERAL})"
        rf"\s*(?P<factor>{_any_of(_FACTOR_OF)})?\s*(?:/[-=]?)?\s*{sign}?(?:\s*/-)?(?:\s*only)?"
    )


def _any_of(words: set[str] | dict[str, int]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


@cache
def _sign(currency: str) -> str:
    sign = _SIGNS.get(currency) or get_currency_symbol(currency, locale="en")
    return f"{sign} " if sign[-1].isalpha() else sign


def _dot_between_thousands(number: str) -> str | None:
    """``5,000`` for ``5.000``, where the dot may be meant as a comma; None for ``5.00``."""
    return None if "," in number else swapped(number)


def _finer_than_a_paisa(text: str, number: str, paise: Fraction) -> InvalidAmount:
    choices = [format_plain(math.floor(paise)), format_plain(math.ceil(paise))]
    if other := swapped(number):
        choices.append(other)
    return InvalidAmount(
        _("“{text}” is finer than a paisa. Did you mean {choices}?").format(
            text=shown(text), choices=_(" or ").join(choices)
        )
    )
