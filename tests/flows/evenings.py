"""The evening of the firm's zone, and what the scheduler does by then."""

import datetime as dt

from tests.flows.mornings import morning, tick
from tests.flows.steps import walk

SATURDAY, SUNDAY, MONDAY, TUESDAY = (dt.date(2026, 8, day) for day in range(1, 5))
NAME = "evenings"
SWITCHED_ON = ("/me", "[🌙 Evening summary: off]")


async def sell(phone, rupees: int, paid: str = "[Nothing]"):
    """An invoice to Ramesh Kumar, and what is paid with it."""
    steps = ["/invoice", "[Ramesh Kumar]", f"wheat 1 {rupees}", "[✓ Done]", paid]
    owed = [] if paid == "[Full]" else ["+15"]
    await walk(*steps, *owed, "[✓ Save invoice]")(phone)


async def look(firm, day: dt.date, hour: int = 20, minute: int = 0):
    """Set the clock of the firm's zone, and tick."""
    await morning(firm, day, hour, minute)
    await tick(firm, NAME)


def told(phone) -> list[str]:
    """The summaries that came."""
    return [one.text for one in phone.messages if one.from_bot and " up to 20:00" in one.text]


def lines(phone) -> list[str]:
    """Of the only summary that came."""
    (one,) = told(phone)
    return one.split("\n")


async def signs_in(firm, phone):
    await phone.share_contact()
    await phone.send(firm.code())
