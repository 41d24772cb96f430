"""What long papers cost those who did not ask for them."""

import asyncio
import tempfile
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from decimal import Decimal
from pathlib import Path

from benchmarks.papers import NAMES
from benchmarks.replies import p95, press, reply_seconds
from benchmarks.signed_in import CLOCK, books, customer_of, people
from bot.invoices import NewInvoice, NewItem, create_invoice
from simulator.people import Person
from storage.ids import new_id
from storage.store import Store
from tests.process.live import Live

ROWS = 200
TURNS = 24
LINES = 4
LINE = ("wheat", "52", "2425")
"""Three steps of the wizard: an item's name, its quantity, its price."""


def p95_while_pdf_vs_idle(readers: int = 1) -> float:
    """The p95 reply to a typed step while papers of ``ROWS`` lines are made ÷ while none are.

    ``readers`` partners have one made after the other: as soon as it is on the phone, the next.
    """
    return asyncio.run(_measured(readers))


async def _measured(readers: int) -> float:
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        live = Live(folder, LOG_LEVEL="INFO")
        writer, *reading = people(live.telegram, 1 + readers)
        with books(folder, [writer, *reading]) as store:
            numbers = [_long_invoice(store, one) for one in reading]
        await stack.enter_async_context(live)
        for reader, number in zip(reading, numbers, strict=True):
            await reply_seconds(reader, lambda r=reader, n=number: r.send(n))
            await reply_seconds(reader, lambda r=reader: press(r, "i:"))
            await _paper(reader)
        await _steps(writer)
        idle, beside = [], []
        for _turn in range(TURNS):
            idle += await _steps(writer)
            beside += await _while_papers_are_made(reading, lambda: _steps(writer))
        return p95(beside) / p95(idle)


async def _steps(writer: Person) -> list[float]:
    for text in ("/invoice", customer_of(writer)):
        await reply_seconds(writer, lambda text=text: writer.send(text))
    times = [
        await reply_seconds(writer, lambda text=text: writer.send(text)) for text in LINE * LINES
    ]
    await reply_seconds(writer, lambda: writer.send("/cancel"))
    return times


async def _while_papers_are_made(
    reading: list[Person], work: Callable[[], Awaitable[list[float]]]
) -> list[float]:
    enough = asyncio.Event()

    async def read(reader: Person) -> None:
        while not enough.is_set():
            await _paper(reader)

    async with asyncio.TaskGroup() as tasks:
        for reader in reading:
            tasks.create_task(read(reader))
        times = await work()
        enough.set()
    return times


async def _paper(reader: Person) -> None:
    await reply_seconds(reader, lambda: press(reader, "pdf:"), document=True)


def _long_invoice(store: Store, person: Person) -> str:
    """The number of a new invoice of this partner's."""
    (customer,) = store.customers.search(customer_of(person))
    user = store.users.by_phone(person.phone)
    assert user
    items = [
        NewItem(f"{NAMES[row % len(NAMES)]} {row}", Decimal(40 + row), 2_400_00 + 113 * row, "q")
        for row in range(ROWS)
    ]
    today = CLOCK.today()
    order = NewInvoice(new_id(), customer.id, tuple(items), 0, today, today)
    posted = create_invoice(store, CLOCK, order, by=user, link=lambda _id: "", standing_on=0)
    return posted.invoice.invoice_number
