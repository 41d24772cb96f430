"""New invoice, step by step: customer, items in a loop, paid now, due date, summary."""

from functools import partial

from markupsafe import Markup

from bot.customers import get_customer
from bot.desk import Desk
from bot.firm import numbering_of
from bot.i18n import _, fill
from bot.invoices import create_invoice
from bot.links import invoice_link
from handlers import receipts
from handlers.customer_step import AskCustomer, chosen
from handlers.form import Form, Go, Start
from handlers.invoice_answers import Here, InvoiceAnswers, order_of
from handlers.invoice_items import AskItem, AskPrice, AskQuantity, RemoveLine
from handlers.invoice_steps import AskDue, AskInvoiceDate, AskPaid
from handlers.invoice_summary import InvoiceSummary
from handlers.screen import Reply

NAME = "invoice"


def _title(moment: Here) -> Markup:
    if not moment.answers.customer_name:
        return fill(_("<b>New invoice</b>"))
    return fill(_("<b>New invoice</b> · {name}"), name=moment.answers.customer_name)


def _finish(desk: Desk, moment: Here) -> Reply:
    posted = create_invoice(
        desk.store,
        desk.clock,
        order_of(moment),
        by=moment.who.partner,
        link=partial(invoice_link, desk),
        standing_on=moment.facts.seq,
        numbering=numbering_of(desk.store.firm.get()),
    )
    return receipts.receipt(desk, posted.entry)


def _adopt(desk: Desk, answers: InvoiceAnswers, customer_id: str) -> Go[InvoiceAnswers]:
    return Go(chosen(answers, customer_id, get_customer(desk, customer_id).name))


def _for(desk: Desk, customer_id: str) -> Start[InvoiceAnswers]:
    return Start(_adopt(desk, InvoiceAnswers(), customer_id).answers, "item")


def _dropped() -> str:
    return _("Dropped. No invoice was saved.")


FORM: Form[InvoiceAnswers] = Form(
    name=NAME,
    answers=InvoiceAnswers,
    steps=(
        AskCustomer(),
        AskItem(),
        AskQuantity(),
        AskPrice(),
        RemoveLine(),
        AskPaid(),
        AskDue(),
        AskInvoiceDate(),
        InvoiceSummary(),
    ),
    title=_title,
    finish=_finish,
    receipt=receipts.of_draft,
    dropped=_dropped,
    adopt=_adopt,
    starts={"ni": _for},
)
