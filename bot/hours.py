"""Hours of the day, from one time to a later one: ``10:00-18:00``."""

import datetime as dt
import re
from typing import NamedTuple, Self

_HOURS = re.compile(r"([0-9]{1,2}:[0-9]{2}) *[-–] *([0-9]{1,2}:[0-9]{2})")


class Hours(NamedTuple):
    """``begin`` is the first minute of them, ``end`` the first that is none any more."""

    begin: dt.time
    end: dt.time

    @classmethod
    def read(cls, text: str) -> Self:
        """Read ``10:00-18:00``.

        Raises:
            ValueError: these are no two times of a day, the later one last.
        """
        match = _HOURS.fullmatch(text.strip())
        if match is None:
            raise ValueError("two times with a hyphen")
        begin, end = (dt.time.fromisoformat(part.zfill(5)) for part in match.groups())
        if begin >= end:
            raise ValueError("they end later on the day than they begin")
        return cls(begin, end)

    def include(self, moment: dt.datetime) -> bool:
        """Whether its time of day, in its own zone, is one of them."""
        return self.begin <= moment.time() < self.end

    def __str__(self) -> str:
        return f"{self.begin:%H:%M}-{self.end:%H:%M}"
