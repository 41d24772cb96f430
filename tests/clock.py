"""A clock that stands still until a test moves it."""

import datetime as dt
from zoneinfo import ZoneInfo

START = dt.datetime(2026, 8, 1, 9, 0, tzinfo=dt.UTC)


class FakeClock:
    """A ``bot.clock.Clock``; it starts on 1 August 2026 at 14:30 in the firm's zone."""

    def __init__(self, moment: dt.datetime = START, zone: str = "Asia/Kolkata") -> None:
        self.moment = moment
        self.zone = ZoneInfo(zone)

    def now(self) -> dt.datetime:
        return self.moment.astimezone(dt.UTC)

    def today(self) -> dt.date:
        return self.moment.astimezone(self.zone).date()

    def advance(self, **passed: float):
        """Let time pass: ``clock.advance(days=1, minutes=5)``, as :class:`datetime.timedelta`."""
        self.moment += dt.timedelta(**passed)
