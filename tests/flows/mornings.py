"""The clock of the firm's zone, and what the scheduler does by it."""

import datetime as dt
from types import SimpleNamespace

from tests.flows.steps import walk

FIRST = dt.date(2026, 8, 1)
SECOND = dt.date(2026, 8, 2)
NAME = "reminders"


async def sell(partner, due="1/8", paid="Nothing"):
    """An invoice of ₹1,26,100.00 to Ramesh Kumar."""
    steps = ["/invoice", "[Ramesh Kumar]", "wheat 52 2425", "[✓ Done]", f"[{paid}]"]
    await walk(*steps, *([due] if paid == "Nothing" else []), "[✓ Save invoice]")(partner)


async def tick(firm, name=NAME, application=None):
    """What the scheduler does every half minute."""
    application = application or firm.chat.application
    (job,) = application.job_queue.get_jobs_by_name(name)
    await job.callback(SimpleNamespace(bot=application.bot))


def told(phone) -> list[str]:
    """The digests that came."""
    return [one.text for one in phone.messages if one.from_bot and "To collect" in one.text]


async def morning(firm, day: dt.date, hour: int = 9, minute: int = 0):
    firm.clock.moment = dt.datetime.combine(day, dt.time(hour, minute), firm.clock.zone)
