"""An invoice in a list of what is to be collected: its line, and its row of buttons."""

from markupsafe import Markup

from bot.dates import format_date
from bot.desk import Desk
from bot.i18n import _, fill, ngettext
from handlers.customer_reminders import told
from handlers.money import amount
from handlers.screen import LASTING, Choice
from storage.models import DueInvoice

SIZE = 6
"""Invoices on a page: a row of buttons each, and the keyboard below the chat is in sight."""


def due_line(desk: Desk, place: int, invoice: DueInvoice, *, named: bool = True) -> Markup:
    """What is left on it, since when, and what was promised; with the customer where ``named``."""
    today = desk.clock.today()
    line = fill(
        "{place}. {name}: <b>{left}</b> ({number})"
        if named
        else "{place}. {number}: <b>{left}</b>",
        place=place,
        name=invoice.customer_name,
        left=amount(desk, invoice.remaining_balance),
        number=invoice.invoice_number,
    )
    late = (today - invoice.due_date).days
    if late > 0:
        days = ngettext(", {days} day late", ", {days} days late", late)
        line += fill(days, days=late)
    elif late < 0:
        line += fill(", {day}", day=format_date(invoice.due_date))
    line += told(desk, invoice.id)
    said = desk.store.follow_ups.get(invoice.id)
    if said is None:
        return line
    if not said.promised:
        words = _(" · 💤 until {day}")
        return line + fill(words, day=format_date(said.until)) if said.until > today else line
    if said.until == today:
        return line + fill(_(" · 🤝 promised for today"))
    return line + fill(_(" · 🤝 promised for {day}"), day=format_date(said.until))


def due_row(place: int, invoice: DueInvoice, shown_in: str) -> tuple[Choice, ...]:
    """What can be done about it; ``shown_in`` is the list, as its own button asks for it."""
    return (
        Choice(
            _("{place} · 💵 Paid").format(place=place), f"{LASTING}npl:{invoice.id}:{shown_in}"
        ),
        Choice(_("🤝 Promise"), f"{LASTING}pr:{invoice.id}:{shown_in}"),
        Choice("⋯", f"fu:{invoice.id}:{shown_in}"),
    )
