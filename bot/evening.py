"""The evening summary: what was posted since the evening before, and where the firm stands then.

What is posted after an evening belongs to the next one. So each entry is in one summary, and each
summary's balance is the one before it and what it tells. Amounts are paise.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from bot import reminders
from bot.desk import Desk
from bot.posting import catch_up_all
from bot.reminders import meant_for
from storage.customers import Totals
from storage.models import EntryKind, LedgerLine, PaymentDetails, PaymentMethod, User
from storage.store import Store

MOST_DAYS = 7
"""Evenings that are made up for after a downtime, in one message."""

TRIES = 5

DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class Evenings:
    """One a day, ``at`` this time in the firm's ``zone``."""

    at: dt.time
    zone: ZoneInfo

    @classmethod
    def of(cls, desk: Desk) -> "Evenings":
        """The firm's."""
        return cls(desk.settings.evening_time, desk.clock.zone)

    def moment(self, day: dt.date) -> dt.datetime:
        """The evening of this day, UTC."""
        return meant_for(day, self.at, self.zone)

    def after(self, moment: dt.datetime) -> dt.date:
        """The day of the first evening after this moment: it tells of what is posted now."""
        day = moment.astimezone(self.zone).date()
        return day if moment < self.moment(day) else day + DAY


@dataclass(frozen=True)
class Tally:
    """So many of them, of so much together, in paise."""

    count: int = 0
    amount: int = 0

    @classmethod
    def of(cls, amounts: Iterable[int]) -> "Tally":
        """Of all that are more than 0."""
        counted = [amount for amount in amounts if amount > 0]
        return cls(len(counted), sum(counted))


@dataclass(frozen=True)
class Summary:
    """What was posted for the evenings from ``first`` to ``last``, and the balances after it.

    ``collected`` is by method, as the methods are in order. What was taken back, and what of that
    was put back, does not lessen it, nor ``invoices``. ``outstanding`` is what all customers owe,
    ``advance`` what is held of them, in paise. What is posted after ``until`` (UTC) is not in it.
    """

    first: dt.date
    last: dt.date
    until: dt.datetime
    invoices: Tally
    brought_in: Tally
    collected: dict[PaymentMethod, int]
    cancelled: Tally
    undone: Tally
    restored_invoices: Tally
    restored_payments: Tally
    outstanding: int
    advance: int

    @property
    def total(self) -> int:
        """All that was collected, in paise."""
        return sum(self.collected.values())


def summed(
    lines: Sequence[LedgerLine], totals: Totals, evenings: Evenings, first: dt.date, last: dt.date
) -> Summary | None:
    """What was posted for these evenings; None if no goods and no money were.

    Days before and after it on which none were are not told of.

    Args:
        lines: all that was posted since the evening that was told of last.
        totals: the balances after all of that.
    """
    day_of = {line.op: max(evenings.after(line.at), first) for line in lines}
    told = [line for line in lines if day_of[line.op] <= last and (line.goods or line.paid)]
    if not told:
        return None
    days = [day_of[line.op] for line in told]
    # What was posted since is taken off the balances again: they are those of the evening.
    later = [line for line in lines if day_of[line.op] > last]
    goods, paid = sum(line.goods for line in later), sum(line.paid for line in later)
    placed = sum(part.amount for line in later for part in line.allocations)

    def of(kinds: set[EntryKind], amount: Callable[[LedgerLine], int]) -> Tally:
        return Tally.of(amount(line) for line in told if line.kind in kinds)

    taken, put = {EntryKind.CANCEL, EntryKind.UNDO}, {EntryKind.RESTORE}
    return Summary(
        first=min(days),
        last=max(days),
        until=evenings.moment(last),
        invoices=of({EntryKind.INVOICE}, lambda line: line.goods),
        brought_in=of({EntryKind.OPENING}, lambda line: line.amount),
        collected=_collected(told),
        cancelled=of(taken, lambda line: -line.goods),
        undone=of(taken, lambda line: -line.paid),
        restored_invoices=of(put, lambda line: line.goods),
        restored_payments=of(put, lambda line: line.paid),
        outstanding=totals.outstanding - (goods - placed),
        advance=totals.advance - (paid - placed),
    )


def passed(desk: Desk) -> dt.date:
    """The day of the last evening that has passed."""
    return Evenings.of(desk).after(desk.clock.now()) - DAY


def is_late(desk: Desk, told: Summary) -> bool:
    """Whether it was meant for a while ago."""
    return reminders.is_late(desk.clock.now(), Evenings.of(desk).moment(told.last))


def due(desk: Desk, partner: User, last: dt.date) -> Summary | None:
    """What this partner is to be told by the evening ``last``, if they want it and it is anything.

    The evenings that they missed are one summary. It goes out as the :func:`occurrence` of the
    last one in it, and once that is sent, so are all before it.
    """
    first = _first_untold(desk.store, partner, last)
    if first > last:
        return None
    evenings, before = Evenings.of(desk), first - DAY
    told = desk.store.reminders.get(occurrence(partner.id, before))
    # Not by the clock where it can be known: the evening's time, or the zone, may have changed.
    since = told.until if told and told.until else evenings.moment(before)
    totals, lines = _standing(desk.store, since)
    return summed(lines, totals, evenings, first, last)


def occurrence(partner_id: str, day: dt.date) -> str:
    """The name of what one partner is told of one day: told once is told."""
    return f"{day}:{partner_id}:evening"


def switch(desk: Desk, partner: User, *, on: bool) -> User:
    """Send a partner the evening summary from the next evening on, or none any more.

    Doing it again is doing it once.
    """
    if (partner.evening_from is not None) == on:
        return partner
    first = Evenings.of(desk).after(desk.clock.now()) if on else None
    desk.store.users.set_evening(partner.id, first)
    return partner.model_copy(update={"evening_from": first})


def _collected(lines: Iterable[LedgerLine]) -> dict[PaymentMethod, int]:
    """By method; what is paid with an invoice is cash where nothing else is said."""
    collected = dict.fromkeys(PaymentMethod, 0)
    for line in lines:
        if line.kind in (EntryKind.INVOICE, EntryKind.PAYMENT):
            collected[(line.payment or PaymentDetails()).method] += line.paid
    return {method: amount for method, amount in collected.items() if amount}


def _first_untold(store: Store, partner: User, last: dt.date) -> dt.date:
    """The day after the last evening that they were told of, if they ever wanted one."""
    first = max(partner.evening_from or dt.date.max, last - (MOST_DAYS - 1) * DAY)
    day = last
    while day >= first and not store.reminders.is_sent(occurrence(partner.id, day)):
        day -= DAY
    return max(first, day + DAY)


def _standing(store: Store, since: dt.datetime) -> tuple[Totals, list[LedgerLine]]:
    """The balances of all customers, and what was posted since, both of one moment.

    They are if as many entries are shown before as there are afterwards. Only in books that are
    wrong, which the check of the books tells the admins, are they not in the end.
    """
    for _try in range(TRIES):
        totals, lines = store.customers.totals(), store.ledger.since(since)
        if totals.entries == store.ledger.count():
            break
        catch_up_all(store)
    return totals, lines
