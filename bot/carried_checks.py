"""What must hold of what an entry carries: its invoice, and where the customer stands after it.

Checks as in ``entry_checks.py``: functions of the sums without the entry (``BEFORE``), or with it
(``AFTER``), that say in words what is wrong.
"""

from fractions import Fraction
from math import floor

from bot.books_sums import Sums, standing
from bot.entry_checks import Check, advance_used, named
from bot.i18n import _
from bot.money import format_plain
from storage.models import LedgerEntry


def check_items(_sums: Sums, entry: LedgerEntry) -> list[str]:
    """Each line is quantity × price, rounded half up to a paisa; the total is their sum."""
    if entry.invoice is None:
        return []
    items = entry.invoice.items
    faults = [
        named(entry, _("has a wrong total on line {line}"), line=line)
        for line, item in enumerate(items, 1)
        if item.total_price
        != floor(Fraction(item.quantity) * item.price_per_unit + Fraction(1, 2))
    ]
    if entry.invoice.total_amount != sum(item.total_price for item in items):
        faults.append(named(entry, _("has a total that is not the sum of its lines")))
    return faults


def check_invoice(sums: Sums, entry: LedgerEntry) -> list[str]:
    """The invoice that it carries is its own, and says how things stood when it was posted."""
    invoice = entry.invoice
    if invoice is None:
        return []
    paid = sum(part.amount for part in entry.allocations if part.invoice_id == entry.op)
    right = {
        "id": entry.op,
        "customer_id": entry.customer_id,
        "invoice_number": entry.invoice_number or invoice.invoice_number,
        "invoice_date": entry.date or invoice.invoice_date,
        "previous_balance": sums.net,
        "balance_after": sums.net + invoice.total_amount - entry.paid,
        "advance_used": advance_used(sums, entry),
        "applied_seq": entry.seq,
        "cancelled": None,
        **standing(invoice.total_amount, paid),
        "open_due_date": invoice.due_date if paid < invoice.total_amount else None,
    }
    return [
        named(entry, _("carries an invoice with a wrong {field}"), field=field)
        for field, value in right.items()
        if getattr(invoice, field) != value
    ]


def check_open(sums: Sums, entry: LedgerEntry) -> list[str]:
    """It carries what is left on each open invoice, oldest due first."""
    carried = [(one.invoice_id, one.number, one.due_date, one.due) for one in entry.open]
    right = [
        (id, sums.invoices[id].invoice_number, sums.invoices[id].due_date, sums.open[id])
        for id in sums.in_turn()
    ]
    if carried == right:
        return []
    said = _("carries {carried} as open, where {right} is left")
    amounts = {
        "carried": format_plain(sum(one.due for one in entry.open)),
        "right": format_plain(sums.outstanding),
    }
    if sorted(carried) == sorted(right):
        said = _("carries the open invoices in the wrong order")
    return [named(entry, said, **amounts)]


def check_advance(sums: Sums, entry: LedgerEntry) -> list[str]:
    """It carries the money that is on no invoice, and there is never less than none."""
    if sums.advance < 0:
        less = format_plain(-sums.advance)
        return [named(entry, _("uses {less} more advance than there was"), less=less)]
    if entry.advance == sums.advance:
        return []
    amounts = {"carried": format_plain(entry.advance), "right": format_plain(sums.advance)}
    return [named(entry, _("carries an advance of {carried}, not {right}"), **amounts)]


def check_balance(sums: Sums, entry: LedgerEntry) -> list[str]:
    """It ends at the invoices in the books less all the money."""
    if entry.after == sums.net:
        return []
    said = _("ends at {after}, where invoices less money are {right}")
    amounts = {"after": format_plain(entry.after), "right": format_plain(sums.net)}
    return [named(entry, said, **amounts)]


BEFORE: tuple[Check, ...] = (check_items, check_invoice)
AFTER: tuple[Check, ...] = (check_open, check_advance, check_balance)
