"""Reminding customers themselves: who is, and each of their invoices' rungs at most once.

It is claimed for good, sent, and marked. What dies in between is never sent again; why:
``docs/decisions/0013-customer-reminders.md``.
"""

import logging
from enum import Enum, auto

from bot.audit_trail import note
from bot.customer_reminders import (
    Due,
    can_be_reminded,
    due_of,
    has_name,
    is_being_sent,
    may_send,
)
from bot.customers import get_customer
from bot.delivery import NotSent, Outcome, Refused, SendText, Unreached
from bot.desk import Desk, Who
from bot.errors import NotThere
from bot.i18n import _
from bot.sharing import reminder_text
from storage.models import Customer, EventKind

log = logging.getLogger(__name__)


class CameOf(Enum):
    """Of handing a text to the gateway."""

    TAKEN = auto()
    REFUSED = auto()
    UNREACHED = auto()
    UNSURE = auto()


def switch(desk: Desk, op: str, customer_id: str, *, on: bool, by: Who) -> Customer:
    """Remind the customer themselves from now on, or no more; doing it again changes nothing.

    ``op`` names the press: it is one event, though a death came between that and what it did.

    Raises:
        NotThere: there is no such customer; or they have no phone, no gateway is set, or the firm
            has no name.
    """
    customer = get_customer(desk, customer_id)
    if on and not can_be_reminded(desk, customer):
        raise NotThere(
            _("That needs the customer's phone number, and an SMS gateway in the bot's settings.")
        )
    if on and not has_name(desk):
        raise NotThere(
            _("First the admin says in /firm what the firm is called: customers are to know it.")
        )
    if on == (customer.reminded_from is not None):
        return customer
    detail = _("reminders by SMS on") if on else _("reminders by SMS off")
    id = f"{op}:reminded"
    note(desk, EventKind.CHANGE, by, id=id, subject=customer.name, detail=detail)
    desk.store.customers.remind(customer.id, desk.clock.now() if on else None)
    return get_customer(desk, customer_id)


def remind(desk: Desk, send: SendText, customer_id: str) -> CameOf | None:
    """Send the customer one text about all that is due, if a rung of it is. Blocks for seconds.

    Returns:
        What came of it; None where there was nothing to send.

    Raises:
        StorageError: the store is away. What was claimed by then is never sent.
    """
    refusals = _claimed(desk, due_of(desk, customer_id))
    if not refusals:
        return None
    # Asked again, now that nobody else can send it: it may have been paid just now.
    due = due_of(desk, customer_id)
    customer = get_customer(desk, customer_id)
    mine = [one.id for one in due if one.id in refusals and customer.phone]
    reminders, now = desk.store.customer_reminders, desk.clock.now
    for id in refusals.keys() - set(mine):
        reminders.released(id)
    if not mine or customer.phone is None:
        return None
    came_of = _hand_over(send, customer.phone, reminder_text(desk, customer, due), mine[0])
    for id in mine:
        match came_of:
            case CameOf.TAKEN:
                reminders.sent(id, now=now())
            case CameOf.REFUSED:
                reminders.refused(id, refusals=refusals[id] + 1, now=now())
            case CameOf.UNREACHED:
                reminders.released(id)
            # What may have been sent stays claimed, for good.
    return came_of


def _claimed(desk: Desk, due: list[Due]) -> dict[str, int]:
    """How often each of those that the caller may send now was refused before, by its id."""
    reminders, claimed, now = desk.store.customer_reminders, dict[str, int](), desk.clock.now()
    rungs = [(one, reminders.get(one.id)) for one in due if one.rung is not None]
    if any(kept and is_being_sent(kept, now) for _one, kept in rungs):
        return {}  # another process is at this customer; theirs is the one text
    for one, kept in rungs:
        if not may_send(kept, now):
            continue
        if not reminders.claim(one.id, one.invoice.id, was=kept, now=now):
            break  # it began just now
        claimed[one.id] = kept.refusals if kept else 0
    return claimed


def _hand_over(send: SendText, phone: str, text: str, id: str) -> CameOf:
    """Never raises; ``id`` names the reminder in the log."""
    try:
        taken = send(phone, text) is Outcome.ACCEPTED
    except Refused as error:
        log.warning("The reminder %s to a customer was refused: %s", id, error)
        return CameOf.REFUSED
    except Unreached as error:
        log.warning("The reminder %s to a customer waits: %s", id, error)
        return CameOf.UNREACHED
    except NotSent as error:
        log.warning("The reminder %s to a customer may have arrived: %s", id, error)
        return CameOf.UNSURE
    except Exception as error:  # noqa: BLE001 - whatever is wrong with it, it may have gone out
        # Its text may hold the message, or an address with a token in it.
        log.error("The reminder %s to a customer broke: %s", id, type(error).__name__)  # noqa: TRY400
        return CameOf.UNSURE
    if not taken:
        log.warning("The reminder %s to a customer may have arrived: no answer in time", id)
        return CameOf.UNSURE
    log.info("The reminder %s to a customer was taken", id)
    return CameOf.TAKEN
