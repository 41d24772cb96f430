"""Reminders to the customers themselves: of which invoices, and on which days.

An invoice has a rung for each day of ``CUSTOMER_REMINDER_DAYS``; ``bot/reminding.py`` sends it.
"""

import datetime as dt
from dataclasses import dataclass

from bot.clock import Clock
from bot.desk import Desk
from bot.posting import balance_of
from storage.models import Customer, CustomerReminder, DueInvoice, Reminding

CAUGHT_UP = 2
"""Days for which a rung that a downtime missed is still sent."""

PAUSES = (dt.timedelta(minutes=15), dt.timedelta(hours=2))
"""From one refusal to the next try; after the last try there is none."""

SENDING = dt.timedelta(minutes=1)
"""Longer than a send takes: of a claim that is older nobody will ever know what came of it."""


@dataclass(frozen=True)
class Due:
    """An invoice that the customer is asked to pay: ``left`` (paise) is what they owe on it now.

    ``rung`` is the one that is to be sent today; None where it is named because others are sent.
    """

    invoice: DueInvoice
    rung: int | None
    left: int

    @property
    def id(self) -> str:
        return f"{self.invoice.id}:d{self.rung}"


def rung_due(
    due_date: dt.date, *, today: dt.date, since: dt.date, rungs: tuple[int, ...]
) -> int | None:
    """The rung of an invoice that is to be sent today; None when there is none.

    Only the newest counts, on its day or up to ``CAUGHT_UP`` days later, and never one whose day
    was before ``since``.
    """
    late = (today - due_date).days
    newest = max((rung for rung in rungs if rung <= late), default=None)
    if newest is None or late - newest > CAUGHT_UP:
        return None
    return newest if today - dt.timedelta(days=late - newest) >= since else None


def may_send(kept: CustomerReminder | None, now: dt.datetime) -> bool:
    """Whether nobody can have got it, and it is time for a try."""
    if kept is None:
        return True
    if kept.state is not Reminding.FREE or kept.refusals > len(PAUSES):
        return False
    return not kept.refusals or now - kept.at >= PAUSES[kept.refusals - 1]


def is_being_sent(kept: CustomerReminder, now: dt.datetime) -> bool:
    """Whether a process may just be at it."""
    return kept.state is Reminding.CLAIMED and now - kept.at < SENDING


def can_be_reminded(desk: Desk, customer: Customer) -> bool:
    """Whether there is a way to."""
    return bool(customer.phone and desk.settings.customer_reminder_url)


def has_name(desk: Desk) -> bool:
    """Whether the firm has: without one a customer would not know who writes."""
    return bool(desk.store.firm.get().name)


def due_of(desk: Desk, customer_id: str) -> list[Due]:
    """All that the customer is to be asked for today, by all that is known now, sent or not.

    Nothing while no rung of any of it is to be sent.
    """
    customer = desk.store.customers.get(customer_id)
    if customer is None or not customer.phone or customer.muted_at or not customer.reminded_from:
        return []
    if not has_name(desk):
        return []
    today, rungs = desk.clock.today(), desk.settings.customer_reminder_days
    switched_on = _day(customer.reminded_from, desk.clock)
    found: list[tuple[DueInvoice, int | None]] = []
    for invoice in desk.store.invoices.open_of(customer_id):
        agreed = desk.store.follow_ups.get(invoice.id)
        if invoice.due_date > today or (agreed and agreed.until > today):
            continue
        # Nor is it made up for later what fell in the time for which it was left in peace.
        since = max(switched_on, agreed.until) if agreed else switched_on
        found.append((invoice, rung_due(invoice.due_date, today=today, since=since, rungs=rungs)))
    if all(rung is None for _invoice, rung in found):
        return []
    balance = balance_of(desk.store, customer_id)
    due = [
        Due(invoice, rung, balance.owed_on(invoice.id))
        for invoice, rung in found
        if not _is_news(desk, invoice.id)
    ]
    asked = [one for one in due if one.left]
    return asked if any(one.rung is not None for one in asked) else []


def latest_told(desk: Desk, invoice_id: str) -> tuple[Reminding, dt.date] | None:
    """The last that is to be said of reminding the customer of an invoice: what came of it, when.

    ``CLAIMED``: nobody knows. ``FREE``: the gateway refused it.
    """
    now = desk.clock.now()
    for one in reversed(desk.store.customer_reminders.of_invoice(invoice_id)):
        untried = one.state is Reminding.FREE and not one.refusals
        if not is_being_sent(one, now) and not untried:
            return one.state, _day(one.at, desk.clock)
    return None


def _is_news(desk: Desk, invoice_id: str) -> bool:
    """Whether it was made today: the customer has hardly left, and it may be undone yet."""
    invoice = desk.store.invoices.get(invoice_id)
    made = invoice.created_at if invoice else None
    return made is not None and _day(made, desk.clock) == desk.clock.today()


def _day(moment: dt.datetime, clock: Clock) -> dt.date:
    return moment.astimezone(clock.zone).date()
