"""Views: the documents that show the ledger, as pure functions of its entries.

:func:`views` says how one entry shows; folding it over all of a customer's entries rebuilds all
that is kept of their money. Amounts are paise.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from bot.ledger import Balance, as_of, balance, cancelled, reversal
from storage.models import EntryKind, Invoice, LedgerEntry, Payment, PaymentDetails

EntryOf = Callable[[str], LedgerEntry]
"""Gives an earlier entry by its operation. Raises LookupError."""


@dataclass(frozen=True)
class Views:
    """The documents that show one entry, as they are once it is applied."""

    balance: Balance
    invoices: list[Invoice]
    payment: Payment | None


def views(entry: LedgerEntry, entry_of: EntryOf) -> Views:
    """What shows this entry. It says where things stand, not how they moved: twice is once."""
    after = balance(entry)
    own = entry.invoice.id if entry.invoice else entry.invoice_id
    touched = dict.fromkeys([own] if own else [])
    touched |= dict.fromkeys(part.invoice_id for part in entry.allocations)
    shown = []
    for id in touched:
        invoice = _issued(entry if id == entry.op else entry_of(id))
        is_out = id == entry.invoice_id and entry.kind is not EntryKind.RESTORE
        shown.append(cancelled(invoice, entry) if is_out else as_of(invoice, after))
    return Views(after, shown, _payment(entry, entry_of))


def rebuild(entries: Iterable[LedgerEntry]) -> tuple[Balance, list[Invoice], list[Payment]]:
    """All that is shown of a customer, from nothing but their entries in order."""
    stands = Balance()
    known: dict[str, LedgerEntry] = {}
    invoices: dict[str, Invoice] = {}
    payments: dict[str, Payment] = {}
    for entry in entries:
        known[entry.op] = entry
        shown = views(entry, known.__getitem__)
        stands = shown.balance
        invoices |= {invoice.id: invoice for invoice in shown.invoices}
        if shown.payment:
            payments[shown.payment.id] = shown.payment
    return stands, list(invoices.values()), list(payments.values())


def _issued(entry: LedgerEntry) -> Invoice:
    if entry.invoice is None:
        raise LookupError(f"entry {entry.op} is taken for an invoice, which it is not")
    return entry.invoice


def _payment(entry: LedgerEntry, entry_of: EntryOf) -> Payment | None:
    """The money that this entry brought, gave back, or brought again."""
    if entry.payment_id is None:
        received = _received(entry)
    else:
        received = _received(entry_of(entry.payment_id))
    if received is None:
        return None
    undone = entry.payment_id is not None and entry.kind is not EntryKind.RESTORE
    return received.model_copy(
        update={"applied_seq": entry.seq, "undone": reversal(entry) if undone else None}
    )


def _received(entry: LedgerEntry) -> Payment | None:
    """The money handed over with an entry. What an advance paid was received before.

    What was paid on an invoice of earlier books is known as a sum alone, and no payment of ours.
    """
    if entry.paid <= 0 or entry.kind not in (EntryKind.INVOICE, EntryKind.PAYMENT):
        return None
    details = entry.payment or PaymentDetails()
    return Payment(
        id=entry.id,
        customer_id=entry.customer_id,
        amount=entry.paid,
        payment_date=entry.day,
        allocations=entry.own_money,
        method=details.method,
        reference=details.reference,
        created_by_user_id=entry.actor,
        created_by_name=entry.actor_name,
        created_at=entry.at,
        seq=entry.seq,
    )
