"""A range of days as people type it: ``1/4 - 30/6``, ``april``, ``nov - feb``, ``2025-26``."""

import calendar
import datetime as dt
import re
from collections.abc import Callable
from functools import partial

from bot.date_words import month_of
from bot.dates import FIRST_DAY, NoDate, NoSuchDay, format_date, parse_date
from bot.errors import InvalidDate
from bot.i18n import _
from bot.numbering import APRIL
from bot.numerals import brief, plain
from bot.text import shown

Days = tuple[dt.date, dt.date]
"""The first and the last."""

_MOST_CUTS = 5
"""Two in each of two dates, and one between them: at each the line is read once more."""

_BETWEEN = re.compile(r"\s+(?:to|till|until|se|से|ਤੋਂ|سے)\s+|\s*(?:[-–—]|\.\.+)\s*")
_AROUND = re.compile(r"(?:from|since)\s+|\s+(?:se|tak|से|तक|ਤੋਂ|ਤੱਕ|سے|تک)(?!\S)")
_MONTH = re.compile(r"(?P<name>[^\d\s]+)(?:\s+(?P<year>20\d\d))?")
_YEAR = re.compile(r"(?P<begins>20\d\d)\s*[-–—/]\s*(?P<ends>\d\d)")


def parse_date_range(text: str, *, today: dt.date, first_month: int = APRIL) -> Days:
    """The first and the last day of it, neither after today. One day alone begins a range.

    A year that is left open is that of the last such range that has begun: in January,
    ``nov - feb`` is of this winter. ``first_month`` begins the financial year that ``2025-26``
    is; where it is January, that is two of them.

    Raises:
        InvalidDate: it is none, can be read in two ways, ends before it begins, or begins in the
            future.
    """
    line = plain(brief(text)).casefold().strip()
    days = partial(_days, first_month=first_month)
    readings, refused = [], []
    cuts = [(line[: cut.start()], line[cut.end() :]) for cut in _BETWEEN.finditer(line)]
    if not line or len(cuts) > _MOST_CUTS:
        raise _no_range(text)
    for ends in ((line,), *cuts):
        try:
            readings.append([(end, days(_bare(end), today)) for end in ends])
        except InvalidDate as error:
            refused.append(error)
    if not readings:
        absent = (error for error in refused if isinstance(error, NoSuchDay))
        unlike = len(cuts) > 1 or isinstance(refused[-1], NoDate)
        raise next(absent, _no_range(text) if unlike else refused[-1])
    if len(readings) > 1:
        raise _no_range(text)
    first, last = _from_to(*readings[0], today=today, days=days)
    if first > today:
        raise InvalidDate(
            _("{day} is still to come. Type days up to today, e.g. 1/4 - 30/6.").format(
                day=format_date(first)
            )
        )
    return first, min(last, today)


def _from_to(*ends: tuple[str, Days], today: dt.date, days: Callable[..., Days]) -> Days:
    (begins, (first, last)), *rest = ends
    if not rest:
        return (first, today) if first == last else (first, last)
    ((until, (_first, last)),) = rest
    if first <= last:
        return first, last
    # Over the turn of a year, where one side leaves the year open.
    later = days(_bare(until), first, forward=True)[1]
    if later >= first and later.month == last.month:
        return first, later
    earlier = days(_bare(begins), last)[0]
    if FIRST_DAY <= earlier <= last and earlier.month == first.month:
        return earlier, last
    raise InvalidDate(_("The last day cannot be before the first. Type them like 1/4 - 30/6."))


def _bare(text: str) -> str:
    """Without the small words around a day: ``from 1/4``, ``30 jun tak``."""
    return _AROUND.sub("", text.strip())


def _days(text: str, near: dt.date, *, first_month: int, forward: bool = False) -> Days:
    """The days of one side: a financial year, a month, or a day twice.

    Raises:
        InvalidDate: it is none of them.
    """
    year, month = _YEAR.fullmatch(text), _MONTH.fullmatch(text)
    if year and int(year["ends"]) == (int(year["begins"]) + 1) % 100:
        begins = int(year["begins"])
        return dt.date(begins, first_month, 1), _last_day(begins + 1, (first_month - 2) % 12 + 1)
    number = month_of(month["name"]) if month else None
    if month and number:
        first = dt.date(int(month["year"] or _year_of(number, near, forward=forward)), number, 1)
        return first, _last_day(first.year, number)
    day = parse_date(text, today=near, forward=forward)
    return day, day


def _last_day(year: int, month: int) -> dt.date:
    return dt.date(year, month, calendar.monthrange(year, month)[1])


def _year_of(month: int, near: dt.date, *, forward: bool) -> int:
    """The year of the last such month that has begun, or of the next that has not ended."""
    if forward:
        return near.year + (month < near.month)
    return near.year - (month > near.month)


def _no_range(text: str) -> InvalidDate:
    return InvalidDate(
        _("“{text}” cannot be read. Type it like 1/4/26 - 30/6/26, april or 2025-26.").format(
            text=shown(text)
        )
    )
