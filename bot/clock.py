"""What time it is. The only place that asks the machine; tests bring a clock of their own."""

import datetime as dt
from typing import Protocol
from zoneinfo import ZoneInfo


class Clock(Protocol):
    zone: ZoneInfo

    def now(self) -> dt.datetime:
        """This moment: aware, UTC."""
        ...

    def today(self) -> dt.date:
        """Today's date in the firm's zone."""
        ...


class SystemClock:
    """The machine's clock, seen from the firm's time zone."""

    def __init__(self, zone: ZoneInfo) -> None:
        self.zone = zone

    def now(self) -> dt.datetime:
        return dt.datetime.now(dt.UTC)  # noqa: TID251 - this is the clock

    def today(self) -> dt.date:
        return self.now().astimezone(self.zone).date()
