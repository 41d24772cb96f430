"""The morning message: what is overdue, and what falls due today."""

import datetime as dt

from markupsafe import Markup

from bot.dates import format_date
from bot.desk import Desk
from bot.i18n import _, fill, ngettext
from bot.reminders import Digest
from handlers.money import amount
from handlers.screen import Choice, Screen, lasting
from storage.models import Invoice

SHOWN = 20
"""Lines of one digest, and its buttons; the rest is counted."""


def digest(desk: Desk, told: Digest, day: dt.date) -> Screen:
    """One partner's digest, with a button to each invoice's card."""
    everything = (*told.overdue, *told.due_today)
    total = sum(invoice.remaining_balance for invoice in everything)
    head = fill(
        _("⏰ <b>To collect: {total}</b>, {date}"),
        total=amount(desk, total),
        date=format_date(day),
    )
    parts = [head]
    room = SHOWN
    for title, invoices in ((_("Overdue"), told.overdue), (_("Due today"), told.due_today)):
        if invoices and room:
            parts.append(fill("\n<b>{title}</b>", title=title))
            parts.extend(_line(desk, invoice, day) for invoice in invoices[:room])
            room = max(0, room - len(invoices))
    more = len(everything) - SHOWN
    if more > 0:
        parts.append(fill(ngettext("… and {count} more", "… and {count} more", more), count=more))
    buttons = tuple(
        (Choice(f"{invoice.invoice_number} · {invoice.customer_name}", f"i:{invoice.id}"),)
        for invoice in everything[:SHOWN]
    )
    return Screen(Markup("\n").join(parts), lasting(buttons))


def _line(desk: Desk, invoice: Invoice, day: dt.date) -> Markup:
    late = (day - invoice.due_date).days
    line = fill(
        _("• {name}: <b>{left}</b> ({number})"),
        name=invoice.customer_name,
        left=amount(desk, invoice.remaining_balance),
        number=invoice.invoice_number,
    )
    if not late:
        return line
    days = ngettext(", {days} day late", ", {days} days late", late)
    return line + fill(days, days=late)
