"""What must hold of the documents that show the ledger, given what its entries add up to.

Small functions that say in words what is wrong. They share no code with what writes the views.
Amounts are paise.
"""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet

from bot.books_sums import Sums, standing
from bot.i18n import _
from bot.money import format_plain
from storage.models import (
    Allocation,
    Customer,
    EntryKind,
    Invoice,
    LedgerEntry,
    Part,
    Payment,
    PaymentDetails,
    Reversal,
)

MOVES = frozenset(
    {"amount_paid", "remaining_balance", "status", "open_due_date", "applied_seq", "cancelled"}
)
"""What of an invoice changes after it was posted."""

AMOUNTS = frozenset(
    {
        *("amount", "amount_paid", "remaining_balance", "total_amount", "advance_used", "advance"),
        *("total_outstanding_balance", "previous_balance", "balance_after"),
    }
)


def check_balances(sums: Sums, customer: Customer) -> list[str]:
    """The customer shows what all entries add up to."""
    right = {
        "applied_seq": len(sums.entries),
        "total_outstanding_balance": sums.outstanding,
        "advance": sums.advance,
    }
    return _differences(_("The customer"), customer, right)


def check_standing(sums: Sums, invoice: Invoice) -> list[str]:
    """An invoice shows what is paid and due on it, and whether it is in the books."""
    issued, by = sums.invoices[invoice.id], sums.cancelled.get(invoice.id)
    paid = sums.paid_on[invoice.id]
    right: dict[str, object] = {
        "applied_seq": sums.invoice_seq[invoice.id],
        "cancelled": _reversal(by) if by else None,
    }
    if by:
        right |= {"amount_paid": 0, "remaining_balance": 0, "status": "Cancelled"}
    else:
        right |= standing(issued.total_amount, paid)
    right["open_due_date"] = issued.due_date if invoice.id in sums.open else None
    return _differences(_invoice(invoice), invoice, right)


def check_paper(sums: Sums, invoice: Invoice) -> list[str]:
    """What stands on an invoice's paper is as it was posted: it never changes."""
    issued = sums.invoices[invoice.id]
    fields = sorted(Invoice.model_fields.keys() - MOVES)
    return _differences(
        _invoice(invoice), invoice, {field: getattr(issued, field) for field in fields}
    )


def check_payment(sums: Sums, payment: Payment) -> list[str]:
    """A payment shows the money of its entry, where that went, and whether it was undone."""
    entry, by = sums.entries[payment.id], sums.undone.get(payment.id)
    details = entry.payment or PaymentDetails()
    right = {
        "customer_id": entry.customer_id,
        "amount": entry.paid,
        "payment_date": entry.date or (entry.invoice.invoice_date if entry.invoice else None),
        "allocations": _money_allocated(entry),
        "method": details.method,
        "reference": details.reference,
        "created_by_user_id": entry.actor,
        "created_by_name": entry.actor_name,
        "created_at": entry.at,
        "seq": entry.seq,
        "applied_seq": sums.money_seq[payment.id],
        "undone": _reversal(by) if by else None,
    }
    return _differences(_("Payment {id}").format(id=payment.id), payment, right)


def check_all_shown(
    sums: Sums, invoices: AbstractSet[str], payments: AbstractSet[str]
) -> list[str]:
    """Every invoice and all money of the entries is shown (these are the ids of what is)."""
    return [
        *(
            _("Invoice {number} is not shown").format(number=invoice.invoice_number)
            for id, invoice in sums.invoices.items()
            if id not in invoices
        ),
        *(
            _("Payment {id} is not shown").format(id=id)
            for id in payments_of(sums)
            if id not in payments
        ),
    ]


def check_none_made_up(
    sums: Sums, invoices: AbstractSet[str], payments: AbstractSet[str]
) -> list[str]:
    """Nothing is shown that is in no entry."""
    return [
        *(
            _("Invoice {id} is shown, and in no entry").format(id=id)
            for id in sorted(invoices - sums.invoices.keys())
        ),
        *(
            _("Payment {id} is shown, and in no entry").format(id=id)
            for id in sorted(payments - set(payments_of(sums)))
        ),
    ]


def payments_of(sums: Sums) -> list[str]:
    """The operations with which money came to us (with an opening, it came before)."""
    return [
        op
        for op, entry in sums.entries.items()
        if entry.kind in (EntryKind.INVOICE, EntryKind.PAYMENT) and entry.paid > 0
    ]


def _money_allocated(entry: LedgerEntry) -> list[Allocation]:
    """Where the money handed over went: to its own invoice no more of it than there was."""
    total = entry.invoice.total_amount if entry.invoice else 0
    parts = (
        Allocation(invoice_id=entry.op, amount=min(entry.paid, total))
        if part.invoice_id == entry.op
        else part
        for part in entry.allocations
    )
    return [part for part in parts if part.amount]


def _reversal(entry: LedgerEntry) -> Reversal:
    return Reversal(
        op=entry.op,
        actor=entry.actor,
        actor_name=entry.actor_name,
        at=entry.at,
        reason=entry.reason,
    )


def _invoice(invoice: Invoice) -> str:
    return _("Invoice {number}").format(number=invoice.invoice_number or invoice.id)


def _differences(name: str, shown: Part, right: Mapping[str, object]) -> list[str]:
    return [
        _difference(name, field, getattr(shown, field), value)
        for field, value in right.items()
        if getattr(shown, field) != value
    ]


def _difference(name: str, field: str, shown: object, right: object) -> str:
    if isinstance(right, list):
        return _("{name} shows other {field} than its entry").format(name=name, field=field)
    return _("{name} shows {field} {shown}, not {right}").format(
        name=name, field=field, shown=_in_words(field, shown), right=_in_words(field, right)
    )


def _in_words(field: str, value: object) -> str:
    match value:
        case int() if field in AMOUNTS:
            return format_plain(value)
        case Reversal():
            return value.actor_name
        case None:
            return _("nothing")
        case _:
            return str(value)
