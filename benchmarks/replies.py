"""How long the bot lets people wait: from what they do to its answer on their phone."""

import asyncio
import time
from collections.abc import Callable, Sequence
from statistics import quantiles

from benchmarks.screens import Button, Screen, screen_of
from simulator.people import Person
from simulator.telegram import Event
from tests.process.running import PATIENCE


async def reply_seconds(
    person: Person, act: Callable[[], object], *, document: bool = False
) -> float:
    """Seconds until the first message of the answer is there, new or changed.

    Args:
        document: whether to return only once the answer's document is there too.
    """
    shown: asyncio.Future[float] = asyncio.get_running_loop().create_future()
    done = asyncio.Event()

    def hear(event: Event) -> None:
        if event.kind != "message" or event.user_id != person.user_id:
            return
        kept = person.chat.messages[event.data["message_id"]]
        if not kept.outgoing:
            return
        if not shown.done():
            shown.set_result(time.perf_counter())
        if not document or "document" in kept.message:
            done.set()

    person.telegram.watchers.append(hear)
    try:
        start = time.perf_counter()
        act()
        async with asyncio.timeout(PATIENCE):
            await done.wait()
            return await shown - start
    finally:
        person.telegram.watchers.remove(hear)


def press(person: Person, data: str) -> None:
    """Press the newest button whose token, or whose data outside forms, starts so."""
    screen, button = _newest(person, data)
    person.press(screen.id, button.row, button.column)


def p95(times: Sequence[float]) -> float:
    """The 95th percentile, between the nearest two."""
    return quantiles(times, n=20, method="inclusive")[-1]


def _newest(person: Person, data: str) -> tuple[Screen, Button]:
    for kept in reversed(person.chat.messages.values()):
        if kept.outgoing:
            screen = screen_of(kept)
            if button := screen.button(data):
                return screen, button
    shown = [str(screen_of(kept)) for kept in person.chat.messages.values()]
    raise AssertionError(f"{person.name} has no button {data}: {shown[-3:]}")
