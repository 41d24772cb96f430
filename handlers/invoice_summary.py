"""The last step of a new invoice: what saving it would do, and Save."""

from markupsafe import Markup

from bot.dates import format_date
from bot.desk import Desk
from bot.i18n import _, fill
from bot.invoices import Preview, preview
from bot.money import format_amount
from handlers.invoice_answers import Here, InvoiceAnswers, dated, order_of
from handlers.invoice_items import lines_text
from handlers.money import balance_words, total_due
from handlers.posting_summary import PostingSummary


class InvoiceSummary(PostingSummary[InvoiceAnswers]):
    def preview(self, desk: Desk, moment: Here) -> Preview:
        return preview(desk.store, order_of(moment))

    def stands_on(self, moment: Here) -> str:
        return f"{moment.facts.seq}-{dated(moment):%y%m%d}"

    def save_label(self) -> str:
        return _("✓ Save invoice")

    def head(self, moment: Here) -> Markup:
        return lines_text(moment)

    def figures(self, moment: Here) -> Markup:
        return _figures(moment, moment.facts)

    def edits(self) -> tuple[tuple[str, str], ...]:
        return (
            ("item", _("Items")),
            ("paid", _("Paid")),
            ("due", _("Due")),
            ("customer", _("Customer")),
            ("date", _("Date")),
        )


def _figures(moment: Here, figures: Preview) -> Markup:
    """Previous balance + this invoice − paid = total due, and when the rest of it is due."""

    def money(paise: int) -> str:
        return format_amount(paise, moment.currency)

    order = order_of(moment)
    rows = [
        (_("Balance before"), balance_words(figures.before, moment.currency)),
        (_("This invoice"), money(figures.total)),
        (_("Paid now"), money(figures.paid)),
        (_("Left on this invoice"), money(figures.remaining)),
    ]
    if figures.advance_used:
        rows.insert(2, (_("Advance used"), money(figures.advance_used)))
    elsewhere = figures.paid + figures.advance_used - figures.amount_paid
    if elsewhere:
        rows.append((_("To earlier invoices or advance"), money(elsewhere)))
    lines = [fill("{what}: {value}", what=what, value=value) for what, value in rows]
    lines.append(total_due(figures.after, moment.currency))
    lines.append(
        fill(
            _("Date {date}, due {due}"),
            date=format_date(order.invoice_date),
            due=format_date(order.due_date),
        )
    )
    return Markup("\n").join(lines)
