"""The sums under an invoice's items: this invoice at the left, the account at the right."""

import datetime as dt
from collections.abc import Sequence

from bot.dates import format_date
from bot.i18n import _
from bot.pdf.elements import added_up, figure, money, small
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
    posted: dt.date,
    account_moved: bool,
    currency: str,
) -> None:
    """Both sums; of a cancelled invoice, that nothing is due on it.

    The account is as of the day it was ``posted``, which need not be the invoice's own. The
    greatest figure is what holds today: where the account has moved since, that is no longer what
    was due on the whole of it.
    """
    if invoice.status is Status.CANCELLED:
        flow.beside(lambda: None, lambda: _draw_cancelled(flow, invoice, currency))
        return
    style = flow.style
    sums = reckon(invoice, settlements)
    sizes = style.body, style.total
    own_size, account_size = reversed(sizes) if account_moved else sizes

    def own() -> None:
        small(flow, _("This invoice"))
        used = [(_("From advance"), -sums.from_advance)] if sums.from_advance else []
        parts = [(_("Items total"), sums.total), *used, (_("Paid"), -sums.paid)]
        added_up(flow, parts, (_("Remaining"), sums.remaining), currency, size=own_size)

    def account() -> None:
        small(flow, _("Account on {day}").format(day=format_date(posted)))
        parts = [
            (_("Previous balance") if sums.before >= 0 else _("Advance held"), sums.before),
            (_("This invoice"), sums.total),
            (_("Paid"), -sums.received),
        ]
        due = _("Total due then") if account_moved else _("Total due")
        added_up(flow, parts, (due, sums.due), currency, size=account_size)
        if sums.advance_left:
            left = money(sums.advance_left, currency)
            figure(flow, _("Advance left"), left, colour=style.accent)

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
