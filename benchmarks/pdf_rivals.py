"""What the invoice says, by other typesetters, ÷ the same plain page. Shown for comparison.

ReportLab sets Latin alone, in a built-in font: it does not shape. Typst sets all scripts, with the
bot's own fonts. Neither draws the payment code.
"""

import io
import json
import re
from pathlib import Path
from typing import Any

import typst
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from benchmarks.papers import WITHOUT_PAY_CODE, invoices, settlements
from benchmarks.pdf import plain_page
from benchmarks.timing import ratio
from bot.dates import format_date
from bot.methods import how
from bot.money import format_plain
from bot.pdf.faces import FONTS
from bot.pdf.reckoning import reckon
from bot.phones import format_phone
from bot.quantity import quantity_words
from bot.words import amount_in_words
from storage.models import Invoice, PaymentMethod

TEMPLATE = Path(__file__).with_name("invoice.typ")
COLUMNS = ("#", "Item", "Quantity", "Rate", "Amount")
LEFT, RIGHT = 50, 545

_NOT_LATIN = re.compile("[^ -ÿ]")


def reportlab_vs_core() -> float:
    """By ReportLab's canvas, with as many Latin letters in the place of every other one."""
    ten = invoices()
    return ratio(lambda: by_reportlab(ten()), plain_page, times=60)


def typst_vs_core() -> float:
    """By Typst, whose compiler and fonts are kept between invoices."""
    ten, draw = invoices(), typst_compiler()
    return ratio(lambda: by_typst(draw, ten()), plain_page, times=60)


def by_reportlab(invoice: Invoice) -> bytes:
    told, file = _content(invoice), io.BytesIO()
    page = Canvas(file, pagesize=A4)
    page.setTitle(told["title"])
    page.setAuthor(_latin(told["head"][0]))
    y = A4[1] - LEFT
    page.setFont("Helvetica", 9.5)
    for text in told["head"]:
        page.drawString(LEFT, y, _latin(text))
        y -= 14
    for row in (COLUMNS, *told["rows"]):
        y -= 18
        place, name, *figures = map(_latin, row)
        page.drawString(LEFT, y, place)
        page.drawString(LEFT + 20, y, name)
        for x, text in zip((360, 450, RIGHT), figures, strict=True):
            page.drawRightString(x, y, text)
        page.line(LEFT, y - 5, RIGHT, y - 5)
    for label, text in told["sums"]:
        y -= 16
        page.drawString(350, y, label)
        page.drawRightString(RIGHT, y, text)
    for text in told["rest"]:
        y -= 14
        page.drawString(LEFT, y, _latin(text))
    page.drawRightString(RIGHT, 30, "1 / 1")
    page.save()
    return file.getvalue()


def typst_compiler() -> typst.Compiler:
    return typst.Compiler(TEMPLATE, font_paths=[FONTS], ignore_system_fonts=True)


def by_typst(compiler: typst.Compiler, invoice: Invoice) -> bytes:
    made = compiler.compile(sys_inputs={"invoice": json.dumps(_content(invoice))})
    assert isinstance(made, bytes)
    return made


def _latin(text: str) -> str:
    return _NOT_LATIN.sub("n", text)


def _content(invoice: Invoice) -> dict[str, Any]:
    """All that the bot's own paper says, from above."""
    firm = WITHOUT_PAY_CODE
    sums = reckon(invoice, settlements(invoice))
    return {
        "title": f"Invoice {invoice.invoice_number}",
        "head": [
            firm.name,
            *(firm.address or "").split("\n"),
            format_phone(firm.phone or ""),
            f"GSTIN {firm.gstin}",
            f"Invoice {invoice.invoice_number}",
            f"Bill to {invoice.customer_name}",
            format_phone(invoice.customer_phone or ""),
            *(invoice.customer_address or "").split("\n"),
            f"Date {format_date(invoice.invoice_date)}",
            f"Due {format_date(invoice.due_date)}",
        ],
        "columns": COLUMNS,
        "rows": [
            (
                str(place),
                item.item_name,
                quantity_words(item.quantity, item.unit),
                format_plain(item.price_per_unit),
                format_plain(item.total_price),
            )
            for place, item in enumerate(invoice.items, 1)
        ],
        "sums": [
            ("Items", format_plain(sums.total)),
            ("Paid", format_plain(sums.paid)),
            ("Remaining on this invoice", format_plain(sums.remaining)),
            ("Previous balance", format_plain(sums.before)),
            ("Received", format_plain(sums.received)),
            ("Total due", format_plain(sums.due)),
        ],
        "rest": [
            "This invoice in words",
            amount_in_words(invoice.total_amount),
            "Payments so far",
            *(
                f"{format_date(one.day)} · {how(one.method or PaymentMethod.OTHER, one.reference)}"
                f" {format_plain(one.amount)}"
                for one in settlements(invoice)
            ),
            "Terms",
            *(firm.terms or "").split("\n"),
        ],
    }
