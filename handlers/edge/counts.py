"""What the bot has done since it started, and when it was last seen alive."""

import datetime as dt
import time
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable
from itertools import accumulate

from bot.clock import Clock

BOUNDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
"""Seconds that an answer takes, in classes up to each of these, and beyond."""


class Counts:
    """Of one process. Nothing of the books is in it, nor who wrote: kinds and numbers alone.

    ``depth`` tells how many updates are taken and not done.
    """

    def __init__(self, clock: Clock, depth: Callable[[], int]) -> None:
        self._clock = clock
        self.depth = depth
        self.updates: Counter[str] = Counter()
        """Updates that were answered, by kind."""
        self.replies = 0
        """Screens that were sent as answers."""
        self.failures = 0
        """Updates that were set aside under a reference."""
        self.seconds = 0.0
        """From when an update is begun until it is done, of all of them together."""
        self.last_update: dt.datetime | None = None
        """When an update was done last."""
        self.last_sweep: dt.datetime | None = None
        """When what is due was last looked through without an error."""
        self.keeping = True
        """Whether the store took what was brought last."""
        self._classes = [0] * (len(BOUNDS) + 1)
        self._swept = time.monotonic()

    def updated(self, kind: str, seconds: float) -> None:
        self.last_update = self._clock.now()
        self.updates[kind] += 1
        self.seconds += seconds
        self._classes[bisect_left(BOUNDS, seconds)] += 1

    def replied(self, screens: int) -> None:
        self.replies += screens

    def failed(self) -> None:
        self.failures += 1

    def swept(self) -> None:
        self.last_sweep = self._clock.now()
        self._swept = time.monotonic()

    @property
    def since_sweep(self) -> float:
        """Seconds since the last one; since the start before the first."""
        return time.monotonic() - self._swept

    def within(self) -> list[tuple[float, int]]:
        """How many answers took up to each of ``BOUNDS`` seconds, and how many there are."""
        return list(zip((*BOUNDS, float("inf")), accumulate(self._classes), strict=True))
