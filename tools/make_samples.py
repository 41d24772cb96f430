"""Make the sample papers in ``docs/samples``: the PDF, and its first page as a picture.

    python tools/make_samples.py

The pictures need poppler's ``pdftoppm``.
"""

# ruff: noqa: INP001 - scripts, not a package
import datetime as dt
import io
import shutil
import subprocess
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

from PIL import Image, ImageDraw

from bot.firm import GSTIN_EXAMPLE
from bot.images import shrink
from bot.money import line_total
from bot.pdf import Firm, Party, render_invoice, render_statement
from bot.statement import Row, Statement
from storage.models import Invoice, InvoiceItem, Status

ZONE = ZoneInfo("Asia/Kolkata")
SAMPLES = Path(__file__).parents[1] / "docs" / "samples"

GREEN, STRAW = (15, 92, 71), (240, 221, 160)
ITEMS = (
    ("Wheat PBW-343 · गेहूँ · ਕਣਕ · گندم", "52.5", 242500),
    ("Basmati 1121, new crop", "18", 415000),
    ("सरसों (काली) 42% तेल", "7.25", 565000),
    ("ਝੋਨਾ ਪਰਮਲ", "120", 232000),
    ("چاول سپر باسمتی", "9.5", 478050),
    ("Mustard cake · ਖਲ · 50 kg bags", "40", 148000),
)


def sample_logo() -> bytes:
    """An ear of wheat on a green disc, as an admin would send it and the bot keeps it."""
    side = 800
    disc = Image.new("RGBA", (side, side))
    ImageDraw.Draw(disc).ellipse((0, 0, side - 1, side - 1), fill=GREEN)
    ImageDraw.Draw(disc).line((400, 250, 400, 690), fill=STRAW, width=14)
    grain = Image.new("RGBA", (side, side))
    ImageDraw.Draw(grain).ellipse((370, 300, 430, 440), fill=STRAW)
    for place in range(5):
        for lean in (-35, 35):
            moved = (lean, 80 * place - 110)
            disc.alpha_composite(
                grain.rotate(-lean, Image.Resampling.BICUBIC, center=(400, 440), translate=moved)
            )
    disc.alpha_composite(grain.rotate(0, translate=(0, -180)))
    sent = io.BytesIO()
    disc.save(sent, "PNG")
    return shrink(sent.getvalue())


def sample_firm() -> Firm:
    return Firm(
        name="Singh & Sons",
        phone="+919876543210",
        address="Shop 14, New Grain Market\nKhanna, Punjab 141401",
        gstin=GSTIN_EXAMPLE,
        upi_id="singhandsons@okicici",
        logo=sample_logo(),
    )


def sample_invoice() -> Invoice:
    items = [
        InvoiceItem(
            item_name=name,
            quantity=Decimal(quantity),
            price_per_unit=price,
            total_price=line_total(Decimal(quantity), price),
        )
        for name, quantity, price in ITEMS
    ]
    total = sum(item.total_price for item in items)
    before, paid = 2_45_000_00, 3_00_000_00
    return Invoice(
        id="sample",
        customer_id="sample",
        customer_name="Gurpreet Kaur · ਗੁਰਪ੍ਰੀਤ ਕੌਰ",
        customer_phone="+919815012345",
        customer_address="ਪਿੰਡ ਰਾਮਗੜ੍ਹ\nTehsil Samrala, Ludhiana",
        created_by_user_id="sample",
        invoice_number="26-27/00042",
        invoice_date=dt.date(2026, 11, 22),
        due_date=dt.date(2026, 12, 7),
        items=items,
        previous_balance=before,
        total_amount=total,
        amount_paid=paid,
        remaining_balance=total - paid,
        balance_after=before + total - paid,
        status=Status.PARTIAL,
        download_link="",
    )


def sample_statement() -> Statement:
    moves = (
        (dt.date(2026, 11, 3), "Invoice 26-27/00036", 2_45_000_00),
        (dt.date(2026, 11, 9), "Payment, UPI · UTR 482113", -1_00_000_00),
        (dt.date(2026, 11, 14), "Invoice 26-27/00039", 88_400_00),
        (dt.date(2026, 11, 15), "Invoice 26-27/00039 cancelled: Goods returned", -88_400_00),
        (dt.date(2026, 11, 22), "Invoice 26-27/00042", 8_35_537_50),
        (dt.date(2026, 11, 22), "Payment, cheque · ਚੈੱਕ 000123", -3_00_000_00),
    )
    rows, balance = [], 1_10_250_00
    for day, particulars, moved in moves:
        balance += moved
        at = dt.datetime.combine(day, dt.time(9), dt.UTC)
        debit, credit = max(moved, 0), max(-moved, 0)
        rows.append(Row(day, particulars, debit, credit, balance, "Ravi Kumar", at))
    month = dt.date(2026, 11, 1), dt.date(2026, 11, 30)
    return Statement(*month, rows[0].balance - rows[0].debit, tuple(rows))


def keep(name: str, paper: bytes) -> None:
    """The paper, and its first page as a picture."""
    pdftoppm = shutil.which("pdftoppm")
    if pdftoppm is None:
        raise SystemExit("pdftoppm is missing: install poppler-utils")
    file = SAMPLES / f"{name}.pdf"
    file.write_bytes(paper)
    subprocess.run(  # noqa: S603 - a fixed program on our own file
        [pdftoppm, "-r", "100", "-png", "-singlefile", file, file.with_suffix("")], check=True
    )


def main() -> None:
    firm, invoice = sample_firm(), sample_invoice()
    customer = Party(invoice.customer_name, invoice.customer_phone, invoice.customer_address)
    keep("invoice", render_invoice(invoice, firm=firm))
    statement = render_statement(sample_statement(), firm=firm, customer=customer, zone=ZONE)
    keep("statement", statement)


if __name__ == "__main__":
    main()
