"""Whom to ask for money, whoever made the invoices. Amounts are paise."""

import datetime as dt
from dataclasses import dataclass

from bot.aside import Aside, set_aside
from storage.models import DueInvoice
from storage.store import Store


@dataclass(frozen=True)
class Debtor:
    """A customer who owes what is due: since when, and how much."""

    id: str
    oldest: dt.date
    left: int


def debtors(store: Store, day: dt.date) -> list[Debtor]:
    """Who is to be asked for money on this day; the longest due first.

    What comes back on another day, or is covered by an advance, is not asked for. Muted customers
    are among them: that is about what comes unasked.
    """
    aside = set_aside(store, day)
    looked_into = aside.holders | {one.customer_id for one in aside.asleep.values()}
    found: list[Debtor] = []
    for one in store.invoices.due_customers(day):
        if one.customer_id not in looked_into:
            found.append(Debtor(one.customer_id, one.oldest, one.left))
        elif due := due_of_customer(store, one.customer_id, day, aside):
            left = sum(invoice.remaining_balance for invoice in due)
            found.append(Debtor(one.customer_id, due[0].due_date, left))
    return sorted(found, key=lambda one: (one.oldest, -one.left, one.id))


def due_of_customer(
    store: Store, customer_id: str, day: dt.date, aside: Aside | None = None
) -> list[DueInvoice]:
    """What is to be asked of one customer on this day; the longest due first."""
    aside = aside or set_aside(store, day)
    return aside.asked(
        one
        for one in store.invoices.open_of(customer_id)
        if one.due_date <= day and one.id not in aside.asleep
    )


def in_peace(aside: Aside, customer_id: str, day: dt.date) -> list[DueInvoice]:
    """What they owe that is due on this day and comes back on a later one, promised or put off."""
    theirs = (one for one in aside.asleep.values() if one.customer_id == customer_id)
    return sorted(
        (one for one in theirs if one.due_date <= day), key=lambda one: (one.due_date, one.id)
    )
