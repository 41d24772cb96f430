"""Nothing on a paper overlaps, and nothing is cut, however long what it says."""

import datetime as dt
from dataclasses import dataclass, field, replace
from zoneinfo import ZoneInfo

import pytest

from bot.pdf import Firm, Party, render_invoice, render_receipt, render_statement
from bot.pdf.shaping import typeset
from bot.pdf.sheet import Sheet
from bot.pdf.style import A4, STYLES, Style
from bot.receipts import Receipt, ReceiptPart
from bot.settlements import Settlement, Source
from bot.statement import Row, Statement
from storage.models import PaperForm, PaymentMethod
from storage.types import MAX_PAISE
from tests.bot.pdf.papers import an_invoice, item

ZONE = ZoneInfo("Asia/Kolkata")
DAY = dt.date(2026, 11, 22)
MOMENT = dt.datetime(2026, 11, 22, 9, 30, tzinfo=dt.UTC)

LONG = [
    "Super fine long-grain Basmati सुपर फाइन बासमती ਬਾਸਮਤੀ باسمتی new crop 2026"[:80],
    "W" * 80,
    "सरसोंकाचमकदारतेल" * 5,
    "گندم کی اعلیٰ قسم کی بوری پنجاب لاہور والی جو بہت عمدہ ہے اور نئی فصل سے",
]
FIRM = Firm(
    name="W" * 80,
    phone="+919876543210",
    address="W" * 200,
    gstin="03AAJFS1234K1ZC",
    upi_id=f"{'w' * 60}@{'b' * 20}",
    terms=" ".join(LONG),
)
CUSTOMER = Party("W" * 80, "+919815012345", "W" * 200)


@dataclass
class Drawn:
    """What was drawn: boxes as (page, left, top, right, bottom), and where pages were cut off."""

    texts: list[tuple[int, float, float, float, float]] = field(default_factory=list)
    codes: list[tuple[int, float, float, float, float]] = field(default_factory=list)
    ends: dict[int, float] = field(default_factory=dict)


@pytest.fixture
def drawn(monkeypatch):
    """Tells of all that is drawn from now on."""
    seen = Drawn()
    write_text, cells, cut = Sheet.write_text, Sheet.cells, Sheet.cut

    def spy_on_text(sheet, x, y, line, size, *, bold=False, align="left", **options):
        write_text(sheet, x, y, line, size, bold=bold, align=align, **options)
        line = typeset(line, bold=bold) if isinstance(line, str) else line
        width = line.width * size / 1000
        left = (
            x + {"left": line.indent * size / 1000, "center": -width / 2, "right": -width}[align]
        )
        seen.texts.append((sheet.page, left, y - 0.7 * size, left + width, y + 0.2 * size))

    def spy_on_cells(sheet, x, y, side, runs):
        runs = list(runs)
        cells(sheet, x, y, side, runs)
        across = side * max(column + count for _row, column, count in runs)
        seen.codes.append((sheet.page, x, y, x + across, y + across))

    def spy_on_cut(sheet, height):
        cut(sheet, height)
        seen.ends[sheet.page] = height

    monkeypatch.setattr(Sheet, "write_text", spy_on_text)
    monkeypatch.setattr(Sheet, "cells", spy_on_cells)
    monkeypatch.setattr(Sheet, "cut", spy_on_cut)
    return seen


def check(drawn: Drawn, style: Style, *, least: int) -> None:
    assert len(drawn.texts) > least
    boxes = sorted(drawn.texts + drawn.codes, key=lambda box: (box[0], box[2]))
    for place, (page, left, top, right, bottom) in enumerate(boxes):
        assert left >= style.margin - 0.01
        assert right <= style.width - style.margin + 0.01
        assert top >= style.margin
        assert bottom <= drawn.ends.get(page, style.height) - style.margin + 0.2 * style.body
        for other_page, other_left, other_top, other_right, _bottom in boxes[place + 1 :]:
            if other_page != page or other_top >= bottom:
                break
            assert left >= other_right or right <= other_left


@pytest.mark.parametrize("form", PaperForm)
def test_the_longest_invoice(drawn, form):
    items = [
        item(name, quantity, 1).model_copy(
            update={"price_per_unit": MAX_PAISE, "total_price": MAX_PAISE, "unit": "quintals"}
        )
        for name, quantity in zip(LONG * 25, ["1", "999999999.999"] * 50, strict=True)
    ]
    invoice = an_invoice(
        items=items,
        customer_name=CUSTOMER.name,
        customer_address=CUSTOMER.address,
        previous_balance=-MAX_PAISE,
        total_amount=MAX_PAISE,
        amount_paid=MAX_PAISE,
        remaining_balance=MAX_PAISE,
    )
    paid = [
        Settlement(DAY, MAX_PAISE, Source.ADVANCE),
        *(
            Settlement(DAY, MAX_PAISE, Source.PAYMENT, PaymentMethod.CHEQUE, reference)
            for reference in LONG * 25
        ),
    ]

    render_invoice(invoice, firm=replace(FIRM, paper=form), settlements=paid)

    check(drawn, STYLES[form], least=400)
    assert len(drawn.codes) == 1


@pytest.mark.parametrize("form", PaperForm)
@pytest.mark.parametrize("count", [1, 2, *range(18, 36), 1000])
def test_every_length(drawn, form, count):
    invoice = an_invoice(*["Wheat"] * count)
    firm = Firm("Singh & Sons", upi_id="singhandsons@okicici", terms="Goods are not taken back.")

    render_invoice(invoice, firm=replace(firm, paper=form))

    check(drawn, STYLES[form], least=3 * count)
    assert len(drawn.codes) == 1


@pytest.mark.parametrize("form", PaperForm)
def test_the_longest_receipt(drawn, form):
    receipt = Receipt(
        number=999_999,
        day=DAY,
        at=MOMENT + dt.timedelta(days=40),
        amount=MAX_PAISE,
        method=PaymentMethod.CHEQUE,
        reference=LONG[0],
        received_by="W" * 80,
        parts=tuple(
            ReceiptPart("KGM/26-27/9999999", MAX_PAISE, MAX_PAISE) for _part in range(200)
        ),
        kept=MAX_PAISE,
        before=-MAX_PAISE,
        after=MAX_PAISE,
        invoice_total=MAX_PAISE,
    )

    render_receipt(receipt, firm=replace(FIRM, paper=form), customer=CUSTOMER, zone=ZONE)

    check(drawn, STYLES[form], least=400)


def test_the_longest_statement(drawn):
    rows = tuple(
        Row(DAY, f"Payment, cheque · {words}", MAX_PAISE, MAX_PAISE, -MAX_PAISE, "W" * 80, MOMENT)
        for words in LONG * 25
    )

    render_statement(
        Statement(DAY, DAY, -MAX_PAISE, rows), firm=FIRM, customer=CUSTOMER, zone=ZONE
    )

    check(drawn, A4, least=400)
