"""What falls due: who is told of which invoices, once a day. The scheduler is only a tick."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass

from bot.access import is_signed_in
from bot.clock import Clock
from storage.models import Invoice, User
from storage.store import Store


@dataclass(frozen=True)
class Digest:
    """What one partner is told on one day; ``occurrence`` is its name: told once is told."""

    occurrence: str
    partner: User
    chat_id: int
    overdue: tuple[Invoice, ...]
    due_today: tuple[Invoice, ...]


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
    theirs: dict[str, list[Invoice]] = defaultdict(list)
    for invoice in store.invoices.due_by(day):
        maker = invoice.created_by_user_id
        for user_id in [maker] if maker in reachable else reachable:
            theirs[user_id].append(invoice)
    return [
        Digest(
            occurrence=f"{day}:{user_id}:digest",
            partner=reachable[user_id],
            chat_id=reachable[user_id].chat_id or 0,
            overdue=tuple(
                sorted(
                    (one for one in invoices if one.due_date < day), key=lambda one: one.due_date
                )
            ),
            due_today=tuple(one for one in invoices if one.due_date == day),
        )
        for user_id, invoices in sorted(theirs.items())
    ]


def is_time(now: dt.datetime, at: dt.time) -> bool:
    """Whether the day's reminders are due: at ``at`` (firm's zone), or late after a downtime."""
    return now.time() >= at
