"""What there is to collect, and who is told of it once a day. The scheduler is only a tick."""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from itertools import chain

from bot.access import ended_sessions, is_signed_in
from bot.aside import set_aside
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
    that come back on another day, and of muted customers, none is among them; nor is what an
    advance covers that is held of the customer.

    Args:
        store: the books.
        makers: the ids of those partners.
        day: today, in the firm's zone.
    """

    def __init__(self, store: Store, makers: frozenset[str], day: dt.date) -> None:
        self.day = day
        self.until = day + dt.timedelta(days=store.firm.get().remind_days)
        self._invoices = store.invoices
        self.makers = makers
        self._days = [
            one for maker in makers for one in self._invoices.due_days(maker, self.until)
        ]
        aside = set_aside(store, day)
        self._aside = aside
        promised = filter(self._is_theirs, aside.promised.values())
        open_of, muted_ones = store.invoices.open_of, store.customers.muted()
        muted = {one.id: one for id in muted_ones for one in open_of(id)}
        self._promised = sorted(
            aside.asked(one for one in promised if one.id not in muted),
            key=lambda one: (one.due_date, one.id),
        )
        self._left_out = self._looked_through({**aside.asleep, **aside.promised, **muted})
        self._covered = [
            one for one in self._open_of(store, aside.holders) if one.id not in self._left_out
        ]
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
            enough = wanted + len(self._left_out) + len(self._covered)
            oldest = self._invoices.oldest_due
            due = chain.from_iterable(oldest(one, self.until, enough) for one in self.makers)
            others = sorted(
                self._aside.asked(one for one in due if one.id not in self._left_out),
                key=lambda one: one.due_date,
            )
        return [*self._promised, *others][offset:end]

    def was_there(self, moment: dt.datetime) -> bool:
        """Whether any of it was in the books at this moment (UTC): else it is no news to them."""
        made = (one.created_at for limit in (FEW, self.count) for one in self.page(0, limit))
        return any(at is None or at <= moment for at in made)

    def is_promised(self, invoice: DueInvoice) -> bool:
        """Whether the customer promised to pay it today."""
        return any(one.id == invoice.id for one in self._promised)

    def _looked_through(self, invoices: dict[str, DueInvoice]) -> dict[str, DueInvoice]:
        """Those that would else be among them."""
        return {
            id: one
            for id, one in invoices.items()
            if self._is_theirs(one) and one.due_date <= self.until
        }

    def _open_of(self, store: Store, customers: Collection[str]) -> Iterable[DueInvoice]:
        """The invoices that an advance covers in part or whole."""
        found = (one for id in customers for one in store.invoices.open_of(id))
        covered = {one.id: one for one in found if one.id in self._aside.covered}
        return self._looked_through(covered).values()

    def _is_theirs(self, invoice: DueInvoice) -> bool:
        return invoice.created_by_user_id in self.makers

    def _sum(self, first: dt.date, last: dt.date) -> Sum:
        all_due = (Sum(one.count, one.left) for one in self._days if first <= one.day <= last)
        left_out = (one for one in self._left_out.values() if first <= one.due_date <= last)
        return sum(all_due, Sum()) - Sum.of(left_out) - self._covered_sum(first, last)

    def _covered_sum(self, first: dt.date, last: dt.date) -> Sum:
        """What an advance covers; an invoice that it covers whole counts as none."""
        parts = [
            (one.remaining_balance, self._aside.covered[one.id])
            for one in self._covered
            if first <= one.due_date <= last
        ]
        return Sum(sum(left == part for left, part in parts), sum(part for _left, part in parts))


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


def handed_on(partner_id: str, maker_id: str, day: dt.date) -> str:
    """The name of what they are told of an invoice of another's, who cannot be reached."""
    return f"{digest_occurrence(partner_id, day)}:{maker_id}"


def lapsed(store: Store, clock: Clock) -> dict[str, User]:
    """Partners whose session has ended by time alone, by the name under which they hear of it.

    That name is of the session: they hear of each end once, as long as they can be reached.
    """
    ended = dict[str, User]()
    for user in store.users.active():
        if user.chat_id and user.reachable and not is_signed_in(store, clock, user):
            for session in ended_sessions(store, user):
                name = f"{session.last_seen:%Y-%m-%d}:{user.id}:lapsed"
                if not store.reminders.is_sent(name):
                    ended[name] = user
    return ended


def meant_for(day: dt.date, at: dt.time, zone: dt.tzinfo) -> dt.datetime:
    """When the reminders of a day go out, UTC: at this time by the clock of the firm's zone.

    Where clocks skip that time, it is as long after midnight as on other days; of two, where they
    are put back over it, it is the first.
    """
    return dt.datetime.combine(day, at, zone).astimezone(dt.UTC)


def is_late(now: dt.datetime, meant: dt.datetime) -> bool:
    """Whether what was meant for that moment comes a while after it."""
    return now - meant > LATE
