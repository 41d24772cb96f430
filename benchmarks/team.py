"""Partners at work with the real ``python -m bot`` on the embedded store, over HTTP.

Something troubles them for a while. Then everybody finishes what is open, and the books are held
against what people sent and were told.
"""

import asyncio
import signal
from collections import Counter
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from string import ascii_uppercase

from benchmarks.partner import Partner, Pause
from benchmarks.record import Record
from benchmarks.verdict import entries_by_kind, verdict
from storage.database import open_store
from tests.process.live import Live
from tests.process.running import until

FINISH_SECONDS = 180.0
"""How long the partners may take to finish what is open, once the bot stays alive."""
MOST = len(ascii_uppercase)
"""Partners, each with a letter as a name."""
LEAVE_SECONDS = 10.0
"""How long what the bot has started may outlive it."""


@dataclass
class Report:
    """``posted`` counts by kind of entry, ``kills`` by the moment that was aimed at."""

    seed: int
    partners: int
    operations: int = 0
    posted: Counter[str] = field(default_factory=Counter)
    customers: int = 0
    papers: int = 0
    kills: Counter[str] = field(default_factory=Counter)
    resumed: int = 0
    violations: list[str] = field(default_factory=list)

    def lines(self) -> dict[str, object]:
        """What it says, by name."""
        return {
            "seed": self.seed,
            "partners": self.partners,
            "operations": self.operations,
            "entries": counted(self.posted),
            "customers": f"{self.customers} acknowledged",
            "PDFs": self.papers,
            "kills": counted(self.kills),
            "resumed": f"{self.resumed} drafts, where they were before a kill",
        }

    def __str__(self) -> str:
        lines = [f"{name:<11} {said}" for name, said in self.lines().items()]
        lines.append(f"{'violations':<11} {len(self.violations)}")
        return "\n".join([*lines, *(f"  {violation}" for violation in self.violations)])


@dataclass
class Team:
    """The partners of one firm, and the bot that they work with."""

    live: Live
    record: Record
    partners: list[Partner]


Trouble = Callable[[Team], Awaitable[None]]
"""Ends with the bot at work."""


def counted(counts: Counter[str]) -> str:
    """E.g. ``5 (3 at any moment, 2 while it started)``."""
    parts = ", ".join(f"{count} {what}" for what, count in sorted(counts.items()))
    return f"{counts.total()} ({parts})" if parts else "0"


def seeded(seed: int | str) -> Random:
    """Random, and repeatable."""
    return Random(seed)  # noqa: S311 - it guards nothing


async def at_work(folder: Path, report: Report, pause: Pause, trouble: Trouble) -> None:
    """Let partners work for as long as the trouble lasts, and fill in the report.

    ``folder`` is empty, and keeps the data, the bot's log and the partners' diaries.
    """
    record = Record()
    async with Live(folder, LOG_LEVEL="INFO") as live:
        partners = [
            await _signed_in(live, number, report.seed, record, pause)
            for number in range(report.partners)
        ]
        first = live.telegram.updates.next_id
        async with asyncio.TaskGroup() as tasks:
            working = {tasks.create_task(one.work()): one for one in partners}
            await trouble(Team(live, record, partners))
            for one in partners:
                one.finish()
            _done, late = await asyncio.wait(working, timeout=FINISH_SECONDS)
            for task in late:
                task.cancel()
                record.violations.append(
                    f"{working[task].person.name} could not finish in {FINISH_SECONDS:.0f} s"
                )
        live.bot.signal(signal.SIGTERM)
        if code := await live.bot.ended():
            record.violations.append(f"the bot ended with exit code {code}")
        record.violations += await _left_over(folder)
        record.violations += [f"the log says: {line}" for line in _troubles(live.bot.said)]
        record.violations += [f"a call failed: {call}" for call in live.telegram.failures]
        updates = range(first, live.telegram.updates.next_id)
    for one in partners:
        record.violations += one.sight.missing_papers()
        diary = folder / f"{one.person.name}.diary"
        diary.write_text("\n".join(one.sight.diary), encoding="utf-8")
    with open_store(None, folder / "data") as store:
        report.posted = entries_by_kind(store)
        ids = [one.person.user_id for one in partners]
        report.violations = verdict(store, record, ids, updates)
    report.operations = record.operations
    report.customers = len(record.added)
    report.papers = sum(one.sight.papers for one in partners)
    report.resumed = record.resumed


async def _signed_in(live: Live, number: int, seed: int, record: Record, pause: Pause) -> Partner:
    name = f"Partner {ascii_uppercase[number]}"
    phone = await live.partner(name, f"+9198765432{number:02}")
    person = live.telegram.people[phone.user_id]
    return Partner(person, seeded(f"{seed} {name}"), record, pause)


async def _left_over(folder: Path) -> list[str]:
    """Processes of the bot that are there after its end, known by the folder they work in."""
    try:
        await until(lambda: not _processes_in(folder), "they end", within=LEAVE_SECONDS)
    except AssertionError:
        return [f"process {pid} outlived the bot" for pid in _processes_in(folder)]
    return []


def _processes_in(folder: Path) -> list[str]:
    there = []
    for link in Path("/proc").glob("[0-9]*/cwd"):
        with suppress(OSError):  # it has just ended, or is another user's
            if link.readlink() == folder.resolve():
                there.append(link.parent.name)
    return there


def _troubles(log: str) -> list[str]:
    levels = '"level": "ERROR"', '"level": "CRITICAL"'
    return [line for line in log.splitlines() if any(level in line for level in levels)]
