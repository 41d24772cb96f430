"""The words for days, in the languages and scripts of the markets."""

from functools import cache
from itertools import product
from typing import Literal

from babel.dates import get_day_names, get_month_names

from bot.numerals import plain

LANGUAGES = ("en", "hi", "pa", "ur")
WIDTHS: tuple[Literal["wide", "abbreviated"], ...] = ("wide", "abbreviated")

DAYS_ON = {
    **dict.fromkeys(("today", "aaj", "aj", "आज", "ਅੱਜ", "آج"), 0),
    **dict.fromkeys(("tomorrow", "tmrw"), 1),
    "yesterday": -1,
}
"""Words for a day so many days after today."""

TURNS = {
    **dict.fromkeys(("kal", "कल", "ਕੱਲ੍ਹ", "ਕੱਲ", "ਕਲ", "کل"), 1),
    **dict.fromkeys(("parso", "parson", "परसों", "परसो", "ਪਰਸੋਂ", "پرسوں"), 2),
}
"""Words for a day so many days from today, after it or before it."""

UNITS = {
    **dict.fromkeys(("d", "day", "days", "din", "दिन", "ਦਿਨ", "دن"), 1),
    **dict.fromkeys(("w", "week", "weeks", "hafta", "hafte", "हफ्ते", "ਹਫ਼ਤੇ", "ہفتے"), 7),
}
"""Days in a unit."""


def month_of(word: str) -> int | None:
    """The month of this name or short name (1 to 12), if it is one."""
    return _months().get(_key(word))


def weekday_of(word: str) -> int | None:
    """The weekday of this name or short name (Monday is 0), if it is one."""
    return _weekdays().get(_key(word))


@cache
def _months() -> dict[str, int]:
    return {
        _key(str(name)): number
        for language, width in product(LANGUAGES, WIDTHS)
        for number, name in get_month_names(width, locale=language).items()
    } | {"sept": 9}


@cache
def _weekdays() -> dict[str, int]:
    return {
        _key(str(name)): number
        for language, width in product(LANGUAGES, WIDTHS)
        for number, name in get_day_names(width, locale=language).items()
    }


def _key(word: str) -> str:
    # Many leave out the dot under a letter (nukta) and the one after a shortened word.
    return plain(word).casefold().translate({0x93C: None, 0xA3C: None}).strip(".॰")
