"""The same ten rows by other typesetters, ÷ the same plain page. Shown for comparison.

ReportLab sets Latin alone, in a built-in font: it does not shape. Typst sets all scripts, with the
bot's own fonts. Neither draws the payment code or the payments so far.
"""

import io
import json
from pathlib import Path

import typst
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from benchmarks.papers import LATIN_NAMES, OF_THE_FIRM, invoices
from benchmarks.pdf import plain_page
from benchmarks.timing import ratio
from bot.dates import format_date
from bot.money import format_plain
from bot.pdf.faces import FONTS
from bot.phones import format_phone
from bot.quantity import quantity_words
from storage.models import Invoice

TEMPLATE = Path(__file__).with_name("invoice.typ")


def reportlab_vs_core() -> float:
    """By ReportLab's canvas."""
    ten = invoices(LATIN_NAMES)
    return ratio(lambda: _by_reportlab(ten()), plain_page, times=60)


def typst_vs_core() -> float:
    """By Typst, whose compiler and fonts are kept between invoices."""
    ten = invoices()
    compiler = typst.Compiler(TEMPLATE, font_paths=[FONTS], ignore_system_fonts=True)
    return ratio(lambda: _by_typst(compiler, ten()), plain_page, times=60)


def _by_reportlab(invoice: Invoice) -> bytes:
    file = io.BytesIO()
    page = Canvas(file, pagesize=A4)
    y = A4[1] - 50
    for text in _head(invoice):
        page.drawString(50, y, text.encode("latin-1", "replace").decode("latin-1"))
        y -= 14
    for row in _rows(invoice):
        y -= 18
        page.drawString(50, y, row[0])
        for x, text in zip((330, 430, 545), row[1:], strict=True):
            page.drawRightString(x, y, text)
        page.line(50, y - 5, 545, y - 5)
    for label, text in _sums(invoice):
        y -= 16
        page.drawString(350, y, label)
        page.drawRightString(545, y, text)
    page.save()
    return file.getvalue()


def _by_typst(compiler: typst.Compiler, invoice: Invoice) -> bytes:
    told = {"head": _head(invoice), "rows": _rows(invoice), "sums": _sums(invoice)}
    made = compiler.compile(sys_inputs={"invoice": json.dumps(told)})
    assert isinstance(made, bytes)
    return made


def _head(invoice: Invoice) -> list[str]:
    firm = OF_THE_FIRM
    lines = (
        *(firm.name, *(firm.address or "").split("\n"), format_phone(firm.phone or "")),
        *(f"GSTIN {firm.gstin}", f"Invoice {invoice.invoice_number}"),
        *(invoice.customer_name, *(invoice.customer_address or "").split("\n")),
        *(format_date(invoice.invoice_date), format_date(invoice.due_date)),
    )
    return list(lines)


def _rows(invoice: Invoice) -> list[list[str]]:
    return [
        [
            item.item_name,
            quantity_words(item.quantity, item.unit),
            format_plain(item.price_per_unit),
            format_plain(item.total_price),
        ]
        for item in invoice.items
    ]


def _sums(invoice: Invoice) -> list[tuple[str, str]]:
    return [
        ("Items total", format_plain(invoice.total_amount)),
        ("Paid", format_plain(invoice.amount_paid)),
        ("Remaining", format_plain(invoice.remaining_balance)),
        ("Previous balance", format_plain(invoice.previous_balance)),
    ]
