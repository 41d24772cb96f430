"""The invoices' lists, an invoice's card, and its PDF."""

from functools import partial

from markupsafe import Markup

from bot.customers import get_customer
from bot.dates import format_date
from bot.desk import Desk
from bot.errors import NotThere
from bot.firm import letterhead_of
from bot.i18n import _, fill, ngettext
from bot.pdf import render_invoice
from bot.posting import catch_up
from bot.quantity import quantity_words
from bot.reversals import who_and_when
from bot.settlements import from_advance, settlements_of
from bot.sharing import invoice_url
from bot.text import safe_file_name
from handlers.money import amount, balance_words
from handlers.pages import PAGE, paged, turn
from handlers.screen import Choice, Document, Rows, Screen, whatsapp
from storage.models import Invoice, Reversal, Status

LINES_SHOWN = 20
"""Of an invoice's items in the chat; the PDF has all of them."""


def listing(desk: Desk, page: int) -> Screen:
    """All invoices, newest first."""
    count = desk.store.invoices.count()
    if not count:
        return Screen(
            fill(_("There is no invoice yet.")),
            ((Choice(_("🧾 New invoice"), "new:invoice"),),),
        )
    page, offset = paged(page, count)
    shown = desk.store.invoices.page(offset, PAGE)
    head = ngettext("<b>{count} invoice</b>", "<b>{count} invoices</b>", count)
    return Screen(
        fill(head + "\n{hint}", count=count, hint=_("Tap one, or type its number.")),
        _rows(desk, shown, named=True) + turn("il", page, count),
    )


def of_customer(desk: Desk, customer_id: str, page: int) -> Screen:
    """One customer's invoices, newest first.

    Raises:
        NotThere: there is no such customer.
    """
    customer = get_customer(desk, customer_id)
    count = desk.store.invoices.count_of_customer(customer_id)
    page, offset = paged(page, count)
    shown = desk.store.invoices.of_customer(customer_id, offset, PAGE)
    head = ngettext("<b>{count} invoice</b>", "<b>{count} invoices</b>", count)
    return Screen(
        fill(head + " · {name}", count=count, name=customer.name),
        _rows(desk, shown, named=False)
        + turn(f"ci:{customer_id}", page, count)
        + ((Choice(f"‹ {customer.name}", f"c:{customer_id}"),),),
    )


def card(desk: Desk, invoice_id: str) -> Screen:
    """One invoice at a glance.

    Raises:
        NotThere: there is no such invoice.
    """
    invoice = get_invoice(desk, invoice_id)
    return Screen(
        fill(
            _(
                "🧾 <b>Invoice {number}</b> · {status}\n{name}\n{date}, due {due}\n\n"
                "{items}\n\n{sums}"
            ),
            number=invoice.invoice_number,
            status=status_word(invoice.status),
            name=invoice.customer_name,
            date=format_date(invoice.invoice_date),
            due=format_date(invoice.due_date),
            items=item_lines(desk, invoice),
            sums=sums(desk, invoice),
        ),
        card_rows(desk, invoice),
    )


def card_rows(desk: Desk, invoice: Invoice) -> Rows:
    """What can be done with an invoice."""
    customer = Choice(_("👤 Customer"), f"c:{invoice.customer_id}")
    payment = Choice(_("💵 Payment"), f"+npi:{invoice.id}")
    follow_up = (Choice(_("⏰ Follow up"), f"+fu:{invoice.id}:i:{invoice.id}"),)
    link = (Choice(_("🔗 Link"), f"ln:{invoice.id}"),)
    if invoice.cancelled is not None:
        back = Choice(_("↩ Put it back"), f"+xr:{invoice.cancelled.op}")
    else:
        back = Choice(_("✕ Cancel invoice"), f"+xi:{invoice.id}")
    return (
        (Choice(_("📄 PDF again"), f"pdf:{invoice.id}"), whatsapp(invoice_url(desk, invoice))),
        (payment, customer) if invoice.remaining_balance else (customer,),
        *((follow_up,) if invoice.remaining_balance else ()),
        *((link,) if desk.settings.public_url else ()),
        (Choice(_("🕘 History"), f"h:{invoice.id}"), back),
        (Choice(_("🧾 New invoice"), "new:invoice"), Choice(_("‹ Invoices"), "il:0")),
    )


def item_lines(desk: Desk, invoice: Invoice) -> Markup:
    """The items, one a line; the tail of a long list is counted, not shown."""
    lines = [
        fill(
            "{place}. {name}: {quantity} × {price} = {total}",
            place=place,
            name=item.item_name,
            quantity=quantity_words(item.quantity, item.unit),
            price=amount(desk, item.price_per_unit),
            total=amount(desk, item.total_price),
        )
        for place, item in enumerate(invoice.items[:LINES_SHOWN], 1)
    ]
    more = len(invoice.items) - LINES_SHOWN
    if more > 0:
        lines.append(fill(ngettext("… and {count} more", "… and {count} more", more), count=more))
    return Markup("\n").join(lines)


def sums(desk: Desk, invoice: Invoice) -> Markup:
    """How this invoice stands now, and the balance it came upon."""
    if invoice.cancelled is not None:
        return _cancelled_sums(desk, invoice, invoice.cancelled)
    used = from_advance(settlements_of(desk.store, invoice))
    lines = [
        fill(
            _("Balance before: {words}"),
            words=balance_words(invoice.previous_balance, desk.settings.currency),
        ),
        fill(_("This invoice: <b>{total}</b>"), total=amount(desk, invoice.total_amount)),
    ]
    if used:
        lines.append(fill(_("Advance used: {used}"), used=amount(desk, used)))
    lines.append(fill(_("Paid on it: {paid}"), paid=amount(desk, invoice.amount_paid - used)))
    lines.append(
        fill(
            _("Left on this invoice: <b>{left}</b>"), left=amount(desk, invoice.remaining_balance)
        )
    )
    return Markup("\n").join(lines)


def _cancelled_sums(desk: Desk, invoice: Invoice, by: Reversal) -> Markup:
    return fill(
        _("This invoice was: {total}\n<b>CANCELLED</b> by {who}: {reason}\nNothing is due on it."),
        total=amount(desk, invoice.total_amount),
        who=who_and_when(by.actor_name, by.at, desk.clock),
        reason=by.reason,
    )


def status_word(status: Status) -> str:
    """The status in the reader's language; the stored word stays English."""
    return {
        Status.UNPAID: _("unpaid"),
        Status.PARTIAL: _("partly paid"),
        Status.PAID: _("paid"),
        Status.CANCELLED: _("CANCELLED"),
    }[status]


def get_invoice(desk: Desk, invoice_id: str) -> Invoice:
    """The invoice of this id, with all that was posted by now.

    Raises:
        NotThere: there is none.
    """
    invoice = desk.store.invoices.get(invoice_id)
    if invoice is None:
        raise NotThere(_("This invoice is not in the books."))
    # Whoever posted last may have died before it was shown, and a paper goes out to the customer.
    if catch_up(desk.store, invoice.customer_id):
        return desk.store.invoices.get(invoice_id) or invoice
    return invoice


def pdf(desk: Desk, invoice: Invoice) -> Screen:
    """The invoice as a document, with a caption to forward it by."""
    settlements = settlements_of(desk.store, invoice)
    firm = letterhead_of(desk, name=invoice.created_by_name, phone=invoice.created_by_phone)
    currency = desk.settings.currency
    caption = fill(
        _("Invoice {number} · {name} · {total}"),
        number=invoice.invoice_number,
        name=invoice.customer_name,
        total=amount(desk, invoice.total_amount),
    )
    if invoice.status is Status.CANCELLED:
        caption += Markup("\n") + fill(_("CANCELLED: nothing is due on it"))
    elif invoice.remaining_balance:
        caption += Markup("\n") + fill(
            _("{left} left to pay by {due}"),
            left=amount(desk, invoice.remaining_balance),
            due=format_date(invoice.due_date),
        )
    moved = desk.store.ledger.has_moved_since(invoice.id)
    name = safe_file_name(f"{invoice.invoice_number} {invoice.customer_name}", "invoice")
    return Screen(
        documents=(
            Document(
                name=f"{name}.pdf",
                make=partial(
                    desk.draw,
                    render_invoice,
                    invoice,
                    firm=firm,
                    settlements=settlements,
                    account_moved=moved,
                    zone=desk.clock.zone,
                    currency=currency,
                ),
                caption=caption,
            ),
        ),
        fresh=True,
    )


def _rows(desk: Desk, invoices: list[Invoice], *, named: bool) -> Rows:
    return tuple(
        (
            Choice(
                " · ".join(
                    part
                    for part in (
                        invoice.invoice_number,
                        invoice.customer_name if named else format_date(invoice.invoice_date),
                        amount(desk, invoice.total_amount),
                        status_word(invoice.status),
                    )
                    if part
                ),
                f"i:{invoice.id}",
            ),
        )
        for invoice in invoices
    )
