"""Units: a quantity with its unit as people type it, ``52 q``, ``20 बोरी``.

A unit is the partner's own word, which goes on the partner's own paper: only its case is made one.
"""

import re
import unicodedata
from decimal import Decimal

from bot.errors import InvalidQuantity
from bot.i18n import _
from bot.money import amount_pattern
from bot.numerals import NUMERAL, brief, plain
from bot.quantity import parse_quantity
from bot.text import shown, tidy
from storage.folding import JOINERS

UNIT_LIMIT = 12
"""Letters and marks of a unit, at most."""

_KINDS = (
    ("kg", "kgs", "kilo", "किलो", "ਕਿਲੋ", "کلو"),
    ("g", "gm", "gram", "grams"),
    ("q", "qt", "qtl", "quintal", "quintals", "क्विंटल", "कुंतल", "ਕੁਇੰਟਲ", "کوئنٹل"),
    ("t", "mt", "ton", "tons", "tonne", "tonnes", "टन", "ਟਨ", "ٹن"),
    ("man", "mann", "maund", "maunds", "मन", "ਮਣ", "من"),
    ("bag", "bags"),
    ("bori", "boris", "बोरी", "ਬੋਰੀ", "بوری"),
    ("katta", "katte", "कट्टा", "कट्टे", "ਗੱਟਾ", "ਗੱਟੇ"),
    ("peti", "पेटी", "ਪੇਟੀ", "پیٹی"),
    ("box", "boxes"),
    ("crate", "crates"),
    ("l", "ltr", "litre", "litres", "liter", "लीटर", "ਲੀਟਰ", "لیٹر"),
    ("ml",),
    ("tin", "tins"),
    ("dozen", "दर्जन", "ਦਰਜਨ", "درجن"),
    ("pc", "pcs", "piece", "pieces"),
    ("pkt", "packet", "packets"),
)
_KIND_OF = {tidy(word): kind for kind in _KINDS for word in kind}

UNITS = frozenset(_KIND_OF)
"""The units that are known in the middle of a line too, where any word might be a name's."""

_NUMBERS = frozenset(
    ("hundred", "sau", "saikda", "lk", "lkh", "lacks", "laakh", "million", "mn", "billion", "arab")
)
"""Numbers in a word that an amount is not typed with."""


def same_unit(one: str, other: str) -> bool:
    """Whether a price of one is a price of the other: ``bag`` and ``bags``, ``q`` and ``qtl``."""
    return _KIND_OF.get(one, one) == _KIND_OF.get(other, other)


def parse_quantity_and_unit(text: str, *, currency: str = "INR") -> tuple[Decimal, str]:
    """A quantity and its unit: ``52 q``, ``10.5quintal``, ``۲۰ بوری``; "" where none is said.

    Any one word of letters is a unit, of two letters at least unless it is of :data:`UNITS`.

    Raises:
        InvalidQuantity: the quantity is none or cannot be taken, or what follows is no unit.
    """
    line = plain(brief(text)).casefold()
    match = re.fullmatch(rf"((?:- ?|\+)?{NUMERAL})(?: ?([^\d\s.]+)\.?)?", line)
    if match is None:
        raise InvalidQuantity(
            _(
                "“{text}” is not a quantity. Type the number, and its unit in one word after "
                "it, like 52 or 52 q."
            ).format(text=shown(text))
        )
    unit = match[2] or ""
    if unit and unit not in UNITS:
        _check_unit(text, unit, currency)
    return parse_quantity(match[1]), unit


def _check_unit(text: str, unit: str, currency: str) -> None:
    # 5 lakh and 50k would be read as five and fifty of something; 52 rs is not goods at all.
    if unit in _NUMBERS or re.fullmatch(amount_pattern(currency), f"1 {unit}"):
        raise InvalidQuantity(
            _(
                "“{text}” could be an amount of money. Type all digits of the quantity, and its "
                "unit after it, like 500000 or 52 q."
            ).format(text=shown(text))
        )
    letters = sum(character.isalpha() for character in unit)
    if letters < 2 or len(unit) > UNIT_LIMIT or not all(map(_in_a_word, unit)):
        raise InvalidQuantity(
            _(
                "“{unit}” cannot be a unit: that is one word of 2 to {most} letters, like bags. "
                "Type it like 52 bags."
            ).format(unit=shown(unit), most=UNIT_LIMIT)
        )


def _in_a_word(character: str) -> bool:
    return character in JOINERS or unicodedata.category(character)[0] in "LM"
