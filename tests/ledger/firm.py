"""A firm at work: every order by which its books can change, and what is kept of them."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from bot.books_check import check_customer, check_numbers
from bot.clock import Clock
from bot.entries import Asking, decide_invoice
from bot.invoices import NewInvoice, NewItem, create_invoice
from bot.ledger import payload_hash
from bot.payments import NewPayment, record_payment
from bot.posting import head_as_shown, post
from bot.reversals import NewReversal, reverse, undo
from bot.views import rebuild
from storage.models import (
    Customer,
    EntryKind,
    Invoice,
    InvoiceItem,
    LedgerEntry,
    Status,
    User,
)
from storage.store import Store

TODAY = dt.date(2026, 8, 1)
"""The day on which the tests' clock starts."""


def partner(id: str, name: str) -> User:
    return User(id=id, name=name, phone="+919876543210", registration_date=TODAY)


GURPREET = partner("p1", "Gurpreet")
RAVI = partner("p2", "Ravi")


@dataclass(frozen=True)
class Tap:
    """The Undo button under what the operation ``on`` posted."""

    on: str


@dataclass(frozen=True)
class Opening:
    """An invoice of the books before these, with what had been paid on it (paise)."""

    op: str
    total: int
    paid: int = 0
    customer_id: str = "ramesh"


Order = NewInvoice | NewPayment | NewReversal | Tap | Opening


def invoice(
    op: str, total: int, paid: int = 0, *, customer_id: str = "ramesh", due_in: int = 0
) -> NewInvoice:
    return NewInvoice(
        op=op,
        customer_id=customer_id,
        items=(NewItem("wheat", Decimal(1), total),),
        paid=paid,
        invoice_date=TODAY,
        due_date=TODAY + dt.timedelta(days=due_in),
    )


def payment(
    op: str, amount: int, *, only: str | None = None, customer_id: str = "ramesh"
) -> NewPayment:
    return NewPayment(op, customer_id, amount, TODAY, invoice_id=only)


def use_advance(
    op: str, amount: int, *, only: str | None = None, customer_id: str = "ramesh"
) -> NewPayment:
    return NewPayment(op, customer_id, amount, TODAY, invoice_id=only, from_advance=True)


def cancel(op: str, invoice_id: str) -> NewReversal:
    return NewReversal(op, "wrong customer", invoice_id=invoice_id)


def undo_payment(op: str, payment_id: str) -> NewReversal:
    return NewReversal(op, "wrong amount", payment_id=payment_id)


def ask(
    store: Store,
    clock: Clock,
    order: Order,
    *,
    by: User = GURPREET,
    standing_on: int | None = None,
) -> tuple[LedgerEntry, bool]:
    """Post this order by the use case that it is for: the entry, and whether it was there."""
    match order:
        case NewInvoice():
            posted = create_invoice(store, clock, order, by=by, link=str, standing_on=standing_on)
            return posted.entry, posted.repeated
        case NewPayment():
            return record_payment(store, clock, order, by=by, standing_on=standing_on)
        case NewReversal():
            return reverse(store, clock, order, by=by, standing_on=standing_on)
        case Tap():
            return undo(store, clock, order.on, by=by)
        case Opening():
            return _open(store, clock, order, by)


def _open(store: Store, clock: Clock, order: Opening, by: User) -> tuple[LedgerEntry, bool]:
    asked = payload_hash(EntryKind.OPENING, {"total": order.total, "paid": order.paid})
    item = InvoiceItem(
        item_name="wheat", quantity=Decimal(1), price_per_unit=order.total, total_price=order.total
    )
    brought_in = Invoice(
        id=order.op,
        customer_id=order.customer_id,
        created_by_user_id=by.id,
        created_at=clock.now(),
        invoice_date=TODAY,
        due_date=TODAY,
        previous_balance=0,
        total_amount=order.total,
        amount_paid=0,
        remaining_balance=order.total,
        status=Status.UNPAID,
        items=[item],
        download_link="",
        invoice_number=f"old {order.op}",
    )
    return post(
        store,
        order.op,
        asked,
        lambda: decide_invoice(
            head_as_shown(store, order.customer_id, None),
            brought_in,
            paid=order.paid,
            number_key=None,
            kind=EntryKind.OPENING,
            asking=Asking(order.op, by, clock.now(), asked),
        ),
    )


def add_customers(store: Store, *ids: str) -> None:
    for id in ids:
        store.customers.add(Customer(id=id, name=id))


def begin_books(database, *customer_ids: str) -> Store:
    """Empty books of these customers."""
    store = Store(database)
    store.prepare()
    add_customers(store, *customer_ids)
    return store


def books(store: Store, *customer_ids: str):
    """All that is kept of these customers' money: the ledger, and what shows it."""
    return [
        (
            store.ledger.entries(id),
            store.customers.get(id),
            sorted(store.invoices.of_customer(id, 0, 1000), key=lambda shown: shown.id),
            sorted(store.payments.of_customer(id, 0, 1000), key=lambda shown: shown.id),
        )
        for id in customer_ids
    ]


def ledger_faults(entries_of_each: list[list[LedgerEntry]]) -> list[str]:
    """What is wrong with all entries of all customers."""
    return [
        *check_numbers([entry for entries in entries_of_each for entry in entries]),
        *(fault for entries in entries_of_each for fault in check_customer(entries)),
    ]


def faults(store: Store, *customer_ids: str) -> list[str]:
    """What is wrong with the books of these customers, who are all there are."""
    kept = books(store, *customer_ids)
    found = ledger_faults([entries for entries, *_ in kept])
    for entries, customer, invoices, payments in kept:
        balance, all_invoices, all_payments = rebuild(entries)
        shown = (customer.applied_seq, customer.total_outstanding_balance, customer.advance)
        expected = (balance.seq, balance.outstanding, balance.advance)
        if shown != expected:
            found.append(f"{customer.id} shows {shown}, not {expected}")
        if invoices != sorted(all_invoices, key=lambda shown: shown.id):
            found.append(f"the invoices of {customer.id} are not what the entries rebuild")
        if payments != sorted(all_payments, key=lambda shown: shown.id):
            found.append(f"the payments of {customer.id} are not what the entries rebuild")
    return found
