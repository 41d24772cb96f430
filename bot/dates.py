"""Days as people type and read them: day first, words such as ``kal``, or days from today."""

import calendar
import datetime as dt
import re

from babel.dates import format_date as babel_format_date

from bot.clock import Clock
from bot.date_words import DAYS_ON, TURNS, UNITS, month_of, weekday_of
from bot.errors import InvalidDate
from bot.i18n import _, current_locale
from bot.numerals import brief, plain
from bot.text import shown

FIRST_DAY = dt.date(2000, 1, 1)
LAST_DAY = dt.date(2099, 12, 31)
"""Every day taken anywhere, and what a year of two digits can mean."""

_YEAR = r"(?P<year>\d{4}|\d{2})"
_ISO = re.compile(r"(?P<year>\d{4})(?P<sep>[-/.])(?P<month>\d{1,2})(?P=sep)(?P<day>\d{1,2})")
_NUMERIC = re.compile(
    rf"(?P<day>\d{{1,2}})(?P<sep>[-/. ])(?P<month>\d{{1,2}})(?:(?P=sep){_YEAR})?"
)
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_NAME = r"(?P<name>[^\d\s/,-]+)"
_DAY_NAME = re.compile(rf"{_DAY}[-/., ]*{_NAME}(?:[-/., ]*{_YEAR})?")
_NAME_DAY = re.compile(rf"{_NAME}[-/., ]*{_DAY}(?:[-/., ]+{_YEAR})?")
_SHIFT = re.compile(
    r"(?:in )?(?P<sign>[+-]?) ?(?P<count>\d{1,9}) ?(?P<unit>[^\d\s]*)(?P<ago> ago| pehle)?"
)


class NoSuchDay(InvalidDate):
    """It has the form of a date, and the calendar has no such day."""


class NoDate(InvalidDate):
    """It has not even the form of one."""


def parse_date(
    text: str,
    *,
    today: dt.date,
    earliest: dt.date | None = None,
    latest: dt.date | None = None,
    forward: bool = True,
) -> dt.date:
    """A day: ``kal``, ``+15``, ``15 days``, ``3/4``, ``03.04.26``, ``3 Apr``, ``2026-04-03``.

    ``forward`` says where the day is looked for when the text leaves it open: a day without a
    year, a weekday, ``15 days`` and ``kal`` (which is both tomorrow and yesterday). ``today`` is
    the firm's.

    Raises:
        InvalidDate: it is no day, there is no such day, or it is not from ``earliest`` to
            ``latest`` (by default the years 2000 to 2099).
    """
    earliest, latest = earliest or FIRST_DAY, latest or LAST_DAY
    line = re.sub(r" ?([-/.,]) ?", r"\1", plain(brief(text)).casefold()).strip(".,")
    try:
        day = _in_words(line, today, forward) or _by_shift(line, today, forward)
        day = day or _by_calendar(line, today, forward)
    except OverflowError:
        raise _outside(f"“{shown(text)}”", earliest, latest, earliest) from None
    if day is None:
        raise NoDate(
            _("“{text}” is not a date. Type it like {example}, 15 Aug, +15 or kal.").format(
                text=shown(text), example=format_short(today)
            )
        )
    if not earliest <= day <= latest:
        raise _outside(format_date(day), earliest, latest, min(max(day, earliest), latest))
    return day


def format_date(day: dt.date) -> str:
    """``15 Aug 2026``, with the month's name in the current language."""
    return babel_format_date(day, "d MMM y", locale=current_locale())


def format_span(first: dt.date, last: dt.date) -> str:
    """``12 – 14 Aug 2026``, ``31 Jul – 2 Aug 2026``, or one day as :func:`format_date` has it."""
    if first == last:
        return format_date(last)
    pattern = "d" if first.month == last.month else "d MMM"
    if first.year != last.year:
        pattern = "d MMM y"
    begins = babel_format_date(first, pattern, locale=current_locale())
    return f"{begins} – {format_date(last)}"


def format_moment(moment: dt.datetime, clock: Clock) -> str:
    """``14:02``, with the day when that is not today; in the firm's zone."""
    at = moment.astimezone(clock.zone)
    time = f"{at:%H:%M}"
    return time if at.date() == clock.today() else f"{format_date(at.date())}, {time}"


def format_short(day: dt.date) -> str:
    """``15-08-2026``."""
    return f"{day:%d-%m-%Y}"


def _in_words(line: str, today: dt.date, forward: bool) -> dt.date | None:
    days = DAYS_ON.get(line)
    if days is None and line in TURNS:
        days = TURNS[line] if forward else -TURNS[line]
    weekday = weekday_of(line)
    if days is None and weekday is not None:
        # The next or the last such day; never today, which is said as "today".
        ahead = (weekday - today.weekday()) % 7
        days = (ahead or 7) if forward else ahead - 7
    return None if days is None else today + dt.timedelta(days=days)


def _by_shift(line: str, today: dt.date, forward: bool) -> dt.date | None:
    match = _SHIFT.fullmatch(line)
    if match is None or (match["unit"] and match["unit"] not in UNITS):
        return None
    if not match["sign"] and not match["unit"]:
        raise InvalidDate(
            _(
                "“{text}” can be a day of the month or a number of days. Type day and month, like "
                "{example}, or {sign}15 to count days from today."
            ).format(text=shown(line), example=f"15/{today.month}", sign="+" if forward else "-")
        )
    back = match["sign"] == "-" or match["ago"] or not (match["sign"] or forward)
    days = int(match["count"]) * UNITS.get(match["unit"], 1)
    return today + dt.timedelta(days=-days if back else days)


def _by_calendar(line: str, today: dt.date, forward: bool) -> dt.date | None:
    match = _ISO.fullmatch(line) or _NUMERIC.fullmatch(line)
    if match is not None:
        month = int(match["month"])
    else:
        match = _DAY_NAME.fullmatch(line) or _NAME_DAY.fullmatch(line)
        named = month_of(match["name"]) if match else None
        if match is None or named is None:
            return None
        month = named
    if match["year"] is None:
        return _nearest(int(match["day"]), month, today, forward)
    year = int(match["year"])
    return _existing(int(match["day"]), month, year if len(match["year"]) == 4 else 2000 + year)


def _nearest(day: int, month: int, today: dt.date, forward: bool) -> dt.date:
    """The next such day from today on, or the last one up to today."""
    step = 1 if forward else -1
    # Eight years, because 29 February can be that far away (around 1900 and 2100).
    for year in range(today.year, today.year + 9 * step, step):
        try:
            found = dt.date(year, month, day)
        except ValueError:
            continue
        if found == today or (found > today) == forward:
            return found
    raise _no_such_day(day, month, None)


def _existing(day: int, month: int, year: int) -> dt.date:
    if year < dt.MINYEAR:
        raise OverflowError
    try:
        return dt.date(year, month, day)
    except ValueError:
        raise _no_such_day(day, month, year) from None


def _no_such_day(day: int, month: int, year: int | None) -> NoSuchDay:
    if not 1 <= month <= 12:
        return NoSuchDay(
            _("There is no month {month}. The day comes first, for example {example}.").format(
                month=month, example=f"{month}/{day}" if day <= 12 and month <= 31 else "15/8"
            )
        )
    # Without a year, of one like most: 29/2 would be years away.
    common = 2001
    end = dt.date(year or common, month, calendar.monthrange(year or common, month)[1])
    pattern = "MMMM" if year is None else "MMMM y"
    return NoSuchDay(
        _("There is no {day} {month}. Its last day is {last}, for example {example}.").format(
            day=day,
            month=babel_format_date(end, pattern, locale=current_locale()),
            last=end.day,
            example=f"{end.day}/{month}" if year is None else format_short(end),
        )
    )


def _outside(what: str, earliest: dt.date, latest: dt.date, example: dt.date) -> InvalidDate:
    return InvalidDate(
        _(
            "{what} cannot be used here. Type a day from {earliest} to {latest}, "
            "for example {example}."
        ).format(
            what=what,
            earliest=format_date(earliest),
            latest=format_date(latest),
            example=format_short(example),
        )
    )
