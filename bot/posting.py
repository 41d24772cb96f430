"""Posting: append one entry to the ledger, exactly once, then bring what shows it up to date.

The insert is the commit. All writes after it are views that say where things stand, each guarded
by the ``seq`` it shows: whoever dies in between leaves nothing that the next call, or the next
start, does not finish. See docs/decisions/0001.
"""

import logging
import random
import time
from collections.abc import Callable, Iterator

from bot.errors import BalanceChanged, UserError
from bot.i18n import _
from bot.ledger import Balance, balance
from bot.views import views
from storage.errors import OperationConflict, Outpaced, StoreUnavailable
from storage.models import LedgerEntry
from storage.store import Store

log = logging.getLogger(__name__)

TRIES = 50
LONGEST_PAUSE = 0.2
"""Seconds between two tries, at most."""


def balance_of(store: Store, customer_id: str) -> Balance:
    """Where a customer stands, from the ledger itself; nothing owed when nothing was posted."""
    return balance(store.ledger.head(customer_id))


def head_as_shown(store: Store, customer_id: str, standing_on: int | None) -> LedgerEntry | None:
    """The customer's last entry, which is to be the one that a preview stood on.

    Args:
        store: the books.
        customer_id: whose.
        standing_on: the ``seq`` that the preview showed; None takes any.

    Raises:
        BalanceChanged: another entry was posted since.
    """
    head = store.ledger.head(customer_id)
    if standing_on is not None and standing_on != (head.seq if head else 0):
        raise BalanceChanged(
            _("The balance has changed since this was shown. Look again, then save.")
        )
    return head


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
        try:
            entry = decide()
            store.ledger.append(entry)
        except (Outpaced, UserError) as refused:
            # Asked only now: what is refused may be what this very operation has posted.
            posted = store.ledger.by_op(op)
            if posted is not None:
                return _again(store, posted, asked), True
            if isinstance(refused, UserError):
                raise
            time.sleep(pause)
        else:
            if not _show(store, entry):
                catch_up(store, entry.customer_id)
            return entry, False
    raise StoreUnavailable(f"others were first {TRIES} times")


def catch_up(store: Store, customer_id: str) -> bool:
    """Bring all that shows this customer's money to their last entry; whether it was behind."""
    customer = store.customers.get(customer_id)
    behind = store.ledger.entries(customer_id, customer.applied_seq) if customer else []
    for entry in behind:
        _show(store, entry)
    return bool(behind)


def catch_up_all(store: Store) -> None:
    """Do so for every customer who is behind: at the start, whatever ended the last run.

    One whose documents cannot be read is left as they are: the others' books go on, and the books
    check says what is wrong.
    """
    for customer_id in store.ledger.customers_behind():
        try:
            catch_up(store, customer_id)
        except (ValueError, LookupError) as error:
            # Without its words, which may quote the books.
            flaw = type(error).__name__
            log.error("What shows customer %s cannot be brought up: %s", customer_id, flaw)  # noqa: TRY400


def _again(store: Store, posted: LedgerEntry, asked: str) -> LedgerEntry:
    if posted.payload_hash != asked:
        raise OperationConflict(posted.op)
    catch_up(store, posted.customer_id)
    return posted


def _show(store: Store, entry: LedgerEntry) -> bool:
    """Whether all of the customer's entries up to this one are shown now."""

    def entry_of(op: str) -> LedgerEntry:
        origin = store.ledger.by_op(op)
        if origin is None:
            raise LookupError(f"entry {entry.op} is about {op}, which was never posted")
        return origin

    shown = views(entry, entry_of)
    for invoice in shown.invoices:
        store.invoices.bring_up_to(invoice, new=invoice.id == entry.op)
    if shown.payment is not None:
        store.payments.bring_up_to(shown.payment, new=shown.payment.id == entry.op)
    # The customer last: their applied_seq says that all of the entry, and all before it, is there.
    return store.customers.bring_up_to(
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
