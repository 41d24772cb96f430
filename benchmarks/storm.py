"""The chat storm: partners work as fast as the bot answers, while it is killed again and again."""

import asyncio
import time
from pathlib import Path
from random import Random

from benchmarks.record import Record
from benchmarks.team import Report, Team, at_work, seeded
from simulator.telegram import Event
from tests.process.live import Live
from tests.process.running import until

MOMENTS = {"at any moment": 1, "as its message arrived": 1, "when Save was pressed": 2}
"""When it is killed, and how often so."""
LONGEST_LIFE = 2.5
"""Seconds of work after which the bot is killed at the latest, at the next such moment."""
MESSAGES = 5
"""The message that it is killed at is one of the next so many."""
SAVING = 0.1
"""Seconds that saving an invoice takes, more or less."""
LONGEST_START = 1.5
"""Seconds; sometimes it is killed once more in them, while it starts."""
REST = 3.0
"""Seconds; now and then a partner rests for so long, in which the bot mostly dies."""


async def storm(folder: Path, *, seed: int, seconds: float, partners: int) -> Report:
    """Run one. ``folder`` is empty, and keeps the data and the bot's log."""
    report = Report(seed, partners)

    async def kill_again_and_again(team: Team) -> None:
        random, live = seeded(seed), team.live
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            await asyncio.sleep(random.uniform(0, LONGEST_LIFE))
            report.kills[await killed(live, random, team.record)] += 1
            if random.random() < 0.2:
                await live.bot.start()
                await asyncio.sleep(random.uniform(0, LONGEST_START))
                await live.kill()
                report.kills["while it started"] += 1
            await live.start()

    await at_work(folder, report, _hasty, kill_again_and_again)
    return report


async def killed(live: Live, random: Random, record: Record) -> str:
    """Kill the bot, at one of the ``MOMENTS``, which is returned."""
    (moment,) = random.choices(list(MOMENTS), list(MOMENTS.values()))
    if moment == "when Save was pressed":
        record.saving.clear()
        await record.saving.wait()
        await asyncio.sleep(random.uniform(0, SAVING))
    elif moment == "as its message arrived":
        await _kill_at_message(live, random.randint(1, MESSAGES))
    await live.kill()
    return moment


async def _kill_at_message(live: Live, count: int) -> None:
    """Kill it at the very call that sends or edits its next but so many message."""
    left = count

    def hear(event: Event) -> None:
        nonlocal left
        if event.kind != "message":
            return
        kept = live.telegram.chats[event.user_id].messages.get(event.data["message_id"])
        left -= kept is not None and kept.outgoing
        if not left:
            live.bot.kill()

    live.telegram.watchers.append(hear)
    try:
        await until(lambda: left <= 0, "the bot answers")
    finally:
        live.telegram.watchers.remove(hear)


def _hasty(random: Random) -> float:
    return REST if random.random() < 0.04 else 0
