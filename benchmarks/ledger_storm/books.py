"""What the storm beats on: the use cases that move money, on one store."""

import datetime as dt
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Protocol
from zoneinfo import ZoneInfo

from benchmarks.ledger_storm.journal import Intent
from benchmarks.ledger_storm.plan import Kind
from bot.clock import SystemClock
from bot.invoices import NewInvoice, NewItem, create_invoice
from bot.payments import NewPayment, record_payment
from bot.posting import catch_up_all
from bot.reversals import NewReversal, reverse, undo
from storage.database import open_store, store_errors
from storage.errors import StoreUnavailable
from storage.models import LedgerEntry, User
from storage.store import Store

CLOCK = SystemClock(ZoneInfo("Asia/Kolkata"))
PATIENCE = 60.0
"""Seconds that the server may be away, on a machine that is busy with something else."""
PAUSE = 0.02
"""Seconds between two attempts to reach it."""

Posted = tuple[LedgerEntry, bool]
"""The entry, and whether an earlier call had posted it."""


class Books(Protocol):
    """The use cases, with the arguments and errors that they have in ``bot/``."""

    store: Store

    def create_invoice(
        self, order: NewInvoice, *, by: User, standing_on: int | None
    ) -> Posted: ...

    def record_payment(
        self, order: NewPayment, *, by: User, standing_on: int | None
    ) -> Posted: ...

    def reverse(self, order: NewReversal, *, by: User, standing_on: int | None) -> Posted: ...

    def undo(self, op: str, *, by: User) -> Posted: ...

    def catch_up(self) -> None:
        """What is done at a start."""


OpenBooks = Callable[[str, Path], AbstractContextManager[Books]]
"""Opens the books at a URI; the folder is the process's own."""


class TheBooks:
    """The product's."""

    def __init__(self, store: Store) -> None:
        self.store = store

    def create_invoice(self, order: NewInvoice, *, by: User, standing_on: int | None) -> Posted:
        posted = create_invoice(self.store, CLOCK, order, by=by, link=str, standing_on=standing_on)
        return posted.entry, posted.repeated

    def record_payment(self, order: NewPayment, *, by: User, standing_on: int | None) -> Posted:
        return record_payment(self.store, CLOCK, order, by=by, standing_on=standing_on)

    def reverse(self, order: NewReversal, *, by: User, standing_on: int | None) -> Posted:
        return reverse(self.store, CLOCK, order, by=by, standing_on=standing_on)

    def undo(self, op: str, *, by: User) -> Posted:
        return undo(self.store, CLOCK, op, by=by)

    def catch_up(self) -> None:
        catch_up_all(self.store)


@contextmanager
def open_books(uri: str, folder: Path) -> Iterator[Books]:
    """As the product opens a MongoDB."""
    with open_store(uri, folder) as store:
        yield TheBooks(store)


@dataclass(frozen=True)
class Place:
    """Where the books are, how they are opened, and where everybody keeps their own things."""

    folder: Path
    uri: str
    opener: OpenBooks

    def journal(self, worker: int) -> Path:
        return self.folder / f"worker-{worker}.jsonl"

    def on_the_books(self, name: str, work: Callable[[Books], None]) -> None:
        """Do this on open books. When the server goes away meanwhile, open them, do it again.

        Raises:
            StoreUnavailable: nobody could be reached for :data:`PATIENCE` seconds.
        """
        gone: float | None = None
        while True:
            try:
                with store_errors(), self.opener(self.uri, self.folder / name) as books:
                    gone = None
                    work(books)
                    return
            except StoreUnavailable:
                gone = gone or time.monotonic()
                if time.monotonic() - gone > PATIENCE:
                    raise
                time.sleep(PAUSE)


def ask(books: Books, intent: Intent, by: User) -> Posted:
    """Ask for what was intended, in the same words each time."""
    day = dt.date.fromisoformat(intent.day)
    match intent.kind:
        case Kind.INVOICE:
            invoice = NewInvoice(
                op=intent.op,
                customer_id=intent.customer_id,
                items=(NewItem("wheat", Decimal(1), intent.total),),
                paid=intent.money,
                invoice_date=day,
                due_date=day + dt.timedelta(days=intent.total % 30),
            )
            return books.create_invoice(invoice, by=by, standing_on=intent.standing_on)
        case Kind.CANCEL | Kind.UNDO_PAYMENT:
            is_cancel = intent.kind is Kind.CANCEL
            reversal = NewReversal(
                intent.op,
                reason="by the storm",
                invoice_id=intent.target if is_cancel else None,
                payment_id=None if is_cancel else intent.target,
            )
            return books.reverse(reversal, by=by, standing_on=intent.standing_on)
        case Kind.UNDO:
            return books.undo(intent.target or "", by=by)
        case _:
            payment = NewPayment(
                op=intent.op,
                customer_id=intent.customer_id,
                amount=intent.money,
                date=day,
                invoice_id=intent.target,
                from_advance=intent.kind is Kind.FROM_ADVANCE,
            )
            return books.record_payment(payment, by=by, standing_on=intent.standing_on)
