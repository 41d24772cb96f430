"""The months of an inline calendar, as data: which days stand where, and what they are called."""

import calendar
import datetime as dt

from babel.dates import format_date, get_day_names

from bot.i18n import current_locale


def month_grid(year: int, month: int) -> list[list[dt.date | None]]:
    """The weeks of a month, Monday first; None where a week has days of another month."""
    weeks = calendar.Calendar(calendar.MONDAY).monthdayscalendar(year, month)
    return [[dt.date(year, month, day) if day else None for day in week] for week in weeks]


def month_title(year: int, month: int) -> str:
    """``August 2026``, in the current language."""
    return format_date(dt.date(year, month, 1), "LLLL y", locale=current_locale())


def weekday_titles() -> list[str]:
    """The shortest names of Monday to Sunday in the current language."""
    names = get_day_names("short", "stand-alone", locale=current_locale())
    return [str(names[weekday]) for weekday in range(7)]


def neighbours(
    year: int, month: int, *, earliest: dt.date, latest: dt.date
) -> tuple[dt.date | None, dt.date | None]:
    """The first days of the months before and after; None where no day is within the limits."""
    first = dt.date(year, month, 1)
    before = first - dt.timedelta(days=1) if first > earliest else None
    after = first + dt.timedelta(days=calendar.monthrange(year, month)[1])
    return before and before.replace(day=1), after if after <= latest else None
