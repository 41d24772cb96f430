"""Record a payment, step by step: customer, amount, how it came, summary."""

from markupsafe import Markup

from bot.customers import get_customer
from bot.desk import Desk
from bot.errors import NotThere
from bot.follow_ups import left_on
from bot.i18n import _, fill
from bot.payments import record_payment
from bot.posting import balance_of
from handlers import receipts
from handlers.due_views import anew
from handlers.form import SUMMARY, Form, Go, Start
from handlers.invoices import get_invoice
from handlers.payment_answers import Here, PaymentAnswers, order_of
from handlers.payment_steps import (
    AskAmount,
    AskInvoice,
    AskMethod,
    AskPayer,
    AskPaymentDate,
    AskReference,
)
from handlers.payment_summary import PaymentSummary
from handlers.screen import Reply

NAME = "payment"


def _title(moment: Here) -> Markup:
    if not moment.answers.customer_name:
        return fill(_("<b>Payment</b>"))
    return fill(_("<b>Payment</b> · {name}"), name=moment.answers.customer_name)


def _finish(desk: Desk, moment: Here) -> Reply:
    entry, _repeated = record_payment(
        desk.store,
        desk.clock,
        order_of(moment),
        by=moment.who.partner,
        standing_on=moment.facts.seq,
    )
    listed = anew(desk, moment.who, moment.answers.shown_in, moment.draft.beside)
    return (*receipts.receipt(desk, entry), *listed)


def _dropped() -> str:
    return _("Dropped. No payment was recorded.")


def _adopt(desk: Desk, answers: PaymentAnswers, customer_id: str) -> Go[PaymentAnswers]:
    name = get_customer(desk, customer_id).name
    return Go(AskPayer().chosen(answers, customer_id, name))


def _from(desk: Desk, customer_id: str) -> Start[PaymentAnswers]:
    return Start(_adopt(desk, PaymentAnswers(), customer_id).answers, "amount")


def _for_invoice(desk: Desk, invoice_id: str) -> Start[PaymentAnswers]:
    invoice = get_invoice(desk, invoice_id)
    if not balance_of(desk.store, invoice.customer_id).due_on(invoice_id):
        raise NotThere(_("Nothing is left to pay on this invoice."))
    answers = _adopt(desk, PaymentAnswers(), invoice.customer_id).answers
    picked = {"invoice_id": invoice_id, "invoice_number": invoice.invoice_number}
    return Start(answers.model_copy(update=picked), "amount")


def _of_list(desk: Desk, value: str) -> Start[PaymentAnswers]:
    """All that is left on one invoice: only how it came is asked."""
    invoice_id, _colon, shown_in = value.partition(":")
    answers = _for_invoice(desk, invoice_id).answers
    left = left_on(desk, get_invoice(desk, invoice_id))
    filled = {"amount": left, "all_left": True, "shown_in": shown_in}
    return Start(answers.model_copy(update=filled), "method")


def _of_customer_in_list(desk: Desk, value: str) -> Start[PaymentAnswers]:
    customer_id, _colon, shown_in = value.partition(":")
    start = _from(desk, customer_id)
    return Start(start.answers.model_copy(update={"shown_in": shown_in}), start.step)


def _by_advance(desk: Desk, customer_id: str) -> Start[PaymentAnswers]:
    stands = balance_of(desk.store, customer_id)
    usable = min(stands.advance, stands.outstanding)
    if not usable:
        raise NotThere(_("There is no advance to use, or nothing to use it on."))
    answers = _adopt(desk, PaymentAnswers(), customer_id).answers
    used = {"from_advance": True, "amount": usable}
    return Start(answers.model_copy(update=used), SUMMARY)


FORM: Form[PaymentAnswers] = Form(
    name=NAME,
    answers=PaymentAnswers,
    steps=(
        AskPayer(),
        AskAmount(),
        AskMethod(),
        AskReference(),
        AskPaymentDate(),
        AskInvoice(),
        PaymentSummary(),
    ),
    title=_title,
    finish=_finish,
    receipt=receipts.of_draft,
    dropped=_dropped,
    adopt=_adopt,
    starts={
        "np": _from,
        "npi": _for_invoice,
        "npl": _of_list,
        "ncl": _of_customer_in_list,
        "ua": _by_advance,
    },
)
