"""An invoice's items: a table on a page, a listing on a roll."""

from bot.i18n import _, isolated
from bot.pdf.elements import plain_money
from bot.pdf.flow import Flow
from bot.pdf.listing import Entry, draw_listing
from bot.pdf.table import Column, draw_table
from bot.quantity import quantity_words
from storage.models import InvoiceItem


def draw_items(flow: Flow, items: list[InvoiceItem], currency: str, *, followed_by: float) -> None:
    """All items, in order. ``followed_by`` is the height of what the last may not leave alone."""
    if flow.style.narrow:
        _draw_narrow(flow, items, currency)
    else:
        _draw_wide(flow, items, currency, followed_by)
    flow.y += flow.style.space


def _draw_wide(flow: Flow, items: list[InvoiceItem], currency: str, followed_by: float) -> None:
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
            quantity_words(item.quantity, item.unit),
            plain_money(item.price_per_unit, currency),
            plain_money(item.total_price, currency),
        )
        for place, item in enumerate(items, 1)
    ]
    draw_table(flow, columns, rows, followed_by=followed_by)


def _draw_narrow(flow: Flow, items: list[InvoiceItem], currency: str) -> None:
    entries = [
        Entry(
            item.item_name,
            f"{isolated(quantity_words(item.quantity, item.unit))} "
            f"× {plain_money(item.price_per_unit, currency)}",
            plain_money(item.total_price, currency),
        )
        for item in items
    ]
    draw_listing(flow, (_("Item"), _("Amount")), entries)
