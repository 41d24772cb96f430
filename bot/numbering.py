"""Invoice numbers: gap-free within a financial year, e.g. ``26-27/00042``.

Rule 46(b) of the CGST Rules asks for a consecutive serial number, unique for a financial year, of
at most sixteen characters: letters, digits, ``-`` and ``/``.
"""

import datetime as dt

APRIL = 4
LARGEST_SERIAL = 9_999_999


def financial_year(day: dt.date, first_month: int = APRIL) -> int:
    """The calendar year in which the financial year of ``day`` began.

    ``first_month`` is 4 in India (April to March) and 7 in Pakistan (July to June).
    """
    return day.year if day.month >= first_month else day.year - 1


def financial_year_start(day: dt.date, first_month: int = APRIL) -> dt.date:
    """The first day of the financial year of ``day``."""
    return dt.date(financial_year(day, first_month), first_month, 1)


def invoice_number(year: int, serial: int) -> str:
    """The number as printed: both years by their last two digits, then the serial, from 1.

    Raises:
        ValueError: the serial is outside 1 to 9 999 999.
    """
    return f"{year % 100:02}-{(year + 1) % 100:02}/{_checked(serial):05}"


def number_key(year: int, serial: int) -> int:
    """The number as one integer that sorts: ``year × 10⁷ + serial``.

    Raises:
        ValueError: the serial is outside 1 to 9 999 999.
    """
    return year * (LARGEST_SERIAL + 1) + _checked(serial)


def _checked(serial: int) -> int:
    if not 1 <= serial <= LARGEST_SERIAL:
        raise ValueError(f"a serial is 1 to {LARGEST_SERIAL}, not {serial}")
    return serial
