"""What falls due: who is told of which invoices, once a day. The scheduler is only a tick."""

import datetime as dt
from dataclasses import dataclass

from bot.access import is_signed_in
from bot.clock import Clock
from storage.invoices import Due
from storage.models import DueInvoice, User
from storage.store import Store

SHOWN = 20
"""Invoices of one digest; the rest is counted."""


@dataclass(frozen=True)
class Digest:
    """What one partner is told on one day; ``occurrence`` is its name: told once is told.

    ``overdue`` and ``due_today`` are the ``SHOWN`` of ``count`` invoices that are due longest;
    ``left`` is what remains on all of them, in paise.
    """

    occurrence: str
    partner: User
    chat_id: int
    overdue: tuple[DueInvoice, ...]
    due_today: tuple[DueInvoice, ...]
    count: int
    left: int


def reachable(store: Store, clock: Clock) -> dict[str, User]:
    """Who may be told of the books now, by id: active, signed in, and has not blocked the bot."""
    return {
        user.id: user
        for user in store.users.active()
        if user.chat_id and user.reachable and is_signed_in(store, clock, user)
    }


def digests(store: Store, reachable: dict[str, User], day: dt.date) -> list[Digest]:
    """The day's digests, amounts as they are now; nobody gets an empty one.

    An invoice goes to the partner who made it; when they left, or cannot be reached, to all the
    partners who can.
    """
    due = {
        maker: store.invoices.due_of(maker, day, SHOWN)
        for maker in store.invoices.makers_of_open()
    }
    nobodys = [theirs for maker, theirs in due.items() if maker not in reachable]
    told = {
        user_id: [due[user_id], *nobodys] if user_id in due else nobodys
        for user_id in sorted(reachable)
    }
    return [
        _digest(reachable[user_id], day, parts)
        for user_id, parts in told.items()
        if any(part.count for part in parts)
    ]


def _digest(partner: User, day: dt.date, parts: list[Due]) -> Digest:
    invoices = sorted(
        (invoice for part in parts for invoice in part.oldest), key=lambda one: one.due_date
    )[:SHOWN]
    return Digest(
        occurrence=f"{day}:{partner.id}:digest",
        partner=partner,
        chat_id=partner.chat_id or 0,
        overdue=tuple(one for one in invoices if one.due_date < day),
        due_today=tuple(one for one in invoices if one.due_date == day),
        count=sum(part.count for part in parts),
        left=sum(part.left for part in parts),
    )


def is_time(now: dt.datetime, at: dt.time) -> bool:
    """Whether the day's reminders are due: at ``at`` (firm's zone), or late after a downtime."""
    return now.time() >= at
