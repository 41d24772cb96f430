"""Medians: the one way in which everything here is timed."""

import time
from collections.abc import Callable
from statistics import median


def timed(work: Callable[[], object]) -> float:
    """Seconds that this takes, once."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def ratio(one: Callable[[], object], other: Callable[[], object], times: int) -> float:
    """How many times as long one takes as the other.

    They take turns, so that whatever else the machine does slows both down alike.
    """
    for _warm_up in range(3):
        one()
        other()
    pairs = [(timed(one), timed(other)) for _turn in range(times)]
    return median(first for first, _ in pairs) / median(second for _, second in pairs)
