"""New invoice, step by step: customer, items in a loop, paid now, due date, summary."""

from markupsafe import Markup

from bot.customers import get_customer
from bot.desk import Desk
from bot.i18n import _, fill
from bot.invoices import create_invoice
from bot.posting import catch_up
from handlers import invoices
from handlers.form import Form, Go
from handlers.invoice_answers import Here, InvoiceAnswers, order_of
from handlers.invoice_items import AskItem, AskPrice, AskQuantity, RemoveLine
from handlers.invoice_steps import AskCustomer, AskDate, AskDue, AskPaid
from handlers.invoice_summary import InvoiceSummary
from handlers.money import amount, total_due
from handlers.screen import Reply, Screen, lasting
from storage.models import Invoice, LedgerEntry

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
        link=desk.invoice_link,
        standing_on=moment.facts.seq,
    )
    return _said(desk, posted.entry, posted.invoice)


def _receipt(desk: Desk, op: str) -> Reply | None:
    entry = desk.store.ledger.by_op(op)
    if entry is None:
        return None
    catch_up(desk.store, entry.customer_id)
    return _said(desk, entry, invoices.get_invoice(desk, op))


def _said(desk: Desk, entry: LedgerEntry, invoice: Invoice) -> Reply:
    said = fill(
        _("✅ <b>Invoice {number}</b> saved\n{name} · {total}\n\n{sums}\n\n{due}"),
        number=invoice.invoice_number,
        name=invoice.customer_name,
        total=amount(desk, invoice.total_amount),
        sums=invoices.sums(desk, invoice),
        due=total_due(entry.after, desk.settings.currency),
    )
    elsewhere = entry.paid - (invoice.amount_paid - invoice.advance_used)
    if elsewhere:
        said += Markup("\n") + fill(
            _("Of {paid} received, {elsewhere} went to earlier invoices or advance."),
            paid=amount(desk, entry.paid),
            elsewhere=amount(desk, elsewhere),
        )
    return (
        Screen(said, lasting(invoices.card_rows(invoice))),
        invoices.pdf(desk, invoice),
    )


def _adopt(desk: Desk, answers: InvoiceAnswers, customer_id: str) -> Go[InvoiceAnswers]:
    customer = get_customer(desk, customer_id)
    return Go(answers.of_customer(customer))


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
        AskDate(),
        InvoiceSummary(),
    ),
    title=_title,
    finish=_finish,
    receipt=_receipt,
    dropped=_dropped,
    adopt=_adopt,
)
