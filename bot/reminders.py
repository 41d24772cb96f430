"""What there is to collect, and who is told of it once a day. The scheduler is only a tick."""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from itertools import chain

from bot.access import is_signed_in
from bot.clock import Clock
from storage.models import DueInvoice, User
from storage.store import Store

LATE = dt.timedelta(minutes=10)
"""After what was meant for a time, until that is said: a tick comes every half minute."""

FEW = 6
"""Invoices that are looked at before all are."""


@dataclass(frozen=True)
class Sum:
    """So many invoices, with so much left on them, in paise."""

    count: int = 0
    left: int = 0

    def __add__(self, other: "Sum") -> "Sum":
        return Sum(self.count + other.count, self.left + other.left)

    def __sub__(self, other: "Sum") -> "Sum":
        return Sum(self.count - other.count, self.left - other.left)

    @classmethod
    def of(cls, invoices: Iterable[DueInvoice]) -> "Sum":
        left = [invoice.remaining_balance for invoice in invoices]
        return cls(len(left), sum(left))


class Collecting:
    """What the partners who made them have to collect: invoices due by ``until``, as of ``day``.

    Those that customers ``promised`` to pay today come first, then those due longest. Of those
    that come back on another day, and of muted customers, none is among them.

    Args:
        store: the books.
        makers: the ids of those partners.
        day: today, in the firm's zone.
    """

    def __init__(self, store: Store, makers: frozenset[str], day: dt.date) -> None:
        self.day = day
        self.until = day + dt.timedelta(days=store.firm.get().remind_days)
        self._invoices = store.invoices
        self._makers = makers
        self._days = [
            one for maker in makers for one in self._invoices.due_days(maker, self.until)
        ]
        self._promised: list[DueInvoice] = []
        self._left_out: dict[str, DueInvoice] = {}
        self._look_aside(store)
        self.promised = Sum.of(self._promised)
        self.overdue = self._sum(dt.date.min, day - dt.timedelta(days=1))
        self.today = self._sum(day, day)
        self.soon = self._sum(day + dt.timedelta(days=1), self.until)

    @property
    def now(self) -> Sum:
        """What is to be collected by now."""
        return self.promised + self.overdue + self.today

    @property
    def count(self) -> int:
        return (self.now + self.soon).count

    def page(self, offset: int, limit: int) -> list[DueInvoice]:
        """Some of them, in order."""
        end = offset + limit
        wanted = end - len(self._promised)
        others: list[DueInvoice] = []
        if wanted > 0:
            # Each maker's first may all be before the others', or be left out.
            enough = wanted + len(self._left_out)
            oldest = self._invoices.oldest_due
            due = chain.from_iterable(oldest(one, self.until, enough) for one in self._makers)
            others = sorted(
                (one for one in due if one.id not in self._left_out), key=lambda one: one.due_date
            )
        return [*self._promised, *others][offset:end]

    def was_there(self, moment: dt.datetime) -> bool:
        """Whether any of it was in the books at this moment (UTC): else it is no news to them."""
        made = (one.created_at for limit in (FEW, self.count) for one in self.page(0, limit))
        return any(at is None or at <= moment for at in made)

    def is_promised(self, invoice: DueInvoice) -> bool:
        """Whether the customer promised to pay it today."""
        return any(one.id == invoice.id for one in self._promised)

    def _look_aside(self, store: Store) -> None:
        """Find what is promised for today, and what comes on another day or not at all."""
        muted = [one for id in store.customers.muted() for one in store.invoices.open_of(id)]
        aside = {one.id: one for one in muted}
        for follow_up in store.follow_ups.since(self.day):
            invoice = store.invoices.due_one(follow_up.id)
            if invoice is None or invoice.id in aside:
                continue
            comes_later = follow_up.until > self.day
            if comes_later or follow_up.promised:
                aside[invoice.id] = invoice
            if follow_up.promised and not comes_later and self._is_theirs(invoice):
                self._promised.append(invoice)
        self._promised.sort(key=lambda one: (one.due_date, one.id))
        self._left_out = {
            id: one
            for id, one in aside.items()
            if self._is_theirs(one) and one.due_date <= self.until
        }

    def _is_theirs(self, invoice: DueInvoice) -> bool:
        return invoice.created_by_user_id in self._makers

    def _sum(self, first: dt.date, last: dt.date) -> Sum:
        all_due = (Sum(one.count, one.left) for one in self._days if first <= one.day <= last)
        left_out = (one for one in self._left_out.values() if first <= one.due_date <= last)
        return sum(all_due, Sum()) - Sum.of(left_out)


def reachable(store: Store, clock: Clock) -> dict[str, User]:
    """Who may be told of the books now, by id: active, signed in, and has not blocked the bot."""
    return {
        user.id: user
        for user in store.users.active()
        if user.chat_id and user.reachable and is_signed_in(store, clock, user)
    }


def collecting(
    store: Store, partner_id: str, reachable: Collection[str], day: dt.date
) -> Collecting:
    """What this partner has to collect, as it is now.

    An invoice is for the partner who made it; when they left, or cannot be reached, for all.
    """
    nobodys = (maker for maker in store.invoices.makers_of_open() if maker not in reachable)
    return Collecting(store, frozenset({partner_id, *nobodys}), day)


def digest_occurrence(partner_id: str, day: dt.date) -> str:
    """The name of what one partner is told on one day: told once is told."""
    return f"{day}:{partner_id}:digest"


@dataclass(frozen=True)
class Debtor:
    """A customer who owes what is due: since when, and how much, in paise."""

    id: str
    oldest: dt.date
    left: int


def debtors(store: Store, day: dt.date) -> list[Debtor]:
    """Who is to be asked for money on this day, whoever made the invoices; the longest due first.

    What comes back on another day is not asked for. Muted customers are among them: that is about
    what comes unasked.
    """
    asleep = {one.customer_id for one in _asleep(store, day)}
    found: list[Debtor] = []
    for one in store.invoices.due_customers(day):
        if one.customer_id not in asleep:
            found.append(Debtor(one.customer_id, one.oldest, one.left))
        elif due := due_of_customer(store, one.customer_id, day):
            left = sum(invoice.remaining_balance for invoice in due)
            found.append(Debtor(one.customer_id, due[0].due_date, left))
    return sorted(found, key=lambda one: (one.oldest, -one.left, one.id))


def due_of_customer(store: Store, customer_id: str, day: dt.date) -> list[DueInvoice]:
    """What is to be asked of one customer on this day; the longest due first."""
    asleep = {one.id for one in _asleep(store, day)}
    return [
        one
        for one in store.invoices.open_of(customer_id)
        if one.due_date <= day and one.id not in asleep
    ]


def in_peace(store: Store, customer_id: str, day: dt.date) -> list[DueInvoice]:
    """What they owe that is due on this day and comes back on a later one, promised or put off."""
    asleep = (one for one in _asleep(store, day) if one.customer_id == customer_id)
    return sorted(
        (one for one in asleep if one.due_date <= day), key=lambda one: (one.due_date, one.id)
    )


def _asleep(store: Store, day: dt.date) -> list[DueInvoice]:
    """The invoices that come back on a day after this one."""
    coming = [one for one in store.follow_ups.since(day) if one.until > day]
    return [due for one in coming if (due := store.invoices.due_one(one.id)) is not None]


def meant_for(day: dt.date, at: dt.time, zone: dt.tzinfo) -> dt.datetime:
    """When the reminders of a day go out, UTC: at this time by the clock of the firm's zone.

    Where clocks skip that time, it is as long after midnight as on other days; of two, where they
    are put back over it, it is the first.
    """
    return dt.datetime.combine(day, at, zone).astimezone(dt.UTC)


def is_late(now: dt.datetime, meant: dt.datetime) -> bool:
    """Whether what was meant for that moment comes a while after it."""
    return now - meant > LATE
