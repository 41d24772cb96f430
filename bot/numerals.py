"""Numbers as people type them: digits of any script, commas between thousands, a decimal dot."""

import re
import unicodedata
from decimal import Decimal

from bot.errors import InvalidInput
from bot.i18n import _
from bot.text import shown, tidy

NUMERAL = r"[\d.,_'²³¼½¾]*[\d²³¼½¾]\.?"
"""Pattern of whatever was meant as a number; :func:`read_decimal` judges it."""

LONGEST = 200
"""Characters of the longest item line, with room to spare; a number, date or range has fewer."""

_MARKS = {
    "\N{ARABIC DECIMAL SEPARATOR}": ".",
    "\N{ARABIC FULL STOP}": ".",
    "\N{FULLWIDTH FULL STOP}": ".",
    "\N{ARABIC THOUSANDS SEPARATOR}": ",",
    "\N{ARABIC COMMA}": ",",
    "\N{FULLWIDTH COMMA}": ",",
    "\N{MINUS SIGN}": "-",
    "\N{HYPHEN}": "-",
    "\N{NON-BREAKING HYPHEN}": "-",
    "\N{EN DASH}": "-",
    "\N{FULLWIDTH HYPHEN-MINUS}": "-",
    "\N{FULLWIDTH PLUS SIGN}": "+",
    "\N{FULLWIDTH SOLIDUS}": "/",
}
_BY_LAKHS = r"[1-9]\d?(?:,\d\d)*,\d{3}"
_BY_THOUSANDS = r"[1-9]\d{0,2}(?:,\d{3})+"
_WELL_FORMED = re.compile(rf"(?:{_BY_LAKHS}|{_BY_THOUSANDS}|\d+)(?:\.\d*)?|\.\d+", re.ASCII)
_SWAP = str.maketrans(",.", ".,")


def ascii_digits(text: str) -> str:
    """Digits and number marks of every script as ASCII ones; as many characters as before."""
    return "".join(_ascii(character) for character in text)


def brief(text: str) -> str:
    """What may be a number, a date, a range, a quantity or an item; "" for what is too long.

    As none of them is empty, each parser refuses that in its own words, before any work.
    """
    return text if len(text) <= LONGEST else ""


def plain(text: str) -> str:
    """Typed text ready to be read as a number, a date or a phone."""
    return ascii_digits(tidy(text))


def read_decimal(text: str, wrong: type[InvalidInput]) -> Decimal | None:
    """The number that :func:`plain` text spells, exactly; None when it spells none.

    Raises:
        wrong: its commas and dots are not where they belong.
    """
    if _WELL_FORMED.fullmatch(text):
        return Decimal(text.replace(",", ""))
    if not re.fullmatch(r"[.,]*\d[\d.,]*", text, re.ASCII):
        return None
    other = swapped(text)
    if other:
        raise wrong(
            _(
                "“{text}” can be read in two ways. Did you mean {other}? A comma goes between "
                "thousands, a dot before the decimals."
            ).format(text=shown(text), other=shown(other))
        )
    raise wrong(
        _(
            "The commas or dots in “{text}” are not where they belong. Type it like 1,25,000 "
            "or 125000."
        ).format(text=shown(text))
    )


def swapped(text: str) -> str | None:
    """The number that was meant if the dot stands between thousands; None if it cannot be."""
    other = text.translate(_SWAP)
    return other if other != text and _WELL_FORMED.fullmatch(other) else None


def _ascii(character: str) -> str:
    # decimal() and not isdigit(): the latter takes ² for a digit.
    digit = unicodedata.decimal(character, None)
    return _MARKS.get(character, character) if digit is None else str(digit)


def by_lakhs(whole: int) -> str:
    """``1,25,000``: the last three digits of a number that is not negative, then two at a time."""
    digits = str(whole)
    head, tail = digits[:-3], digits[-3:]
    if not head:
        return tail
    first = len(head) % 2 or 2
    pairs = (head[start : start + 2] for start in range(first, len(head), 2))
    return ",".join((head[:first], *pairs, tail))
