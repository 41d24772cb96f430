"""Whether the bot's memory stays flat, by what it held each second.

Every kill begins with an empty process, and so hides what one would pile up. Hence two looks: at
the last life, which is left alone for as long as a third of the soak; and from life to life, at
the same age.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from statistics import median

GROWTH = 1.1
"""How much more is still flat: the arenas of some thirty threads fill, the caches of fonts and of
lines that were set too."""
WARM_UP = 0.25
"""Of the last life, until all is loaded and drawn once."""
WINDOW = 0.1
"""Of the last life; so much of it is one figure, lest a paper that is just drawn counts."""
LONG_ENOUGH = 40.0
"""Seconds of the last life to say anything of it."""
AGES = (20.0, 25.0)
"""Seconds since its start at which a life is compared with the others."""
ENOUGH_LIVES = 4


@dataclass(frozen=True)
class Sample:
    """``life`` counts the starts, ``age`` is in seconds since that one.

    ``mb`` is what all processes of the bot hold for themselves, in 10⁶ bytes.
    """

    life: int
    age: float
    mb: float


@dataclass(frozen=True)
class Rise:
    """From one level of memory to another, in MB."""

    what: str
    before: float
    after: float

    @property
    def too_much(self) -> bool:
        return self.after > GROWTH * self.before

    def __str__(self) -> str:
        share = self.after / self.before - 1
        return f"{self.what}: {self.before:.1f} MB, then {self.after:.1f} MB ({share:+.1%})"


def rises(samples: Sequence[Sample]) -> list[Rise]:
    """What can be said of them: nothing of a soak that was too short."""
    lives = [list(life) for _life, life in groupby(samples, key=lambda sample: sample.life)]
    last = lives[-1] if lives else []
    return [*_within(last), *_from_life_to_life(lives)]


def _within(life: Sequence[Sample]) -> Iterable[Rise]:
    if not life or life[-1].age < LONG_ENOUGH:
        return
    lasted = life[-1].age
    warm = _level(life, lasted * WARM_UP, lasted * (WARM_UP + WINDOW))
    end = _level(life, lasted * (1 - WINDOW), lasted)
    yield Rise(f"in the last {lasted * (1 - WARM_UP):.0f} s of one process", warm, end)


def _from_life_to_life(lives: Iterable[Sequence[Sample]]) -> Iterable[Rise]:
    grown = [life for life in lives if life[-1].age >= AGES[1]]
    if len(grown) < ENOUGH_LIVES:
        return
    levels = [_level(life, *AGES) for life in grown]
    half = len(levels) // 2
    what = f"{AGES[1]:.0f} s after a start, in the first {half} processes and the last"
    yield Rise(what, median(levels[:half]), median(levels[-half:]))


def _level(life: Iterable[Sample], start: float, end: float) -> float:
    return median(sample.mb for sample in life if start <= sample.age <= end)
