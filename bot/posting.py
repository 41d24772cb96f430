"""Posting: append one entry to the ledger, exactly once, then bring what shows it up to date.

The insert is the commit. All writes after it are views that say where things stand, each guarded
by the ``seq`` it shows: whoever dies in between leaves nothing that the next call, or the next
start, does not finish. See docs/decisions/0001.
"""

import random
import time
from collections.abc import Callable, Iterator

from bot.ledger import Balance, balance
from bot.views import views
from storage.errors import OperationConflict, Outpaced, StoreUnavailable
from storage.models import Invoice, LedgerEntry
from storage.store import Store

TRIES = 50
LONGEST_PAUSE = 0.2
"""Seconds between two tries, at most."""


def balance_of(store: Store, customer_id: str) -> Balance:
    """Where a customer stands, from the ledger itself; nothing owed when nothing was posted."""
    return balance(store.ledger.head(customer_id))


def post(
    store: Store, op: str, asked: str, decide: Callable[[], LedgerEntry]
) -> tuple[LedgerEntry, bool]:
    """Append the entry that ``decide`` makes of the books as they are, and show it.

    Args:
        store: the books.
        op: the operation; what it posted once, it never posts again.
        asked: the ``payload_hash`` of what is to be posted.
        decide: reads what it needs and gives the entry. Called again whenever another writer was
            first; what it raises passes through, and then nothing was posted.

    Returns:
        The entry, and whether it was there before.

    Raises:
        OperationConflict: this operation posted something else.
        StoreUnavailable: it is unknown whether it was posted; call again with the same ``op``.
    """
    for pause in _pauses():
        entry = store.ledger.by_op(op)
        repeated = entry is not None
        if entry is None:
            entry = decide()
            try:
                store.ledger.append(entry)
            except Outpaced:
                time.sleep(pause)
                continue
        elif entry.payload_hash != asked:
            raise OperationConflict(op)
        catch_up(store, entry.customer_id)
        return entry, repeated
    raise StoreUnavailable(f"others were first {TRIES} times")


def catch_up(store: Store, customer_id: str) -> None:
    """Bring all that shows this customer's money to their last entry."""
    customer = store.customers.get(customer_id)
    if customer is not None:
        for entry in store.ledger.entries(customer_id, customer.applied_seq):
            _show(store, entry)


def catch_up_all(store: Store) -> None:
    """Do so for every customer who is behind: at the start, whatever ended the last run."""
    for customer_id in store.ledger.customers_behind():
        catch_up(store, customer_id)


def _show(store: Store, entry: LedgerEntry) -> None:
    def issued(invoice_id: str) -> Invoice:
        origin = store.ledger.by_op(invoice_id)
        if origin is None or origin.invoice is None:
            raise LookupError(
                f"entry {entry.op} pays invoice {invoice_id}, which was never posted"
            )
        return origin.invoice

    shown = views(entry, issued)
    for invoice in shown.invoices:
        store.invoices.bring_up_to(invoice)
    if shown.payment is not None:
        store.payments.bring_up_to(shown.payment)
    # The customer last: their applied_seq says that all the rest of the entry is there.
    store.customers.bring_up_to(
        entry.customer_id,
        seq=entry.seq,
        outstanding=shown.balance.outstanding,
        advance=shown.balance.advance,
        used_at=entry.at,
    )


def _pauses() -> Iterator[float]:
    """Longer and longer, and by chance, so that two writers do not meet again and again."""
    for attempt in range(TRIES):
        longest = min(LONGEST_PAUSE, 0.002 * 2**attempt)
        yield random.uniform(0, longest)  # noqa: S311 - spreads writers out, guards nothing
