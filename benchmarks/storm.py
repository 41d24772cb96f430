"""The chat storm: partners work as fast as the bot answers, while it is killed again and again.

The real ``python -m bot`` on the embedded store, over HTTP, with the simulator's Telegram. After
the storm everybody finishes what is open, and the books are held against what people were told.
"""

import asyncio
import signal
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from benchmarks.partner import Partner, Record
from benchmarks.verdict import entries_by_kind, verdict
from simulator.telegram import Event
from storage.database import open_store
from tests.process.live import Live
from tests.process.running import until

FINISH_SECONDS = 120.0
"""How long the partners may take to finish what is open, once the bot stays alive."""
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


@dataclass
class Report:
    """``posted`` counts by kind of entry, ``kills`` by the moment that was aimed at."""

    seed: int
    partners: int
    operations: int = 0
    posted: Counter[str] = field(default_factory=Counter)
    customers: int = 0
    kills: Counter[str] = field(default_factory=Counter)
    violations: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        kills = ", ".join(f"{count} {moment}" for moment, count in sorted(self.kills.items()))
        posted = ", ".join(f"{count} {kind}" for kind, count in sorted(self.posted.items()))
        lines = [
            f"seed        {self.seed}",
            f"partners    {self.partners}",
            f"operations  {self.operations}",
            f"entries     {self.posted.total()} ({posted})",
            f"customers   {self.customers} acknowledged",
            f"kills       {sum(self.kills.values())} ({kills})",
            f"violations  {len(self.violations)}",
        ]
        return "\n".join([*lines, *(f"  {violation}" for violation in self.violations)])


async def storm(folder: Path, *, seed: int, seconds: float, partners: int) -> Report:
    """Run one. ``folder`` is empty, and keeps the data and the bot's log."""
    record = Record()
    report = Report(seed, partners)
    async with Live(folder) as live:
        team = [await _signed_in(live, number, seed, record) for number in range(partners)]
        try:
            async with asyncio.timeout(seconds + FINISH_SECONDS), asyncio.TaskGroup() as tasks:
                for one in team:
                    tasks.create_task(one.work())
                await _kill_again_and_again(live, _random(seed), seconds, report, record)
                for one in team:
                    one.finishing = True
        except TimeoutError:
            record.violations.append(f"nobody could finish what was open in {FINISH_SECONDS} s")
        live.bot.signal(signal.SIGTERM)
        if code := await live.bot.ended():
            record.violations.append(f"the bot ended with exit code {code}")
        record.violations += [f"the log says: {line}" for line in _troubles(live.bot.said)]
        record.violations += [f"a call failed: {call}" for call in live.telegram.failures]
    with open_store(None, folder / "data") as store:
        report.posted = entries_by_kind(store)
        report.violations = verdict(store, record, [one.person.user_id for one in team])
    report.operations = record.operations
    report.customers = len(record.added)
    return report


async def _signed_in(live: Live, number: int, seed: int, record: Record) -> Partner:
    name = f"Partner {'ABCDEFGHIJ'[number]}"
    phone = await live.partner(name, f"+9198765432{number:02}")
    person = live.telegram.people[phone.user_id]
    return Partner(person, _random(f"{seed} {name}"), record)


def _random(seed: int | str) -> Random:
    return Random(seed)  # noqa: S311 - it has to be repeatable, and guards nothing


async def _kill_again_and_again(
    live: Live, random: Random, seconds: float, report: Report, record: Record
) -> None:
    """Kill the bot at random moments for so long; it is up again when this returns."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        await asyncio.sleep(random.uniform(0, LONGEST_LIFE))
        (moment,) = random.choices(list(MOMENTS), list(MOMENTS.values()))
        if moment == "when Save was pressed":
            record.saving.clear()
            await record.saving.wait()
            await asyncio.sleep(random.uniform(0, SAVING))
        elif moment == "as its message arrived":
            await _kill_at_message(live, random.randint(1, MESSAGES))
        await live.kill()
        report.kills[moment] += 1
        if random.random() < 0.2:
            await live.bot.start()
            await asyncio.sleep(random.uniform(0, LONGEST_START))
            await live.kill()
            report.kills["while it started"] += 1
        await live.start()


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


def _troubles(log: str) -> list[str]:
    return [line for line in log.splitlines() if " ERROR " in line or " CRITICAL " in line]
