"""Sound books of one customer, with an entry of every kind."""

import datetime as dt
from decimal import Decimal
from itertools import count

from bot.account import Account
from bot.entries import (
    decide_apply,
    decide_invoice,
    decide_payment,
    decide_restore,
    decide_reversal,
)
from bot.invoices import NewInvoice, NewItem, create_invoice
from bot.numbering import DEFAULT_NUMBERING, number_key
from bot.payments import NewPayment, record_payment
from bot.posting import catch_up_all
from storage.models import (
    Customer,
    EntryKind,
    Invoice,
    InvoiceItem,
    LedgerEntry,
    PaymentDetails,
    Status,
)
from tests.bot.asking import PARTNER, asking

TODAY = dt.date(2026, 11, 22)
HALF = InvoiceItem(item_name="salt", quantity="0.5", price_per_unit=101, total_price=51)


def bill(id: str, total: int, serial: int, due_in: int) -> Invoice:
    """As drawn up, with nothing settled yet; one of its lines had to be rounded."""
    rest = InvoiceItem(
        item_name="wheat", quantity="1", price_per_unit=total - 51, total_price=total - 51
    )
    return Invoice(
        id=id,
        customer_id="ramesh",
        customer_name="Ramesh",
        created_by_user_id="partner",
        invoice_date=TODAY,
        due_date=TODAY + dt.timedelta(days=due_in),
        previous_balance=0,
        total_amount=total,
        amount_paid=0,
        remaining_balance=total,
        status=Status.UNPAID,
        items=[HALF, rest],
        download_link="",
        invoice_number=DEFAULT_NUMBERING.number(2026, serial),
        created_at=asking(id).at,
    )


class Book:
    """Entries, each decided from those before it. Amounts are paise."""

    def __init__(self) -> None:
        self.entries: list[LedgerEntry] = []
        self._serials = count(1)

    @property
    def _head(self) -> LedgerEntry | None:
        return self.entries[-1] if self.entries else None

    def sell(self, op, total, paid=0, *, due_in=15, kind=EntryKind.INVOICE):
        serial = next(self._serials)
        self.entries.append(
            decide_invoice(
                self._head,
                bill(op, total, serial, due_in),
                paid=paid,
                number_key=number_key(2026, serial),
                asking=asking(op),
                kind=kind,
            )
        )

    def receive(self, op, amount, only=None):
        what = {"customer_id": "ramesh", "date": TODAY, "details": PaymentDetails(invoice_id=only)}
        self.entries.append(decide_payment(self._head, amount=amount, asking=asking(op), **what))

    def apply(self, op, amount):
        what = {"customer_id": "ramesh", "date": TODAY, "only": None}
        self.entries.append(decide_apply(self._head, amount=amount, asking=asking(op), **what))

    def reverse(self, op, *, invoice_id=None, payment_id=None):
        targets = {"invoice_id": invoice_id, "payment_id": payment_id}
        what = {"date": TODAY, "reason": "wrong amount", "asking": asking(op)}
        self.entries.append(decide_reversal(Account(self.entries), **targets, **what))

    def restore(self, op, reversal):
        account = Account(self.entries)
        what = {"date": TODAY, "reason": "was right", "asking": asking(op)}
        self.entries.append(decide_restore(account, account.entries[reversal], **what))


def every_kind() -> list[LedgerEntry]:
    """Twelve entries; two invoices are left open, one is cancelled and one payment is undone."""
    book = Book()
    book.sell("a", 500)
    book.sell("b", 300, 100, due_in=5)
    book.receive("p", 350)
    book.reverse("cancel b", invoice_id="b")
    book.apply("use", 200)
    book.reverse("undo p", payment_id="p")
    book.restore("restore b", "cancel b")
    book.sell("c", 100, 900)
    book.sell("o", 250, kind=EntryKind.OPENING)
    book.sell("d", 200, due_in=30)
    book.receive("q", 50, only="o")
    book.reverse("drop c", invoice_id="c")
    return book.entries


def taken_back_at_once() -> list[LedgerEntry]:
    """An invoice with its money, and the use of an advance: undone, put back and undone again."""
    book = Book()
    book.sell("a", 500, 900)
    book.reverse("undo a", invoice_id="a", payment_id="a")
    book.restore("put back a", "undo a")
    book.reverse("undo a again", invoice_id="a", payment_id="a")
    book.sell("b", 300)
    book.receive("p", 300)
    book.sell("c", 700)
    book.reverse("cancel b", invoice_id="b")
    book.apply("use", 300)
    book.reverse("undo use", payment_id="use")
    book.restore("put back use", "undo use")
    return book.entries


def keep(store, entries: list[LedgerEntry]) -> None:
    """Put them into the store, with all that shows them, and a customer who has none."""
    store.customers.add(Customer(id="ramesh", name="Ramesh", created_at=asking("").at))
    store.customers.add(Customer(id="suresh", name="Suresh", created_at=asking("").at))
    for entry in entries:
        store.ledger.append(entry)
    catch_up_all(store)


def change(store, collection, id, **fields):
    """Have a document say what it should not."""
    store._database[collection].update_one({"_id": id}, {"$set": fields})


def remove(store, collection, id):
    store._database[collection].delete_one({"_id": id})


def sell(store, clock, op, customer_id="ramesh", paid=0):
    items = (NewItem("wheat", Decimal("52.5"), 2425),)
    order = NewInvoice(op, customer_id, items, paid, clock.today(), clock.today())
    create_invoice(store, clock, order, by=PARTNER, link=str, standing_on=None)


def receive(store, clock, op, customer_id="ramesh"):
    order = NewPayment(op, customer_id, 100_000, clock.today())
    record_payment(store, clock, order, by=PARTNER, standing_on=None)
