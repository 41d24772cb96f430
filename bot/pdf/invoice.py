"""The invoice on paper: firm, customer, items, where the account stands, and how to pay."""

import datetime as dt
from collections.abc import Sequence

from bot.dates import format_date
from bot.i18n import _, current_locale
from bot.methods import how
from bot.pdf.elements import figure, finish, money, running_head, small
from bot.pdf.flow import Flow
from bot.pdf.items import draw_items
from bot.pdf.letterhead import SIDE, letterhead, parties
from bot.pdf.party import Firm, Party
from bot.pdf.pay_code import draw_pay_code, pay_code_height
from bot.pdf.sheet import Sheet
from bot.pdf.style import LEADING, STYLES, Colour, Style
from bot.pdf.sums import draw_sums, sums_height
from bot.settlements import Settlement, Source
from bot.upi import invoice_pay_uri
from bot.words import amount_in_words
from storage.models import Invoice, PaymentMethod, Status

_TERMS_LINES = 6
"""Lines of terms as they usually are: those are not torn over two pages."""


def draw_invoice(
    invoice: Invoice,
    firm: Firm,
    settlements: Sequence[Settlement],
    *,
    account_moved: bool,
    zone: dt.tzinfo,
    currency: str,
) -> bytes:
    """See :func:`bot.pdf.render_invoice`."""
    sheet = Sheet(STYLES[firm.paper])
    title = _("Invoice {number}").format(number=invoice.invoice_number)
    sheet.describe(title, firm.name, language=str(current_locale()), created=_made_at(invoice))
    flow = Flow(sheet, head=lambda page: running_head(page, f"{title} · {firm.name}"))
    letterhead(flow, firm, _("Invoice"), invoice.invoice_number, _mark(invoice, sheet.style))
    parties(
        flow,
        _("Bill to"),
        Party(invoice.customer_name, invoice.customer_phone, invoice.customer_address),
        (
            (_("Date"), format_date(invoice.invoice_date)),
            (_("Due"), format_date(invoice.due_date)),
        ),
    )
    draw_items(flow, invoice.items, currency, followed_by=flow.style.space + sums_height(flow))
    draw_sums(
        flow,
        invoice,
        settlements,
        posted=_posted_on(invoice, zone),
        account_moved=account_moved,
        currency=currency,
    )
    if invoice.status is not Status.CANCELLED:
        _draw_rest(flow, invoice, firm, settlements, currency)
    _draw_terms(flow, firm)
    return finish(flow)


def _made_at(invoice: Invoice) -> dt.datetime:
    midnight = dt.time(tzinfo=dt.UTC)
    return invoice.created_at or dt.datetime.combine(invoice.invoice_date, midnight)


def _posted_on(invoice: Invoice, zone: dt.tzinfo) -> dt.date:
    at = invoice.created_at
    return at.astimezone(zone).date() if at else invoice.invoice_date


def _mark(invoice: Invoice, style: Style) -> tuple[str, Colour] | None:
    """What became of it, as a stamp."""
    return {
        Status.PAID: (_("PAID"), style.accent),
        Status.CANCELLED: (_("CANCELLED"), style.warning),
    }.get(invoice.status)


def _draw_rest(
    flow: Flow, invoice: Invoice, firm: Firm, settlements: Sequence[Settlement], currency: str
) -> None:
    """The amount in words and what was paid so far; beside them the code to pay the rest."""
    uri = invoice_pay_uri(invoice, firm, currency)

    def told() -> None:
        small(flow, _("This invoice in words"))
        flow.block(amount_in_words(invoice.total_amount, currency))
        if settlements:
            flow.y += flow.style.space
            flow.need(3 * flow.style.body * LEADING)
            small(flow, _("Payments so far"))
            for settlement in settlements:
                figure(flow, _settled(settlement), money(settlement.amount, currency))

    def code() -> None:
        if uri:
            left = money(invoice.remaining_balance, currency)
            words = _("Scan to pay {left} by UPI").format(left=left)
            draw_pay_code(flow, uri, words, firm.upi_id or "")

    flow.y += flow.style.space
    flow.need(pay_code_height(flow) if uri else 3 * flow.style.body * LEADING)
    flow.beside(told, code, second_width=SIDE)


def _settled(settlement: Settlement) -> str:
    """When and how something was paid."""
    if settlement.source is Source.ADVANCE:
        way = _("from advance")
    elif settlement.source is Source.BEFORE:
        way = _("in earlier books")
    else:
        way = how(settlement.method or PaymentMethod.OTHER, settlement.reference)
    return f"{format_date(settlement.day)} · {way}"


def _draw_terms(flow: Flow, firm: Firm) -> None:
    if firm.terms:
        flow.y += flow.style.space
        flow.need(_TERMS_LINES * flow.style.small * LEADING)
        small(flow, _("Terms"))
        small(flow, firm.terms)
