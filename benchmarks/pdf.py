"""What an invoice's PDF costs: against the plainest page, and with many rows."""

import datetime as dt
from decimal import Decimal

from fpdf import FPDF

from benchmarks.timing import ratio
from bot.pdf import Firm, render_invoice
from storage.models import Invoice, InvoiceItem, Status

DAY = dt.date(2026, 8, 1)
FIRM = Firm(name="Gurpreet Singh & Sons", phone="+919876543210")
PRICE = 2_425_00


def ten_vs_core() -> float:
    """An invoice of ten rows ÷ a page of ten rows in a font that every PDF reader brings."""
    invoice = _invoice(10)
    return ratio(lambda: render_invoice(invoice, firm=FIRM), _plain_page, times=60)


def hundred_vs_ten() -> float:
    """An invoice of a hundred rows ÷ one of ten."""
    long, short = _invoice(100), _invoice(10)
    return ratio(
        lambda: render_invoice(long, firm=FIRM), lambda: render_invoice(short, firm=FIRM), times=40
    )


def _plain_page() -> bytes:
    page = FPDF()
    page.add_page()
    page.set_font("helvetica", size=10)
    for place in range(1, 11):
        for text in (str(place), f"wheat {place}", "52", "2,425.00", "1,26,100.00"):
            page.cell(38, 8, text)
        page.ln()
    return bytes(page.output())


def _invoice(rows: int) -> Invoice:
    items = [
        InvoiceItem(
            item_name=f"wheat {place}",
            quantity=Decimal(52),
            price_per_unit=PRICE,
            total_price=52 * PRICE,
        )
        for place in range(1, rows + 1)
    ]
    total = sum(item.total_price for item in items)
    return Invoice(
        id="0" * 24,
        customer_id="1" * 24,
        customer_name="Ramesh Kumar",
        customer_phone="+919811111111",
        created_by_user_id="2" * 24,
        invoice_number="26-27/00001",
        invoice_date=DAY,
        due_date=DAY,
        previous_balance=0,
        total_amount=total,
        amount_paid=0,
        remaining_balance=total,
        status=Status.UNPAID,
        items=items,
        download_link="https://t.me/bot?start=inv",
    )
