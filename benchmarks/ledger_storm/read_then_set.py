"""Naive books: the balance is read, added to and set."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.ledger_storm.books import Posted
from benchmarks.ledger_storm.naive import Naive, asking, check, drawn_up, opened
from bot.entries import decide_invoice, decide_payment
from bot.invoices import NewInvoice
from bot.ledger import balance
from bot.numbering import DEFAULT_NUMBERING, financial_year, number_key
from bot.payments import NewPayment
from storage.ledger import Ledger
from storage.models import LedgerEntry, PaymentDetails, User


class ReadThenSet(Naive):
    """Reads where the customer stands, adds, and sets it."""

    def create_invoice(self, order: NewInvoice, *, by: User, standing_on: int | None) -> Posted:
        def make() -> LedgerEntry:
            year = financial_year(order.invoice_date)
            # A new one each time, since it remembers the last number that it found.
            serial = Ledger(self.database).last_number(year) + 1
            return decide_invoice(
                self._last(order.customer_id),
                drawn_up(order, by, DEFAULT_NUMBERING.number(year, serial)),
                paid=order.paid,
                number_key=number_key(year, serial),
                asking=asking(order.op, by),
            )

        return self.post(order.op, order.customer_id, standing_on, make)

    def record_payment(self, order: NewPayment, *, by: User, standing_on: int | None) -> Posted:
        check(order)

        def make() -> LedgerEntry:
            return decide_payment(
                self._last(order.customer_id),
                customer_id=order.customer_id,
                amount=order.amount,
                date=order.date,
                details=PaymentDetails(),
                asking=asking(order.op, by),
            )

        return self.post(order.op, order.customer_id, standing_on, make)

    def _last(self, customer_id: str) -> LedgerEntry | None:
        customer = self.customers.find_one({"_id": customer_id})
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
        self.customers.update_one({"_id": entry.customer_id}, {"$set": stands})


@contextmanager
def read_then_set(uri: str, _folder: Path) -> Iterator[ReadThenSet]:
    with opened(uri) as database:
        yield ReadThenSet(database)
