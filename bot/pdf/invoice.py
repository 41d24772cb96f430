"""The invoice on A4 paper: firm, customer, items, and where the account stands."""

import datetime as dt
from functools import partial

from bot.dates import format_date
from bot.i18n import _, current_locale
from bot.money import format_amount, format_plain
from bot.pdf.elements import figure, folios, running_head
from bot.pdf.flow import Flow
from bot.pdf.letterhead import GUTTER, SPACE, letterhead, parties
from bot.pdf.party import Firm, Party
from bot.pdf.reckoning import Reckoning, reckon
from bot.pdf.sheet import Colour, Sheet
from bot.pdf.style import (
    ACCENT,
    BODY,
    GREY,
    INK,
    LEADING,
    SMALL,
    TOTAL,
    WARNING,
)
from bot.pdf.table import Column, draw_table
from bot.quantity import format_quantity
from storage.models import Invoice, Status

_SUMS_HEIGHT = 8 * BODY * LEADING + 24
"""Room for the sums at their longest."""


def draw_invoice(invoice: Invoice, firm: Firm, advance: int, currency: str) -> bytes:
    """See :func:`bot.pdf.render_invoice`."""
    sheet = Sheet()
    title = _("Invoice {number}").format(number=invoice.invoice_number)
    sheet.describe(title, firm.name, language=str(current_locale()), created=_made_at(invoice))
    flow = Flow(sheet, head=lambda: running_head(flow, f"{firm.name} · {title}"))
    letterhead(flow, firm, _("Invoice"), invoice.invoice_number, _mark(invoice))
    parties(
        flow,
        _("Bill to"),
        Party(invoice.customer_name, invoice.customer_phone, invoice.customer_address),
        (
            (_("Date"), format_date(invoice.invoice_date)),
            (_("Due"), format_date(invoice.due_date)),
        ),
    )
    _items(flow, invoice)
    if invoice.status is Status.CANCELLED:
        _cancelled(flow, invoice, currency)
    else:
        _sums(flow, invoice, reckon(invoice, advance=advance), currency)
    folios(sheet)
    return sheet.finished()


def _made_at(invoice: Invoice) -> dt.datetime:
    midnight = dt.time(tzinfo=dt.UTC)
    return invoice.created_at or dt.datetime.combine(invoice.invoice_date, midnight)


def _mark(invoice: Invoice) -> tuple[str, Colour] | None:
    """What became of it, as a stamp."""
    return {
        Status.PAID: (_("PAID"), ACCENT),
        Status.CANCELLED: (_("CANCELLED"), WARNING),
    }.get(invoice.status)


def _items(flow: Flow, invoice: Invoice) -> None:
    columns = (
        Column("#"),
        Column(_("Item"), align="left", wraps=True),
        Column(_("Quantity"), least=55),
        Column(_("Rate"), least=65),
        Column(_("Amount"), least=80),
    )
    rows = [
        (
            str(place),
            item.item_name,
            format_quantity(item.quantity),
            format_plain(item.price_per_unit),
            format_plain(item.total_price),
        )
        for place, item in enumerate(invoice.items, 1)
    ]
    draw_table(flow, columns, rows, followed_by=SPACE + _SUMS_HEIGHT)
    flow.y += SPACE


def _sums(flow: Flow, invoice: Invoice, sums: Reckoning, currency: str) -> None:
    """This invoice on the left, the account on the right; neither is torn over two pages."""
    money = partial(_money, currency=currency)
    flow.need(_SUMS_HEIGHT)
    start = flow.place
    width = (flow.width - GUTTER) / 2

    flow.block(_("This invoice"), flow.left, width, size=SMALL, colour=GREY)
    figure(flow, flow.left, width, _("Items total"), money(sums.total))
    if sums.from_advance:
        figure(flow, flow.left, width, _("From advance"), money(-sums.from_advance))
    figure(flow, flow.left, width, _("Paid"), money(-sums.paid))
    flow.y += 4
    flow.rule(flow.left, width, thick=0.8, colour=INK)
    flow.y += 4
    figure(flow, flow.left, width, _("Remaining"), money(sums.remaining), bold=True)
    end = flow.place

    flow.go(start)
    x = flow.right - width
    day = format_date(invoice.invoice_date)
    flow.block(_("Account on {day}").format(day=day), x, width, size=SMALL, colour=GREY)
    before = _("Previous balance") if sums.before >= 0 else _("Advance held")
    figure(flow, x, width, before, money(sums.before))
    figure(flow, x, width, _("This invoice"), money(sums.total))
    figure(flow, x, width, _("Paid"), money(-sums.received))
    flow.y += 4
    flow.rule(x, width, thick=0.8, colour=INK)
    flow.y += 4
    figure(flow, x, width, _("Total due"), money(sums.due), size=TOTAL, bold=True)
    if sums.advance_left:
        figure(flow, x, width, _("Advance left"), money(sums.advance_left), colour=ACCENT)
    flow.go(max(flow.place, end))


def _cancelled(flow: Flow, invoice: Invoice, currency: str) -> None:
    width = (flow.width - GUTTER) / 2
    x = flow.right - width
    flow.need(3 * BODY * LEADING)
    figure(flow, x, width, _("Items total"), _money(invoice.total_amount, currency=currency))
    flow.block(
        _("This invoice was cancelled. Nothing is due on it."),
        flow.right,
        width,
        colour=WARNING,
        align="right",
    )


def _money(paise: int, *, currency: str) -> str:
    # A true minus is as wide as a figure and stands at its height.
    return format_amount(paise, currency).replace("-", "\N{MINUS SIGN}")
