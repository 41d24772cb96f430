from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.pdf import Firm
from bot.upi import invoice_pay_uri, pay_uri
from storage.models import Invoice, Status
from storage.types import MAX_PAISE

SINGH = "singhandsons@okicici"


def read(uri):
    """The parameters as an app that follows the rules reads them, in order."""
    parts = urlsplit(uri)
    assert (parts.scheme, parts.netloc, parts.path, parts.fragment) == ("upi", "pay", "", "")
    return dict(parse_qsl(parts.query, strict_parsing=True))


def test_the_link_says_to_whom_how_much_and_what_for():
    assert pay_uri(SINGH, "Singh & Sons", 1_25_000_50, number="26-27/00042") == (
        "upi://pay?pa=singhandsons@okicici&pn=Singh%20%26%20Sons&am=125000.50&cu=INR"
        "&tn=Invoice%2026-27/00042&tr=262700042"
    )


@pytest.mark.parametrize(
    ("paise", "am"),
    [(1, "0.01"), (10, "0.10"), (1_00, "1.00"), (1_05, "1.05"), (MAX_PAISE, "99999999999.99")],
)
def test_the_amount_is_in_rupees_with_two_decimals(paise, am):
    assert read(pay_uri(SINGH, "Singh", paise, number="1"))["am"] == am


@pytest.mark.parametrize("paise", [0, -1])
def test_nothing_cannot_be_asked_for(paise):
    with pytest.raises(ValueError, match="more than nothing"):
        pay_uri(SINGH, "Singh", paise, number="1")


@pytest.mark.parametrize(
    ("number", "tn", "tr"),
    [
        ("26-27/00042", "Invoice 26-27/00042", "262700042"),
        ("KGM/2627/00042", "Invoice KGM/2627/00042", "KGM262700042"),
        ("OLD-00001", "Invoice OLD-00001", "OLD00001"),
        ("बिल १२", "Invoice बिल १२", "12"),
        ("B & S #7+1?=%", "Invoice B & S #7+1?=%", "BS71"),
        ("9" * 60, "Invoice " + "9" * 42, "9" * 35),
    ],
)
def test_the_note_has_the_number_as_printed_and_the_reference_its_letters_and_digits(
    number, tn, tr
):
    uri = read(pay_uri(SINGH, "Singh", 1, number=number))
    assert (uri["tn"], uri["tr"]) == (tn, tr)


def test_a_number_without_letters_or_digits_of_english_is_no_reference():
    assert "tr" not in read(pay_uri(SINGH, "Singh", 1, number="बिल"))


@pytest.mark.parametrize("name", ["ਸਿੰਘ ਐਂਡ ਸੰਨਜ਼", "सिंह & बेटे", "سنگھ", "A+B=100% #1?/@", "🌾"])
def test_the_name_comes_as_it_was_typed(name):
    assert read(pay_uri(SINGH, name, 1, number="1"))["pn"] == name


@given(st.text(st.characters(), min_size=1), st.text(st.characters(), max_size=80))
@settings(max_examples=100, deadline=None)
def test_any_name_and_number_give_a_link_of_printable_ascii(name, number):
    uri = pay_uri(SINGH, name, 1, number=number)
    assert uri.isascii()
    assert uri.isprintable()
    assert " " not in uri
    read = dict(parse_qsl(urlsplit(uri).query))
    assert read["pa"] == SINGH
    assert len(read["tn"]) <= 50
    assert len(read.get("tr", "")) <= 35


class TestOfAnInvoice:
    def test_asks_for_what_is_left_on_it(self):
        uri = invoice_pay_uri(invoice(remaining=42_00), FIRM, "INR")
        assert uri == pay_uri(SINGH, "Singh & Sons", 42_00, number="26-27/00042")

    @pytest.mark.parametrize("upi_id", [None, ""])
    def test_not_without_a_upi_id(self, upi_id):
        firm = Firm(name="Singh & Sons", upi_id=upi_id)
        assert invoice_pay_uri(invoice(remaining=42_00), firm, "INR") is None

    @pytest.mark.parametrize("currency", ["PKR", "NPR", "USD"])
    def test_not_in_another_currency(self, currency):
        assert invoice_pay_uri(invoice(remaining=42_00), FIRM, currency) is None

    def test_not_when_nothing_is_left(self):
        assert invoice_pay_uri(invoice(remaining=0), FIRM, "INR") is None

    def test_not_when_it_is_cancelled(self):
        cancelled = invoice(remaining=42_00, status=Status.CANCELLED)
        assert invoice_pay_uri(cancelled, FIRM, "INR") is None


FIRM = Firm(name="Singh & Sons", upi_id=SINGH)


def invoice(*, remaining, status=Status.UNPAID):
    return Invoice.model_validate(
        {
            "_id": "64a000000000000000000001",
            "customer_id": "64a000000000000000000002",
            "created_by_user_id": "64a000000000000000000003",
            "invoice_date": "2026-11-22",
            "due_date": "2026-12-07",
            "previous_balance": 0,
            "total_amount": 42_00,
            "amount_paid": 42_00 - remaining,
            "remaining_balance": remaining,
            "status": status,
            "items": [],
            "download_link": "",
            "invoice_number": "26-27/00042",
        }
    )
