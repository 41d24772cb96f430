"""What must always hold of the books, as small functions that say in words what does not.

They recompute from first principles and share no code with the decisions they check. Amounts are
paise.
"""

from collections.abc import Iterable, Sequence
from itertools import pairwise

from bot.numbering import LARGEST_SERIAL
from bot.views import rebuild
from storage.models import Customer, Document, Invoice, LedgerEntry, Payment


def check_customer(entries: Sequence[LedgerEntry]) -> list[str]:
    """All entries of one customer, in order: no gap, each starts where the last one ended."""
    return [*_check_chain(entries), *_check_money(entries)]


def check_numbers(entries: Iterable[LedgerEntry]) -> list[str]:
    """All entries of all customers: each year's invoice numbers run from 1 without gap or twin."""
    keys = sorted(entry.number_key for entry in entries if entry.number_key is not None)
    serials: dict[int, list[int]] = {}
    for key in keys:
        year, serial = divmod(key, LARGEST_SERIAL + 1)
        serials.setdefault(year, []).append(serial)
    return [
        f"the numbers of {year} are not 1 to {len(found)}: {found}"
        for year, found in serials.items()
        if found != list(range(1, len(found) + 1))
    ]


def check_views(
    entries: Sequence[LedgerEntry],
    customer: Customer,
    invoices: Iterable[Invoice],
    payments: Iterable[Payment],
) -> list[str]:
    """What is kept of one customer is what their entries alone would rebuild."""
    balance, rebuilt_invoices, rebuilt_payments = rebuild(entries)
    shown = (customer.applied_seq, customer.total_outstanding_balance, customer.advance)
    expected = (balance.seq, balance.outstanding, balance.advance)
    errors = [] if shown == expected else [f"{customer.id} shows {shown}, not {expected}"]
    errors += _differences("invoice", invoices, rebuilt_invoices)
    errors += _differences("payment", payments, rebuilt_payments)
    return errors


def _check_chain(entries: Sequence[LedgerEntry]) -> list[str]:
    errors = [
        f"{entry.op} has seq {entry.seq} in place {place}"
        for place, entry in enumerate(entries, 1)
        if entry.seq != place
    ]
    errors += [
        f"{entry.op} starts at {entry.before}, where {last.op} ended at {last.after}"
        for last, entry in pairwise(entries)
        if entry.before != last.after
    ]
    errors += [
        f"{entry.op}: {entry.before} + {entry.amount} is not {entry.after}"
        for entry in entries
        if entry.before + entry.amount != entry.after
    ]
    if entries and entries[0].before:
        errors.append(f"{entries[0].op} is the first, but starts at {entries[0].before}")
    return errors


def _check_money(entries: Sequence[LedgerEntry]) -> list[str]:
    """Every paisa handed over is on an invoice or in the advance, and on none too much."""
    errors = []
    due: dict[str, int] = {}
    advance = 0
    for entry in entries:
        if entry.invoice:
            due[entry.invoice.id] = entry.invoice.total_amount
        for part in entry.allocations:
            due[part.invoice_id] = due.get(part.invoice_id, 0) - part.amount
            if due[part.invoice_id] < 0:
                errors.append(f"{entry.op} pays {part.invoice_id} more than it is")
        advance += entry.paid - sum(part.amount for part in entry.allocations)
        if advance < 0:
            errors.append(f"{entry.op} uses more advance than there was")
        still = {id: left for id, left in due.items() if left}
        if {part.invoice_id: part.due for part in entry.open} != still:
            errors.append(f"{entry.op} carries {entry.open}, but open is {still}")
        if entry.advance != advance:
            errors.append(f"{entry.op} carries an advance of {entry.advance}, not {advance}")
        if entry.after != sum(still.values()) - advance:
            errors.append(f"{entry.op} ends at {entry.after}, not at what is open less advance")
    return errors


def _differences(what: str, shown: Iterable[Document], expected: Iterable[Document]) -> list[str]:
    kept = {document.id: document for document in shown}
    rebuilt = {document.id: document for document in expected}
    return [
        f"{what} {id} is {kept.get(id)}, not {rebuilt.get(id)}"
        for id in sorted(kept.keys() | rebuilt.keys())
        if kept.get(id) != rebuilt.get(id)
    ]
