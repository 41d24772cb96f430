"""The last step of a payment: which invoices it settles, and Save."""

from markupsafe import Markup

from bot.dates import format_date
from bot.desk import Desk
from bot.i18n import _, fill
from bot.methods import method_word
from bot.money import format_amount
from bot.payments import PaymentPreview, preview_payment
from handlers.money import before_and_after
from handlers.payment_answers import Here, PaymentAnswers, dated, order_of
from handlers.posting_summary import PostingSummary
from handlers.receipts import SETTLED_SHOWN, more_line, settled_line
from storage.models import PaymentMethod


class PaymentSummary(PostingSummary[PaymentAnswers]):
    def preview(self, desk: Desk, moment: Here) -> PaymentPreview:
        return preview_payment(desk.store, order_of(moment), today=moment.today)

    def stands_on(self, moment: Here) -> str:
        return f"{moment.facts.seq}-{dated(moment):%y%m%d}"

    def save_label(self) -> str:
        return _("✓ Save payment")

    def edits(self) -> tuple[tuple[str, str], ...]:
        return (
            ("amount", _("Amount")),
            ("method", _("How")),
            ("date", _("Date")),
            ("which", _("Which invoice")),
            ("customer", _("Customer")),
        )

    def head(self, moment: Here) -> Markup:
        answers = moment.answers
        amount = format_amount(answers.amount or 0, moment.currency)
        if answers.from_advance:
            return fill(_("<b>{amount}</b> of the advance held"), amount=amount)
        parts = [method_word(PaymentMethod(answers.method or PaymentMethod.CASH))]
        if answers.reference:
            parts.append(answers.reference)
        parts.append(format_date(dated(moment)))
        return fill("<b>{amount}</b> · {how}", amount=amount, how=" · ".join(parts))

    def figures(self, moment: Here) -> Markup:
        shown: PaymentPreview = moment.facts
        currency = moment.currency
        lines = [
            settled_line(one.invoice.number, one.amount, one.left, currency)
            for one in shown.settles[:SETTLED_SHOWN]
        ]
        lines += more_line(len(shown.settles) - SETTLED_SHOWN)
        if shown.to_advance:
            kept = format_amount(shown.to_advance, currency)
            lines.append(fill(_("Kept as advance: <b>{kept}</b>"), kept=kept))
        moved = before_and_after(shown.before, shown.after, currency)
        return Markup("\n").join([*lines, Markup(), moved])
