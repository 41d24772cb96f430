"""The days that an export is of."""

import datetime as dt
from dataclasses import dataclass

from bot.dates import format_date
from bot.i18n import _
from bot.numbering import financial_year_start

DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class Period:
    """From ``first`` to ``last``, in the firm's zone; None is an open end."""

    first: dt.date | None = None
    last: dt.date | None = None

    def __contains__(self, day: dt.date) -> bool:
        return not self.is_after(day) and (self.last is None or day <= self.last)

    def is_after(self, day: dt.date) -> bool:
        """Whether it begins after this day."""
        return self.first is not None and day < self.first

    def __str__(self) -> str:
        """``1 Apr 2026 to 30 Jun 2026``, in the current language."""
        if self.first is None or self.last is None:
            return _("all days")
        return _("{first} to {last}").format(
            first=format_date(self.first), last=format_date(self.last)
        )


def this_month(today: dt.date) -> Period:
    """Up to today."""
    return Period(today.replace(day=1), today)


def last_month(today: dt.date) -> Period:
    last = today.replace(day=1) - DAY
    return Period(last.replace(day=1), last)


def this_year(today: dt.date, first_month: int) -> Period:
    """The firm's financial year, which begins with ``first_month`` (1 to 12), up to today."""
    return Period(financial_year_start(today, first_month), today)


def last_year(today: dt.date, first_month: int) -> Period:
    """The financial year before that, whole."""
    last = financial_year_start(today, first_month) - DAY
    return Period(financial_year_start(last, first_month), last)
