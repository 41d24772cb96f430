"""Invoices to print, and what a reader finds on the paper."""

import datetime as dt
import io
from decimal import Decimal

from pypdf import PdfReader

from bot.money import line_total
from bot.pdf import Firm, render_invoice
from storage.models import Invoice, InvoiceItem, Status

FIRM = Firm(name="Singh & Sons", phone="+919876543210", address="New Grain Market\nKhanna")


def item(name="Wheat", quantity="52.5", price=242500):
    return InvoiceItem(
        item_name=name,
        quantity=Decimal(quantity),
        price_per_unit=price,
        total_price=line_total(Decimal(quantity), price),
    )


def an_invoice(*names, **fields):
    """An unpaid invoice of these items (by default one); ``fields`` replace what follows."""
    items = fields.pop("items", [item(name) for name in names or ("Wheat",)])
    total = sum(one.total_price for one in items)
    values = {
        "customer_id": "c",
        "customer_name": "Gurpreet Kaur",
        "created_by_user_id": "u",
        "invoice_number": "26-27/00042",
        "invoice_date": dt.date(2026, 11, 22),
        "due_date": dt.date(2026, 12, 7),
        "created_at": dt.datetime(2026, 11, 22, 9, 30, tzinfo=dt.UTC),
        "previous_balance": 0,
        "total_amount": total,
        "amount_paid": 0,
        "remaining_balance": total,
        "status": Status.UNPAID,
        "download_link": "",
    }
    return Invoice(id="i", items=items, **{**values, **fields})


def reader(invoice, **options):
    return PdfReader(io.BytesIO(render_invoice(invoice, **{"firm": FIRM, **options})))


def pages(invoice, **options):
    """The text of each page."""
    return [page.extract_text() for page in reader(invoice, **options).pages]


def text(invoice, **options):
    """All the text, with every run of white space as one space."""
    return " ".join(" ".join(pages(invoice, **options)).split())


def read(line):
    """What the glyphs of a line say, in the order in which they stand."""
    return "".join(share for run in line.runs for _, share in run.glyphs)
