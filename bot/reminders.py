"""What there is to collect, and who is told of it once a day. The scheduler is only a tick."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain

from bot.access import is_signed_in
from bot.clock import Clock
from storage.invoices import DueDay
from storage.models import DueInvoice, User
from storage.store import Store

LATE = dt.timedelta(minutes=10)
"""After what was meant for a time, until that is said: a tick comes every half minute."""


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
    """

    def __init__(self, sweep: "Sweep", makers: frozenset[str]) -> None:
        self.day = sweep.day
        self.until = sweep.until
        self._sweep = sweep
        self._makers = makers
        self._left_out = {
            invoice.id: invoice
            for invoice in sweep.left_out
            if invoice.created_by_user_id in makers and invoice.due_date <= self.until
        }
        self._promised = [one for one in sweep.promised if one.created_by_user_id in makers]
        self.promised = Sum.of(self._promised)
        self.overdue = self._sum(dt.date.min, self.day - dt.timedelta(days=1))
        self.today = self._sum(self.day, self.day)
        self.soon = self._sum(self.day + dt.timedelta(days=1), self.until)

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
            due = chain.from_iterable(self._sweep.oldest(one, enough) for one in self._makers)
            others = sorted(
                (one for one in due if one.id not in self._left_out), key=lambda one: one.due_date
            )
        return [*self._promised, *others][offset:end]

    def is_promised(self, invoice: DueInvoice) -> bool:
        """Whether the customer promised to pay it today."""
        return any(one.id == invoice.id for one in self._promised)

    def _sum(self, first: dt.date, last: dt.date) -> Sum:
        days = chain.from_iterable(map(self._sweep.days, self._makers))
        all_due = [Sum(one.count, one.left) for one in days if first <= one.day <= last]
        left_out = (one for one in self._left_out.values() if first <= one.due_date <= last)
        return sum(all_due, Sum()) - Sum.of(left_out)


class Sweep:
    """What there is to collect on one day, by whoever made the invoices; each is read once.

    Args:
        store: the books.
        day: today, in the firm's zone.
        ahead: how many days after it what falls due is named already.
    """

    def __init__(self, store: Store, day: dt.date, ahead: int) -> None:
        self.day = day
        self.until = day + dt.timedelta(days=ahead)
        self._store = store
        self._days: dict[str, list[DueDay]] = {}
        self._oldest: dict[str, tuple[int, list[DueInvoice]]] = {}
        self.makers = store.invoices.makers_of_open()
        muted = [one for id in store.customers.muted() for one in store.invoices.open_of(id)]
        silent = {one.id for one in muted}
        self.promised: list[DueInvoice] = []
        self.left_out: list[DueInvoice] = muted
        for follow_up in store.follow_ups.since(day):
            invoice = store.invoices.due_one(follow_up.id)
            if invoice is None or invoice.id in silent:
                continue
            if follow_up.until > day or follow_up.promised:
                self.left_out.append(invoice)
            if follow_up.until == day and follow_up.promised:
                self.promised.append(invoice)
        self.promised.sort(key=lambda one: (one.due_date, one.id))

    def collecting(self, makers: Iterable[str]) -> Collecting:
        """What these partners have to collect."""
        return Collecting(self, frozenset(makers))

    def days(self, maker: str) -> list[DueDay]:
        """What is due of one partner's invoices, day by day."""
        if maker not in self._days:
            self._days[maker] = self._store.invoices.due_days(maker, self.until)
        return self._days[maker]

    def oldest(self, maker: str, limit: int) -> list[DueInvoice]:
        """So many of them at least, if there are so many; those due longest first."""
        read, oldest = self._oldest.get(maker, (0, []))
        if read < limit:
            oldest = self._store.invoices.oldest_due(maker, self.until, limit)
            self._oldest[maker] = limit, oldest
        return oldest


@dataclass(frozen=True)
class Digest:
    """What one partner is told on one day; ``occurrence`` is its name: told once is told."""

    occurrence: str
    partner: User
    chat_id: int
    collecting: Collecting


def reachable(store: Store, clock: Clock) -> dict[str, User]:
    """Who may be told of the books now, by id: active, signed in, and has not blocked the bot."""
    return {
        user.id: user
        for user in store.users.active()
        if user.chat_id and user.reachable and is_signed_in(store, clock, user)
    }


def digests(store: Store, reachable: dict[str, User], day: dt.date) -> list[Digest]:
    """The day's digests, amounts as they are now; nobody gets an empty one."""
    sweep = Sweep(store, day, _ahead(store))
    told = [
        Digest(f"{day}:{id}:digest", partner, partner.chat_id or 0, _of(sweep, id, reachable))
        for id, partner in sorted(reachable.items())
    ]
    return [one for one in told if one.collecting.count]


def collecting(store: Store, clock: Clock, partner: User) -> Collecting:
    """What this partner has to collect now."""
    sweep = Sweep(store, clock.today(), _ahead(store))
    return _of(sweep, partner.id, reachable(store, clock))


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


def _asleep(store: Store, day: dt.date) -> list[DueInvoice]:
    """The invoices that come back on a day after this one."""
    coming = [one for one in store.follow_ups.since(day) if one.until > day]
    return [due for one in coming if (due := store.invoices.due_one(one.id)) is not None]


def is_time(now: dt.datetime, at: dt.time) -> bool:
    """Whether the day's reminders are due: at ``at`` (firm's zone), or late after a downtime."""
    return now.time() >= at


def is_late(now: dt.datetime, at: dt.time) -> bool:
    """Whether they were meant for a while ago."""
    return now.replace(tzinfo=None) - dt.datetime.combine(now.date(), at) > LATE


def _of(sweep: Sweep, partner_id: str, reachable: dict[str, User]) -> Collecting:
    """An invoice is for the partner who made it; when they left, or cannot be reached, for all."""
    nobodys = (maker for maker in sweep.makers if maker not in reachable)
    return sweep.collecting({partner_id, *nobodys})


def _ahead(store: Store) -> int:
    return store.firm.get().remind_days
