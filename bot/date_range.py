"""A range of days as people type it: ``1/4 - 30/6``, ``april``, ``aug 2026``, ``1/4``."""

import calendar
import datetime as dt
import re

from bot.date_words import month_of
from bot.dates import format_date, parse_date
from bot.errors import InvalidDate
from bot.i18n import _
from bot.numerals import plain

EARLIEST = dt.date(2000, 1, 1)
"""Before any entry of any account; what is typed before it is a slip."""

_BETWEEN = re.compile(r"\s+(?:to|till|se|से|तक|ਤੋਂ|سے|تک)\s+|\s+[-–—]\s*|\s*[–—]\s*|\.\.+")
_MONTH = re.compile(r"(?P<name>[^\d\s]+)(?:\s+(?P<year>\d{4}))?")


def parse_date_range(text: str, *, today: dt.date) -> tuple[dt.date, dt.date]:
    """The first and the last day of it, neither after today. One day alone begins a range.

    Raises:
        InvalidDate: it is none, ends before it begins, or begins in the future.
    """
    line = plain(text).strip()
    ends = [part for part in _BETWEEN.split(line) if part]
    if len(ends) == 2:
        first = _begin(ends[0], today)
        last = _end(ends[1], today)
    else:
        first = _begin(line, today)
        last = _end(line, today) if _month(line, today) else today
    if first > today:
        raise InvalidDate(
            _("{day} is still to come. Type days up to today, e.g. 1/4 - 30/6.").format(
                day=format_date(first)
            )
        )
    if last < first:
        raise InvalidDate(_("The last day cannot be before the first. Type them like 1/4 - 30/6."))
    return first, min(last, today)


def _begin(text: str, today: dt.date) -> dt.date:
    month = _month(text, today)
    if month is not None:
        return month
    return parse_date(text, today=today, earliest=EARLIEST, forward=False)


def _end(text: str, today: dt.date) -> dt.date:
    month = _month(text, today)
    if month is None:
        return parse_date(text, today=today, earliest=EARLIEST, forward=False)
    return month.replace(day=calendar.monthrange(month.year, month.month)[1])


def _month(text: str, today: dt.date) -> dt.date | None:
    """The first day of the month that was named: the last such month, or that of the year."""
    match = _MONTH.fullmatch(text.strip())
    number = month_of(match["name"]) if match else None
    if match is None or number is None:
        return None
    if match["year"]:
        return dt.date(int(match["year"]), number, 1)
    return dt.date(today.year - (number > today.month), number, 1)
