"""What a customer is told, in their language: on WhatsApp, by SMS, and where a link opens nothing.

A button keeps the text that it was made with, and may be tapped months later. So whatever changes
with time is told with its day.

An invoice's link is told only where a customer can open it, and as long as it opens. The bot's own
(``https://t.me/…``) answers to signed-in partners alone: a customer would be asked to sign in, and
the admins would hear of a stranger who knocks.
"""

import datetime as dt
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from bot.customer_reminders import Due
from bot.dates import format_date
from bot.desk import Desk
from bot.i18n import N_, _, current_locale
from bot.languages import writing_to
from bot.links import is_ours, open_link
from bot.methods import how
from bot.money import format_amount
from bot.posting import balance_of
from bot.upi import CURRENCY
from bot.whatsapp import share_url, shortened
from storage.models import (
    Customer,
    DueInvoice,
    FirmProfile,
    Invoice,
    LedgerEntry,
    PaymentDetails,
    Status,
)

NAME_ROOM = 450
"""What a firm's name may take in a link: 80 Latin letters with room to spare, 50 of Hindi."""

NAMED = 5
"""Invoices in a reminder about several, at most."""

KINDLY = N_(
    "Dear {name}, a kind reminder from {firm}: {amount} is left to pay, due on {due} "
    "({invoices}). If you have paid by now, please take no notice. Thank you."
)

STOPPED = N_("This link opens nothing any more. Please ask whoever sent it for a new one.")

_OPEN_TO_ALL = re.compile(r"https?://(?!(?:t|telegram)\.me/)[!-~]{1,250}", re.IGNORECASE)


def invoice_url(desk: Desk, invoice: Invoice) -> str:
    """Tells the customer how an invoice stands, and the balance today.

    While the firm has no name, the partner who made it stands for it, as on paper.
    """
    firm, net = desk.store.firm.get(), balance_of(desk.store, invoice.customer_id).net
    with _written_to(desk, invoice.customer_id) as url:
        return url(
            _head(firm.name or invoice.created_by_name),
            _("Invoice {number} of {day}").format(
                number=_isolated(invoice.invoice_number), day=format_date(invoice.invoice_date)
            ),
            *_sums(desk, invoice),
            _balance(desk, net, desk.clock.today()) if net else "",
            _upi_id(desk, firm, invoice.remaining_balance),
            _open_link(desk, invoice),
        )


def _open_link(desk: Desk, invoice: Invoice) -> str:
    """What a customer can open; of old books it is what they had."""
    if link := open_link(desk, invoice):
        return link
    theirs = invoice.download_link
    return theirs if _OPEN_TO_ALL.fullmatch(theirs) and not is_ours(desk, invoice) else ""


def reminder_url(desk: Desk, invoice: Invoice, left: int, *, by: str) -> str:
    """Asks the customer, kindly, for what is ``left`` (paise) on an invoice today.

    While the firm has no name, ``by``, who sends it, stands for it.
    """
    firm, today = desk.store.firm.get(), desk.clock.today()
    with _written_to(desk, invoice.customer_id) as url:
        if invoice.due_date > today:
            words = _("A kind reminder: {left} of invoice {number} is due on {day}.")
        elif invoice.due_date == today:
            words = _("A kind reminder: {left} of invoice {number} is due today, {day}.")
        else:
            words = _("A kind reminder: {left} of invoice {number} was due on {day}.")
        return url(
            _head(firm.name or by),
            _("Dear {name},").format(name=shortened(invoice.customer_name, NAME_ROOM)),
            words.format(
                left=_amount(desk, left),
                number=_isolated(invoice.invoice_number),
                day=format_date(invoice.due_date),
            ),
            _upi_id(desk, firm, left),
            _("If you have paid by now, please take no notice. Thank you."),
        )


def round_url(desk: Desk, customer: Customer, due: list[DueInvoice], *, by: str) -> str:
    """Asks the customer, kindly, for all that is due today. ``by`` as in :func:`reminder_url`."""
    firm, left = desk.store.firm.get(), sum(one.remaining_balance for one in due)
    with _written_to(desk, customer.id) as url:
        name, writer = (shortened(one, NAME_ROOM) for one in (customer.name, firm.name or by))
        words = _(KINDLY).format(**_kindly(desk, due, left, name=name, firm=writer))
        return url(words, _upi_id(desk, firm, left))


def reminder_text(desk: Desk, customer: Customer, due: list[Due]) -> str:
    """Asks the customer, kindly, for what is left on all of these, in the words of the setting."""
    firm, left = desk.store.firm.get().name or "", sum(one.left for one in due)
    with writing_to(desk, customer):
        template = desk.settings.customer_reminder_text or _(KINDLY)
        # Its placeholders were looked at when the settings were read.
        invoices = [one.invoice for one in due]
        return template.format(**_kindly(desk, invoices, left, name=customer.name, firm=firm))


def _kindly(
    desk: Desk, due: list[DueInvoice], left: int, *, name: str, firm: str
) -> dict[str, str]:
    """What the placeholders of a reminder about several invoices stand for."""
    numbers = [one.invoice_number for one in due[:NAMED]]
    return {
        "name": name,
        "amount": _amount(desk, left),
        "invoices": _isolated(", ".join(numbers + ["…"] * (len(due) > NAMED))),
        "firm": firm,
        "due": format_date(min(one.due_date for one in due)),
    }


def payment_url(desk: Desk, entry: LedgerEntry) -> str:
    """Tells the customer that the money of this entry was received, and what that left."""
    details, after = entry.payment or PaymentDetails(), entry.after
    with _written_to(desk, entry.customer_id) as url:
        received = _("Received {amount} on {day} ({how}). Thank you.").format(
            amount=_amount(desk, entry.paid),
            day=format_date(entry.day),
            how=how(details.method, details.reference),
        )
        if after > 0:
            left = _("Your balance after it: {due}").format(due=_amount(desk, after))
        elif after < 0:
            left = _("Your advance with us after it: {held}").format(held=_amount(desk, -after))
        else:
            left = _("Nothing is left to pay.")
        return url(_head(desk.store.firm.get().name or entry.actor_name), received, left)


def balance_url(desk: Desk, customer_id: str) -> str:
    """Tells the customer what is due today, or what is held in advance."""
    firm, net = desk.store.firm.get(), balance_of(desk.store, customer_id).net
    with _written_to(desk, customer_id) as url:
        return url(
            _head(firm.name or ""),
            _balance(desk, net, desk.clock.today()),
            _upi_id(desk, firm, net),
        )


def stopped_link_text(desk: Desk) -> str:
    """In the firm's language for customers, and in English: who reads it nobody knows."""
    with writing_to(desk, None):
        return "\n".join(dict.fromkeys((_(STOPPED), STOPPED)))


@contextmanager
def _written_to(desk: Desk, customer_id: str) -> Iterator[Callable[..., str]]:
    """In the customer's language; gives what makes the link of lines, without the empty ones."""
    customer = desk.store.customers.get(customer_id)
    with writing_to(desk, customer):
        yield lambda *lines: share_url(
            "\n".join(filter(None, lines)), customer.phone if customer else None
        )


def _head(name: str) -> str:
    """Who writes, in WhatsApp's bold."""
    return f"*{shortened(name, NAME_ROOM)}*" if name else ""


def _sums(desk: Desk, invoice: Invoice) -> list[str]:
    total = _("Total: {total}").format(total=_amount(desk, invoice.total_amount))
    if invoice.status is Status.CANCELLED:
        return [total, _("CANCELLED: nothing is due on it.")]
    if not invoice.remaining_balance:
        return [total, _("PAID in full, thank you.")]
    paid = _("Paid: {paid}").format(paid=_amount(desk, invoice.amount_paid))
    left = _("Left: {left}, due by {day}").format(
        left=_amount(desk, invoice.remaining_balance), day=format_date(invoice.due_date)
    )
    return [total, paid, left] if invoice.amount_paid else [total, left]


def _balance(desk: Desk, net: int, day: dt.date) -> str:
    if net > 0:
        said = _("Your balance on {day}: {amount}")
    elif net < 0:
        said = _("Your advance with us on {day}: {amount}")
    else:
        said = _("Nothing is due on {day}. Thank you.")
    return said.format(day=format_date(day), amount=_amount(desk, abs(net)))


def _upi_id(desk: Desk, firm: FirmProfile, due: int) -> str:
    """Where ``due`` (paise) can be paid to; empty where UPI is no way to."""
    if due <= 0 or firm.upi_id is None or desk.settings.currency != CURRENCY:
        return ""
    return _("UPI: {id}").format(id=firm.upi_id)


def _amount(desk: Desk, paise: int) -> str:
    return _isolated(format_amount(paise, desk.settings.currency))


def _isolated(figures: str) -> str:
    """Between Unicode's isolates where text runs from right to left: it would turn them around."""
    turns = current_locale().text_direction == "rtl"
    return f"\u2066{figures}\u2069" if turns else figures
