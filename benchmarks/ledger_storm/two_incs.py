"""Naive books: one ``$inc`` for the number, and another one for the balance."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from pymongo import ReturnDocument

from benchmarks.ledger_storm.books import Posted
from benchmarks.ledger_storm.naive import PAUSE, Naive, asking, check, drawn_up, opened
from bot.entries import Asking
from bot.invoices import NewInvoice
from bot.ledger import as_of, balance, in_order
from bot.numbering import DEFAULT_NUMBERING, financial_year, number_key
from bot.payments import NewPayment
from storage.models import EntryKind, LedgerEntry, OpenInvoice, PaymentDetails, User


class TwoIncs(Naive):
    """Takes the invoice's number with one ``$inc`` and adds to the customer with another.

    Each is atomic; the two and the entry in the ledger together are not. Money is kept as advance.
    """

    def create_invoice(self, order: NewInvoice, *, by: User, standing_on: int | None) -> Posted:
        def make() -> LedgerEntry:
            year = financial_year(order.invoice_date)
            serial = self._next_serial(year)
            number = DEFAULT_NUMBERING.number(year, serial)
            time.sleep(PAUSE)
            entry = self._added(
                *(asking(order.op, by), order.customer_id),
                new=OpenInvoice(
                    invoice_id=order.op, number=number, due_date=order.due_date, due=order.total
                ),
                paid=order.paid,
                kind=EntryKind.INVOICE,
                date=order.invoice_date,
                invoice_number=number,
                number_key=number_key(year, serial),
            )
            unpaid = drawn_up(order, by, number).model_copy(
                update={"previous_balance": entry.before, "balance_after": entry.after}
            )
            invoice = as_of(unpaid, balance(entry))
            return entry.model_copy(update={"invoice": invoice})

        return self.post(order.op, order.customer_id, standing_on, make)

    def record_payment(self, order: NewPayment, *, by: User, standing_on: int | None) -> Posted:
        check(order)

        def make() -> LedgerEntry:
            return self._added(
                *(asking(order.op, by), order.customer_id),
                new=None,
                paid=order.amount,
                kind=EntryKind.PAYMENT,
                date=order.date,
                payment=PaymentDetails(),
            )

        return self.post(order.op, order.customer_id, standing_on, make)

    def _next_serial(self, year: int) -> int:
        counter = self.database["counters"].find_one_and_update(
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
        stands = self.customers.find_one_and_update(
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
def two_incs(uri: str, _folder: Path) -> Iterator[TwoIncs]:
    with opened(uri) as database:
        yield TwoIncs(database)
