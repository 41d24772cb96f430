"""Fifty partners at work, against one alone."""

import asyncio
import tempfile
from collections.abc import Callable
from contextlib import AsyncExitStack
from functools import partial
from pathlib import Path

from benchmarks.replies import p95, press, reply_seconds
from benchmarks.signed_in import books, customer_of, people
from simulator.people import Person
from tests.process.live import Live

PARTNERS = 50
PACE = 1.0
"""Seconds from one action of a partner to the next; more when the answer takes longer."""
INVOICES = 6
"""Of the one alone, in the time of one: nobody is there to be waited for, so the pace changes no
answer, and of more of them the p95 says more."""


class AtWork:
    """A partner who makes invoices, each of nine actions, typed and pressed, and a paper."""

    def __init__(self, person: Person) -> None:
        self.person = person
        say, tap = partial(partial, person.send), partial(partial, press, person)
        self._actions: tuple[Callable[[], object], ...] = (
            say("/invoice"),
            say(customer_of(person)),
            say("wheat"),
            say("52"),
            say("2425"),
            tap("done"),
            tap("nothing"),
            tap("day-"),
            tap("save"),
        )
        self._next = 0

    @property
    def length(self) -> int:
        """Actions of an invoice."""
        return len(self._actions)

    async def act(self) -> float:
        """Do what comes next; the seconds until it was answered. Save waits for the paper too."""
        saves = self._next == self.length - 1
        act = self._actions[self._next]
        self._next = (self._next + 1) % self.length
        return await reply_seconds(self.person, act, document=saves)

    async def work(self, *, invoices: int = 1, pace: float = PACE) -> list[float]:
        """Go on for so many, with an action every ``pace`` seconds."""
        loop = asyncio.get_running_loop()
        start, times = loop.time(), []
        for turn in range(invoices * self.length):
            await asyncio.sleep(start + turn * pace - loop.time())
            times.append(await self.act())
        return times


def p95_50_users_vs_1() -> float:
    """The p95 reply of all actions with all partners at work ÷ with one of them alone."""
    return asyncio.run(_measured())


async def _measured() -> float:
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        live = Live(folder, LOG_LEVEL="INFO")
        partners = people(live.telegram, PARTNERS)
        with books(folder, partners):
            pass
        await stack.enter_async_context(live)
        crowd = [AtWork(person) for person in partners]
        await crowd[0].work(pace=0)
        alone = await crowd[0].work(invoices=INVOICES, pace=PACE / INVOICES)
        await _spread(crowd)
        together = await asyncio.gather(
            *(_after(PACE * place / PARTNERS, one) for place, one in enumerate(crowd))
        )
        crowded = [seconds for times in together for seconds in times]
        return p95(crowded) / p95(alone)


async def _spread(crowd: list[AtWork]) -> None:
    """Let them come to different places of their invoices, as people are who work on and on."""
    for place, one in enumerate(crowd):
        for _action in range(place % one.length):
            await one.act()


async def _after(seconds: float, one: AtWork) -> list[float]:
    await asyncio.sleep(seconds)
    return await one.work()
