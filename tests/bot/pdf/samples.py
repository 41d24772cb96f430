"""The sample papers: shown in ``docs/samples``, and held to look as they do there.

They are of one account in one month; what one of them says, the others say too.
"""

import datetime as dt
import io
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from zoneinfo import ZoneInfo

from PIL import Image, ImageDraw

from bot.firm import GSTIN_EXAMPLE
from bot.images import shrink
from bot.money import line_total
from bot.pdf import Firm, Party, render_invoice, render_receipt, render_statement
from bot.receipts import Receipt, ReceiptPart
from bot.settlements import Settlement, Source
from bot.statement import Row, Statement
from storage.models import Invoice, InvoiceItem, PaperForm, PaymentMethod, Reversal, Status

ZONE = ZoneInfo("Asia/Kolkata")
NOVEMBER = dt.date(2026, 11, 1), dt.date(2026, 11, 30)
GREEN, STRAW = (15, 92, 71), (240, 221, 160)

GOODS = (
    ("Wheat PBW-343 · गेहूँ · ਕਣਕ · گندم", "52.5", "q", 2_425_00),
    ("Basmati 1121, new crop", "18", "q", 4_150_00),
    ("सरसों (काली) 42% तेल", "7.25", "q", 5_650_00),
    ("ਝੋਨਾ ਪਰਮਲ", "120", "q", 2_320_00),
    ("چاول سپر باسمتی", "9.5", "q", 4_780_50),
    ("Mustard cake · ਖਲ · 50 kg", "40", "bags", 1_480_00),
)
BEFORE, CASH, CHEQUE = 2_40_000_00, 3_00_000_00, 2_50_000_00
"""Paise: due before the invoice of the 22nd, handed over with it, and received on the 28th."""

LONG_NAMES = (
    "Super fine long-grain Basmati 1121 · सुपर फाइन बासमती · ਸੁਪਰ ਫਾਈਨ ਬਾਸਮਤੀ · باسمتی",
    "گندم کی اعلیٰ قسم، پنجاب لاہور والی، نئی فصل (2026) سے، 50 kg bags، بہت عمدہ",
)


def _item(name: str, quantity: str, unit: str, price: int) -> InvoiceItem:
    return InvoiceItem(
        item_name=name,
        quantity=Decimal(quantity),
        unit=unit,
        price_per_unit=price,
        total_price=line_total(Decimal(quantity), price),
    )


def _day(day: int, month: int = 11) -> dt.date:
    return dt.date(2026, month, day)


def _at(day: int, month: int = 11) -> dt.datetime:
    """Half past two in the afternoon, there."""
    return dt.datetime(2026, month, day, 9, tzinfo=dt.UTC)


def _logo() -> bytes:
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


FIRM = Firm(
    name="Singh & Sons",
    phone="+919876543210",
    address="Shop 14, New Grain Market\nKhanna, Punjab 141401",
    gstin=GSTIN_EXAMPLE,
    # No bank has this handle: whoever scans a sample pays nobody.
    upi_id="singhandsons@example",
    logo=_logo(),
    terms="Goods once sold are not taken back. After the due date 18% interest a year.\n"
    "ਝਗੜੇ ਦੀ ਸੂਰਤ ਵਿੱਚ ਖੰਨਾ ਦੀ ਅਦਾਲਤ।",
)
ON_A_ROLL = replace(FIRM, paper=PaperForm.ROLL)

CUSTOMER = Party(
    "Gurpreet Kaur · ਗੁਰਪ੍ਰੀਤ ਕੌਰ",
    "+919815012345",
    "ਪਿੰਡ ਰਾਮਗੜ੍ਹ\nTehsil Samrala, Ludhiana",
)


def _invoice(number: str, items: list[InvoiceItem], paid: int, **fields: object) -> Invoice:
    """So much (paise) is paid on it; ``fields`` replace what else stands here."""
    total = sum(item.total_price for item in items)
    values = {
        "invoice_date": _day(22),
        "due_date": _day(7, 12),
        "previous_balance": BEFORE,
        "status": Status.PARTIAL if paid < total else Status.PAID,
    }
    return Invoice(
        id="sample",
        customer_id="sample",
        customer_name=CUSTOMER.name,
        customer_phone=CUSTOMER.phone,
        customer_address=CUSTOMER.address,
        created_by_user_id="sample",
        invoice_number=number,
        items=items,
        total_amount=total,
        amount_paid=paid,
        remaining_balance=total - paid,
        download_link="",
        **{**values, **fields},
    )


ITEMS = [_item(*goods) for goods in GOODS]
TOTAL = sum(item.total_price for item in ITEMS)
DUE = BEFORE + TOTAL - CASH
"""What the customer owes once the invoice of the 22nd is made."""

LEFT = DUE - CHEQUE
"""And once the cheque of the 28th is in: all of it on that invoice."""

WITH_CASH = Settlement(_day(22), CASH, Source.PAYMENT, PaymentMethod.CASH)
BY_CHEQUE = Settlement(
    _day(28), TOTAL - CASH - LEFT, Source.PAYMENT, PaymentMethod.CHEQUE, "ਚੈੱਕ 000123"
)
BY_UPI = Settlement(_day(5, 12), LEFT, Source.PAYMENT, PaymentMethod.UPI, "UTR 482113")

RECEIPT = Receipt(
    number=14,
    day=_day(28),
    at=_at(28),
    amount=CHEQUE,
    method=PaymentMethod.CHEQUE,
    reference=BY_CHEQUE.reference,
    received_by="Ravi Kumar",
    parts=(
        ReceiptPart("26-27/00036", BEFORE, 0),
        ReceiptPart("26-27/00042", BY_CHEQUE.amount, LEFT),
    ),
    kept=0,
    before=DUE,
    after=LEFT,
)
UNDONE = Reversal(
    op="sample",
    actor="sample",
    actor_name="Ravi Kumar",
    at=_at(30),
    reason="Cheque bounced, ਚੈੱਕ ਵਾਪਸ",
)


def _of_the_22nd(*settlements: Settlement, firm: Firm = FIRM) -> bytes:
    paid = sum(one.amount for one in settlements)
    invoice = _invoice("26-27/00042", ITEMS, paid, balance_after=DUE)
    moved = settlements != (WITH_CASH,)
    return render_invoice(invoice, firm=firm, settlements=settlements, account_moved=moved)


def _cancelled() -> bytes:
    items = [_item("Basmati 1121, new crop", "21.3", "q", 4_150_00)]
    days = {"invoice_date": _day(14), "due_date": _day(29)}
    invoice = _invoice("26-27/00039", items, 0, status=Status.CANCELLED, **days)
    return render_invoice(invoice, firm=FIRM)


def _long() -> bytes:
    """Of sixty rows, the longest names among them, partly paid from an advance."""
    rows = ITEMS * 10
    for place, name in enumerate(LONG_NAMES):
        rows[20 * place + 10] = _item(name, "999999.999", "q", 9_999_99)
    held = 50_000_00
    invoice = _invoice(
        "26-27/00043", rows, held, previous_balance=-held, advance_used=held, invoice_date=_day(30)
    )
    used = Settlement(_day(30), held, Source.ADVANCE)
    return render_invoice(invoice, firm=FIRM, settlements=[used])


def _receipt(receipt: Receipt = RECEIPT, firm: Firm = FIRM) -> bytes:
    return render_receipt(receipt, firm=firm, customer=CUSTOMER, zone=ZONE)


def _statement() -> bytes:
    opening = 95_000_00
    moves = (
        (3, "Invoice 26-27/00036", 2_45_000_00),
        (9, "Payment, UPI · UTR 471002", -1_00_000_00),
        (14, "Invoice 26-27/00039", 88_395_00),
        (15, "Invoice 26-27/00039 cancelled: Goods returned", -88_395_00),
        (22, "Invoice 26-27/00042", TOTAL),
        (22, "Payment, cash", -CASH),
        (28, f"Payment, cheque · {BY_CHEQUE.reference}", -CHEQUE),
    )
    rows, balance = [], opening
    for day, particulars, moved in moves:
        balance += moved
        debit, credit = max(moved, 0), max(-moved, 0)
        rows.append(Row(_day(day), particulars, debit, credit, balance, "Ravi Kumar", _at(day)))
    account = Statement(*NOVEMBER, opening, tuple(rows))
    return render_statement(account, firm=FIRM, customer=CUSTOMER, zone=ZONE)


SAMPLES: dict[str, Callable[[], bytes]] = {
    "invoice": lambda: _of_the_22nd(WITH_CASH),
    "invoice-paid": lambda: _of_the_22nd(WITH_CASH, BY_CHEQUE, BY_UPI),
    "invoice-cancelled": _cancelled,
    "invoice-long": _long,
    "invoice-roll": lambda: _of_the_22nd(WITH_CASH, firm=ON_A_ROLL),
    "receipt": _receipt,
    "receipt-undone": lambda: _receipt(replace(RECEIPT, undone=UNDONE)),
    "receipt-roll": lambda: _receipt(firm=ON_A_ROLL),
    "statement": _statement,
}
"""What each is called, and how it is made: all that a new one needs."""
