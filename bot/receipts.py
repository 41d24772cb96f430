"""What the receipt of a payment says, as the ledger has it. Amounts are paise."""

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.errors import NotThere
from bot.i18n import _
from storage.models import LedgerEntry, PaymentDetails, PaymentMethod, Reversal

if TYPE_CHECKING:  # what draws the papers loads this file, and needs no database driver
    from storage.store import Store


@dataclass(frozen=True)
class ReceiptPart:
    """How much (paise) of the money went to one invoice, and what that left on it then."""

    number: str
    amount: int
    left: int


@dataclass(frozen=True)
class Receipt:
    """Money received, and what it did. All amounts are paise.

    ``number`` is the place of its entry in the customer's account, from 1. ``day`` is the day in
    the firm's zone that it is of, ``at`` the moment (UTC) at which ``received_by`` recorded it.
    ``parts`` are what it settled, ``kept`` became advance: ``amount = Σ parts + kept``.

    ``before`` and ``after`` are the customer's balance, negative when an advance is held.
    ``invoice_total`` is the total of the invoice that it came with, 0 where it came alone, so that
    ``before + invoice_total − amount = after``. (An advance which that invoice used is no money
    received: it was in ``before``.)

    ``undone`` says who took the money out of the books again, when (UTC) and why.
    """

    number: int
    day: dt.date
    at: dt.datetime
    amount: int
    method: PaymentMethod
    reference: str | None
    received_by: str
    parts: tuple[ReceiptPart, ...]
    kept: int
    before: int
    after: int
    invoice_total: int = 0
    undone: Reversal | None = None


def receipt_of(store: "Store", payment_id: str) -> Receipt:
    """The receipt of this payment, alone or handed over with an invoice.

    What it did is said as of then; only whether it is undone is said as of now.

    Raises:
        NotThere: no money was received under this id.
    """
    payment = store.payments.get(payment_id)
    entry = store.ledger.by_op(payment_id)
    if payment is None or entry is None:
        raise NotThere(_("This payment is not in the books."))
    details = entry.payment or PaymentDetails()
    parts = _parts(store, entry)
    return Receipt(
        number=entry.seq,
        day=entry.day,
        at=entry.at,
        amount=entry.paid,
        method=details.method,
        reference=details.reference,
        received_by=entry.actor_name,
        parts=parts,
        kept=entry.paid - sum(part.amount for part in parts),
        before=entry.before,
        after=entry.after,
        invoice_total=entry.invoice.total_amount if entry.invoice else 0,
        undone=payment.undone,
    )


def _parts(store: "Store", entry: LedgerEntry) -> tuple[ReceiptPart, ...]:
    left = {part.invoice_id: part.due for part in entry.open}
    return tuple(
        ReceiptPart(
            number=_number(store, part.invoice_id),
            amount=part.amount,
            left=left.get(part.invoice_id, 0),
        )
        for part in entry.own_money
    )


def _number(store: "Store", invoice_id: str) -> str:
    invoice = store.invoices.get(invoice_id)
    return invoice.invoice_number if invoice else ""
