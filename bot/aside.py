"""What of the open invoices is not asked for today, or not in full. Amounts are paise.

Read once for a list: the follow-ups and the advances are few, the invoices many.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from storage.models import DueInvoice
from storage.store import Store


@dataclass(frozen=True)
class Aside:
    """By the ids of invoices with something left to pay.

    ``asleep`` come back on a later day, ``promised`` were promised for this one, and of those in
    ``covered`` so much is covered by an advance that is held of the customer.
    """

    asleep: dict[str, DueInvoice]
    promised: dict[str, DueInvoice]
    covered: dict[str, int]
    holders: frozenset[str]
    """The ids of the customers whose advance that is."""

    def asked(self, invoices: Iterable[DueInvoice]) -> list[DueInvoice]:
        """These, with what is to be asked for of each; without those of which nothing is."""
        lowered = (
            one.model_copy(
                update={"remaining_balance": one.remaining_balance - self.covered.get(one.id, 0)}
            )
            for one in invoices
        )
        return [one for one in lowered if one.remaining_balance]


def set_aside(store: Store, day: dt.date) -> Aside:
    """What is set aside on this day, as the books are now."""
    coming = store.follow_ups.since(day)
    found = {one.id: one for one in store.invoices.due_many([one.id for one in coming])}
    asleep, promised = dict[str, DueInvoice](), dict[str, DueInvoice]()
    for follow_up in coming:
        if invoice := found.get(follow_up.id):
            if follow_up.until > day:
                asleep[invoice.id] = invoice
            elif follow_up.promised:
                promised[invoice.id] = invoice
    held = store.customers.advances()
    covered = dict[str, int]()
    for customer_id, advance in held.items():
        covered |= cover(store.invoices.open_of(customer_id), advance)
    return Aside(asleep, promised, covered, frozenset(held))


def cover(invoices: Iterable[DueInvoice], advance: int) -> dict[str, int]:
    """How much of which invoice an advance covers: of those due longest first, as it is used."""
    covered = dict[str, int]()
    for one in invoices:
        part = min(advance, one.remaining_balance)
        if part:
            covered[one.id] = part
        advance -= part
    return covered
