"""The ledger of one customer in memory, for tests of the rules: every kind of entry, appended."""

import datetime as dt

from bot.account import Account
from bot.entries import (
    decide_apply,
    decide_invoice,
    decide_payment,
    decide_restore,
    decide_reversal,
)
from storage.models import (
    EntryKind,
    Invoice,
    InvoiceItem,
    LedgerEntry,
    PaymentDetails,
    PaymentMethod,
    Status,
)
from tests.bot.asking import MOMENT, asking

FIRST_DAY = dt.date(2026, 11, 1)


def bill(id: str, total: int, *, due_in: int = 15, number: str = "") -> Invoice:
    """An invoice as drawn up, with nothing settled yet."""
    return Invoice(
        id=id,
        customer_id="ramesh",
        created_by_user_id="partner",
        invoice_date=FIRST_DAY,
        due_date=FIRST_DAY + dt.timedelta(days=due_in),
        previous_balance=0,
        total_amount=total,
        amount_paid=0,
        remaining_balance=total,
        status=Status.UNPAID,
        items=[
            InvoiceItem(item_name="wheat", quantity="1", price_per_unit=total, total_price=total)
        ],
        download_link=f"https://t.me/arhtiya_bot?start=inv_{id}",
        invoice_number=number or f"26-27/{id:0>5}",
        created_at=MOMENT,
    )


class LedgerOfOne:
    """Each method appends an entry under the operation ``op`` and returns it."""

    def __init__(self) -> None:
        self.entries: list[LedgerEntry] = []

    @property
    def head(self) -> LedgerEntry | None:
        return self.entries[-1] if self.entries else None

    @property
    def account(self) -> Account:
        return Account(self.entries)

    @property
    def due(self) -> dict[str, int]:
        """What is left to pay, by invoice."""
        return {part.invoice_id: part.due for part in self.entries[-1].open}

    @property
    def advance(self) -> int:
        return self.entries[-1].advance

    def invoice(self, op: str, total: int, paid: int = 0, **drawn_up) -> LedgerEntry:
        kind = drawn_up.pop("kind", EntryKind.INVOICE)
        return self._append(
            decide_invoice(
                self.head,
                bill(op, total, **drawn_up),
                paid=paid,
                number_key=len(self.entries) + 1,
                asking=asking(op),
                kind=kind,
            )
        )

    def pay(self, op: str, amount: int, *, only: str | None = None) -> LedgerEntry:
        details = PaymentDetails(method=PaymentMethod.UPI, reference="9911", invoice_id=only)
        return self._append(
            decide_payment(
                self.head,
                customer_id="ramesh",
                amount=amount,
                date=FIRST_DAY,
                details=details,
                asking=asking(op),
            )
        )

    def apply(self, op: str, amount: int, *, only: str | None = None) -> LedgerEntry:
        return self._append(
            decide_apply(
                self.head,
                customer_id="ramesh",
                amount=amount,
                date=FIRST_DAY,
                only=only,
                asking=asking(op),
            )
        )

    def take_back(
        self, op: str, *, invoice: str | None = None, payment: str | None = None
    ) -> LedgerEntry:
        return self._append(
            decide_reversal(
                self.account,
                invoice_id=invoice,
                payment_id=payment,
                date=FIRST_DAY,
                reason="wrong amount",
                asking=asking(op),
            )
        )

    def put_back(self, op: str, reversal: LedgerEntry) -> LedgerEntry:
        return self._append(
            decide_restore(
                self.account, reversal, date=FIRST_DAY, reason="a slip", asking=asking(op)
            )
        )

    def _append(self, entry: LedgerEntry) -> LedgerEntry:
        self.entries.append(entry)
        return entry
