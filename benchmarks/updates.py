"""What an update costs a person: from the message they send to the answer on their phone."""

import asyncio
import tempfile
from contextlib import AsyncExitStack
from pathlib import Path
from statistics import median

from benchmarks.replies import reply_seconds
from simulator.people import Person
from simulator.telegram import Telegram
from tests.process.live import Live, served
from tests.process.running import Child, until

INVOICES = 10
LINES = 8
LINE = ("wheat", "52", "2425")
"""Three steps of the wizard: an item's name, its quantity, its price."""


def cost_vs_echo() -> float:
    """A typed step of the invoice wizard ÷ a bare echo."""
    return asyncio.run(_measured())


async def _measured() -> float:
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        live = await stack.enter_async_context(Live(folder, LOG_LEVEL="INFO"))
        phone = await live.partner()
        await phone.send("/customer", sees="name")
        await phone.send("Ramesh Kumar", sees="Phone")
        await phone.press("Save now", sees="was added")
        partner = live.telegram.people[phone.user_id]
        talker = await _with_an_echo(stack, folder)
        steps, echoes = [], []
        for _invoice in range(INVOICES):
            await phone.send("/invoice", sees="customer")
            await phone.press("Ramesh Kumar", sees="item")
            for text in LINE * LINES:
                steps.append(await _answered(partner, text))
                echoes.append(await _answered(talker, text))
            await phone.press("✓ Done", sees="paid now")
            await phone.press("Full", sees="Date")
            await phone.press("✓ Save invoice", sees="saved")
        return median(steps) / median(echoes)


async def _with_an_echo(stack: AsyncExitStack, folder: Path) -> Person:
    """Somebody who talks to the echo, which has a Telegram of its own of the same kind."""
    telegram = Telegram()
    root = await stack.enter_async_context(served(telegram))
    settings = {"TELEGRAM_BOT_TOKEN": telegram.token, "TELEGRAM_API_URL": root}
    await stack.enter_async_context(Child(folder, settings, "benchmarks.echo"))
    await until(lambda: telegram.online, "the echo is up")
    talker = telegram.person("Echo", "+919800000000")
    await _answered(talker, "warm up")
    return talker


async def _answered(person: Person, text: str) -> float:
    return await reply_seconds(person, lambda: person.send(text))
