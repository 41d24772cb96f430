"""Views: the documents that show the ledger, as pure functions of its entries.

:func:`views` says how one entry shows; folding it over all of a customer's entries rebuilds all
that is kept of their money. Amounts are paise.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from bot.ledger import Balance, as_of, balance
from storage.models import Invoice, LedgerEntry, Payment


@dataclass(frozen=True)
class Views:
    """The documents that show one entry, as they are once it is applied."""

    balance: Balance
    invoices: list[Invoice]
    payment: Payment | None


def views(entry: LedgerEntry, issued: Callable[[str], Invoice]) -> Views:
    """What shows this entry. It says where things stand, not how they moved: twice is once.

    ``issued`` gives an older invoice as it was posted.
    """
    after = balance(entry)
    own = [entry.invoice] if entry.invoice else []
    older = [issued(part.invoice_id) for part in entry.allocations if part.invoice_id != entry.id]
    return Views(after, [as_of(invoice, after) for invoice in own + older], _payment(entry))


def rebuild(entries: Iterable[LedgerEntry]) -> tuple[Balance, list[Invoice], list[Payment]]:
    """All that is shown of a customer, from nothing but their entries in order."""
    stands = Balance()
    issued: dict[str, Invoice] = {}
    invoices: dict[str, Invoice] = {}
    payments: list[Payment] = []
    for entry in entries:
        if entry.invoice:
            issued[entry.invoice.id] = entry.invoice
        shown = views(entry, issued.__getitem__)
        stands = shown.balance
        invoices |= {invoice.id: invoice for invoice in shown.invoices}
        payments += [shown.payment] if shown.payment else []
    return stands, list(invoices.values()), payments


def _payment(entry: LedgerEntry) -> Payment | None:
    """The money handed over with an invoice. What the advance paid was received before."""
    invoice = entry.invoice
    if invoice is None or not entry.paid:
        return None
    cash = invoice.amount_paid - invoice.advance_used
    allocations = [
        part.model_copy(update={"amount": cash}) if part.invoice_id == invoice.id else part
        for part in entry.allocations
    ]
    return Payment(
        id=entry.id,
        customer_id=entry.customer_id,
        amount=entry.paid,
        payment_date=invoice.invoice_date,
        allocations=allocations,
        created_by_user_id=entry.actor,
        created_at=entry.at,
        seq=entry.seq,
    )
