"""Where a customer stands, and how money moves over their invoices.

Pure: nothing here reads or writes. A ledger entry carries the state after it (what is open, what
is held in advance), so what comes next is decided from the last one alone. Amounts are paise.
"""

import datetime as dt
import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from bot.errors import InvalidAmount
from bot.i18n import _
from bot.numbering import counted_as
from storage.models import (
    Allocation,
    EntryKind,
    Invoice,
    LedgerEntry,
    OpenInvoice,
    Reversal,
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

    def due_on(self, invoice_id: str) -> int:
        """What is left to pay on this invoice; 0 when it is not open."""
        return sum(part.due for part in self.open if part.invoice_id == invoice_id)

    def owed_on(self, invoice_id: str) -> int:
        """What is owed on it: the advance held is for the invoices before it, and then for it."""
        held = self.advance
        for part in self.open:
            if part.invoice_id == invoice_id:
                return max(part.due - held, 0)
            held = max(held - part.due, 0)
        return 0


@dataclass(frozen=True)
class Move:
    """What an entry does: money received, what goes to or comes off invoices, where that leads.

    ``paid`` is negative when money is given back.

    Raises:
        InvalidAmount: a balance would pass the largest amount that is kept.
    """

    paid: int
    allocations: list[Allocation]
    after: Balance

    def __post_init__(self) -> None:
        for amount in (abs(self.paid), self.after.outstanding, self.after.advance):
            check_cap(amount)


@dataclass(frozen=True)
class Settling(Move):
    """What pays for a new invoice.

    ``amount_paid`` is what went to the new invoice: money handed over, and ``advance_used``.
    """

    amount_paid: int
    advance_used: int


def balance(head: LedgerEntry | None) -> Balance:
    """Where the customer stands whose last entry this is; None is a customer without entries."""
    return Balance(head.seq, tuple(head.open), head.advance) if head else Balance()


def settle(before: Balance, new: OpenInvoice, paid: int) -> Settling:
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
        in_order([*still_open, *opened]),
        before.advance - advance_used + left,
    )
    return Settling(paid, [*own, *older], after, amount_paid, advance_used)


def allocate(before: Balance, paid: int, *, applied: int = 0, only: str | None = None) -> Move:
    """Put money received, and ``applied`` of the advance held, to what is open.

    It goes to the oldest due first, or to the one invoice ``only``; what is left is advance.

    Raises:
        InvalidAmount: a balance would pass the largest amount that is kept.
    """
    allocations, still_open, left = _spread(paid + applied, before.open, only)
    after = Balance(before.seq + 1, tuple(still_open), before.advance - applied + left)
    return Move(paid, allocations, after)


def as_of(invoice: Invoice, after: Balance) -> Invoice:
    """The invoice as it stands with this balance: what is not open is paid."""
    due = after.due_on(invoice.id)
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


def cancelled(invoice: Invoice, by: LedgerEntry) -> Invoice:
    """The invoice once this entry took it out of the books: nothing is paid or due on it."""
    return invoice.model_copy(
        update={
            "amount_paid": 0,
            "remaining_balance": 0,
            "status": Status.CANCELLED,
            "open_due_date": None,
            "applied_seq": by.seq,
            "cancelled": reversal(by),
        }
    )


def reversal(entry: LedgerEntry) -> Reversal:
    """What a document says of the entry that took it back."""
    return Reversal(
        op=entry.op,
        actor=entry.actor,
        actor_name=entry.actor_name,
        at=entry.at,
        reason=entry.reason,
    )


def in_order(open_invoices: Iterable[OpenInvoice]) -> tuple[OpenInvoice, ...]:
    """In the order in which money goes to them: the oldest due first, then the lower number."""

    def turn(one: OpenInvoice) -> tuple[dt.date, int, str]:
        # As counted: how the numbers look may have changed in the middle of a year. By length
        # first: the hundred thousandth of a year comes after the one before it.
        number = counted_as(one.number)
        return one.due_date, len(number), number

    return tuple(sorted(open_invoices, key=turn))


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
    money: int, open_invoices: tuple[OpenInvoice, ...], only: str | None = None
) -> tuple[list[Allocation], list[OpenInvoice], int]:
    """Pay invoices in the order given: what went where, what stays open, what is left."""
    allocations: list[Allocation] = []
    still_open: list[OpenInvoice] = []
    for invoice in open_invoices:
        part = min(money, invoice.due) if only in (None, invoice.invoice_id) else 0
        money -= part
        if part:
            allocations.append(Allocation(invoice_id=invoice.invoice_id, amount=part))
        if part < invoice.due:
            still_open.append(invoice.model_copy(update={"due": invoice.due - part}))
    return allocations, still_open, money


def _status(paid: int, due: int) -> Status:
    if not due:
        return Status.PAID
    return Status.PARTIAL if paid else Status.UNPAID
