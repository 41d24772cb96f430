"""The firm's papers as PDF files, in any mix of the scripts that people type."""

import datetime as dt
from decimal import Decimal

from bot.pdf.invoice import render_invoice
from bot.pdf.letterhead import Firm, Party
from bot.pdf.statement import render_statement
from storage.models import Invoice, InvoiceItem, Status

__all__ = ["Firm", "Party", "render_invoice", "render_statement", "warm_up"]


def warm_up() -> None:
    """Make an invoice in every script and drop it, so that the first real one need not wait.

    It parses the fonts, and what the formatting of dates and phone numbers loads on first use.
    """
    words, day, phone = "wheat गेहूँ ਕਣਕ گندم", dt.date(2000, 1, 1), "+919876543210"
    invoice = Invoice(
        id="",
        customer_id="",
        customer_name=words,
        customer_phone=phone,
        created_by_user_id="",
        invoice_date=day,
        due_date=day,
        previous_balance=0,
        total_amount=100,
        amount_paid=100,
        remaining_balance=0,
        status=Status.PAID,
        items=[
            InvoiceItem(item_name=words, quantity=Decimal(1), price_per_unit=100, total_price=100)
        ],
        download_link="",
    )
    render_invoice(invoice, firm=Firm(name=words, phone=phone))
