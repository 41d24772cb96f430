"""Who asks for an entry in tests of the rules."""

import datetime as dt

from bot.entries import Asking
from storage.models import User

MOMENT = dt.datetime(2026, 11, 1, 9, 30, tzinfo=dt.UTC)
PARTNER = User(
    id="partner", name="Ravi", phone="+919876543210", registration_date=dt.date(2026, 11, 1)
)


def asking(op: str, at: dt.datetime = MOMENT) -> Asking:
    """A partner asks for it, as ordered."""
    return Asking(op, PARTNER, at, "as ordered")
