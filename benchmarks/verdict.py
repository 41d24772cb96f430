"""What must be true in the end: of the books alone, and of what partners sent and were told."""

from collections import Counter
from collections.abc import Iterable, Iterator

from benchmarks.record import Record
from bot.books_check import check_customer, check_numbers, check_views
from bot.money import format_amount
from storage.models import Customer, EntryKind, LedgerEntry
from storage.store import Store

ALL = 10**6

AT_ONCE = "undone at once"
"""The reason of what an Undo button posts."""


def verdict(
    store: Store, record: Record, partners: Iterable[int], updates: Iterable[int]
) -> list[str]:
    """Everything that is wrong, in words.

    ``partners`` are their Telegram ids, ``updates`` those of all that Telegram took from them.
    """
    customers = store.customers.page(0, ALL)
    entries = {customer.id: store.ledger.entries(customer.id) for customer in customers}
    posted = {entry.op: entry for of_one in entries.values() for entry in of_one}
    return [
        *record.violations,
        *_of_the_books(store, customers, entries),
        *_of_what_was_told(record, posted),
        *_of_what_was_confirmed(record, posted),
        *_of_what_was_asked(record, posted, customers),
        *_of_customers(record, customers),
        *_of_what_was_sent(store, updates),
        *(f"{one} still has a draft" for one in partners if _is_at_work(store, one)),
    ]


def _is_at_work(store: Store, telegram_user_id: int) -> bool:
    user = store.users.by_telegram_user(telegram_user_id)
    return user is None or store.drafts.get(user.id) is not None


def entries_by_kind(store: Store) -> Counter[str]:
    """How many entries of each kind are in the books."""
    customers = store.customers.page(0, ALL)
    return Counter(entry.kind for one in customers for entry in store.ledger.entries(one.id))


def _of_the_books(
    store: Store, customers: list[Customer], entries: dict[str, list[LedgerEntry]]
) -> Iterator[str]:
    yield from check_numbers(entry for of_one in entries.values() for entry in of_one)
    for customer in customers:
        own = entries[customer.id]
        yield from check_customer(own)
        yield from check_views(
            own,
            customer,
            store.invoices.of_customer(customer.id, 0, ALL),
            store.payments.of_customer(customer.id, 0, ALL),
        )
    made = (entry.invoice for of_one in entries.values() for entry in of_one)
    posted = sum(invoice is not None for invoice in made)
    if store.invoices.count() != posted:
        yield f"{store.invoices.count()} invoices are shown, {posted} were posted"
    if behind := store.ledger.customers_behind():
        yield f"the views of {behind} are behind after a start"


def _of_what_was_told(record: Record, posted: dict[str, LedgerEntry]) -> Iterator[str]:
    for op, messages in record.acknowledged.items():
        entry = posted.get(op)
        if entry is None:
            yield f"{op} was acknowledged and is lost: {messages[0]!r}"
            continue
        for message in messages:
            for fact in (*_key(entry), *_end(entry)):
                if fact not in message:
                    yield f"{entry.kind} {op} was acknowledged without {fact}: {message!r}"


def _of_what_was_confirmed(record: Record, posted: dict[str, LedgerEntry]) -> Iterator[str]:
    for op, entry in posted.items():
        if entry.reason == AT_ONCE:
            if not record.undone & {entry.restores, entry.payment_id, entry.invoice_id}:
                yield f"{entry.kind} {op} was posted, but its Undo was never pressed"
            continue
        shown = record.confirmed.get(op)
        if shown is None:
            yield f"{entry.kind} {op} was posted, but Save was never pressed"
        elif not any(all(fact in text for fact in _facts(entry)) for text in shown):
            yield f"{entry.kind} {op} is not what was confirmed: {shown}, {entry}"


def _of_what_was_asked(
    record: Record, posted: dict[str, LedgerEntry], customers: list[Customer]
) -> Iterator[str]:
    """Everybody finished what was open, so what they wanted saved is saved by now."""
    there = posted.keys() | {customer.id for customer in customers}
    for op in sorted(record.confirmed.keys() - record.cancelled - there):
        yield f"draft {op} vanished once Save was pressed: {record.confirmed[op]}"


def _of_customers(record: Record, customers: list[Customer]) -> Iterator[str]:
    names = Counter(customer.name for customer in customers)
    for name in sorted(record.added):
        if names[name] != 1:
            yield f"{name} was said to be added, and is there {names[name]} times"


def _of_what_was_sent(store: Store, updates: Iterable[int]) -> Iterator[str]:
    for update_id in updates:
        arrival = store.inbox.get(update_id)
        if arrival is None:
            yield f"what came as {update_id} was taken by Telegram, and is not in the inbox"
        elif arrival.reference:
            yield f"what came as {update_id} was set aside under {arrival.reference}"
        elif arrival.waiting:
            yield f"what came as {update_id} waits in the inbox, though everybody was answered"


def _key(entry: LedgerEntry) -> list[str]:
    """What says which entry it is, wherever it is told of."""
    match entry.kind:
        case EntryKind.INVOICE if entry.invoice:
            return [entry.invoice.invoice_number, format_amount(entry.invoice.total_amount)]
        case EntryKind.PAYMENT:
            return [format_amount(entry.paid)]
        case EntryKind.APPLY:
            return [format_amount(sum(part.amount for part in entry.allocations))]
    return []


def _end(entry: LedgerEntry) -> list[str]:
    """Where the account will stand, or stands."""
    return [format_amount(abs(entry.after))] if entry.after else []


def _facts(entry: LedgerEntry) -> list[str]:
    """What a summary must have shown: the sums, where the account will stand, and every item."""
    if entry.invoice is None:
        return [*_key(entry), *_end(entry), entry.reason]
    items = [format_amount(item.total_price) for item in entry.invoice.items]
    total = format_amount(entry.invoice.total_amount)
    return [total, format_amount(entry.paid), *_end(entry), *items]
