"""The real bot, and its scheduler, for real seconds: what falls due is told at the set time."""

import asyncio
import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from bot.clock import SystemClock
from tests.process.live import Live

pytestmark = pytest.mark.process

SOON = dt.timedelta(seconds=10)
"""Until the set time; the scheduler looks every half minute."""

LOOKED = 3
"""Seconds after a start, by which the scheduler has looked once."""


def noon() -> tuple[str, dt.datetime]:
    """A zone in which it is about noon, so that no day ends while this runs, and its time now."""
    now = SystemClock(ZoneInfo("UTC")).now()
    behind = now.hour - 12
    # POSIX has the sign the other way around: Etc/GMT+5 is five hours behind.
    return f"Etc/GMT{behind:+d}", now - dt.timedelta(hours=behind)


async def test_what_is_due_is_told_at_the_set_time_once_and_not_again_after_a_start(tmp_path):
    zone, now = noon()
    async with Live(tmp_path, TIMEZONE=zone, REMINDER_TIME="23:59") as live:
        ravi = await live.partner()
        await ravi.press("New customer", sees="What is the customer's name")
        await ravi.send("Ramesh Kumar", sees="Phone")
        await ravi.press("Save now", sees="Ramesh Kumar was added")
        await ravi.send("/invoice", sees="customer")
        await ravi.press("Ramesh Kumar", sees="Which item")
        await ravi.send("wheat 52 2425", sees="₹1,26,100.00")
        await ravi.press("✓ Done", sees="paid now")
        await ravi.press("Nothing", sees="due")
        await ravi.send(f"{now:%d/%m/%Y}", sees="Left on this invoice")
        await ravi.press("✓ Save invoice", sees="saved")

        _zone, now = noon()
        at = now + SOON
        live.bot.settings["REMINDER_TIME"] = f"{at:%H:%M:%S}"
        await live.kill()
        await live.start()
        told = await ravi.sees("To collect: ₹1,26,100.00")
        _zone, now = noon()
        assert now >= at
        assert "Due today" in told["text"]

        await live.kill()
        await live.start()
        await asyncio.sleep(LOOKED)
        words = [message["text"] for message in (await ravi.view())["messages"]]
        assert sum("Due today" in text for text in words) == 1
