"""The payments' lists, and a payment's card."""

from functools import partial

from markupsafe import Markup

from bot.customers import get_customer
from bot.dates import format_date
from bot.desk import Desk
from bot.errors import NotThere
from bot.firm import letterhead_of
from bot.i18n import _, fill, ngettext
from bot.methods import how, method_word
from bot.pdf import Party, render_receipt
from bot.receipts import receipt_of
from bot.reversals import who_and_when
from bot.sharing import payment_url
from bot.text import safe_file_name
from handlers.money import amount
from handlers.pages import PAGE, paged, turn
from handlers.receipts import SETTLED_SHOWN, more_line, paper_choice
from handlers.screen import Choice, Document, Rows, Screen, whatsapp
from storage.models import Payment


def listing(desk: Desk, page: int) -> Screen:
    """All payments, newest first."""
    count = desk.store.payments.count()
    record = ((Choice(_("💵 Payment"), "new:payment"),),)
    if not count:
        return Screen(fill(_("There is no payment yet.")), record)
    page, offset = paged(page, count)
    shown = desk.store.payments.page(offset, PAGE)
    head = ngettext("<b>{count} payment</b>", "<b>{count} payments</b>", count)
    rows = _rows(desk, shown, named=True) + turn("pa", page, count) + record
    return Screen(fill(head, count=count), rows)


def of_customer(desk: Desk, customer_id: str, page: int) -> Screen:
    """One customer's payments, newest first.

    Raises:
        NotThere: there is no such customer.
    """
    customer = get_customer(desk, customer_id)
    count = desk.store.payments.count_of_customer(customer_id)
    page, offset = paged(page, count)
    shown = desk.store.payments.of_customer(customer_id, offset, PAGE)
    head = ngettext("<b>{count} payment</b>", "<b>{count} payments</b>", count)
    return Screen(
        fill(head + " · {name}", count=count, name=customer.name),
        _rows(desk, shown, named=False)
        + turn(f"pl:{customer_id}", page, count)
        + ((Choice(f"‹ {customer.name}", f"c:{customer_id}"),),),
    )


def card(desk: Desk, payment_id: str) -> Screen:
    """One payment at a glance: how it came, where it went, and who recorded it.

    Raises:
        NotThere: there is no such payment.
    """
    payment = _get(desk, payment_id)
    customer = get_customer(desk, payment.customer_id)
    lines = [
        fill(
            _("💵 <b>Payment of {sum}</b>\n{name}\n{date} · {how}"),
            sum=amount(desk, payment.amount),
            name=customer.name,
            date=format_date(payment.payment_date),
            how=how(payment.method, payment.reference),
        ),
        fill(
            _("Recorded by {who}\n"),
            who=who_and_when(payment.created_by_name, payment.created_at, desk.clock),
        ),
        *_settled(desk, payment),
    ]
    rows = [[paper_choice(payment.id)]]
    if payment.undone is not None:
        undone = who_and_when(payment.undone.actor_name, payment.undone.at, desk.clock)
        said = _("\n<b>UNDONE</b> by {who}: {reason}")
        lines.append(fill(said, who=undone, reason=payment.undone.reason))
        rows.append([Choice(_("↩ Put it back"), f"+xr:{payment.undone.op}")])
    else:
        if entry := desk.store.ledger.by_op(payment.id):
            rows[0].append(whatsapp(payment_url(desk, entry)))
        rows.append([Choice(_("✕ Undo this payment"), f"+xp:{payment.id}")])
    rows.append(
        [
            Choice(_("👤 Customer"), f"c:{customer.id}"),
            Choice(_("‹ Payments"), f"pl:{customer.id}:0"),
        ]
    )
    return Screen(Markup("\n").join(lines), tuple(tuple(row) for row in rows))


def pdf(desk: Desk, payment_id: str) -> Screen:
    """The payment's receipt as a document, for the customer as they are now.

    Raises:
        NotThere: there is no such payment.
    """
    payment = _get(desk, payment_id)
    customer = get_customer(desk, payment.customer_id)
    receipt = receipt_of(desk.store, payment.id)
    taker = desk.store.users.get(payment.created_by_user_id)
    firm = letterhead_of(desk, name=receipt.received_by, phone=taker.phone if taker else None)
    day, currency = format_date(receipt.day), desk.settings.currency
    caption = fill(
        _("Receipt · {name} · {sum} received on {day}"),
        name=customer.name,
        sum=amount(desk, receipt.amount),
        day=day,
    )
    if receipt.undone is not None:
        caption += Markup("\n") + fill(_("UNDONE: this money is not in the books"))
    # The day before the name, which may be cut.
    title = _("Receipt {day} {name}").format(day=day, name=customer.name)
    return Screen(
        documents=(
            Document(
                name=f"{safe_file_name(title, 'receipt')}.pdf",
                make=partial(
                    desk.draw,
                    render_receipt,
                    receipt,
                    firm=firm,
                    customer=Party(customer.name, customer.phone, customer.address),
                    zone=desk.clock.zone,
                    currency=currency,
                ),
                caption=caption,
            ),
        ),
        fresh=True,
    )


def _get(desk: Desk, payment_id: str) -> Payment:
    payment = desk.store.payments.get(payment_id)
    if payment is None:
        raise NotThere(_("This payment is not in the books."))
    return payment


def _settled(desk: Desk, payment: Payment) -> list[Markup]:
    """What it paid when it was recorded."""
    lines = []
    for part in payment.allocations[:SETTLED_SHOWN]:
        invoice = desk.store.invoices.get(part.invoice_id)
        number = invoice.invoice_number if invoice else ""
        lines.append(fill(_("• {number}: {paid}"), number=number, paid=amount(desk, part.amount)))
    lines += more_line(len(payment.allocations) - SETTLED_SHOWN)
    kept = payment.amount - sum(part.amount for part in payment.allocations)
    if kept:
        lines.append(fill(_("Kept as advance: {kept}"), kept=amount(desk, kept)))
    return lines


def _rows(desk: Desk, payments: list[Payment], *, named: bool) -> Rows:
    rows = []
    for payment in payments:
        customer = desk.store.customers.get(payment.customer_id) if named else None
        parts = [
            amount(desk, payment.amount),
            customer.name if customer else format_date(payment.payment_date),
            method_word(payment.method),
            _("UNDONE") if payment.undone else "",
        ]
        rows.append((Choice(" · ".join(part for part in parts if part), f"p:{payment.id}"),))
    return tuple(rows)
