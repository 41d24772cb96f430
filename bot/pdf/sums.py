"""The sums under an invoice's items: this invoice at the left, the account at the right."""

from collections.abc import Sequence
from functools import partial

from bot.dates import format_date
from bot.i18n import _
from bot.pdf.elements import figure, label, money, sum_rule
from bot.pdf.flow import Flow
from bot.pdf.reckoning import reckon
from bot.pdf.style import LEADING
from bot.settlements import Settlement
from storage.models import Invoice, Status

_LINES = 8
"""Lines of the longer sum at its longest, in the body's size."""


def sums_height(flow: Flow) -> float:
    """Room for the sums, so that they are not torn over two pages."""
    return _LINES * flow.style.body * LEADING + 24


def draw_sums(
    flow: Flow,
    invoice: Invoice,
    settlements: Sequence[Settlement],
    *,
    advance: int,
    account_moved: bool,
    currency: str,
) -> None:
    """Both sums; of a cancelled invoice, that nothing is due on it. ``advance`` is in paise.

    The greatest figure is what holds today: where the account has moved since, that is no longer
    what was due on the whole of it.
    """
    if invoice.status is Status.CANCELLED:
        flow.beside(lambda: None, lambda: _draw_cancelled(flow, invoice, currency))
        return
    style = flow.style
    sums = reckon(invoice, settlements, advance=advance)
    rupees = partial(money, currency=currency)
    sizes = style.body, style.total
    own_size, account_size = reversed(sizes) if account_moved else sizes

    def own() -> None:
        label(flow, _("This invoice"))
        figure(flow, _("Items total"), rupees(sums.total))
        if sums.from_advance:
            figure(flow, _("From advance"), rupees(-sums.from_advance))
        figure(flow, _("Paid"), rupees(-sums.paid))
        sum_rule(flow)
        figure(flow, _("Remaining"), rupees(sums.remaining), size=own_size, bold=True)

    def account() -> None:
        label(flow, _("Account on {day}").format(day=format_date(invoice.invoice_date)))
        before = _("Previous balance") if sums.before >= 0 else _("Advance held")
        figure(flow, before, rupees(sums.before))
        figure(flow, _("This invoice"), rupees(sums.total))
        figure(flow, _("Paid"), rupees(-sums.received))
        sum_rule(flow)
        due = _("Total due then") if account_moved else _("Total due")
        figure(flow, due, rupees(sums.due), size=account_size, bold=True)
        if sums.advance_left:
            figure(flow, _("Advance left"), rupees(sums.advance_left), colour=style.accent)

    flow.need(sums_height(flow))
    flow.beside(own, account)


def _draw_cancelled(flow: Flow, invoice: Invoice, currency: str) -> None:
    flow.need(3 * flow.style.body * LEADING)
    figure(flow, _("Items total"), money(invoice.total_amount, currency))
    flow.block(
        _("This invoice was cancelled. Nothing is due on it."),
        colour=flow.style.warning,
        align="right",
    )
