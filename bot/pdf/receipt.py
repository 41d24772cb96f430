"""The receipt of a payment: from whom, how much, in words, what it paid, and what that left."""

import datetime as dt

from bot.dates import format_date
from bot.i18n import _, current_locale
from bot.methods import how
from bot.pdf.elements import added_up, figure, finish, money, running_head, small
from bot.pdf.flow import Flow
from bot.pdf.letterhead import letterhead, parties
from bot.pdf.party import Firm, Party
from bot.pdf.sheet import Sheet
from bot.pdf.style import LEADING, STYLES
from bot.receipts import Receipt
from bot.words import amount_in_words

_SUMS_LINES = 7


def draw_receipt(
    receipt: Receipt, firm: Firm, customer: Party, zone: dt.tzinfo, currency: str
) -> bytes:
    """See :func:`bot.pdf.render_receipt`."""
    sheet = Sheet(STYLES[firm.paper])
    title = _("Receipt of {day}, {name}").format(day=format_date(receipt.day), name=customer.name)
    sheet.describe(title, firm.name, language=str(current_locale()), created=receipt.at)
    flow = Flow(sheet, head=lambda page: running_head(page, f"{title} · {firm.name}"))
    mark = (_("UNDONE"), sheet.style.warning) if receipt.undone else None
    letterhead(flow, firm, _("Receipt"), mark=mark)
    parties(
        flow,
        _("Received from"),
        customer,
        (
            (_("Date"), format_date(receipt.day)),
            (_("Recorded"), _recorded(receipt, zone)),
            (_("Entry no."), str(receipt.number)),
        ),
    )
    _draw_amount(flow, receipt, zone, currency)
    if not receipt.undone:
        _draw_parts(flow, receipt, currency)
        _draw_sums(flow, receipt, receipt.at.astimezone(zone).date(), currency)
    flow.y += flow.style.space
    small(flow, _("Received by {name}").format(name=receipt.received_by))
    return finish(flow)


def _recorded(receipt: Receipt, zone: dt.tzinfo) -> str:
    """When it was put into the books: the time alone where that was on its day."""
    at = receipt.at.astimezone(zone)
    return f"{at:%H:%M}" if at.date() == receipt.day else f"{format_date(at.date())} {at:%H:%M}"


def _draw_amount(flow: Flow, receipt: Receipt, zone: dt.tzinfo, currency: str) -> None:
    style = flow.style
    flow.rule(thick=0.8, colour=style.ink)
    flow.y += style.space / 2
    amount = money(receipt.amount, currency)
    figure(flow, _("Received"), amount, size=style.total, bold=True)
    way = how(receipt.method, receipt.reference)
    flow.block(_("By {way}").format(way=way))
    flow.block(amount_in_words(receipt.amount, currency), colour=style.grey)
    if receipt.undone:
        day = format_date(receipt.undone.at.astimezone(zone).date())
        said = _("It was taken out of the books on {day}: {reason}")
        said = said.format(day=day, reason=receipt.undone.reason)
        flow.block(said, colour=style.warning)
    flow.y += style.space / 2
    flow.rule(thick=0.8, colour=style.ink)
    flow.y += style.space


def _draw_parts(flow: Flow, receipt: Receipt, currency: str) -> None:
    """What it paid, line by line."""
    if not receipt.parts and not receipt.kept:
        return
    small(flow, _("It paid"))
    for part in receipt.parts:
        words = (
            _("Invoice {number}, in full") if not part.left else _("Invoice {number}, {left} left")
        )
        left = money(part.left, currency)
        figure(flow, words.format(number=part.number, left=left), money(part.amount, currency))
    if receipt.kept:
        figure(flow, _("Kept as advance"), money(receipt.kept, currency))
    flow.y += flow.style.space


def _draw_sums(flow: Flow, receipt: Receipt, recorded: dt.date, currency: str) -> None:
    style = flow.style
    before = _("Balance before") if receipt.before >= 0 else _("Advance held before")
    invoice = receipt.invoice_total
    parts = [
        (before, receipt.before),
        *([(_("Invoice made with it"), invoice)] if invoice else []),
        (_("Received"), -receipt.amount),
    ]
    after = _("Balance due") if receipt.after >= 0 else _("Advance held")
    total = after, abs(receipt.after)

    def sums() -> None:
        small(flow, _("Account after this entry, on {day}").format(day=format_date(recorded)))
        added_up(flow, parts, total, currency, size=style.total)

    flow.need(_SUMS_LINES * style.body * LEADING)
    flow.beside(lambda: None, sums)
