"""What the firm's papers look like: an invoice that nobody owes, under the letterhead of now."""

import datetime as dt
from decimal import Decimal

from bot.desk import Desk
from bot.firm import example_number, letterhead_of
from bot.i18n import _, fill
from bot.pdf import render_invoice
from handlers.screen import Document, Screen
from storage.models import Invoice, InvoiceItem, Status

PREVIOUS, PAID = 12_000_00, 50_000_00
"""Paise."""

DUE_DAYS = 15
"""Where the firm has none of its own."""


def sample(desk: Desk) -> Screen:
    """An invoice to look at, which says of itself that it is none. Nothing is posted."""
    firm = letterhead_of(desk, name=_("Your partner's name"), phone=None)
    invoice = _invoice(desk)
    currency = desk.settings.currency
    return Screen(
        document=Document(
            name=f"{_('Sample invoice')}.pdf",
            make=lambda: render_invoice(invoice, firm=firm, currency=currency),
            caption=fill(_("A sample to look at. Nobody owes it, and nothing was saved.")),
        ),
        fresh=True,
    )


def _invoice(desk: Desk) -> Invoice:
    profile, today = desk.store.firm.get(), desk.clock.today()
    items = [
        InvoiceItem(
            item_name=_("Wheat"),
            quantity=Decimal(52),
            price_per_unit=2_425_00,
            total_price=1_26_100_00,
        ),
        InvoiceItem(
            item_name=_("Rice"),
            quantity=Decimal("10.5"),
            price_per_unit=3_200_00,
            total_price=33_600_00,
        ),
    ]
    days = DUE_DAYS if profile.due_days is None else profile.due_days
    total = sum(item.total_price for item in items)
    return Invoice(
        id="",
        customer_id="",
        customer_name=_("SAMPLE, not an invoice"),
        customer_address=_("Here stands the customer's address"),
        created_by_user_id="",
        invoice_number=example_number(profile, today),
        invoice_date=today,
        due_date=today + dt.timedelta(days=days),
        previous_balance=PREVIOUS,
        total_amount=total,
        amount_paid=PAID,
        remaining_balance=total - PAID,
        status=Status.PARTIAL,
        items=items,
        download_link="",
    )
