"""Invoice numbers: gap-free within a financial year, e.g. ``26-27/00042`` or ``KGM/2627/00042``.

Rule 46(b) of the CGST Rules asks for a consecutive serial number, unique for a financial year, of
at most sixteen characters: letters, digits, ``-`` and ``/``.

The firm chooses how they look, and may change its mind: no two styles write different years alike,
so one number is never two invoices'. See docs/decisions/0008.
"""

import datetime as dt
import re
from dataclasses import dataclass

from bot.errors import NumbersUsedUp
from bot.i18n import _
from storage.models import NumberStyle

JANUARY = 1
APRIL = 4
LARGEST_SERIAL = 9_999_999
MAX_PREFIX = 3
LONGEST = 16
"""Characters, by rule 46(b)."""

OURS = re.compile(
    rf"(?:[A-Z0-9]{{1,{MAX_PREFIX}}}/)?"
    r"(?:(?P<dashed>[0-9]{2})-[0-9]{2}|(?P<first>[0-9]{2})(?P<second>[0-9]{2}))"
    r"/(?P<serial>[0-9]{5,})"
)
"""Every number that this product gives, in any style."""


def financial_year(day: dt.date, first_month: int = APRIL) -> int:
    """The calendar year in which the financial year of ``day`` began.

    ``first_month`` is 4 in India (April to March) and 7 in Pakistan (July to June).
    """
    return day.year if day.month >= first_month else day.year - 1


def financial_year_start(day: dt.date, first_month: int = APRIL) -> dt.date:
    """The first day of the financial year of ``day``."""
    return dt.date(financial_year(day, first_month), first_month, 1)


@dataclass(frozen=True)
class Numbering:
    """How a firm numbers its invoices. ``prefix`` is at most three letters or digits, or empty."""

    first_month: int = APRIL
    prefix: str = ""
    style: NumberStyle = NumberStyle.DASHED

    def year_of(self, day: dt.date) -> int:
        """The calendar year in which the financial year of ``day`` began."""
        return financial_year(day, self.first_month)

    def number(self, year: int, serial: int) -> str:
        """The number as printed: the prefix if there is one, the year, the serial from 1.

        Raises:
            NumbersUsedUp: it would be longer than rule 46(b) allows.
            ValueError: the serial is below 1.
        """
        if serial < 1:
            raise ValueError(f"a serial is at least 1, not {serial}")
        stem = "".join(f"{part}/" for part in (self.prefix, self._shown(year)) if part)
        if serial > min(LARGEST_SERIAL, 10 ** (LONGEST - len(stem)) - 1):
            raise NumbersUsedUp(
                _(
                    "All invoice numbers that begin with {stem} are used. The admin can take "
                    "a shorter prefix with /firm, e.g. K."
                ).format(stem=stem)
            )
        return f"{stem}{serial:05}"

    def _shown(self, year: int) -> str:
        if self.first_month == JANUARY:
            return f"{year:04}"
        # 2020-21 is never joined: 2021 is a calendar year, whose numbers the firm may have too.
        joined = self.style is NumberStyle.JOINED and year % 100 != 20
        return _both(year, "" if joined else "-")


DEFAULT_NUMBERING = Numbering()
"""As long as the firm has chosen nothing else."""


def number_key(year: int, serial: int) -> int:
    """The number as one integer that sorts, whatever its style: ``year × 10⁷ + serial``.

    Raises:
        ValueError: the serial is outside 1 to 9 999 999.
    """
    if not 1 <= serial <= LARGEST_SERIAL:
        raise ValueError(f"a serial is 1 to {LARGEST_SERIAL}, not {serial}")
    return year * (LARGEST_SERIAL + 1) + serial


def counted_as(number: str) -> str:
    """One of our numbers as ``26-27/00042``, whatever its style; any other as it is.

    In this form the numbers of a year stand in the order in which they were given.
    """
    match = OURS.fullmatch(number)
    if match is None:
        return number
    dashed, first, second, serial = match.groups()
    calendar = first == "20"  # which no joined year begins with
    begins = dashed or (second if calendar else first)
    return f"{_both(int(begins))}/{serial}"


def _both(year: int, between: str = "-") -> str:
    """A financial year by the last two digits of both its calendar years."""
    return f"{year % 100:02}{between}{(year + 1) % 100:02}"
