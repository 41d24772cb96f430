"""Two ways in which books are often kept, and which lose money: the storm must catch both.

They take invoices and payments, and no more. They let an operation in once, and are right as long
as one works alone and nobody dies. A short pause stands where another one may come in between, or
the process die, so that what happens one day does happen in a storm of seconds.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from pymongo import MongoClient, ReturnDocument

from benchmarks.ledger_storm.books import CLOCK, Posted
from bot.entries import Asking, decide_invoice, decide_payment
from bot.errors import NotAllowed
from bot.invoices import NewInvoice
from bot.ledger import as_of, balance, in_order
from bot.numbering import financial_year, invoice_number, number_key
from bot.payments import NewPayment
from bot.posting import head_as_shown
from bot.reversals import NewReversal
from bot.views import views
from storage.collection import Database
from storage.errors import Outpaced
from storage.ledger import Ledger
from storage.models import (
    EntryKind,
    Invoice,
    InvoiceItem,
    LedgerEntry,
    OpenInvoice,
    PaymentDetails,
    Status,
    User,
)
from storage.store import Store

PAUSE = 0.02
"""Seconds."""


class _Naive:
    """What the two share. Of the store's indexes none is made: nothing decides between writers."""

    def __init__(self, database: Database) -> None:
        self.store = Store(database)
        self._database = database
        self._customers = database["customers"]

    def reverse(self, order: NewReversal, *, by: User, standing_on: int | None) -> Posted:
        raise NotAllowed(f"Nothing is taken back here: {order}, {by}, {standing_on}")

    def undo(self, op: str, *, by: User) -> Posted:
        raise NotAllowed(f"Nothing is taken back here: {op}, {by}")

    def catch_up(self) -> None:
        """Nobody who keeps books like this knows what to do after a crash."""

    def _post(
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


class ReadThenSet(_Naive):
    """Reads where the customer stands, adds, and sets it."""

    def create_invoice(self, order: NewInvoice, *, by: User, standing_on: int | None) -> Posted:
        def make() -> LedgerEntry:
            year = financial_year(order.invoice_date)
            # A new one each time, since it remembers the last number that it found.
            serial = Ledger(self._database).last_number(year) + 1
            return decide_invoice(
                self._last(order.customer_id),
                _drawn_up(order, by, invoice_number(year, serial)),
                paid=order.paid,
                number_key=number_key(year, serial),
                asking=_asking(order.op, by),
            )

        return self._post(order.op, order.customer_id, standing_on, make)

    def record_payment(self, order: NewPayment, *, by: User, standing_on: int | None) -> Posted:
        _check(order)

        def make() -> LedgerEntry:
            return decide_payment(
                self._last(order.customer_id),
                customer_id=order.customer_id,
                amount=order.amount,
                date=order.date,
                details=PaymentDetails(),
                asking=_asking(order.op, by),
            )

        return self._post(order.op, order.customer_id, standing_on, make)

    def _last(self, customer_id: str) -> LedgerEntry | None:
        customer = self._customers.find_one({"_id": customer_id})
        assert customer, "the storm's customers are there"
        return LedgerEntry.read(customer["last"]) if "last" in customer else None

    def _set(self, entry: LedgerEntry) -> None:
        after = balance(entry)
        stands = {
            "total_outstanding_balance": after.outstanding,
            "advance": after.advance,
            "applied_seq": after.seq,
            "last": entry.stored(),
        }
        self._customers.update_one({"_id": entry.customer_id}, {"$set": stands})


class TwoIncs(_Naive):
    """Takes the invoice's number with one ``$inc`` and adds to the customer with another.

    Each is atomic; the two and the entry in the ledger together are not. Money is kept as advance.
    """

    def create_invoice(self, order: NewInvoice, *, by: User, standing_on: int | None) -> Posted:
        def make() -> LedgerEntry:
            year = financial_year(order.invoice_date)
            serial = self._next_serial(year)
            number = invoice_number(year, serial)
            time.sleep(PAUSE)
            entry = self._added(
                *(_asking(order.op, by), order.customer_id),
                new=OpenInvoice(
                    invoice_id=order.op, number=number, due_date=order.due_date, due=order.total
                ),
                paid=order.paid,
                kind=EntryKind.INVOICE,
                date=order.invoice_date,
                invoice_number=number,
                number_key=number_key(year, serial),
            )
            drawn_up = _drawn_up(order, by, number).model_copy(
                update={"previous_balance": entry.before, "balance_after": entry.after}
            )
            invoice = as_of(drawn_up, balance(entry))
            return entry.model_copy(update={"invoice": invoice})

        return self._post(order.op, order.customer_id, standing_on, make)

    def record_payment(self, order: NewPayment, *, by: User, standing_on: int | None) -> Posted:
        _check(order)

        def make() -> LedgerEntry:
            return self._added(
                *(_asking(order.op, by), order.customer_id),
                new=None,
                paid=order.amount,
                kind=EntryKind.PAYMENT,
                date=order.date,
                payment=PaymentDetails(),
            )

        return self._post(order.op, order.customer_id, standing_on, make)

    def _next_serial(self, year: int) -> int:
        counter = self._database["counters"].find_one_and_update(
            {"_id": str(year)},
            {"$inc": {"serial": 1}},
            upsert=True,
            return_document=ReturnDocument.AFTER,
        )
        assert counter, "it is made where there is none"
        return int(counter["serial"])

    def _added(
        self,
        asking: Asking,
        customer_id: str,
        *,
        new: OpenInvoice | None,
        paid: int,
        **what: Any,
    ) -> LedgerEntry:
        """Add to the customer, and say so in an entry that is still to be written."""
        total = new.due if new else 0
        adds: dict[str, Any] = {
            "$inc": {"applied_seq": 1, "total_outstanding_balance": total, "advance": paid}
        }
        if new:
            adds["$set"] = {f"open.{new.invoice_id}": new.model_dump_json()}
        stands = self._customers.find_one_and_update(
            {"_id": customer_id}, adds, return_document=ReturnDocument.AFTER
        )
        assert stands, "the storm's customers are there"
        after = stands["total_outstanding_balance"] - stands["advance"]
        still_open = (
            OpenInvoice.model_validate_json(one) for one in stands.get("open", {}).values()
        )
        return LedgerEntry(
            id=asking.op,
            customer_id=customer_id,
            seq=stands["applied_seq"],
            amount=total - paid,
            before=after - (total - paid),
            after=after,
            paid=paid,
            open=list(in_order(still_open)),
            allocations=[],
            advance=stands["advance"],
            actor=asking.by.id,
            actor_name=asking.by.name,
            at=asking.at,
            payload_hash=asking.asked,
            **what,
        )


@contextmanager
def read_then_set(uri: str, _folder: Path) -> Iterator[ReadThenSet]:
    with _database(uri) as database:
        yield ReadThenSet(database)


@contextmanager
def two_incs(uri: str, _folder: Path) -> Iterator[TwoIncs]:
    with _database(uri) as database:
        yield TwoIncs(database)


@contextmanager
def _database(uri: str) -> Iterator[Database]:
    client: MongoClient[dict[str, Any]]
    with MongoClient(uri, tz_aware=True, w="majority", journal=True) as client:
        yield client["naive"]


def _check(order: NewPayment) -> None:
    if order.invoice_id or order.from_advance:
        raise NotAllowed(f"Money is money here: {order}")


def _asking(op: str, by: User) -> Asking:
    return Asking(op, by, CLOCK.now(), asked="")


def _drawn_up(order: NewInvoice, by: User, number: str) -> Invoice:
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
