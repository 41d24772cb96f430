"""The ledger's decisions: from where a customer stands and what is asked, to the next entry.

Pure: nothing here reads or writes. An entry carries the state after it (what is open, what is held
in advance), so that the next decision needs no more than the entry before. Amounts are paise.
"""

import hashlib
import json
from dataclasses import dataclass
from typing import Any

from bot.errors import InvalidAmount
from bot.i18n import _
from storage.models import (
    Allocation,
    EntryKind,
    Invoice,
    LedgerEntry,
    OpenInvoice,
    Status,
)
from storage.types import MAX_PAISE


@dataclass(frozen=True)
class Balance:
    """Where a customer stands after entry ``seq``; 0 is before the first.

    ``open`` are the invoices with something left to pay, in the order in which money goes to them.
    ``net = outstanding − advance``: what the customer owes, negative when the firm owes.
    """

    seq: int = 0
    open: tuple[OpenInvoice, ...] = ()
    advance: int = 0

    @property
    def outstanding(self) -> int:
        return sum(invoice.due for invoice in self.open)

    @property
    def net(self) -> int:
        return self.outstanding - self.advance


@dataclass(frozen=True)
class Settlement:
    """What pays for a new invoice, and where that leaves the customer.

    ``amount_paid`` is what went to the new invoice: money handed over, and ``advance_used``.
    """

    amount_paid: int
    advance_used: int
    allocations: list[Allocation]
    after: Balance


def balance(head: LedgerEntry | None) -> Balance:
    """Where the customer stands whose last entry this is; None is a customer without entries."""
    return Balance(head.seq, tuple(head.open), head.advance) if head else Balance()


def settle(before: Balance, new: OpenInvoice, paid: int) -> Settlement:
    """Pay for a new invoice, whose ``due`` is its whole total.

    Money handed over goes to this invoice first, then to the oldest open ones; what is left
    becomes advance. What it does not cover is taken from the advance held.

    Raises:
        InvalidAmount: a balance would pass the largest amount that is kept.
    """
    cash = min(paid, new.due)
    advance_used = min(before.advance, new.due - cash)
    amount_paid = cash + advance_used
    older, still_open, left = _spread(paid - cash, before.open)
    own = [Allocation(invoice_id=new.invoice_id, amount=amount_paid)] if amount_paid else []
    due = new.due - amount_paid
    opened = [new.model_copy(update={"due": due})] if due else []
    after = Balance(
        before.seq + 1,
        tuple(sorted([*still_open, *opened], key=_oldest_first)),
        before.advance - advance_used + left,
    )
    for amount in (paid, after.outstanding, after.advance):
        check_cap(amount)
    return Settlement(amount_paid, advance_used, [*own, *older], after)


def decide_invoice(
    head: LedgerEntry | None,
    invoice: Invoice,
    *,
    paid: int,
    number_key: int,
    asked: str,
) -> LedgerEntry:
    """The entry that posts this invoice, written by no one yet, after ``head``.

    ``invoice`` says what was sold, to whom and by whom; its balances are settled here. ``asked``
    is the :func:`payload_hash` of the order it came from.

    Raises:
        InvalidAmount: a balance would pass the largest amount that is kept.
    """
    before = balance(head)
    new = OpenInvoice(
        invoice_id=invoice.id,
        number=invoice.invoice_number,
        due_date=invoice.due_date,
        due=invoice.total_amount,
    )
    settled = settle(before, new, paid)
    if invoice.created_at is None:
        raise ValueError("an invoice is posted with the moment of its making")
    posted = invoice.model_copy(
        update={
            "previous_balance": before.net,
            "advance_used": settled.advance_used,
            "balance_after": settled.after.net,
        }
    )
    return LedgerEntry(
        id=invoice.id,
        customer_id=invoice.customer_id,
        seq=settled.after.seq,
        kind=EntryKind.INVOICE,
        amount=invoice.total_amount - paid,
        before=before.net,
        after=settled.after.net,
        paid=paid,
        open=list(settled.after.open),
        allocations=settled.allocations,
        advance=settled.after.advance,
        invoice=as_of(posted, settled.after),
        invoice_number=invoice.invoice_number,
        number_key=number_key,
        actor=invoice.created_by_user_id,
        at=invoice.created_at,
        payload_hash=asked,
    )


def as_of(invoice: Invoice, after: Balance) -> Invoice:
    """The invoice as it stands with this balance: what is not open is paid."""
    due = sum(part.due for part in after.open if part.invoice_id == invoice.id)
    paid = invoice.total_amount - due
    return invoice.model_copy(
        update={
            "amount_paid": paid,
            "remaining_balance": due,
            "status": _status(paid, due),
            "open_due_date": invoice.due_date if due else None,
            "applied_seq": after.seq,
        }
    )


def payload_hash(kind: EntryKind, asked: dict[str, Any]) -> str:
    """SHA-256, as hexadecimal digits, of what was asked for, as canonical JSON.

    It tells a repeated operation from another one under the same id.
    """
    canonical = json.dumps(
        {"kind": kind, **asked}, sort_keys=True, separators=(",", ":"), ensure_ascii=False
    )
    return hashlib.sha256(canonical.encode()).hexdigest()


def check_cap(amount: int) -> None:
    """Refuse an amount that no field can hold and no paper can print.

    Raises:
        InvalidAmount: it is more than 99,99,99,99,999.99.
    """
    if amount > MAX_PAISE:
        raise InvalidAmount(
            _(
                "The books hold amounts up to 99,99,99,99,999.99, and this would go beyond. "
                "Check the quantities, the prices and what was paid, e.g. 52 at 2425, 50000 paid."
            )
        )


def _spread(
    money: int, open_invoices: tuple[OpenInvoice, ...]
) -> tuple[list[Allocation], list[OpenInvoice], int]:
    """Pay invoices in the order given: what went where, what stays open, what is left."""
    allocations: list[Allocation] = []
    still_open: list[OpenInvoice] = []
    for invoice in open_invoices:
        part = min(money, invoice.due)
        money -= part
        if part:
            allocations.append(Allocation(invoice_id=invoice.invoice_id, amount=part))
        if part < invoice.due:
            still_open.append(invoice.model_copy(update={"due": invoice.due - part}))
    return allocations, still_open, money


def _oldest_first(invoice: OpenInvoice) -> tuple[Any, ...]:
    # By length first: the hundred thousandth number of a year comes after the one before it.
    return invoice.due_date, len(invoice.number), invoice.number


def _status(paid: int, due: int) -> Status:
    if not due:
        return Status.PAID
    return Status.PARTIAL if paid else Status.UNPAID
