"""The morning message: what is overdue, and what falls due today."""

import datetime as dt

from markupsafe import Markup

from bot.dates import format_date
from bot.desk import Desk
from bot.i18n import _, fill, ngettext
from bot.reminders import Digest
from handlers.money import amount
from handlers.screen import Choice, Screen, lasting
from storage.models import DueInvoice


def digest(desk: Desk, told: Digest, day: dt.date) -> Screen:
    """One partner's digest, with a button to each invoice's card."""
    head = fill(
        _("⏰ <b>To collect: {total}</b>, {date}"),
        total=amount(desk, told.left),
        date=format_date(day),
    )
    parts = [head]
    for title, invoices in ((_("Overdue"), told.overdue), (_("Due today"), told.due_today)):
        if invoices:
            parts.append(fill("\n<b>{title}</b>", title=title))
            parts.extend(_line(desk, invoice, day) for invoice in invoices)
    shown = (*told.overdue, *told.due_today)
    more = told.count - len(shown)
    if more > 0:
        parts.append(fill(ngettext("… and {count} more", "… and {count} more", more), count=more))
    buttons = tuple(
        (Choice(f"{invoice.invoice_number} · {invoice.customer_name}", f"i:{invoice.id}"),)
        for invoice in shown
    )
    return Screen(Markup("\n").join(parts), lasting(buttons))


def _line(desk: Desk, invoice: DueInvoice, day: dt.date) -> Markup:
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
