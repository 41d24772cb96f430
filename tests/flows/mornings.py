"""The clock of the firm's zone, and what the scheduler does by it."""

import datetime as dt
from types import SimpleNamespace

from storage.types import instant_text
from tests.flows.steps import walk

FIRST = dt.date(2026, 8, 1)
SECOND = dt.date(2026, 8, 2)
NAME = "reminders"


async def sell(firm, partner, due="1/8", paid="Nothing"):
    """An invoice of ₹1,26,100.00 to Ramesh Kumar, as if it had been made the day before."""
    steps = ["/invoice", "[Ramesh Kumar]", "wheat 52 2425", "[✓ Done]", f"[{paid}]"]
    await walk(*steps, *([due] if paid == "Nothing" else []), "[✓ Save invoice]")(partner)
    before = instant_text(firm.clock.now() - dt.timedelta(days=1))
    newest = firm.store.invoices.page(0, 1)[0].id
    firm.store.invoices._documents.update_one({"_id": newest}, {"$set": {"created_at": before}})


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
