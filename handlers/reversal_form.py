"""Cancel an invoice or undo a payment: a reason, what it does to the balance, and yes."""

from markupsafe import Markup

from bot.customers import get_customer
from bot.desk import Desk
from bot.i18n import N_, _, fill
from bot.money import format_amount
from bot.reversals import NewReversal, ReversalPreview, preview_reversal, reverse
from bot.text import clean_line
from handlers import receipts
from handlers.form import Field, Form, Go, Moment, Start
from handlers.invoices import get_invoice
from handlers.money import before_and_after
from handlers.posting_summary import PostingSummary
from handlers.receipts import SETTLED_SHOWN, more_line
from handlers.screen import Reply, Screen, grid
from storage.models import EntryKind, Part
from storage.types import Paise

NAME = "reversal"
REASON_LIMIT = 120
OFTEN = (
    N_("Wrong amount"),
    N_("Wrong customer"),
    N_("Entered twice"),
    N_("Goods returned"),
    N_("Cheque returned"),
)


class ReversalAnswers(Part):
    """``invoice_id`` is to be cancelled, or ``payment_id`` undone, or ``restores`` taken back."""

    invoice_id: str | None = None
    payment_id: str | None = None
    restores: str | None = None
    number: str = ""
    amount: Paise = 0
    customer_name: str = ""
    reason: str = ""


Here = Moment[ReversalAnswers]


def order_of(moment: Here) -> NewReversal:
    """The answers as the ledger takes them."""
    answers = moment.answers
    return NewReversal(
        op=moment.draft.op,
        reason=answers.reason,
        invoice_id=answers.invoice_id,
        payment_id=answers.payment_id,
        restores=answers.restores,
    )


class AskReason(Field[ReversalAnswers]):
    name = "reason"

    def question(self, moment: Here) -> Markup:
        return fill(_("For what <b>reason</b>? Tap one, or type it. It stays in the history."))

    def ask(self, moment: Here) -> Screen:
        reasons = [moment.choice(_(text), f"often-{at}") for at, text in enumerate(OFTEN)]
        return Screen(self.question(moment), grid(reasons, 2))

    def read(self, moment: Here, text: str) -> str:
        return clean_line(text, field=_("reason"), limit=REASON_LIMIT, example=_("wrong amount"))

    def pressed(self, moment: Here, token: str) -> Go[ReversalAnswers] | None:
        said = {f"often-{at}": text for at, text in enumerate(OFTEN)}
        return self.with_value(moment, _(said[token])) if token in said else None


class ReversalSummary(PostingSummary[ReversalAnswers]):
    def preview(self, desk: Desk, moment: Here) -> ReversalPreview:
        return preview_reversal(desk.store, desk.clock, order_of(moment))

    def stands_on(self, moment: Here) -> str:
        return f"{moment.facts.seq}-{moment.today:%y%m%d}"

    def save_label(self) -> str:
        return _("✓ Yes, do it")

    def edits(self) -> tuple[tuple[str, str], ...]:
        return (("reason", _("Reason")),)

    def head(self, moment: Here) -> Markup:
        return fill(_("Reason: {reason}"), reason=moment.answers.reason)

    def figures(self, moment: Here) -> Markup:
        shown: ReversalPreview = moment.facts
        currency = moment.currency
        lines = []
        for number, paise in shown.released[:SETTLED_SHOWN]:
            paid = format_amount(paise, currency)
            if number == moment.answers.number:
                line = _("• {paid} was paid on it")
            else:
                line = _("• {number}: {paid} open again")
            lines.append(fill(line, number=number, paid=paid))
        lines += more_line(len(shown.released) - SETTLED_SHOWN)
        if shown.advance_after != shown.advance_before:
            held = format_amount(shown.advance_after, currency)
            lines.append(fill(_("Advance held then: <b>{held}</b>"), held=held))
        moved = before_and_after(shown.before, shown.after, currency)
        return Markup("\n").join([*lines, moved])


def starter(desk: Desk, op: str) -> str | None:
    """The button that takes back what an operation posted, for a reason; None where none does."""
    entry = desk.store.ledger.by_op(op)
    if entry is None or entry.kind is EntryKind.RESTORE:
        return None
    if entry.kind in (EntryKind.CANCEL, EntryKind.UNDO):
        return f"xr:{op}"
    return f"xi:{op}" if entry.invoice else f"xp:{op}"


def _title(moment: Here) -> Markup:
    answers = moment.answers
    said = format_amount(answers.amount, moment.currency)
    if answers.restores and answers.number:
        title = _("<b>Put invoice {number} back</b> · {name} · {said}")
    elif answers.restores:
        title = _("<b>Put the payment of {said} back</b> · {name}")
    elif answers.invoice_id:
        title = _("<b>Cancel invoice {number}</b> · {name} · {said}")
    else:
        title = _("<b>Undo the payment of {said}</b> · {name}")
    return fill(title, number=answers.number, name=answers.customer_name, said=said)


def _finish(desk: Desk, moment: Here) -> Reply:
    entry, _repeated = reverse(
        desk.store,
        desk.clock,
        order_of(moment),
        by=moment.who.partner,
        standing_on=moment.facts.seq,
    )
    return receipts.receipt(desk, entry)


def _dropped() -> str:
    return _("Nothing was changed.")


def _cancel(desk: Desk, invoice_id: str) -> Start[ReversalAnswers]:
    invoice = get_invoice(desk, invoice_id)
    _refuse_at_once(desk, invoice_id=invoice_id)
    answers = ReversalAnswers(
        invoice_id=invoice_id,
        number=invoice.invoice_number,
        amount=invoice.total_amount,
        customer_name=invoice.customer_name,
    )
    return Start(answers)


def _undo(desk: Desk, payment_id: str) -> Start[ReversalAnswers]:
    _refuse_at_once(desk, payment_id=payment_id)
    entry = desk.store.ledger.by_op(payment_id)
    assert entry is not None, "what can be undone was posted"  # noqa: S101
    answers = ReversalAnswers(
        payment_id=payment_id,
        amount=entry.paid or sum(part.amount for part in entry.allocations),
        customer_name=get_customer(desk, entry.customer_id).name,
    )
    return Start(answers)


def _restore(desk: Desk, op: str) -> Start[ReversalAnswers]:
    _refuse_at_once(desk, restores=op)
    entry = desk.store.ledger.by_op(op)
    assert entry is not None, "what can be put back was posted"  # noqa: S101
    invoice = get_invoice(desk, entry.invoice_id) if entry.invoice_id else None
    moved = entry.paid or sum(part.amount for part in entry.allocations)
    answers = ReversalAnswers(
        restores=op,
        number=invoice.invoice_number if invoice else "",
        amount=invoice.total_amount if invoice else abs(moved),
        customer_name=get_customer(desk, entry.customer_id).name,
    )
    return Start(answers)


def _refuse_at_once(desk: Desk, **target: str) -> None:
    """Before anybody thinks of a reason for what cannot be taken back, or is already."""
    preview_reversal(desk.store, desk.clock, NewReversal(op="", reason=OFTEN[0], **target))


FORM: Form[ReversalAnswers] = Form(
    name=NAME,
    answers=ReversalAnswers,
    steps=(AskReason(), ReversalSummary()),
    title=_title,
    finish=_finish,
    receipt=receipts.of_draft,
    dropped=_dropped,
    starts={"xi": _cancel, "xp": _undo, "xr": _restore},
    leave=lambda: _("✕ Leave it as it is"),
)
