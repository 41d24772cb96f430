"""What partners agree about what is due: a day that was promised, a pause, or silence."""

import datetime as dt

from bot.customers import get_customer
from bot.desk import Desk
from bot.errors import NotThere
from bot.i18n import _
from bot.posting import balance_of
from storage.models import Customer, FollowUp, Invoice, User

PAUSES = (3, 7)
"""Days for which an invoice is put off at a tap."""

LONGEST = dt.timedelta(days=92)
"""For which anybody is taken at their word. A day that has just passed is next year's, beyond."""


def left_on(desk: Desk, invoice: Invoice) -> int:
    """What is left to pay on it, in paise, from the ledger itself.

    Raises:
        NotThere: nothing is.
    """
    left = balance_of(desk.store, invoice.customer_id).due_on(invoice.id)
    if not left:
        raise NotThere(_("Nothing is left to pay on this invoice."))
    return left


def agree(desk: Desk, invoice_id: str, until: dt.date, *, promised: bool, by: User) -> FollowUp:
    """Leave an invoice in peace until a day: the customer promised to pay then, or it can wait.

    Doing it again is doing it once. What was agreed about the invoice before holds no more.
    """
    follow_up = FollowUp(
        id=invoice_id, until=until, promised=promised, by_name=by.name, at=desk.clock.now()
    )
    desk.store.follow_ups.put(follow_up)
    return follow_up


def mute(desk: Desk, customer_id: str, *, muted: bool) -> Customer:
    """Remind nobody more, or all again, of what this customer owes.

    They themselves are reminded then of what falls due from now on, if they are at all.

    Raises:
        NotThere: there is no such customer.
    """
    customer = get_customer(desk, customer_id)
    if (customer.muted_at is not None) != muted:
        now = desk.clock.now()
        if not muted:
            desk.store.customers.remind_from_now(customer.id, now)
        desk.store.customers.mute(customer.id, now if muted else None)
    return get_customer(desk, customer_id)
