"""The receipt on paper: who paid how much, how, what it paid, and what that left."""

import datetime as dt
import io
from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from bot.pdf import Firm, Party, render_receipt
from bot.receipts import Receipt, ReceiptPart
from storage.models import PaperForm, PaymentMethod, Reversal
from tests.bot.pdf.papers import FIRM

CUSTOMER = Party("Gurpreet Kaur", "+919815012345", "Ramgarh\nSamrala")
RECEIPT = Receipt(
    number=14,
    day=dt.date(2026, 11, 25),
    at=dt.datetime(2026, 11, 25, 6, 12, tzinfo=dt.UTC),
    amount=250_000_00,
    method=PaymentMethod.CHEQUE,
    reference="ਚੈੱਕ 000123",
    received_by="Ravi Kumar",
    parts=(
        ReceiptPart("26-27/00036", 150_000_00, 0),
        ReceiptPart("26-27/00042", 100_000_00, 3_25_989_75),
    ),
    kept=0,
    before=8_20_989_75,
    after=5_70_989_75,
)


def render(receipt=RECEIPT, firm=FIRM, customer=CUSTOMER):
    return render_receipt(
        receipt, firm=firm, customer=customer, zone=ZoneInfo("Asia/Kolkata"), currency="INR"
    )


def text(*args, **changes):
    paper = PdfReader(io.BytesIO(render(replace(RECEIPT, **changes), *args)))
    return " ".join(" ".join(page.extract_text() for page in paper.pages).split())


@pytest.mark.parametrize(
    ("form", "partly"),
    [
        (PaperForm.A4, "Invoice 26-27/00042, ₹3,25,989.75 left ₹1,00,000.00"),
        (PaperForm.ROLL, "Invoice 26-27/00042, ₹1,00,000.00 ₹3,25,989.75 left"),
    ],
)
def test_it_says_who_paid_how_much_and_what_that_did(form, partly):
    page = text(replace(FIRM, paper=form))
    for words in (
        "Singh & Sons New Grain Market Khanna +91 98765 43210 Receipt",
        "Received from Gurpreet Kaur Ramgarh Samrala +91 98150 12345",
        "Date 25 Nov 2026 Recorded 11:42 Entry no. 14",
        "Received ₹2,50,000.00 By cheque · ਚੈੱਕ 000123",
        "Rupees Two Lakh Fifty Thousand Only",
        "Invoice 26-27/00036, in full ₹1,50,000.00",
        partly,
        "Balance before ₹8,20,989.75 Received −₹2,50,000.00 Balance due ₹5,70,989.75",
        "Received by Ravi Kumar",
    ):
        assert words in page


def test_what_is_too_much_is_kept_as_an_advance():
    page = text(parts=RECEIPT.parts[:1], kept=100_000_00, before=150_000_00, after=-100_000_00)
    assert "in full ₹1,50,000.00 Kept as advance ₹1,00,000.00" in page
    assert "Received −₹2,50,000.00 Advance held ₹1,00,000.00" in page


def test_money_that_paid_nothing_is_all_kept():
    page = text(parts=(), kept=250_000_00, before=0, after=-250_000_00)
    assert "It paid Kept as advance ₹2,50,000.00" in page
    assert "Balance before ₹0.00" in page


def test_an_advance_that_was_held_before_is_named_as_one():
    page = text(parts=(), kept=250_000_00, before=-50_000_00, after=-300_000_00)
    assert "Advance held before −₹50,000.00 Received −₹2,50,000.00" in page
    assert "Advance held ₹3,00,000.00" in page


def test_money_that_came_with_an_invoice_adds_up():
    page = text(before=1_000_00, invoice_total=300_000_00, after=51_000_00)
    assert (
        "Balance before ₹1,000.00 Invoice made with it ₹3,00,000.00 Received −₹2,50,000.00 "
        "Balance due ₹51,000.00" in page
    )


def test_one_recorded_on_a_later_day_says_so():
    later = RECEIPT.at + dt.timedelta(days=2)
    assert "Date 25 Nov 2026 Recorded 27 Nov 2026 11:42" in text(at=later)


def test_one_that_was_undone_is_marked_and_says_why():
    undone = Reversal(
        op="x",
        actor="u",
        actor_name="Ravi",
        # Half past eight in the evening of the day before, in UTC.
        at=dt.datetime(2026, 11, 25, 20, 30, tzinfo=dt.UTC),
        reason="Cheque bounced",
    )
    page = text(undone=undone)
    assert "Receipt UNDONE" in page
    assert "It was taken out of the books on 26 Nov 2026: Cheque bounced" in page
    assert "It paid" not in page
    assert "Balance" not in page
    assert "UNDONE" not in text()


def test_the_file_describes_itself():
    file = PdfReader(io.BytesIO(render()))
    assert file.metadata.title == "Receipt of 25 Nov 2026, Gurpreet Kaur"
    assert file.metadata.author == "Singh & Sons"
    assert file.metadata.creation_date == RECEIPT.at
    assert file.trailer["/Root"]["/Lang"] == "en"


def test_the_same_receipt_is_the_same_bytes():
    assert render() == render()


anything = st.text(max_size=120)


@settings(max_examples=60, deadline=None)
@given(anything, anything, anything, st.sampled_from(PaperForm))
def test_any_text_in_any_field_is_printed(name, reference, other, form):
    receipt = replace(
        RECEIPT,
        reference=reference,
        received_by=name,
        parts=(ReceiptPart(other, 1, 0),),
        undone=Reversal(op="", actor="", actor_name=other, at=RECEIPT.at, reason=reference),
    )
    firm = Firm(other, name, reference, name, upi_id=other, terms=name, paper=form)
    assert render(receipt, firm, Party(name, other, reference)).startswith(b"%PDF")
