"""Whose books they are, of which days, made when and by whom."""

import datetime as dt
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from bot.export.period import Period


@dataclass(frozen=True)
class Heading:
    """``made_at`` is UTC, ``phone`` E.164, ``currency`` ISO 4217, ``zone`` the firm's."""

    firm: str
    address: str | None
    phone: str | None
    gstin: str | None
    period: Period
    made_at: dt.datetime
    made_by: str
    zone: ZoneInfo
    currency: str
