"""The next entry: from where a customer stands and what is asked, to what the ledger appends.

Pure: nothing here reads or writes. Amounts are paise.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from bot.account import Account
from bot.ledger import Move, allocate, as_of, balance, settle
from storage.models import (
    EntryKind,
    Invoice,
    LedgerEntry,
    OpenInvoice,
    PaymentDetails,
    User,
)


@dataclass(frozen=True)
class Asking:
    """Who asks for an entry, when (UTC), under which operation, and the hash of what is asked."""

    op: str
    by: User
    at: dt.datetime
    asked: str


def decide_invoice(
    head: LedgerEntry | None,
    invoice: Invoice,
    *,
    paid: int,
    number_key: int | None,
    asking: Asking,
    kind: EntryKind = EntryKind.INVOICE,
) -> LedgerEntry:
    """The entry that posts this invoice.

    ``invoice`` says what was sold, to whom and by whom; its balances are settled here.

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
    posted = invoice.model_copy(
        update={
            "previous_balance": before.net,
            "advance_used": settled.advance_used,
            "balance_after": settled.after.net,
        }
    )
    return _entry(
        head,
        settled,
        asking,
        kind=kind,
        customer_id=invoice.customer_id,
        date=invoice.invoice_date,
        invoice=as_of(posted, settled.after),
        invoice_number=invoice.invoice_number or None,
        number_key=number_key,
    )


def decide_payment(
    head: LedgerEntry | None,
    *,
    customer_id: str,
    amount: int,
    date: dt.date,
    details: PaymentDetails,
    asking: Asking,
) -> LedgerEntry:
    """The entry that records money received: to the oldest due, or to the one invoice it is for.

    Raises:
        InvalidAmount: a balance would pass the largest amount that is kept.
    """
    return _entry(
        head,
        allocate(balance(head), amount, only=details.invoice_id),
        asking,
        kind=EntryKind.PAYMENT,
        customer_id=customer_id,
        date=date,
        payment=details,
    )


def decide_apply(
    head: LedgerEntry | None,
    *,
    customer_id: str,
    amount: int,
    date: dt.date,
    only: str | None,
    asking: Asking,
) -> LedgerEntry:
    """The entry that puts so much of the advance held to what is open; no money comes."""
    return _entry(
        head,
        allocate(balance(head), 0, applied=amount, only=only),
        asking,
        kind=EntryKind.APPLY,
        customer_id=customer_id,
        date=date,
    )


def decide_reversal(
    account: Account,
    *,
    invoice_id: str | None,
    payment_id: str | None,
    date: dt.date,
    reason: str,
    asking: Asking,
) -> LedgerEntry:
    """The entry that cancels an invoice, undoes a payment, or both; both are in force.

    Raises:
        InvalidAmount: a balance would pass the largest amount that is kept.
    """
    origin = account.entries[invoice_id or payment_id or ""]
    return _entry(
        _last(account),
        account.reverse(invoice_id=invoice_id, payment_id=payment_id),
        asking,
        kind=EntryKind.CANCEL if invoice_id else EntryKind.UNDO,
        customer_id=origin.customer_id,
        date=date,
        invoice_id=invoice_id,
        payment_id=payment_id,
        reason=reason,
    )


def decide_restore(
    account: Account, reversal: LedgerEntry, *, date: dt.date, reason: str, asking: Asking
) -> LedgerEntry:
    """The entry that takes back a cancel or an undo that is in force.

    Raises:
        InvalidAmount: a balance would pass the largest amount that is kept.
    """
    return _entry(
        _last(account),
        account.restore(reversal),
        asking,
        kind=EntryKind.RESTORE,
        customer_id=reversal.customer_id,
        date=date,
        invoice_id=reversal.invoice_id,
        payment_id=reversal.payment_id,
        restores=reversal.op,
        reason=reason,
    )


def _last(account: Account) -> LedgerEntry:
    return next(reversed(account.entries.values()))


def _entry(head: LedgerEntry | None, move: Move, asking: Asking, **what: Any) -> LedgerEntry:
    before, after = balance(head), move.after
    return LedgerEntry(
        id=asking.op,
        seq=after.seq,
        amount=after.net - before.net,
        before=before.net,
        after=after.net,
        paid=move.paid,
        open=list(after.open),
        allocations=move.allocations,
        advance=after.advance,
        actor=asking.by.id,
        actor_name=asking.by.name,
        at=asking.at,
        payload_hash=asking.asked,
        **what,
    )
