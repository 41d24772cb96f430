"""The last step of a new invoice: what saving it would do, and Save."""

from markupsafe import Markup

from bot.dates import format_date
from bot.desk import Desk
from bot.errors import BalanceChanged, UserError
from bot.i18n import _, fill
from bot.invoices import Preview, preview
from bot.money import format_amount
from handlers.form import SAVE, Go, Summary
from handlers.invoice_answers import Here, InvoiceAnswers, dated, order_of
from handlers.invoice_items import lines_text
from handlers.money import balance_words, total_due
from handlers.screen import Act, Screen


class InvoiceSummary(Summary[InvoiceAnswers]):
    """Shows what saving would do to the balance, and saves only what was shown.

    The Save button carries the number of the ledger entry that the figures stand on, and the day.
    When another partner posted on this customer meanwhile, or midnight has passed, it is refused
    and the new figures are shown; the ledger itself checks the balance again as it posts. (What
    the draft holds cannot have changed: no button outlives that.)
    """

    def look(self, desk: Desk, moment: Here, act: Act | None) -> Preview | UserError:
        """The figures; or why this cannot be posted as it is, so that it can be edited."""
        try:
            return preview(desk.store, order_of(moment))
        except UserError as error:
            return error

    def edits(self) -> tuple[tuple[str, str], ...]:
        return (
            ("item", _("Items")),
            ("paid", _("Paid")),
            ("due", _("Due")),
            ("customer", _("Customer")),
            ("date", _("Date")),
        )

    def ask(self, moment: Here) -> Screen:
        if isinstance(moment.facts, UserError):
            wrong = fill("\n\n⚠️ {error}", error=moment.facts)
            return Screen(lines_text(moment) + wrong, self.edit_rows(moment))
        text = lines_text(moment) + Markup("\n\n") + _figures(moment, moment.facts)
        save = (moment.choice(_("✓ Save invoice"), f"save-{_shown(moment)}"),)
        return Screen(text, (save, *self.edit_rows(moment)))

    def pressed(self, moment: Here, token: str) -> Go[InvoiceAnswers] | None:
        verb, _dash, shown = token.partition("-")
        if verb != "save":
            return super().pressed(moment, token)
        if isinstance(moment.facts, UserError):
            raise moment.facts
        if shown != _shown(moment):
            raise BalanceChanged(
                _("The balance or the day has changed since this was shown. Look, then save.")
            )
        return Go(moment.answers, SAVE)


def _shown(moment: Here) -> str:
    """What the figures stand on besides the draft."""
    return f"{moment.facts.seq}-{dated(moment):%y%m%d}"


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
