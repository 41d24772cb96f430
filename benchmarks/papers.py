"""Invoices to draw: of one firm and customer, in four scripts, no two alike.

Names come again, as they do in a firm; amounts and numbers do not.
"""

import dataclasses
import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from itertools import count

from bot.money import line_total
from bot.pdf import Firm, render_invoice
from bot.settlements import Settlement, Source
from storage.models import Invoice, InvoiceItem, PaymentMethod, Status
from tests.bot.pdf.samples import CUSTOMER, FIRM

# None of these words is among those that the warm-up sets.
NAMES = (
    "Gram desi · चना · ਛੋਲੇ · چنا",
    "Basmati 1121, new crop",
    "सरसों (काली) 42% तेल",
    "ਝੋਨਾ ਪਰਮਲ",
    "چاول سپر باسمتی",
    "Mustard cake · ਖਲ",
    "मक्का हाइब्रिड",
    "ਕਪਾਹ ਦੇਸੀ · cotton",
    "مکئی 50 kg",
    "Sugar · चीनी",
)
UNITS = ("q", "bags", "kg")
SENDER = dataclasses.replace(FIRM, logo=None)
WITHOUT_PAY_CODE = dataclasses.replace(SENDER, upi_id=None)
DAY = dt.date(2026, 1, 1)
PAID = 10_000_00

_serials = count(1)


def invoices(*, rows: int = 10) -> Callable[[], Invoice]:
    """Makes the next invoice of so many rows each time it is called."""

    def make() -> Invoice:
        serial = next(_serials)
        items = [_item(place, serial) for place in range(rows)]
        total = sum(item.total_price for item in items)
        day = DAY + dt.timedelta(days=serial % 350)
        return Invoice(
            id="sample",
            customer_id="sample",
            customer_name=CUSTOMER.name,
            customer_phone=CUSTOMER.phone,
            customer_address=CUSTOMER.address,
            created_by_user_id="sample",
            invoice_number=f"26-27/{serial:05}",
            invoice_date=day,
            due_date=day + dt.timedelta(days=15),
            previous_balance=serial * 37_11,
            total_amount=total,
            amount_paid=PAID,
            remaining_balance=total - PAID,
            status=Status.PARTIAL,
            items=items,
            download_link="",
        )

    return make


def settlements(invoice: Invoice) -> list[Settlement]:
    """What is paid on it."""
    reference = f"UTR {invoice.invoice_number[-5:]}"
    return [Settlement(invoice.invoice_date, PAID, Source.PAYMENT, PaymentMethod.UPI, reference)]


def render(invoice: Invoice, firm: Firm = SENDER) -> bytes:
    return render_invoice(invoice, firm=firm, settlements=settlements(invoice))


def _item(place: int, serial: int) -> InvoiceItem:
    name, again = NAMES[place % len(NAMES)], place // len(NAMES)
    quantity = Decimal(40 + place) + Decimal(serial % 8) / 8
    price = 2_400_00 + 7 * serial + 113 * place
    return InvoiceItem(
        item_name=f"{name} {again + 1}" if again else name,
        quantity=quantity,
        unit=UNITS[place % len(UNITS)],
        price_per_unit=price,
        total_price=line_total(quantity, price),
    )
