"""The code on the paper is read by a decoder of another house, and is the link it should be."""

from dataclasses import replace

import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.pdf import Firm, render_invoice
from bot.upi import invoice_pay_uri
from storage.models import PaperForm, Status
from storage.types import MAX_PAISE
from tests.bot.pdf.papers import an_invoice
from tests.bot.pdf.viewer import pictures

FIRM = Firm("Singh & Sons", upi_id="singhandsons@okicici")

QR = zxingcpp.BarcodeFormat.QRCode
"""Letters close together are taken for codes of other kinds now and then."""

PHONE = 150
"""Pixels to the inch: a small phone that holds the whole page in its camera."""

LONGEST = Firm("सिंह एंड संस कमीशन एजेंट, खन्ना " * 2, upi_id=f"{'w' * 60}@{'b' * 20}")


def read(invoice, firm=FIRM, *, dpi=PHONE, currency="INR"):
    paper = render_invoice(invoice, firm=firm, currency=currency)
    return [
        code.text for page in pictures(paper, dpi=dpi) for code in zxingcpp.read_barcodes(page, QR)
    ]


@pytest.mark.parametrize("form", PaperForm)
@pytest.mark.parametrize("firm", [FIRM, LONGEST], ids=["as usual", "the longest"])
@pytest.mark.parametrize("left", [1, 3_25_989_75, MAX_PAISE])
def test_it_asks_for_what_remains(form, firm, left):
    invoice = an_invoice(remaining_balance=left)
    assert read(invoice, replace(firm, paper=form)) == [invoice_pay_uri(invoice, firm, "INR")]


def test_what_it_says_in_full():
    (said,) = read(an_invoice(remaining_balance=3_25_989_75))
    assert said == (
        "upi://pay?pa=singhandsons@okicici&pn=Singh%20%26%20Sons&am=325989.75&cu=INR"
        "&tn=Invoice%2026-27/00042&tr=262700042"
    )


@pytest.mark.parametrize(
    ("fields", "firm", "currency"),
    [
        ({"status": Status.PAID, "remaining_balance": 0}, FIRM, "INR"),
        ({"status": Status.CANCELLED}, FIRM, "INR"),
        ({}, replace(FIRM, upi_id=None), "INR"),
        ({}, FIRM, "PKR"),
    ],
    ids=["paid", "cancelled", "no UPI id", "not of India"],
)
def test_there_is_none_where_nothing_can_be_paid(fields, firm, currency):
    assert read(an_invoice(**fields), firm, currency=currency) == []


def test_it_is_on_the_last_page_of_a_long_one():
    invoice = an_invoice(*["Wheat"] * 100)
    pages = pictures(render_invoice(invoice, firm=FIRM), dpi=PHONE)
    assert [len(zxingcpp.read_barcodes(page, QR)) for page in pages] == [0] * (len(pages) - 1) + [
        1
    ]


@settings(max_examples=20, deadline=None)
@given(
    left=st.integers(1, MAX_PAISE),
    name=st.text(min_size=1, max_size=40),
    serial=st.integers(1, 9_999_999),
)
def test_one_mask_serves_every_link(left, name, serial):
    """It is fixed, so that the seven others need not be tried: none may come out unreadable."""
    firm = replace(FIRM, name=name)
    invoice = an_invoice(remaining_balance=left, invoice_number=f"KGM/26-27/{serial:05}")
    assert read(invoice, firm, dpi=110) == [invoice_pay_uri(invoice, firm, "INR")]
