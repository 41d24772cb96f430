"""What two ways of keeping books share that lose money: the storm must catch both.

They are in ``read_then_set.py`` and ``two_incs.py``. They take invoices and payments, and no more.
They let an operation in once, and are right as long as one works alone and nobody dies. A short
pause stands where another one may come in between, or the process die, so that what happens one
day does happen in a storm of seconds.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from pymongo import MongoClient

from benchmarks.ledger_storm.books import CLOCK, Posted
from bot.entries import Asking
from bot.errors import NotAllowed
from bot.invoices import NewInvoice
from bot.payments import NewPayment
from bot.posting import head_as_shown
from bot.reversals import NewReversal
from bot.views import views
from storage.collection import Database
from storage.errors import Outpaced
from storage.models import (
    Invoice,
    InvoiceItem,
    LedgerEntry,
    Status,
    User,
)
from storage.store import Store

PAUSE = 0.02
"""Seconds."""


class Naive:
    """Of the store's indexes none is made: nothing decides between writers."""

    def __init__(self, database: Database) -> None:
        self.store = Store(database)
        self.database = database
        self.customers = database["customers"]

    def reverse(self, order: NewReversal, *, by: User, standing_on: int | None) -> Posted:
        raise NotAllowed(f"Nothing is taken back here: {order}, {by}, {standing_on}")

    def undo(self, op: str, *, by: User) -> Posted:
        raise NotAllowed(f"Nothing is taken back here: {op}, {by}")

    def catch_up(self) -> None:
        """Nobody who keeps books like this knows what to do after a crash."""

    def post(
        self,
        op: str,
        customer_id: str,
        standing_on: int | None,
        make: Callable[[], LedgerEntry],
    ) -> Posted:
        posted = self.store.ledger.by_op(op)
        if posted is not None:
            return posted, True
        head_as_shown(self.store, customer_id, standing_on)
        entry = make()
        time.sleep(PAUSE)
        try:
            self.store.ledger.append(entry)
        except Outpaced:
            return self._entry_of(op), True
        shown = views(entry, self._entry_of)
        for invoice in shown.invoices:
            self.store.invoices.bring_up_to(invoice)
        if shown.payment:
            self.store.payments.bring_up_to(shown.payment)
        self._set(entry)
        return entry, False

    def _set(self, entry: LedgerEntry) -> None:
        """Nothing more, where the balance was added to before."""

    def _entry_of(self, op: str) -> LedgerEntry:
        entry = self.store.ledger.by_op(op)
        assert entry, f"{op} was never posted"
        return entry


@contextmanager
def opened(uri: str) -> Iterator[Database]:
    client: MongoClient[dict[str, Any]]
    with MongoClient(uri, tz_aware=True, w="majority", journal=True) as client:
        yield client["naive"]


def check(order: NewPayment) -> None:
    if order.invoice_id or order.from_advance:
        raise NotAllowed(f"Money is money here: {order}")


def asking(op: str, by: User) -> Asking:
    return Asking(op, by, CLOCK.now(), asked="")


def drawn_up(order: NewInvoice, by: User, number: str) -> Invoice:
    items = [
        InvoiceItem(
            item_name=item.name,
            quantity=item.quantity,
            price_per_unit=item.price_per_unit,
            total_price=item.total,
        )
        for item in order.items
    ]
    return Invoice(
        id=order.op,
        customer_id=order.customer_id,
        created_by_user_id=by.id,
        created_at=CLOCK.now(),
        invoice_number=number,
        invoice_date=order.invoice_date,
        due_date=order.due_date,
        items=items,
        previous_balance=0,
        total_amount=order.total,
        amount_paid=0,
        remaining_balance=order.total,
        status=Status.UNPAID,
        download_link=order.op,
    )
