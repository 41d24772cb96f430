"""What the bot holds in memory once it has made a thousand invoices, with their papers."""

import asyncio
import tempfile
from pathlib import Path

from benchmarks.crowd import AtWork
from benchmarks.memory import memory_mb
from benchmarks.signed_in import books, people
from tests.process.live import Live

PARTNERS = 20
INVOICES = 50
"""Of each of them."""


def memory_after_thousand() -> float:
    """In MB of 10⁶ bytes, of all its processes."""
    return asyncio.run(_measured())


async def _measured() -> float:
    with tempfile.TemporaryDirectory() as folder:
        # As it is by default. A gateway is 18 MB more: Apprise loads all it has.
        default = {"LOG_LEVEL": "INFO", "OTP_DELIVERY_URL": "", "CUSTOMER_REMINDER_URL": ""}
        live = Live(Path(folder), **default)
        partners = people(live.telegram, PARTNERS)
        with books(Path(folder), partners):
            pass
        async with live:
            await asyncio.gather(
                *(AtWork(one).work(invoices=INVOICES, pace=0) for one in partners)
            )
            return memory_mb(live.bot.pid)
