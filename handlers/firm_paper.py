"""What the firm's papers look like: an invoice that nobody owes, under the letterhead of now."""

import datetime as dt
from decimal import Decimal
from functools import partial

from markupsafe import Markup

from bot.desk import Desk
from bot.firm import example_number, letterhead_of
from bot.i18n import _, fill
from bot.money import format_amount, line_total
from bot.pdf import Firm, render_invoice
from bot.upi import invoice_pay_uri
from handlers.screen import Document, Screen
from storage.models import FirmProfile, Invoice, InvoiceItem, Status

PREVIOUS, REMAINING = 12_000_00, 1_00
"""Paise. The payment code is a real one, for what remains: by mistake a rupee would be paid."""

DUE_DAYS = 15
"""Where the firm has none of its own."""

NO_SERIAL = "00000"

EVERY_SCRIPT = "Basmati · बासमती · ਬਾਸਮਤੀ · باسمتی"


def sample(desk: Desk) -> Screen:
    """An invoice to look at, which says of itself that it is none. Nothing is posted."""
    firm = letterhead_of(desk, name=_("Your partner's name"), phone=None)
    invoice = _invoice(desk)
    currency = desk.settings.currency
    return Screen(
        documents=(
            Document(
                name=f"{_('Sample invoice')}.pdf",
                make=partial(desk.draw, render_invoice, invoice, firm=firm, currency=currency),
                caption=_caption(invoice, firm, currency),
            ),
        ),
        fresh=True,
    )


def _number(profile: FirmProfile, today: dt.date) -> str:
    """Looks like the firm's numbers and is none of them: those begin with 1.

    A rupee that is paid by mistake names it, and no invoice.
    """
    return example_number(profile, today)[: -len(NO_SERIAL)] + NO_SERIAL


def _caption(invoice: Invoice, firm: Firm, currency: str) -> Markup:
    said = fill(_("A sample to look at. Nobody owes it, and nothing was saved."))
    if invoice_pay_uri(invoice, firm, currency) is None:
        return said
    code = _("Its payment code is real, for {amount}: scan it to see to whom customers would pay.")
    return said + Markup("\n") + fill(code, amount=format_amount(REMAINING, currency))


def _invoice(desk: Desk) -> Invoice:
    profile, today = desk.store.firm.get(), desk.clock.today()
    items = [
        _item(_("Wheat"), Decimal(52), 2_425_00),
        _item(EVERY_SCRIPT, Decimal("10.5"), 3_200_00),
    ]
    days = DUE_DAYS if profile.due_days is None else profile.due_days
    total = sum(item.total_price for item in items)
    return Invoice(
        id="",
        customer_id="",
        customer_name=_("SAMPLE, not an invoice"),
        customer_address=_("Here stands the customer's address"),
        created_by_user_id="",
        invoice_number=_number(profile, today),
        invoice_date=today,
        due_date=today + dt.timedelta(days=days),
        previous_balance=PREVIOUS,
        total_amount=total,
        amount_paid=total - REMAINING,
        remaining_balance=REMAINING,
        status=Status.PARTIAL,
        items=items,
        download_link="",
    )


def _item(name: str, quantity: Decimal, price: int) -> InvoiceItem:
    return InvoiceItem(
        item_name=name,
        quantity=quantity,
        unit=_("q"),
        price_per_unit=price,
        total_price=line_total(quantity, price),
    )
