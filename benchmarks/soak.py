"""``make soak``: partners at a human pace, in bad weather, with a bot that is killed now and then.

See ``benchmarks/README.md``.
"""

import argparse
import asyncio
import secrets
import sys
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from random import Random
from statistics import median

from benchmarks.memory import own_memory_mb
from benchmarks.soak_memory import Sample, rises
from benchmarks.storm import killed
from benchmarks.survival import survived
from benchmarks.team import MOST, Report, Team, at_work, counted, seeded
from simulator.faults import Weather

STRUCK = {
    "sendMessage": 0.03,
    "editMessageText": 0.03,
    "sendDocument": 0.03,
    "answerCallbackQuery": 0.03,
    # A poll whose answer is lost keeps everybody waiting for 15 seconds.
    "getUpdates": 0.004,
}
"""What share of the calls meets a fault."""
DUPLICATED = 0.2
"""How likely an update comes twice, each second."""
REDELIVERED = 0.1
"""How likely updates that were delivered come once more, each second."""
MOST_REDELIVERED = 5
LIFE = (25.0, 35.0)
"""Seconds from a start to the next kill: any of them, or the next moment of the kind aimed at."""
KILLING = 2 / 3
"""Of the soak; then the bot is left alive, for its memory to be watched."""
PAUSE = (0.5, 3.0)
"""Seconds between two acts of a partner."""
TELL_EVERY = 30.0
"""Seconds."""


@dataclass
class SoakReport(Report):
    """``faults`` counts by kind, ``repeated`` the updates handed out again, kills or not."""

    seconds: float = 0
    faults: Counter[str] = field(default_factory=Counter)
    repeated: int = 0
    waits: list[float] = field(default_factory=list)
    memory: list[Sample] = field(default_factory=list)

    def lines(self) -> dict[str, object]:
        """What it says, by name."""
        waits = sorted(self.waits) or [0.0]
        held = [sample.mb for sample in self.memory] or [0.0]
        return {
            **super().lines(),
            "seconds": f"{self.seconds:g}",
            "faults": counted(self.faults),
            "repeated": f"{self.repeated} updates were handed out again",
            "answers": f"after {median(waits):.2f} s (median), {waits[-1]:.1f} s at the longest",
            "memory": f"{held[0]:.1f} MB at the start, {median(held):.1f} median, "
            f"{max(held):.1f} at most, {held[-1]:.1f} at the end",
            **{f"memory {number}": rise for number, rise in enumerate(rises(self.memory), 1)},
        }


async def soak(
    folder: Path,
    *,
    seed: int,
    seconds: float,
    partners: int,
    life: tuple[float, float] = LIFE,
    tell: Callable[[str], None] = lambda _line: None,
) -> SoakReport:
    """Run one. ``folder`` is empty, and keeps the data and the bot's log.

    Args:
        life: seconds from a start to the next kill, at least and at most.
        tell: is given a line now and then.
    """
    report = SoakReport(seed, partners, seconds=seconds)

    async def bad_weather(team: Team) -> None:
        telegram = team.live.telegram
        telegram.faults = weather = Weather(seed, STRUCK)
        end = time.monotonic() + seconds
        async with asyncio.TaskGroup() as tasks:
            beside = [
                tasks.create_task(_watch_memory(team, report)),
                tasks.create_task(_repeat_updates(team, seeded(f"{seed} updates"))),
                tasks.create_task(_tell(team, report, tell)),
            ]
            await _kill_again_and_again(team, report, life, seconds * KILLING)
            await asyncio.sleep(end - time.monotonic())
            for one in beside:
                one.cancel()
        weather.clear()
        report.faults = Counter(str(strike.fault) for strike in weather.struck)
        report.repeated = telegram.updates.repeated
        report.waits = team.record.waits

    await at_work(folder, report, _at_leisure, bad_weather)
    report.violations += [f"memory grew {rise}" for rise in rises(report.memory) if rise.too_much]
    return report


async def _kill_again_and_again(
    team: Team, report: SoakReport, life: tuple[float, float], seconds: float
) -> None:
    random = seeded(f"{report.seed} kills")
    end = time.monotonic() + seconds
    while (left := end - time.monotonic()) > 0:
        lasts = random.uniform(*life)
        if lasts > left:
            break
        await asyncio.sleep(lasts)
        report.kills[await killed(team.live, random, team.record)] += 1
        await team.live.start()


async def _repeat_updates(team: Team, random: Random) -> None:
    updates = team.live.telegram.updates
    while True:
        await asyncio.sleep(1)
        updates.duplicates += random.random() < DUPLICATED
        if random.random() < REDELIVERED:
            updates.redeliver(random.randint(1, MOST_REDELIVERED))


async def _watch_memory(team: Team, report: SoakReport) -> None:
    bot, pid, life, start = team.live.bot, team.live.bot.pid, 0, time.monotonic()
    while True:
        if bot.pid != pid:
            pid, life, start = bot.pid, life + 1, time.monotonic()
        with suppress(OSError, StopIteration):  # it was killed just now
            age = time.monotonic() - start
            report.memory.append(Sample(life, age, own_memory_mb(pid)))
        await asyncio.sleep(1)


async def _tell(team: Team, report: SoakReport, tell: Callable[[str], None]) -> None:
    telegram, begun = team.live.telegram, time.monotonic()
    while True:
        await asyncio.sleep(TELL_EVERY)
        held = report.memory[-1].mb if report.memory else 0
        tell(
            f"{time.monotonic() - begun:5.0f} s  {team.record.operations} acts, "
            f"{len(team.record.acknowledged)} entries, {report.kills.total()} kills, "
            f"{len(telegram.faults.struck)} faults, {telegram.updates.repeated} repeated, "
            f"{held:.0f} MB, {len(team.record.violations)} violations"
        )


def _at_leisure(random: Random) -> float:
    return random.uniform(*PAUSE)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.soak", description=__doc__)
    parser.add_argument("--seed", type=int, default=secrets.randbelow(10**6))
    parser.add_argument("--seconds", type=float, default=600.0)
    parser.add_argument("--partners", type=int, default=20, choices=range(1, MOST + 1))
    given = parser.parse_args()

    def run(folder: Path) -> SoakReport:
        return asyncio.run(
            soak(
                folder,
                seed=given.seed,
                seconds=given.seconds,
                partners=given.partners,
                tell=partial(print, flush=True),
            )
        )

    return 0 if survived(f"soak, {given.seconds:g} s with --seed {given.seed}", run) else 1


if __name__ == "__main__":
    sys.exit(main())
